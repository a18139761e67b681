#include "attest/proof/sampling.hpp"

#include "attest/numbers/precision.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace attest::proof::sampling_tests {

const Expr x = Expr::symbol("x");
const Expr y = Expr::symbol("y");

Domain any_domain()
{
    Domain domain;
    for (const char* name : {"n", "beta", "gamma"}) {
        Range range;
        range.integer = std::string(name) == "n";
        range.lo = range.integer ? Rational(*rc::gen::inRange(1, 5))
                                 : Rational(*rc::gen::inRange(-50, 50), 7);
        range.hi = range.lo + *rc::gen::inRange(1, 1000);
        for (long k = *rc::gen::inRange(0, 4); k > 0; --k) {
            range.special.emplace_back(range.lo + k % 2);
        }
        domain[name] = range;
    }
    return domain;
}

RC_GTEST_PROP(SamplePoints, LieInTheDomain, ())
{
    const Domain domain = any_domain();
    const auto count = *rc::gen::inRange<std::size_t>(1, 60);
    const auto points = sample_points(domain, count, *rc::gen::arbitrary<std::uint64_t>());
    RC_ASSERT(points.size() == count);
    for (const Point& point : points) {
        RC_ASSERT(point.size() == domain.size());
        for (const auto& [name, range] : domain) {
            const Rational& value = point.at(name);
            RC_ASSERT(range.lo <= value && value <= range.hi);
            RC_ASSERT(!range.integer || boost::multiprecision::denominator(value) == 1);
        }
    }
}

// The i-th drawn point depends on the seed and on i, not on how many are asked for.
RC_GTEST_PROP(SamplePoints, AreDeterministic, ())
{
    const Domain domain = any_domain();
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    const auto points = sample_points(domain, 40, seed);
    RC_ASSERT(points == sample_points(domain, 40, seed));
    const auto more = sample_points(domain, 400, seed);
    RC_ASSERT(std::equal(points.begin() + 39, points.end(), more.begin() + 39)
              || std::any_of(domain.begin(), domain.end(),
                             [](const auto& entry) { return !entry.second.special.empty(); }));
    RC_ASSERT(points != sample_points(domain, 40, seed + 1));
}

TEST(SamplePoints, AnIntegerRangeHasBothOfItsEnds)
{
    std::map<Rational, int> late;
    for (const Point& point : sample_points({{"late", {0, 1, true, {}}}}, 200, 3)) {
        ++late[point.at("late")];
    }
    EXPECT_EQ(late.size(), 2U);
    EXPECT_GT(late[0], 50);
    EXPECT_GT(late[1], 50);
}

TEST(SamplePoints, SpecialValuesComeFirst)
{
    const Domain domain = {{"n", {2, 1000, true, {2, 3, 256}}}, {"gamma", {0, 1, false, {0, 1}}}};
    const auto points = sample_points(domain, 30, 7);
    for (const long n : {2L, 3L, 256L}) {
        for (const long gamma : {0L, 1L}) {
            const Point wanted = {{"n", n}, {"gamma", gamma}};
            EXPECT_NE(std::find(points.begin(), points.begin() + 6, wanted), points.begin() + 6);
        }
    }
    EXPECT_EQ(to_string(Point{{"n", 2}, {"gamma", Rational(1, 2)}}), "gamma=1/2, n=2");
}

std::vector<Point> square(std::size_t count)
{
    return sample_points({{"x", {0, 3, false, {0, 1}}}, {"y", {0, 3, false, {0, 1}}}}, count, 11);
}

TEST(PointChecks, TrueStatements)
{
    const PointCheck identity =
        check_equal(pow(x + y, 2), x * x + 2 * x * y + y * y, square(40), 30);
    EXPECT_TRUE(is_true(identity.outcome()));
    EXPECT_EQ(identity.certified, 40U);
    EXPECT_GE(identity.digits, 30);
    const PointCheck bound = check_at_least(exp(x), 1 + x, square(40), 30);
    EXPECT_FALSE(is_false(bound.outcome()));
    EXPECT_EQ(bound.violated, 0U);
    const PointCheck strict = check_at_least(exp(x) + 1, 1 + x, square(40), 30);
    EXPECT_TRUE(is_true(strict.outcome()));
}

RC_GTEST_PROP(PointChecks, AViolationIsFound, ())
{
    const Rational off(*rc::gen::element(1, -1), *rc::gen::inRange(1L, 1'000'000'000L));
    const PointCheck identity =
        check_equal(exp(x + y) + Expr(off), exp(x) * exp(y), square(20), 30);
    RC_ASSERT(is_false(identity.outcome()));
    RC_ASSERT(identity.worst.has_value());
    RC_ASSERT(!identity.worst_difference.contains_zero());
    // What is reported as a violation is one, by exact arithmetic.
    const Rational margin(*rc::gen::inRange(1, 1000), 1000);
    const PointCheck bound =
        check_at_least(x * x + Expr(Rational(1, 5)), Expr(margin) + x, square(20), 30);
    if (bound.worst) {
        const Rational at = bound.worst->at("x");
        RC_ASSERT(at * at + Rational(1, 5) < margin + at);
        RC_ASSERT(is_false(bound.outcome()));
        RC_ASSERT(is_true(is_negative(bound.worst_difference)));
    }
}

// No precision tells equal from at most one part in 10^300 apart within the ladder.
TEST(PointChecks, UndecidedIsUnknown)
{
    const Expr sum = sqrt(x) + sqrt(y);
    const Expr same = sqrt(x + y + 2 * sqrt(x * y));
    const PointCheck check = check_at_least(sum, same, {{{"x", 2}, {"y", 3}}}, 30);
    EXPECT_EQ(check.open, 1U);
    EXPECT_TRUE(is_unknown(check.outcome()));
    EXPECT_TRUE(is_unknown(PointCheck{}.outcome()));
}

TEST(PointChecks, UndefinedNeverPasses)
{
    const PointCheck both = check_equal(log(-x - 1), log(-x - 1), square(10), 30);
    EXPECT_EQ(both.undefined, 10U);
    EXPECT_FALSE(is_true(both.outcome()));
    const PointCheck one = check_equal(log(-x - 1), x, square(10), 30);
    EXPECT_EQ(one.one_sided, 10U);
    EXPECT_TRUE(is_false(one.outcome()));
    const PointCheck part = check_equal(sqrt(x - 1) * sqrt(x - 1), x - 1, square(10), 30);
    EXPECT_FALSE(is_true(part.outcome()));
}

TEST(PointChecks, RestoreThePrecision)
{
    const long before = working_bits();
    check_equal(x, x, square(3), 200);
    EXPECT_EQ(working_bits(), before);
}

} // namespace attest::proof::sampling_tests

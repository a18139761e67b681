#include "attest/proof/attack.hpp"

#include "attest/numbers/errors.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace {

using namespace attest;
using proof::SearchResult;
using proof::SearchSpace;

SearchSpace cube(std::size_t n, double lo, double hi)
{
    return {std::vector<double>(n, lo), std::vector<double>(n, hi), std::vector<double>(n, 0.3)};
}

TEST(Attack, FindsTheValleyOfRosenbrocksFunction)
{
    const auto rosenbrock = [](const std::vector<double>& x) {
        return 100 * std::pow(x[1] - x[0] * x[0], 2) + std::pow(1 - x[0], 2);
    };
    const SearchResult found =
        proof::search_least(rosenbrock, cube(2, -3, 3), {{-1.2, 1}}, {600, 1, 600});
    EXPECT_LT(found.value, 1e-6);
    EXPECT_NEAR(found.point[0], 1, 1e-2);
}

// A maximum of three planes has its least value at a kink, where no derivative exists.
TEST(Attack, FindsAKink)
{
    const auto kink = [](const std::vector<double>& x) {
        return std::max({x[0] + x[1], -x[0], -x[1] + 1});
    };
    const SearchResult found = proof::search_least(kink, cube(2, -5, 5), {{3, 3}, {-3, 2}});
    EXPECT_NEAR(found.value, 1.0 / 3, 1e-4);
}

TEST(Attack, ForbiddenPointsAreLeftOut)
{
    const auto half = [](const std::vector<double>& x) {
        return x[0] < 1 ? std::nan("") : x[0] * x[0];
    };
    const SearchResult found = proof::search_least(half, cube(1, -2, 2), {{2}, {-2}});
    EXPECT_GE(found.point[0], 1);
    EXPECT_NEAR(found.value, 1, 1e-3);
    const auto nowhere = [](const std::vector<double>&) { return std::nan(""); };
    EXPECT_THROW(proof::search_least(nowhere, cube(1, -2, 2), {{0}}), Undecidable);
}

TEST(Attack, BadInputIsRefused)
{
    const auto zero = [](const std::vector<double>&) { return 0.0; };
    EXPECT_THROW(proof::search_least(zero, cube(2, 0, 1), {}), InputError);
    EXPECT_THROW(proof::search_least(zero, cube(2, 0, 1), {{0}}), InputError);
    EXPECT_THROW(proof::search_least(zero, cube(1, 1, 0), {{0}}), InputError);
    EXPECT_THROW(proof::search_least(zero, {{0}, {1}, {0}}, {{0}}), InputError);
    EXPECT_THROW(proof::search_least(zero, {}, {{}}), InputError);
    EXPECT_THROW(proof::simplest_rational(std::nan(""), 0.1), InputError);
    EXPECT_THROW(proof::simplest_rational(1, -1), InputError);
    EXPECT_THROW(proof::DoubleFormulas({Expr::symbol("x")}, {"y"}), DomainError);
}

// The same search twice, and nothing outside the box is ever tried.
RC_GTEST_PROP(Attack, IsDeterministicAndStaysInTheBox, ())
{
    const auto n = *rc::gen::inRange<std::size_t>(2, 6);
    std::vector<double> goal;
    for (std::size_t i = 0; i < n; ++i) {
        goal.push_back(*rc::gen::inRange(-300, 301) / 100.0);
    }
    bool inside = true;
    const auto distance = [&](const std::vector<double>& x) {
        double sum = 0;
        for (std::size_t i = 0; i < n; ++i) {
            inside = inside && x[i] >= -2 && x[i] <= 2;
            sum += std::abs(x[i] - goal[i]);
        }
        return sum;
    };
    const std::vector<std::vector<double>> starts = {std::vector<double>(n, 0),
                                                     std::vector<double>(n, 9)};
    const SearchResult a = proof::search_least(distance, cube(n, -2, 2), starts);
    const SearchResult b = proof::search_least(distance, cube(n, -2, 2), starts);
    RC_ASSERT(inside);
    RC_ASSERT(a.point == b.point);
    RC_ASSERT(a.evaluations == b.evaluations);
    RC_ASSERT(a.starts == 2U);
    double least = 0;
    for (const double g : goal) {
        least += std::max(std::abs(g) - 2, 0.0);
    }
    RC_ASSERT(a.value < least + 0.05 * static_cast<double>(n));
}

RC_GTEST_PROP(Attack, SimplestRationalIsNearAndShort, ())
{
    const long p = *rc::gen::inRange(-5000, 5001);
    const long q = *rc::gen::inRange(1, 500);
    const Rational exact(p, q);
    const double value = exact.convert_to<double>();
    const Rational short_one = proof::simplest_rational(value, 1e-9);
    RC_ASSERT(short_one == exact); // fractions below 500 differ by more than 4e-6
    const double tolerance = std::pow(10, -*rc::gen::inRange(1, 6));
    const Rational near = proof::simplest_rational(value, tolerance);
    RC_ASSERT(std::abs(near.convert_to<double>() - value) <= tolerance * (1 + 1e-9));
    RC_ASSERT(denominator(near) <= denominator(exact));
}

RC_GTEST_PROP(Attack, StereographicPointsHaveLengthOne, ())
{
    std::vector<Rational> u;
    const auto count = *rc::gen::inRange<std::size_t>(0, 4);
    for (std::size_t i = 0; i < count; ++i) {
        u.emplace_back(*rc::gen::inRange(-99, 100), *rc::gen::inRange(1, 40));
    }
    Rational square = 0;
    for (const Rational& x : proof::stereographic_point(u)) {
        square += x * x;
    }
    RC_ASSERT(square == 1);
}

RC_GTEST_PROP(Attack, CompiledFormulasEqualRecordedOnes, ())
{
    const Expr x = Expr::symbol("x");
    const Expr y = Expr::symbol("y");
    const std::vector<Expr> formulas = {x * y - pow(x, 3) / (y + 4),
                                        exp(-x) * sqrt(y + 3) + log(y + 5), sin(x) - cos(y) * x,
                                        pow(y + 3, Rational(-1, 2))};
    const double a = *rc::gen::inRange(-200, 201) / 100.0;
    const double b = *rc::gen::inRange(-200, 201) / 100.0;
    const proof::DoubleFormulas compiled(formulas, {"y", "x"});
    std::vector<proof::DoubleFormulas::Rounded> work;
    std::vector<proof::DoubleFormulas::Rounded> results;
    compiled.evaluate({b, a}, work, results);
    for (std::size_t i = 0; i < formulas.size(); ++i) {
        const double expected = formulas[i].evaluate<double>({{"x", a}, {"y", b}});
        RC_ASSERT(std::abs(results[i].value - expected) <= 1e-13 * (1 + results[i].size));
        RC_ASSERT(results[i].size >= std::abs(results[i].value) * (1 - 1e-13));
    }
}

} // namespace

// Jet<T>: identities of truncated series, agreement with known expansions and special values.

#include "attest/model/schemes.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/numbers/expr.hpp"
#include "attest/numbers/jet.hpp"
#include "attest/numbers/precision.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <vector>

namespace attest {
namespace {

static_assert(
    Number<Jet<double>> && Number<Jet<Real>> && Number<Jet<Ball>> && Number<Jet<Rational>>);

Rational small_rational(int limit = 30)
{
    const int p = *rc::gen::inRange(-limit, limit + 1);
    const int q = *rc::gen::inRange(1, 13);
    return Rational(p, q);
}

Rational nonzero_rational()
{
    const Rational x = small_rational();
    return x == 0 ? Rational(1, 3) : x;
}

Jet<Rational> any_series(const Rational& constant, long order)
{
    std::vector<Rational> c{constant};
    for (long k = 0; k < order; ++k) {
        c.push_back(small_rational(5));
    }
    return Jet<Rational>::from_coefficients(c);
}

Jet<Ball> in_balls(const Jet<Rational>& series)
{
    std::vector<Ball> c;
    for (const Rational& x : series.coefficients()) {
        c.emplace_back(x);
    }
    return Jet<Ball>::from_coefficients(c);
}

/// Whether every coefficient ball contains the exact coefficient, and is not the whole line.
bool contains(const Jet<Ball>& balls, const Jet<Rational>& exact)
{
    for (long k = 0; k <= balls.order(); ++k) {
        const Ball c = balls.coefficient(k);
        if (!c.is_finite() || !c.contains(exact.coefficient(k))) {
            return false;
        }
    }
    return true;
}

bool equal_series(const Jet<Rational>& a, const Jet<Rational>& b)
{
    return a.order() == b.order() && a.coefficients() == b.coefficients();
}

RC_GTEST_PROP(Jet, FieldLawsAreExactOverTheRationals, ())
{
    const long order = *rc::gen::inRange(0, 12);
    const auto a = any_series(small_rational(), order);
    const auto b = any_series(nonzero_rational(), order);
    const auto c = any_series(small_rational(), order);
    RC_ASSERT(equal_series(a * (b + c), a * b + a * c));
    RC_ASSERT(equal_series((a / b) * b, a));
    RC_ASSERT(equal_series((a - b) + b, a));
    RC_ASSERT(equal_series(-(-a), a));
}

RC_GTEST_PROP(Jet, ProductRuleHoldsExactly, ())
{
    const long order = *rc::gen::inRange(1, 12);
    const auto a = any_series(small_rational(), order);
    const auto b = any_series(small_rational(), order);
    const auto left = (a * b).derivative();
    const auto right = a.derivative() * b + a * b.derivative();
    RC_ASSERT(equal_series(left, right));
    RC_ASSERT(equal_series(a.derivative().integral(a.coefficient(0)), a));
}

RC_GTEST_PROP(Jet, ExponentialAndLogarithmInvert, ())
{
    const long order = *rc::gen::inRange(0, 20);
    const auto a = any_series(small_rational(), order);
    const auto balls = in_balls(a);
    RC_ASSERT(contains(exp(balls) * exp(-balls), Jet<Rational>::from_coefficients([&] {
                           std::vector<Rational> one(static_cast<std::size_t>(order) + 1,
                                                     Rational(0));
                           one[0] = 1;
                           return one;
                       }())));
    RC_ASSERT(contains(log(exp(balls)), a));
}

RC_GTEST_PROP(Jet, SquareRootSquares, ())
{
    const long order = *rc::gen::inRange(0, 20);
    const Rational root = nonzero_rational();
    // The square of a rational: the root stays exact.
    const auto a = any_series(Rational(root * root), order);
    RC_ASSERT(equal_series(sqrt(a) * sqrt(a), a));
    RC_ASSERT(contains(sqrt(in_balls(a)) * sqrt(in_balls(a)), a));
}

RC_GTEST_PROP(Jet, SineAndCosineLieOnTheCircle, ())
{
    const long order = *rc::gen::inRange(0, 20);
    const auto a = in_balls(any_series(small_rational(), order));
    const auto circle = sin(a) * sin(a) + cos(a) * cos(a);
    for (long k = 0; k <= order; ++k) {
        RC_ASSERT(circle.coefficient(k).contains(Rational(k == 0 ? 1 : 0)));
    }
}

RC_GTEST_PROP(Jet, LowerOrderIsAPrefixOfHigherOrder, ())
{
    const auto a = any_series(nonzero_rational(), 12);
    const long order = *rc::gen::inRange(0, 12);
    const auto& c = a.coefficients();
    const auto low = Jet<Rational>::from_coefficients({c.begin(), c.begin() + order + 1});
    const auto high = 1 / a + a * a;
    const auto cut = 1 / low + a * low; // truncates to the lower order
    RC_ASSERT(cut.order() == order);
    for (long k = 0; k <= order; ++k) {
        RC_ASSERT(cut.coefficient(k) == high.coefficient(k));
    }
}

RC_GTEST_PROP(Jet, FormulaTemplatesAgreeWithTheirRecords, ())
{
    // A formula of the paper evaluated in series equals its record evaluated in series, and its
    // first coefficient equals the formula at the point.
    const PrecisionScope precision(200);
    const long n = *rc::gen::element(2L, 3L, 10L, 256L);
    const Rational beta =
        *rc::gen::element(Rational(0), Rational(1, 100), Rational(5), Rational(12));
    const Rational gamma0 = Rational(*rc::gen::inRange(0, 100), 100);
    const auto gamma = Jet<Ball>::variable(Ball(gamma0), 6);
    const auto value = model::PeriLN::gamma_dot(model::SymmetricPoint<Jet<Ball>>{
        gamma, Jet<Ball>(2), Jet<Ball>(n), Jet<Ball>(Ball(beta)), 1, 0, 0});
    const Expr recorded = model::PeriLN::gamma_dot(model::SymmetricPoint<Expr>{
        Expr::symbol("gamma"), Expr(2), Expr(n), Expr(beta), Expr(1), Expr(0), Expr(0)});
    const auto again = recorded.evaluate<Jet<Ball>>({{"gamma", gamma}});
    const Ball at_point = recorded.evaluate<Ball>({{"gamma", Ball(gamma0)}});
    RC_ASSERT(value.coefficient(0).overlaps(at_point));
    for (long k = 0; k <= 6; ++k) {
        RC_ASSERT(value.coefficient(k).is_finite());
        RC_ASSERT(value.coefficient(k).overlaps(again.coefficient(k)));
    }
}

TEST(Jet, KnownExpansions)
{
    const auto x = Jet<Rational>::variable(Rational(0), 6);
    const auto e = exp(x);
    EXPECT_EQ(e.coefficient(5), Rational(1, 120));
    EXPECT_EQ(sin(x).coefficient(5), Rational(1, 120));
    EXPECT_EQ(cos(x).coefficient(6), Rational(-1, 720));
    EXPECT_EQ(log(1 + x).coefficient(4), Rational(-1, 4));
    EXPECT_EQ(sqrt(1 + x).coefficient(3), Rational(1, 16));
    EXPECT_EQ((1 / (1 - x)).coefficient(6), Rational(1));
    EXPECT_EQ((2 * x + 1).evaluate(Rational(3)), Rational(7));
}

TEST(Jet, ConstantsHaveNoTruncation)
{
    const Jet<Rational> two(2);
    EXPECT_EQ(two.order(), Jet<Rational>::unlimited);
    EXPECT_EQ((two * two + 1).coefficient(0), Rational(5));
    EXPECT_EQ(two.coefficient(100), Rational(0));
    EXPECT_EQ((two * Jet<Rational>::variable(Rational(1), 3)).order(), 3);
    EXPECT_EQ(sqrt(Jet<Rational>(0)).coefficient(0), Rational(0));
}

TEST(Jet, SingularOperationsAreRefused)
{
    const auto x = Jet<Rational>::variable(Rational(0), 4);
    EXPECT_THROW(1 / x, DomainError);
    EXPECT_THROW(log(x), DomainError);
    EXPECT_THROW(sqrt(x), DomainError);
    EXPECT_THROW(exp(1 + x), DomainError); // e is not rational
    EXPECT_THROW(x.coefficient(5), DomainError);
    EXPECT_THROW(Jet<Rational>::variable(Rational(0), -1), InputError);
    EXPECT_THROW(Jet<Rational>::from_coefficients({}), InputError);
    EXPECT_THROW(Jet<double>(1).integral(0.0), DomainError);
}

} // namespace
} // namespace attest

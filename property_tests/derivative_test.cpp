#include "attest/numbers/expr.hpp"
#include "attest/numbers/jet.hpp"
#include "attest/numbers/precision.hpp"
#include "expr_cases.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace attest {
namespace {

using testing::any_formula;
using testing::environment;

/// Value of the derivative by Taylor arithmetic: the coefficient of h.
Ball slope(const Expr& formula, const std::map<std::string, Rational>& point,
           const std::string& symbol)
{
    std::map<std::string, Jet<Ball>> values;
    for (const auto& [name, value] : point) {
        values.insert_or_assign(name, name == symbol ? Jet<Ball>::variable(Ball(value), 1)
                                                     : Jet<Ball>(Ball(value)));
    }
    return formula.evaluate<Jet<Ball>>(values).coefficient(1);
}

RC_GTEST_PROP(Derivative, IsTheTaylorCoefficient, ())
{
    const PrecisionScope scope(300);
    const Expr formula = any_formula(*rc::gen::inRange(1, 4));
    const auto point = testing::any_xy();
    for (const char* symbol : {"x", "y"}) {
        const Ball exact = derivative(formula, symbol).evaluate<Ball>(environment<Ball>(point));
        const Ball taylor = slope(formula, point, symbol);
        // 0^(-1) times 0 has no value: the rule of the power at a base of 0.
        RC_PRE(exact.is_finite());
        RC_ASSERT(exact.overlaps(taylor));
    }
}

// Neither route above: the central difference, whose error is O(h^2).
RC_GTEST_PROP(Derivative, IsTheLimitOfDifferences, ())
{
    const PrecisionScope scope(600);
    const Expr formula = any_formula(2);
    auto point = testing::any_xy();
    const Ball exact = derivative(formula, "x").evaluate<Ball>(environment<Ball>(point));
    RC_PRE(exact.is_finite());
    const Rational h = pow(Rational(10), -30);
    const auto at = [&](const Rational& shift) {
        auto moved = point;
        moved["x"] += shift;
        return formula.evaluate<Ball>(environment<Ball>(moved));
    };
    const Ball difference = (at(h) - at(-h)) / Ball(Rational(2 * h));
    RC_ASSERT(is_true(less(abs(difference - exact), Ball(pow(Rational(10), -40)))));
}

TEST(Derivative, OfEveryPrintedFormula)
{
    const PrecisionScope scope(256);
    const std::map<std::string, Rational> point = {
        {"gamma", Rational(1, 3)}, {"r", 2}, {"n", 5},   {"beta", Rational(3, 2)},
        {"alpha", Rational(4, 7)}, {"t", 3}, {"late", 1}};
    for (const auto& [name, formula] : testing::printed_formulas()) {
        for (const auto& [symbol, value] : point) {
            const Ball exact = derivative(formula, symbol).evaluate<Ball>(environment<Ball>(point));
            EXPECT_TRUE(exact.overlaps(slope(formula, point, symbol))) << name << " by " << symbol;
        }
    }
}

TEST(Derivative, Rules)
{
    const Expr x = Expr::symbol("x");
    const std::map<std::string, Rational> at = {{"x", Rational(3, 2)}, {"y", 7}};
    const auto value = [&](const Expr& formula) {
        return derivative(formula, "x").evaluate<Rational>(at);
    };
    EXPECT_EQ(value(Expr(5)), 0);
    EXPECT_EQ(value(Expr::symbol("y")), 0);
    EXPECT_EQ(value(x), 1);
    EXPECT_EQ(value(pow(x, 3)), Rational(27, 4));
    EXPECT_EQ(value(1 / x), Rational(-4, 9));
    EXPECT_EQ(value(pow(x, -2)), Rational(-16, 27));
    EXPECT_EQ(value(x / Expr::symbol("y")), Rational(1, 7));
    EXPECT_EQ(value(-(x - 3 * x)), 2);
}

RC_GTEST_PROP(Derivative, IsLinearAndObeysLeibniz, ())
{
    const PrecisionScope scope(300);
    const Expr f = any_formula(2);
    const Expr g = any_formula(2);
    const auto values = environment<Ball>(testing::any_xy());
    const auto at = [&](const Expr& e) { return e.evaluate<Ball>(values); };
    const auto d = [](const Expr& e) { return derivative(e, "x"); };
    RC_ASSERT(at(d(3 * f - g)).overlaps(at(3 * d(f) - d(g))));
    RC_ASSERT(at(d(f * g)).overlaps(at(d(f) * g + f * d(g))));
}

} // namespace
} // namespace attest

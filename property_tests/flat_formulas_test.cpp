#include "attest/numbers/flat_formulas.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace {

using namespace attest;

TEST(FlatFormulas, unknownSymbolIsAnError)
{
    EXPECT_THROW(FlatFormulas({Expr::symbol("x") + 1}, {"y"}), DomainError);
}

TEST(FlatFormulas, squareOfARangeIsNotNegative)
{
    const Expr x = Expr::symbol("x");
    const Ball value = FlatFormulas({x * x}, {"x"})({Ball::interval(-1, 1)}).front();
    EXPECT_FALSE(value.contains(Rational(-1, 2)));
}

// The square is a ball that a Real has no exponent for; a step of integration asks for it.
TEST(FlatFormulas, squareOfAnImmenseRange)
{
    const Expr x = Expr::symbol("x");
    const Ball immense = exp(Ball(pow(Rational(2), 61))) * Ball::interval(-1, 1);
    ASSERT_TRUE(immense.is_finite());
    ASSERT_FALSE(boost::multiprecision::isfinite(pow(abs(immense), 2).upper()));
    for (const Expr& formula : {x * x, pow(x, 4)}) {
        const Ball value = FlatFormulas({formula}, {"x"})({immense}).front();
        EXPECT_TRUE(value.contains(Rational(1)));
    }
}

RC_GTEST_PROP(FlatFormulasProperty, agreesWithEvaluate, ())
{
    const Expr x = Expr::symbol("x");
    const Expr y = Expr::symbol("y");
    const Expr formula =
        *rc::gen::element(x * y + x / (1 + y * y), exp(x * y) - sqrt(1 + x * x), sin(x) * cos(y),
                          log(2 + x * x) - pow(y, 3), pow(2 + x * x, Rational(-1, 2)) * y, -x);
    const Rational px(*rc::gen::inRange(-500, 501), 100);
    const Rational py(*rc::gen::inRange(-500, 501), 100);
    const std::vector<Ball> values = FlatFormulas({formula, x}, {"x", "y"})({Ball(px), Ball(py)});
    const Ball direct = formula.evaluate<Ball>({{"x", Ball(px)}, {"y", Ball(py)}});
    RC_ASSERT(values.size() == 2U);
    RC_ASSERT(values[0].overlaps(direct));
    RC_ASSERT(values[0].relative_accuracy_bits() > 30 || values[0].contains_zero());
    RC_ASSERT(values[1].contains(px));
}

} // namespace

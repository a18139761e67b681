#include "attest/proof/extended_range.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace attest::extended_range_tests {

using proof::ExtendedRange;
using proof::range_of;

const Expr x = Expr::symbol("x");
const Expr y = Expr::symbol("y");

TEST(ExtendedRange, infiniteEnds)
{
    const ExtendedRange tail{Rational(2), std::nullopt};
    const ExtendedRange inverse = range_of(1 / x, {{"x", tail}});
    EXPECT_EQ(inverse.lo, Rational(0));
    EXPECT_EQ(inverse.hi, Rational(1, 2));
    const ExtendedRange decay = range_of(exp(-x), {{"x", tail}});
    EXPECT_EQ(decay.lo, Rational(0));
    ASSERT_TRUE(decay.hi);
    EXPECT_NEAR(decay.hi->convert_to<double>(), 0.1353352832366127, 1e-13);
    EXPECT_FALSE(range_of(exp(x), {{"x", tail}}).hi);
    EXPECT_FALSE(range_of(x - y, {{"x", tail}, {"y", tail}}).lo);
}

TEST(ExtendedRange, zeroTimesUnboundedIsZero)
{
    const ExtendedRange product =
        range_of(x * y, {{"x", {Rational(0), Rational(0)}}, {"y", {Rational(1), std::nullopt}}});
    EXPECT_EQ(product.lo, Rational(0));
    EXPECT_EQ(product.hi, Rational(0));
}

TEST(ExtendedRange, divisionAcrossZeroSaysNothing)
{
    const ExtendedRange whole = range_of(1 / x, {{"x", {Rational(-1), Rational(1)}}});
    EXPECT_FALSE(whole.lo);
    EXPECT_FALSE(whole.hi);
    EXPECT_THROW(range_of(x, {}), DomainError);
    EXPECT_THROW(range_of(x, {{"x", {Rational(1), Rational(0)}}}), DomainError);
}

TEST(ExtendedRange, exprelFromZeroToInfinity)
{
    const ExtendedRange all = proof::range_of_exprel({});
    EXPECT_EQ(all.lo, Rational(0));
    EXPECT_FALSE(all.hi);
    const ExtendedRange around = proof::range_of_exprel({Rational(-1), Rational(1)});
    EXPECT_LT(*around.lo, Rational(64, 100));
    EXPECT_GT(*around.hi, Rational(171, 100));
}

RC_GTEST_PROP(ExtendedRangeProperty, containsTheValueAtEveryPoint, ())
{
    const auto rational = [] { return Rational(*rc::gen::inRange(-300, 301), 100); };
    const auto pair = [&] {
        const Rational a = rational();
        const Rational b = rational();
        return ExtendedRange{std::min(a, b), std::max(a, b)};
    };
    const ExtendedRange rx = pair();
    const ExtendedRange ry = pair();
    const Rational u(*rc::gen::inRange(0, 101), 100);
    const Rational v(*rc::gen::inRange(0, 101), 100);
    const Rational px = *rx.lo + u * (*rx.hi - *rx.lo);
    const Rational py = *ry.lo + v * (*ry.hi - *ry.lo);
    const Expr formula = *rc::gen::element(
        x * y, x - y, x + 2 * y, exp(x) * y, pow(x, 2) - y, sqrt(exp(x)) + y, log(exp(x) + 1) * y,
        x / (4 + y), sin(x) * y, cos(x + y), pow(x, 3) - y, pow(4 + x, -2) * y,
        pow(4 + x, Rational(3, 2)) - y, 1 / (x - 4), 1 / (x * x) - y);
    const ExtendedRange range = range_of(formula, {{"x", rx}, {"y", ry}});
    const Ball value = formula.evaluate<Ball>({{"x", Ball(px)}, {"y", Ball(py)}});
    // RC_ASSERT evaluates both sides of ||.
    if (range.lo) {
        RC_ASSERT(!is_false(less_equal(Ball(*range.lo), value)));
    }
    if (range.hi) {
        RC_ASSERT(!is_false(less_equal(value, Ball(*range.hi))));
    }
}

} // namespace attest::extended_range_tests

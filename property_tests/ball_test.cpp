#include "attest/numbers/ball.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>
#include <type_traits>

namespace attest {
namespace {

static_assert(!std::is_constructible_v<Ball, double>);
static_assert(!std::is_constructible_v<Ball, float>);
static_assert(!std::is_constructible_v<Ball, long double>);
static_assert(!std::is_convertible_v<double, Ball>);
static_assert(std::is_convertible_v<int, Ball> && std::is_convertible_v<long, Ball>);
static_assert(!std::is_convertible_v<Ball, bool> && !std::is_convertible_v<Ball, double>);
static_assert(std::is_same_v<decltype(less(Ball(), Ball())), Truth>);
static_assert(std::is_nothrow_move_constructible_v<Ball>);

/// A ball together with an exact number inside it.
struct Known {
    Ball ball;
    Rational x;
};

/// Wide and narrow, far from 0, near it and around it.
Rational any_number()
{
    const Rational x(*rc::gen::inRange(-9999L, 10'000L), *rc::gen::inRange(1L, 1000L));
    const long size = *rc::gen::element(0L, 0L, 0L, -1L, -20L, -200L, 3L);
    return x * pow(Rational(10), size);
}

Known any_known(const Rational& x)
{
    const long kind = *rc::gen::inRange(0, 3);
    if (kind == 0) {
        return {Ball(x), x};
    }
    const Rational scale = kind == 1 ? Rational(1, 1'000'000) * abs(x) : Rational(abs(x) + 1);
    const Rational below = scale * Rational(*rc::gen::inRange(0, 100), 100);
    const Rational above = scale * Rational(*rc::gen::inRange(0, 100), 100);
    return {Ball::interval(x - below, x + above), x};
}
Known any_known()
{
    return any_known(any_number());
}

/// MPFR's value of f at x, as good as exact beside a ball of the default precision.
template <class F>
Rational reference(const Rational& x, const F& f)
{
    const PrecisionScope scope(2000);
    return to_rational(Real(f(to_real(x))));
}

Rational width(const Ball& b)
{
    return to_rational(b.upper()) - to_rational(b.lower());
}

RC_GTEST_PROP(BallInclusion, FieldOperations, ())
{
    const PrecisionScope scope(*rc::gen::element(24L, 53L, 128L, 1000L));
    const Known a = any_known();
    const Known b = any_known();
    RC_ASSERT(a.ball.contains(a.x));
    RC_ASSERT((a.ball + b.ball).contains(Rational(a.x + b.x)));
    RC_ASSERT((a.ball - b.ball).contains(Rational(a.x - b.x)));
    RC_ASSERT((a.ball * b.ball).contains(Rational(a.x * b.x)));
    RC_ASSERT((-a.ball).contains(Rational(-a.x)));
    RC_ASSERT(abs(a.ball).contains(abs(a.x)));
    if (b.x != 0) {
        RC_ASSERT((a.ball / b.ball).contains(Rational(a.x / b.x)));
    }
    Ball c = a.ball;
    c += b.ball;
    c *= b.ball;
    c -= a.ball;
    RC_ASSERT(c.contains(Rational((a.x + b.x) * b.x - a.x)));
    RC_ASSERT(Ball::hull(a.ball, b.ball).contains(a.ball));
    RC_ASSERT(Ball::hull(a.ball, b.ball).contains(b.ball));
}

RC_GTEST_PROP(BallInclusion, Powers, ())
{
    const Known a = any_known();
    const long p = *rc::gen::inRange(0L, 12L);
    RC_ASSERT(pow(a.ball, p).contains(pow(a.x, p)));
    if (a.x != 0) {
        RC_ASSERT(pow(a.ball, -p).contains(pow(a.x, -p)));
    }
    const Known square{any_known(Rational(a.x * a.x))};
    const Ball root = pow(square.ball, Rational(1, 2));
    RC_ASSERT(!root.is_finite() || root.contains(abs(a.x)));
    const Ball cube = pow(square.ball, Rational(3, 2));
    RC_ASSERT(!cube.is_finite() || cube.contains(pow(Rational(abs(a.x)), 3)));
}

// A point in, all but a few of the working bits out.
RC_GTEST_PROP(BallTightness, FieldOperationsOnPoints, ())
{
    const PrecisionScope scope(128);
    const Rational x = any_number();
    const Rational y = any_number();
    RC_PRE(x != 0 && y != 0);
    const Ball a(x);
    const Ball b(y);
    RC_ASSERT((a * b).relative_accuracy_bits() >= 120);
    RC_ASSERT((a / b).relative_accuracy_bits() >= 120);
    RC_ASSERT((abs(a) + abs(b)).relative_accuracy_bits() >= 120);
}

TEST(BallTightness, DivisionByABallAroundZeroIsTheWholeLine)
{
    const Ball around = Ball::interval(-1, 1);
    for (const Ball& quotient :
         {Ball(1) / around, Ball(1) / Ball(0), Ball(0) / Ball(0), pow(around, -1L)}) {
        EXPECT_FALSE(quotient.is_finite());
        EXPECT_EQ(quotient.certified_digits(), 0);
    }
}

RC_GTEST_PROP(BallInclusion, ElementaryFunctions, ())
{
    const PrecisionScope scope(*rc::gen::element(24L, 53L, 128L, 400L));
    const Rational x(*rc::gen::inRange(-3000L, 3000L), *rc::gen::inRange(7L, 1000L));
    const Known a = any_known(x);
    using boost::multiprecision::expm1;
    RC_ASSERT(exp(a.ball).contains(reference(x, [](const Real& v) { return Real(exp(v)); })));
    RC_ASSERT(expm1(a.ball).contains(reference(x, [](const Real& v) { return Real(expm1(v)); })));
    RC_ASSERT(sin(a.ball).contains(reference(x, [](const Real& v) { return Real(sin(v)); })));
    RC_ASSERT(cos(a.ball).contains(reference(x, [](const Real& v) { return Real(cos(v)); })));
    if (x > 0) {
        const Ball logarithm = log(a.ball);
        const Ball root = sqrt(a.ball);
        RC_ASSERT(!logarithm.is_finite()
                  || logarithm.contains(reference(x, [](const Real& v) { return Real(log(v)); })));
        RC_ASSERT(!root.is_finite()
                  || root.contains(reference(x, [](const Real& v) { return Real(sqrt(v)); })));
    }
}

RC_GTEST_PROP(BallTightness, ElementaryFunctionsAtPoints, ())
{
    const PrecisionScope scope(128);
    // Far from 0, near it, and near 1, where the logarithm has its zero.
    const Rational tiny = pow(Rational(10), -*rc::gen::inRange(1L, 200L));
    const Rational x = *rc::gen::element(Rational(1 + tiny), tiny, Rational(1 / tiny),
                                         Rational(*rc::gen::inRange(2, 10'000), 997));
    const Ball point = Ball(to_real(x)); // no radius
    RC_ASSERT(sqrt(point).relative_accuracy_bits() >= 120);
    RC_ASSERT(point.contains(Rational(1)) || log(point).relative_accuracy_bits() >= 120);
    if (x < 1000) {
        RC_ASSERT(exp(point).relative_accuracy_bits() >= 110);
        RC_ASSERT(expm1(point).relative_accuracy_bits() >= 110);
        RC_ASSERT(expm1_over(point).relative_accuracy_bits() >= 110);
        RC_ASSERT(expm1_over(-point).relative_accuracy_bits() >= 110);
    }
}

// The range of a monotone function over an interval is spanned by the ends.
RC_GTEST_PROP(BallTightness, IntervalsGrowByNoMoreThanAFactor, ())
{
    const PrecisionScope scope(128);
    const Rational lo(*rc::gen::inRange(1, 4000), 1000);
    const Rational hi = lo + Rational(*rc::gen::inRange(1, 1000), 1000) * lo / 4;
    const Ball ball = Ball::interval(lo, hi);
    const auto check = [&](const Ball& range, const auto& f) {
        const Rational exact = reference(hi, f) - reference(lo, f);
        return width(range) <= 2 * exact;
    };
    RC_ASSERT(check(exp(ball), [](const Real& v) { return Real(exp(v)); }));
    RC_ASSERT(check(log(ball), [](const Real& v) { return Real(log(v)); }));
    RC_ASSERT(check(sqrt(ball), [](const Real& v) { return Real(sqrt(v)); }));
}

TEST(BallSpecialValues, NoValueIsTheWholeLine)
{
    EXPECT_FALSE(log(Ball(0)).is_finite());
    EXPECT_FALSE(log(Ball(-1)).is_finite());
    EXPECT_FALSE(log(Ball::interval(-1, 1)).is_finite());
    EXPECT_FALSE(sqrt(Ball(-1)).is_finite());
    EXPECT_FALSE(sqrt(Ball::interval(-1, 1)).is_finite());
    EXPECT_FALSE(ei(Ball(0)).is_finite());
    EXPECT_FALSE(exp(Ball::indeterminate()).is_finite());
    EXPECT_TRUE(Ball::indeterminate().contains(Rational(-12345, 7)));
}

TEST(BallSpecialValues, ExactOnes)
{
    for (const Ball& one : {exp(Ball(0)), cos(Ball(0)), expm1_over(Ball(0)), pow(Ball(7), 0L)}) {
        EXPECT_TRUE(one.is_exact() && one.contains(Rational(1)));
    }
    for (const Ball& zero :
         {log(Ball(1)), sin(Ball(0)), sqrt(Ball(0)), expm1(Ball(0)), entire_ei(Ball(0))}) {
        EXPECT_TRUE(zero.is_exact() && zero.contains_zero());
    }
    EXPECT_TRUE(sqrt(Ball(49)).is_exact());
    EXPECT_TRUE(Ball(Rational(3, 8)).is_exact());
    EXPECT_FALSE(Ball(Rational(1, 3)).is_exact());
    EXPECT_TRUE(Ball().is_exact() && Ball().contains_zero());
    EXPECT_TRUE(Ball(std::numeric_limits<long>::min())
                    .contains(Rational(std::numeric_limits<long>::min())));
}

TEST(BallSpecialValues, DoublesAreTakenAtTheirWord)
{
    EXPECT_TRUE(Ball::exactly(0.1).is_exact());
    EXPECT_FALSE(Ball::exactly(0.1).contains(Rational(1, 10)));
    EXPECT_TRUE(Ball::exactly(0.5).contains(Rational(1, 2)));
    for (const double bad :
         {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
        EXPECT_THROW(Ball::exactly(bad), DomainError);
        EXPECT_THROW(Ball{Real(bad)}, DomainError);
    }
    EXPECT_THROW(Ball::interval(1, 0), DomainError);
}

TEST(BallSpecialValues, Constants)
{
    const PrecisionScope scope(300);
    // 60 digits of pi and of the Euler-Mascheroni constant (OEIS A000796, A001620), cut off.
    const Rational unit = pow(Rational(10), -50);
    const Rational pi = parse_rational("3.14159265358979323846264338327950288419716939937510");
    const Rational euler = parse_rational("0.57721566490153286060651209008240243104215933593992");
    EXPECT_TRUE(Ball::interval(pi, pi + unit).contains(Ball::pi()));
    EXPECT_TRUE(Ball::interval(euler, euler + unit).contains(Ball::euler_gamma()));
}

/// sum_{k>=0} x^k c_k for |x| <= 2 with 0 <= c_k <= 1/k!, and a bound of what is cut off.
template <class C>
Ball power_series(const Rational& x, const C& coefficient)
{
    Rational sum = 0;
    Rational power = 1;
    Rational factorial = 1;
    for (long k = 0; k < 60; ++k) {
        sum += power / factorial * coefficient(k);
        power *= x;
        factorial *= k + 1;
    }
    const Rational rest = 2 * pow(Rational(2), 60) / factorial;
    return Ball::interval(sum - rest, sum + rest);
}

Ball expm1_over_series(const Rational& x)
{
    return power_series(x, [](long k) { return Rational(1, k + 1); });
}
Ball entire_ei_series(const Rational& x)
{
    return power_series(x, [](long k) { return k == 0 ? Rational(0) : Rational(1, k); });
}

RC_GTEST_PROP(BallEntire, BothFunctionsAgreeWithTheirSeries, ())
{
    const PrecisionScope scope(150);
    const Rational x = Rational(*rc::gen::inRange(-200, 201), 100)
                       * pow(Rational(10), -*rc::gen::element(0L, 1L, 10L, 60L));
    const Known a = any_known(x);
    RC_ASSERT(expm1_over(a.ball).overlaps(expm1_over_series(x)));
    RC_ASSERT(entire_ei(a.ball).overlaps(entire_ei_series(x)));
    RC_ASSERT(expm1_over(Ball(x)).relative_accuracy_bits() >= 120);
}

// Around 0, where the quotient is the whole line, the range is that of the two ends.
RC_GTEST_PROP(BallEntire, TightAroundZero, ())
{
    const PrecisionScope scope(150);
    const Rational size = pow(Rational(10), -*rc::gen::inRange(0L, 80L));
    const Rational lo = -size * Rational(*rc::gen::inRange(1, 200), 100);
    const Rational hi = size * Rational(*rc::gen::inRange(1, 200), 100);
    const Ball ball = Ball::interval(lo, hi);
    const Ball f = expm1_over(ball);
    RC_ASSERT(f.contains(Rational(1)));
    const Rational f_range =
        to_rational(expm1_over_series(hi).upper()) - to_rational(expm1_over_series(lo).lower());
    RC_ASSERT(width(f) <= f_range * Rational(1001, 1000) + pow(Rational(2), -140));
    const Ball g = entire_ei(ball);
    RC_ASSERT(g.contains(Rational(0)));
    RC_ASSERT(g.contains(entire_ei_series(lo)) || g.overlaps(entire_ei_series(lo)));
    RC_ASSERT(g.overlaps(entire_ei_series(hi)));
    // Its slope lies between expm1_over of the ends: a mean value enclosure is at most that wide.
    const Rational slope = to_rational(expm1_over_series(hi).upper());
    RC_ASSERT(width(g) <= 2 * slope * std::max(Rational(-lo), hi) * Rational(1001, 1000));
}

// DLMF 6.2: Ei(x) = gamma + ln|x| + entire part; Ei itself against MPFR.
RC_GTEST_PROP(BallEntire, ExponentialIntegral, ())
{
    const PrecisionScope scope(150);
    const Rational x(*rc::gen::inRange(1, 3000), 100);
    const Ball point(x);
    RC_ASSERT(ei(point).contains(reference(x, [](const Real& v) {
        Real value = v;
        mpfr_eint(value.backend().data(), v.backend().data(), MPFR_RNDN);
        return value;
    })));
    for (const Ball& at : {point, Ball(-point)}) {
        const Ball joined = entire_ei(at) + Ball::euler_gamma() + log(abs(at));
        RC_ASSERT(joined.overlaps(ei(at)));
    }
    RC_ASSERT(ei(point).certified_digits() >= 35);
    RC_ASSERT(entire_ei(point).certified_digits() >= 30);
}

// I_x(1, 1) = x, I_x(a, 1) = x^a, I_x(a, b) + I_{1-x}(b, a) = 1 (DLMF 8.17).
RC_GTEST_PROP(BallEntire, RegularizedBeta, ())
{
    const Rational x(*rc::gen::inRange(1, 100), 101);
    const long a = *rc::gen::inRange(1L, 30L);
    const long b = *rc::gen::inRange(1L, 30L);
    RC_ASSERT(regularized_beta(Ball(1), Ball(1), Ball(x)).contains(x));
    RC_ASSERT(regularized_beta(Ball(a), Ball(1), Ball(x)).contains(pow(x, a)));
    const Ball sum = regularized_beta(Ball(a), Ball(b), Ball(x))
                     + regularized_beta(Ball(b), Ball(a), Ball(Rational(1 - x)));
    RC_ASSERT(sum.contains(Rational(1)));
    RC_ASSERT(sum.certified_digits() >= 15);
}

RC_GTEST_PROP(BallOrder, AnswersAreSound, ())
{
    const PrecisionScope scope(*rc::gen::element(24L, 128L));
    const Known a = any_known();
    const Known b = *rc::gen::arbitrary<bool>() ? any_known() : any_known(a.x);
    const auto sound = [](Truth answer, bool exact) {
        return is_unknown(answer) || is_true(answer) == exact;
    };
    RC_ASSERT(sound(less(a.ball, b.ball), a.x < b.x));
    RC_ASSERT(sound(less_equal(a.ball, b.ball), a.x <= b.x));
    RC_ASSERT(sound(equal(a.ball, b.ball), a.x == b.x));
    RC_ASSERT(sound(is_positive(a.ball), a.x > 0));
    RC_ASSERT(sound(is_negative(a.ball), a.x < 0));
    RC_ASSERT(less_equal(a.ball, b.ball) == !less(b.ball, a.ball));
    if (!a.ball.overlaps(b.ball)) {
        RC_ASSERT(!is_unknown(less(a.ball, b.ball)));
        RC_ASSERT(is_false(equal(a.ball, b.ball)));
    }
}

TEST(BallOrder, Ends)
{
    EXPECT_TRUE(is_true(equal(Ball(2), Ball(2))));
    EXPECT_TRUE(is_unknown(equal(Ball::interval(0, 2), Ball(1))));
    EXPECT_TRUE(is_false(is_positive(Ball(0))));
    EXPECT_TRUE(is_false(is_negative(Ball(0))));
    EXPECT_TRUE(is_true(less_equal(Ball(1), Ball(1))) && is_false(less(Ball(1), Ball(1))));
    EXPECT_TRUE(is_unknown(less(Ball::interval(0, 1), Ball::interval(1, 2))));
    EXPECT_TRUE(is_unknown(less(Ball::indeterminate(), Ball(1))));
    EXPECT_TRUE(is_unknown(equal(Ball::indeterminate(), Ball::indeterminate())));
}

RC_GTEST_PROP(BallText, EndsAndDecimalsEnclose, ())
{
    const PrecisionScope scope(*rc::gen::element(30L, 128L, 300L));
    const Known a = any_known();
    RC_ASSERT(to_rational(a.ball.lower()) <= a.x && a.x <= to_rational(a.ball.upper()));
    RC_ASSERT(a.ball.contains(to_rational(a.ball.midpoint())));
    const Ball::Decimal decimal = a.ball.to_decimal(*rc::gen::inRange(1L, 50L));
    const Rational mid = parse_rational(decimal.mid);
    const Rational rad = parse_rational(decimal.rad);
    RC_ASSERT(rad >= 0);
    RC_ASSERT(abs(Rational(mid - a.x)) <= rad);
    // Not only the number that we know of: all of the ball.
    const Rational lo = mid - rad;
    const Rational hi = mid + rad;
    RC_ASSERT(!is_true(less(a.ball, Ball(lo))) && !is_true(less(Ball(hi), a.ball)));
    const PrecisionScope fine(1000);
    RC_ASSERT(Ball::interval(lo, hi).contains(a.ball));
}

TEST(BallText, ARadiusAroundExactlyZero)
{
    const Ball ball = Ball::interval(Rational(-1, 8), Rational(1, 8));
    for (const long digits : {1L, 5L, 30L}) {
        const Ball::Decimal decimal = ball.to_decimal(digits);
        EXPECT_EQ(parse_rational(decimal.mid), 0) << decimal.mid;
        EXPECT_GE(parse_rational(decimal.rad), Rational(1, 8)) << decimal.rad;
        EXPECT_LE(parse_rational(decimal.rad), Rational(2, 8)) << decimal.rad;
    }
    EXPECT_EQ(Ball::indeterminate().to_decimal(5).rad, "inf");
    EXPECT_EQ(Ball(3).to_decimal(10).rad, "0");
}

RC_GTEST_PROP(BallText, CertifiedDigitsAreCertain, ())
{
    const PrecisionScope scope(200);
    const Known a = any_known();
    RC_PRE(a.x != 0);
    const long digits = a.ball.certified_digits();
    const Rational mid = to_rational(a.ball.midpoint());
    RC_ASSERT(digits == 0 || abs(Rational(mid - a.x)) <= abs(a.x) * 2 * pow(Rational(10), -digits));
}

} // namespace
} // namespace attest

#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"
#include "attest/numbers/real.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>

namespace attest {
namespace {

/// A dyadic number of wide range: mantissa times a power of two.
Rational any_dyadic()
{
    const long mantissa = *rc::gen::inRange(-(1L << 50), 1L << 50);
    return mantissa * pow(Rational(2), *rc::gen::inRange(-400L, 400L));
}

RC_GTEST_PROP(RealNumber, RationalRoundTripIsExactForDyadics, ())
{
    const Rational x = any_dyadic();
    RC_ASSERT(to_rational(to_real(x)) == x);
}

RC_GTEST_PROP(RealNumber, RoundsToNearest, ())
{
    const long bits = *rc::gen::inRange(24L, 400L);
    const PrecisionScope scope(bits);
    const Rational x(*rc::gen::inRange(1L, 1'000'000'000L), *rc::gen::inRange(1L, 1'000'000'000L));
    const Rational error = abs(Rational(to_rational(to_real(x)) - x));
    RC_ASSERT(error <= x * pow(Rational(2), -bits));
}

RC_GTEST_PROP(RealNumber, DecimalHasTheDigitsAskedFor, ())
{
    const long digits = *rc::gen::inRange(2L, 60L);
    const PrecisionScope scope(400);
    const Rational x = any_dyadic();
    RC_PRE(x != 0);
    const Rational shown = parse_rational(to_decimal(to_real(x), digits));
    // Half a unit of the last digit, which is at least 10^-digits of the value.
    RC_ASSERT(2 * abs(Rational(shown - x)) <= abs(x) * pow(Rational(10), 1 - digits));
}

RC_GTEST_PROP(RealNumber, EnoughDigitsIdentifyTheNumber, ())
{
    const PrecisionScope scope(53);
    const Real x = to_real(any_dyadic());
    const long enough = digits_for_bits(static_cast<long>(mpfr_get_prec(x.backend().data()))) + 3;
    const Real back = to_real(parse_rational(to_decimal(x, enough)));
    RC_ASSERT(back == x);
}

TEST(RealNumber, DecimalFormats)
{
    const PrecisionScope scope(128);
    const auto shown = [](const char* value, long digits) {
        return to_decimal(to_real(parse_rational(value)), digits);
    };
    EXPECT_EQ(shown("0.0099172", 5), "0.0099172");
    EXPECT_EQ(shown("12345e36", 5), "1.2345e+40");
    EXPECT_EQ(shown("-12345e36", 5), "-1.2345e+40");
    EXPECT_EQ(shown("1/3", 4), "0.3333");
    EXPECT_EQ(shown("2/3", 4), "0.6667");
    EXPECT_EQ(shown("99999/100000", 3), "1.00");
    EXPECT_EQ(shown("999.96", 4), "1000");
    EXPECT_EQ(shown("1e-20", 3), "1.00e-20");
    EXPECT_EQ(shown("0", 7), "0");
    EXPECT_EQ(shown("100", 3), "100");
    EXPECT_EQ(shown("100", 2), "1.0e+2");
    EXPECT_EQ(to_decimal(Real(std::numeric_limits<double>::quiet_NaN()), 5), "nan");
    EXPECT_EQ(to_decimal(Real(std::numeric_limits<double>::infinity()), 5), "inf");
    EXPECT_EQ(to_decimal(Real(-std::numeric_limits<double>::infinity()), 5), "-inf");
    EXPECT_THROW(to_decimal(Real(1), 0), InputError);
    EXPECT_THROW(to_decimal(Real(1), -3), InputError);
}

TEST(RealNumber, OneDigit)
{
    const PrecisionScope scope(64);
    EXPECT_EQ(to_decimal(to_real(Rational(1, 3)), 1), "0.3");
    EXPECT_EQ(to_decimal(Real(7), 1), "7");
    EXPECT_EQ(to_decimal(to_real(parse_rational("6.6e20")), 1), "7e+20");
}

TEST(RealNumber, SpecialValuesAreNotRational)
{
    for (const double special :
         {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(),
          -std::numeric_limits<double>::infinity()}) {
        EXPECT_THROW(to_rational(Real(special)), DomainError);
        EXPECT_EQ(agreeing_digits(Real(special), Real(special)), 0);
        EXPECT_EQ(agreeing_digits(Real(special), Real(1)), 0);
        EXPECT_EQ(agreeing_digits(Real(1), Real(special)), 0);
    }
    EXPECT_EQ(to_rational(Real(-0.0)), 0);
    EXPECT_EQ(to_rational(Real(std::numeric_limits<double>::denorm_min())),
              pow(Rational(2), -1074));
}

// The definition, in exact arithmetic: 10^-(d+1) < |a-b|/max(|a|,|b|) <= 10^-d.
RC_GTEST_PROP(RealNumber, AgreeingDigitsIsTheDefinition, ())
{
    const PrecisionScope scope(600);
    const Rational a = any_dyadic();
    RC_PRE(a != 0);
    const long k = *rc::gen::inRange(0L, 120L);
    const Rational off = Rational(*rc::gen::inRange(11, 99), 100) * pow(Rational(10), -k);
    const Real x = to_real(a);
    const Real y = to_real(Rational(a * (1 + (*rc::gen::arbitrary<bool>() ? off : -off))));
    const Rational difference = abs(Rational(to_rational(x) - to_rational(y)));
    const Rational scale = std::max(abs(to_rational(x)), abs(to_rational(y)));
    const long digits = agreeing_digits(x, y);
    RC_ASSERT(digits == agreeing_digits(y, x));
    RC_ASSERT(difference <= scale * pow(Rational(10), -digits));
    RC_ASSERT(difference > scale * pow(Rational(10), -(digits + 1)));
}

TEST(RealNumber, AgreementEnds)
{
    const PrecisionScope scope(200);
    EXPECT_EQ(agreeing_digits(Real(1), Real(-1)), 0);
    EXPECT_EQ(agreeing_digits(Real(0), Real(1)), 0);
    EXPECT_EQ(agreeing_digits(Real(1), Real(1000000)), 0);
    const Real third = to_real(Rational(1, 3));
    const auto bits = static_cast<long>(mpfr_get_prec(third.backend().data()));
    EXPECT_EQ(agreeing_digits(third, third), digits_for_bits(bits));
    // No more than the less precise one can hold.
    Real coarse;
    {
        const PrecisionScope low(40);
        coarse = Real(1);
    }
    const auto coarse_bits = static_cast<long>(mpfr_get_prec(coarse.backend().data()));
    EXPECT_LE(agreeing_digits(coarse, Real(1)), digits_for_bits(coarse_bits));
}

TEST(RealNumber, AResultHasTheHigherPrecision)
{
    Real fine;
    {
        const PrecisionScope scope(500);
        fine = to_real(Rational(1, 3));
    }
    const PrecisionScope scope(64);
    const Real three(3); // a temporary would lend its storage, and its precision, to the result
    const Real product = fine * three;
    EXPECT_GE(mpfr_get_prec(product.backend().data()), 500);
    EXPECT_GE(agreeing_digits(product, Real(1)), 18);
}

} // namespace
} // namespace attest

#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"
#include "attest/numbers/real.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <thread>
#include <type_traits>

namespace attest {
namespace {

static_assert(!std::is_copy_constructible_v<PrecisionScope>);
static_assert(!std::is_move_constructible_v<PrecisionScope>);
static_assert(!std::is_convertible_v<long, PrecisionScope>);

long bits_of(const Real& x)
{
    return static_cast<long>(mpfr_get_prec(x.backend().data()));
}

RC_GTEST_PROP(Precision, BitsHoldTheDigitsAndTheGuard, ())
{
    const long digits = *rc::gen::inRange(1L, 3000L);
    const long bits = bits_for_digits(digits) - guard_bits;
    RC_ASSERT(pow(Rational(2), bits) >= pow(Rational(10), digits));
    // Smallest: at most two bits of slack in this range.
    RC_ASSERT(pow(Rational(2), bits - 2) < pow(Rational(10), digits));
}

RC_GTEST_PROP(Precision, DigitsFitIntoTheBits, ())
{
    const long bits = *rc::gen::inRange(1L, 9000L);
    const long digits = digits_for_bits(bits);
    RC_ASSERT(pow(Rational(10), digits) <= pow(Rational(2), bits));
    RC_ASSERT(pow(Rational(10), digits + 1) > pow(Rational(2), bits));
}

RC_GTEST_PROP(Precision, DigitsSurviveTheTripThroughBits, ())
{
    const long digits = *rc::gen::inRange(1L, 1'000'001L);
    RC_ASSERT(digits_for_bits(bits_for_digits(digits)) >= digits);
}

TEST(Precision, RejectsDigitsOutOfRange)
{
    for (const long digits : {0L, -1L, 1'000'001L, -9'000'000'000L}) {
        try {
            bits_for_digits(digits);
            FAIL() << digits;
        } catch (const InputError& error) {
            const std::string message = error.what();
            EXPECT_NE(message.find(std::to_string(digits)), std::string::npos) << message;
            EXPECT_NE(message.find("1000000"), std::string::npos) << message;
            EXPECT_EQ(message.find('\n'), std::string::npos) << message;
        }
    }
    EXPECT_NO_THROW(bits_for_digits(1));
    EXPECT_NO_THROW(bits_for_digits(1'000'000));
    EXPECT_LE(bits_for_digits(1'000'000), maximum_working_bits);
}

TEST(Precision, RejectsBitsOutOfRangeAndKeepsTheFormerOnes)
{
    const long before = working_bits();
    for (const long bits :
         {0L, -5L, minimum_working_bits - 1, maximum_working_bits + 1, 1L << 60}) {
        EXPECT_THROW(PrecisionScope{bits}, InputError);
        EXPECT_EQ(working_bits(), before);
    }
}

RC_GTEST_PROP(Precision, ScopesNestAndRestore, ())
{
    const long before = working_bits();
    const long outer = *rc::gen::inRange(minimum_working_bits, 4000L);
    const long inner = *rc::gen::inRange(minimum_working_bits, 4000L);
    {
        const PrecisionScope a(outer);
        RC_ASSERT(bits_of(Real(1)) >= outer);
        {
            const PrecisionScope b(inner);
            RC_ASSERT(working_bits() == inner);
            RC_ASSERT(bits_of(to_real(Rational(1, 3))) >= inner);
        }
        RC_ASSERT(working_bits() == outer);
        RC_ASSERT(bits_of(to_real(Rational(1, 3))) >= outer);
    }
    RC_ASSERT(working_bits() == before);
}

TEST(Precision, AnExceptionRestoresIt)
{
    const long before = working_bits();
    try {
        const PrecisionScope scope(777);
        throw Undecidable("leaves the scope");
    } catch (const Undecidable&) {
        EXPECT_EQ(working_bits(), before);
    }
}

TEST(Precision, BelongsToOneThread)
{
    const PrecisionScope scope(3000);
    long seen = 0;
    long real_bits = 0;
    std::thread([&] {
        seen = working_bits();
        real_bits = bits_of(to_real(Rational(1, 3)));
        const PrecisionScope other(50);
    }).join();
    EXPECT_EQ(seen, default_working_bits);
    EXPECT_GE(real_bits, default_working_bits);
    EXPECT_EQ(working_bits(), 3000);
    EXPECT_GE(bits_of(Real(1)), 3000);
}

} // namespace
} // namespace attest

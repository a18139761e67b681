#include "attest/proof/root.hpp"

#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace attest::proof {
namespace {

TEST(EncloseZero, SquareRootOfTwoToAHundredDigits)
{
    const Ball root = enclose_zero([](const Ball& x) { return x * x - 2; }, 0, 2, 100);
    EXPECT_GE(root.certified_digits(), 100);
    const PrecisionScope scope(600);
    EXPECT_TRUE(root.overlaps(sqrt(Ball(2))));
    EXPECT_TRUE(root.contains(sqrt(Ball(2))));
}

RC_GTEST_PROP(EncloseZero, FindsARationalZero, ())
{
    const Rational zero(*rc::gen::inRange(-999, 1000), *rc::gen::inRange(1000, 2000));
    const long digits = *rc::gen::inRange(5L, 60L);
    const bool falling = *rc::gen::arbitrary<bool>();
    const Ball root = enclose_zero(
        [&](const Ball& x) {
            const Ball value = (x - Ball(zero)) * (x * x + 1);
            return falling ? -value : value;
        },
        -1, 1, digits);
    RC_ASSERT(root.contains(zero));
    const PrecisionScope scope(600);
    RC_ASSERT(to_rational(root.upper()) - to_rational(root.lower())
              <= 2 * pow(Rational(10), -digits));
}

// The first midpoint is the zero itself, whose sign no precision decides.
TEST(EncloseZero, MidpointOnTheZero)
{
    const Ball root = enclose_zero([](const Ball& x) { return x - 1; }, 0, 2, 30);
    EXPECT_TRUE(root.contains(Rational(1)));
}

TEST(EncloseZero, NoCertainChangeOfSignIsUndecidable)
{
    EXPECT_THROW(enclose_zero([](const Ball& x) { return x * x + 1; }, -1, 1, 20), Undecidable);
    EXPECT_THROW(enclose_zero([](const Ball& x) { return x * x; }, -1, 1, 20), Undecidable);
    // A zero at an end, and a function that is nowhere defined.
    EXPECT_THROW(enclose_zero([](const Ball& x) { return x; }, 0, 1, 20), Undecidable);
    EXPECT_THROW(enclose_zero([](const Ball& x) { return log(-1 - x * x); }, -1, 1, 20),
                 Undecidable);
}

TEST(EncloseZero, KeepsThePrecisionOfTheCaller)
{
    const long before = working_bits();
    enclose_zero([](const Ball& x) { return x * x * x - 5; }, 0, 5, 50);
    EXPECT_EQ(working_bits(), before);
}

} // namespace
} // namespace attest::proof

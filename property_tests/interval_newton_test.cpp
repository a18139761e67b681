#include "attest/proof/interval_newton.hpp"

#include "attest/numbers/errors.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace attest::proof {
namespace {

/// x^2 + y^2 = a^2 + b^2, x y = a b: zeros (a, b), (b, a) and their negatives; double when a = b.
BallSystem circle_and_hyperbola(long a, long b)
{
    return {[a, b](const Vector<Ball>& z) {
                Vector<Ball> out(2);
                out(0) = z(0) * z(0) + z(1) * z(1) - (a * a + b * b);
                out(1) = z(0) * z(1) - a * b;
                return out;
            },
            [](const Vector<Ball>& z) {
                Matrix<Ball> out(2, 2);
                out(0, 0) = 2 * z(0);
                out(0, 1) = 2 * z(1);
                out(1, 0) = z(1);
                out(1, 1) = z(0);
                return out;
            }};
}

RC_GTEST_PROP(Krawczyk, EnclosesASimpleZeroAndOnlyThat, ())
{
    const long a = *rc::gen::inRange(-50L, 51L);
    const long b = *rc::gen::inRange(-50L, 51L);
    RC_PRE(std::abs(a) != std::abs(b));
    Vector<double> near(2);
    near << static_cast<double>(a) + 1e-11, static_cast<double>(b) - 1e-11;
    const ZeroEnclosure found = krawczyk(circle_and_hyperbola(a, b), near);
    RC_ASSERT(is_true(found.outcome));
    RC_ASSERT(found.zero(0).contains(Rational(a)) && found.zero(1).contains(Rational(b)));
    RC_ASSERT(found.box(0).contains(found.zero(0)) && found.box(1).contains(found.zero(1)));
}

RC_GTEST_PROP(Krawczyk, AnswersUnknownAtADoubleZero, ())
{
    const long a = *rc::gen::inRange(1L, 50L);
    Vector<double> near(2);
    near << static_cast<double>(a), static_cast<double>(a);
    RC_ASSERT(is_unknown(krawczyk(circle_and_hyperbola(a, a), near).outcome));
}

RC_GTEST_PROP(Krawczyk, AnswersUnknownWhereThereIsNoZero, ())
{
    Vector<double> away(2);
    away << *rc::gen::inRange(20, 50), *rc::gen::inRange(-50, -20);
    RC_ASSERT(is_unknown(krawczyk(circle_and_hyperbola(1, 2), away).outcome));
}

TEST(Krawczyk, RefusesSystemsThatAreNotSquare)
{
    EXPECT_THROW((void)krawczyk(circle_and_hyperbola(1, 2), Vector<double>::Ones(3)), InputError);
}

} // namespace
} // namespace attest::proof

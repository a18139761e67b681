#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"
#include "attest/numbers/symbolic.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <type_traits>

namespace attest {
namespace {

static_assert(!std::is_constructible_v<Symbolic, double>);
static_assert(std::is_same_v<decltype(Symbolic().is_zero()), Truth>);

/// A random polynomial in a and b with integer coefficients and, if wanted, positive ones only.
Expr any_polynomial(bool positive = false)
{
    Expr sum(positive ? *rc::gen::inRange(1, 5) : *rc::gen::inRange(-4, 5));
    const int terms = *rc::gen::inRange(1, 4);
    for (int k = 0; k < terms; ++k) {
        const long coefficient = positive ? *rc::gen::inRange(1, 5) : *rc::gen::inRange(-4, 5);
        sum = sum
              + coefficient * pow(Expr::symbol("a"), *rc::gen::inRange(0L, 3L))
                    * pow(Expr::symbol("b"), *rc::gen::inRange(0L, 3L));
    }
    return sum;
}

/// A formula over a, b with exponentials and square roots: what the algebra can hold.
Expr any_element(int depth)
{
    if (depth == 0) {
        return any_polynomial();
    }
    const Expr x = any_element(depth - 1);
    switch (*rc::gen::inRange(0, 6)) {
    case 0:
        return x + any_element(depth - 1);
    case 1:
        return x - any_element(depth - 1);
    case 2:
        return x * any_element(depth - 1);
    case 3:
        return x / any_polynomial(true);
    case 4:
        return x * exp(any_polynomial());
    default:
        return x * sqrt(any_polynomial(true));
    }
}

std::map<std::string, Symbolic> symbols()
{
    return {{"a", Symbolic::symbol("a")}, {"b", Symbolic::symbol("b")}};
}

Truth is_zero(const Expr& formula)
{
    const SymbolicField field;
    return formula.evaluate<Symbolic>(symbols()).is_zero();
}

RC_GTEST_PROP(SymbolicAlgebra, FieldIdentities, ())
{
    const Expr p = any_element(2);
    const Expr q = any_element(1);
    const Expr s = any_polynomial(true);
    RC_ASSERT(is_true(is_zero((p + q) * (p - q) - (p * p - q * q))));
    RC_ASSERT(is_true(is_zero(p * (q + s) - (p * q + p * s))));
    RC_ASSERT(is_true(is_zero(p / s * s - p)));
    RC_ASSERT(is_true(is_zero(p / s + q / s - (p + q) / s)));
    RC_ASSERT(is_true(is_zero(-(-p) - p)));
    RC_ASSERT(is_true(is_zero(pow(p, 3) - p * p * p)));
    RC_ASSERT(is_true(is_zero(pow(s, -2) * s * s - 1)));
}

RC_GTEST_PROP(SymbolicAlgebra, ExponentialsAndRoots, ())
{
    const Expr p = any_polynomial();
    const Expr q = any_polynomial();
    const Expr s = any_polynomial(true);
    RC_ASSERT(is_true(is_zero(exp(p + q) - exp(p) * exp(q))));
    RC_ASSERT(is_true(is_zero(exp(3 * p) - pow(exp(p), 3))));
    RC_ASSERT(is_true(is_zero(exp(-p) * exp(p) - 1)));
    RC_ASSERT(is_true(is_zero(sqrt(s) * sqrt(s) - s)));
    RC_ASSERT(is_true(is_zero(1 / sqrt(s) - sqrt(s) / s)));
    RC_ASSERT(is_true(is_zero(sqrt(s * s) - s)));
}

/// Balls at a point prove that the value is not zero.
bool refuted(const Expr& formula)
{
    const PrecisionScope scope(256);
    for (const auto& [a, b] :
         {std::pair{Rational(3, 7), Rational(5, 3)}, std::pair{Rational(11, 5), Rational(2, 9)}}) {
        const Ball value = formula.evaluate<Ball>({{"a", Ball(a)}, {"b", Ball(b)}});
        if (is_false(equal(value, Ball(0)))) {
            return true;
        }
    }
    return false;
}

// A proof of a falsehood would be the worst defect of all.
RC_GTEST_PROP(SymbolicAlgebra, NeverTrueForWhatBallsRefute, ())
{
    const Expr difference = any_element(2) - any_element(2);
    RC_ASSERT(!(is_true(is_zero(difference)) && refuted(difference)));
}

RC_GTEST_PROP(SymbolicAlgebra, NeverTrueForAPerturbedIdentity, ())
{
    const Expr p = any_element(1);
    const Expr q = any_element(1);
    const Expr identity = (p + q) * (p + q) - (p * p + 2 * p * q + q * q);
    RC_ASSERT(is_true(is_zero(identity)));
    const Expr off = *rc::gen::element(Expr(Rational(1, 1'000'000)), Expr::symbol("a"),
                                       exp(Expr::symbol("b")), sqrt(Expr::symbol("a") + 2));
    RC_ASSERT(!is_true(is_zero(identity + off)));
}

TEST(SymbolicAlgebra, NearIdentitiesAreNotProved)
{
    const Expr a = Expr::symbol("a");
    const Expr b = Expr::symbol("b");
    EXPECT_FALSE(is_true(is_zero(exp(a * b) - exp(a) * exp(b))));
    EXPECT_FALSE(is_true(is_zero(sqrt(a + b) - sqrt(a) - sqrt(b))));
    EXPECT_FALSE(is_true(is_zero(sqrt(a) + sqrt(a))));
    EXPECT_FALSE(is_true(is_zero((a * a - b * b) / (a + b) - (a + b))));
    EXPECT_TRUE(is_true(is_zero((a * a - b * b) / (a + b) - (a - b))));
}

// Non-zero numbers are refuted; a non-zero form with symbols is only "not proved".
TEST(SymbolicAlgebra, ThreeValues)
{
    EXPECT_TRUE(is_true(is_zero(Expr(0))));
    EXPECT_TRUE(is_false(is_zero(Expr(Rational(1, 3)))));
    EXPECT_TRUE(is_false(is_zero(Expr::symbol("a") - Expr::symbol("a") + 1)));
    EXPECT_TRUE(is_unknown(is_zero(Expr::symbol("a"))));
    EXPECT_TRUE(is_true(is_zero(log(Expr(1)))));
    EXPECT_TRUE(is_true(is_zero(cos(Expr(0)) - 1)));
    EXPECT_TRUE(is_true(is_zero(sin(Expr(0)))));
}

TEST(SymbolicAlgebra, ExponentialsOfQuotientsAndFractionsAreGenerators)
{
    const SymbolicField field;
    const Symbolic a = Symbolic::symbol("a");
    const Symbolic b = Symbolic::symbol("b");
    EXPECT_EQ((exp(1 / (1 + a)) * exp(a / (1 + a)) - exp(Symbolic(1))).is_zero(), Truth::Unknown);
    EXPECT_EQ((exp(b / (1 + a)) * exp(-2 * b / (2 + 2 * a)) - 1).is_zero(), Truth::True);
    EXPECT_EQ((exp(b / (3 * a)) - exp(Symbolic(Rational(1, 3)) * b / a)).is_zero(), Truth::True);
    EXPECT_NE((exp(b / (3 * a)) - exp(b / (2 * a))).is_zero(), Truth::True);
    EXPECT_NE((exp(b / 2) - exp(b)).is_zero(), Truth::True);
}

TEST(SymbolicAlgebra, WhatTheFieldDoesNotHaveIsADomainError)
{
    const SymbolicField field;
    const Symbolic a = Symbolic::symbol("a");
    EXPECT_THROW(Symbolic(1) / Symbolic(0), DomainError);
    EXPECT_THROW(Symbolic(1) / (a - a), DomainError);
    EXPECT_THROW(log(a), DomainError);
    EXPECT_THROW(sin(a), DomainError);
    EXPECT_THROW(cos(a), DomainError);
    EXPECT_THROW(sqrt(1 / (1 - a)), DomainError);
}

RC_GTEST_PROP(SymbolicAlgebra, NonNegativeMeansNonNegative, ())
{
    const Expr p = any_element(2);
    Truth claimed = Truth::Unknown;
    {
        const SymbolicField field;
        claimed = p.evaluate<Symbolic>(symbols()).is_manifestly_nonnegative();
    }
    RC_ASSERT(!is_false(claimed));
    if (is_true(claimed)) {
        const Ball value = p.evaluate<Ball>({{"a", Ball(Rational(*rc::gen::inRange(0, 50), 7))},
                                             {"b", Ball(Rational(*rc::gen::inRange(0, 50), 11))}});
        RC_ASSERT(!is_true(is_negative(value)));
    }
}

TEST(SymbolicAlgebra, ManifestlyNonNegative)
{
    const SymbolicField field;
    const Symbolic a = Symbolic::symbol("a");
    const Symbolic b = Symbolic::symbol("b");
    EXPECT_TRUE(is_true((a * b + exp(a) / (1 + b)).is_manifestly_nonnegative()));
    EXPECT_TRUE(is_true(Symbolic(0).is_manifestly_nonnegative()));
    EXPECT_TRUE(is_unknown((a - b).is_manifestly_nonnegative()));
    EXPECT_FALSE(is_true(Symbolic(-1).is_manifestly_nonnegative()));
}

RC_GTEST_PROP(SymbolicAlgebra, SubstitutionIsEvaluationInTwoSteps, ())
{
    const Expr p = any_polynomial() / any_polynomial(true);
    const Expr q = any_polynomial(true);
    const SymbolicField field;
    const Symbolic inner = q.evaluate<Symbolic>(symbols());
    const Symbolic replaced = p.evaluate<Symbolic>(symbols()).substitute({{"a", inner}});
    auto values = symbols();
    values.insert_or_assign("a", inner);
    RC_ASSERT(is_true((replaced - p.evaluate<Symbolic>(values)).is_zero()));
}

// All at once, not one after the other; exponentials are generators of their own.
TEST(SymbolicAlgebra, SubstitutionIsSimultaneous)
{
    const SymbolicField field;
    const Symbolic a = Symbolic::symbol("a");
    const Symbolic b = Symbolic::symbol("b");
    const Symbolic swapped = (a - 2 * b).substitute({{"a", b}, {"b", a}});
    EXPECT_TRUE(is_true((swapped - (b - 2 * a)).is_zero()));
    const Symbolic e = (exp(a * b) + 1).substitute({{"exp(a*b)", Symbolic(1) + a}});
    EXPECT_TRUE(is_true((e - (2 + a)).is_zero())) << e.text();
}

TEST(SymbolicAlgebra, ARootOfWhatIsNegativeHasNoNormalForm)
{
    const SymbolicField field;
    const Symbolic a = Symbolic::symbol("a");
    EXPECT_THROW(sqrt(-a), DomainError);
    EXPECT_THROW(sqrt(-1 - 2 * a), DomainError);
    EXPECT_THROW(sqrt(Symbolic(-4)), DomainError);
    EXPECT_NO_THROW(sqrt(1 - a));
    EXPECT_TRUE(is_true(sqrt(Symbolic(0)).is_zero()));
}

TEST(SymbolicAlgebra, FieldsAreSeparateAndNest)
{
    const SymbolicField outer;
    const Symbolic before = Symbolic::symbol("a") + 1;
    {
        const SymbolicField inner;
        EXPECT_TRUE(is_true((Symbolic::symbol("a") - Symbolic::symbol("a")).is_zero()));
    }
    EXPECT_TRUE(is_true((before - Symbolic::symbol("a") - 1).is_zero()));
}

} // namespace
} // namespace attest

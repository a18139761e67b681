#include "attest/proof/algebra.hpp"

#include "attest/model/schemes.hpp"
#include "attest/numbers/precision.hpp"
#include "attest/proof/sampling.hpp"
#include "theorems/support.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace attest::proof::algebra_tests {

const Expr n = Expr::symbol("n");
const Expr beta = Expr::symbol("beta");
const Expr gamma = Expr::symbol("gamma");
const Expr e_bg = exp(beta * gamma);

TEST(Algebra, ProvesIdentities)
{
    EXPECT_TRUE(is_true(identical(exp(beta * (1 + gamma)), exp(beta) * e_bg)));
    EXPECT_TRUE(is_true(identical(exp(2 * beta) - 1, (exp(beta) - 1) * (exp(beta) + 1))));
    EXPECT_TRUE(is_true(identical(n * n - 1, (n - 1) * (n + 1))));
    EXPECT_TRUE(is_true(identical(pow(sqrt(n + exp(beta)), 2), n + exp(beta))));
    EXPECT_TRUE(is_true(identical(n / sqrt(n), sqrt(n))));
}

TEST(Algebra, DoesNotProveWhatIsFalse)
{
    EXPECT_FALSE(is_true(identical(exp(beta * gamma), exp(beta) * exp(gamma))));
    EXPECT_FALSE(is_true(identical(n, n + Expr(Rational(1, 1'000'000'000)))));
    EXPECT_FALSE(is_true(identical(sqrt(n + 1), sqrt(n) + 1)));
    EXPECT_FALSE(is_true(identical(n * (n - 1), (n - 1) * (n - 1))));
    EXPECT_FALSE(is_true(identical(Expr(0), Expr(1))));
}

// Beyond the algebra there is no answer, and no crash.
TEST(Algebra, UnknownBeyondItsReach)
{
    EXPECT_TRUE(is_unknown(identical(log(n * n), 2 * log(n))));
    EXPECT_TRUE(is_unknown(identical(pow(sin(beta), 2) + pow(cos(beta), 2), Expr(1))));
    EXPECT_TRUE(is_unknown(identical(n / (n - n), Expr(1))));
    EXPECT_TRUE(is_unknown(at_least(log(n), Expr(0)).outcome));
    EXPECT_TRUE(is_unknown(limit_at_one(log(gamma), Expr(0)).outcome));
}

TEST(Algebra, ProvesInequalitiesOnTheDomain)
{
    EXPECT_TRUE(is_true(at_least(n, Expr(2)).outcome));
    EXPECT_TRUE(is_true(at_least(exp(beta), e_bg).outcome));
    EXPECT_TRUE(is_true(at_least(e_bg, Expr(1)).outcome));
    EXPECT_TRUE(is_true(at_least(1 - gamma, Expr(0)).outcome));
    EXPECT_TRUE(is_true(at_least(gamma, Expr(0)).outcome));
    EXPECT_TRUE(is_true(at_least(n * exp(beta), n - 1 + exp(beta)).outcome));
    EXPECT_TRUE(is_true(at_least(n, sqrt(1 + pow(n - 1, 2))).outcome));
    // Equality in one place is allowed: n = 2.
    EXPECT_TRUE(is_true(at_least(n - 1, n / 2).outcome));
    EXPECT_FALSE(at_least(n, Expr(2)).certificate.empty());
}

TEST(Algebra, DoesNotProveFalseInequalities)
{
    EXPECT_FALSE(is_true(at_least(n, Expr(Rational(2'000'001, 1'000'000))).outcome));
    EXPECT_FALSE(is_true(at_least(e_bg, exp(beta)).outcome));
    EXPECT_FALSE(is_true(at_least(e_bg, Expr(Rational(1'000'001, 1'000'000))).outcome));
    EXPECT_FALSE(is_true(at_least(gamma, Expr(Rational(1, 1'000'000))).outcome));
    EXPECT_FALSE(is_true(at_least(Expr(Rational(999'999, 1'000'000)), gamma).outcome));
    EXPECT_FALSE(is_true(at_least(sqrt(pow(n - 1, 2)), n).outcome));
    EXPECT_FALSE(is_true(at_least(-n, -(n + n)).outcome && at_least(-(n + n), -n).outcome));
    // Squares alone do not compare signs: -3 >= -1 is false although 9 >= 1.
    EXPECT_FALSE(is_true(at_least(Expr(-3), Expr(-1)).outcome));
}

// Random quadratic forms of the domain's symbols: never a proof where balls show a violation.
RC_GTEST_PROP(Algebra, NoProofAgainstACounterexample, ())
{
    const auto coefficient = [] { return *rc::gen::inRange(-3, 4); };
    const auto form = [&] {
        return coefficient() + coefficient() * n + coefficient() * gamma + coefficient() * e_bg
               + coefficient() * exp(beta) + coefficient() * n * gamma
               + coefficient() * gamma * e_bg;
    };
    const Expr lhs = form();
    const Expr rhs = form();
    const auto points = sample_points(theorems::symmetric_domain(), 60, 3);
    const PointCheck check = check_at_least(lhs, rhs, points, 20);
    RC_ASSERT(!(check.violated > 0 && is_true(at_least(lhs, rhs).outcome)));
    const PointCheck same = check_equal(lhs, rhs, points, 20);
    RC_ASSERT(!(same.violated > 0 && is_true(identical(lhs, rhs))));
}

TEST(Algebra, LimitsAtOne)
{
    EXPECT_TRUE(is_true(limit_at_one(e_bg, exp(beta)).outcome));
    EXPECT_TRUE(is_true(limit_at_one((1 - gamma * gamma) / (1 - gamma), Expr(2)).outcome));
    EXPECT_TRUE(is_true(limit_at_one((n - 1) * gamma + 1, n).outcome));
    EXPECT_TRUE(is_true(limit_at_one(sqrt(gamma * (n + 1)), sqrt(n + 1)).outcome));
    EXPECT_FALSE(is_true(limit_at_one(e_bg, Expr(1)).outcome));
    EXPECT_FALSE(is_true(limit_at_one(gamma, Expr(Rational(999'999, 1'000'000))).outcome));
    EXPECT_FALSE(is_true(limit_at_one(1 / (1 - gamma), Expr(0)).outcome));
    EXPECT_FALSE(is_true(limit_at_one(-sqrt(gamma), Expr(1)).outcome));
}

// epsilon' ~ -2 epsilon for Post-LN: gamma'/(1 - gamma) -> 2, and nothing near 2.
TEST(Algebra, LimitOfThePostLNRate)
{
    const auto p = theorems::symbolic_point();
    const Expr rate = model::PostLN::gamma_dot(p) / (1 - p.gamma);
    EXPECT_TRUE(is_true(limit_at_one(rate, Expr(2)).outcome));
    EXPECT_FALSE(is_true(limit_at_one(rate, Expr(Rational(2'000'001, 1'000'000))).outcome));
}

} // namespace attest::proof::algebra_tests

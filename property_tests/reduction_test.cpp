#include "theorems/reduction.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace attest {
namespace {

using namespace theorems;

Rational any_coefficient()
{
    return Rational(*rc::gen::inRange(-40, 41), *rc::gen::inRange(1, 12));
}

// The mean over tokens of a polynomial is the combination of moments that it is reduced to.
RC_GTEST_PROP(Reduction, MeansAreCombinationsOfMoments, ())
{
    const Expr u = sym("u");
    const Expr w = sym("w");
    const Expr V = sym("V");
    const Expr polynomial =
        Expr(any_coefficient()) * w * u * u + V * u + (V - u) * w * w + Expr(any_coefficient());
    const Expr reduced = mean_over_tokens(polynomial, {"u", "w"});
    const long n = *rc::gen::inRange(1, 6);
    const Rational common = any_coefficient();
    Rational mean = 0;
    std::map<std::string, Rational> moments = {{"V", common}};
    for (long k = 0; k < n; ++k) {
        const Rational a = any_coefficient();
        const Rational b = any_coefficient();
        mean += polynomial.evaluate<Rational>({{"u", a}, {"w", b}, {"V", common}}) / n;
        for (long i = 0; i <= 2; ++i) {
            for (long j = 0; j <= 2; ++j) {
                const auto part = [](const char* name, long degree) {
                    return degree == 0   ? std::string()
                           : degree == 1 ? std::string("_") + name
                                         : std::string("_") + name + std::to_string(degree);
                };
                moments["mean" + part("u", i) + part("w", j)] +=
                    attest::pow(a, i) * attest::pow(b, j) / n;
            }
        }
    }
    RC_ASSERT(reduced.evaluate<Rational>(moments) == mean);
}

TEST(Reduction, DegreeAboveFourIsRefused)
{
    EXPECT_THROW((void)mean_over_tokens(pow(sym("u"), 5), {"u"}), DomainError);
    EXPECT_THROW((void)mean_over_tokens(1 / (1 + sym("u")), {"u"}), DomainError);
}

// What at_least_on proves is true at every point of the ranges.
RC_GTEST_PROP(Reduction, ProvedInequalitiesHoldAtPoints, ())
{
    const Expr a = sym("a");
    const Expr b = sym("b");
    const Expr lhs = Expr(any_coefficient()) * a * b + Expr(any_coefficient()) * a
                     + Expr(any_coefficient()) * b + Expr(any_coefficient());
    const Rational hi = 1 + Rational(*rc::gen::inRange(1, 20), 7);
    const Ranges ranges = {{"a", from(Rational(1, 2))}, {"b", between(1, hi)}};
    const auto proof = at_least_on(lhs, Expr(0), ranges);
    if (!is_true(proof.outcome)) {
        RC_SUCCEED("not proved");
    }
    const Rational at_a = Rational(1, 2) + Rational(*rc::gen::inRange(0, 1000), 9);
    const Rational at_b = 1 + (hi - 1) * Rational(*rc::gen::inRange(0, 101), 100);
    RC_ASSERT(lhs.evaluate<Rational>({{"a", at_a}, {"b", at_b}}) >= 0);
}

TEST(Reduction, ExponentialsOfTheTemperature)
{
    const Expr beta = sym("beta");
    const Expr gamma = sym("gamma");
    const Ranges ranges = {{"beta", from(0)}, {"gamma", between(0, 1)}};
    EXPECT_TRUE(is_true(at_least_on(exp(beta), exp(beta * gamma), ranges).outcome));
    EXPECT_FALSE(is_true(at_least_on(exp(beta * gamma), exp(beta), ranges).outcome));
    EXPECT_TRUE(is_true(greater_on(1 + beta, Expr(0), ranges).outcome));
    EXPECT_FALSE(is_true(greater_on(beta, Expr(0), ranges).outcome));
}

TEST(Reduction, ViolationsBecomeExactCounterexamples)
{
    const Statement statement = relation_part(sym("a"), "<=", sym("b"));
    const Judgement judgement = ledger::judge(decide_reduced(
        statement, {}, {"", {}, {}}, {{{{"case", "one"}}, {{"a", 2}, {"b", 1}}, {}}}, {}));
    EXPECT_EQ(judgement.verdict, ledger::Verdict::Fails);
    EXPECT_EQ(judgement.strength, Strength::Exact);
    ASSERT_TRUE(judgement.counterexample);
    EXPECT_EQ(judgement.counterexample->replay, "attest evaluate 'a' 'b' --at a=2,b=1");
    ASSERT_FALSE(judgement.evidence.back().certificates.empty());
}

} // namespace
} // namespace attest

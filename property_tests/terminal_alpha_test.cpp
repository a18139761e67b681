#include "theorems/terminal_alpha.hpp"

#include "theorems/terminal_proof.hpp"

#include <gtest/gtest.h>

namespace attest::theorems {
namespace {

TEST(TerminalAlpha, ReadsAList)
{
    Statement statement;
    EXPECT_TRUE(alphas_of(statement).empty());
    statement.words = {{"alphas", "1; 1/3 ;root; 3*t^2"}};
    ASSERT_EQ(alphas_of(statement).size(), 4U);
    EXPECT_EQ(alphas_of(statement)[2].name, "root");
    statement.words = {{"alphas", "1; nonsense"}};
    EXPECT_THROW(alphas_of(statement), InputError);
}

TEST(TerminalAlpha, WhereTheIntegralGoes)
{
    using model::Alpha;
    EXPECT_TRUE(integral_escapes_along(Alpha::constant(1), 1));
    EXPECT_FALSE(integral_escapes_along(Alpha::constant(1), -1));
    EXPECT_TRUE(integral_escapes_along(Alpha::constant(Rational(-1, 7)), -1));
    for (const Alpha& swinging : {Alpha::sine_cosine(), Alpha::cosine_sine()}) {
        EXPECT_TRUE(integral_escapes_along(swinging, 1)) << swinging.name;
        EXPECT_TRUE(integral_escapes_along(swinging, -1)) << swinging.name;
    }
    // Not linear, without a closed form, and with a wrong one.
    EXPECT_FALSE(integral_escapes_along(Alpha::linear(), -1));
    EXPECT_FALSE(integral_escapes_along(Alpha::parse("1/(1+t)"), 1));
    Alpha wrong = Alpha::constant(1);
    wrong.integral = -sym("t");
    EXPECT_FALSE(integral_escapes_along(wrong, -1));
}

TEST(TerminalAlpha, NoLawWhereTheIntegralFalls)
{
    const Expr& law = terminal_proof("ngpt").law;
    EXPECT_TRUE(integral_escapes(model::Alpha::constant(1), law).empty());
    for (const model::Alpha& alpha :
         {model::Alpha::constant(-1), model::Alpha::sine_cosine(), model::Alpha::cosine_sine()}) {
        const std::vector<Evidence> found = integral_escapes(alpha, law);
        ASSERT_EQ(found.size(), 2U) << alpha.name;
        for (const Evidence& item : found) {
            EXPECT_EQ(item.outcome, Truth::False) << alpha.name << ": " << item.route;
        }
        EXPECT_EQ(found.back().strength, Strength::Exact);
        EXPECT_EQ(found.back().scope.kind, ScopeKind::All);
    }
}

TEST(TerminalAlpha, ConstantMultiples)
{
    const Expr t = sym("t");
    EXPECT_EQ(constant_multiple(5 * pow(t, -3), pow(t, -3)), Truth::True);
    EXPECT_EQ(constant_multiple(pow(t, -2), pow(t, -3)), Truth::Unknown);
    EXPECT_EQ(constant_multiple(pow(t, -3), std::nullopt), Truth::Unknown);
    EXPECT_EQ(constant_multiple(sym("alpha") * exp(-(2 * sym("alphaint") + 7)),
                                terminal_proof("ngpt").law),
              Truth::True);
    EXPECT_EQ(constant_multiple(exp(-(2 * sym("alphaint"))), terminal_proof("ngpt").law),
              Truth::Unknown);
}

} // namespace
} // namespace attest::theorems

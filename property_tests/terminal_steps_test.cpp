#include "theorems/terminal_steps.hpp"

#include <gtest/gtest.h>

namespace attest::theorems {
namespace {

Expr beta()
{
    return sym("beta");
}

TEST(TerminalSteps, TrueOnlyWhenEveryStepIs)
{
    Steps steps;
    EXPECT_EQ(steps.outcome(), Truth::Unknown); // nothing shows nothing
    steps.identity("(n-1)(n+1) = n^2 - 1", (sym("n") - 1) * (sym("n") + 1),
                   sym("n") * sym("n") - 1);
    steps.at_least("n >= 2", sym("n"), Expr(2));
    steps.limit_at_one("1 + gamma -> 2", 1 + sym("gamma"), Expr(2));
    EXPECT_EQ(steps.outcome(), Truth::True);
    EXPECT_EQ(steps.certificates().size(), 3U);
    const Scope scope{ScopeKind::All, "all"};
    EXPECT_EQ(steps.evidence("route", "so", scope).outcome, Truth::True);
    EXPECT_EQ(steps.evidence("route", "so", scope, Truth::Unknown).outcome, Truth::Unknown);
    EXPECT_EQ(steps.refutation("route", "so", scope).outcome, Truth::False);
    EXPECT_EQ(steps.refutation("route", "so", scope).certificates.size(), 3U);

    // A false step leaves the conclusion open; it does not refute.
    Steps broken = steps;
    broken.at_least("n >= 3", sym("n"), Expr(3));
    EXPECT_EQ(broken.outcome(), Truth::Unknown);
    EXPECT_EQ(broken.refutation("route", "so", scope).outcome, Truth::Unknown);
    EXPECT_NE(broken.text().find("n >= 3 [open]"), std::string::npos);
    EXPECT_EQ(broken.certificates().size(), 3U);

    // The same step twice has one certificate.
    Steps twice = steps;
    twice.append(steps);
    EXPECT_EQ(twice.certificates().size(), 3U);
}

TEST(TerminalSteps, SignsByTaylorsFormula)
{
    const auto proved = [](const Expr& formula, int order) {
        Steps steps;
        steps.nonnegative_in_beta("sign", formula, order);
        return steps.outcome();
    };
    const Expr e = exp(beta());
    EXPECT_EQ(proved(e - 1 - beta(), 1), Truth::True);
    EXPECT_EQ(proved(e - 1 - beta() - beta() * beta() / 2, 2), Truth::True);
    // Reversed, off by a constant, and of one order too little.
    EXPECT_EQ(proved(1 + beta() - e, 1), Truth::Unknown);
    EXPECT_EQ(proved(e - Expr(Rational(1000001, 1000000)) - beta(), 1), Truth::Unknown);
    EXPECT_EQ(proved(e - 1 - Expr(Rational(1000001, 1000000)) * beta(), 1), Truth::Unknown);
}

TEST(TerminalSteps, ReplacesASubformula)
{
    const Expr t = sym("t");
    const Expr formula = t * sin(4 * t) + cos(4 * t);
    EXPECT_TRUE(replace_formula(formula, sin(4 * t), sym("s")) == t * sym("s") + cos(4 * t));
    EXPECT_TRUE(replace_formula(formula, sin(3 * t), sym("s")) == formula);
}

TEST(TerminalSteps, DiffersUnlessR0IsOne)
{
    EXPECT_EQ(differs_unless_r0_is_one(Expr(1), sym("r0")).outcome, Truth::False);
    EXPECT_EQ(differs_unless_r0_is_one(Expr(1), Expr(1)).outcome, Truth::Unknown);
    EXPECT_EQ(differs_unless_r0_is_one(sym("r0"), sym("r0")).outcome, Truth::Unknown);
}

} // namespace
} // namespace attest::theorems

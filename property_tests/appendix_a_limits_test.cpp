#include "claim_cases.hpp"

namespace attest {
namespace {

using ledger::Verdict;
using testing::verdict_on;

// From epsilon' ~ -2 epsilon alone epsilon ~ C e^{-2t} does not follow: epsilon = t e^{-2t} is a
// counterexample. A ratio to alpha_0 needs alpha_0 != 0.
TEST(AppendixALimits, VerdictsAndAmendments)
{
    testing::expect_claims(theorems::add_appendix_a_limits,
                           {{"appA/post-ln/rate-gives-terminal", Verdict::Fails},
                            {"appA/pre-ln/rate-gives-terminal", Verdict::Fails},
                            {"appA/ngpt/initial-velocity", Verdict::Fails}},
                           testing::Routes::SomeOpen);
}

TEST(AppendixALimits, AFalseLimitIsRefuted)
{
    const auto registry = testing::registry_with(theorems::add_appendix_a_limits);
    const ledger::Claim& rate = *registry.find("appA/post-ln/epsilon-rate");
    ledger::Statement statement = rate.printed;
    EXPECT_EQ(verdict_on(rate, statement), Verdict::Holds);
    for (const Expr& wrong :
         {Expr(1), Expr(3), Expr(-2), Expr(Rational(2000001, 1000000)), 2 * Expr::symbol("n")}) {
        statement.formulas.insert_or_assign("rhs", wrong);
        EXPECT_EQ(verdict_on(rate, statement), Verdict::Fails) << wrong.text();
    }
    const ledger::Claim& limits = *registry.find("appA/pre-ln/limits");
    ledger::Statement growth = limits.printed;
    growth.numbers.insert_or_assign("r/t", Rational(1, 2));
    EXPECT_EQ(verdict_on(limits, growth), Verdict::Fails);
}

} // namespace
} // namespace attest

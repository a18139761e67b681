#include "claim_cases.hpp"

namespace attest {
namespace {

using ledger::Verdict;
using testing::verdict_on;

// Up to tau Mix-LN is Post-LN, so Post-LN cannot be ahead of it.
TEST(Figure2, VerdictsAndAmendments)
{
    testing::expect_claims(theorems::add_figure_2,
                           {{"fig2/caption/early-faster/post-ln", Verdict::Fails}},
                           testing::Routes::SomeOpen);
}

TEST(Figure2, AFalseCaptionIsRefuted)
{
    const auto registry = testing::registry_with(theorems::add_figure_2);
    const ledger::Claim& last = *registry.find("fig2/caption/last-to-converge");
    ledger::Statement statement = last.printed;
    statement.words.insert_or_assign("slow", "post-ln");
    statement.words.insert_or_assign("fast", "pre-ln");
    EXPECT_EQ(verdict_on(last, statement), Verdict::Fails);
    const ledger::Claim& phase = *registry.find("fig2/caption/phase-plot");
    statement = phase.printed;
    EXPECT_EQ(verdict_on(phase, statement), Verdict::Holds);
    statement.numbers.insert_or_assign("exponent", Rational(1, 2));
    EXPECT_EQ(verdict_on(phase, statement), Verdict::Fails);
}

} // namespace
} // namespace attest

#include "claim_cases.hpp"

namespace attest {
namespace {

TEST(Corollary32, EveryStepOfTheLowerBoundHolds)
{
    testing::expect_claims(theorems::add_corollary_3_2, {}, testing::Routes::SomeOpen);
}

TEST(Corollary32, EveryVerdictIsExactForAllParameters)
{
    for (const char* id : {"cor3.2/identity", "cor3.2/term-bounds", "cor3.2/chain-1",
                           "cor3.2/chain-2", "cor3.2/peri-ln-bound"}) {
        const ledger::ClaimResult result = testing::decided(theorems::add_corollary_3_2, id);
        EXPECT_EQ(result.as_stated.strength, ledger::Strength::Exact) << id;
        EXPECT_EQ(result.as_stated.scope.kind, ledger::ScopeKind::All) << id;
    }
}

// Any lower bound of r_j' above the true value at the explicit configurations is refuted.
RC_GTEST_PROP(Corollary32, BoundsAboveTheTruthAreRefuted, ())
{
    const ledger::Registry registry = testing::registry_with(theorems::add_corollary_3_2);
    const ledger::Claim& claim = *registry.find("cor3.2/chain-1");
    ledger::Statement statement = claim.printed;
    statement.formulas["rhs"] = Expr(Rational(*rc::gen::inRange(1000, 9000), 1000));
    RC_ASSERT(testing::verdict_on(claim, statement) == ledger::Verdict::Fails);
}

} // namespace
} // namespace attest

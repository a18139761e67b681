#include "claim_cases.hpp"

namespace attest {
namespace {

using ledger::Verdict;

TEST(AppendixCCone, DeltaHasToBeAtMostOne)
{
    testing::expect_claims(theorems::add_appendix_c_cone,
                           {{"appC/cone-persistence", Verdict::Fails}}, testing::Routes::SomeOpen);
}

// The cone persists up to delta = 1; beyond, the least product of some tokens falls.
RC_GTEST_PROP(AppendixCCone, TheConePersistsUpToARightAngle, ())
{
    const ledger::Registry registry = testing::registry_with(theorems::add_appendix_c_cone);
    const ledger::Claim& claim = *registry.find("appC/cone-persistence");
    ledger::Statement statement = *claim.amended;
    statement.numbers["largest"] = Rational(*rc::gen::inRange(0, 101), 100);
    RC_ASSERT(testing::verdict_on(claim, statement) == Verdict::Holds);
    statement.numbers["largest"] = Rational(*rc::gen::inRange(185, 300), 100);
    RC_ASSERT(testing::verdict_on(claim, statement) == Verdict::Fails);
}

} // namespace
} // namespace attest

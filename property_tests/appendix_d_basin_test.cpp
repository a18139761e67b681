#include "claim_cases.hpp"

namespace attest {
namespace {

TEST(AppendixDBasin, NullSets)
{
    testing::expect_claims(theorems::add_appendix_d_basin, {});
}

// Only codimension one holds in every dimension d >= 2.
RC_GTEST_PROP(AppendixDBasin, CodimensionOneIsTheMost, ())
{
    const ledger::Registry registry = testing::registry_with(theorems::add_appendix_d_basin);
    const ledger::Claim& claim = *registry.find("appD.3/step5/stable-manifold");
    ledger::Statement statement = claim.printed;
    const Rational codimension(*rc::gen::inRange(1, 50), 10);
    statement.numbers["codimension"] = codimension;
    RC_ASSERT(testing::verdict_on(claim, statement)
              == (codimension <= 1 ? ledger::Verdict::Holds : ledger::Verdict::Fails));
}

} // namespace
} // namespace attest

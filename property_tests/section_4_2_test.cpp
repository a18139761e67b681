#include "claim_cases.hpp"

namespace attest {
namespace {

using ledger::Verdict;

TEST(Section42, FirstLayers)
{
    testing::expect_claims(
        theorems::add_section_4_2,
        {{"sec4.2/prose/order-one", Verdict::Fails}, {"sec4.2/prose/step-size", Verdict::Fails}},
        testing::Routes::SomeOpen);
}

RC_GTEST_PROP(Section42, ManyTokensAgainstDSquaredHardlyMove, ())
{
    const ledger::Registry registry = testing::registry_with(theorems::add_section_4_2);
    const ledger::Claim& claim = *registry.find("sec4.2/prose/order-one");
    ledger::Statement statement = *claim.amended;
    const Rational p(*rc::gen::inRange(16L, 48L), 16);
    statement.numbers["power"] = p;
    RC_ASSERT(testing::verdict_on(claim, statement) == (p <= 2 ? Verdict::Holds : Verdict::Fails));
}

} // namespace
} // namespace attest

#include "claim_cases.hpp"

namespace attest {
namespace {

using ledger::Verdict;

TEST(Section3Dynamics, Holds)
{
    testing::expect_claims(theorems::add_section_3_dynamics, {});
}

RC_GTEST_PROP(Section3Dynamics, OnlyTheGrowingMagnitudesRegulate, ())
{
    const ledger::Registry registry = testing::registry_with(theorems::add_section_3_dynamics);
    const ledger::Claim& claim = *registry.find("sec3/prose/magnitude-regulation");
    const std::string scheme = *testing::scheme_name();
    ledger::Statement statement = claim.printed;
    statement.words.at("schemes") = scheme;
    RC_ASSERT(testing::verdict_on(claim, statement)
              == (scheme == "pre-ln" || scheme == "peri-ln" ? Verdict::Holds : Verdict::Fails));
}

} // namespace
} // namespace attest

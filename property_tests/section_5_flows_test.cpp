#include "claim_cases.hpp"

namespace attest {
namespace {

using ledger::Verdict;

TEST(Section5Flows, Holds)
{
    testing::expect_claims(theorems::add_section_5_flows, {});
}

RC_GTEST_PROP(Section5Flows, OnlyLinearGrowthWithSlopeOneFits, ())
{
    const ledger::Registry registry = testing::registry_with(theorems::add_section_5_flows);
    const ledger::Claim& claim = *registry.find("sec5/linear-norm-growth");
    const Rational power(*rc::gen::inRange(0, 9), 4);
    const long factor = *rc::gen::inRange(1, 4);
    ledger::Statement statement = claim.printed;
    statement.numbers.at("constant") = factor;
    statement.numbers.at("power") = power;
    RC_ASSERT(testing::verdict_on(claim, statement)
              == (power == 1 && factor == 1 ? Verdict::Holds : Verdict::Fails));
}

} // namespace
} // namespace attest

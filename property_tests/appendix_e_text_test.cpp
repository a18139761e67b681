#include "claim_cases.hpp"

namespace attest {
namespace {

using ledger::Verdict;

TEST(AppendixEText, ConsistencyOfTextAndCaptions)
{
    testing::expect_claims(
        theorems::add_appendix_e_text,
        {{"appE/row-convention", Verdict::Fails}, {"appE/gpt-init-sigma", Verdict::Fails}});
}

RC_GTEST_PROP(AppendixEText, OneVarianceForOneValueOnly, ())
{
    const ledger::Registry registry = testing::registry_with(theorems::add_appendix_e_text);
    const ledger::Claim& claim = *registry.find("appE/gpt-init-sigma");
    ledger::Statement statement = *claim.amended;
    const Rational sigma(*rc::gen::inRange(1L, 100L), 1000);
    statement.numbers["text value"] = sigma;
    RC_ASSERT(testing::verdict_on(claim, statement)
              == (sigma == Rational(2, 100) ? Verdict::Holds : Verdict::Fails));
}

} // namespace
} // namespace attest

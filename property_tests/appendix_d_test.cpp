#include "claim_cases.hpp"

namespace attest {
namespace {

using ledger::Verdict;

TEST(AppendixD, FramesAndTimeChanges)
{
    testing::expect_claims(theorems::add_appendix_d,
                           {{"appD.3/remark/ngpt-time-change", Verdict::Fails}});
}

// tau = int alpha^p dt reduces nGPT to alpha = 1 for p = 1 only.
RC_GTEST_PROP(AppendixD, OnlyTheIntegralOfAlphaReducesNgpt, ())
{
    const ledger::Registry registry = testing::registry_with(theorems::add_appendix_d);
    const ledger::Claim& claim = *registry.find("appD.3/remark/ngpt-time-change");
    const long power = *rc::gen::inRange(-4, 5);
    ledger::Statement statement = *claim.amended;
    statement.formulas["rate"] = pow(Expr::symbol("alpha"), power);
    RC_ASSERT(testing::verdict_on(claim, statement)
              == (power == 1 ? Verdict::Holds : Verdict::Fails));
}

} // namespace
} // namespace attest

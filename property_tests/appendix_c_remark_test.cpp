#include "claim_cases.hpp"

namespace attest {
namespace {

using ledger::Verdict;

TEST(AppendixCRemark, TheFinalRemarkHolds)
{
    testing::expect_claims(theorems::add_appendix_c_remark, {}, testing::Routes::SomeOpen);
}

// A wrong exponent is refuted however near it is, as long as it differs by more than 10^-7.
RC_GTEST_PROP(AppendixCRemark, OnlyTheExponentTwoIsNotRefuted, ())
{
    const ledger::Registry registry = testing::registry_with(theorems::add_appendix_c_remark);
    const ledger::Claim& claim = *registry.find("appC/remark/pre-ln");
    const long part = *rc::gen::inRange(-1000000, 1000000);
    ledger::Statement statement = claim.printed;
    statement.formulas.insert_or_assign("exponent",
                                        Expr(2 + Rational(part, 1000000)) * log(Expr::symbol("t")));
    const Verdict verdict = testing::verdict_on(claim, statement);
    RC_ASSERT(verdict == (part == 0 ? Verdict::Holds : Verdict::Fails));
}

} // namespace
} // namespace attest

#include "claim_cases.hpp"

namespace attest {
namespace {

TEST(AppendixDEvents, SegmentsAndUnions)
{
    testing::expect_claims(theorems::add_appendix_d_events,
                           {{"appD.3/step1/common-segment", ledger::Verdict::Fails}});
}

// Q = a + b q_0 serves every start exactly when a >= 1 and b >= 1, or b > 1 makes up for a.
RC_GTEST_PROP(AppendixDEvents, WhichSegmentsServe, ())
{
    const ledger::Registry registry = testing::registry_with(theorems::add_appendix_d_events);
    const ledger::Claim& claim = *registry.find("appD.3/step1/common-segment");
    ledger::Statement statement = *claim.amended;
    const Rational a(*rc::gen::inRange(0, 40), 10);
    const Rational b(*rc::gen::inRange(0, 30), 10);
    RC_PRE((a >= 1 && b >= 1) || a < Rational(1, 4) || b < Rational(9, 10));
    RC_PRE(b < 1 || a >= 1 || a + b / 4 < 1);
    RC_PRE(b >= 1 || a < 1 || a + b * 1001 < 1001);
    statement.formulas.insert_or_assign("Q", Expr(a) + Expr(b) * Expr::symbol("q0"));
    RC_ASSERT(testing::verdict_on(claim, statement)
              == (a >= 1 && b >= 1 ? ledger::Verdict::Holds : ledger::Verdict::Fails));
}

} // namespace
} // namespace attest

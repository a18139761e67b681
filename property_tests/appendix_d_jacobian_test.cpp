#include "claim_cases.hpp"

namespace attest {
namespace {

TEST(AppendixDJacobian, BlockFormAtCriticalPoints)
{
    testing::expect_claims(theorems::add_appendix_d_jacobian, {});
}

// Any other constant in front of 1/(f_j g_j) is refuted.
RC_GTEST_PROP(AppendixDJacobian, TheFactorIsSharp, ())
{
    static const ledger::Registry registry =
        testing::registry_with(theorems::add_appendix_d_jacobian);
    const ledger::Claim& claim = *registry.find("appD.3/step4/jacobian");
    ledger::Statement statement = claim.printed;
    const Rational factor(*rc::gen::inRange(-30, 31), 10);
    statement.formulas.insert_or_assign("factor",
                                        Expr(factor) / (Expr::symbol("f") * Expr::symbol("g")));
    RC_ASSERT(testing::verdict_on(claim, statement)
              == (factor == 1 ? ledger::Verdict::Holds : ledger::Verdict::Fails));
}

// For Peri-LN g_j = Z_j |A_j| and f_j = <theta_j, A_j>/|A_j|.
TEST(AppendixDJacobian, PeriLN)
{
    const ledger::Registry registry = testing::registry_with(theorems::add_appendix_d_jacobian);
    const ledger::Claim& claim = *registry.find("appD.3/step4/jacobian");
    ledger::Statement statement = claim.printed;
    statement.words["scheme"] = "peri-ln";
    EXPECT_EQ(testing::verdict_on(claim, statement), ledger::Verdict::Fails);
    const Expr norm = Expr::symbol("normA");
    statement.formulas.insert_or_assign("g", Expr::symbol("Z") * norm);
    statement.formulas.insert_or_assign("f", Expr::symbol("thetaA") / norm);
    EXPECT_EQ(testing::verdict_on(claim, statement), ledger::Verdict::Holds);
}

} // namespace
} // namespace attest

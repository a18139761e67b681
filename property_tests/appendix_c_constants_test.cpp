#include "claim_cases.hpp"

namespace attest {
namespace {

using ledger::Verdict;

TEST(AppendixCConstants, TheSignNeedsALargerTemperature)
{
    testing::expect_claims(theorems::add_appendix_c_constants,
                           {{"appC/eq5/coefficient-sign", Verdict::Fails}});
}

// The amended threshold is the exact one: any smaller factor of it is refuted.
RC_GTEST_PROP(AppendixCConstants, NoSmallerTemperatureThresholdHolds, ())
{
    const ledger::Registry registry = testing::registry_with(theorems::add_appendix_c_constants);
    const ledger::Claim& claim = *registry.find("appC/eq5/coefficient-sign");
    ledger::Statement statement = *claim.amended;
    const Rational factor(*rc::gen::inRange(1, 1000), 1000);
    statement.formulas["threshold"] = Expr(factor) * statement.formulas.at("threshold");
    RC_ASSERT(testing::verdict_on(claim, statement) == Verdict::Fails);
}

// 1/3 may be lowered to the sharp constant and not further.
RC_GTEST_PROP(AppendixCConstants, ConstantsBelowTheSharpOneAreRefuted, ())
{
    const ledger::Registry registry = testing::registry_with(theorems::add_appendix_c_constants);
    const ledger::Claim& claim = *registry.find("appC/constants");
    ledger::Statement statement = claim.printed;
    const Rational constant(*rc::gen::inRange(1, 2930), 10000);
    statement.formulas["rhs"] = Expr(constant) * sqrt(Expr(2)) / sqrt(Expr::symbol("n"));
    RC_ASSERT(testing::verdict_on(claim, statement) == Verdict::Fails);
}

} // namespace
} // namespace attest

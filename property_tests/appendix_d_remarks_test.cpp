#include "claim_cases.hpp"

namespace attest {
namespace {

TEST(AppendixDRemarks, PeriLNAndMixLN)
{
    testing::expect_claims(theorems::add_appendix_d_remarks,
                           {{"appD.3/remark/peri-ln-rest", ledger::Verdict::Fails}},
                           testing::Routes::SomeOpen);
}

// Constants in front of the bounds: one on the wrong side of 1 is refuted, on the right side holds.
RC_GTEST_PROP(AppendixDRemarks, BoundsOfTheModulatorAreSharp, ())
{
    const ledger::Registry registry = testing::registry_with(theorems::add_appendix_d_remarks);
    const ledger::Claim& claim = *registry.find("appD.3/remark/peri-ln-rest");
    ledger::Statement statement = *claim.amended;
    const Rational factor(*rc::gen::inRange(1, 30), 10);
    const bool upper = *rc::gen::arbitrary<bool>();
    Expr& bound = statement.formulas.at(upper ? "upper" : "lower");
    bound = Expr(factor) * bound;
    RC_ASSERT(
        testing::verdict_on(claim, statement)
        == ((upper ? factor >= 1 : factor <= 1) ? ledger::Verdict::Holds : ledger::Verdict::Fails));
}

} // namespace
} // namespace attest

#include "claim_cases.hpp"

namespace attest {
namespace {

using ledger::Verdict;

TEST(Section3Gradient, TheConditionAndTheFlowAreAmended)
{
    testing::expect_claims(
        theorems::add_section_3_gradient,
        {{"sec3/gradient-condition", Verdict::Fails}, {"sec3/gradient-flow", Verdict::Fails}});
}

// The modulator is 1/Z_j times a constant that may depend on beta, and no other power.
RC_GTEST_PROP(Section3Gradient, OnlyTheFirstPowerOfTheSumFits, ())
{
    const ledger::Registry registry = testing::registry_with(theorems::add_section_3_gradient);
    const ledger::Claim& claim = *registry.find("sec3/gradient-flow");
    const long power = *rc::gen::inRange(-4, 4);
    const Rational factor(*rc::gen::inRange(1, 20), 7);
    ledger::Statement statement = *claim.amended;
    statement.formulas.at("modulator") = Expr(factor) * pow(theorems::sym("Z"), power);
    RC_ASSERT(testing::verdict_on(claim, statement)
              == (power == -1 ? Verdict::Holds : Verdict::Fails));
}

} // namespace
} // namespace attest

#include "claim_cases.hpp"

namespace attest {
namespace {

using ledger::Verdict;

TEST(Section3, TheEnergyNeedsItsFactor)
{
    testing::expect_claims(theorems::add_section_3,
                           {{"sec3/gradient-identity", Verdict::Fails},
                            {"sec3/energy-normalization", Verdict::Fails}});
}

// The gradient form holds for one multiple of the energy.
RC_GTEST_PROP(Section3, OnlyOneMultipleOfTheEnergyFits, ())
{
    const ledger::Registry registry = testing::registry_with(theorems::add_section_3);
    const ledger::Claim& claim = *registry.find("appD.3/step2/gradient-form");
    const Rational factor(*rc::gen::inRange(-30, 31), 10);
    ledger::Statement statement = claim.printed;
    statement.formulas["weight"] = Expr(factor) * statement.formulas.at("weight");
    RC_ASSERT(testing::verdict_on(claim, statement)
              == (factor == 1 ? Verdict::Holds : Verdict::Fails));
}

} // namespace
} // namespace attest

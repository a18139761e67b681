#include "claim_cases.hpp"

namespace attest {
namespace {

using ledger::Verdict;

TEST(Theorem31Weights, PositiveMultiplesOfTheIdentityRemain)
{
    testing::expect_claims(
        theorems::add_theorem_3_1_weights,
        {{"thm3.1/general-qkv", Verdict::Fails}, {"thm3.1/weight-condition", Verdict::Fails}});
}

// The temperature is lambda beta and no other product of powers.
RC_GTEST_PROP(Theorem31Weights, TheTemperatureIsScaledOnce, ())
{
    const ledger::Registry registry = testing::registry_with(theorems::add_theorem_3_1_weights);
    const ledger::Claim& claim = *registry.find("thm3.1/general-qkv");
    const long a = *rc::gen::inRange(-2, 4);
    const long b = *rc::gen::inRange(0, 3);
    ledger::Statement statement = *claim.amended;
    statement.formulas.at("temperature") =
        pow(theorems::sym("lambda"), a) * pow(theorems::sym("beta"), b);
    RC_ASSERT((testing::verdict_on(claim, statement) == Verdict::Holds) == (a == 1 && b == 1));
}

} // namespace
} // namespace attest

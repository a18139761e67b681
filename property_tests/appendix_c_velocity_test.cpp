#include "claim_cases.hpp"

namespace attest {
namespace {

using ledger::Verdict;

TEST(AppendixCVelocity, TheDecompositionNeedsTheMeanInsteadOfTheToken)
{
    testing::expect_claims(
        theorems::add_appendix_c_velocity,
        {{"appC/decomposition", Verdict::Fails}, {"appC/projected-delta/equality", Verdict::Fails}},
        testing::Routes::SomeOpen);
}

// delta_k = A_k - c theta_k - m thetabar decomposes V' exactly for m = 1, whatever c.
RC_GTEST_PROP(AppendixCVelocity, AnyMultipleOfTheTokenMayBeSubtracted, ())
{
    const ledger::Registry registry = testing::registry_with(theorems::add_appendix_c_velocity);
    const ledger::Claim& claim = *registry.find("appC/decomposition");
    ledger::Statement statement = *claim.amended;
    statement.numbers["theta"] = Rational(*rc::gen::inRange(-20, 21), 7);
    const Rational mean(*rc::gen::inRange(-20, 21), 7);
    statement.numbers["mean"] = mean;
    RC_ASSERT(testing::verdict_on(claim, statement)
              == (mean == 1 ? Verdict::Holds : Verdict::Fails));
}

} // namespace
} // namespace attest

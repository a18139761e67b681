#include "claim_cases.hpp"

namespace attest {
namespace {

using ledger::Verdict;

TEST(AppendixDLemma3, LemmaAndTheNeedForSymmetry)
{
    testing::expect_claims(theorems::add_appendix_d_lemma_3, {});
}

// A = D^{-1} B with B stable is an example exactly when it has the eigenvalue claimed and is not
// symmetric.
RC_GTEST_PROP(AppendixDLemma3, OtherEigenvaluesAreRefuted, ())
{
    const ledger::Registry registry = testing::registry_with(theorems::add_appendix_d_lemma_3);
    const ledger::Claim& claim = *registry.find("appD/lemma-d3/symmetry");
    ledger::Statement statement = claim.printed;
    const Rational value(*rc::gen::inRange(-20, 60), 4);
    statement.numbers["eigenvalue"] = value;
    RC_ASSERT(testing::verdict_on(claim, statement)
              == (value == 4 || value == 6 ? Verdict::Holds : Verdict::Fails));
}

} // namespace
} // namespace attest

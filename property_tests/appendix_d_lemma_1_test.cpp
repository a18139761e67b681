#include "claim_cases.hpp"

namespace attest {
namespace {

using ledger::Verdict;

TEST(AppendixDLemma1, StepsOfTheProof)
{
    testing::expect_claims(theorems::add_appendix_d_lemma_1,
                           {{"appD/lemma-d1/f-differential", Verdict::Fails}},
                           testing::Routes::SomeOpen);
}

} // namespace
} // namespace attest

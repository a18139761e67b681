#include "claim_cases.hpp"

namespace attest {
namespace {

using ledger::Verdict;

TEST(AppendixCMainTerms, FromEquations4And5ToTheRates)
{
    testing::expect_claims(
        theorems::add_appendix_c_main_terms,
        {{"appC/main-terms", Verdict::Fails}, {"appC/rates-from-eq5", Verdict::Fails}},
        testing::Routes::SomeOpen);
}

} // namespace
} // namespace attest

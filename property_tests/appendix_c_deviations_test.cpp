#include "claim_cases.hpp"

namespace attest {
namespace {

using ledger::Verdict;

TEST(AppendixCDeviations, TheEqualityNeedsTheMean)
{
    testing::expect_claims(theorems::add_appendix_c_deviations,
                           {{"appC/projected-delta/equality", Verdict::Fails}},
                           testing::Routes::SomeOpen);
}

} // namespace
} // namespace attest

#include "claim_cases.hpp"

namespace attest {
namespace {

using ledger::Verdict;

TEST(AppendixCVariance, TheDiameterNeedsTheLeastDelta)
{
    testing::expect_claims(theorems::add_appendix_c_variance,
                           {{"appC/diameter/equality", Verdict::Fails}});
}

} // namespace
} // namespace attest

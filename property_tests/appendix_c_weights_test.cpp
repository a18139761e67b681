#include "claim_cases.hpp"

namespace attest {
namespace {

TEST(AppendixCWeights, ScoresAndWeightsInTheCone)
{
    testing::expect_claims(theorems::add_appendix_c_weights, {}, testing::Routes::SomeOpen);
}

} // namespace
} // namespace attest

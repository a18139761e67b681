#include "claim_cases.hpp"

namespace attest {
namespace {

TEST(Introduction, DescriptionsOfSchemes)
{
    testing::expect_claims(theorems::add_introduction,
                           {{"intro/sqrt-scaling-description", ledger::Verdict::Fails}});
}

} // namespace
} // namespace attest

#include "claim_cases.hpp"

namespace attest {
namespace {

using ledger::Verdict;

TEST(Section43, ProseOnTheTerminalVelocity)
{
    testing::expect_claims(theorems::add_section_4_3,
                           {{"sec4.3/prose/exponential-rate/sqrt-scaling", Verdict::Fails}},
                           testing::Routes::SomeOpen);
}

} // namespace
} // namespace attest

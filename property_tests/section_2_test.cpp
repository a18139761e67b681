#include "claim_cases.hpp"

namespace attest {
namespace {

using ledger::Verdict;

TEST(Section2, StatementsAreDecided)
{
    testing::expect_claims(theorems::add_section_2,
                           {{"sec2.1/attention-linear", Verdict::Fails},
                            {"sec2.2/euler-discretization", Verdict::Fails}});
}

} // namespace
} // namespace attest

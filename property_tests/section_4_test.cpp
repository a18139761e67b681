#include "claim_cases.hpp"

namespace attest {
namespace {

TEST(Section4, RepresentationCollapseMeansTwoThings)
{
    testing::expect_claims(theorems::add_section_4,
                           {{"intro/representation-collapse-meaning", ledger::Verdict::Fails}});
}

} // namespace
} // namespace attest

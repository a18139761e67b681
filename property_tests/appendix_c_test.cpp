#include "claim_cases.hpp"

namespace attest {
namespace {

TEST(AppendixC, RemarkOfAppendixCAgreesWithTheorem41)
{
    testing::expect_claims(theorems::add_appendix_c, {});
}

} // namespace
} // namespace attest

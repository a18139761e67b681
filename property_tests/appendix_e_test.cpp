#include "claim_cases.hpp"

namespace attest {
namespace {

TEST(AppendixE, UpdateLacksResidualAndNormalization)
{
    testing::expect_claims(theorems::add_appendix_e, {{"appE/update", ledger::Verdict::Fails}});
}

} // namespace
} // namespace attest

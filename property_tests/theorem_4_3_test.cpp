#include "claim_cases.hpp"

namespace attest {
namespace {

using ledger::Verdict;

TEST(Theorem43, RadialGrowthHoldsAndTheRatesNeedAnAmendment)
{
    std::map<std::string, Verdict> exceptions;
    for (const std::string_view scheme : model::scheme_names) {
        exceptions["thm4.3/ii/" + std::string(scheme)] = Verdict::Fails;
    }
    testing::expect_claims(theorems::add_theorem_4_3, exceptions, testing::Routes::SomeOpen);
}

} // namespace
} // namespace attest

#include "claim_cases.hpp"

namespace attest {
namespace {

using ledger::Verdict;

TEST(AppendixCSpeeds, RangesOfTheSpeedFactors)
{
    testing::expect_claims(theorems::add_appendix_c_speeds,
                           {{"appC/s-range/pre-ln/upper", Verdict::Fails},
                            {"appC/s-range/peri-ln/upper", Verdict::Fails},
                            {"appC/s-range/peri-ln/lower", Verdict::Fails},
                            {"appC/s-range/ngpt/upper", Verdict::Fails},
                            {"appC/s-range/ngpt/lower", Verdict::Fails},
                            {"appC/s-range/mix-ln/upper", Verdict::Fails},
                            {"appC/s-range/mix-ln/lower", Verdict::Fails},
                            {"appC/s-range/sqrt-scaling", Verdict::Fails}},
                           testing::Routes::SomeOpen);
}

} // namespace
} // namespace attest

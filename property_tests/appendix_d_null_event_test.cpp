#include "claim_cases.hpp"

namespace attest {
namespace {

TEST(AppendixDNullEvent, AnIntersectionAndNotAUnion)
{
    testing::expect_claims(theorems::add_appendix_d_null_event,
                           {{"appD.3/step3/null-event", ledger::Verdict::Fails}});
}

// The counterexample's start: for two tokens with gamma > 1/2, <theta_j, A_j> > 1/2.
RC_GTEST_PROP(AppendixDNullEvent, MagnitudesGrowInACone, ())
{
    const double gamma = *rc::gen::inRange(5001, 10000) / 10000.0;
    const double beta = *rc::gen::inRange(0, 1000) / 50.0;
    const double other = std::exp(beta * (gamma - 1));
    RC_ASSERT((1 + gamma * other) / (1 + other) > 0.5);
}

} // namespace
} // namespace attest

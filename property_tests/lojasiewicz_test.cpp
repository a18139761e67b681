#include "claim_cases.hpp"

namespace attest {
namespace {

using ledger::Verdict;

TEST(Lojasiewicz, ConvergenceNeedsAnUnboundedClock)
{
    testing::expect_claims(theorems::add_lojasiewicz,
                           {{"sec3/lojasiewicz-extends", Verdict::Fails}});
}

// 1/(s Z) = c/(1+t)^p with p > 1 stops on the way.
RC_GTEST_PROP(Lojasiewicz, FadingModulatorsAreRefuted, ())
{
    const ledger::Registry registry = testing::registry_with(theorems::add_lojasiewicz);
    const ledger::Claim& claim = *registry.find("sec3/lojasiewicz-constant-modulator");
    ledger::Statement statement = claim.printed;
    statement.numbers.at("decay") = *rc::gen::inRange(2, 9);
    RC_ASSERT(testing::verdict_on(claim, statement) == Verdict::Fails);
}

} // namespace
} // namespace attest

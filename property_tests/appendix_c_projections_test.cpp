#include "claim_cases.hpp"

namespace attest {
namespace {

using ledger::Verdict;

TEST(AppendixCProjections, TheSecondStepNeedsASmallVariance)
{
    testing::expect_claims(theorems::add_appendix_c_projections,
                           {{"appC/projection-sum/second", Verdict::Fails}});
}

// V <= limit/n is enough up to limit = 4/3 and not beyond.
RC_GTEST_PROP(AppendixCProjections, NoLargerVarianceIsAllowed, ())
{
    const ledger::Registry registry = testing::registry_with(theorems::add_appendix_c_projections);
    const ledger::Claim& claim = *registry.find("appC/projection-sum/second");
    ledger::Statement statement = *claim.amended;
    const Rational limit(*rc::gen::inRange(1, 200), 100);
    statement.numbers["limit"] = limit;
    RC_ASSERT(testing::verdict_on(claim, statement)
              == (limit <= Rational(4, 3) ? Verdict::Holds : Verdict::Fails));
}

} // namespace
} // namespace attest

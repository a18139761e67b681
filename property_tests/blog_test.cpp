#include "claim_cases.hpp"

namespace attest {
namespace {

using ledger::Verdict;

TEST(Blog, NgptDoesNotResistWithEveryConstant)
{
    testing::expect_claims(theorems::add_blog, {{"blog/resist-collapse", Verdict::Fails}});
}

RC_GTEST_PROP(Blog, ConstantsUpToOneResist, ())
{
    const ledger::Registry registry = testing::registry_with(theorems::add_blog);
    const ledger::Claim& claim = *registry.find("blog/resist-collapse");
    const Rational sup(*rc::gen::inRange(1, 40), 20);
    ledger::Statement statement = *claim.amended;
    statement.numbers.at("largest alpha") = sup;
    RC_ASSERT(testing::verdict_on(claim, statement)
              == (sup <= 1 ? Verdict::Holds : Verdict::Fails));
}

} // namespace
} // namespace attest

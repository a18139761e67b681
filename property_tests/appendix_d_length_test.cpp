#include "claim_cases.hpp"

namespace attest {
namespace {

using ledger::Verdict;

TEST(AppendixDLength, TheDyadicBoundNeedsASquareRoot)
{
    testing::expect_claims(theorems::add_appendix_d_length,
                           {{"appD/lemma-d1/dyadic-l1", Verdict::Fails}},
                           testing::Routes::SomeOpen);
}

// The explicit gradient systems come near enough to equality in Cauchy-Schwarz to refute every
// constant below 4/5.
RC_GTEST_PROP(AppendixDLength, SmallerConstantsInTheDyadicBoundAreRefuted, ())
{
    const ledger::Registry registry = testing::registry_with(theorems::add_appendix_d_length);
    const ledger::Claim& claim = *registry.find("appD/lemma-d1/dyadic-l1");
    ledger::Statement statement = *claim.amended;
    const Rational factor(*rc::gen::inRange(0, 800), 1000);
    statement.formulas["bound"] = Expr(factor) * statement.formulas.at("bound");
    RC_ASSERT(testing::verdict_on(claim, statement) == Verdict::Fails);
}

} // namespace
} // namespace attest

#include "claim_cases.hpp"

namespace attest {
namespace {

TEST(AppendixDBounds, MagnitudesAndModulators)
{
    testing::expect_claims(theorems::add_appendix_d_bounds, {}, testing::Routes::SomeOpen);
}

// q_j falls above every level of at least 1; below 1 there are tokens for which it grows.
RC_GTEST_PROP(AppendixDBounds, OneIsTheBestLevel, ())
{
    const ledger::Registry registry = testing::registry_with(theorems::add_appendix_d_bounds);
    const ledger::Claim& claim = *registry.find("appD.3/step1/q-upper");
    ledger::Statement statement = claim.printed;
    const Rational level(*rc::gen::inRange(0, 300), 100);
    statement.formulas["level"] = Expr(level);
    RC_PRE(level >= 1 || level < Rational(1, 2));
    RC_ASSERT(testing::verdict_on(claim, statement)
              == (level >= 1 ? ledger::Verdict::Holds : ledger::Verdict::Fails));
}

} // namespace
} // namespace attest

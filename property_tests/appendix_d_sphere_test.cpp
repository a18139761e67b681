#include "claim_cases.hpp"

namespace attest {
namespace {

using ledger::Verdict;

TEST(AppendixDSphere, Holds)
{
    testing::expect_claims(theorems::add_appendix_d_sphere, {});
}

RC_GTEST_PROP(AppendixDSphere, OnlyTheRadialExtensionFits, ())
{
    const ledger::Registry registry = testing::registry_with(theorems::add_appendix_d_sphere);
    const ledger::Claim& claim = *registry.find("appD.3/lemma-d1-on-sphere");
    const Rational power(*rc::gen::inRange(-20, 21), 10);
    ledger::Statement statement = claim.printed;
    statement.formulas.at("power") = Expr(power);
    RC_ASSERT(testing::verdict_on(claim, statement)
              == (power == 1 ? Verdict::Holds : Verdict::Fails));
}

} // namespace
} // namespace attest

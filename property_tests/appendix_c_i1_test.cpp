#include "claim_cases.hpp"

namespace attest {
namespace {

using ledger::Verdict;

TEST(AppendixCI1, FormAndBounds)
{
    testing::expect_claims(theorems::add_appendix_c_i1, {});
}

// A bound of I_1 with a smaller or larger constant than the proved ones is refuted.
RC_GTEST_PROP(AppendixCI1, WrongConstantsInTheBoundsOfI1AreRefuted, ())
{
    const ledger::Registry registry = testing::registry_with(theorems::add_appendix_c_i1);
    const ledger::Claim& claim = *registry.find("appC/i1/lower");
    const Expr V = Expr::symbol("V");
    ledger::Statement statement = claim.printed;
    const Rational more(*rc::gen::inRange(1, 1000), 1000);
    statement.formulas["rhs"] = (-2 * V + Expr(2 + more) * pow(V, 2)) / Expr::symbol("mins");
    RC_ASSERT(testing::verdict_on(claim, statement) == Verdict::Fails);
}

} // namespace
} // namespace attest

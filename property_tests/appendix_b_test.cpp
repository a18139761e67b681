#include "claim_cases.hpp"
#include "theorems/appendix_b_rates.hpp"

namespace attest {
namespace {

using ledger::Verdict;

TEST(AppendixB, StatementsWithAProbabilityAndTheFactsAroundThem)
{
    testing::expect_claims(theorems::add_appendix_b,
                           {{"appB/claim", Verdict::Fails}, {"appB/mean-x-theta", Verdict::Fails}},
                           testing::Routes::SomeOpen);
}

RC_GTEST_PROP(AppendixB, ABoundBelowTheMeanOfTheTokensIsRefuted, ())
{
    // C log(n)^q/(n^p d^r) with p + r = 1 and Q = K = 0: n = d makes it smaller than 1/sqrt n.
    const ledger::Registry registry = testing::registry_with(theorems::add_appendix_b);
    const ledger::Claim& claim = *registry.find("appB/claim");
    const Expr n = theorems::sym("n");
    const long q = *rc::gen::inRange(0L, 3L);
    const long halves = *rc::gen::inRange(0L, 3L);
    const Rational p(halves, 2);
    const Rational r(2 - halves, 2);
    ledger::Statement statement = claim.printed;
    statement.formulas.insert_or_assign("bound",
                                        pow(log(n), q) / (pow(n, p) * pow(theorems::sym("d"), r)));
    RC_ASSERT(testing::verdict_on(claim, statement) == Verdict::Fails);
}

TEST(AppendixB, ALargerBoundIsNotRefuted)
{
    const ledger::Registry registry = testing::registry_with(theorems::add_appendix_b);
    for (const char* id : {"appB/eq3", "appB/x-k-max", "appB/hoeffding"}) {
        const ledger::Claim& claim = *registry.find(id);
        ledger::Statement statement = claim.printed;
        statement.formulas.insert_or_assign("bound", statement.formulas.at("bound")
                                                         + Expr(3) / theorems::sym("d"));
        EXPECT_EQ(testing::verdict_on(claim, statement), Verdict::Holds) << id;
    }
}

} // namespace
} // namespace attest

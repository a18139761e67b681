#include "claim_cases.hpp"
#include "theorems/theorem_4_2_samples.hpp"

namespace attest {
namespace {

using ledger::Verdict;

TEST(Theorem42, BoundRegimeAndProof)
{
    testing::expect_claims(
        theorems::add_theorem_4_2,
        {{"thm4.2/regime", Verdict::Fails}, {"thm4.2/bound-in-proof", Verdict::Fails}},
        testing::Routes::SomeOpen);
}

TEST(Theorem42, SamplesAreTheSameEveryTime)
{
    const Expr g = theorems::sym("n");
    const auto first = theorems::sampled_evidence("A", g, {});
    ASSERT_FALSE(first.empty());
    EXPECT_EQ(first, theorems::sampled_evidence("A", g, {}));
    for (const ledger::Evidence& item : first) {
        EXPECT_FALSE(item.carries);
        EXPECT_EQ(item.strength, ledger::Strength::Statistical);
    }
    EXPECT_TRUE(theorems::sampled_evidence("weight", g, {}).empty());
}

TEST(Theorem42, PowersOfTheTermsAreDecidedAlike)
{
    // sqrt(log n/n)^p + (log n/d)^q: true for p, q <= 1, false for larger ones.
    const ledger::Registry registry = testing::registry_with(theorems::add_theorem_4_2);
    const ledger::Claim& claim = *registry.find("thm4.2/bound");
    const Expr n = theorems::sym("n");
    for (long p = 1; p <= 3; ++p) {
        for (long q = 1; q <= 3; ++q) {
            ledger::Statement statement = claim.printed;
            statement.formulas.insert_or_assign("bound", pow(sqrt(log(n) / n), p)
                                                             + pow(log(n) / theorems::sym("d"), q));
            const bool holds = p == 1 && q == 1;
            EXPECT_EQ(testing::verdict_on(claim, statement),
                      holds ? Verdict::Holds : Verdict::Fails)
                << p << " " << q;
        }
    }
}

} // namespace
} // namespace attest

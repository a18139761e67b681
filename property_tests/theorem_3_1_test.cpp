#include "theorems/theorem_3_1_proof.hpp"

#include "claim_cases.hpp"

namespace attest {
namespace {

using ledger::Verdict;

TEST(Theorem31, EveryClaimFailsAtOneDimensionAndHoldsFromTwo)
{
    std::map<std::string, Verdict> failing{{"cor3.2/statement", Verdict::Fails},
                                           {"appD.3/remark/ngpt-zero-attention", Verdict::Fails}};
    for (const std::string_view scheme : model::scheme_names) {
        failing["thm3.1/" + std::string(scheme)] = Verdict::Fails;
    }
    testing::expect_claims(theorems::add_theorem_3_1, failing);
}

// The verdict follows the words: of these only the statement about every n says something at d = 1.
RC_GTEST_PROP(Theorem31, TheVerdictFollowsTheStatement, ())
{
    const ledger::Registry registry = testing::registry_with(theorems::add_theorem_3_1);
    const std::string scheme = *testing::scheme_name();
    const ledger::Claim& claim = *registry.find("thm3.1/" + scheme);
    ledger::Statement statement = *claim.amended;
    statement.numbers["smallest d"] = *rc::gen::inRange(1, 5);
    statement.numbers["value"] = *rc::gen::element(-2, -1, 1);
    if (statement.numbers["smallest d"] == 1) {
        statement.words["tokens"] = "any number";
    }
    const bool right = statement.numbers["smallest d"] >= 2 && statement.numbers["value"] == 1;
    RC_ASSERT(testing::verdict_on(claim, statement) == (right ? Verdict::Holds : Verdict::Fails));
}

// Nothing here proves P = 1 for more tokens than dimensions.
TEST(Theorem31, MoreTokensThanDimensionsStayOpen)
{
    const ledger::Registry registry = testing::registry_with(theorems::add_theorem_3_1);
    const ledger::Claim& claim = *registry.find("thm3.1/post-ln");
    ledger::Statement statement = *claim.amended;
    statement.numbers["smallest d"] = 2;
    statement.words["tokens"] = "any number";
    EXPECT_EQ(testing::verdict_on(claim, statement), Verdict::Undecided);
}

TEST(Theorem31, UnknownWordsAreRejected)
{
    const ledger::Registry registry = testing::registry_with(theorems::add_theorem_3_1);
    ledger::Statement statement = registry.find("thm3.1/post-ln")->printed;
    statement.words["event"] = "something else";
    EXPECT_THROW(theorems::synchronisations(statement), InputError);
}

} // namespace
} // namespace attest

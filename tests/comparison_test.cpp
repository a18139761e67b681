#include "attest/ledger/comparison.hpp"

#include <gtest/gtest.h>

namespace attest::ledger {
namespace {

ClaimResult claim_with(Verdict verdict, Strength strength = Strength::Numeric,
                       ScopeKind scope = ScopeKind::Points, long digits = 30)
{
    ClaimResult claim;
    claim.id = "unit/claim";
    claim.as_stated.verdict = verdict;
    claim.as_stated.strength = strength;
    claim.as_stated.scope.kind = scope;
    claim.as_stated.digits = digits;
    claim.controls = {3, 3, {}};
    return claim;
}

Results run_of(std::vector<ClaimResult> claims, long digits = 30)
{
    Results results;
    results.run.digits = digits;
    results.claims = std::move(claims);
    return results;
}

Change worst(const ClaimResult& before, const ClaimResult& after, long digits = 30)
{
    Change change = Change::Same;
    for (const Difference& difference : compare(run_of({before}), run_of({after}, digits))) {
        EXPECT_EQ(difference.id, "unit/claim");
        change = std::max(change, difference.change);
    }
    return change;
}

TEST(Comparison, EqualRunsHaveNoDifference)
{
    const Results run = run_of({claim_with(Verdict::Holds), claim_with(Verdict::NotChecked)});
    EXPECT_TRUE(compare(run_of({run.claims[0]}), run_of({run.claims[0]})).empty());
}

TEST(Comparison, LessKnowledgeIsWeaker)
{
    for (const Verdict decided : {Verdict::Holds, Verdict::Fails}) {
        for (const Verdict lost :
             {Verdict::Undecided, Verdict::NotChecked, Verdict::Disagreement}) {
            EXPECT_EQ(worst(claim_with(decided), claim_with(lost)), Change::Weaker);
            EXPECT_EQ(worst(claim_with(lost), claim_with(decided)), Change::Better);
        }
    }
    EXPECT_EQ(worst(claim_with(Verdict::Undecided), claim_with(Verdict::NotChecked)),
              Change::Weaker);
    EXPECT_EQ(worst(claim_with(Verdict::NotChecked), claim_with(Verdict::Disagreement)),
              Change::Weaker);
}

TEST(Comparison, OppositeVerdictsContradict)
{
    EXPECT_EQ(worst(claim_with(Verdict::Holds), claim_with(Verdict::Fails)), Change::Contradicts);
    EXPECT_EQ(worst(claim_with(Verdict::Fails), claim_with(Verdict::Holds)), Change::Contradicts);
}

TEST(Comparison, EveryAxisCountsOnItsOwn)
{
    const ClaimResult before = claim_with(Verdict::Holds, Strength::Enclosed, ScopeKind::Points);
    EXPECT_EQ(worst(before, claim_with(Verdict::Holds, Strength::Numeric, ScopeKind::Points)),
              Change::Weaker);
    EXPECT_EQ(worst(before, claim_with(Verdict::Holds, Strength::Enclosed, ScopeKind::Sample)),
              Change::Weaker);
    EXPECT_EQ(worst(before, claim_with(Verdict::Holds, Strength::Exact, ScopeKind::All)),
              Change::Better);
    EXPECT_EQ(worst(before, claim_with(Verdict::Holds, Strength::Numeric, ScopeKind::All)),
              Change::Weaker);
}

TEST(Comparison, DigitsCountAsFarAsTheyWereAskedFor)
{
    const ClaimResult before = claim_with(Verdict::Holds, Strength::Numeric, ScopeKind::Points, 50);
    const ClaimResult after = claim_with(Verdict::Holds, Strength::Numeric, ScopeKind::Points, 30);
    EXPECT_EQ(worst(before, after, 30), Change::Same);
    EXPECT_EQ(worst(before, after, 50), Change::Weaker);
    EXPECT_EQ(worst(after, before, 50), Change::Better);
}

TEST(Comparison, MissedFaultsAndLostAmendmentsAreWeaker)
{
    const ClaimResult before = claim_with(Verdict::Holds);
    ClaimResult after = before;
    after.controls.caught = 2;
    EXPECT_EQ(worst(before, after), Change::Weaker);
    after.controls = {10, 9, {}}; // more planted, but one slipped through
    EXPECT_EQ(worst(before, after), Change::Weaker);

    ClaimResult amended = before;
    amended.amended = Amended{"x", before.as_stated};
    EXPECT_EQ(worst(amended, before), Change::Weaker);
    EXPECT_EQ(worst(before, amended), Change::Better);
}

TEST(Comparison, AMissingClaimIsWeakerAndANewOneBetter)
{
    const Results some = run_of({claim_with(Verdict::Holds)});
    const Results none = run_of({});
    EXPECT_TRUE(got_weaker(compare(some, none)));
    EXPECT_FALSE(got_weaker(compare(none, some)));
    EXPECT_EQ(compare(none, some).size(), 1U);
    EXPECT_FALSE(got_weaker(compare(restrict_to(some, none), none)));
}

} // namespace
} // namespace attest::ledger

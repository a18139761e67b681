#include "attest/ledger/runner.hpp"
#include "theorems/model_claims.hpp"
#include "theorems/mutation_trials.hpp"

#include <gtest/gtest.h>

namespace attest::model_claims_tests {

using ledger::Fate;

theorems::MutationPlan sample_plan(std::size_t sample)
{
    theorems::MutationPlan plan;
    plan.sample = sample;
    return plan;
}

// The other route of every formula of the model confirms it, reads all of it, and tells every
// mutant of a sample from it.
TEST(ModelClaims, AreConfirmedAndTellTheirMutants)
{
    for (const ledger::Claim& claim : theorems::model_claims()) {
        const bool large = claim.id.find("/particles") != std::string::npos;
        const ledger::ClaimMutants result = theorems::mutate(claim, sample_plan(large ? 6 : 25));
        EXPECT_EQ(result.verdict, ledger::Verdict::Holds) << claim.id;
        EXPECT_TRUE(result.unread.empty()) << claim.id << ": " << result.unread.front();
        const ledger::FateCounts counts = result.counts();
        EXPECT_EQ(counts[Fate::Undecided] + counts[Fate::Missed] + counts[Fate::Proved], 0)
            << claim.id << ": " << result.leftovers.front().change;
        // cos(-4t) = cos(4t) is true and out of reach of the algebra.
        if (claim.id.find("cosine") == std::string::npos) {
            EXPECT_EQ(counts[Fate::TrueAtPoints], 0)
                << claim.id << ": " << result.leftovers.front().change;
        }
    }
}

TEST(MutationTrials, RecogniseWhatSaysTheSame)
{
    const Expr late = Expr::symbol("late");
    const Expr r = Expr::symbol("r");
    ledger::Statement original;
    original.formulas = {{"s", (1 - late) + r * late}};
    const auto why = [&](const Expr& other) {
        ledger::StatementMutant mutant{"formula s", "", "", "", original};
        mutant.statement.formulas.at("s") = other;
        return theorems::equivalence(original, mutant);
    };
    EXPECT_NE(why(r * late + 1 - late), "");
    EXPECT_NE(why((1 - late) + r * pow(late, 2)), "");
    EXPECT_EQ(why((1 - late) + pow(r, 2) * late), "");
    EXPECT_EQ(why((1 - late) + r * late * Expr(Rational(1000001, 1000000))), "");
    ledger::StatementMutant other_word{"word w", "", "", "", original};
    other_word.statement.words["w"] = "x";
    EXPECT_EQ(theorems::equivalence(original, other_word), "");
}

/// A claim "lhs relation rhs" whose check answers as told.
ledger::Claim told(const std::function<ledger::Judgement(const ledger::Statement&)>& check)
{
    ledger::Claim claim;
    claim.id = "told";
    claim.printed.formulas = {{"lhs", Expr::symbol("x")}};
    claim.printed.words = {{"relation", "="}};
    claim.check = [check](const ledger::Statement& statement, const ledger::Effort&) {
        return check(statement);
    };
    return claim;
}

ledger::Judgement with_outcome(Truth outcome, ledger::Strength strength)
{
    ledger::Judgement judgement;
    judgement.evidence.push_back(
        {"told", "", outcome, strength, {ledger::ScopeKind::All, "everything"}});
    return judgement;
}

TEST(MutationTrials, ShowACheckThatDoesNotLook)
{
    const ledger::ClaimMutants result = theorems::mutate(
        told([](const auto&) { return with_outcome(Truth::True, ledger::Strength::Numeric); }),
        sample_plan(0));
    EXPECT_EQ(result.unread, (std::vector<std::string>{"formula lhs", "word relation"}));
    EXPECT_EQ(result.counts()[Fate::Missed], result.made);
    EXPECT_GT(result.made, 5);
}

TEST(MutationTrials, SampleWithoutRepetitionAndInOrder)
{
    const ledger::Claim claim = told([](const ledger::Statement& s) {
        return with_outcome(
            truth_of(s.formulas.at("lhs") == Expr::symbol("x") && s.words.at("relation") == "="),
            ledger::Strength::Exact);
    });
    const ledger::ClaimMutants all = theorems::mutate(claim, sample_plan(0));
    EXPECT_EQ(all.counts()[Fate::Caught], all.made);
    EXPECT_TRUE(all.unread.empty());
    const ledger::ClaimMutants few = theorems::mutate(claim, sample_plan(3));
    EXPECT_EQ(few.counts().tried(), 3);
    EXPECT_EQ(few.made, all.made);
}

TEST(MutationTrials, HaveNothingToSayWhereTheStatementFails)
{
    const ledger::ClaimMutants result = theorems::mutate(
        told([](const auto&) { return with_outcome(Truth::False, ledger::Strength::Exact); }),
        sample_plan(0));
    EXPECT_EQ(result.verdict, ledger::Verdict::Fails);
    EXPECT_EQ(result.counts().tried(), 0);
}

TEST(MutationTrials, DoNotDependOnTheThreads)
{
    const ledger::Registry registry = theorems::model_registry();
    std::vector<const ledger::Claim*> claims;
    for (const std::string& id : registry.select({"model/pre-ln/*dot", "model/alpha/*"})) {
        claims.push_back(registry.find(id));
    }
    const auto lines = [&](int threads) {
        theorems::MutationPlan plan = sample_plan(8);
        plan.effort.threads = threads;
        std::map<std::string, ledger::ClaimMutants> found;
        theorems::mutate_all(claims, plan, [&](ledger::ClaimMutants one) {
            one.seconds = 0;
            found[one.id] = one;
        });
        return found;
    };
    const auto alone = lines(1);
    EXPECT_EQ(alone, lines(3));
    EXPECT_EQ(alone.size(), claims.size());
}

} // namespace attest::model_claims_tests

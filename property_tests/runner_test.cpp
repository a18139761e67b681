#include "attest/ledger/runner.hpp"

#include "attest/numbers/errors.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <atomic>
#include <mutex>
#include <set>
#include <stdexcept>

namespace attest::ledger {
namespace {

Registry rows(long count)
{
    std::vector<InventoryRow> inventory;
    for (long k = 0; k < count; ++k) {
        inventory.push_back({"row/" + std::to_string(k), "here", "identity", "text", "all"});
    }
    return Registry(std::move(inventory));
}

Judgement answer(Truth outcome)
{
    Judgement judgement;
    judgement.evidence.push_back(
        {"arithmetic", "", outcome, Strength::Exact, {ScopeKind::All, "all"}});
    return judgement;
}

Statement number(const Rational& value)
{
    Statement statement;
    statement.latex = to_string(value);
    statement.numbers = {{"value", value}};
    return statement;
}

/// "value is 4", checked honestly.
Claim four(const std::string& id)
{
    Claim claim;
    claim.id = id;
    claim.printed = number(4);
    claim.check = [](const Statement& statement, const Effort&) {
        return answer(truth_of(statement.numbers.at("value") == 4));
    };
    for (const long other : {3L, 5L, -4L}) {
        claim.faults.push_back({"4 -> " + std::to_string(other), number(other)});
    }
    claim.witness = "4";
    return claim;
}

TEST(Decide, AnHonestCheckCatchesEveryFault)
{
    Registry registry = rows(1);
    registry.add(four("row/0"));
    const ClaimResult result = decide(registry, "row/0", {});
    EXPECT_EQ(result.as_stated.verdict, Verdict::Holds);
    EXPECT_EQ(result.as_stated.strength, Strength::Exact);
    EXPECT_EQ(result.controls.planted, 3);
    EXPECT_EQ(result.controls.caught, 3);
    EXPECT_TRUE(result.controls.survivors.empty());
    EXPECT_EQ(result.statement, "4");
    EXPECT_FALSE(result.amended);
}

// The suite's own counting: a check that says "holds" to everything is found out.
TEST(Decide, ACheckThatAlwaysHoldsHasSurvivors)
{
    Registry registry = rows(1);
    Claim fake = four("row/0");
    fake.check = [](const Statement&, const Effort&) { return answer(Truth::True); };
    registry.add(fake);
    const ClaimResult result = decide(registry, "row/0", {});
    EXPECT_EQ(result.as_stated.verdict, Verdict::Holds);
    EXPECT_EQ(result.controls.planted, 3);
    EXPECT_EQ(result.controls.caught, 0);
    ASSERT_EQ(result.controls.survivors.size(), 3U);
    EXPECT_EQ(result.controls.survivors[0].change, "4 -> 3");
    EXPECT_EQ(result.controls.survivors[0].why, "answered 'holds'");
}

// "Undecided", "disagreement" and a crash are no refutations.
TEST(Decide, OnlyFailsCatchesAFault)
{
    const std::vector<std::pair<std::string, std::function<Judgement()>>> answers = {
        {"undecided", [] { return answer(Truth::Unknown); }},
        {"undecided", []() -> Judgement { throw Undecidable("out of bits"); }},
        {"disagreement",
         [] {
             Judgement judgement = answer(Truth::True);
             judgement.evidence.push_back(answer(Truth::False).evidence.front());
             return judgement;
         }},
        {"undecided", [] {
             Judgement typed = answer(Truth::Unknown);
             typed.verdict = Verdict::Fails; // typed, not derived
             return typed;
         }}};
    for (const auto& [word, other] : answers) {
        Registry registry = rows(1);
        Claim claim = four("row/0");
        claim.check = [other = other](const Statement& statement, const Effort&) {
            return statement.numbers.at("value") == 4 ? answer(Truth::True) : other();
        };
        registry.add(claim);
        const ClaimResult result = decide(registry, "row/0", {});
        EXPECT_EQ(result.controls.caught, 0);
        ASSERT_EQ(result.controls.survivors.size(), 3U);
        EXPECT_EQ(result.controls.survivors[2].why, "answered '" + word + "'");
    }
}

TEST(Decide, ACheckThatThrowsIsUndecided)
{
    Registry registry = rows(2);
    Claim claim = four("row/0");
    claim.check = [](const Statement&, const Effort&) -> Judgement {
        throw std::runtime_error("no convergence at t = 3");
    };
    registry.add(claim);
    Claim none = four("row/1");
    none.check = nullptr;
    registry.add(none);
    for (const char* id : {"row/0", "row/1"}) {
        const ClaimResult result = decide(registry, id, {});
        EXPECT_EQ(result.as_stated.verdict, Verdict::Undecided);
        EXPECT_EQ(result.as_stated.strength, Strength::None);
        EXPECT_EQ(result.controls.caught, 0);
        ASSERT_EQ(result.as_stated.evidence.size(), 1U);
        EXPECT_FALSE(is_true(result.as_stated.evidence.front().outcome));
    }
    const ClaimResult result = decide(registry, "row/0", {});
    EXPECT_NE(result.as_stated.evidence.front().detail.find("no convergence at t = 3"),
              std::string::npos);
}

TEST(Decide, TheAmendedStatementHasItsOwnVerdict)
{
    Registry registry = rows(1);
    Claim claim = four("row/0");
    claim.printed = number(5);
    claim.amended = number(4);
    registry.add(claim);
    const ClaimResult result = decide(registry, "row/0", {});
    EXPECT_EQ(result.as_stated.verdict, Verdict::Fails);
    ASSERT_TRUE(result.amended);
    EXPECT_EQ(result.amended->judgement.verdict, Verdict::Holds);
    EXPECT_EQ(result.amended->statement, "4");
}

TEST(Decide, ARowWithoutAClaimIsNotChecked)
{
    Registry registry = rows(1);
    registry.add_reason("row/0", "needs an ensemble");
    const ClaimResult result = decide(registry, "row/0", {});
    EXPECT_EQ(result.as_stated.verdict, Verdict::NotChecked);
    EXPECT_EQ(result.note, "needs an ensemble");
    EXPECT_EQ(result.controls.planted, 0);
    EXPECT_THROW(decide(registry, "row/9", {}), InputError);
}

// The check knows that a fault is tried, never which statement it is.
TEST(Decide, FaultsAreTriedWithLessEffort)
{
    Registry registry = rows(1);
    Claim claim = four("row/0");
    std::vector<bool> controls;
    claim.check = [&](const Statement& statement, const Effort& effort) {
        controls.push_back(effort.control);
        return answer(truth_of(statement.numbers.at("value") == 4));
    };
    registry.add(claim);
    decide(registry, "row/0", {});
    EXPECT_EQ(controls, (std::vector<bool>{false, true, true, true}));
}

std::vector<ClaimResult> without_times(std::vector<ClaimResult> results)
{
    for (ClaimResult& result : results) {
        result.seconds = 0;
    }
    return results;
}

TEST(Run, TheSameOnAnyNumberOfThreads)
{
    constexpr long count = 40;
    Registry registry = rows(count);
    for (long k = 0; k < count; k += 2) {
        Claim claim = four("row/" + std::to_string(k));
        claim.printed = number(k % 3 == 0 ? 4 : k);
        if (k % 7 == 0) {
            claim.check = [](const Statement&, const Effort&) -> Judgement {
                throw std::runtime_error("stops");
            };
        }
        registry.add(claim);
    }
    const auto ids = registry.select({});
    Effort effort;
    const auto one = without_times(run(registry, ids, effort, {}));
    ASSERT_EQ(one.size(), ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i) {
        EXPECT_EQ(one[i].id, ids[i]);
    }
    for (const int threads : {2, 4, 16}) {
        effort.threads = threads;
        std::set<std::size_t> seen;
        std::atomic<int> inside{0};
        const auto results = run(registry, ids, effort,
                                 [&](std::size_t done, std::size_t total, const ClaimResult&) {
                                     EXPECT_EQ(inside++, 0) << "progress from two threads at once";
                                     EXPECT_EQ(total, ids.size());
                                     seen.insert(done);
                                     --inside;
                                 });
        EXPECT_EQ(without_times(results), one) << threads;
        EXPECT_EQ(seen.size(), ids.size());
        EXPECT_EQ(*seen.rbegin(), ids.size());
    }
}

TEST(Run, AnErrorOutsideAnyCheckIsNotSwallowed)
{
    Registry registry = rows(3);
    Effort effort;
    for (const int threads : {1, 4}) {
        effort.threads = threads;
        EXPECT_THROW(run(registry, {"row/0", "row/7", "row/1"}, effort, {}), InputError);
        EXPECT_THROW(run(registry, {"row/0"}, effort,
                         [](std::size_t, std::size_t, const ClaimResult&) {
                             throw std::runtime_error("interrupted");
                         }),
                     std::runtime_error);
        EXPECT_TRUE(run(registry, {}, effort, {}).empty());
    }
}

} // namespace
} // namespace attest::ledger

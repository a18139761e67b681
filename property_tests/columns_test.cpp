#include "attest/ledger/runner.hpp"
#include "theorems/own/columns.hpp"
#include "theorems/own/registry.hpp"
#include "theorems/registry.hpp"

#include <gtest/gtest.h>

namespace attest {
namespace {

TEST(OwnClaims, AllHoldAndRefuteTheirFaults)
{
    const ledger::Registry registry = theorems::make_own_registry();
    ASSERT_GE(registry.inventory().size(), 10U);
    for (const ledger::InventoryRow& row : registry.inventory()) {
        EXPECT_TRUE(row.id.starts_with("x/")) << row.id;
        ASSERT_NE(registry.find(row.id), nullptr) << row.id;
        if (row.id.starts_with("x/panel-")) {
            continue; // samples: panels_test
        }
        const ledger::ClaimResult result = ledger::decide(registry, row.id, {});
        EXPECT_EQ(result.as_stated.verdict, ledger::Verdict::Holds) << row.id;
        EXPECT_EQ(result.as_stated.strength, ledger::Strength::Exact) << row.id;
        EXPECT_EQ(result.as_stated.scope.kind, ledger::ScopeKind::All) << row.id;
        for (const ledger::Evidence& item : result.as_stated.evidence) {
            EXPECT_TRUE(is_true(item.outcome)) << row.id << ": " << item.route;
        }
        EXPECT_GE(result.controls.planted, 3) << row.id;
        for (const ledger::Survivor& survivor : result.controls.survivors) {
            ADD_FAILURE() << row.id << ": fault not refuted: " << survivor.change;
        }
    }
}

TEST(OwnClaims, StandApartFromThePapers)
{
    const ledger::Registry paper = theorems::make_registry();
    for (const ledger::InventoryRow& row : paper.inventory()) {
        EXPECT_FALSE(row.id.starts_with("x/")) << row.id;
    }
    EXPECT_NE(theorems::outside_the_paper().title, theorems::paper().title);
}

// A wrong law and a wrong constant, each with the counterexample that a reader can repeat.
TEST(OwnClaims, WrongTerminalLawsAreRefutedWithNumbers)
{
    const Expr t = theorems::sym("t");
    const Expr a = theorems::sym("alpha");
    for (const auto& [law, share] :
         {std::pair(exp(-(2 * t)), 1 / a), std::pair(exp(-(2 * t / a)), Expr(1)),
          std::pair(exp(-(2 * t / a)) * (1 + 1 / t), 2 / a)}) {
        const theorems::Claim claim =
            theorems::own_terminal_velocity("deepnorm", "post-ln", law, share);
        const ledger::Judgement judgement = ledger::judge(claim.check(claim.printed, {}));
        EXPECT_EQ(judgement.verdict, ledger::Verdict::Fails);
        ASSERT_TRUE(judgement.counterexample);
        EXPECT_NE(judgement.counterexample->replay.find("attest terminal --scheme deepnorm"),
                  std::string::npos);
    }
}

} // namespace
} // namespace attest

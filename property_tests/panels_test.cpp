#include "attest/ledger/runner.hpp"
#include "theorems/own/registry.hpp"

#include <gtest/gtest.h>

#include <set>

namespace attest {
namespace {

// The orderings of Figure 4's caption in the other panels, and the growth of r: what fails as
// printed has an amended statement that holds, and every fault is refuted.
TEST(Panels, OrderingsAndGrowth)
{
    const ledger::Registry registry = theorems::make_own_registry();
    const std::set<std::string> failing = {"x/panel-5b/early", "x/panel-5f/early",
                                           "x/panel-5g-text/early", "x/panel-5c/growth",
                                           "x/panel-5e/growth"};
    std::size_t decided = 0;
    for (const ledger::InventoryRow& row : registry.inventory()) {
        if (!row.id.starts_with("x/panel-")) {
            continue;
        }
        ++decided;
        ASSERT_NE(registry.find(row.id), nullptr) << row.id;
        const ledger::ClaimResult result = ledger::decide(registry, row.id, {});
        const bool fails = failing.contains(row.id);
        EXPECT_EQ(result.as_stated.verdict, fails ? ledger::Verdict::Fails : ledger::Verdict::Holds)
            << row.id;
        EXPECT_EQ(result.as_stated.strength, ledger::Strength::Statistical) << row.id;
        EXPECT_TRUE(result.as_stated.confidence) << row.id;
        EXPECT_EQ(result.amended.has_value(), fails) << row.id;
        if (fails) {
            EXPECT_TRUE(result.as_stated.counterexample) << row.id;
            EXPECT_EQ(result.amended->judgement.verdict, ledger::Verdict::Holds) << row.id;
        }
        EXPECT_GE(result.controls.planted, 3) << row.id;
        for (const ledger::Survivor& survivor : result.controls.survivors) {
            ADD_FAILURE() << row.id << ": fault not refuted: " << survivor.change << " ("
                          << survivor.why << ")";
        }
    }
    EXPECT_EQ(decided, 17U);
}

} // namespace
} // namespace attest

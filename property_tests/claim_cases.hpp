#pragma once

#include "attest/ledger/runner.hpp"
#include "theorems/particle_claims.hpp"
#include "theorems/registry.hpp"
#include "theorems/units.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

/// What the tests of one unit's claims share.
namespace attest::testing {

inline ledger::Registry registry_with(void (*add)(ledger::Registry&))
{
    ledger::Registry registry(ledger::parse_inventory(theorems::inventory_text()));
    add(registry);
    return registry;
}

inline ledger::ClaimResult decided(void (*add)(ledger::Registry&), const std::string& id)
{
    return ledger::decide(registry_with(add), id, {});
}

/// Every claim of the unit holds as printed, but those listed, which have the verdict given there
/// and an amended statement that holds; no route is undecided, and every planted fault is refuted.
/// Where equality occurs (gamma = 1, n = 2) balls at points stay open and algebra decides: such
/// units allow a supporting route to be undecided, never to contradict.
enum class Routes { AllDecided, SomeOpen };
inline void expect_claims(void (*add)(ledger::Registry&),
                          const std::map<std::string, ledger::Verdict>& exceptions,
                          Routes routes = Routes::AllDecided)
{
    const ledger::Registry registry = registry_with(add);
    std::size_t decided = 0;
    for (const ledger::InventoryRow& row : registry.inventory()) {
        if (registry.find(row.id) == nullptr) {
            continue;
        }
        ++decided;
        const ledger::ClaimResult result = ledger::decide(registry, row.id, {});
        const auto exception = exceptions.find(row.id);
        const bool holds = exception == exceptions.end();
        EXPECT_EQ(result.as_stated.verdict, holds ? ledger::Verdict::Holds : exception->second)
            << row.id;
        if (!holds) {
            EXPECT_TRUE(result.as_stated.counterexample) << row.id;
            ASSERT_TRUE(result.amended) << row.id;
            EXPECT_EQ(result.amended->judgement.verdict, ledger::Verdict::Holds) << row.id;
        }
        const auto& main = holds ? result.as_stated : result.amended->judgement;
        for (const ledger::Evidence& item : main.evidence) {
            EXPECT_TRUE(is_true(item.outcome)
                        || (routes == Routes::SomeOpen && is_unknown(item.outcome)))
                << row.id << ": " << item.route << ": " << item.detail;
        }
        EXPECT_GE(result.controls.planted, 3) << row.id;
        for (const ledger::Survivor& survivor : result.controls.survivors) {
            ADD_FAILURE() << row.id << ": fault not refuted: " << survivor.change << " ("
                          << survivor.why << ")";
        }
    }
    EXPECT_GT(decided, 0U);
}

/// The claim's own check on another statement, with the effort that a planted fault gets.
inline ledger::Verdict verdict_on(const ledger::Claim& claim, const ledger::Statement& statement)
{
    ledger::Effort effort;
    effort.control = true;
    return ledger::judge(claim.check(statement, effort)).verdict;
}

inline rc::Gen<std::string> scheme_name()
{
    return rc::gen::map(rc::gen::inRange<std::size_t>(0, model::scheme_names.size()),
                        [](std::size_t k) { return std::string(model::scheme_names.at(k)); });
}

/// Values of the symbols of one token at which every square root of Tables 1 and 2 is rational.
inline proof::Point rational_point()
{
    const auto positive = [] {
        return Rational(*rc::gen::inRange(1, 60), *rc::gen::inRange(1, 20));
    };
    const Rational norm_A = positive();
    const Rational root = 1 + positive();
    const Rational alpha = positive() * *rc::gen::element(-1, 1);
    return {{"r", positive()},
            {"normA", norm_A},
            {"thetaA", norm_A * Rational(*rc::gen::inRange(-20, 21), 20)},
            {"alpha", alpha},
            {"t", root * root - 1},
            {"late", *rc::gen::inRange(0, 2)}};
}

} // namespace attest::testing

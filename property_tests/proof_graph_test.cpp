#include "attest/ledger/proof_graph.hpp"

#include "attest/numbers/errors.hpp"
#include "attest/report/json.hpp"
#include "attest/report/proofs.hpp"
#include "theorems/proofs.hpp"
#include "theorems/registry.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

namespace attest::ledger {
namespace {

Judgement judged(Verdict verdict)
{
    Judgement judgement;
    judgement.verdict = verdict;
    judgement.strength =
        verdict == Verdict::Holds || verdict == Verdict::Fails ? Strength::Exact : Strength::None;
    return judgement;
}

Verdict any_verdict()
{
    return *rc::gen::element(Verdict::Holds, Verdict::Holds, Verdict::Fails, Verdict::Undecided,
                             Verdict::NotChecked, Verdict::Disagreement);
}

std::string name(std::size_t i)
{
    return (i < 3 ? "thm1/" : "lem/") + std::to_string(i);
}

/// Statements that rest on later ones only; half of those that fail have an amended one.
Results any_proof()
{
    Results results;
    const auto n = *rc::gen::inRange<std::size_t>(1, 12);
    for (std::size_t i = 0; i < n; ++i) {
        ClaimResult claim;
        claim.id = name(i);
        claim.as_stated = judged(any_verdict());
        if (claim.as_stated.verdict == Verdict::Fails && *rc::gen::arbitrary<bool>()) {
            claim.amended = Amended{"x", judged(any_verdict())};
        }
        for (std::size_t k = i + 1; k < n; ++k) {
            if (*rc::gen::inRange(0, 3) == 0) {
                claim.depends_on.push_back(name(k));
            }
        }
        results.claims.push_back(claim);
    }
    return results;
}

std::string shown(const Dependencies& edges)
{
    std::string out;
    for (const auto& [id, ends] : edges) {
        out += id + " ->";
        for (const std::string& end : ends) {
            out += " " + end;
        }
        out += "; ";
    }
    return out;
}

// The suite itself: a cycle or a step that is no row is a defect.
TEST(ProofGraph, OfThePaperIsAcyclicAndComplete)
{
    const Registry registry = theorems::make_registry();
    Dependencies edges = dependencies_of(registry);
    // Rows without a claim have their steps too, as the results of a run do.
    for (const auto& [id, steps] : theorems::proof_steps()) {
        edges[id].insert(edges[id].end(), steps.begin(), steps.end());
    }
    EXPECT_EQ(edges.size(), registry.inventory().size());
    for (const std::string& edge : unknown_dependencies(edges)) {
        ADD_FAILURE() << edge << ": no row of the inventory";
    }
    std::string cycle;
    for (const std::string& id : find_cycle(edges)) {
        cycle += " " + id;
    }
    EXPECT_EQ(cycle, "");
    // Every step that the text names arrives at the claim that it belongs to, once.
    for (const auto& [id, steps] : theorems::proof_steps()) {
        const Claim* claim = registry.find(id);
        for (const std::string& step : steps) {
            EXPECT_NE(step, id);
            if (claim != nullptr) {
                EXPECT_EQ(std::count(claim->depends_on.begin(), claim->depends_on.end(), step), 1)
                    << id << " -> " << step;
            }
        }
    }
}

// Theorems and the displays of their proofs are not left alone.
TEST(ProofGraph, OfThePaperReachesTheSteps)
{
    const Dependencies steps = theorems::proof_steps();
    const Registry registry = theorems::make_registry();
    for (const InventoryRow& row : registry.inventory()) {
        const bool theorem = row.id.starts_with("thm3.1/") || row.id.starts_with("thm4.3/");
        const bool condition = row.id == "thm3.1/weight-condition"; // compares two sentences
        EXPECT_EQ(steps.contains(row.id) || !theorem, !condition) << row.id;
    }
}

TEST(ProofGraph, UnknownStepsAndCyclesAreNamed)
{
    const Dependencies edges = {{"a", {"b"}}, {"b", {"c", "x"}}, {"c", {"b"}}, {"d", {}}};
    EXPECT_EQ(unknown_dependencies(edges), std::vector<std::string>{"b -> x"});
    EXPECT_EQ(find_cycle(edges), (std::vector<std::string>{"b", "c", "b"}));
    EXPECT_EQ(find_cycle({{"a", {"a"}}}), (std::vector<std::string>{"a", "a"}));
    EXPECT_TRUE(find_cycle({{"a", {"b", "c"}}, {"b", {"c"}}, {"c", {"y"}}}).empty());

    Results results;
    for (const char* id : {"thm1/a", "thm1/b"}) {
        results.claims.emplace_back().id = id;
    }
    results.claims[0].depends_on = {"thm1/b"};
    std::string text = report::to_json(results);
    results.claims[1].depends_on = {"thm1/a"};
    EXPECT_THROW(proof_graph(results, "thm1"), std::logic_error);
    EXPECT_THROW(report::to_json(results), std::logic_error);
    const std::string edge = "\"depends_on\": [\"thm1/b\"]";
    ASSERT_NE(text.find(edge), std::string::npos);
    text.replace(text.find(edge), edge.size(), "\"depends_on\": [\"thm1/a\"]");
    EXPECT_THROW(report::from_json(text, "memory"), InputError);
}

RC_GTEST_PROP(ProofGraph, ACycleIsFoundWhereAnEdgeClosesOne, ())
{
    const Results results = any_proof();
    Dependencies edges = dependencies_of(results);
    RC_ASSERT(find_cycle(edges).empty());
    const auto from = *rc::gen::inRange<std::size_t>(0, results.claims.size());
    const auto to = *rc::gen::inRange<std::size_t>(0, from + 1);
    edges[name(to)].push_back(name(from));
    edges[name(from)].push_back(name(to));
    const std::vector<std::string> cycle = find_cycle(edges);
    RC_ASSERT(cycle.size() >= 2U);
    RC_ASSERT(cycle.front() == cycle.back());
    for (std::size_t k = 0; k + 1 < cycle.size(); ++k) {
        const auto& ends = edges.at(cycle[k]);
        if (std::find(ends.begin(), ends.end(), cycle[k + 1]) == ends.end()) {
            RC_FAIL(cycle[k] + " -> " + cycle[k + 1] + " is no edge of " + shown(edges));
        }
    }
}

RC_GTEST_PROP(ProofGraph, ReducingKeepsWhatEachRestsOn, ())
{
    const Results results = any_proof();
    const ProofGraph graph = proof_graph(results, "thm1");
    const ProofGraph fewer = reduced(graph);
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        RC_ASSERT(steps_below(fewer, i) == steps_below(graph, i));
        for (const std::size_t dropped : fewer.nodes[i].rests_on) {
            ProofGraph without = fewer;
            std::erase(without.nodes[i].rests_on, dropped);
            RC_ASSERT(steps_below(without, i) != steps_below(fewer, i));
        }
    }
}

// Against the definitions, step by step.
RC_GTEST_PROP(ProofGraph, AProofIsAsGoodAsItsWorstStep, ())
{
    const Results results = any_proof();
    const ProofGraph graph = proof_graph(results, "thm1");
    const std::vector<Verdict> worst_first = {Verdict::Fails, Verdict::Disagreement,
                                              Verdict::Undecided, Verdict::NotChecked};
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const ProofStanding state = standing(graph, i);
        const std::vector<std::size_t> below = steps_below(graph, i);
        const auto worst = [&](const auto& verdict_of) {
            for (const Verdict verdict : worst_first) {
                for (const std::size_t step : below) {
                    if (verdict_of(*graph.nodes[step].claim) == verdict) {
                        return verdict;
                    }
                }
            }
            return Verdict::Holds;
        };
        RC_ASSERT(state.steps == below.size());
        RC_ASSERT(state.proof
                  == worst([](const ClaimResult& claim) { return claim.as_stated.verdict; }));
        RC_ASSERT(state.repaired == worst([](const ClaimResult& claim) {
                      return claim.amended ? claim.amended->judgement.verdict
                                           : claim.as_stated.verdict;
                  }));
        for (const std::size_t step : state.failing) {
            RC_ASSERT(graph.nodes[step].claim->as_stated.verdict == Verdict::Fails);
        }
        RC_ASSERT(state.failing.empty() == (state.proof != Verdict::Fails));
        if (!below.empty()) {
            RC_ASSERT(best_judgement(graph.nodes[state.weakest])->verdict == state.repaired);
        }
    }
}

// "The theorem holds, a step of its proof does not" is said as it is.
TEST(ProofGraph, TheoremAndProofAreKeptApart)
{
    Results results;
    const auto add = [&](const char* id, Verdict verdict, std::vector<std::string> rests_on) {
        ClaimResult& claim = results.claims.emplace_back();
        claim.id = id;
        claim.as_stated = judged(verdict);
        claim.depends_on = std::move(rests_on);
    };
    add("thm1/a", Verdict::Holds, {"app/good"});
    add("app/good", Verdict::Holds, {"app/bad", "app/elsewhere"});
    add("app/bad", Verdict::Fails, {});
    results.claims.back().amended = Amended{"x", judged(Verdict::Holds)};
    const ProofGraph graph = proof_graph(results, "thm1");
    ASSERT_EQ(graph.nodes.size(), 4U);
    EXPECT_TRUE(graph.nodes[0].root);
    EXPECT_EQ(graph.nodes[3].claim, nullptr);
    const ProofStanding state = standing(graph, 0);
    EXPECT_EQ(graph.nodes[0].claim->as_stated.verdict, Verdict::Holds);
    EXPECT_EQ(state.proof, Verdict::Fails);
    EXPECT_EQ(state.repaired, Verdict::NotChecked); // a step is not part of this run
    EXPECT_EQ(state.failing, std::vector<std::size_t>{2});
    EXPECT_EQ(state.open, std::vector<std::size_t>{3});
    const std::string text = report::proofs_markdown(results);
    EXPECT_NE(text.find("| `thm1/a` | holds | fails | not-checked | 3 | "
                        "[`app/bad`](claims.md#claim-app-bad) | `app/elsewhere` |"),
              std::string::npos)
        << text;
    EXPECT_NE(report::proof_lists_markdown(results).find("\n    - [`app/bad`]"), std::string::npos);
    const std::string svg = report::proof_svg(report::proofs(results).at(0));
    EXPECT_NE(svg.find(">amended holds</text>"), std::string::npos);
    EXPECT_NE(svg.find("not in this run"), std::string::npos);
}

} // namespace
} // namespace attest::ledger

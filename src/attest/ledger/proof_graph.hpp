#pragma once

#include "attest/ledger/registry.hpp"
#include "attest/ledger/result.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace attest::ledger {

// What a proof rests on, read from the depends-on edges: plain data, no verdict is changed by it.

/// For each statement the ones that its proof uses directly.
using Dependencies = std::map<std::string, std::vector<std::string>>;
/// Of every row of the inventory; a row without a claim rests on nothing.
Dependencies dependencies_of(const Registry& registry);
Dependencies dependencies_of(const Results& results);

/// Edges "a -> b" whose end b is no key.
std::vector<std::string> unknown_dependencies(const Dependencies& dependencies);
/// The statements along one cycle, the first one again at the end; empty where there is none.
/// Unknown ends count as statements that rest on nothing.
std::vector<std::string> find_cycle(const Dependencies& dependencies);

/// A statement and the positions of those that it rests on directly, ascending.
struct ProofNode {
    std::string id;
    const ClaimResult* claim = nullptr; ///< nullptr: the run did not decide this statement
    bool root = false;
    std::vector<std::size_t> rests_on;
};

/// Some statements (the roots) with everything that they rest on, directly or not, in the order of
/// the results; statements that these do not have come last. Points into the results.
struct ProofGraph {
    std::vector<ProofNode> nodes;
};

/// The graph below the statements of one unit of the paper ("thm4.3"), its roots; those without an
/// edge are left out. Throws std::logic_error, naming it, for a cycle in the results.
ProofGraph proof_graph(const Results& results, const std::string& unit);

/// Positions of everything that a node rests on, directly or not, ascending; without itself.
std::vector<std::size_t> steps_below(const ProofGraph& graph, std::size_t node);

/// The same order with the fewest edges: none that a longer path implies.
ProofGraph reduced(ProofGraph graph);

/// The judgement of the strongest true reading of a statement: as printed where that holds or no
/// amended statement is given, as amended otherwise; nullptr without a claim.
const Judgement* best_judgement(const ProofNode& node);

/// A statement beside the proof that it is given. The proof is as good as its weakest step: fails
/// is worse than a disagreement, undecided, not checked (or not part of the run), holds.
struct ProofStanding {
    std::size_t steps = 0;
    Verdict proof = Verdict::Holds;    ///< worst verdict of the steps as printed
    Verdict repaired = Verdict::Holds; ///< worst verdict when failing steps are amended
    /// Weakest evidence among the steps: by verdict, then strength, then scope of
    /// best_judgement; the first of equals. Position in the graph; unused where steps is 0.
    std::size_t weakest = 0;
    std::vector<std::size_t> failing; ///< steps that fail as printed
    std::vector<std::size_t> open;    ///< steps that are neither proved nor refuted as printed
};
ProofStanding standing(const ProofGraph& graph, std::size_t node);

} // namespace attest::ledger

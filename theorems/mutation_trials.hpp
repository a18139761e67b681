#pragma once

#include "attest/ledger/mutation.hpp"
#include "attest/ledger/registry.hpp"

#include <functional>
#include <string>
#include <vector>

/// Planted faults, systematically: every mutant of a statement (or a sample of them) in the hands
/// of the claim's own check.
namespace attest::theorems {

/// Which mutants are tried, and how hard.
struct MutationPlan {
    ledger::Effort effort = {};
    /// Mutants of each claim, drawn without repetition from the stream of effort.seed and the
    /// claim's id; 0: all of them.
    std::size_t sample = 0;
    /// No further mutant of a claim is begun after so many seconds; 0: no limit. What is left out
    /// shows as made but not tried.
    double seconds_per_claim = 0;
};

/// The paper's claims and then the formulas of the model, in one registry.
ledger::Registry mutation_registry();

/// Where words can be exchanged: relations, names of schemes, yes and no.
const ledger::WordFamilies& word_families();

/// Why the mutant says the same as the original, by exact algebra; empty where that is not proved.
/// Mix-LN's symbol "late" is 0 or 1.
std::string equivalence(const ledger::Statement& original, const ledger::StatementMutant& mutant);

/// Mutates the statement that holds: the amended one where there is one, the printed one otherwise.
/// A mutant that the quick controls do not refute is put to the check a second time at the full
/// effort of the plan. A claim whose statement does not hold has no mutants, and says so.
ledger::ClaimMutants mutate(const ledger::Claim& claim, const MutationPlan& plan);

/// mutate for every claim, on plan.effort.threads threads. Told of each as it is finished, from one
/// thread at a time, in no fixed order; the answers themselves do not depend on the threads.
void mutate_all(const std::vector<const ledger::Claim*>& claims, const MutationPlan& plan,
                const std::function<void(const ledger::ClaimMutants&)>& finished);

} // namespace attest::theorems

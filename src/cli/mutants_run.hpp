#pragma once

#include "attest/ledger/mutation.hpp"
#include "attest/ledger/registry.hpp"
#include "theorems/mutation_trials.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace attest::cli {

/// File for readers in the folder of mutants.
inline constexpr const char* mutants_page = "mutants.md";

/// Plants the faults of the plan in those of the ids that have a check, and writes the folder. With
/// resume, what the folder has is kept; without, it starts afresh. An interruption saves, says so
/// and ends the process. Throws InputError where the folder's claims come from another plan, and
/// report::IoError.
std::vector<ledger::ClaimMutants> run_mutants(const ledger::Registry& registry,
                                              const std::vector<std::string>& ids,
                                              const theorems::MutationPlan& plan,
                                              const std::filesystem::path& folder, bool resume);

/// A line for the paper's claims and one for the model's formulas: how many ended how.
void print_mutant_totals(const std::vector<ledger::ClaimMutants>& claims);

/// Every formula of the model is confirmed by its other route, and no mutant of one passes.
bool model_is_guarded(const std::vector<ledger::ClaimMutants>& claims);

} // namespace attest::cli

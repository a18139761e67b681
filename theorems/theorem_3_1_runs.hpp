#pragma once

#include "attest/chance/certified_runs.hpp"
#include "theorems/theorem_3_1_proof.hpp"

#include <vector>

/// The statistical route of Theorem 3.1: random starts, each run proved to synchronise.
namespace attest::theorems {

/// Random starts of one size, and how many of them.
struct Experiment {
    chance::RunSetting setting;
    long runs = 0;
};
/// The experiments for a scheme: n > d throughout, where the hemisphere is not given at the start.
std::vector<Experiment> experiments(const std::string& scheme, ledger::Effort::Level level);

/// Evidence that every run of every experiment that fits the statement is certified, and the
/// confidence statement: probabilities bounded below, with their part of the report's error,
/// corrected for all experiments of all schemes. Unknown where one run stays undecided; none is
/// left out.
struct RunEvidence {
    Evidence evidence;
    std::string confidence;
};
RunEvidence certified_run_evidence(const std::vector<Synchronisation>& statements,
                                   const Effort& effort);

} // namespace attest::theorems

#pragma once

#include "attest/ledger/result.hpp"

#include <string>

namespace attest::report {

/// report.md: overview, findings, disagreements and weak checks, slacks by nearness to
/// failure, proofs, every claim unit by unit, measured
/// constants, figures (read from figures/ID.svg beside it), and what was not checked and why.
std::string to_markdown(const ledger::Results& results);

/// claims.md: for every claim that was checked its statement, every route of evidence, witness,
/// dependencies and planted faults.
std::string claims_markdown(const ledger::Results& results);

/// errata.md: the statements that fail as printed, each with the reason and, where known, a
/// statement that holds instead.
std::string errata_markdown(const ledger::Results& results);

/// Name of a claim's place in claims.md.
std::string claim_anchor(std::string_view id);

/// Table with the names and values of a counterexample, and the command that shows it again.
std::string counterexample_markdown(const ledger::Counterexample& example);

/// "holds, exact, all n >= 2".
std::string judgement_markdown(const ledger::Judgement& judgement);

} // namespace attest::report

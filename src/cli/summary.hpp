#pragma once

#include "attest/ledger/result.hpp"

namespace attest::cli {

/// Prints how many claims have which verdict and strength, then every claim that fails, that could
/// not be decided, or on which two routes disagree.
void print_summary(const ledger::Results& results);

/// The word for a verdict, in its colour on a terminal.
std::string verdict_word(ledger::Verdict verdict);

/// Prints everything known about one claim.
void print_claim(const ledger::ClaimResult& claim);

} // namespace attest::cli

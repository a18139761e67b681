#pragma once

#include "attest/ledger/registry.hpp"

#include <functional>

namespace attest::ledger {

/// Told after each claim: how many are done, how many there are, the result just found.
using Progress =
    std::function<void(std::size_t done, std::size_t total, const ClaimResult& latest)>;

/// The claim's check asked about a statement, judged. A check that throws yields Undecided with one
/// piece of evidence, route "check" of strength none, that says so.
Judgement ask(const Claim& claim, const Statement& statement, const Effort& effort);

/// Decides one row: its printed statement, its amended statement, and its planted faults.
/// A check that throws yields Undecided with the exception's text as evidence; it never passes.
ClaimResult decide(const Registry& registry, const std::string& id, const Effort& effort);

/// Decides the rows on effort.threads threads. The results stand in the order of ids whatever the
/// number of threads. Progress is called from one thread at a time.
std::vector<ClaimResult> run(const Registry& registry, const std::vector<std::string>& ids,
                             const Effort& effort, const Progress& progress);

} // namespace attest::ledger

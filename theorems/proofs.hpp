#pragma once

#include "attest/ledger/proof_graph.hpp"

namespace attest::theorems {

/// How the paper proves its theorems: for each statement the steps that the text derives it from.
/// Written on one page, because the order of a proof is a reading of the text, whatever unit
/// decides the steps.
ledger::Dependencies proof_steps();

/// The registry with these steps among the depends-on edges of its claims. Throws InputError when
/// a step is not in the inventory.
ledger::Registry with_proof_steps(const ledger::Registry& registry);

/// The steps added to results, for rows that no claim decides too: that a theorem rests on what
/// was not checked has to be seen.
void add_proof_steps(std::vector<ledger::ClaimResult>& results);

} // namespace attest::theorems

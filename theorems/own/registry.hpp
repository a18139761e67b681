#pragma once

#include "attest/ledger/registry.hpp"
#include "attest/ledger/result.hpp"

#include <string_view>

/// Claims outside the paper (docs/extending.md): they have an inventory, ids below x/ and a run of
/// their own, and count nowhere among the paper's.
namespace attest::theorems {

/// The inventory of these claims with the checks that decide them.
ledger::Registry make_own_registry();

/// Text of theorems/own/inventory.tsv, embedded at build time.
std::string_view own_inventory_text();

/// What takes the place of the paper in the results of such a run.
ledger::PaperInfo outside_the_paper();

// One function per file of this folder; each adds the claims that its file decides.
void add_deepnorm(ledger::Registry& registry);
void add_layerscale(ledger::Registry& registry);
void add_panels(ledger::Registry& registry);

} // namespace attest::theorems

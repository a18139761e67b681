#pragma once

#include "attest/ledger/registry.hpp"
#include "attest/ledger/result.hpp"

#include <string_view>
#include <vector>

namespace attest::theorems {

/// The inventory of the paper's statements with every claim that this suite can decide.
ledger::Registry make_registry();

/// Curves of the paper's figures, computed afresh.
std::vector<ledger::Figure> figures(const ledger::Effort& effort);

/// Terminal constants, enclosed to effort.digits digits.
std::vector<ledger::ConstantRow> constants(const ledger::Effort& effort);

/// Text of theorems/inventory.tsv, embedded at build time.
std::string_view inventory_text();

/// Title and digest of the text that the inventory was read from.
ledger::PaperInfo paper();

} // namespace attest::theorems

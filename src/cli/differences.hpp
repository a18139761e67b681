#pragma once

#include "attest/ledger/comparison.hpp"

#include <cstddef>
#include <vector>

namespace attest::cli {

/// Prints the differences as a table, what got weaker last so that it stays in sight, and a line
/// that counts them.
void print_differences(const std::vector<ledger::Difference>& differences, std::size_t claims);

} // namespace attest::cli

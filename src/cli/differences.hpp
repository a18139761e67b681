#pragma once

#include "attest/ledger/comparison.hpp"

#include <cstddef>
#include <vector>

namespace attest::cli {

enum class Show { All, WeakerOnly };

/// Prints the differences as a table, what got weaker last so that it stays in sight, and a line
/// that counts all of them.
void print_differences(const std::vector<ledger::Difference>& differences, std::size_t claims,
                       Show show);

} // namespace attest::cli

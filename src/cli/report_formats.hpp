#pragma once

#include "attest/report/report.hpp"

#include <filesystem>
#include <vector>

namespace attest::cli {

/// Writes the results in these formats into the folder and says on stdout what was written and what
/// could not be. Returns the absolute path of the file that a person opens first.
std::filesystem::path publish(const ledger::Results& results,
                              const std::vector<report::Format>& formats,
                              const std::filesystem::path& folder);

} // namespace attest::cli

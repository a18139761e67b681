#pragma once

#include "attest/report/certificates.hpp"

#include <filesystem>

namespace attest::cli {

/// Runs the independent checker on the certificates below the folder and enters its answers into
/// the results. The checker is `attest-check` beside this program, in the build tree, or on PATH.
/// Recheck::checker is empty when it was not found or there is nothing to check. Throws IoError
/// when it ran and left no readable answers: a crash is no acceptance.
report::Recheck recheck_certificates(ledger::Results& results, const std::filesystem::path& folder);

} // namespace attest::cli

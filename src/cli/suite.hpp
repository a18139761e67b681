#pragma once

#include "attest/ledger/result.hpp"

namespace attest::cli {

/// Version and commit of this build, its compiler, and the libraries that it runs with.
ledger::SuiteInfo suite_info();

} // namespace attest::cli

#pragma once

#include "attest/ledger/result.hpp"

#include <string>

namespace attest::report {

/// report.html: one page that needs no other file and no network. Overview, errata, proofs as
/// graphs, slacks, plots, constants and a card for every claim with filter and search; mathematics
/// set by KaTeX. Without scripts everything but the plots can still be read.
std::string to_html(const ledger::Results& results);

} // namespace attest::report

#pragma once

#include "attest/ledger/verdict.hpp"

#include <string>

namespace attest::report {

/// The word, in colour and bold where a reader has to stop at it.
std::string verdict_latex(ledger::Verdict verdict);

/// "[lo, hi]" with four digits, rounded outward; empty when there is no slack.
std::string slack_latex(const ledger::Judgement& judgement);

/// Start of a table that may run over pages: column types and heading; table_end closes it.
std::string table_head(const char* columns, const std::string& heading);
inline constexpr const char* table_end = "\\end{longtable}}\n\n";

} // namespace attest::report

#pragma once

#include "attest/ledger/result.hpp"

#include <string>
#include <string_view>

namespace attest::report {

/// The word, in colour and bold where a reader has to stop at it.
std::string verdict_latex(ledger::Verdict verdict);

/// "[lo, hi]" with four digits, rounded outward; empty when there is no slack.
std::string slack_latex(const ledger::Judgement& judgement);

/// Whether the article has a block for the claim: not where nothing was checked.
bool has_entry(const ledger::ClaimResult& claim);
/// The id as part of a label: letters, digits and signs that a label may have.
std::string label_of(std::string_view id);
/// The id, leading to the claim's block where it has one.
std::string claim_link(const ledger::ClaimResult& claim);
std::string claim_link(std::string_view id);

/// A formula that shrinks to the column it stands in.
std::string latex_cell(std::string_view formula);

/// Start of a table that may run over pages: column types and heading; table_end closes it.
std::string table_head(const char* columns, const std::string& heading);
inline constexpr const char* table_end = "\\end{longtable}}\n\n";

} // namespace attest::report

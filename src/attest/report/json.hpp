#pragma once

#include "attest/ledger/result.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace attest::report {

/// Value of the field "schema" of a results file; docs/results.schema.json describes the format.
inline constexpr std::string_view schema_name = "attest-results/1";

/// The results as JSON text. Equal results give equal bytes; from_json(to_json(r)) equals r.
/// Numbers that a double would round are decimal strings. Throws std::logic_error, naming the
/// place, for a result that the format does not allow (a NaN in a curve, a slack that is no
/// number, an id that occurs twice, a cycle of
/// depends_on): such a result is a defect of the suite.
std::string to_json(const ledger::Results& results);

/// Inverse of to_json. Every field is checked: type, range, allowed words, no unknown or repeated
/// field, no number that is not finite, no id twice, no cycle of depends_on. Throws InputError with
/// one line that names the source (a file name) and the place in it, for example "old.json:
/// claims[3].as_stated.verdict:
/// ...".
ledger::Results from_json(std::string_view text, const std::string& source);

/// from_json of a file; throws IoError when it cannot be read.
ledger::Results read_results(const std::filesystem::path& path);
/// to_json into a file, completely or not at all; throws IoError when it cannot be written.
void write_results(const ledger::Results& results, const std::filesystem::path& path);

/// Whether a text is a number of the format: [+-]digits[.digits][e[+-]digits], a fraction of
/// integers p/q, or an infinity ("inf", "-inf", allowed for slack only).
bool is_number(std::string_view text) noexcept;
bool is_number_or_infinity(std::string_view text) noexcept;
/// A number that is no fraction, as the plots of limits have them.
bool is_decimal(std::string_view text) noexcept;
/// Whether a figure's id can name its file: letters, digits, '_' and '-', at least one.
bool is_file_stem(std::string_view text) noexcept;

} // namespace attest::report

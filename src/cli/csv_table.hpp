#pragma once

#include "attest/numbers/rational.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace attest::cli {

/// Comma-separated values with a header: cells trimmed, double quotes around a whole cell dropped,
/// empty lines and lines that begin with # skipped, LF or CRLF. No cell may contain a comma.
class CsvTable {
public:
    /// Throws InputError, one line with file and line number, for text without a header or rows, a
    /// row with another number of cells than the header, a name that stands twice, a byte 0, or
    /// more than most_rows rows or most_columns columns.
    CsvTable(std::string name, std::string text);

    const std::string& name() const noexcept { return name_; }
    const std::vector<std::string>& header() const noexcept { return header_; }
    std::size_t rows() const noexcept { return lines_.size(); }
    /// Number of the column of that name.
    std::optional<std::size_t> column(std::string_view name) const;
    std::string_view cell(std::size_t row, std::size_t column) const;
    /// The cell as an exact number with |x| <= 1e300. Throws InputError naming file, line, column,
    /// value and range.
    Rational number(std::size_t row, std::size_t column) const;
    /// The nearest double; the same exceptions.
    double real(std::size_t row, std::size_t column) const;
    /// Digits after the decimal point of the cell with the most of them, exponents included.
    long decimals(std::size_t column) const;

    static constexpr std::size_t most_rows = 1'000'000;
    static constexpr std::size_t most_columns = 1'000'000;

private:
    [[noreturn]] void reject(std::size_t row, std::size_t column) const;

    std::string name_;
    std::shared_ptr<const std::string> text_;
    std::vector<std::string> header_;
    std::vector<std::string_view> cells_; ///< into text_
    std::vector<std::size_t> lines_;      ///< line number of each row
};

} // namespace attest::cli

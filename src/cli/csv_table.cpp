#include "cli/csv_table.hpp"

#include "attest/numbers/errors.hpp"
#include "attest/report/decimal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

namespace attest::cli {
namespace {

constexpr std::size_t longest_cell_shown = 40;
constexpr double largest_number = 1e300;

std::string_view trimmed(std::string_view text)
{
    const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
    while (!text.empty() && blank(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && blank(text.back())) {
        text.remove_suffix(1);
    }
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
        text = text.substr(1, text.size() - 2);
    }
    return text;
}

template <class F>
void split(std::string_view line, const F& cell)
{
    while (true) {
        const std::size_t comma = line.find(',');
        cell(trimmed(line.substr(0, comma)));
        if (comma == std::string_view::npos) {
            return;
        }
        line.remove_prefix(comma + 1);
    }
}

std::size_t cells_of(std::string_view line)
{
    return static_cast<std::size_t>(std::count(line.begin(), line.end(), ',')) + 1;
}

/// The cell as numbers are read: a leading '+' is dropped, but "+-1" is no number.
std::string_view without_plus(std::string_view cell)
{
    return cell.starts_with('+') && !cell.starts_with("+-") ? cell.substr(1) : cell;
}

} // namespace

CsvTable::CsvTable(std::string name, std::string text) :
    name_(std::move(name)), text_(std::make_shared<const std::string>(std::move(text)))
{
    std::string_view rest(*text_);
    if (rest.find('\0') != std::string_view::npos) {
        throw InputError(fmt::format("{}: contains a byte 0: must be text (CSV) or start with the "
                                     "magic of a .npy file",
                                     name_));
    }
    if (rest.starts_with("\xEF\xBB\xBF")) {
        rest.remove_prefix(3);
    }
    std::size_t line_number = 0;
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        const std::string_view line = trimmed(rest.substr(0, end));
        const std::string_view raw = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        ++line_number;
        if (line.empty() || line.front() == '#') {
            continue;
        }
        if (header_.empty()) {
            const std::size_t columns = cells_of(raw);
            if (columns > most_columns) {
                throw InputError(fmt::format("{}: {} columns: must be at most {}", name_, columns,
                                             most_columns));
            }
            split(raw, [&](std::string_view cell) { header_.emplace_back(cell); });
            continue;
        }
        // Counted first: what a hostile line has too much of is not kept.
        if (const std::size_t cells = cells_of(raw); cells != header_.size()) {
            throw InputError(fmt::format("{}:{}: {} cells: must be {} as in the header", name_,
                                         line_number, cells, header_.size()));
        }
        split(raw, [&](std::string_view cell) { cells_.push_back(cell); });
        lines_.push_back(line_number);
        if (lines_.size() > most_rows) {
            throw InputError(
                fmt::format("{}: more than {} rows: must be at most that", name_, most_rows));
        }
    }
    if (header_.empty() || lines_.empty()) {
        throw InputError(fmt::format("{}: {}: must have a header such as t,gamma,r and rows below "
                                     "it",
                                     name_, header_.empty() ? "empty" : "no rows"));
    }
    std::set<std::string> seen;
    for (const std::string& column : header_) {
        if (!seen.insert(column).second) {
            throw InputError(fmt::format("{}: column '{}' stands twice: names must differ", name_,
                                         column.substr(0, longest_cell_shown)));
        }
    }
}

std::optional<std::size_t> CsvTable::column(std::string_view name) const
{
    const auto found = std::find(header_.begin(), header_.end(), name);
    return found == header_.end()
               ? std::nullopt
               : std::optional(static_cast<std::size_t>(found - header_.begin()));
}

std::string_view CsvTable::cell(std::size_t row, std::size_t column) const
{
    return cells_[row * header_.size() + column];
}

void CsvTable::reject(std::size_t row, std::size_t column) const
{
    const std::string_view text = cell(row, column);
    throw InputError(fmt::format(
        "{}:{}: {} '{}': must be a finite decimal number of size at most 1e300", name_, lines_[row],
        header_[column].substr(0, longest_cell_shown), text.substr(0, longest_cell_shown)));
}

Rational CsvTable::number(std::size_t row, std::size_t column) const
{
    // The double decides the range before an exponent can make the exact number huge.
    const double near = real(row, column);
    const std::string_view text = without_plus(cell(row, column));
    try {
        return parse_rational(text);
    } catch (const InputError&) {
        if (near == 0) { // an exponent far below any number that could matter
            return 0;
        }
        reject(row, column);
    }
}

double CsvTable::real(std::size_t row, std::size_t column) const
{
    const std::string_view text = without_plus(cell(row, column));
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end != text.data() + text.size()
        || (error != std::errc() && error != std::errc::result_out_of_range)) {
        reject(row, column);
    }
    if (error == std::errc::result_out_of_range) { // too large, which is refused, or too small
        value = report::nearest_double(text);
    }
    if (!std::isfinite(value) || std::abs(value) > largest_number) {
        reject(row, column);
    }
    return value;
}

long CsvTable::decimals(std::size_t column) const
{
    long most = 0;
    for (std::size_t row = 0; row < rows(); ++row) {
        const std::string_view text = cell(row, column);
        const std::size_t e = text.find_first_of("eE");
        const std::string_view significand = text.substr(0, e);
        const std::size_t point = significand.find('.');
        long here =
            point == std::string_view::npos ? 0 : static_cast<long>(significand.size() - point - 1);
        if (e != std::string_view::npos) {
            long exponent = 0;
            const char* from = text.data() + e + 1 + (text.substr(e + 1).starts_with('+') ? 1 : 0);
            const auto read = std::from_chars(from, text.data() + text.size(), exponent);
            constexpr long far = 1'000'000; // beyond any number that could matter
            exponent =
                read.ec == std::errc::result_out_of_range ? (*from == '-' ? -far : far) : exponent;
            here -= std::clamp(exponent, -far, far);
        }
        most = std::max(most, here);
    }
    return most;
}

} // namespace attest::cli

#include "cli/console.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <numeric>

#include <sys/ioctl.h>
#include <unistd.h>

namespace attest::cli {
namespace {

constexpr std::size_t column_gap = 2;

int descriptor(Stream stream)
{
    return stream == Stream::Out ? STDOUT_FILENO : STDERR_FILENO;
}

std::string_view environment(const char* name)
{
    const char* value = std::getenv(name); // NOLINT(concurrency-mt-unsafe): nothing sets it
    return value == nullptr ? std::string_view() : std::string_view(value);
}

std::string_view escape_code(Colour colour)
{
    switch (colour) {
    case Colour::Bold:
        return "1";
    case Colour::Dim:
        return "2";
    case Colour::Red:
        return "31";
    case Colour::Green:
        return "32";
    case Colour::Yellow:
        return "33";
    case Colour::Cyan:
        return "36";
    case Colour::Plain:
        break;
    }
    return "0";
}

bool starts_code_point(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
}

/// Bytes of the code point at the front of a text that is not empty; 0 where it is no UTF-8.
std::size_t code_point_length(std::string_view text)
{
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = at(0);
    const std::size_t length = first < 0x80                    ? 1
                               : first >= 0xC2 && first < 0xE0 ? 2
                               : first >= 0xE0 && first < 0xF0 ? 3
                               : first >= 0xF0 && first < 0xF5 ? 4
                                                               : 0;
    if (length == 0 || text.size() < length) {
        return 0;
    }
    for (std::size_t i = 1; i < length; ++i) {
        if (starts_code_point(text[i])) {
            return 0;
        }
    }
    const bool overlong = (first == 0xE0 && at(1) < 0xA0) || (first == 0xF0 && at(1) < 0x90);
    const bool no_character = (first == 0xED && at(1) > 0x9F) || (first == 0xF4 && at(1) > 0x8F);
    return overlong || no_character ? 0 : length;
}

} // namespace

bool is_terminal(Stream stream)
{
    return ::isatty(descriptor(stream)) == 1;
}

std::size_t terminal_width(Stream stream)
{
    if (!is_terminal(stream)) {
        return 0;
    }
    const std::string_view columns = environment("COLUMNS");
    std::size_t width = 0;
    const auto [end, error] =
        std::from_chars(columns.data(), columns.data() + columns.size(), width);
    if (error == std::errc() && end == columns.data() + columns.size() && width > 0) {
        return width;
    }
    winsize size{};
    if (::ioctl(descriptor(stream), TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        return size.ws_col;
    }
    constexpr std::size_t usual_width = 80;
    return usual_width;
}

std::string coloured(std::string_view text, Colour colour, Stream stream)
{
    const bool wanted = colour != Colour::Plain && environment("NO_COLOR").empty()
                        && environment("TERM") != "dumb" && is_terminal(stream);
    return wanted ? fmt::format("\x1b[{}m{}\x1b[0m", escape_code(colour), text) : std::string(text);
}

std::size_t display_width(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts_code_point));
}

std::string cut(std::string_view text, std::size_t cells)
{
    if (display_width(text) <= cells) {
        return std::string(text);
    }
    const std::string_view dots = std::string_view("...").substr(0, cells);
    const std::size_t keep = cells - dots.size();
    std::size_t end = 0;
    std::size_t seen = 0;
    while (end < text.size() && (seen < keep || !starts_code_point(text[end]))) {
        seen += starts_code_point(text[end]) ? 1U : 0U;
        ++end;
    }
    return std::string(text.substr(0, end)).append(dots);
}

std::string spoken_duration(double seconds)
{
    constexpr double minute = 60;
    constexpr double hour = 3600;
    if (seconds < 1) {
        return "1 s";
    }
    if (seconds < 2 * minute) {
        return fmt::format("{:.0f} s", seconds);
    }
    return seconds < 2 * hour ? fmt::format("{:.0f} min", seconds / minute)
                              : fmt::format("{:.1f} h", seconds / hour);
}

std::string one_line(std::string_view text)
{
    std::string line;
    while (!text.empty()) {
        const std::size_t length = code_point_length(text);
        const auto byte = static_cast<unsigned char>(text.front());
        const bool plain = length > 0 && byte >= 0x20 && byte != 0x7F;
        line += plain ? text.substr(0, length) : std::string_view("?");
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return line;
}

std::string shortened(const std::string& line, std::size_t bytes)
{
    constexpr std::string_view gap = " ... ";
    if (line.size() <= bytes || bytes <= gap.size()) {
        return line;
    }
    std::size_t head = (bytes - gap.size()) / 2;
    std::size_t tail = line.size() - (bytes - gap.size() - head);
    while (head > 0 && !starts_code_point(line[head])) {
        --head;
    }
    while (tail < line.size() && !starts_code_point(line[tail])) {
        ++tail;
    }
    return line.substr(0, head).append(gap) + line.substr(tail);
}

Table::Table(std::vector<std::string> header)
{
    std::vector<Colour> bold(header.size(), Colour::Bold);
    rows_.push_back({std::move(header), std::move(bold)});
}

void Table::add(std::vector<std::string> cells, std::vector<Colour> colours)
{
    const std::size_t columns = rows_.front().cells.size();
    cells.resize(columns);
    colours.resize(columns, Colour::Plain);
    rows_.push_back({std::move(cells), std::move(colours)});
}

std::vector<std::size_t> Table::widths() const
{
    std::vector<std::size_t> widths(rows_.front().cells.size(), 0);
    for (const Row& row : rows_) {
        for (std::size_t i = 0; i < widths.size(); ++i) {
            widths[i] = std::max(widths[i], display_width(row.cells[i]));
        }
    }
    return widths;
}

std::string Table::fitted(Stream stream) const
{
    constexpr std::size_t narrowest_last_column = 10;
    std::vector<std::size_t> cut_widths = widths();
    if (const std::size_t terminal = terminal_width(stream); terminal > 0) {
        const std::size_t used = std::accumulate(cut_widths.begin(), cut_widths.end() - 1,
                                                 (cut_widths.size() - 1) * column_gap);
        const std::size_t left = terminal > used ? terminal - used : 0;
        cut_widths.back() = std::min(cut_widths.back(), std::max(left, narrowest_last_column));
    }
    return text(cut_widths, stream);
}

std::string Table::whole(Stream stream) const
{
    return text(widths(), stream);
}

std::string Table::text(const std::vector<std::size_t>& widths, Stream stream) const
{
    std::string text;
    for (const Row& row : rows_) {
        for (std::size_t i = 0; i < widths.size(); ++i) {
            const std::string cell = cut(row.cells[i], widths[i]);
            text += coloured(cell, row.colours[i], stream);
            text.append(widths[i] - display_width(cell) + column_gap, ' ');
        }
        text.erase(text.find_last_not_of(' ') + 1);
        text += '\n';
    }
    return text;
}

} // namespace attest::cli

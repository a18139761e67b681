#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace attest::cli {

enum class Stream { Out, Error };
enum class Colour { Plain, Bold, Dim, Red, Green, Yellow, Cyan };

/// True where the stream is a terminal.
bool is_terminal(Stream stream);

/// Columns of the terminal behind the stream (COLUMNS overrides); 0 where it is none, which means
/// that nothing has to be cut.
std::size_t terminal_width(Stream stream);

/// The text in that colour, on a terminal that has not been told otherwise by NO_COLOR or
/// TERM=dumb; the plain text everywhere else.
std::string coloured(std::string_view text, Colour colour, Stream stream = Stream::Out);

/// Number of terminal cells of UTF-8 text without escape sequences, one per code point.
std::size_t display_width(std::string_view text);

/// The text cut to that many cells, with "..." at the end where it was cut.
std::string cut(std::string_view text, std::size_t cells);

/// "8 s", "3 min", "2.5 h": a duration as a person would say it.
std::string spoken_duration(double seconds);

/// The text with every control character and every byte that is no UTF-8 replaced by '?', so that
/// it stays on one line of any terminal.
std::string one_line(std::string_view text);

/// Of a long text the beginning and the end, at most that many bytes, cut between characters.
std::string shortened(const std::string& line, std::size_t bytes);

/// Rows of cells as aligned columns, two spaces apart.
class Table {
public:
    explicit Table(std::vector<std::string> header);
    /// Colour of one cell; Plain where not given.
    void add(std::vector<std::string> cells, std::vector<Colour> colours = {});
    /// On a terminal the last column is cut so that every row fits.
    std::string fitted(Stream stream = Stream::Out) const;
    /// No cell is cut: for numbers.
    std::string whole(Stream stream = Stream::Out) const;

private:
    struct Row {
        std::vector<std::string> cells;
        std::vector<Colour> colours;
    };
    std::vector<std::size_t> widths() const;
    std::string text(const std::vector<std::size_t>& widths, Stream stream) const;

    std::vector<Row> rows_;
};

} // namespace attest::cli

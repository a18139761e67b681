#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace attest::report {

// Formulas and text as the target formats want them. A statement is LaTeX mathematics, or, where it
// contains dollar signs, text with inline mathematics between them.

/// A stretch of a statement: mathematics or text.
struct Piece {
    bool math = false;
    std::string content;
};
/// Splits at unescaped dollar signs; a statement without any is one piece of mathematics. An odd
/// number of dollar signs makes the whole statement text.
std::vector<Piece> split_statement(std::string_view statement);

/// Whether every brace is closed and every `\left` has its `\right`, as a typesetter needs.
bool is_balanced(std::string_view latex);

/// Where the group that opens at this brace ends; npos where it is not closed. Braces after a
/// backslash are signs.
std::size_t closing_brace(std::string_view latex, std::size_t open);

/// Mathematics that survives the Markdown reader of a forge: characters that Markdown would take
/// for its own are written as commands, and where that is not possible the form $`...`$ is used.
std::string forge_inline(std::string_view latex);
/// The same as a block of its own.
std::string forge_display(std::string_view latex);
/// A whole statement, as a block where it is mathematics, as a paragraph where it is text.
std::string forge_statement(std::string_view statement);

/// Plain text for Markdown, nothing in it being taken for markup or HTML; on one line.
std::string markdown_text(std::string_view text);
/// The same inside a table cell.
std::string markdown_cell(std::string_view text);
/// A code span, whatever backticks the text has.
std::string markdown_code(std::string_view text);

/// Mathematics as Unicode text with superscripts marked up for SVG: "\dot{\gamma}" -> "γ̇".
std::string svg_label(std::string_view latex);

/// Text for XML content and attributes; control characters that XML forbids become '?'.
std::string xml_text(std::string_view text);

/// Replaces every occurrence.
std::string replace_all(std::string text, std::string_view what, std::string_view with);

} // namespace attest::report

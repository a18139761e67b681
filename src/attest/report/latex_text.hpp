#pragma once

#include <string>
#include <string_view>

namespace attest::report {

/// Plain text for LaTeX: reserved characters escaped, Greek letters and signs of mathematics set as
/// mathematics, arrows and comparison signs written in ASCII set as signs, long words breakable.
std::string latex_text(std::string_view text);

/// An identifier or a command in typewriter type, breakable after punctuation.
std::string latex_code(std::string_view text);

/// A whole statement as a display: mathematics is set in one line where it fits, is scaled a little
/// or broken between terms where it does not. Mathematics with unclosed braces is printed as code.
std::string latex_statement(std::string_view statement);

/// A formula in running text; printed as code when its braces are not closed.
std::string latex_inline(std::string_view formula);

/// Text with mathematics between dollar signs.
std::string latex_mixed(std::string_view text);

/// A label of a plot: text, or mathematics where it looks like it.
std::string latex_label(std::string_view label);

/// A number with its power of ten, digits in groups of five, breakable between groups.
std::string latex_number(std::string_view number);

} // namespace attest::report

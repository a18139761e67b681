#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace attest::report {

// Files that a page carries along, embedded when the program is built.

std::string_view page_style();    ///< html/page.css
std::string_view math_script();   ///< html/math.js
std::string_view axes_script();   ///< html/axes.js
std::string_view plots_script();  ///< html/plots.js
std::string_view graph_script();  ///< html/graph.js
std::string_view claims_script(); ///< html/claims.js

/// A font of KaTeX in the format WOFF2.
struct EmbeddedFont {
    std::string_view family;
    std::string_view weight;
    std::string_view style;
    std::string_view data;
};
std::string_view katex_style(); ///< without its fonts
std::string_view katex_script();
std::string_view katex_version();
const std::vector<EmbeddedFont>& katex_fonts();

/// Base64 (RFC 4648, section 4).
std::string base64(std::string_view data);

/// The style sheet and the fonts of KaTeX as one text that needs no other file.
std::string katex_css();

} // namespace attest::report

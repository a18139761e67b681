#include "attest/report/math.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace attest::report {
namespace {

bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_word(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9');
}

/// A control sequence or a single character.
std::string_view next_token(std::string_view text)
{
    if (text.front() != '\\' || text.size() == 1) {
        return text.substr(0, 1);
    }
    std::size_t end = 1;
    while (end < text.size() && is_letter(text[end])) {
        ++end;
    }
    return text.substr(0, std::max<std::size_t>(end, 2));
}

/// Spellings without the punctuation that Markdown reads as markup.
std::string_view spelled_out(std::string_view token)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 14> commands = {{
        {"\\,", "\\thinspace "},
        {"\\;", "\\thickspace "},
        {"\\:", "\\medspace "},
        {"\\!", "\\negthinspace "},
        {"\\ ", "\\space "},
        {"\\{", "\\lbrace "},
        {"\\}", "\\rbrace "},
        {"\\|", "\\Vert "},
        {"\\\\", "\\cr "},
        {"|", "\\vert "},
        {"<", "\\lt "},
        {">", "\\gt "},
        {"*", "\\ast "},
        {"~", "\\space "},
    }};
    for (const auto& [sign, command] : commands) {
        if (sign == token) {
            return command;
        }
    }
    return token;
}

std::string spell_out(std::string_view latex)
{
    std::string out;
    while (!latex.empty()) {
        const std::string_view token = next_token(latex);
        out += spelled_out(token);
        latex.remove_prefix(token.size());
    }
    for (char& c : out) {
        if (c == '\n' || c == '\r' || c == '\t') {
            c = ' ';
        }
    }
    out = replace_all(out, "  ", " ");
    while (!out.empty() && out.back() == ' ') {
        out.pop_back();
    }
    return out;
}

/// An underscore after a letter or digit cannot open emphasis; after anything else it may.
bool markdown_may_touch(std::string_view math)
{
    for (std::size_t i = 0; i < math.size(); ++i) {
        if (math[i] == '_' && (i == 0 || !is_word(math[i - 1]))) {
            return true;
        }
        if (math[i] == '\\' && (i + 1 == math.size() || !is_letter(math[i + 1]))) {
            return true;
        }
        if (math[i] == '[' || math[i] == ']') {
            return true;
        }
    }
    return false;
}

} // namespace

std::vector<Piece> split_statement(std::string_view statement)
{
    std::vector<Piece> pieces(1);
    for (std::size_t i = 0; i < statement.size(); ++i) {
        if (statement[i] == '\\' && i + 1 < statement.size()) {
            pieces.back().content += statement.substr(i++, 2);
        } else if (statement[i] == '$') {
            pieces.push_back({!pieces.back().math, {}});
        } else {
            pieces.back().content += statement[i];
        }
    }
    if (pieces.size() == 1) {
        pieces.front().math = true;
    } else if (pieces.size() % 2 == 0) {
        return {{false, std::string(statement)}};
    }
    std::erase_if(pieces, [](const Piece& piece) { return piece.content.empty(); });
    return pieces;
}

bool is_balanced(std::string_view latex)
{
    int braces = 0;
    int fences = 0;
    while (!latex.empty()) {
        const std::string_view token = next_token(latex);
        latex.remove_prefix(token.size());
        braces += token == "{" ? 1 : token == "}" ? -1 : 0;
        fences += token == "\\left" ? 1 : token == "\\right" ? -1 : 0;
        // TeX knows no command named by a character beyond ASCII.
        const bool unknown = token.size() == 2 && static_cast<unsigned char>(token[1]) >= 0x80;
        if (unknown || braces < 0 || fences < 0 || token == "\\" || token == "#" || token == "%") {
            return false;
        }
    }
    return braces == 0 && fences == 0;
}

std::size_t closing_brace(std::string_view latex, std::size_t open)
{
    int depth = 0;
    for (std::size_t i = open; i < latex.size(); ++i) {
        if (latex[i] == '\\') {
            ++i;
        } else if (latex[i] == '{') {
            ++depth;
        } else if (latex[i] == '}' && --depth == 0) {
            return i;
        }
    }
    return std::string_view::npos;
}

std::string forge_inline(std::string_view latex)
{
    const std::string math = spell_out(latex);
    if (math.find('`') != std::string::npos || math.empty()) {
        return markdown_code(latex);
    }
    return markdown_may_touch(math) ? "$`" + math + "`$" : "$" + math + "$";
}

std::string forge_display(std::string_view latex)
{
    const std::string math = spell_out(latex);
    if (markdown_may_touch(math)) {
        return "```math\n" + replace_all(math, "```", "") + "\n```\n";
    }
    return "$$\n" + math + "\n$$\n";
}

std::string forge_statement(std::string_view statement)
{
    const std::vector<Piece> pieces = split_statement(statement);
    if (pieces.size() == 1 && pieces.front().math) {
        return forge_display(pieces.front().content);
    }
    std::string out;
    for (const Piece& piece : pieces) {
        out += piece.math ? forge_inline(piece.content) : markdown_text(piece.content);
    }
    return out + "\n";
}

std::string markdown_text(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        switch (c) {
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '&':
            out += "&amp;";
            break;
        case '|':
            out += "&#124;";
            break;
        case '$':
            out += "&#36;";
            break;
        case '\\':
        case '`':
        case '*':
        case '_':
        case '[':
        case ']':
        case '#':
        case '~':
            out += '\\';
            out += c;
            break;
        default:
            out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
        }
    }
    return out;
}

std::string markdown_cell(std::string_view text)
{
    return text.empty() ? "–" : markdown_text(text);
}

std::string markdown_code(std::string_view text)
{
    std::string flat(text);
    std::replace(flat.begin(), flat.end(), '\n', ' ');
    std::size_t run = 0;
    std::size_t longest = 0;
    for (const char c : flat) {
        run = c == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    const std::string fence(longest + 1, '`');
    const std::string pad = longest > 0 ? " " : "";
    return fence + pad + flat + pad + fence;
}

std::string xml_text(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        switch (c) {
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '&':
            out += "&amp;";
            break;
        case '"':
            out += "&quot;";
            break;
        default:
            out += static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' ? '?' : c;
        }
    }
    return out;
}

std::string replace_all(std::string text, std::string_view what, std::string_view with)
{
    for (std::size_t at = text.find(what); at != std::string::npos;
         at = text.find(what, at + with.size())) {
        text.replace(at, what.size(), with);
    }
    return text;
}

// --- labels ----------------------------------------------------------------------------------

namespace {

std::string_view symbol_of(std::string_view command)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 30> symbols = {{
        {"\\alpha", "α"},  {"\\beta", "β"}, {"\\gamma", "γ"},      {"\\delta", "δ"},
        {"\\theta", "θ"},  {"\\tau", "τ"},  {"\\sigma", "σ"},      {"\\pi", "π"},
        {"\\lambda", "λ"}, {"\\mu", "μ"},   {"\\varepsilon", "ε"}, {"\\infty", "∞"},
        {"\\le", "≤"},     {"\\leq", "≤"},  {"\\ge", "≥"},         {"\\geq", "≥"},
        {"\\equiv", "≡"},  {"\\sim", "∼"},  {"\\to", "→"},         {"\\cdot", "·"},
        {"\\times", "×"},  {"\\ln", "ln "}, {"\\log", "log "},     {"\\sin", "sin "},
        {"\\cos", "cos "}, {"\\quad", " "}, {"\\|", "‖"},          {"\\langle", "⟨"},
        {"\\rangle", "⟩"}, {"\\int", "∫"},
    }};
    for (const auto& [name, symbol] : symbols) {
        if (name == command) {
            return symbol;
        }
    }
    return {};
}

/// The argument that follows: a braced group or one token; taken off the text.
std::string_view take_argument(std::string_view& text)
{
    while (!text.empty() && text.front() == ' ') {
        text.remove_prefix(1);
    }
    if (text.empty()) {
        return {};
    }
    if (text.front() != '{') {
        const std::string_view token = next_token(text);
        text.remove_prefix(token.size());
        return token;
    }
    const std::size_t end = std::min(closing_brace(text, 0), text.size());
    const std::string_view inner = text.substr(1, end - 1);
    text.remove_prefix(std::min(end + 1, text.size()));
    return inner;
}

std::string shifted(std::string_view argument, const char* offset, const char* back)
{
    return fmt::format("<tspan dy=\"{}\" font-size=\"75%\">{}</tspan><tspan dy=\"{}\">\u200b"
                       "</tspan>",
                       offset, svg_label(argument), back);
}

/// On one line a part that has such signs stands in parentheses.
std::string grouped(std::string_view latex, std::string_view signs)
{
    // A single command such as \tau, or a root, keeps together without them.
    const bool one_command =
        latex.starts_with('\\') && latex.find_first_of("\\ +-", 1) == latex.npos;
    const bool simple = one_command || latex.find_first_of(signs) == std::string_view::npos;
    return simple ? svg_label(latex) : "(" + svg_label(latex) + ")";
}

} // namespace

std::string svg_label(std::string_view latex)
{
    std::string out;
    while (!latex.empty()) {
        const std::string_view token = next_token(latex);
        latex.remove_prefix(token.size());
        if (token == "^") {
            out += shifted(take_argument(latex), "-0.45em", "0.34em");
        } else if (token == "_") {
            out += shifted(take_argument(latex), "0.25em", "-0.19em");
        } else if (token == "\\dot") {
            out += svg_label(take_argument(latex)) + "\u0307";
        } else if (token == "\\frac" || token == "\\tfrac") {
            const std::string top = grouped(take_argument(latex), "+-");
            out += top + "/" + grouped(take_argument(latex), "+-\\ ");
        } else if (token == "\\sqrt") {
            out += "√" + grouped(take_argument(latex), "+-\\ ");
        } else if (token == "\\mathrm" || token == "\\text" || token == "\\textrm"
                   || token == "\\mathcal") {
            out += svg_label(take_argument(latex));
        } else if (token == "\\left" || token == "\\right" || token == "\\textstyle") {
            continue;
        } else if (token.front() == '\\') {
            const std::string_view symbol = symbol_of(token);
            const bool space = token == "\\," || token == "\\;" || token == "\\ ";
            out += !symbol.empty() ? std::string(symbol) : space ? " " : xml_text(token.substr(1));
            // The blank that ends a command's name before a letter is no blank of the formula.
            if (token.size() > 2 && latex.size() > 1 && latex[0] == ' ' && is_word(latex[1])) {
                latex.remove_prefix(1);
            }
        } else if (token != "{" && token != "}" && token != "$") {
            out += xml_text(token);
        }
    }
    return out;
}

} // namespace attest::report

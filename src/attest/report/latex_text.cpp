#include "attest/report/latex_text.hpp"

#include "attest/report/decimal.hpp"
#include "attest/report/math.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace attest::report {
namespace {

struct Sign {
    std::string_view utf8;
    std::string_view math;
};

// Characters beyond Latin that occur in mathematics; the rest is printed by its code point.
constexpr std::array<Sign, 64> signs = {{
    {"α", "\\alpha"},      {"β", "\\beta"},    {"γ", "\\gamma"}, {"δ", "\\delta"},
    {"ε", "\\varepsilon"}, {"ζ", "\\zeta"},    {"η", "\\eta"},   {"θ", "\\theta"},
    {"κ", "\\kappa"},      {"λ", "\\lambda"},  {"μ", "\\mu"},    {"ν", "\\nu"},
    {"ξ", "\\xi"},         {"π", "\\pi"},      {"ρ", "\\rho"},   {"σ", "\\sigma"},
    {"τ", "\\tau"},        {"φ", "\\varphi"},  {"χ", "\\chi"},   {"ψ", "\\psi"},
    {"ω", "\\omega"},      {"Γ", "\\Gamma"},   {"Δ", "\\Delta"}, {"Θ", "\\Theta"},
    {"Λ", "\\Lambda"},     {"Σ", "\\Sigma"},   {"Φ", "\\Phi"},   {"Ω", "\\Omega"},
    {"≤", "\\le"},         {"≥", "\\ge"},      {"≠", "\\ne"},    {"≈", "\\approx"},
    {"≡", "\\equiv"},      {"∼", "\\sim"},     {"→", "\\to"},    {"↦", "\\mapsto"},
    {"⇒", "\\Rightarrow"}, {"∞", "\\infty"},   {"∈", "\\in"},    {"∉", "\\notin"},
    {"⊂", "\\subset"},     {"∪", "\\cup"},     {"∩", "\\cap"},   {"∀", "\\forall"},
    {"∃", "\\exists"},     {"∂", "\\partial"}, {"∇", "\\nabla"}, {"∫", "\\int"},
    {"∑", "\\sum"},        {"∏", "\\prod"},    {"√", "\\surd"},  {"‖", "\\|"},
    {"⟨", "\\langle"},     {"⟩", "\\rangle"},  {"−", "-"},       {"·", "\\cdot"},
    {"×", "\\times"},      {"±", "\\pm"},      {"₀", "_0"},      {"₁", "_1"},
    {"₂", "_2"},           {"²", "^2"},        {"³", "^3"},      {"∗", "\\ast"},
}};

/// The next character as its bytes; a stray byte counts as one character.
std::string_view next_character(std::string_view text)
{
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    return text.substr(0, std::min(length, text.size()));
}

unsigned code_point(std::string_view character)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
    unsigned value = 0;
    switch (character.size()) {
    case 1:
        return byte(0);
    case 2:
        value = byte(0) & 0x1fU;
        break;
    case 3:
        value = byte(0) & 0x0fU;
        break;
    default:
        value = byte(0) & 0x07U;
    }
    for (std::size_t i = 1; i < character.size(); ++i) {
        value = (value << 6U) | (byte(i) & 0x3fU);
    }
    return value;
}

/// Latin letters with accents and the dashes and quotes that inputenc knows with the T1 fonts.
bool is_typeset(unsigned code)
{
    return (code >= 0xc0 && code <= 0x17e && code != 0xd7 && code != 0xf7) || code == 0xa7
           || code == 0xa0 || (code >= 0x2013 && code <= 0x2014)
           || (code >= 0x2018 && code <= 0x201d) || code == 0x2026;
}

std::string beyond_ascii(std::string_view character)
{
    for (const Sign& sign : signs) {
        if (sign.utf8 == character) {
            return fmt::format("\\ensuremath{{{}}}", sign.math);
        }
    }
    const unsigned code = code_point(character);
    if (is_typeset(code)) {
        return std::string(character);
    }
    return fmt::format("\\texttt{{[U+{:04X}]}}", code);
}

std::string_view escaped(char c)
{
    static constexpr std::array<std::pair<char, std::string_view>, 16> escapes = {{
        {'\\', "\\textbackslash{}"},
        {'{', "\\{"},
        {'}', "\\}"},
        {'$', "\\$"},
        {'&', "\\&"},
        {'#', "\\#"},
        {'%', "\\%"},
        {'_', "\\_"},
        {'^', "\\textasciicircum{}"},
        {'~', "\\textasciitilde{}"},
        {'<', "\\textless{}"},
        {'>', "\\textgreater{}"},
        {'|', "\\textbar{}"},
        {'"', "\\textquotedbl{}"},
        {'`', "\\textasciigrave{}"},
        {'\'', "\\textquotesingle{}"},
    }};
    for (const auto& [sign, replacement] : escapes) {
        if (sign == c) {
            return replacement;
        }
    }
    return {};
}

void append_character(std::string& out, std::string_view character)
{
    if (character.size() > 1 || static_cast<unsigned char>(character.front()) >= 0x80) {
        out += beyond_ascii(character);
    } else if (const std::string_view replacement = escaped(character.front());
               !replacement.empty()) {
        out += replacement;
    } else {
        out += static_cast<unsigned char>(character.front()) < 0x20 ? ' ' : character.front();
    }
}

/// Comparison signs and arrows as they are typed in plain text.
std::string_view ascii_sign(std::string_view text, std::string_view& math)
{
    static constexpr std::array<Sign, 9> ascii = {{
        {"+/-", "\\pm"},
        {"<->", "\\leftrightarrow"},
        {"->", "\\to"},
        {"=>", "\\Rightarrow"},
        {"<=", "\\le"},
        {">=", "\\ge"},
        {"!=", "\\ne"},
        {"<", "<"},
        {">", ">"},
    }};
    for (const Sign& sign : ascii) {
        if (text.starts_with(sign.utf8)) {
            math = sign.math;
            return sign.utf8;
        }
    }
    return {};
}

std::size_t word_length(std::string_view text)
{
    return std::min(text.find(' '), text.size());
}

constexpr std::size_t long_word = 14;
constexpr std::size_t digit_group = 5;

} // namespace

std::string latex_text(std::string_view text)
{
    std::string out;
    std::size_t word_left = 0;
    std::size_t digits = 0;
    bool breakable = false;
    while (!text.empty()) {
        if (word_left == 0) {
            word_left = word_length(text);
            breakable = word_left > long_word;
        }
        std::string_view math;
        std::string_view taken = ascii_sign(text, math);
        if (!taken.empty()) {
            out += fmt::format("\\ensuremath{{{}}}", math);
        } else {
            taken = next_character(text);
            append_character(out, taken);
        }
        digits = taken.back() >= '0' && taken.back() <= '9' ? digits + 1 : 0;
        const bool after_sign =
            std::string_view(",=+)/;:}]<>|").find(taken.back()) != std::string_view::npos;
        const bool after_digits = digits > 0 && digits % digit_group == 0;
        if (breakable && (after_sign || after_digits)) {
            out += "\\allowbreak{}";
        }
        word_left -= std::min(word_left, taken.size());
        text.remove_prefix(taken.size());
    }
    return out;
}

std::string latex_code(std::string_view text)
{
    std::string out = "\\texttt{";
    std::size_t digits = 0;
    while (!text.empty()) {
        const std::string_view character = next_character(text);
        text.remove_prefix(character.size());
        if (character == "-") {
            // Keeps "--" from becoming a dash.
            out += "-{}\\allowbreak{}";
            continue;
        }
        append_character(out, character);
        digits = character >= "0" && character <= "9" ? digits + 1 : 0;
        const bool after_digits = digits > 0 && digits % (2 * digit_group) == 0;
        if (after_digits || std::string_view("/,=_;:.").find(character) != std::string_view::npos) {
            out += "\\allowbreak{}";
        }
    }
    return out + "}";
}

namespace {

/// Unicode inside mathematics as commands.
std::string math_source(std::string_view formula)
{
    std::string out;
    while (!formula.empty()) {
        const std::string_view character = next_character(formula);
        formula.remove_prefix(character.size());
        const auto* const found = std::find_if(
            signs.begin(), signs.end(), [&](const Sign& sign) { return sign.utf8 == character; });
        if (found != signs.end()) {
            out += fmt::format("{{{}}}", found->math);
        } else if (static_cast<unsigned char>(character.front()) >= 0x80) {
            out += "\\mbox{" + beyond_ascii(character) + "}";
        } else {
            out += character == "\n" ? " " : character;
        }
    }
    return out;
}

bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

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

bool starts_term(std::string_view token)
{
    static constexpr std::array<std::string_view, 22> tokens = {"+",
                                                                "-",
                                                                "=",
                                                                "<",
                                                                ">",
                                                                "\\le",
                                                                "\\leq",
                                                                "\\ge",
                                                                "\\geq",
                                                                "\\to",
                                                                "\\sim",
                                                                "\\asymp",
                                                                "\\approx",
                                                                "\\equiv",
                                                                "\\ne",
                                                                "\\quad",
                                                                "\\qquad",
                                                                "\\text",
                                                                "\\Rightarrow",
                                                                "\\iff",
                                                                "\\colon",
                                                                "\\Longleftrightarrow"};
    return std::find(tokens.begin(), tokens.end(), token) != tokens.end();
}

/// The formula cut before every sign of addition and relation that stands outside all brackets.
std::vector<std::string> terms(std::string_view formula)
{
    std::vector<std::string> found(1);
    int depth = 0;
    bool operand_seen = false;
    while (!formula.empty()) {
        const std::string_view token = next_token(formula);
        formula.remove_prefix(token.size());
        if (depth == 0 && operand_seen && starts_term(token)) {
            found.emplace_back();
            operand_seen = token == "\\text";
        } else if (token != " ") {
            operand_seen = operand_seen || !starts_term(token);
        }
        const bool opens = token == "{" || token == "\\left" || token == "(" || token == "[";
        const bool closes = token == "}" || token == "\\right" || token == ")" || token == "]";
        // "\left(" opens twice and "\right)" closes twice.
        depth += opens ? 1 : closes ? -1 : 0;
        found.back() += token;
    }
    return found;
}

/// A term that starts with words has them as text, which lines can break; mathematics stays whole.
std::string breakable_term(std::string_view term)
{
    constexpr std::string_view words = "\\text{";
    std::string out;
    if (term.starts_with(words)) {
        const std::size_t end = std::min(closing_brace(term, words.size() - 1), term.size());
        out = fmt::format("{} ", term.substr(words.size(), end - words.size()));
        term.remove_prefix(std::min(end + 1, term.size()));
    }
    if (term.find_first_not_of(' ') != std::string_view::npos) {
        out += fmt::format("\\attestterm{{{}}} ", term);
    }
    return out;
}

} // namespace

std::string latex_inline(std::string_view formula)
{
    if (!is_balanced(formula)) {
        return latex_code(formula);
    }
    return "$" + math_source(formula) + "$";
}

std::string latex_statement(std::string_view statement)
{
    const std::vector<Piece> pieces = split_statement(statement);
    if (pieces.size() == 1 && pieces.front().math) {
        if (!is_balanced(statement)) {
            return "\\begin{quote}" + latex_code(statement) + "\\end{quote}\n";
        }
        const std::string whole = math_source(statement);
        std::string broken;
        for (const std::string& term : terms(whole)) {
            broken += breakable_term(term);
        }
        return fmt::format("\\attestformula{{{}}}{{{}}}\n", whole, broken);
    }
    return "\\begin{quote}" + latex_mixed(statement) + "\\end{quote}\n";
}

std::string latex_mixed(std::string_view text)
{
    if (text.find('$') == std::string_view::npos) {
        return latex_text(text);
    }
    std::string out;
    for (const Piece& piece : split_statement(text)) {
        out += piece.math ? latex_inline(piece.content) : latex_text(piece.content);
    }
    return out;
}

std::string latex_label(std::string_view label)
{
    if (label.find('$') == std::string_view::npos) {
        const bool math =
            label.size() <= 2 || label.find_first_of("\\^_=") != std::string_view::npos;
        return math && !label.empty() ? latex_inline(label) : latex_text(label);
    }
    return latex_mixed(label);
}

std::string latex_number(std::string_view number)
{
    const Scientific parts = split_exponent(number);
    std::string out;
    const std::size_t dot = parts.significand.find('.');
    for (std::size_t i = 0; i < parts.significand.size(); ++i) {
        const char c = parts.significand[i];
        if (dot != std::string::npos && i > dot + 1 && (i - dot - 1) % 5 == 0) {
            out += "\\digitgap ";
        }
        out += c == '-' ? "$-$" : std::string(1, c);
    }
    if (parts.exponent != 0) {
        out += fmt::format("\\,$\\cdot 10^{{{}}}$", parts.exponent);
    }
    return out;
}

} // namespace attest::report

#include "attest/report/html/parts.hpp"
#include "attest/report/markdown.hpp"
#include "attest/report/math.hpp"
#include "attest/report/overview.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>

namespace attest::report {

using namespace ledger;

namespace {

constexpr std::string_view wide_space = "\u2003";

/// A command of space or a blank at the front or the end; empty where there is none.
std::string_view outer_space(std::string_view latex, bool front)
{
    // "\\ " stands before " ", so that its blank is not taken alone.
    static constexpr std::array<std::string_view, 6> spaces = {"\\qquad", "\\quad", "\\,",
                                                               "\\;",     "\\ ",    " "};
    for (const std::string_view space : spaces) {
        if (front ? latex.starts_with(space) : latex.ends_with(space)) {
            return space;
        }
    }
    return {};
}

/// Mathematics; spaces at its ends become spaces of the text around it.
void put_mathematics(std::string& out, std::string_view latex)
{
    const auto strip = [&](bool front) {
        std::string_view put;
        for (std::string_view space = outer_space(latex, front); !space.empty();
             space = outer_space(latex, front)) {
            const std::size_t size = space.size();
            front ? latex.remove_prefix(size) : latex.remove_suffix(size);
            put = space.ends_with("quad") || put == wide_space ? wide_space : " ";
        }
        return put;
    };
    out += strip(true);
    const std::string_view after = strip(false);
    if (!latex.empty()) {
        out += fmt::format("<span class=\"m\">{}</span>", html_text(latex));
    }
    out += after;
}

bool binds_to_script(std::string_view before, std::string_view after)
{
    while (before.ends_with(' ')) {
        before.remove_suffix(1);
    }
    return before.ends_with('^') || before.ends_with('_') || after.starts_with('^')
           || after.starts_with('_');
}

/// Mathematics whose words outside all braces may be set as text.
void put_breakable(std::string& out, std::string_view latex)
{
    constexpr std::string_view command = "\\text{";
    const bool whole = latex.find("\\begin") != std::string_view::npos;
    int depth = 0;
    std::size_t start = 0;
    for (std::size_t i = 0; !whole && i < latex.size(); ++i) {
        const std::string_view rest = latex.substr(i);
        if (rest.starts_with(command) && depth == 0) {
            const std::size_t end = closing_brace(latex, i + command.size() - 1);
            if (end == std::string_view::npos) {
                break;
            }
            const std::string_view words =
                latex.substr(i + command.size(), end - i - command.size());
            const bool plain = words.find_first_of("\\${}") == std::string_view::npos;
            if (plain && !binds_to_script(latex.substr(0, i), latex.substr(end + 1))) {
                put_mathematics(out, latex.substr(start, i - start));
                out += html_text(replace_all(std::string(words), "~", "\u00a0"));
                start = end + 1;
            }
            i = end;
        } else if (rest.starts_with("\\left") && !rest.starts_with("\\leftarrow")) {
            ++depth;
            i += 4;
        } else if (rest.starts_with("\\right") && !rest.starts_with("\\rightarrow")) {
            --depth;
            i += 5;
        } else if (latex[i] == '\\') {
            ++i;
        } else {
            depth += latex[i] == '{' ? 1 : latex[i] == '}' ? -1 : 0;
        }
    }
    put_mathematics(out, latex.substr(start));
}

} // namespace

PageContext::PageContext(const Results& all) : results(all), timings(has_timings(all))
{
    for (const ClaimResult& claim : results.claims) {
        ids.insert(claim.id);
        for (const std::string& step : claim.depends_on) {
            used_by[step].push_back(claim.id);
        }
    }
}

std::string html_text(std::string_view text)
{
    return xml_text(text);
}

std::string html_statement(std::string_view statement)
{
    std::string out;
    for (const Piece& piece : split_statement(statement)) {
        if (!piece.math) {
            out += html_text(piece.content);
        } else if (!is_balanced(piece.content)) {
            out += fmt::format("<code>{}</code>", html_text(piece.content));
        } else {
            put_breakable(out, piece.content);
        }
    }
    return out;
}

std::string json_string(std::string_view text)
{
    return nlohmann::json(std::string(text))
        .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string label_json(std::string_view label, bool mathematics)
{
    std::string out = "[";
    const std::vector<Piece> pieces = mathematics || label.find('$') != std::string_view::npos
                                          ? split_statement(label)
                                          : std::vector<Piece>{{false, std::string(label)}};
    for (const Piece& piece : pieces) {
        out += fmt::format("{}{{\"math\":{},\"text\":{}}}", out.size() > 1 ? "," : "",
                           piece.math && is_balanced(piece.content), json_string(piece.content));
    }
    return out + "]";
}

std::string script_json(std::string json)
{
    // Inside strings only, where a reader of JSON takes \u003c for '<'.
    return replace_all(std::move(json), "<", "\\u003c");
}

std::string_view verdict_sign(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Holds:
        return "✓";
    case Verdict::Fails:
        return "✗";
    case Verdict::Undecided:
        return "?";
    case Verdict::Disagreement:
        return "⇄";
    case Verdict::NotChecked:
        break;
    }
    return "–";
}

std::string verdict_badge(Verdict verdict)
{
    return fmt::format("<span class=\"v {0}\"><span aria-hidden=\"true\">{1}</span> {0}</span>",
                       to_string(verdict), verdict_sign(verdict));
}

std::string claim_link(const PageContext& page, const std::string& id)
{
    return page.ids.contains(id)
               ? fmt::format("<a class=\"id\" href=\"#{}\">{}</a>", claim_anchor(id), html_text(id))
               : fmt::format("<span class=\"id\">{}</span>", html_text(id));
}

std::string claim_links(const PageContext& page, const std::vector<std::string>& ids)
{
    std::string out;
    for (const std::string& id : ids) {
        out += (out.empty() ? "" : ", ") + claim_link(page, id);
    }
    return out;
}

} // namespace attest::report

#include "attest/report/certificates.hpp"
#include "attest/report/decimal.hpp"
#include "attest/report/html/parts.hpp"
#include "attest/report/markdown.hpp"
#include "attest/report/overview.hpp"

#include <fmt/format.h>

namespace attest::report {

using namespace ledger;

namespace {

/// The number as a link to the claims that it counts.
std::string count_cell(int count, const std::string& filter, std::string_view meaning)
{
    return count == 0 ? "<td class=\"n none\">·</td>"
                      : fmt::format("<td class=\"n\"><a href=\"#?{}\" title=\"{}\">{}</a></td>",
                                    filter, html_text(meaning), count);
}

std::string counts_table(const Tally& table)
{
    std::string out = "<table class=\"counts\"><caption>Statements as printed, by verdict and "
                      "strength of the evidence</caption><thead><tr><th scope=\"col\">verdict</th>";
    for (const Strength strength : strength_order) {
        out += fmt::format("<th scope=\"col\" class=\"n\">{}</th>",
                           strength == Strength::None ? "no evidence" : to_string(strength));
    }
    out += "<th scope=\"col\" class=\"n\">all</th></tr></thead><tbody>";
    for (std::size_t row = 0; row < verdict_order.size(); ++row) {
        const std::string_view verdict = to_string(verdict_order[row]);
        out += fmt::format("<tr><th scope=\"row\">{}</th>", verdict_badge(verdict_order[row]));
        for (std::size_t column = 0; column < strength_order.size(); ++column) {
            const std::string_view strength = to_string(strength_order[column]);
            out += count_cell(table.counts[row][column],
                              fmt::format("verdict={}&amp;strength={}", verdict, strength),
                              fmt::format("{}, {}", verdict, strength));
        }
        out +=
            count_cell(table.verdict(row), fmt::format("verdict={}", verdict), verdict) + "</tr>";
    }
    out += "</tbody><tfoot><tr><th scope=\"row\">all</th>";
    for (std::size_t column = 0; column < strength_order.size(); ++column) {
        const std::string_view strength = to_string(strength_order[column]);
        out += count_cell(table.strength(column), fmt::format("strength={}", strength), strength);
    }
    return out + fmt::format("<td class=\"n\">{}</td></tr></tfoot></table>", table.total());
}

/// One small square a claim, unit by unit: the whole paper at a glance.
std::string paper_map(const PageContext& page)
{
    std::string out = "<h3 id=\"map\">The paper, statement by statement</h3>\n<ol class=\"map\" "
                      "aria-labelledby=\"map\">\n";
    for (const Group& group : groups(page.results)) {
        out += fmt::format("<li><span class=\"unit\">{}</span><span class=\"squares\">",
                           html_text(group.title));
        for (const ClaimResult* claim : group.claims) {
            const Verdict verdict = claim->as_stated.verdict;
            out += fmt::format("<a class=\"{0}\" href=\"#{1}\" title=\"{2}: {0}\" "
                               "aria-label=\"{2}: {0}\">{3}</a>",
                               to_string(verdict), claim_anchor(claim->id), html_text(claim->id),
                               verdict == Verdict::Holds ? "" : verdict_sign(verdict));
        }
        out += "</span></li>\n";
    }
    return out + "</ol>\n";
}

std::string lead(const PageContext& page, const Tally& table)
{
    const Totals sums = totals(page.results);
    std::string out = fmt::format(
        "<p class=\"lead\">Of {} statements, <a href=\"#?verdict=holds\" "
        "class=\"holds\">{} hold</a> as printed, <a href=\"#errata\" "
        "class=\"fails\">{} fail</a>, {} {} undecided and {} {} not "
        "checked.",
        table.total(), table.of(Verdict::Holds), table.of(Verdict::Fails),
        table.of(Verdict::Undecided), table.of(Verdict::Undecided) == 1 ? "is" : "are",
        table.of(Verdict::NotChecked), table.of(Verdict::NotChecked) == 1 ? "was" : "were");
    if (sums.amended > 0) {
        out += fmt::format(" Amended statements: {} given, of which {} hold.", sums.amended,
                           sums.amended_hold);
    }
    const std::size_t contradictions = disagreements(page.results).size();
    out += contradictions == 0
               ? " No two routes contradict each other."
               : fmt::format(" <strong><a href=\"#conflicts\">In {} {} two routes contradict each "
                             "other</a>: a defect of the suite.</strong>",
                             contradictions, contradictions == 1 ? "claim" : "claims");
    return out
           + fmt::format("</p>\n<p>Of {} faults planted in the checks themselves, {} were caught; "
                         "{}.</p>\n",
                         sums.planted, sums.caught, html_text(certificates_summary(page.results)));
}

std::string proportions(const Tally& table)
{
    std::string out = "<div class=\"proportions\" aria-hidden=\"true\">";
    for (std::size_t row = 0; row < verdict_order.size(); ++row) {
        if (const int count = table.verdict(row); count > 0) {
            out += fmt::format("<span class=\"{}\" style=\"flex-grow:{}\"></span>",
                               to_string(verdict_order[row]), count);
        }
    }
    return out + "</div>\n";
}

} // namespace

std::string overview_html(const PageContext& page)
{
    const Tally table = tally(page.results);
    return "<section id=\"overview\" aria-labelledby=\"h-overview\">\n<h2 id=\"h-overview\">"
           "Overview</h2>\n"
           + lead(page, table) + proportions(table)
           + "<div class=\"scroll\" role=\"region\" aria-label=\"Counts\" tabindex=\"0\">"
           + counts_table(table)
           + "</div>\n<p class=\"key\"><b>exact</b> algebra over the rationals · <b>enclosed</b> "
             "ball arithmetic, rounded outward · <b>numeric</b> independent computations agree to "
             "the digits given · <b>statistical</b> a confidence statement; all of a report hold "
             "together with at least 95 %. A statement that fails "
             "is a finding about the text; its reason stands beside it.</p>\n"
           + paper_map(page) + "</section>\n";
}

std::string constants_html(const PageContext& page)
{
    if (page.results.constants.empty()) {
        return "";
    }
    std::string out =
        "<section id=\"constants\" aria-labelledby=\"h-constants\">\n<h2 id=\"h-constants\">"
        "Measured constants</h2>\n<p>Each constant lies within the radius of the value given.</p>\n"
        "<div class=\"scroll tall\" role=\"region\" aria-labelledby=\"h-constants\" "
        "tabindex=\"0\"><table><thead><tr><th scope=\"col\">scheme</th><th scope=\"col\">law</th>"
        "<th scope=\"col\" class=\"n\">n</th><th scope=\"col\" class=\"n\">β</th>"
        "<th scope=\"col\" class=\"n\">r₀</th><th scope=\"col\">further</th>"
        "<th scope=\"col\">value</th><th scope=\"col\">radius</th>"
        "<th scope=\"col\" class=\"n\">digits</th></tr></thead><tbody>\n";
    for (const ConstantRow& row : page.results.constants) {
        out += fmt::format(
            "<tr><th scope=\"row\">{}</th><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td>"
            "<td class=\"n\">{}</td><td>{}</td><td class=\"number\">{}</td>"
            "<td class=\"number\">{}</td><td class=\"n\">{}</td></tr>\n",
            html_text(row.scheme), html_statement(row.law), html_text(row.n), html_text(row.beta),
            html_text(row.r0), html_text(row.extra), html_text(row.mid),
            html_text(shorten(row.rad, 2, Rounding::Up)), row.digits);
    }
    return out + "</tbody></table></div>\n</section>\n";
}

} // namespace attest::report

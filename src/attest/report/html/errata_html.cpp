#include "attest/report/html/parts.hpp"
#include "attest/report/overview.hpp"

#include <fmt/format.h>

namespace attest::report {

using namespace ledger;

namespace {

std::string reading(const char* title, const std::string& statement)
{
    return fmt::format("<div><h4>{}</h4><p class=\"statement\">{}</p></div>", title, statement);
}

std::string erratum(const PageContext& page, const ClaimResult& claim)
{
    std::string out =
        fmt::format("<li><h3>{}</h3> {} <span class=\"quiet\">{}</span>", html_text(claim.where),
                    claim_link(page, claim.id), to_string(claim.as_stated.strength));
    out += fmt::format("<p>{}</p><div class=\"pair\">", html_text(claim.summary));
    if (!claim.statement.empty()) {
        out += reading("As printed", html_statement(claim.statement));
    }
    if (claim.amended) {
        const Judgement& judgement = claim.amended->judgement;
        out += reading(judgement.verdict == Verdict::Holds ? "Holds instead" : "Amended",
                       html_statement(claim.amended->statement));
    } else {
        out += reading("Instead", "no amended statement is known");
    }
    out += "</div>";
    if (const auto why = refutations(claim.as_stated); !why.empty()) {
        out += fmt::format("<p class=\"why\">{}</p>", html_text(why.front()->detail));
    }
    if (claim.as_stated.counterexample) {
        out += "<details class=\"more\"><summary>Counterexample</summary>"
               + counterexample_html(*claim.as_stated.counterexample) + "</details>";
    }
    return out + "</li>\n";
}

} // namespace

std::string errata_html(const PageContext& page)
{
    const auto failing = with_verdict(page.results, Verdict::Fails);
    std::string out = fmt::format(
        "<section id=\"errata\" aria-labelledby=\"h-errata\">\n<h2 id=\"h-errata\">Errata</h2>\n"
        "<p>{}</p>\n",
        failing.empty() ? "No statement fails."
                        : "Statements that do not hold as printed, in the order of the paper, each "
                          "beside the nearest one that does.");
    if (failing.empty()) {
        return out + "</section>\n";
    }
    out += "<ol class=\"errata\">\n";
    for (const ClaimResult* claim : failing) {
        out += erratum(page, *claim);
    }
    return out + "</ol>\n</section>\n";
}

std::string conflicts_html(const PageContext& page)
{
    const auto contradicted = disagreements(page.results);
    const auto weak = weak_checks(page.results);
    if (contradicted.empty() && weak.empty()) {
        return "";
    }
    std::string out = "<section id=\"conflicts\" aria-labelledby=\"h-conflicts\">\n"
                      "<h2 id=\"h-conflicts\">Disagreements and weak checks</h2>\n<ul>\n";
    for (const ClaimResult* claim : contradicted) {
        out += fmt::format("<li>{}: two routes contradict each other</li>\n",
                           claim_link(page, claim->id));
    }
    for (const ClaimResult* claim : weak) {
        for (const Survivor& survivor : claim->controls.survivors) {
            out += fmt::format("<li>{}: planted fault not caught: {} ({})</li>\n",
                               claim_link(page, claim->id), html_text(survivor.change),
                               html_text(survivor.why));
        }
    }
    return out + "</ul>\n</section>\n";
}

} // namespace attest::report

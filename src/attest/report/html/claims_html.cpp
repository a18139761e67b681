#include "attest/report/certificates.hpp"
#include "attest/report/decimal.hpp"
#include "attest/report/html/parts.hpp"
#include "attest/report/markdown.hpp"
#include "attest/report/overview.hpp"

#include <fmt/format.h>

#include <filesystem>

namespace attest::report {

using namespace ledger;

namespace {

std::string entry(const char* term, const std::string& html)
{
    return html.empty() ? "" : fmt::format("<div><dt>{}</dt><dd>{}</dd></div>", term, html);
}

std::string evidence_item(const Evidence& item)
{
    std::string facts = fmt::format("<b class=\"{0}\">{0}</b>", to_string(item.outcome));
    const auto add = [&](const std::string& text) {
        facts += text.empty() ? "" : " · " + html_text(text);
    };
    add(item.strength == Strength::None ? "" : std::string(to_string(item.strength)));
    add(scope_text(item.scope));
    add(item.digits ? fmt::format("{} digits", *item.digits) : "");
    add(item.carries ? "" : "supporting only");
    add(certificates_text(item));
    std::string out =
        fmt::format("<li><span class=\"route\">{}:</span> {}", html_text(item.route), facts);
    if (!item.detail.empty()) {
        out += fmt::format("<p>{}</p>", html_text(item.detail));
    }
    for (const LimitPlot& plot : item.plots) {
        out += limit_plot_html(plot);
    }
    return out + "</li>";
}

/// One reading of the claim, printed or amended: statement, judgement, evidence.
std::string reading(const char* title, const std::string& statement, const Judgement& judgement)
{
    std::string out =
        fmt::format("<section><h5>{} {}</h5>", title, verdict_badge(judgement.verdict));
    if (!statement.empty()) {
        out += fmt::format("<p class=\"statement\">{}</p>", html_statement(statement));
    }
    out += "<dl>";
    out += entry("strength", judgement.strength == Strength::None
                                 ? ""
                                 : std::string(to_string(judgement.strength)));
    out += entry("scope", html_text(scope_text(judgement.scope)));
    out += entry("slack", judgement.slack ? slack_bar(judgement) + " <span class=\"number\">"
                                                + html_text(slack_text(judgement)) + "</span>"
                                          : "");
    out += entry("digits", judgement.digits ? std::to_string(*judgement.digits) : "");
    out += entry("confidence", judgement.confidence ? html_text(*judgement.confidence) : "");
    out += "</dl>";
    if (judgement.counterexample) {
        out += "<h6>Counterexample</h6>" + counterexample_html(*judgement.counterexample);
    }
    if (!judgement.evidence.empty()) {
        out += "<h6>Evidence</h6><ul class=\"evidence\">";
        for (const Evidence& item : judgement.evidence) {
            out += evidence_item(item);
        }
        out += "</ul>";
    }
    return out + "</section>";
}

/// The folder of the claim's certificates, where they were written.
std::string certificate_folder(const ClaimResult& claim)
{
    for (const Judgement* judgement :
         {&claim.as_stated, claim.amended ? &claim.amended->judgement : nullptr}) {
        for (std::size_t k = 0; judgement != nullptr && k < judgement->evidence.size(); ++k) {
            const auto& certificates = judgement->evidence[k].certificates;
            if (!certificates.empty() && !certificates.front().file.empty()) {
                return std::filesystem::path(certificates.front().file).parent_path().string();
            }
        }
    }
    return "";
}

std::string survivors(const Controls& controls)
{
    std::string out;
    for (const Survivor& survivor : controls.survivors) {
        out += fmt::format("<li>{}: {}</li>", html_text(survivor.change), html_text(survivor.why));
    }
    return out.empty() ? "" : "<ul>" + out + "</ul>";
}

std::string facts(const PageContext& page, const ClaimResult& claim)
{
    std::string out = "<dl class=\"facts\">";
    out += entry("where", html_text(claim.where));
    out += entry("kind", html_text(claim.kind));
    out += entry("hypotheses", html_text(claim.domain));
    out += entry("witness", html_text(claim.witness));
    out += entry("planted faults",
                 claim.controls.planted == 0
                     ? "none"
                     : fmt::format("{} caught of {}", claim.controls.caught, claim.controls.planted)
                           + survivors(claim.controls));
    out += entry("rests on", claim_links(page, claim.depends_on));
    const auto users = page.used_by.find(claim.id);
    out += entry("used by", users == page.used_by.end() ? "" : claim_links(page, users->second));
    if (const std::string folder = certificate_folder(claim); !folder.empty()) {
        out += entry("certificates", "<code>" + html_text(folder) + "/</code>");
    }
    out += entry("precision", claim.bits ? fmt::format("{} bits", *claim.bits) : "");
    out += entry("time", page.timings ? show_seconds(claim.seconds) + " s" : "");
    out += entry("note", html_text(claim.note));
    return out + "</dl>";
}

std::string card(const PageContext& page, const ClaimResult& claim, const std::string& unit)
{
    const Judgement& judgement = claim.as_stated;
    std::string out = fmt::format(
        "<article class=\"claim\" id=\"{}\" data-id=\"{}\" data-verdict=\"{}\" data-strength=\"{}\""
        " data-unit=\"{}\" data-kind=\"{}\"><details><summary>{}<h4 class=\"id\">{}</h4>",
        claim_anchor(claim.id), html_text(claim.id), to_string(judgement.verdict),
        to_string(judgement.strength), html_text(unit), html_text(claim.kind),
        verdict_badge(judgement.verdict), html_text(claim.id));
    out += fmt::format("<span class=\"quiet\">{}{}</span><span class=\"sum\">{}</span></summary>",
                       judgement.strength == Strength::None ? "" : to_string(judgement.strength),
                       claim.controls.planted == 0
                           ? ""
                           : fmt::format(" <span title=\"planted faults caught\">{}</span>",
                                         controls_text(claim.controls)),
                       html_text(claim.summary));
    out += "<div class=\"pair\">" + reading("As printed", claim.statement, judgement);
    if (claim.amended) {
        out += reading("As amended", claim.amended->statement, claim.amended->judgement);
    }
    return out + "</div>" + facts(page, claim) + "</details></article>\n";
}

std::string choice(const char* name, const char* label,
                   const std::vector<std::pair<std::string, std::string>>& options)
{
    std::string out =
        fmt::format("<label>{}<select name=\"{}\"><option value=\"\">all</option>", label, name);
    for (const auto& [value, text] : options) {
        out += fmt::format("<option value=\"{}\">{}</option>", html_text(value), html_text(text));
    }
    return out + "</select></label>";
}

std::string filter_form(const PageContext& page)
{
    std::vector<std::pair<std::string, std::string>> verdicts;
    for (const Verdict verdict : verdict_order) {
        verdicts.emplace_back(to_string(verdict), to_string(verdict));
    }
    std::vector<std::pair<std::string, std::string>> strengths;
    for (const Strength strength : strength_order) {
        strengths.emplace_back(to_string(strength), to_string(strength));
    }
    std::vector<std::pair<std::string, std::string>> units;
    for (const Group& group : groups(page.results)) {
        units.emplace_back(group.key, group.title);
    }
    std::set<std::string> names;
    for (const ClaimResult& claim : page.results.claims) {
        names.insert(claim.kind);
    }
    std::vector<std::pair<std::string, std::string>> kinds;
    for (const std::string& name : names) {
        kinds.emplace_back(name, name);
    }
    return "<form id=\"filter\" role=\"search\" aria-label=\"Filter claims\" hidden>"
           "<label class=\"wide\">search<input type=\"search\" name=\"q\" autocomplete=\"off\" "
           "placeholder=\"id, words, evidence\"></label>"
           + choice("verdict", "verdict", verdicts) + choice("unit", "section", units)
           + choice("strength", "strength", strengths) + choice("kind", "kind", kinds)
           + "<button type=\"reset\">clear</button><button type=\"button\" id=\"open-all\">open "
             "all</button><output id=\"shown\" aria-live=\"polite\"></output></form>\n";
}

} // namespace

std::string counterexample_html(const Counterexample& example)
{
    std::string out;
    if (!example.values.empty()) {
        out += "<p class=\"values\">";
        const char* separator = "";
        for (const auto& [symbol, value] : example.values) {
            out += fmt::format("{}<code>{} = {}</code>", separator, html_text(symbol),
                               html_text(value));
            separator = ", ";
        }
        out += "</p>";
    }
    if (!example.shows.empty()) {
        out += fmt::format("<p>{}</p>", html_text(example.shows));
    }
    if (!example.replay.empty()) {
        out += fmt::format("<pre tabindex=\"0\" aria-label=\"command that shows it again\"><code>"
                           "{}</code></pre>",
                           html_text(example.replay));
    }
    return out;
}

std::string claims_html(const PageContext& page)
{
    std::string out = "<section id=\"claims\" aria-labelledby=\"h-claims\">\n<h2 id=\"h-claims\">"
                      "All claims</h2>\n"
                      + filter_form(page);
    for (const Group& group : groups(page.results)) {
        out += fmt::format("<section class=\"group\"><h3>{}</h3>\n", html_text(group.title));
        for (const ClaimResult* claim : group.claims) {
            out += card(page, *claim, group.key);
        }
        out += "</section>\n";
    }
    return out + "<p id=\"nothing\" hidden>No statement matches.</p>\n</section>\n";
}

} // namespace attest::report

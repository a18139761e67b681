#pragma once

#include "attest/ledger/result.hpp"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace attest::report {

// Parts of the page that html.hpp writes. Every text from the results goes through html_text or
// html_statement, which leave no markup in it.

/// What the parts look up of the results.
struct PageContext {
    explicit PageContext(const ledger::Results& all);

    const ledger::Results& results;
    std::set<std::string, std::less<>> ids;
    std::map<std::string, std::vector<std::string>, std::less<>> used_by; ///< inverse of depends_on
    bool timings = false;
};

/// Text for content and attributes.
std::string html_text(std::string_view text);
/// A statement (report/math.hpp says what that is): text as text, mathematics as elements of class
/// m that hold LaTeX, which the page's script sets. Words in `\text{...}` outside all braces become
/// text, so that long lines can be broken there; mathematics with unclosed braces becomes code.
std::string html_statement(std::string_view statement);
/// A label of a plot as JSON: [{"math":true,"text":"\\gamma"}, ...].
std::string label_json(std::string_view label, bool mathematics);
/// JSON that may stand inside a script element: no "</", no "<!--".
std::string script_json(std::string json);
/// A JSON string.
std::string json_string(std::string_view text);

/// The verdict as a word with its sign, coloured.
std::string verdict_badge(ledger::Verdict verdict);
/// "✓", "✗", "?", "⇄" or "–".
std::string_view verdict_sign(ledger::Verdict verdict);
/// A link to the claim's card where there is one.
std::string claim_link(const PageContext& page, const std::string& id);
/// Links with commas between them.
std::string claim_links(const PageContext& page, const std::vector<std::string>& ids);

/// Where a slack lies on a bar from -1000 (0) over 0 (1/2) to 1000 (1), logarithmic on both sides
/// down to 10^-12. Takes every number of the results format and infinities.
double slack_place_on_bar(std::string_view number);
/// The bar with the enclosure in it; empty without a slack.
std::string slack_bar(const ledger::Judgement& judgement);

/// A quantity that a check followed to its limit: caption, place of the plot with its data, where
/// each course begins and ends in words.
std::string limit_plot_html(const ledger::LimitPlot& plot);

std::string overview_html(const PageContext& page);
std::string errata_html(const PageContext& page);
std::string conflicts_html(const PageContext& page);
std::string proofs_html(const PageContext& page);
std::string ranking_html(const PageContext& page);
std::string figures_html(const PageContext& page);
std::string constants_html(const PageContext& page);
std::string claims_html(const PageContext& page);
/// The counterexample's numbers and the command that shows it again.
std::string counterexample_html(const ledger::Counterexample& example);

} // namespace attest::report

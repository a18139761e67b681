#include "attest/report/ranking.hpp"

#include "attest/report/html/parts.hpp"
#include "attest/report/overview.hpp"

#include <fmt/format.h>

namespace attest::report {

using namespace ledger;

std::string ranking_html(const PageContext& page)
{
    const std::vector<RankedSlack> ranked = ranked_slacks(page.results);
    if (ranked.empty()) {
        return "";
    }
    std::string out = fmt::format(
        "<section id=\"slacks\" aria-labelledby=\"h-slacks\">\n<h2 id=\"h-slacks\">Slacks by "
        "nearness to failure</h2>\n<p>Right side minus left side, ordered by the lower end: what "
        "fails first, then what holds, by nearness to failure. A slack found by the attack is "
        "relative, any other is in the units of its own inequality. {} checked statements have "
        "none. Bars are logarithmic on both sides of zero, 10<sup>−12</sup> to 10<sup>3</sup>; "
        "what fails lies to the left.</p>\n"
        "<div class=\"scroll tall\" role=\"region\" aria-labelledby=\"h-slacks\" tabindex=\"0\">"
        "<table class=\"ranking\"><thead><tr><th scope=\"col\" class=\"n\">rank</th>"
        "<th scope=\"col\">claim</th><th scope=\"col\">reading</th><th scope=\"col\">verdict</th>"
        "<th scope=\"col\"><span class=\"hidden\">bar</span></th><th scope=\"col\">slack</th>"
        "<th scope=\"col\">where</th></tr></thead><tbody>\n",
        without_slack(page.results));
    std::size_t rank = 0;
    for (const RankedSlack& item : ranked) {
        const Judgement& judgement = item.judgement();
        out += fmt::format("<tr><td class=\"n\">{}</td><th scope=\"row\">{}</th><td>{}</td>"
                           "<td>{}</td><td>{}</td><td class=\"number\">{}</td><td>{}</td></tr>\n",
                           ++rank, claim_link(page, item.claim->id),
                           item.amended ? "amended" : "printed", verdict_badge(judgement.verdict),
                           slack_bar(judgement), html_text(slack_text(judgement)),
                           html_text(slack_place(judgement)));
    }
    return out + "</tbody></table></div>\n</section>\n";
}

} // namespace attest::report

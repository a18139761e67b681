#include "attest/report/html/assets.hpp"
#include "attest/report/html/html.hpp"
#include "attest/report/html/parts.hpp"
#include "attest/report/overview.hpp"
#include "tests/report_sample.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <map>
#include <regex>
#include <set>

namespace {

using namespace attest;

std::size_t count(const std::string& text, const std::string& what)
{
    std::size_t found = 0;
    for (std::size_t at = text.find(what); at != std::string::npos;
         at = text.find(what, at + what.size())) {
        ++found;
    }
    return found;
}

const std::string& page()
{
    static const std::string text = report::to_html(sample::inventory_results());
    return text;
}

/// The page without scripts and styles, whose content is no markup.
std::string markup(std::string text)
{
    for (const std::string name : {"script", "style"}) {
        std::size_t start = 0;
        while ((start = text.find("<" + name, start)) != std::string::npos) {
            start = text.find('>', start) + 1;
            text.erase(start, text.find("</" + name, start) - start);
        }
    }
    return text;
}

/// The first tag that is closed by another one or never; empty where all are closed in order.
std::string first_unclosed(const std::string& text)
{
    static const std::set<std::string> empty_elements = {"meta", "input", "br"};
    std::vector<std::string> open;
    static const std::regex tag("<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*?)(/?)>");
    for (std::sregex_iterator at(text.begin(), text.end(), tag), end; at != end; ++at) {
        const std::string name = (*at)[2];
        if ((*at)[1].length() == 0) {
            if ((*at)[4].length() == 0 && !empty_elements.contains(name)) {
                open.push_back(name);
            }
        } else if (open.empty() || open.back() != name) {
            return name + " near " + text.substr(static_cast<std::size_t>(at->position()), 80);
        } else {
            open.pop_back();
        }
    }
    return open.empty() ? "" : open.back();
}

/// Every text of the results with markup in it that would do harm.
ledger::Results hostile_results()
{
    const std::string evil = "</script><script>alert(1)</script><img src=x onerror='alert(2)'>"
                             "\" autofocus onfocus=\"alert(3)\" <!-- & \\u003c";
    ledger::Results results = sample::small_results();
    results.paper = {evil, evil, evil};
    results.suite = {evil, evil, evil, {{evil, evil}}};
    results.run.profile = evil;
    results.run.checker = evil;
    for (ledger::ClaimResult& claim : results.claims) {
        for (std::string* text : {&claim.where, &claim.kind, &claim.summary, &claim.domain,
                                  &claim.statement, &claim.witness, &claim.note}) {
            *text = evil;
        }
        claim.id += "/" + evil;
        claim.controls = {2, 1, {{evil, evil}}};
        claim.as_stated.scope.text = evil;
        claim.as_stated.confidence = evil;
        claim.as_stated.counterexample = ledger::Counterexample{{{evil, evil}}, evil, evil};
        for (ledger::Evidence& item : claim.as_stated.evidence) {
            item.route = item.detail = item.scope.text = evil;
            item.certificates = {{"{}", "javascript:" + evil, "accepted"}};
        }
        if (claim.amended) {
            claim.amended->statement = "\\text{" + evil + "} $" + evil + "$";
        }
    }
    results.claims.front().depends_on = {evil, results.claims.back().id};
    for (ledger::ConstantRow& row : results.constants) {
        row.scheme = row.law = row.n = row.extra = evil;
    }
    for (ledger::Figure& figure : results.figures) {
        figure.caption = evil;
        for (ledger::Panel& panel : figure.panels) {
            panel.title = panel.x_label = panel.y_label = evil;
            for (ledger::Curve& curve : panel.curves) {
                curve.label = evil;
            }
        }
    }
    return results;
}

TEST(Html, VerdictsAreThoseOfTheResults)
{
    std::map<std::string, std::string> written;
    const std::regex card("data-id=\"([^\"]+)\" data-verdict=\"([a-z-]+)\"");
    for (std::sregex_iterator at(page().begin(), page().end(), card), end; at != end; ++at) {
        written[(*at)[1]] = (*at)[2];
    }
    std::map<std::string, std::string> expected;
    for (const ledger::ClaimResult& claim : sample::inventory_results().claims) {
        expected[claim.id] = to_string(claim.as_stated.verdict);
    }
    EXPECT_EQ(written, expected);
}

TEST(Html, EqualResultsGiveEqualBytes)
{
    EXPECT_EQ(report::to_html(sample::inventory_results()), page());
}

TEST(Html, TagsAreClosedInOrder)
{
    EXPECT_EQ(first_unclosed(markup(page())), "");
    EXPECT_EQ(first_unclosed(markup(report::to_html(hostile_results()))), "");
    EXPECT_EQ(first_unclosed(markup(report::to_html({}))), "");
}

TEST(Html, AnchorsLeadSomewhereAndIdsAreUnique)
{
    const std::string text = markup(page());
    std::set<std::string> ids;
    const std::regex id("[< ]id=\"([^\"]+)\"");
    for (std::sregex_iterator at(text.begin(), text.end(), id), end; at != end; ++at) {
        EXPECT_TRUE(ids.insert((*at)[1]).second) << (*at)[1];
    }
    const std::regex link("href=\"#([^?\"][^\"]*)\"");
    for (std::sregex_iterator at(text.begin(), text.end(), link), end; at != end; ++at) {
        EXPECT_TRUE(ids.contains((*at)[1])) << (*at)[1];
    }
}

TEST(Html, AsksForNoOtherFile)
{
    const std::string text = markup(page());
    for (const char* what : {" src=", "<link", "<iframe", "@import", "href=\"http"}) {
        EXPECT_EQ(text.find(what), std::string::npos) << what;
    }
    EXPECT_EQ(count(report::katex_css(), "url("), report::katex_fonts().size());
    EXPECT_EQ(count(report::katex_css(), "url(data:font/woff2;base64,d09GMg"),
              report::katex_fonts().size());
    EXPECT_EQ(report::page_style().find("url("), std::string::npos);
    EXPECT_NE(page().find("default-src 'none'"), std::string::npos);
}

TEST(Html, HostileTextStaysText)
{
    const ledger::Results hostile = hostile_results();
    const std::string all = report::to_html(hostile);
    const std::string text = markup(all);
    // As many scripts as without it, and no element or attribute that only the text has.
    EXPECT_EQ(count(text, "<script"),
              count(markup(report::to_html(sample::small_results())), "<script"));
    EXPECT_EQ(text.find("<img"), std::string::npos);
    EXPECT_EQ(text.find("\" onfocus"), std::string::npos);
    EXPECT_EQ(text.find("href=\"javascript:"), std::string::npos);
    EXPECT_EQ(count(text, "<!--"), 1U); // the licence of KaTeX
    // What the plots read is JSON with the text as it was.
    const std::size_t start = all.find("<script type=\"application/json\">") + 32;
    const auto panels =
        nlohmann::json::parse(all.substr(start, all.find("</script>", start) - start));
    EXPECT_EQ(panels[0]["curves"][0]["name"], hostile.figures[0].panels[0].curves[0].label);
}

TEST(Html, ErrataComeFirstWithBothReadings)
{
    const std::size_t errata = page().find("<section id=\"errata\"");
    EXPECT_LT(page().find("<section id=\"overview\""), errata);
    EXPECT_LT(errata, page().find("<section id=\"claims\""));
    const std::string part = page().substr(errata, page().find("</section>", errata) - errata);
    EXPECT_EQ(count(part, "<h4>As printed</h4>"), 1U);
    EXPECT_EQ(count(part, "<h4>Holds instead</h4>"), 1U);
    EXPECT_NE(part.find("attest show appA/peri-ln"), std::string::npos);
}

TEST(Html, TimesAreLeftOutWhereNoneWereTaken)
{
    EXPECT_NE(page().find("<dt>time</dt>"), std::string::npos);
    const ledger::Results bare = report::without_timings(sample::small_results());
    EXPECT_EQ(report::to_html(bare).find("<dt>time</dt>"), std::string::npos);
}

TEST(HtmlStatement, BreaksAtWordsOutsideBraces)
{
    const auto m = [](const std::string& latex) {
        return "<span class=\"m\">" + latex + "</span>";
    };
    using report::html_statement;
    EXPECT_EQ(html_statement("a < b"), m("a &lt; b"));
    EXPECT_EQ(html_statement("a \\quad\\text{for all } n"), m("a") + "\u2003for all  " + m("n"));
    EXPECT_EQ(html_statement("\\text{one of } \\{1, 2\\}"), "one of  " + m("\\{1, 2\\}"));
    // A subscript, an argument or a pair of brackets is not torn apart.
    for (const char* whole :
         {"x_{\\text{max}}", "x_\\text{max}", "\\text{max}_x f", "\\left(a \\text{ or } b\\right)",
          "\\frac{\\text{a b}}{2}", "\\begin{cases}\\text{a}\\end{cases}"}) {
        EXPECT_EQ(html_statement(whole), m(whole));
    }
    EXPECT_EQ(html_statement("a^{2"), "<code>a^{2</code>");
    EXPECT_EQ(html_statement("At $t$ <b>"), "At " + m("t") + " &lt;b&gt;");
    EXPECT_EQ(html_statement(""), "");
}

TEST(SlackBar, IsOrderedAsTheSlacksAre)
{
    const std::vector<std::string> ordered = {"-inf", "-1e5000", "-999", "-1/3", "-1e-9",
                                              "1e-9", "0.01",    "1/3",  "7",    "+900"};
    for (std::size_t k = 1; k < ordered.size(); ++k) {
        const double before = report::slack_place_on_bar(ordered[k - 1]);
        EXPECT_LE(before, report::slack_place_on_bar(ordered[k])) << ordered[k];
        EXPECT_GE(before, 0);
    }
    for (const char* zero : {"0", "1e-5000", "-1e-5000", "1e-13"}) {
        EXPECT_EQ(report::slack_place_on_bar(zero), 0.5) << zero;
    }
    EXPECT_EQ(report::slack_place_on_bar("0." + std::string(400, '0') + "1"), 0.5);
    EXPECT_EQ(report::slack_place_on_bar("1" + std::string(700, '0') + "e-200"), 1);
    EXPECT_EQ(report::slack_place_on_bar("inf"), 1);
    EXPECT_EQ(report::slack_place_on_bar("1e400"), 1);
    EXPECT_EQ(report::slack_place_on_bar("-inf"), 0);
    EXPECT_EQ(report::slack_bar({}), "");
}

TEST(Base64, IsThatOfRfc4648)
{
    const std::map<std::string, std::string> vectors = {{"", ""},
                                                        {"f", "Zg=="},
                                                        {"fo", "Zm8="},
                                                        {"foo", "Zm9v"},
                                                        {"foob", "Zm9vYg=="},
                                                        {"fooba", "Zm9vYmE="},
                                                        {"foobar", "Zm9vYmFy"},
                                                        {"\xff\xfe", "//4="}};
    for (const auto& [plain, coded] : vectors) {
        EXPECT_EQ(report::base64(plain), coded);
    }
}

} // namespace

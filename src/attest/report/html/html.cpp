#include "attest/report/html/html.hpp"

#include "attest/report/decimal.hpp"
#include "attest/report/html/assets.hpp"
#include "attest/report/html/parts.hpp"
#include "attest/report/overview.hpp"

#include <fmt/format.h>

namespace attest::report {

using namespace ledger;

namespace {

constexpr std::string_view katex_licence =
    "<!-- This page contains KaTeX and its fonts (https://katex.org).\n"
    "Copyright (c) 2013-2020 Khan Academy and other contributors.\n"
    "Permission is hereby granted, free of charge, to any person obtaining a copy of this software "
    "and associated documentation files (the \"Software\"), to deal in the Software without "
    "restriction, including without limitation the rights to use, copy, modify, merge, publish, "
    "distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the "
    "Software is furnished to do so, subject to the following conditions: The above copyright "
    "notice and this permission notice shall be included in all copies or substantial portions of "
    "the Software.\n"
    "THE SOFTWARE IS PROVIDED \"AS IS\", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, "
    "INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR "
    "PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR "
    "ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, "
    "ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE "
    "SOFTWARE. -->\n";

std::string head(const PageContext& page)
{
    // The policy keeps the page from asking the network for anything, whatever it contains.
    return fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
        "'unsafe-inline'; script-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action "
        "'none'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n"
        "<meta name=\"generator\" content=\"attest {}\">\n<title>{}: what holds</title>\n{}"
        "<style>\n{}</style>\n<style>\n{}</style>\n</head>\n",
        html_text(page.results.suite.version), html_text(page.results.paper.title), katex_licence,
        katex_css(), page_style());
}

std::string banner(const PageContext& page)
{
    const Results& results = page.results;
    std::string out =
        fmt::format("<header>\n<p class=\"kicker\">What holds, by attest {}</p>\n<h1>{}</h1>\n",
                    html_text(results.suite.version), html_text(results.paper.title));
    if (!results.paper.authors.empty()) {
        out += fmt::format("<p class=\"authors\">{}</p>\n", html_text(results.paper.authors));
    }
    return out + "</header>\n";
}

std::string navigation(const std::string& body)
{
    static constexpr std::pair<std::string_view, std::string_view> places[] = {
        {"overview", "Overview"},   {"errata", "Errata"},    {"conflicts", "Disagreements"},
        {"proofs", "Proofs"},       {"slacks", "Slacks"},    {"figures", "Figures"},
        {"constants", "Constants"}, {"claims", "All claims"}};
    std::string out = "<nav aria-label=\"Parts of the report\"><ul>";
    for (const auto& [id, title] : places) {
        if (body.find(fmt::format("<section id=\"{}\"", id)) != std::string::npos) {
            out += fmt::format("<li><a href=\"#{}\">{}</a></li>", id, title);
        }
    }
    return out + "</ul></nav>\n";
}

std::string colophon(const PageContext& page)
{
    const Results& results = page.results;
    std::string out = fmt::format(
        "<footer>\n<h2>Made with</h2>\n<p>attest {} (commit <code>{}</code>, {}), profile {}, {} "
        "digits, seed {}",
        html_text(results.suite.version), html_text(results.suite.commit),
        html_text(results.suite.compiler), html_text(results.run.profile), results.run.digits,
        results.run.seed);
    if (page.timings) {
        out += fmt::format(", {} {} in {} s", results.run.threads,
                           results.run.threads == 1 ? "thread" : "threads",
                           show_seconds(results.run.seconds));
    }
    out += ".";
    if (!results.paper.sha256.empty()) {
        out += fmt::format(" Text of the paper: SHA-256 <code>{}</code>.",
                           html_text(results.paper.sha256));
    }
    const char* separator = "</p>\n<p>Libraries: ";
    for (const auto& [name, version] : results.suite.libraries) {
        out += fmt::format("{}{} {}", separator, html_text(name), html_text(version));
        separator = ", ";
    }
    return out
           + fmt::format("{}mathematics set by KaTeX {}.</p>\n</footer>\n",
                         results.suite.libraries.empty() ? "</p>\n<p>" : "; ", katex_version());
}

std::string scripts()
{
    std::string out = fmt::format("<script>{}</script>\n", katex_script());
    for (const std::string_view script :
         {math_script(), axes_script(), plots_script(), graph_script(), claims_script()}) {
        out += fmt::format("<script>\n{}</script>\n", script);
    }
    return out;
}

} // namespace

std::string to_html(const Results& results)
{
    const PageContext page(results);
    const std::string body = overview_html(page) + errata_html(page) + conflicts_html(page)
                             + proofs_html(page) + ranking_html(page) + figures_html(page)
                             + constants_html(page) + claims_html(page);
    return head(page) + "<body>\n<a class=\"skip\" href=\"#claims\">Skip to the claims</a>\n"
           + banner(page) + navigation(body) + "<main>\n" + body + "</main>\n" + colophon(page)
           + scripts() + "</body>\n</html>\n";
}

} // namespace attest::report

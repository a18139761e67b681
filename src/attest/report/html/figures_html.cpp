#include "attest/report/html/parts.hpp"
#include "attest/report/svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace attest::report {

using namespace ledger;

namespace {

/// Seven digits are more than a screen shows.
std::string numbers_json(const std::vector<double>& numbers)
{
    std::string out = "[";
    for (const double number : numbers) {
        out += out.size() > 1 ? "," : "";
        out += std::isfinite(number) ? fmt::format("{:.7g}", number) : "null";
    }
    return out + "]";
}

std::string curve_json(const Curve& curve, const Stroke& line)
{
    return fmt::format("{{\"label\":{},\"name\":{},\"colour\":{},\"dashes\":{},\"x\":{},\"y\":{}}}",
                       label_json(curve.label, false), json_string(curve.label),
                       json_string(line.colour), json_string(line.dashes), numbers_json(curve.x),
                       numbers_json(curve.y));
}

std::string panel_json(const Panel& panel, const std::vector<std::string>& labels)
{
    std::string out =
        fmt::format("{{\"title\":{},\"x\":{},\"y\":{},\"logX\":{},\"logY\":{},\"curves\":[",
                    label_json(panel.title, false), label_json(panel.x_label, true),
                    label_json(panel.y_label, true), panel.log_x, panel.log_y);
    const char* separator = "";
    for (const Curve& curve : panel.curves) {
        const auto place = std::find(labels.begin(), labels.end(), curve.label) - labels.begin();
        out += separator + curve_json(curve, stroke(static_cast<std::size_t>(place)));
        separator = ",\n";
    }
    return out + "]}";
}

std::string figure_json(const Figure& figure)
{
    const std::vector<std::string> labels = legend_labels(figure);
    std::string out = "[";
    const char* separator = "";
    for (const Panel& panel : figure.panels) {
        out += separator + panel_json(panel, labels);
        separator = ",\n";
    }
    return out + "]";
}

/// "Figure 2" from "figure_2".
std::string title_of(const std::string& id)
{
    std::string title = id;
    std::replace(title.begin(), title.end(), '_', ' ');
    if (!title.empty() && title.front() >= 'a' && title.front() <= 'z') {
        title.front() = static_cast<char>(title.front() - 'a' + 'A');
    }
    return title;
}

} // namespace

std::string figures_html(const PageContext& page)
{
    if (page.results.figures.empty()) {
        return "";
    }
    std::string out =
        "<section id=\"figures\" aria-labelledby=\"h-figures\">\n<h2 id=\"h-figures\">Figures</h2>"
        "\n<p class=\"key\">Point at a plot to read its values; drag to zoom, double-click for the "
        "whole. With the keyboard: arrows move the reading, + and − zoom, 0 shows the whole.</p>\n"
        "<noscript><p>The plots need the page's script.</p></noscript>\n";
    for (const Figure& figure : page.results.figures) {
        out += fmt::format("<figure id=\"{0}\"><h3>{1}</h3><figcaption>{2}</figcaption>"
                           "<div class=\"panels\"></div>"
                           "<script type=\"application/json\">{3}</script></figure>\n",
                           "plot-" + html_text(figure.id), html_text(title_of(figure.id)),
                           html_text(figure.caption), script_json(figure_json(figure)));
    }
    return out + "</section>\n";
}

} // namespace attest::report

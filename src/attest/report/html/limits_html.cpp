#include "attest/report/html/parts.hpp"
#include "attest/report/limit_plots.hpp"
#include "attest/report/svg.hpp"

#include <fmt/format.h>

namespace attest::report {

using namespace ledger;

namespace {

/// Texts: the page's table shows what a double cannot hold.
std::string texts_json(const std::vector<std::string>& texts)
{
    std::string out = "[";
    for (const std::string& text : texts) {
        out += (out.size() > 1 ? "," : "") + json_string(text);
    }
    return out + "]";
}

std::string page_course_json(const Course& course, std::size_t k)
{
    return fmt::format("{{\"label\":{},\"name\":{},\"colour\":{},\"dashes\":{},\"x\":{},\"lo\":{},"
                       "\"hi\":{}}}",
                       label_json(course_label(course), false), json_string(course.label),
                       json_string(stroke(k).colour), json_string(stroke(k).dashes),
                       texts_json(course.x), texts_json(course.lo), texts_json(course.hi));
}

std::string page_plot_json(const LimitPlot& plot)
{
    std::string out = fmt::format(
        "{{\"title\":[],\"x\":{},\"y\":{},\"logX\":true,\"logY\":{},\"limit\":{},\"curves\":[",
        label_json(plot.variable, true), label_json(plot.quantity, true), wants_logarithm(plot),
        plot.limit.empty() ? "null" : json_string(plot.limit));
    for (std::size_t k = 0; k < plot.courses.size(); ++k) {
        out += (k == 0 ? "" : ",\n") + page_course_json(plot.courses[k], k);
    }
    return out + "]}";
}

} // namespace

std::string limit_plot_html(const LimitPlot& plot)
{
    std::string out = fmt::format(
        "<figure class=\"limit\"><figcaption>{} over {}{}</figcaption><div class=\"panels\"></div>",
        html_statement(plot.quantity), html_statement(plot.variable),
        plot.limit.empty() ? std::string()
                           : "; by the statement it tends to " + html_text(plot.limit));
    out += "<details class=\"more\"><summary>values</summary><ul class=\"ends\">";
    for (const Course& course : plot.courses) {
        out += fmt::format("<li>{}</li>", html_text(course_text(course)));
    }
    return out
           + fmt::format("</ul></details><script type=\"application/json\">{}</script></figure>",
                         script_json(page_plot_json(plot)));
}

} // namespace attest::report

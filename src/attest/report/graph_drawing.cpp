#include "attest/report/graph_drawing.hpp"

#include "attest/report/math.hpp"

#include <fmt/format.h>

namespace attest::report {

std::string edge_path(const DrawnEdge& edge, const GraphMetrics& metrics, std::size_t lines_from,
                      std::size_t lines_to)
{
    std::string path;
    double last_x = 0;
    double last_y = 0;
    for (std::size_t k = 0; k < edge.points.size(); ++k) {
        const double x = metrics.x(edge.points[k]);
        double y = metrics.y(edge.points[k]);
        if (k == 0) {
            y += metrics.box_height(lines_from) / 2;
            path = fmt::format("M{:.1f} {:.1f}", x, y);
        } else {
            const bool ends = k + 1 == edge.points.size();
            y -= ends ? metrics.box_height(lines_to) / 2 + metrics.tip : 0;
            const double middle = (last_y + y) / 2;
            path += fmt::format("C{:.1f} {:.1f} {:.1f} {:.1f} {:.1f} {:.1f}", last_x, middle, x,
                                middle, x, y);
        }
        last_x = x;
        last_y = y;
    }
    return path;
}

std::string box_place(const DrawnPoint& at, const GraphMetrics& metrics, std::size_t lines)
{
    const double height = metrics.box_height(lines);
    return fmt::format("x=\"{:.1f}\" y=\"{:.1f}\" width=\"{}\" height=\"{}\"",
                       metrics.x(at) - metrics.box_width / 2, metrics.y(at) - height / 2,
                       metrics.box_width, height);
}

std::string box_text(const DrawnPoint& at, const GraphMetrics& metrics,
                     const std::vector<std::string>& lines, std::size_t at_end,
                     std::string_view end_class)
{
    std::string out;
    double baseline = metrics.y(at) - metrics.box_height(lines.size()) / 2 + metrics.padding
                      + 0.75 * metrics.line_height;
    for (std::size_t k = 0; k < lines.size(); ++k) {
        out += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\"{}>{}</text>", metrics.x(at), baseline,
                           k + at_end >= lines.size() ? fmt::format(" class=\"{}\"", end_class)
                                                      : std::string(),
                           xml_text(lines[k]));
        baseline += metrics.line_height;
    }
    return out;
}

} // namespace attest::report

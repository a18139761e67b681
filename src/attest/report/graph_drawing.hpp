#pragma once

#include "attest/report/graph_layout.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace attest::report {

/// Sizes of a layered drawing in pixels and where its parts lie: shared by the formats that draw a
/// proof as SVG.
struct GraphMetrics {
    double unit = 0; ///< between the centres of two boxes of one row
    double row_height = 0;
    double box_width = 0;
    double line_height = 0;
    double padding = 0;         ///< above the first and below the last line of a box
    double margin = 0;          ///< around the drawing
    double tip = 0;             ///< an edge ends this much above its box
    std::size_t characters = 0; ///< in a line of a box

    double x(const DrawnPoint& at) const { return margin + at.x * unit; }
    double y(const DrawnPoint& at) const { return margin + (at.y + 0.5) * row_height; }
    double width(const LayeredDrawing& drawing) const { return drawing.width * unit + 2 * margin; }
    double height(const LayeredDrawing& drawing) const
    {
        return static_cast<double>(drawing.rows) * row_height + 2 * margin;
    }
    double box_height(std::size_t lines) const
    {
        return static_cast<double>(lines) * line_height + 2 * padding;
    }
};

/// A smooth way from the lower edge of a box with so many lines to the upper edge of another, as
/// path data: vertical at every point that the edge passes.
std::string edge_path(const DrawnEdge& edge, const GraphMetrics& metrics, std::size_t lines_from,
                      std::size_t lines_to);

/// The attributes x, y, width and height of a box's rectangle.
std::string box_place(const DrawnPoint& at, const GraphMetrics& metrics, std::size_t lines);

/// The lines of a box as text elements, so many at the end with a class of their own.
std::string box_text(const DrawnPoint& at, const GraphMetrics& metrics,
                     const std::vector<std::string>& lines, std::size_t at_end,
                     std::string_view end_class);

} // namespace attest::report

#pragma once

#include <cstddef>
#include <vector>

namespace attest::report {

/// Edges of an acyclic graph by node: edges[i] are the nodes that i points to.
using Arrows = std::vector<std::vector<std::size_t>>;

/// A point of a drawing: x in widths of a box, to the right; y in rows, downward.
struct DrawnPoint {
    double x = 0;
    double y = 0;
};
struct DrawnEdge {
    std::size_t from = 0;
    std::size_t to = 0;
    std::vector<DrawnPoint> points; ///< one in every row from the start's to the end's
};
/// A layered drawing: every edge points downward, boxes of one row do not overlap.
struct LayeredDrawing {
    std::vector<DrawnPoint> nodes; ///< centres of the boxes, of width and height below 1
    std::vector<DrawnEdge> edges;
    double width = 0; ///< boxes and edges lie in 0 <= x <= width
    std::size_t rows = 0;
};

/// Draws the graph in rows of at most that many boxes (>= 1), by the steps of Sugiyama, Tagawa
/// and Toda, "Methods for visual understanding of hierarchical system structures" (1981): rows by
/// list scheduling, longest path first; order in a row by barycentres; places by least squares with
/// the gaps as constraints. Equal graphs give equal drawings. Throws std::logic_error for a cycle.
LayeredDrawing draw_layered(const Arrows& arrows, std::size_t boxes_in_a_row);

/// Pairs of edges between neighbouring rows that cross in the drawing.
std::size_t crossings(const LayeredDrawing& drawing);

} // namespace attest::report

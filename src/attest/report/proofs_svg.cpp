#include "attest/report/math.hpp"
#include "attest/report/proofs.hpp"

#include <fmt/format.h>

namespace attest::report {

using namespace ledger;

namespace {

constexpr double unit = 142; // pixels between the centres of two boxes
constexpr double box_width = 130;
constexpr double row_height = 106;
constexpr double line_height = 15;
constexpr double padding = 7;
constexpr double margin = 16;
constexpr std::size_t characters = 17;

double box_height(const ProofNode& node)
{
    const auto lines = static_cast<double>(box_id(node.id, characters).size() + 1);
    return lines * line_height + 2 * padding;
}

/// A smooth way through the points: vertical at each of them.
std::string path_data(const DrawnEdge& edge, const ProofGraph& graph)
{
    std::string path;
    double last_x = 0;
    double last_y = 0;
    for (std::size_t k = 0; k < edge.points.size(); ++k) {
        const double x = margin + edge.points[k].x * unit;
        double y = margin + (edge.points[k].y + 0.5) * row_height;
        if (k == 0) {
            y += box_height(graph.nodes[edge.from]) / 2;
            path += fmt::format("M{:.1f} {:.1f}", x, y);
        } else {
            y -= k + 1 == edge.points.size() ? box_height(graph.nodes[edge.to]) / 2 + 5 : 0;
            const double middle = (last_y + y) / 2;
            path += fmt::format("C{:.1f} {:.1f} {:.1f} {:.1f} {:.1f} {:.1f}", last_x, middle, x,
                                middle, x, y);
        }
        last_x = x;
        last_y = y;
    }
    return path;
}

void draw_box(std::string& svg, const ProofNode& node, const DrawnPoint& at)
{
    const BoxColours colours = box_colours(node);
    const double x = margin + at.x * unit;
    const double y = margin + (at.y + 0.5) * row_height;
    const double height = box_height(node);
    svg += fmt::format("<g><title>{}</title><rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{}\" "
                       "height=\"{}\" rx=\"5\" fill=\"{}\" stroke=\"{}\" stroke-width=\"{}\"{}/>",
                       xml_text(node.claim == nullptr ? node.id : node.claim->summary),
                       x - box_width / 2, y - height / 2, box_width, height, colours.fill,
                       colours.line, node.root ? 3 : 1.5,
                       colours.dashed ? " stroke-dasharray=\"5 3\"" : "");
    double baseline = y - height / 2 + padding + 0.75 * line_height;
    const auto line = [&](const std::string& text, bool verdict) {
        svg += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\"{}>{}</text>", x, baseline,
                           verdict ? " class=\"v\"" : "", xml_text(text));
        baseline += line_height;
    };
    for (const std::string& text : box_id(node.id, characters)) {
        line(text, false);
    }
    line(box_verdict(node), true);
    svg += "</g>\n";
}

} // namespace

std::string proof_svg(const Proofs& proofs)
{
    const LayeredDrawing drawing = drawing_of(proofs);
    const double width = drawing.width * unit + 2 * margin;
    const double height = static_cast<double>(drawing.rows) * row_height + 2 * margin;
    std::string svg = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.0f} {1:.0f}\" "
        "width=\"{0:.0f}\" height=\"{1:.0f}\" role=\"img\">\n<title>{2}: what its proof rests on"
        "</title>\n",
        width, height, xml_text(proofs.title));
    svg += "<style>text{font:12.5px Arial,Helvetica,'Liberation Sans',sans-serif;fill:#222;"
           "text-anchor:middle}.v{font-weight:bold}"
           ".e{fill:none;stroke:#999;stroke-width:1.3;marker-end:url(#a)}"
           ".f{stroke:#d55e00;stroke-width:2}</style>\n"
           "<defs><marker id=\"a\" viewBox=\"0 0 8 8\" refX=\"4\" refY=\"4\" markerWidth=\"8\" "
           "markerHeight=\"8\" markerUnits=\"userSpaceOnUse\" orient=\"auto\">"
           "<path d=\"M0 0L8 4L0 8z\" fill=\"#777\"/></marker></defs>\n";
    svg += fmt::format("<rect width=\"{:.0f}\" height=\"{:.0f}\" fill=\"#fff\"/>\n", width, height);
    for (const DrawnEdge& edge : drawing.edges) {
        const ClaimResult* end = proofs.graph.nodes[edge.to].claim;
        const bool fails = end != nullptr && end->as_stated.verdict == Verdict::Fails;
        svg += fmt::format("<path class=\"e{}\" d=\"{}\"/>\n", fails ? " f" : "",
                           path_data(edge, proofs.graph));
    }
    for (std::size_t i = 0; i < drawing.nodes.size(); ++i) {
        draw_box(svg, proofs.graph.nodes[i], drawing.nodes[i]);
    }
    return svg + "</svg>\n";
}

} // namespace attest::report

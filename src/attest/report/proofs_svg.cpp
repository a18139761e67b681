#include "attest/report/graph_drawing.hpp"
#include "attest/report/math.hpp"
#include "attest/report/proofs.hpp"

#include <fmt/format.h>

namespace attest::report {

using namespace ledger;

namespace {

constexpr GraphMetrics svg_metrics{.unit = 142,
                                   .row_height = 106,
                                   .box_width = 130,
                                   .line_height = 15,
                                   .padding = 7,
                                   .margin = 16,
                                   .tip = 5,
                                   .characters = 17};

std::vector<std::string> svg_box_lines(const ProofNode& node)
{
    std::vector<std::string> lines = box_id(node.id, svg_metrics.characters);
    // "fails, amended holds" is wider than a box.
    const std::string verdict = box_verdict(node);
    const std::size_t comma = verdict.find(", ");
    if (comma == std::string::npos) {
        lines.push_back(verdict);
        return lines;
    }
    lines.push_back(verdict.substr(0, comma + 1));
    lines.push_back(verdict.substr(comma + 2));
    return lines;
}

void draw_box(std::string& svg, const ProofNode& node, const DrawnPoint& at)
{
    const BoxColours colours = box_colours(node);
    const std::vector<std::string> lines = svg_box_lines(node);
    svg += fmt::format("<g><title>{}</title><rect {} rx=\"5\" fill=\"{}\" stroke=\"{}\" "
                       "stroke-width=\"{}\"{}/>",
                       xml_text(node.claim == nullptr ? node.id : node.claim->summary),
                       box_place(at, svg_metrics, lines.size()), colours.fill, colours.line,
                       node.root ? 3 : 1.5, colours.dashed ? " stroke-dasharray=\"5 3\"" : "");
    const bool two_words = lines[lines.size() - 2].ends_with(',');
    svg += box_text(at, svg_metrics, lines, two_words ? 2 : 1, "v") + "</g>\n";
}

} // namespace

std::string proof_svg(const Proofs& proofs)
{
    const LayeredDrawing drawing = drawing_of(proofs);
    const double width = svg_metrics.width(drawing);
    const double height = svg_metrics.height(drawing);
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
        const ProofNode& from = proofs.graph.nodes[edge.from];
        const ProofNode& to = proofs.graph.nodes[edge.to];
        const bool fails = to.claim != nullptr && to.claim->as_stated.verdict == Verdict::Fails;
        svg += fmt::format(
            "<path class=\"e{}\" d=\"{}\"/>\n", fails ? " f" : "",
            edge_path(edge, svg_metrics, svg_box_lines(from).size(), svg_box_lines(to).size()));
    }
    for (std::size_t i = 0; i < drawing.nodes.size(); ++i) {
        draw_box(svg, proofs.graph.nodes[i], drawing.nodes[i]);
    }
    return svg + "</svg>\n";
}

} // namespace attest::report

#include "attest/report/graph_drawing.hpp"
#include "attest/report/html/parts.hpp"
#include "attest/report/markdown.hpp"
#include "attest/report/proofs.hpp"

#include <fmt/format.h>

namespace attest::report {

using namespace ledger;

namespace {

constexpr GraphMetrics page_metrics{.unit = 144,
                                    .row_height = 100,
                                    .box_width = 132,
                                    .line_height = 14.5,
                                    .padding = 7,
                                    .margin = 8,
                                    .tip = 5,
                                    .characters = 17};

Verdict verdict_of(const ProofNode& node)
{
    return node.claim == nullptr ? Verdict::NotChecked : node.claim->as_stated.verdict;
}

/// "✗ fails, amended ✓": narrower than the words of the other formats.
std::string verdict_line(const ProofNode& node)
{
    const Verdict verdict = verdict_of(node);
    if (node.claim == nullptr) {
        return box_verdict(node);
    }
    std::string out = fmt::format("{} {}", verdict_sign(verdict), to_string(verdict));
    if (verdict != Verdict::Holds && node.claim->amended) {
        out += fmt::format(", amended {}", verdict_sign(node.claim->amended->judgement.verdict));
    }
    return out;
}

std::vector<std::string> page_box_lines(const ProofNode& node)
{
    std::vector<std::string> lines = box_id(node.id, page_metrics.characters);
    lines.push_back(verdict_line(node));
    return lines;
}

std::string box(const PageContext& page, const ProofNode& node, const DrawnPoint& at,
                std::size_t index)
{
    const std::vector<std::string> lines = page_box_lines(node);
    const bool linked = page.ids.contains(node.id);
    std::string out =
        linked ? fmt::format("<a href=\"#{}\" aria-label=\"{}: {}\" ", claim_anchor(node.id),
                             html_text(node.id), html_text(box_verdict(node)))
               : std::string("<g ");
    out += fmt::format("class=\"node {}{}\" data-node=\"{}\"><title>{}</title><rect {} rx=\"4\"/>",
                       to_string(verdict_of(node)), node.root ? " root" : "", index,
                       html_text(node.claim == nullptr ? node.id : node.claim->summary),
                       box_place(at, page_metrics, lines.size()));
    return out + box_text(at, page_metrics, lines, 1, "word") + (linked ? "</a>\n" : "</g>\n");
}

std::string drawing(const PageContext& page, const Proofs& proof)
{
    const LayeredDrawing layout = drawing_of(proof);
    const double width = page_metrics.width(layout);
    const double height = page_metrics.height(layout);
    std::string svg = fmt::format(
        "<div class=\"scroll\" role=\"region\" aria-label=\"Graph of the proof of {2}\" "
        "tabindex=\"0\"><svg class=\"graph\" viewBox=\"0 0 {0:.0f} {1:.0f}\" width=\"{0:.0f}\" "
        "height=\"{1:.0f}\" role=\"group\" aria-label=\"What the proof of {2} rests on\">\n",
        width, height, html_text(proof.title));
    for (const DrawnEdge& edge : layout.edges) {
        const ProofNode& to = proof.graph.nodes[edge.to];
        const bool fails = verdict_of(to) == Verdict::Fails;
        const std::size_t lines = page_box_lines(to).size();
        const std::string path = edge_path(
            edge, page_metrics, page_box_lines(proof.graph.nodes[edge.from]).size(), lines);
        const double x = page_metrics.x(edge.points.back());
        const double tip = page_metrics.y(edge.points.back()) - page_metrics.box_height(lines) / 2;
        svg += fmt::format("<g class=\"edge{}\" data-from=\"{}\" data-to=\"{}\"><path d=\"{}\"/>"
                           "<path class=\"tip\" d=\"M{:.1f} {:.1f}l-4 -7h8z\"/></g>\n",
                           fails ? " fails" : "", edge.from, edge.to, path, x, tip);
    }
    for (std::size_t i = 0; i < layout.nodes.size(); ++i) {
        svg += box(page, proof.graph.nodes[i], layout.nodes[i], i);
    }
    return svg + "</svg></div>\n";
}

std::string ids(const PageContext& page, const ProofGraph& graph,
                const std::vector<std::size_t>& steps)
{
    std::vector<std::string> names;
    for (const std::size_t step : steps) {
        names.push_back(graph.nodes[step].id);
    }
    return names.empty() ? "–" : claim_links(page, names);
}

std::string standings(const PageContext& page, const Proofs& proof)
{
    std::string out = "<div class=\"scroll\"><table><thead><tr><th scope=\"col\">statement</th>"
                      "<th scope=\"col\">verdict</th><th scope=\"col\">its proof</th>"
                      "<th scope=\"col\">repaired</th><th scope=\"col\" class=\"n\">steps</th>"
                      "<th scope=\"col\">steps that fail</th><th scope=\"col\">open steps</th>"
                      "<th scope=\"col\">weakest step</th></tr></thead><tbody>\n";
    for (std::size_t i = 0; i < proof.graph.nodes.size(); ++i) {
        const ProofStanding state = standing(proof.graph, i);
        if (!proof.graph.nodes[i].root || state.steps == 0) {
            continue;
        }
        out += fmt::format(
            "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td><td class=\"n\">{}</td>"
            "<td>{}</td><td>{}</td><td>{}</td></tr>\n",
            claim_link(page, proof.graph.nodes[i].id),
            verdict_badge(verdict_of(proof.graph.nodes[i])), verdict_badge(state.proof),
            verdict_badge(state.repaired), state.steps, ids(page, proof.graph, state.failing),
            ids(page, proof.graph, state.open), ids(page, proof.graph, {state.weakest}));
    }
    return out + "</tbody></table></div>\n";
}

} // namespace

std::string proofs_html(const PageContext& page)
{
    const std::vector<Proofs> all = proofs(page.results);
    if (all.empty()) {
        return "";
    }
    std::string out =
        "<section id=\"proofs\" aria-labelledby=\"h-proofs\">\n<h2 id=\"h-proofs\">Proofs</h2>\n"
        "<p>A statement beside the verdict on its proof, which is that of its worst step: a true "
        "statement may have a proof with a step that fails. <i>Repaired</i>: each step that fails "
        "is replaced by its amended statement. An arrow points to what a step rests on; thick "
        "frames are the statements of the theorem. Every box leads to its card.</p>\n";
    for (const Proofs& proof : all) {
        out +=
            fmt::format("<section class=\"proof\"><h3>Proof of {}</h3>\n", html_text(proof.title))
            + standings(page, proof) + drawing(page, proof) + "</section>\n";
    }
    return out + "</section>\n";
}

} // namespace attest::report

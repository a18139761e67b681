#include "attest/report/latex_parts.hpp"
#include "attest/report/latex_text.hpp"
#include "attest/report/proofs.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace attest::report {

using namespace ledger;

namespace {

// In points; the whole picture is scaled to the page.
constexpr double unit = 104;
constexpr double box_width = 94;
constexpr double row_height = 60;
constexpr std::size_t characters = 17;
constexpr double page_width = 455;
constexpr double page_height = 600;

std::string colour(const std::string& hex)
{
    const auto part = [&](std::size_t i) { return std::stoi(hex.substr(i, 2), nullptr, 16); };
    return fmt::format("{{rgb,255:red,{};green,{};blue,{}}}", part(1), part(3), part(5));
}

std::string box(const ProofNode& node, std::size_t index, const DrawnPoint& at)
{
    const BoxColours colours = box_colours(node);
    std::string text;
    for (const std::string& line : box_id(node.id, characters)) {
        text += latex_text(line) + "\\\\";
    }
    return fmt::format("\\node[draw={}, fill={}, line width={}pt{}] (n{}) at ({:.1f}pt,{:.1f}pt) "
                       "{{{}\\textbf{{{}}}}};\n",
                       colour(colours.line), colour(colours.fill), node.root ? 1.6 : 0.8,
                       colours.dashed ? ", dashed" : "", index, at.x * unit, -at.y * row_height,
                       text, latex_text(box_verdict(node)));
}

std::string arrow(const DrawnEdge& edge, const ProofGraph& graph)
{
    const ClaimResult* end = graph.nodes[edge.to].claim;
    const bool fails = end != nullptr && end->as_stated.verdict == Verdict::Fails;
    std::string path = fmt::format("(n{}.south)", edge.from);
    for (std::size_t k = 1; k < edge.points.size(); ++k) {
        path += " to[out=-90, in=90] ";
        path += k + 1 == edge.points.size()
                    ? fmt::format("(n{}.north)", edge.to)
                    : fmt::format("({:.1f}pt,{:.1f}pt)", edge.points[k].x * unit,
                                  -edge.points[k].y * row_height);
    }
    return fmt::format("\\draw[-latex, draw={}, line width={}pt] {};\n",
                       fails ? colour("#d55e00") : "black!45", fails ? 1 : 0.6, path);
}

std::string table(const std::vector<Proofs>& all)
{
    std::string out =
        table_head("@{}L{0.22\\linewidth}L{0.1\\linewidth}L{0.1\\linewidth}L{0.1\\linewidth}r"
                   "L{0.32\\linewidth}@{}",
                   "statement & verdict & proof & repaired & steps & steps that fail");
    for (const Proofs& proof : all) {
        for (std::size_t i = 0; i < proof.graph.nodes.size(); ++i) {
            const ProofNode& node = proof.graph.nodes[i];
            const ProofStanding state = standing(proof.graph, i);
            if (!node.root || state.steps == 0) {
                continue;
            }
            std::string failing;
            for (const std::size_t step : state.failing) {
                failing += (failing.empty() ? "" : ", ") + claim_link(proof.graph.nodes[step].id);
            }
            out += fmt::format("{} & {} & {} & {} & {} & {}\\\\\n", claim_link(*node.claim),
                               verdict_latex(node.claim->as_stated.verdict),
                               verdict_latex(state.proof), verdict_latex(state.repaired),
                               state.steps, failing.empty() ? "--" : failing);
        }
    }
    return out + table_end;
}

} // namespace

std::string proof_tikz(const Proofs& proofs)
{
    const LayeredDrawing drawing = drawing_of(proofs);
    const double width = drawing.width * unit;
    const double height = static_cast<double>(drawing.rows) * row_height;
    const double upright = std::min({1.0, page_width / width, page_height / height});
    const double turned = std::min({1.0, page_height / width, 0.95 * page_width / height});
    const bool turn = turned > upright;
    std::string out = fmt::format(
        "{}\\scalebox{{{:.3f}}}{{\\begin{{tikzpicture}}[every node/.style={{rectangle, rounded "
        "corners=2pt, align=center, font=\\scriptsize, minimum width={}pt, inner sep=2pt}}]\n",
        turn ? "\\rotatebox{90}{" : "{", std::max(turned, upright), box_width);
    std::string boxes;
    for (std::size_t i = 0; i < drawing.nodes.size(); ++i) {
        boxes += box(proofs.graph.nodes[i], i, drawing.nodes[i]);
    }
    // The arrows need the boxes, and the boxes have to cover the arrows.
    out += boxes;
    for (const DrawnEdge& edge : drawing.edges) {
        out += arrow(edge, proofs.graph);
    }
    return out + boxes + "\\end{tikzpicture}}}";
}

std::string proofs_latex(const Results& results)
{
    const std::vector<Proofs> all = proofs(results);
    if (all.empty()) {
        return "";
    }
    std::string out =
        "\\section{Proofs}\nA statement beside the verdict on its proof, which is that of its "
        "worst "
        "step: a true statement may have a proof with a step that fails. In the column "
        "\\emph{repaired}, every step that fails is replaced by its amended statement; it is not "
        "claimed that the amended steps combine to the same proof.\n\n"
        + table(all);
    for (const Proofs& proof : all) {
        out += fmt::format("\\begin{{figure}}[p]\n\\centering\n{}\n\\caption{{{}: what its "
                           "statements (thick frames) rest on; each box with its verdict.}}\n"
                           "\\label{{fig:{}}}\n\\end{{figure}}\n",
                           proof_tikz(proof), latex_text(proof.title), proof.stem);
    }
    return out + "\\FloatBarrier\n";
}

} // namespace attest::report

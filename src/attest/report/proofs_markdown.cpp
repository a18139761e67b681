#include "attest/report/markdown.hpp"
#include "attest/report/math.hpp"
#include "attest/report/overview.hpp"
#include "attest/report/proofs.hpp"

#include <fmt/format.h>

#include <set>

namespace attest::report {

using namespace ledger;

namespace {

/// Ids with commas between them, each a link to its entry where it was checked.
std::string id_list(const ProofGraph& graph, const std::vector<std::size_t>& steps)
{
    std::string out;
    for (const std::size_t step : steps) {
        const ProofNode& node = graph.nodes[step];
        const bool checked =
            node.claim != nullptr && node.claim->as_stated.verdict != Verdict::NotChecked;
        out += out.empty() ? "" : ", ";
        out += checked ? fmt::format("[{}](claims.md#{})", markdown_code(node.id),
                                     claim_anchor(node.id))
                       : markdown_code(node.id);
    }
    return out.empty() ? "–" : out;
}

std::string proof_rows(const ProofGraph& graph)
{
    std::string out;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const ProofNode& node = graph.nodes[i];
        const ProofStanding state = standing(graph, i);
        if (!node.root || state.steps == 0) {
            continue;
        }
        const Judgement* weakest = best_judgement(graph.nodes[state.weakest]);
        out += fmt::format(
            "| {} | {} | {} | {} | {} | {} | {} | {} |\n", markdown_code(node.id),
            markdown_cell(box_verdict(node)), to_string(state.proof), to_string(state.repaired),
            state.steps, id_list(graph, state.failing), id_list(graph, state.open),
            id_list(graph, {state.weakest})
                + (weakest == nullptr
                       ? ""
                       : fmt::format(
                           ": {}",
                           markdown_cell(box_verdict(graph.nodes[state.weakest]))
                               + (weakest->strength == Strength::None
                                      ? ""
                                      : fmt::format(", {}", to_string(weakest->strength))))));
    }
    return out;
}

/// The node and, the first time that it is met, what it rests on.
void list_steps(std::string& out, const ProofGraph& graph, std::size_t node, std::size_t depth,
                std::set<std::size_t>& listed)
{
    const ProofNode& step = graph.nodes[node];
    const bool fresh = listed.insert(node).second;
    out += std::string(2 * depth, ' ');
    out += fmt::format("- {}: **{}**", id_list(graph, {node}), markdown_text(box_verdict(step)));
    if (const Judgement* best = best_judgement(step);
        best != nullptr && best->strength != Strength::None) {
        out += fmt::format(", {}", to_string(best->strength));
    }
    out += fresh || step.rests_on.empty() ? "\n" : "; its steps stand above\n";
    if (fresh) {
        for (const std::size_t below : step.rests_on) {
            list_steps(out, graph, below, depth + 1, listed);
        }
    }
}

} // namespace

std::string proofs_markdown(const Results& results)
{
    const std::vector<Proofs> all = proofs(results);
    if (all.empty()) {
        return "";
    }
    std::string out =
        "## Proofs\n\nA statement beside the verdict on its proof, which is that of its worst "
        "step: "
        "a true statement may have a proof with a step that fails. *Repaired*: every step that "
        "fails is replaced by its amended statement; it is not claimed that the amended steps "
        "combine to the same proof. Steps are counted all the way down; [proofs.md](proofs.md) "
        "lists them.\n\n";
    for (const Proofs& proof : all) {
        out += fmt::format("### Proof of {}\n\n", markdown_text(proof.title));
        out += "| statement | verdict | proof | repaired | steps | steps that fail | open steps | "
               "weakest step |\n|---|---|---|---|--:|---|---|---|\n";
        out += proof_rows(proof.graph);
        out += fmt::format("\n![What the proof of {0} rests on](figures/{1}.svg)\n\n",
                           markdown_text(proof.title), proof.stem);
    }
    return out;
}

std::string proof_lists_markdown(const Results& results)
{
    std::string out = fmt::format(
        "# Proofs\n\nWhat the theorems of *{}* rest on, each step with its verdict as printed, the "
        "verdict on its amended statement where it fails, and the strength of the evidence. Steps "
        "that a longer way implies are left out; [claims.md](claims.md) names every edge.\n\n",
        markdown_text(results.paper.title));
    for (const Proofs& proof : proofs(results)) {
        const ProofGraph graph = reduced(proof.graph);
        out += fmt::format("## {0}\n\n![What the proof of {0} rests on](figures/{1}.svg)\n\n",
                           markdown_text(proof.title), proof.stem);
        std::set<std::size_t> listed;
        for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
            if (graph.nodes[i].root) {
                list_steps(out, graph, i, 0, listed);
            }
        }
        out += "\n";
    }
    return out;
}

} // namespace attest::report

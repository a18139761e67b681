#pragma once

#include "attest/ledger/proof_graph.hpp"
#include "attest/report/graph_layout.hpp"

#include <string>
#include <vector>

namespace attest::report {

/// The proofs of one unit of the paper, as reports draw them.
struct Proofs {
    std::string title;        ///< "Theorem 4.3"
    std::string stem;         ///< "proof_thm4_3", the name of its figure
    ledger::ProofGraph graph; ///< every edge that a claim names; points into the results
};
/// Of every theorem and corollary with a statement that rests on another one, in order of the
/// results. Throws std::logic_error for a cycle.
std::vector<Proofs> proofs(const ledger::Results& results);

/// What a box says: the id in lines of at most that many characters, then the verdict, "fails,
/// amended holds".
std::vector<std::string> box_id(const std::string& id, std::size_t characters);
std::string box_verdict(const ledger::ProofNode& node);

/// Colours of a box by the verdict on the printed statement, "#rrggbb".
struct BoxColours {
    std::string fill;
    std::string line;
    bool dashed = false; ///< not checked: told apart without colour
};
BoxColours box_colours(const ledger::ProofNode& node);

/// Edges without those that a longer path implies, in rows that a page is wide enough for.
LayeredDrawing drawing_of(const Proofs& proofs);

/// The graph as an SVG document.
std::string proof_svg(const Proofs& proofs);
/// The graph as a TikZ picture that fits on a page.
std::string proof_tikz(const Proofs& proofs);

/// Section of report.md: each statement of a theorem beside the verdict on its proof, the steps
/// that fail, the figures.
std::string proofs_markdown(const ledger::Results& results);
/// proofs.md: figures, and each proof as a list of its steps, indented below what rests on them.
std::string proof_lists_markdown(const ledger::Results& results);
/// Section of report.tex.
std::string proofs_latex(const ledger::Results& results);

} // namespace attest::report

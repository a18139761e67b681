#pragma once

#include "theorems/support.hpp"

#include <string>

/// Lemma D.1 and its relatives: which hypotheses make a path x' = -M(t) grad E(x) converge to a
/// critical point. Exact systems show what goes wrong without one of them; the proof with all of
/// them rests on Lojasiewicz' gradient inequality, which is cited.
namespace attest::theorems {

/// What the results of this file assume without checking it.
inline constexpr const char* lojasiewicz_hypothesis =
    "given Lojasiewicz' gradient inequality for analytic functions (cited)";

/// For every system with the hypotheses in words, x(t) converges and grad E vanishes at the limit.
/// words["energy"]: "analytic" or "smooth"; ["clock"]: "diverges" or "any" (int lambda);
/// ["lower"]: "lambda" or "none" (M > lambda I); ["upper"]: "C lambda" or "none"; ["path"]:
/// "compact" or "any". A hypothesis left out is refuted by an exact system without it; with all of
/// them the length of the path is bounded, step by step in exact algebra.
Judgement decide_convergence(const Statement& statement, const Effort& effort, const Scope& scope);

} // namespace attest::theorems

#pragma once

#include "theorems/support.hpp"

/// Deciders of statements about t -> infinity in the symmetric setting.
namespace attest::theorems {

/// Whether non-negative quantities, given along points that go to a limit geometrically, tend to 0:
/// True when the last is below 10^-9 and every one is at most 3/4 of the one before (or below
/// 10^-30); False when the last is certainly above 10^-8 and not below 9/10 of the one before;
/// Unknown otherwise. An observation at finitely many points, with certified values.
Truth shrinks_to_zero(const std::vector<Ball>& distances);

/// Whether a sequence given along such points converges: its increments tend to 0.
Truth converges(const std::vector<Ball>& values);

/// The scheme's velocity in its own clock (int ds/r, int alpha ds, or time), and the rate of the
/// Gronwall estimate -ln(1-gamma) >= rate * clock that follows from velocity >= rate (1-gamma).
struct ClockBound {
    Expr rate{0};
    Expr velocity{0};
};
ClockBound clock_bound(const std::string& scheme);

/// Statement about the scheme words["scheme"], as t -> infinity:
///   gamma -> numbers["gamma"]; and where given r/t -> numbers["r/t"], r' -> numbers["r'"].
/// Exact route: the pointwise bound, r' <= 1 and the limit of r' at gamma = 1, by algebra. Second
/// route: times, magnitudes and their ratio by rigorous quadrature along trajectories.
Judgement decide_terminal_limits(const Statement& statement, const Effort& effort);

/// Statement: a decay law of epsilon = 1 - gamma implies a law of gamma'.
///   formulas: "decay" a(t), "solution" B(t) of B' = -a B, "law" L(t);
///   words: "error" = "vanishing" (premise eps'/eps ~ -a) or "integrable" (eps'/eps = -a (1 +
///   error) with int a |error| dt finite).
/// Conclusion: gamma' ~ C L(t) for some C > 0. Read as an inference: every epsilon that satisfies
/// the premise has to satisfy the conclusion. Functions B(t) h(t) are tried as counterexamples.
Judgement decide_decay_inference(const Statement& statement, const Effort& effort);

} // namespace attest::theorems

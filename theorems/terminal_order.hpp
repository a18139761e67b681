#pragma once

#include "theorems/limit_plots.hpp"
#include "theorems/terminal_steps.hpp"

#include <string>
#include <string_view>

/// How fast the terminal velocities decay, and which scheme ends behind which, for all parameters.
namespace attest::theorems {

/// Slowest first. Between: faster than every power of t, slower than every exponential.
enum class DecayKind { Unclear, Polynomial, Between, Exponential };
std::string_view describe(DecayKind kind) noexcept;

/// The kind of a scheme's proved terminal law (alpha_t = 1 for nGPT), and the steps that prove law
/// and kind. From l = law'/law: t l constant for t^-p, l constant for e^{-ct}; in between l tends
/// to 0 and t l to -infinity.
struct Decay {
    DecayKind kind = DecayKind::Unclear;
    Steps steps;
    Expr exponent{0}; ///< -t l over t: constant p for t^-p, unbounded for what falls faster
};
Decay kind_of_decay(const std::string& scheme);

/// The exponents of several schemes over time.
LimitPlot exponents_of_decay(const std::vector<std::string>& schemes);

/// From some t on, every scheme of words["slow"] has a smaller gamma than every one of
/// words["fast"]: for all n >= 2, beta >= 0, tau > 0, r_0 = r(tau) = 1, alpha_t = 1. By the kinds
/// of decay; Mix-LN ends before Pre-LN and Peri-LN because its constant is smaller. Unknown where
/// this does not tell.
Evidence ends_behind(const Statement& statement);

/// ends_behind, and as support the times to the levels 1 - 10^-k of words["levels"] at n = 256,
/// beta = 5 for words["tau"].
Judgement decide_ends_behind(const Statement& statement, const Effort& effort);

} // namespace attest::theorems

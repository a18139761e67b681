#pragma once

#include "attest/ledger/verdict.hpp"
#include "attest/numbers/ball.hpp"

#include <cstddef>
#include <vector>

/// Tokens on the circle (d = 2, Q = K = V = I): why every critical point of the energy that is not
/// synchronised has an unstable direction, for every n >= 2 and beta >= 0. The argument is in
/// docs/mathematics.md; its idea is that of Polyanskiy, Rigollet and Yao, "Synchronization of
/// mean-field models on the circle" (2025).
namespace attest::theorems {

/// h(x) = sin x e^{beta cos x}, the force between two tokens at angle x, divided by e^beta; tau is
/// the zero of h' in (0, pi/2].
struct CircleCriterion {
    Truth outcome = Truth::Unknown; ///< tau int_{-pi}^{pi} max(h''', 0) < 4 (1 + tau/(2 pi)) h'(0)
    Ball largest_ratio;             ///< encloses an upper bound of left over right, over all beta
    std::size_t boxes = 0;          ///< of beta in [0, 1] and of w = beta^{-1/2} in [0, 1]
};

/// The upper end bounds tau int max(h''', 0) / (4 (1 + tau/(2 pi)) h'(0)) for all beta in a ball,
/// beta >= 0.
Ball circle_ratio(const Ball& beta);
/// The same for all w in a ball within [0, 1] that is not {0}, beta = 1/w^2; in the limit w = 0
/// too.
Ball circle_ratio_at_large_beta(const Ball& w);

/// The criterion for all beta >= 0: boxes of beta and of w are halved until each is decided.
CircleCriterion prove_circle_criterion();

/// The exact steps between the criterion and instability, each with its certificate: derivatives of
/// h, the sign of h' beyond tau, the trapezoidal rule with its kernel, the sum over the gaps.
Truth circle_steps(std::vector<ledger::Certificate>& certificates);

} // namespace attest::theorems

#pragma once

#include "theorems/symmetric.hpp"

#include <fmt/format.h>

#include <string>

/// What the paper claims of each of its schemes, for a scheme of one's own: its layer for small
/// steps, its equations in the symmetric configuration, and the two columns of Theorem 4.1. Each
/// function makes one claim of the formula that its file prints; the checks derive the truth from
/// the scheme's file and the particle system (NA).
namespace attest::theorems {

/// lhs = rhs for one token of any configuration, over the symbols of symbolic_token() with
/// alpha > 0: the roots of alpha^2 are taken out, then exact algebra and balls decide.
Judgement decide_weighted_identity(const Expr& lhs, const Expr& rhs, const Effort& effort);

/// x/NAME/layer: (X_h - X)/h -> theta theta_j + A A_j for token j as the step h in front of the
/// attention term goes to 0; formulas over r, thetaA = <theta_j, A_j>, normA = |A_j|, alpha > 0.
Claim own_layer(const std::string& scheme, const Expr& theta, const Expr& A);

/// derived = printed for all parameters.
Claim own_identity(const std::string& id, const std::string& latex, const Expr& derived,
                   const Expr& printed);

/// x/NAME/gamma-ode: gamma' = printed, over n, beta, gamma, r, alpha, t.
template <class S>
Claim own_gamma_ode(const Expr& printed)
{
    return own_identity(fmt::format("x/{}/gamma-ode", S::name), "\\dot\\gamma",
                        derived_velocity<S>().gamma_dot, printed);
}

/// x/NAME/r-ode.
template <class S>
Claim own_r_ode(const Expr& printed)
{
    return own_identity(fmt::format("x/{}/r-ode", S::name), "\\dot r", derived_velocity<S>().r_dot,
                        printed);
}

/// x/NAME/initial-velocity: gamma'(0) = printed from the orthogonal start, over n, beta, r0,
/// alpha0.
template <class S>
Claim own_initial_velocity(const Expr& printed)
{
    const Expr start = derived_velocity<S>()
                           .gamma_dot.substitute("gamma", Expr(0))
                           .substitute("r", sym("r0"))
                           .substitute("alpha", sym("alpha0"))
                           .substitute("t", Expr(0));
    return own_identity(fmt::format("x/{}/initial-velocity", S::name),
                        "\\lim_{t\\to 0}\\dot\\gamma(t)", start, printed);
}

/// x/NAME/terminal-velocity: gamma' ~ C law from the orthogonal start for every constant alpha > 0,
/// with C = share C' and C' the constant of `curve`, a scheme of the paper with a law of t alone;
/// law over t and alpha, share over alpha. Routes: (1) exact algebra: the scheme runs through that
/// scheme's trajectories at a pace of its own, whose law is proved in docs/mathematics.md, section
/// 8; (2) gamma' over the right side along trajectories, and the constant by the quadrature of the
/// scheme's own recorded equations.
Claim own_terminal_velocity(const std::string& scheme, const std::string& curve, const Expr& law,
                            const Expr& share);

} // namespace attest::theorems

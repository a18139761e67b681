#pragma once

#include "theorems/terminal_steps.hpp"

#include <string>

/// Theorem 4.1, t -> infinity, for all parameters: the checkable hypotheses of the proofs of
/// docs/mathematics.md, section 8, each recorded from the formulas of model/schemes.
namespace attest::theorems {

/// What is proved of one scheme from the orthogonal start, for all n >= 2, beta >= 0, r_0 > 0,
/// tau >= 0 and (nGPT) every continuous alpha_t with int_0^t alpha -> infinity along which the
/// trajectory exists.
struct TerminalProof {
    Steps law_steps;      ///< gamma' ~ C law for some C > 0, when all are true
    Expr law{1};          ///< over t, alpha, alphaint; C = 1
    std::string constant; ///< C in words
    Steps error_steps;    ///< together with law_steps: the bound below
    std::string error;    ///< the error of the leading term at finite t, in words
    std::string scope;    ///< the parameters that occur
};

/// Throws InputError for an unknown scheme. Made once per scheme and process.
const TerminalProof& terminal_proof(const std::string& scheme);

/// Elementary bounds of the constant for all n >= 2, beta >= 0, with the tails n -> infinity and
/// beta -> infinity: ln(C_pre/(2 r_0^2)) = I between explicit functions of n and beta.
const Steps& constant_bounds();
std::string constant_bounds_text();

/// lift = (e^{beta e} - 1)/e and |A| increase with beta, 1/q decreases as n grows: the monotonicity
/// of the densities that the enclosures over boxes use.
const Steps& constant_monotone();

/// Mix-LN's constant against Pre-LN's: C_mix/C_pre = (r_tau/r_0)^2 e^{-2 tau} (1 + (n-1)
/// gamma(tau)) with the Post-LN solution gamma, and the factor after r_tau/r_0 falls from 1 as tau
/// grows.
const Steps& mix_below_pre();

} // namespace attest::theorems

#pragma once

#include "attest/model/parameters.hpp"
#include "theorems/support.hpp"
#include "theorems/terminal_alpha.hpp"

#include <vector>

/// Deciders of gamma'(t) ~ C law(t), the terminal column of Theorem 4.1.
namespace attest::theorems {

/// The symmetric problems that a statement about a scheme is examined at: the grid of (n, beta),
/// and on part of it other r(0), tau (Mix-LN) and alpha_t (nGPT, from words["alphas"]).
std::vector<model::SymmetricProblem> terminal_problems(const Statement& statement,
                                                       const Effort& effort);

/// "n=2, beta=1, r0=10".
std::string describe(const model::SymmetricProblem& problem);

/// words["scheme"], formulas["law"] over t, alpha (= alpha_t) and alphaint (= int_0^t alpha_s ds),
/// and words["alphas"] for nGPT. The statement: there is C > 0 with gamma'(t)/law(t) -> C, for
/// every parameter. Routes: (0) the proof for all parameters of terminal_proof.hpp; (1) the ratio
/// along the trajectory, in enclosures, up to times where its increments are below 10^-9; (2) the
/// constant C from exponential integrals or quadrature together with a bound on the remaining
/// distance for all later times; (3) C to 50 digits by several routes.
Judgement decide_terminal_law(const Statement& statement, const Effort& effort);

} // namespace attest::theorems

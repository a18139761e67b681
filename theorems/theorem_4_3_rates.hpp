#pragma once

#include "theorems/theorem_4_3_proof.hpp"

#include <string>

/// Theorem 4.3 (ii): the check of one scheme's rate of Var.
namespace attest::theorems {

/// Statement about the scheme: formula "clock" over t, alpha, tau, rho; number "largest", if given,
/// bounds delta from above (strictly) besides delta < 1/(100 n^2 beta^2).
///  - With formulas "a", "b" over n, delta and "from" over rho, tau: a, b > 0, and a Var clock <=
///    -Var' <= b Var clock for all t >= from.
///  - Without them: along every trajectory -Var'/(Var clock) stays between two positive constants
///    (of that trajectory) for all t > 0.
/// alpha_t > 0 for nGPT.
Judgement decide_cone_rate(std::string_view scheme, const Statement& statement,
                           const Effort& effort);

} // namespace attest::theorems

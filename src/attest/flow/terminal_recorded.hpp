#pragma once

#include "attest/flow/series_rates.hpp"
#include "attest/flow/terminal.hpp"

namespace attest::flow {

/// gamma'(0): the recorded equation at the start, as a formula and its value for the problem.
struct InitialVelocity {
    Expr formula; ///< over n, beta, r0, alpha0 (= alpha_t at 0); from gamma0, normally 0
    Ball value;
};
/// For every scheme, the paper's and one's own. Throws InputError for a bad problem.
InitialVelocity initial_velocity(const model::SymmetricProblem& problem);

/// The terminal law derived from a scheme's recorded equations alone (docs/extending.md, "What is
/// derived"): no formula in it belongs to one scheme. For schemes of one's own; the tests compare
/// it with terminal() for the paper's.
///
/// With C(t) = int_0^t speed the law is C0 speed e^{-rate C} or C0 speed/C^{order}.
struct RecordedLaw {
    model::Alpha speed;
    bool exponential = true;
    Rational rate;  ///< exponential: gamma' ~ C0 speed e^{-rate C}
    Rational order; ///< otherwise: gamma' ~ C0 speed C^{-order}
    Ball constant;  ///< C0, enclosed by rigorous quadrature at the working precision
    Ball numeric;   ///< C0 again by tanh-sinh quadrature in MPFR; not rigorous
};

/// Throws Undecidable for a scheme whose equations do not separate, that switches at tau, whose
/// magnitude tends to a limit other than 0 and infinity, or whose exponents are not rational.
RecordedLaw recorded_law(const model::SymmetricProblem& problem);
/// The same from rates in the logistic clock; of the problem it reads n, r0, gamma0 and the name.
RecordedLaw recorded_law(const LogisticRates& rates, const model::SymmetricProblem& problem);

/// terminal() for a scheme of one's own: the law from recorded_law; a further route by the closed
/// forms where clocked() recognises a curve of the paper, with onset and tail from that curve.
TerminalLaw own_terminal(const model::SymmetricProblem& problem, const TerminalOptions& options);

} // namespace attest::flow

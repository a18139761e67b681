#pragma once

#include "attest/model/parameters.hpp"
#include "attest/numbers/expr.hpp"

#include <string>

namespace attest::flow {

/// A scheme's symmetric dynamics in the logistic clock sigma, in which epsilon = 1 - gamma obeys
/// d epsilon/d sigma = -2 epsilon (n - (n-1) epsilon)/n whatever the scheme, so that 1/epsilon =
/// K e^{2 sigma} + (n-1)/n. Obtained from the scheme's recorded formulas by exact division:
///   d ln r/d sigma = log_r_rate(epsilon),  dC/d sigma = clock_rate(epsilon, r),
///   C = int_0^t speed(s) ds: the scheme's own clock (t itself for most).
struct LogisticRates {
    Expr log_r_rate;
    Expr clock_rate;        ///< over eps and r
    Expr speed;             ///< over t
    bool grows = false;     ///< log_r_rate is not 0
    bool uses_r = false;    ///< clock_rate contains r
    bool spherical = false; ///< of the scheme
};

/// The rates before (late = false) and after the switching time; schemes without one ignore late.
/// Throws Undecidable for a scheme whose speed does not separate into a function of (epsilon, r)
/// and one of t.
LogisticRates logistic_rates(const model::SymmetricProblem& problem, bool late);

/// Whether the scheme's equations change at tau.
bool has_switch(const model::SymmetricProblem& problem);

/// Right sides of Appendix A with numbers in place of n and beta, over the symbols eps, r and t;
/// d eps/dt and d r/dt.
struct TimeRates {
    Expr epsilon;
    Expr r;
    bool spherical = false;
};
TimeRates time_rates(const model::SymmetricProblem& problem, bool late);

} // namespace attest::flow

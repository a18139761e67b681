#pragma once

#include "attest/model/parameters.hpp"

#include <optional>

namespace attest::flow {

/// A problem as a curve of the paper on a clock: gamma(t) and r(t) are those of `curve` at the time
/// C(t) = int_0^t speed_s ds, at t itself where there is no speed.
struct ClockedProblem {
    model::SymmetricProblem curve; ///< scheme one of the paper's
    std::optional<model::Alpha> speed;
};

/// A speed as a function of t with its integral, where that is known in closed form.
model::Alpha speed_of(const Expr& formula);

/// The paper's schemes are their own curves; nGPT's speed is alpha_t. A scheme of one's own is
/// recognised when its recorded equations in the logistic clock (LogisticRates) are those of
/// Post-LN, Pre-LN, Peri-LN or nGPT with alpha_t = 1 up to a constant factor, by exact algebra.
/// Throws Undecidable where they are none of these, InputError for a bad problem.
ClockedProblem clocked(const model::SymmetricProblem& problem);

} // namespace attest::flow

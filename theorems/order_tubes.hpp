#pragma once

#include "attest/model/parameters.hpp"
#include "theorems/support.hpp"

#include <vector>

/// Who reaches a level first, proved by integration alone: the second route beside the quadratures
/// of flow/clock, and the one that leaves certificates.
namespace attest::theorems {

/// A short rational strictly between two balls, the first below the second. Throws Undecidable
/// where they are not certainly apart.
Rational moment_between(const Ball& earlier, const Ball& later);

/// At the moment every run of `earlier` has 1 - gamma below epsilon and every run of `later` still
/// above it: validated integration of each from t = 0, certificates attached. gamma is monotone, so
/// the first reach the level before the moment and the others after it.
/// False where some run is certainly on the other side, Unknown where no enclosure was found.
Evidence order_at_moment(const std::vector<model::SymmetricProblem>& earlier,
                         const std::vector<model::SymmetricProblem>& later, const Rational& epsilon,
                         const Rational& moment, const Scope& scope);

} // namespace attest::theorems

#pragma once

#include "theorems/support.hpp"

#include <vector>

/// Random directions in double precision: how large the vectors of Theorem 4.2 are.
namespace attest::theorems {

/// Evidence that does not carry a verdict: the largest ratio of the quantity ("A", "mean") to the
/// formula g(n, d, log n) on a grid, with exact binomial confidence, and growth along n = d, n =
/// d^2. Nothing for quantities that are not sampled.
std::vector<Evidence> sampled_evidence(const std::string& quantity, const Expr& g,
                                       const Effort& effort);

} // namespace attest::theorems

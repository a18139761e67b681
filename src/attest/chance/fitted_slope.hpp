#pragma once

#include <span>

namespace attest::chance {

/// Least-squares slope of y on x, as many numbers each; NaN where all x are equal.
double fitted_slope(std::span<const double> x, std::span<const double> y);

} // namespace attest::chance

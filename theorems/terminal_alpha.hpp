#pragma once

#include "attest/model/alpha.hpp"
#include "theorems/support.hpp"

#include <optional>
#include <string>
#include <vector>

/// What nGPT's alpha_t says about its terminal law.
namespace attest::theorems {

/// The functions alpha_t named in words["alphas"], separated by ';'.
std::vector<model::Alpha> alphas_of(const Statement& statement);

/// Where int_0^t alpha -> sign * infinity along a sequence of times with alpha != 0, by exact
/// algebra: the closed form with sin(4t), cos(4t) at 0 or +-1 is a linear function of t whose slope
/// has that sign. In words; nothing where this does not show it.
std::optional<std::string> integral_escapes_along(const model::Alpha& alpha, int sign);

/// Where int alpha is known not to tend to +infinity: evidence that no C > 0 has gamma' ~ C law, in
/// balls at one late time and by exact algebra for all n >= 2, beta > 0. Empty otherwise.
std::vector<Evidence> integral_escapes(const model::Alpha& alpha, const Expr& law);

/// law/(derived law) does not depend on t, alpha_t or int alpha, by exact algebra. Unknown without
/// a derived law.
Truth constant_multiple(const Expr& law, const std::optional<Expr>& derived);

} // namespace attest::theorems

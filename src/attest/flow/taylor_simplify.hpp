#pragma once

#include "attest/numbers/expr.hpp"

#include <string>
#include <vector>

namespace attest::flow {

/// An equal formula that needs fewer series products: sums are collected, common factors of sums
/// are taken out, equal factors of numerator and denominator cancel, and exponentials split into
/// their factors (e^{5 - 5x} = e^5 e^{-5x}), so that a common e^{beta gamma} leaves a quotient.
/// Exact: only rational constants are computed. Symbols named in positive may leave a root:
/// sqrt(s^2) = s. The result equals the formula wherever the formula has a value; it may also have
/// one at a removable singularity. Throws DomainError for a division by an expression that is
/// identically 0.
Expr simplify(const Expr& formula, const std::vector<std::string>& positive = {});

} // namespace attest::flow

#pragma once

#include "attest/numbers/ball.hpp"
#include "attest/numbers/expr.hpp"

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>

/// Leading terms of formulas as a variable y tends to infinity.
namespace attest::theorems {

inline constexpr std::size_t scale_size = 3; ///< y, log y, log log y
using ScalePowers = std::array<Rational, scale_size>;

/// What a formula is asymptotically equal to: coefficient y^powers[0] (log y)^powers[1]
/// (log log y)^powers[2].
struct Growth {
    Ball coefficient; ///< exactly 0: the formula is 0
    ScalePowers powers;
    bool constant = false; ///< the formula is its coefficient
    /// "2*y^(1/2)*(log y)^(-1)"
    std::string text() const;
};
Growth monomial(const Ball& coefficient, const ScalePowers& powers);
Growth constant_growth(const Ball& coefficient);

/// The symbols of a formula.
using SymbolGrowths = std::map<std::string, Growth>;

/// By the rules for leading terms; nothing where terms cancel or a part has no such term.
std::optional<Growth> growth(const Expr& formula, const SymbolGrowths& symbols);
/// It tends to 0, or to a constant that is less than `limit`.
bool stays_below(const Growth& growth, const Rational& limit);
/// lower/g -> infinity by the leading terms, or g is 0 or negative from some y on: no constant C
/// makes C g exceed lower.
struct Outgrows {
    Growth lower;
    Growth g;
};
std::optional<Outgrows> outgrows(const Expr& lower, const Expr& g, const SymbolGrowths& symbols);

} // namespace attest::theorems

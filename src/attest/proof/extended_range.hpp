#pragma once

#include "attest/numbers/expr.hpp"

#include <map>
#include <optional>
#include <string>

namespace attest::proof {

/// A closed set of reals between two ends, either of which may be missing (unbounded).
struct ExtendedRange {
    std::optional<Rational> lo;
    std::optional<Rational> hi;

    bool bounded() const noexcept { return lo && hi; }
    /// "[2, inf)", "[0, 1]".
    std::string to_string() const;
};

/// A range that contains every value of the formula for symbols in the given ranges, also where
/// they are unbounded: exp(-beta) over beta >= 2 lies in [0, e^-2]. Ends that are no short dyadic
/// numbers are rounded outward to 48 bits. Operations that can lose all information (division by a
/// range around 0, sine of an unbounded range) give the whole line or [-1, 1].
/// Throws DomainError for a symbol without range or an empty range.
ExtendedRange range_of(const Expr& formula, const std::map<std::string, ExtendedRange>& ranges);

/// The values of (e^x - 1)/x (1 at x = 0) for x in the range: increasing, from 0 to infinity.
ExtendedRange range_of_exprel(const ExtendedRange& x);

} // namespace attest::proof

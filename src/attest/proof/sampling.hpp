#pragma once

#include "attest/numbers/ball.hpp"
#include "attest/numbers/expr.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace attest::proof {

/// Exact values of the symbols of a statement.
using Point = std::map<std::string, Rational>;

/// What a symbol ranges over: an interval or the integers in it, and values that are always tried.
struct Range {
    Rational lo;
    Rational hi;
    bool integer = false;
    std::vector<Rational> special;
};
using Domain = std::map<std::string, Range>;

/// Every combination of special values (cut off at half of count, spread evenly), then points drawn
/// from a counter-based stream: the i-th point depends on seed and i alone. Values are dyadic with
/// 20 bits inside the range, half of them clustered near its ends, where inequalities break first.
std::vector<Point> sample_points(const Domain& domain, std::size_t count, std::uint64_t seed);

/// "n=2, beta=0, gamma=1/2".
std::string to_string(const Point& point);

/// What evaluation in balls at points says of a relation between two formulas.
struct PointCheck {
    std::size_t certified = 0;  ///< points at which the relation is proved
    std::size_t open = 0;       ///< points at which the ball of the difference contains 0
    std::size_t violated = 0;   ///< points at which its negation is proved
    std::size_t undefined = 0;  ///< points at which a side has no value
    std::size_t one_sided = 0;  ///< of these, points at which the other side has one
    std::optional<Point> worst; ///< a violated point: the one with the fewest digits
    Ball worst_difference;      ///< left minus right there
    Ball smallest_difference;   ///< enclosure of the smallest left minus right over all points
    long digits = 0;            ///< identities: digits to which every point agrees
    long bits = 0;              ///< working precision at which the outcome was reached

    /// False if violated anywhere, or if one side has no value at any point while the other has
    /// one; True if certified everywhere; Unknown otherwise.
    Truth outcome() const;
};

// Both checks climb a ladder of precisions and stop at the first one that leaves no point open.

/// lhs = rhs: "certified" means that both balls overlap and are tight to at least digits.
PointCheck check_equal(const Expr& lhs, const Expr& rhs, const std::vector<Point>& points,
                       long digits);

/// lhs >= rhs.
PointCheck check_at_least(const Expr& lhs, const Expr& rhs, const std::vector<Point>& points,
                          long digits);

/// The formula in balls at an exact point, at the working precision.
Ball evaluate_at(const Expr& formula, const Point& point);

} // namespace attest::proof

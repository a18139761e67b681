#pragma once

#include "theorems/support.hpp"

#include <string>
#include <utility>
#include <vector>

/// Statements whose hypotheses, read as worded, admit an explicit configuration that contradicts
/// them.
namespace attest::theorems {

/// A configuration in exact terms, what it shows, and two numbers whose relation shows it again.
struct Obstacle {
    std::vector<std::pair<std::string, std::string>> configuration;
    std::string shows;
    Expr lhs{0};
    std::string relation; ///< "<", ">", "!=", "<=", ">=" of lhs and rhs, at the point
    Expr rhs{0};
    proof::Point at = {};
};

/// The judgement "fails" with that counterexample, after the relation between the two numbers has
/// been established, exactly or in balls; undecided where it could not be.
Judgement judged_by(const Obstacle& obstacle, const Effort& effort);

} // namespace attest::theorems

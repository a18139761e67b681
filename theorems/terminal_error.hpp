#pragma once

#include "attest/model/parameters.hpp"
#include "attest/numbers/ball.hpp"
#include "theorems/support.hpp"

#include <optional>
#include <vector>

/// The explicit error of the terminal laws of Theorem 4.1 at finite t, at given parameters.
namespace attest::theorems {

/// Between what gamma'/(C law) lies at one moment.
struct RatioRange {
    Ball lower;
    Ball upper;
};

/// The bounds of TerminalProof::error at the time (nGPT: at that value of int alpha), C the
/// terminal constant. Nothing where they say nothing: for growing magnitudes before t = B, for nGPT
/// where int alpha < 0, for sqrt-scaling at t = 0.
std::optional<RatioRange> ratio_range(const model::SymmetricProblem& problem, const Ball& constant,
                                      const Ball& time);

/// Along the trajectories of the problems (at most so many, spread evenly), from 1 - gamma = 9/10
/// to e^-60: the ratio lies between the bounds. Supports the proof, does not carry the statement.
Evidence error_at_points(const std::vector<model::SymmetricProblem>& problems, std::size_t most);

} // namespace attest::theorems

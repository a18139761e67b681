#pragma once

#include <string_view>

namespace attest::flow {

/// A condition on the configuration at which a run stops.
enum class Goal {
    Time,         ///< none: run to the last moment
    Synchronised, ///< <theta_j, theta_k> >= 1 - tolerance for all j, k
    Cone,         ///< the same with the paper's delta as tolerance (Theorem 4.3)
    Hemisphere,   ///< a pole p with <p, theta_j> > 0 for all j was found (see find_pole)
    /// |P_j A_j| <= tolerance for all j; for Q = K = V = I that is |grad_j E| <= 2 beta Z_j
    /// tolerance, and a critical point of the energy at tolerance 0 (Section 3).
    Stationary
};

enum class Stop {
    Goal,        ///< the condition holds
    Time,        ///< the last moment was reached
    Evaluations, ///< the budget is spent
    Breakdown    ///< no step is small enough: a magnitude reached 0 or a division by |A_j| = 0
};
std::string_view to_string(Goal goal);
std::string_view to_string(Stop stop);
/// Throws InputError unless the text is the name of a goal.
Goal parse_goal(std::string_view text);

} // namespace attest::flow

#pragma once

#include "attest/flow/runge_kutta.hpp"
#include "attest/model/parameters.hpp"

#include <array>
#include <functional>
#include <string>
#include <vector>

namespace attest::flow {

/// alpha_t in double for a scheme that reads it, 1 for the others; a constant is evaluated once.
std::function<double(double)> alpha_in_double(const model::SymmetricProblem& problem);

/// gamma and r, or their velocities.
using SymmetricPair = std::array<double, 2>;
using SymmetricField = std::function<SymmetricPair(double t, const SymmetricPair& state)>;

/// Appendix A's equations in double. Mix-LN switches after tau; `early`: at tau already.
SymmetricField symmetric_field(const model::SymmetricProblem& problem, bool early = false);

/// What a one-step method makes of the symmetric equations on a grid of times, in double.
struct MethodRun {
    std::string name;
    bool drifts = false; ///< tokens of a scheme on the sphere, not put back on it
    std::vector<double> gamma;
    std::vector<double> r;
};

/// Times, start and step of a simulation.
struct StepGrid {
    std::vector<double> times; ///< ascending
    double step = 0;           ///< longest step between two times; 0: one step each
    double gamma = 0;          ///< state at the first time
    double r = 1;
};

/// Runs of methods_of_order, 1..highest_order, on the same grid: Runge-Kutta methods on Appendix
/// A's equations for gamma and r and on Table 1's for the tokens (with and without putting them
/// back on the sphere where the scheme lives there), for order 1 also Table 1's layers with that
/// step. Mix-LN is run with the switch before and after a step that starts at tau. How far they are
/// from the exact solution shows what a step of that length explains; nothing is proved here. Runs
/// that end in numbers that are not finite are left out. Throws InputError for another order, times
/// that do not ascend or more than most_steps steps.
std::vector<MethodRun> method_runs(const model::SymmetricProblem& problem, const StepGrid& grid,
                                   int order);

inline constexpr double most_steps = 5e6;

} // namespace attest::flow

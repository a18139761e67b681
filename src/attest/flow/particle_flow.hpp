#pragma once

#include "attest/flow/runge_kutta.hpp"
#include "attest/model/particles.hpp"

#include <functional>
#include <string>

namespace attest::flow {

/// A particle system in time. alpha(t) is nGPT's alpha_t; Mix-LN switches at tau.
template <class T>
struct ParticleProblem {
    std::string scheme;
    model::Attention<T> attention;
    std::function<T(const T&)> alpha = [](const T&) { return T(1); };
    T tau = T(1);
};

/// (theta, r) at time t1 from the state at t0, by equal steps of a fixed method; nothing is
/// projected back to the sphere, so that the drift of |theta_j| from 1 shows the method's error. A
/// switch of Mix-LN inside (t0, t1) splits the interval in two, each with that many steps, so that
/// the order is kept; the magnitudes pass the switch unchanged (Table 2). The error is O(h^order)
/// and is not bounded here. Throws InputError for an unknown scheme, sizes that do not fit, or
/// steps < 1.
template <class T>
model::Particles<T> integrate_particles(const ParticleProblem<T>& problem,
                                        const model::Particles<T>& start, const T& t0, const T& t1,
                                        long steps,
                                        const RungeKutta& method = RungeKutta::dormand_prince());

/// X at time t1 by Table 1's continuous column, in the same way. After a switch of Mix-LN the
/// tokens have the length they had before it.
template <class T>
Matrix<T> integrate_tokens(const ParticleProblem<T>& problem, const Matrix<T>& start, const T& t0,
                           const T& t1, long steps,
                           const RungeKutta& method = RungeKutta::dormand_prince());

// Instantiated for double and Real.

} // namespace attest::flow

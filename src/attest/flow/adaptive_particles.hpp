#pragma once

#include "attest/flow/goal.hpp"
#include "attest/flow/particle_flow.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace attest::flow {

template <class T>
struct AdaptiveOptions {
    T rtol = T(1e-9); ///< each step's estimated error: |e_theta_j| <= atol + rtol,
    T atol = T(1e-9); ///< |e_r_j| <= atol + rtol r_j
    T until = T(100); ///< last moment
    /// Steps in ln(1 + t) instead of t: the natural variable where magnitudes grow like t.
    bool log_time = false;
    long evaluations = 1'000'000; ///< budget of velocity evaluations
    int threads = 1;              ///< for double
    /// Called with the states at the moments of observe_at (ascending) that the run comes past.
    std::vector<T> observe_at;
    std::function<void(const T& t, const model::Particles<T>& state)> observe;
};

template <class T>
struct AdaptiveRun {
    T t;
    model::Particles<T> state; ///< unit directions
    Stop stop = Stop::Time;
    long evaluations = 0;
    long accepted = 0;
    long rejected = 0;
    /// Largest ||theta_j| - 1| that a step left before its result was put back on the sphere.
    T drift;
    T least_product;               ///< min <theta_j, theta_k> at the end
    std::optional<Vector<T>> pole; ///< where the goal was a hemisphere and it was reached
};

/// Runs of the normalized attention dynamics with error control: the pair of Dormand and Prince
/// (1980), order 5 with an error estimate of order 4, its continuous extension of order 4 (Hairer,
/// Norsett and Wanner, Solving Ordinary Differential Equations I, II.6) and a step-size controller
/// with memory (the same, II.4 and IV.2). One object serves many runs of one problem; in double it
/// allocates nothing per step.
///
/// The velocity is always taken at directions of unit length, so that the right side is the one
/// homogeneous of degree 0 in theta_j, and a finished step is put back on the sphere. A switch of
/// Mix-LN inside the run is the end of a step exactly, and the next one starts with the other
/// regulation. The global error is controlled, not bounded: see validated_particles for that.
///
/// A goal is looked for at the end of every step; where it holds there and did not before, the
/// moment is found by bisection of the step's continuous extension (24 halvings), and the state
/// returned is one where it holds. A condition that comes and goes within one step is not seen.
template <class T>
class AdaptiveParticles {
public:
    /// Throws InputError for an unknown scheme, n or d < 1, matrices that do not fit, tolerances
    /// outside (0, 1) or a budget < 1.
    AdaptiveParticles(const ParticleProblem<T>& problem, long d, long n,
                      AdaptiveOptions<T> options = {});
    ~AdaptiveParticles();
    AdaptiveParticles(AdaptiveParticles&&) noexcept;
    AdaptiveParticles& operator=(AdaptiveParticles&&) = delete;

    /// From the state at t0 >= 0 (nonzero directions, put on the sphere first; positive
    /// magnitudes) until the goal or the last moment. Throws InputError for a state of another
    /// size, a negative t0, magnitudes that are not positive, or a tolerance outside (0, 2].
    AdaptiveRun<T> run(const model::Particles<T>& start, const T& t0 = T(0), Goal goal = Goal::Time,
                       const T& tolerance = T(1e-6));

private:
    struct Work;
    std::unique_ptr<Work> work_;
};

// Instantiated for double and Real.

} // namespace attest::flow

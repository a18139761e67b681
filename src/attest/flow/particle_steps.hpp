#pragma once

#include "attest/model/particles.hpp"

#include <cmath>

/// What one Runge-Kutta step does to a state (theta, r), column by column, so that a column stays
/// in the cache.
namespace attest::flow {

template <class T>
void resize_particles(model::Particles<T>& state, long d, long n)
{
    state.theta.resize(d, n);
    state.r.resize(n);
}

/// Puts the directions on the sphere; the largest ||theta_j| - 1| there was.
template <class T>
T put_on_sphere(model::Particles<T>& state)
{
    T drift = T(0);
    for (Eigen::Index j = 0; j < state.theta.cols(); ++j) {
        using std::isfinite;
        using std::sqrt;
        const T length = sqrt(T(state.theta.col(j).squaredNorm()));
        // Not finite for a direction that is lost.
        const T inverse = T(1) / length;
        const T distance = length > 1 ? T(length - 1) : T(1 - length);
        const T off = isfinite(inverse) ? distance : inverse;
        drift = off > drift || !isfinite(off) ? off : drift;
        state.theta.col(j) *= inverse;
    }
    return drift;
}

/// Whether all magnitudes are positive and finite.
template <class T>
bool is_regular(const model::Particles<T>& state)
{
    using std::isfinite;
    bool regular = true;
    for (Eigen::Index j = 0; regular && j < state.r.size(); ++j) {
        regular = state.r(j) > 0 && isfinite(state.r(j));
    }
    return regular;
}

/// to = y + h sum_{i < count} weights_i k_i, not put on the sphere.
template <class T, class Slopes, class Weights>
void combine(const model::Particles<T>& y, const Slopes& k, const Weights& weights,
             std::size_t count, const T& h, model::Particles<T>& to)
{
    for (Eigen::Index j = 0; j < y.r.size(); ++j) {
        to.theta.col(j) = y.theta.col(j);
        to.r(j) = y.r(j);
        for (std::size_t i = 0; i < count; ++i) {
            if (weights[i] != 0) {
                const T factor = h * weights[i];
                to.theta.col(j) += factor * k[i].theta.col(j);
                to.r(j) += factor * k[i].r(j);
            }
        }
    }
}

/// Largest estimated error of a token over its tolerance; not finite where the step went astray.
template <class T, class Slopes, class Weights>
T step_error(const model::Particles<T>& y, const model::Particles<T>& next, const Slopes& k,
             const Weights& weights, const T& h, const T& atol, const T& rtol)
{
    using std::isfinite;
    using std::sqrt;
    T largest = T(0);
    const auto add = [&](const T& ratio) {
        largest = ratio > largest || !isfinite(ratio) ? ratio : largest;
    };
    for (Eigen::Index j = 0; j < y.r.size() && isfinite(largest); ++j) {
        T squared = T(0);
        for (Eigen::Index i = 0; i < y.theta.rows(); ++i) {
            T e = T(0);
            for (std::size_t s = 0; s < k.size(); ++s) {
                e += weights[s] * k[s].theta(i, j);
            }
            squared += e * e;
        }
        T e = T(0);
        for (std::size_t s = 0; s < k.size(); ++s) {
            e += weights[s] * k[s].r(j);
        }
        e = h * (e < 0 ? T(-e) : e);
        const T r = y.r(j) > next.r(j) ? y.r(j) : next.r(j);
        add(T(h * sqrt(squared)) / T(atol + rtol));
        add(e / T(atol + rtol * r));
    }
    return largest;
}

} // namespace attest::flow

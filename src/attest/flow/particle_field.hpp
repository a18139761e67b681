#pragma once

#include "attest/flow/particle_flow.hpp"
#include "attest/model/fast_velocity.hpp"

#include <algorithm>
#include <cmath>

namespace attest::flow {

/// The velocity of one particle problem at unit directions, and what goals ask about a state: the
/// general templates for any number type.
template <class T>
class ParticleField {
public:
    ParticleField(const ParticleProblem<T>& problem, long d, long, int) :
        scheme_(problem.scheme), attention_(problem.attention)
    {
        model::with_scheme(scheme_, [](auto) { return true; });
        model::validate(attention_, Matrix<T>(d, 1));
    }
    void evaluate(const model::Particles<T>& state, const model::Regulation<T>& at,
                  model::Particles<T>& velocity)
    {
        velocity = model::particle_velocity(scheme_, attention_, state, at);
    }
    /// min <theta_j, theta_k>.
    T least_product(const model::Particles<T>& state) const
    {
        const Matrix<T> products = product(Matrix<T>(state.theta.transpose()), state.theta);
        return *std::min_element(products.data(), products.data() + products.size());
    }
    /// max |P_j A_j|, with theta_j' = slopes.theta / scale where they are known.
    T largest_force(const model::Particles<T>& state, const model::Particles<T>&, const T&) const
    {
        using std::sqrt;
        const Matrix<T> A = model::attend(attention_, state.theta);
        T largest = T(0);
        for (Eigen::Index j = 0; j < A.cols(); ++j) {
            const Vector<T> theta = state.theta.col(j);
            const Vector<T> force = model::project<T>(theta, Vector<T>(A.col(j)));
            largest = std::max(largest, T(sqrt(T(model::inner(force, force)))));
        }
        return largest;
    }

private:
    std::string scheme_;
    model::Attention<T> attention_;
};

/// In double, by FastVelocity. The questions are about the state evaluated last.
template <>
class ParticleField<double> {
public:
    ParticleField(const ParticleProblem<double>& problem, long d, long n, int threads) :
        fast_(problem.scheme, problem.attention, d, n, threads)
    {
    }
    void evaluate(const model::Particles<double>& state, const model::Regulation<double>& at,
                  model::Particles<double>& velocity)
    {
        fast_.evaluate(state, at, velocity);
    }
    double least_product(const model::Particles<double>&) { return fast_.least_product(); }
    double largest_force(const model::Particles<double>&, const model::Particles<double>& slopes,
                         double scale) const
    {
        double largest = 0;
        for (Eigen::Index j = 0; j < slopes.theta.cols(); ++j) {
            const double force = std::abs(fast_.speed_factors()[static_cast<std::size_t>(j)])
                                 * slopes.theta.col(j).norm() / scale;
            // Not finite where A_j = 0: then P_j A_j = 0 as well.
            const bool zero = fast_.tokens()[static_cast<std::size_t>(j)].norm_A == 0;
            largest = std::max(largest, zero ? 0 : force);
        }
        return largest;
    }

private:
    model::FastVelocity fast_;
};

} // namespace attest::flow

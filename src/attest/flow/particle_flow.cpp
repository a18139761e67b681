#include "attest/flow/particle_flow.hpp"

#include <fmt/format.h>

namespace attest::flow {
namespace {

template <class T>
T number(const Rational& value)
{
    return NumberTraits<T>::from_rational(value);
}

/// One method applied to a matrix-valued state; f(t, y) is the right side.
template <class T, class F>
Matrix<T> advance(const RungeKutta& method, const F& f, Matrix<T> y, const T& t0, const T& t1,
                  long steps)
{
    const T h = T(t1 - t0) / number<T>(Rational(steps));
    std::vector<Matrix<T>> k(method.b.size());
    const auto add = [&](Matrix<T>& sum, const Rational& weight, const Matrix<T>& slope) {
        if (weight != 0) {
            sum += T(h * number<T>(weight)) * slope;
        }
    };
    for (long step = 0; step < steps; ++step) {
        const T t = t0 + h * number<T>(Rational(step));
        for (std::size_t i = 0; i < k.size(); ++i) {
            Matrix<T> stage = y;
            for (std::size_t j = 0; j < i; ++j) {
                add(stage, method.a[i][j], k[j]);
            }
            k[i] = f(T(t + h * number<T>(method.c[i])), stage);
        }
        for (std::size_t i = 0; i < k.size(); ++i) {
            add(y, method.b[i], k[i]);
        }
    }
    return y;
}

/// Integrates with the regulation of each side of Mix-LN's switch; stages on the switch itself
/// belong to the side being integrated.
template <class T, class Velocity>
Matrix<T> piecewise(const ParticleProblem<T>& problem, const Velocity& velocity, Matrix<T> y,
                    const T& t0, const T& t1, long steps, const RungeKutta& method)
{
    if (steps < 1) {
        throw InputError(fmt::format("{} steps: must be at least 1", steps));
    }
    const auto piece = [&](const T& from, const T& to, long late) {
        const auto f = [&](const T& t, const Matrix<T>& state) {
            return velocity(state, model::Regulation<T>{problem.alpha(t), t, T(late)});
        };
        y = advance(method, f, std::move(y), from, to, steps);
    };
    if (t0 < problem.tau && problem.tau < t1 && problem.scheme == model::MixLN::name) {
        piece(t0, problem.tau, 0);
        piece(problem.tau, t1, 1);
    } else {
        piece(t0, t1, t0 < problem.tau ? 0 : 1);
    }
    return y;
}

} // namespace

template <class T>
model::Particles<T> integrate_particles(const ParticleProblem<T>& problem,
                                        const model::Particles<T>& start, const T& t0, const T& t1,
                                        long steps, const RungeKutta& method)
{
    const Eigen::Index d = start.theta.rows();
    const auto unpack = [&](const Matrix<T>& state) {
        return model::Particles<T>{state.topRows(d), state.row(d).transpose()};
    };
    const auto pack = [&](const model::Particles<T>& particles) {
        Matrix<T> state(d + 1, particles.theta.cols());
        state.topRows(d) = particles.theta;
        state.row(d) = particles.r.transpose();
        return state;
    };
    if (start.r.size() != start.theta.cols()) {
        throw InputError(fmt::format("{} magnitudes for {} directions: must be equal",
                                     start.r.size(), start.theta.cols()));
    }
    const auto velocity = [&](const Matrix<T>& state, const model::Regulation<T>& at) {
        return pack(model::particle_velocity(problem.scheme, problem.attention, unpack(state), at));
    };
    return unpack(piecewise(problem, velocity, pack(start), t0, t1, steps, method));
}

template <class T>
Matrix<T> integrate_tokens(const ParticleProblem<T>& problem, const Matrix<T>& start, const T& t0,
                           const T& t1, long steps, const RungeKutta& method)
{
    const auto velocity = [&](const Matrix<T>& state, const model::Regulation<T>& at) {
        return model::token_velocity(problem.scheme, problem.attention, state, at);
    };
    return piecewise(problem, velocity, start, t0, t1, steps, method);
}

template model::Particles<double> integrate_particles(const ParticleProblem<double>&,
                                                      const model::Particles<double>&,
                                                      const double&, const double&, long,
                                                      const RungeKutta&);
template Matrix<double> integrate_tokens(const ParticleProblem<double>&, const Matrix<double>&,
                                         const double&, const double&, long, const RungeKutta&);
template model::Particles<Real> integrate_particles(const ParticleProblem<Real>&,
                                                    const model::Particles<Real>&, const Real&,
                                                    const Real&, long, const RungeKutta&);
template Matrix<Real> integrate_tokens(const ParticleProblem<Real>&, const Matrix<Real>&,
                                       const Real&, const Real&, long, const RungeKutta&);

} // namespace attest::flow

#include "attest/model/particles.hpp"

#include "attest/model/attention_impl.hpp"

#include <fmt/format.h>

namespace attest::model {
namespace {

template <class S, class T>
Particles<T> velocity(const Attention<T>& attention, const Particles<T>& particles,
                      const Regulation<T>& at)
{
    const Matrix<T> A = attend(attention, particles.theta);
    Particles<T> dot{Matrix<T>(A.rows(), A.cols()), Vector<T>(A.cols())};
    for (Eigen::Index j = 0; j < A.cols(); ++j) {
        const Vector<T> theta = particles.theta.col(j);
        const Vector<T> A_j = A.col(j);
        const TokenView<T> token{
            particles.r(j), T(sqrt(T(inner(A_j, A_j)))), T(inner(theta, A_j)), at.alpha, at.t,
            at.late};
        dot.theta.col(j) = T(1 / S::speed_factor(token)) * project<T>(theta, A_j);
        dot.r(j) = S::r_dot(token);
    }
    return dot;
}

} // namespace

template <class T>
Particles<T> particles_of(const Matrix<T>& X)
{
    Particles<T> out{unit_columns(X), Vector<T>(X.cols())};
    for (Eigen::Index j = 0; j < X.cols(); ++j) {
        const Vector<T> x = X.col(j);
        out.r(j) = sqrt(T(inner(x, x)));
    }
    return out;
}

template <class T>
Matrix<T> tokens_of(const Particles<T>& particles)
{
    Matrix<T> X = particles.theta;
    for (Eigen::Index j = 0; j < X.cols(); ++j) {
        X.col(j) *= particles.r(j);
    }
    return X;
}

template <class T>
Particles<T> particle_velocity(std::string_view scheme, const Attention<T>& attention,
                               const Particles<T>& particles, const Regulation<T>& at)
{
    validate(attention, particles.theta);
    if (particles.r.size() != particles.theta.cols()) {
        throw InputError(fmt::format("{} magnitudes for {} directions: must be equal",
                                     particles.r.size(), particles.theta.cols()));
    }
    return with_scheme(scheme,
                       [&](auto s) { return velocity<decltype(s)>(attention, particles, at); });
}

template <class T>
Matrix<T> symmetric_directions(long n, const T& gamma)
{
    if (n < 1) {
        throw InputError(fmt::format("n = {}: must be at least 1", n));
    }
    const T a = sqrt(T(1 - gamma));
    const T size = NumberTraits<T>::from_rational(Rational(n));
    const T b = T(sqrt(T(1 + T(size - 1) * gamma)) - a) / size;
    Matrix<T> theta(n, n);
    for (Eigen::Index j = 0; j < n; ++j) {
        for (Eigen::Index k = 0; k < n; ++k) {
            theta(j, k) = j == k ? T(a + b) : b;
        }
    }
    return theta;
}

template Particles<double> particles_of(const Matrix<double>&);
template Matrix<double> tokens_of(const Particles<double>&);
template Particles<double> particle_velocity(std::string_view, const Attention<double>&,
                                             const Particles<double>&, const Regulation<double>&);
template Matrix<double> symmetric_directions(long, const double&);

template Particles<Real> particles_of(const Matrix<Real>&);
template Matrix<Real> tokens_of(const Particles<Real>&);
template Particles<Real> particle_velocity(std::string_view, const Attention<Real>&,
                                           const Particles<Real>&, const Regulation<Real>&);
template Matrix<Real> symmetric_directions(long, const Real&);

template Particles<Ball> particles_of(const Matrix<Ball>&);
template Matrix<Ball> tokens_of(const Particles<Ball>&);
template Particles<Ball> particle_velocity(std::string_view, const Attention<Ball>&,
                                           const Particles<Ball>&, const Regulation<Ball>&);
template Matrix<Ball> symmetric_directions(long, const Ball&);

// Recorded: the right sides themselves as formulas.
template Particles<Expr> particle_velocity(std::string_view, const Attention<Expr>&,
                                           const Particles<Expr>&, const Regulation<Expr>&);

} // namespace attest::model

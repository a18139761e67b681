#pragma once

#include "attest/model/invariant_matrix.hpp"
#include "attest/model/layers.hpp"

#include <string_view>

namespace attest::model {

template <class T>
Matrix<T> transposed(const Matrix<T>& x)
{
    return x.transpose();
}
template <class T>
Vector<T> diagonal_of(const Matrix<T>& x)
{
    return x.diagonal();
}
/// diag(v) x.
template <class T>
Matrix<T> scale_rows(const Vector<T>& v, const Matrix<T>& x)
{
    Matrix<T> out = x;
    for (Eigen::Index k = 0; k < x.cols(); ++k) {
        for (Eigen::Index j = 0; j < x.rows(); ++j) {
            out(j, k) = v(j) * x(j, k);
        }
    }
    return out;
}
/// sum_k x_jk y_jk for every row j.
template <class T>
Vector<T> row_products(const Matrix<T>& x, const Matrix<T>& y)
{
    Vector<T> out(x.rows());
    for (Eigen::Index j = 0; j < x.rows(); ++j) {
        T sum = T(0);
        for (Eigen::Index k = 0; k < x.cols(); ++k) {
            sum = sum + x(j, k) * y(j, k);
        }
        out(j) = sum;
    }
    return out;
}
/// f applied to the entries of one or more vectors with the same index.
template <class F, class T, class... More>
Vector<T> entrywise(const F& f, const Vector<T>& v, const More&... more)
{
    Vector<T> out(v.size());
    for (Eigen::Index j = 0; j < v.size(); ++j) {
        out(j) = f(v(j), more(j)...);
    }
    return out;
}

/// Velocity of the Gram matrix of the directions and of the magnitudes.
template <class M, class V>
struct GramVelocity {
    M G;
    V r;
};

/// The dynamics (NA) with Q = K = V = I closes on G_jk = <theta_j, theta_k> and r: no coordinates,
/// hence no rotations and no d. With W = softmax(beta G), B = W G has B_jk = <A_j, theta_k>, and
/// |A_j|^2 = (W G W^T)_jj = sum_k W_jk B_jk, so that
///   <theta_j', theta_k> = (B_jk - B_jj G_jk)/s_j =: H_jk,   G' = H + H^T,   r_j' from Table 2.
///
/// M is Matrix<T> or InvariantMatrix<T>, V the vector type that goes with it; the scheme's own
/// speed_factor and r_dot are called. Domain: G positive semidefinite with unit diagonal, and
/// whatever the scheme divides by nonzero.
template <class S, class M, class V, class T>
GramVelocity<M, V> gram_velocity(const M& G, const V& r, const T& beta, const Regulation<T>& at)
{
    const M W = softmax_rows(M(beta * G));
    const M B = product(W, G);
    const V A_theta = diagonal_of(B);
    const V A_squared = row_products(W, B);
    const auto view = [&](const T& r_j, const T& squared, const T& theta_A) {
        return TokenView<T>{r_j, T(sqrt(squared)), theta_A, at.alpha, at.t, at.late};
    };
    const V speed = entrywise(
        [&](const T& r_j, const T& squared, const T& theta_A) {
            return T(1 / S::speed_factor(view(r_j, squared, theta_A)));
        },
        r, A_squared, A_theta);
    const M H = scale_rows(speed, M(B - scale_rows(A_theta, G)));
    return {M(H + transposed(H)),
            entrywise([&](const T& r_j, const T& squared,
                          const T& theta_A) { return T(S::r_dot(view(r_j, squared, theta_A))); },
                      r, A_squared, A_theta)};
}

/// G and r of explicit tokens, and their velocity under the scheme of that name.
template <class T>
using GramState = GramVelocity<Matrix<T>, Vector<T>>;
/// Throws InputError for an unknown scheme or sizes that do not fit. Instantiated for double, Real
/// and Ball.
template <class T>
GramState<T> gram_velocity(std::string_view scheme, const GramState<T>& state, const T& beta,
                           const Regulation<T>& at);

/// What the particle system says about the symmetric configuration: all pairs at gamma, all
/// magnitudes r. gamma_dot is the common velocity of all n(n-1) off-diagonal entries of G and r_dot
/// that of all magnitudes (they are common because the velocity is again permutation invariant,
/// which the algebra of InvariantMatrix carries out for every n); diagonal_dot is the velocity of
/// <theta_j, theta_j>, which has to vanish.
template <class T>
struct SymmetricVelocity {
    T gamma_dot;
    T r_dot;
    T diagonal_dot;
};

/// The right side of Appendix A's ODEs derived from the particle system (NA) instead of copied:
/// T may be a number or Symbolic, where n, beta, gamma, r, ... are symbols.
template <class S, class T>
SymmetricVelocity<T> symmetric_velocity_from_particles(const T& n, const T& beta, const T& gamma,
                                                       const T& r, const Regulation<T>& at)
{
    const InvariantMatrix<T> G{T(1), gamma, n};
    const InvariantVector<T> magnitudes{r};
    const auto dot = gram_velocity<S>(G, magnitudes, beta, at);
    return {dot.G.off_diagonal, dot.r.value, dot.G.diagonal};
}

/// The same from explicit n x n matrices, with the check that no entry differs from its fellows:
/// calls same(a, b) for every off-diagonal entry and every magnitude against the first one.
template <class S, class T, class Same>
SymmetricVelocity<T> symmetric_velocity_from_entries(long n, const T& beta, const T& gamma,
                                                     const T& r, const Regulation<T>& at,
                                                     const Same& same)
{
    Matrix<T> G(n, n);
    for (Eigen::Index j = 0; j < n; ++j) {
        for (Eigen::Index k = 0; k < n; ++k) {
            G(j, k) = j == k ? T(1) : gamma;
        }
    }
    Vector<T> magnitudes(n);
    for (Eigen::Index j = 0; j < n; ++j) {
        magnitudes(j) = r;
    }
    const auto dot = gram_velocity<S>(G, magnitudes, beta, at);
    for (Eigen::Index j = 0; j < n; ++j) {
        for (Eigen::Index k = 0; k < n; ++k) {
            same(dot.G(j, k), j == k ? dot.G(0, 0) : dot.G(0, 1));
        }
        same(dot.r(j), dot.r(0));
    }
    return {dot.G(0, 1), dot.r(0), dot.G(0, 0)};
}

} // namespace attest::model

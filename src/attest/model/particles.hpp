#pragma once

#include "attest/model/layers.hpp"

namespace attest::model {

/// Tokens as directions and magnitudes: x_j = r_j theta_j.
template <class T>
struct Particles {
    Matrix<T> theta; ///< d x n, unit columns
    Vector<T> r;     ///< n magnitudes, positive
};

/// Directions and magnitudes of the columns of X (all nonzero), and back.
template <class T>
Particles<T> particles_of(const Matrix<T>& X);
template <class T>
Matrix<T> tokens_of(const Particles<T>& particles);

/// theta_j' of the normalized attention dynamics (NA) and r_j' of Table 2, with the scheme's
/// speed_factor and r_dot. The common field P_theta A is divided by s_j exactly as printed: nGPT
/// needs alpha_t != 0 and A_j != 0, Peri-LN A_j != 0, Pre-LN r_j != 0. Throws InputError for an
/// unknown scheme or matrices that do not fit.
template <class T>
Particles<T> particle_velocity(std::string_view scheme, const Attention<T>& attention,
                               const Particles<T>& particles, const Regulation<T>& at);

/// n directions in R^n with all pairwise inner products gamma: the columns of a I + b J with
/// a = sqrt(1 - gamma), b = (sqrt(1 + (n-1) gamma) - a)/n; gamma in [-1/(n-1), 1].
template <class T>
Matrix<T> symmetric_directions(long n, const T& gamma);

// Instantiated for double, Real and Ball.

} // namespace attest::model

#pragma once

#include "attest/numbers/eigen.hpp"
#include "theorems/support.hpp"

#include <cstdint>
#include <optional>
#include <vector>

/// Critical points of the energy E = -(1/(2 beta)) sum_{j,k} e^{beta <theta_j, theta_k>} on the
/// product of n spheres: found in double precision, enclosed up to rotations by Krawczyk's test,
/// their second variation enclosed.
namespace attest::theorems {

/// Approximate critical points (d x n, unit columns) that are not synchronised, different up to
/// rotations and permutations: regular polygons, two clusters, simplices, and what Newton's method
/// finds from random starts. The i-th start depends on seed and i alone.
std::vector<Matrix<double>> approximate_critical_points(long n, long d, double beta,
                                                        std::size_t starts, std::uint64_t seed);

struct EnclosedCriticalPoint {
    Matrix<Ball> theta;              ///< encloses one critical point of its orbit under rotations
    Vector<Ball> multiplier;         ///< Z_j <theta_j, A_j> e^{-beta} = f_j g_j e^{-beta}
    std::vector<Ball> variation;     ///< eigenvalues of -e^{-beta} Hess E on R^{dn}, where the n
                                     ///< radial directions count as 0
    std::vector<Ball> linearisation; ///< of J_theta,theta there; empty unless all f_j g_j > 0
};

/// The critical point near theta, and that it is one: exactly one zero of
///   sum_k e^{beta(<x_j, x_k> - 1)} x_k = mu_j x_j - S x_j, |x_j| = 1, x - x0 orthogonal to the
///   rotations of x0, S antisymmetric
/// is enclosed, and S x_j = 0 there because sum_j x_j wedge (the left side) vanishes. Nothing where
/// the test does not succeed: the point is degenerate beyond rotations, or theta is no
/// approximation. beta > 0; theta d x n with d >= 2 and unit columns up to rounding.
std::optional<EnclosedCriticalPoint> enclose_critical_point(const Matrix<double>& theta,
                                                            const Rational& beta);

/// All of these for several n, d, beta: how many were enclosed and are certainly unstable.
/// Supports, does not carry.
Evidence critical_point_survey(const Effort& effort);

} // namespace attest::theorems

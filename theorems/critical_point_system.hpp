#pragma once

#include "attest/numbers/eigen.hpp"

/// The equations of a critical point of the energy on a product of n spheres in R^d, made regular:
/// unknowns z are x_1, ..., x_n in R^d, multipliers mu_1, ..., mu_n and an antisymmetric S,
///   sum_k e^{beta(<x_j, x_k> - 1)} x_k - mu_j x_j + S x_j = 0, (|x_j|^2 - 1)/2 = 0,
///   sum_j <x0_j, B x_j> = 0 for the generators B of rotations.
/// Their zeros have S x_j = 0, because sum_j x_j wedge (the first sum) vanishes identically, so
/// that they are critical points; the last equations choose one of each orbit under rotations.
namespace attest::theorems {

/// Unknowns: d n + n + d(d - 1)/2.
Eigen::Index critical_unknowns(Eigen::Index d, Eigen::Index n);

template <class T>
struct CriticalUnknowns {
    Matrix<T> x; ///< d x n
    Vector<T> mu;
    Matrix<T> S;
};
template <class T>
CriticalUnknowns<T> unpacked(const Vector<T>& z, Eigen::Index d, Eigen::Index n);

/// Matrix of e^{beta(<x_j, x_k> - 1)}.
template <class T>
Matrix<T> pair_weights(const Matrix<T>& x, const T& beta);

/// Left sides of the equations, and their Jacobian; x0 is d x n.
template <class T>
Vector<T> critical_equations(const Vector<T>& z, const Matrix<T>& x0, const T& beta);
template <class T>
Matrix<T> critical_jacobian(const Vector<T>& z, const Matrix<T>& x0, const T& beta);

/// Unknowns for directions x (d x n): mu_j = <x_j, sum_k e^{beta(<x_j, x_k> - 1)} x_k>, S = 0.
Vector<double> packed(const Matrix<double>& x, double beta);

// Instantiated for double and Ball.

} // namespace attest::theorems

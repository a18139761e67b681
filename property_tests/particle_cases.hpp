#pragma once

#include "attest/model/gram.hpp"
#include "attest/model/particles.hpp"

#include "scheme_cases.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <Eigen/QR>

#include <string>

/// Random and hard token configurations in double, and the distances that properties speak about.
namespace attest::testing {

struct Case {
    std::string scheme;
    model::Attention<double> attention;
    Matrix<double> X; ///< no zero column
    model::Regulation<double> at;
};

inline double entry()
{
    return *rc::gen::inRange(-64, 65) / 16.0;
}

inline Matrix<double> any_matrix(long rows, long columns)
{
    Matrix<double> m(rows, columns);
    for (double& x : m.reshaped()) {
        x = entry();
    }
    return m;
}

/// d x n tokens: generic, nearly equal, nearly antipodal, on a line, of very different lengths.
inline Matrix<double> any_tokens(long d, long n)
{
    Matrix<double> X = any_matrix(d, n);
    for (Eigen::Index j = 0; j < n; ++j) {
        X(0, j) += X.col(j).norm() < 0.125 ? 1 : 0;
    }
    const double tiny = 1.0 / 1024;
    switch (*rc::gen::inRange(0, 5)) {
    case 1: // nearly equal
        for (Eigen::Index j = 1; j < n; ++j) {
            X.col(j) = X.col(0) + tiny * X.col(j);
        }
        break;
    case 2: // two nearly antipodal
        X.col(n - 1) = -X.col(0) + tiny * X.col(n - 1);
        break;
    case 3: // very different lengths
        X.col(0) *= 1024;
        X.col(n - 1) *= tiny;
        break;
    default:
        break;
    }
    for (Eigen::Index j = 0; j < n; ++j) {
        RC_PRE(X.col(j).norm() > 1e-6);
    }
    return X;
}

/// A scheme that puts its tokens on the sphere before it moves them, at the given moment.
inline bool keeps_sphere(const std::string& scheme, double late)
{
    return model::with_scheme(scheme, [](auto s) { return decltype(s)::spherical; })
           || (scheme == model::MixLN::name && late == 0);
}

/// Attention vectors long enough that dividing by |A_j| loses few digits.
inline bool well_conditioned(const model::Attention<double>& attention, const Matrix<double>& X)
{
    return model::attend(attention, model::unit_columns(X)).colwise().norm().minCoeff() > 1e-2;
}

/// Any scheme with n in 2..5, d in 1..4, beta = 0 up to 20, and Q, K, V general or the identity.
inline Case any_case(bool general_weights = *rc::gen::arbitrary<bool>())
{
    const long n = *rc::gen::inRange(2, 6);
    const long d = *rc::gen::inRange(1, 5);
    Case c{any_scheme(), {}, any_tokens(d, n), {}};
    c.attention.beta = *rc::gen::element(0.0, 0.01, 1.0, 2.5, 20.0);
    if (general_weights) {
        c.attention.Q = any_matrix(d, d) / 8;
        c.attention.K = any_matrix(d, d) / 8;
        c.attention.V = any_matrix(d, d) / 8;
    }
    c.at.alpha = *rc::gen::element(-2.0, 0.25, 1.0, 3.0);
    c.at.t = *rc::gen::element(0.0, 0.5, 8.0, 99.0);
    c.at.late = *rc::gen::element(0.0, 1.0);
    if (keeps_sphere(c.scheme, c.at.late)) {
        c.X = model::unit_columns(c.X);
    }
    RC_PRE(well_conditioned(c.attention, c.X));
    return c;
}

/// Largest entry of a - b relative to the larger of 1 and the largest entry of a.
inline double distance(const Matrix<double>& a, const Matrix<double>& b)
{
    return (a - b).cwiseAbs().maxCoeff() / std::max(1.0, a.cwiseAbs().maxCoeff());
}

/// An orthogonal d x d matrix.
inline Matrix<double> any_rotation(long d)
{
    const Matrix<double> m = any_matrix(d, d) + 8 * Matrix<double>::Identity(d, d);
    return Eigen::HouseholderQR<Matrix<double>>(m).householderQ();
}

/// The same attention in coordinates turned by R: scores and values turn with the tokens.
inline model::Attention<double> turned(const model::Attention<double>& a, const Matrix<double>& R)
{
    model::Attention<double> out = a;
    if (a.Q) {
        out.Q = Matrix<double>(*a.Q * R.transpose());
        out.K = Matrix<double>(*a.K * R.transpose());
        out.V = Matrix<double>(R * *a.V * R.transpose());
    }
    return out;
}

} // namespace attest::testing

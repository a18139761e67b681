#include "theorems/critical_point_system.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace attest::theorems {
namespace {

Matrix<double> random_directions(Eigen::Index d, Eigen::Index n)
{
    Matrix<double> x(d, n);
    for (Eigen::Index j = 0; j < n; ++j) {
        for (Eigen::Index i = 0; i < d; ++i) {
            x(i, j) = *rc::gen::inRange(-1000, 1001) / 1000.0 + 1e-3;
        }
        x.col(j).normalize();
    }
    return x;
}

RC_GTEST_PROP(CriticalPointSystem, JacobianIsTheDerivative, ())
{
    const Eigen::Index d = *rc::gen::inRange<Eigen::Index>(2, 5);
    const Eigen::Index n = *rc::gen::inRange<Eigen::Index>(2, 5);
    const double beta = *rc::gen::inRange(1, 400) / 100.0;
    const Matrix<double> x = random_directions(d, n);
    Vector<double> z = packed(x, beta);
    RC_ASSERT(z.size() == critical_unknowns(d, n));
    z.tail(d * (d - 1) / 2).setConstant(0.1);
    const Matrix<double> J = critical_jacobian(z, x, beta);
    constexpr double h = 1e-6;
    for (Eigen::Index k = 0; k < z.size(); ++k) {
        Vector<double> up = z;
        Vector<double> down = z;
        up(k) += h;
        down(k) -= h;
        const Vector<double> slope =
            (critical_equations(up, x, beta) - critical_equations(down, x, beta)) / (2 * h);
        RC_ASSERT((slope - J.col(k)).cwiseAbs().maxCoeff() < 1e-6);
    }
}

// Why S vanishes at a zero: the sums over x_j wedge (the force on x_j) cancel in pairs.
RC_GTEST_PROP(CriticalPointSystem, TorquesCancel, ())
{
    const Eigen::Index n = *rc::gen::inRange<Eigen::Index>(2, 7);
    const Matrix<double> x = random_directions(3, n);
    const Matrix<double> force = x * pair_weights(x, 1.5);
    const Matrix<double> torque = x * force.transpose();
    RC_ASSERT((torque - torque.transpose()).cwiseAbs().maxCoeff() < 1e-12);
}

} // namespace
} // namespace attest::theorems

#include "attest/proof/interval_newton.hpp"

#include "attest/numbers/errors.hpp"

#include <fmt/format.h>

#include <Eigen/LU>

namespace attest::proof {
namespace {

constexpr int radii = 6;

Matrix<Ball> exactly(const Matrix<double>& m)
{
    Matrix<Ball> out(m.rows(), m.cols());
    for (Eigen::Index j = 0; j < m.cols(); ++j) {
        for (Eigen::Index i = 0; i < m.rows(); ++i) {
            out(i, j) = Ball::exactly(m(i, j));
        }
    }
    return out;
}

/// Encloses Y J - I.
Matrix<Ball> defect(const Matrix<Ball>& Y, const Matrix<Ball>& J)
{
    Matrix<Ball> out = product(Y, J);
    for (Eigen::Index i = 0; i < out.rows(); ++i) {
        out(i, i) -= Ball(1);
    }
    return out;
}

} // namespace

ZeroEnclosure krawczyk(const BallSystem& system, const Vector<double>& approximation,
                       double first_radius)
{
    const Eigen::Index size = approximation.size();
    const Matrix<Ball> y = exactly(approximation);
    const Vector<Ball> middle = y.col(0);
    const Matrix<Ball> at_middle = system.jacobian(middle);
    if (size == 0 || at_middle.rows() != size || at_middle.cols() != size) {
        throw InputError(fmt::format("{} unknowns and a Jacobian {} x {}: Krawczyk's test needs a "
                                     "square system",
                                     size, at_middle.rows(), at_middle.cols()));
    }
    Matrix<double> slope(size, size);
    for (Eigen::Index i = 0; i < size; ++i) {
        for (Eigen::Index j = 0; j < size; ++j) {
            slope(i, j) = at_middle(i, j).to_double();
        }
    }
    const Matrix<double> inverse = Eigen::FullPivLU<Matrix<double>>(slope).inverse();
    if (!inverse.allFinite()) {
        return {};
    }
    const Matrix<Ball> Y = exactly(inverse);
    const Matrix<Ball> value = system.value(middle);
    const Matrix<Ball> newton = product(Y, value);
    double radius = first_radius;
    for (int attempt = 0; attempt < radii; ++attempt, radius *= 10) {
        const Ball r = Ball::exactly(radius);
        const Ball spread = Ball::hull(-r, r);
        Vector<Ball> box(size);
        Matrix<Ball> off(size, 1);
        for (Eigen::Index i = 0; i < size; ++i) {
            box(i) = middle(i) + spread;
            off(i, 0) = spread;
        }
        const Matrix<Ball> rest = product(defect(Y, system.jacobian(box)), off);
        ZeroEnclosure found;
        found.outcome = Truth::True;
        found.zero.resize(size);
        for (Eigen::Index i = 0; i < size; ++i) {
            const Ball step = -newton(i, 0) - rest(i, 0);
            found.outcome = found.outcome && less(abs(step), r);
            found.zero(i) = middle(i) + step;
        }
        if (is_true(found.outcome)) {
            found.box = std::move(box);
            return found;
        }
    }
    return {};
}

} // namespace attest::proof

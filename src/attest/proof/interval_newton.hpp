#pragma once

#include "attest/numbers/eigen.hpp"

#include <functional>

namespace attest::proof {

/// A differentiable map R^N -> R^N in balls: enclosures of its values and of its Jacobian on the
/// box of the arguments.
struct BallSystem {
    std::function<Vector<Ball>(const Vector<Ball>&)> value;
    std::function<Matrix<Ball>(const Vector<Ball>&)> jacobian;
};

struct ZeroEnclosure {
    Truth outcome = Truth::Unknown; ///< True: there is exactly one zero in `box`
    Vector<Ball> zero;              ///< encloses that zero
    Vector<Ball> box;               ///< in which it is the only one
};

/// Krawczyk's test around an approximate zero y: with Y an approximate inverse of the Jacobian at y
/// and X = y + [-r, r]^N, a box K = y - Y F(y) + (I - Y F'(X)) (X - y) in the interior of X proves
/// that F has exactly one zero in X, and that it lies in K. Radii from first_radius upwards are
/// tried, ten times larger each time, six of them. Unknown where none succeeds (the zero is
/// degenerate, or y is no approximation). Throws InputError for sizes that do not fit.
/// (R. Krawczyk, Computing 4 (1969); Moore, Kearfott, Cloud, Introduction to Interval
/// Analysis, 8.2.)
ZeroEnclosure krawczyk(const BallSystem& system, const Vector<double>& approximation,
                       double first_radius = 1e-12);

} // namespace attest::proof

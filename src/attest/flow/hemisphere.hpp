#pragma once

#include "attest/numbers/eigen.hpp"
#include "attest/numbers/real.hpp"

#include <optional>

namespace attest::flow {

/// Searches for an open hemisphere that holds all directions, by the algorithm of von Neumann for
/// the point of least length in their convex hull (Dantzig 1992; that point is a pole unless it is
/// 0). Keeps its workspace between calls and starts from the last point.
template <class T>
class PoleSearch {
public:
    /// Whether a unit vector p with <p, theta_j> > 0 for all columns was found within that many
    /// rounds of n d operations. True is sure for the vectors as given: the heights exceed the
    /// rounding of an inner product. False decides nothing.
    bool find(const Matrix<T>& theta, long rounds = 64);
    const Vector<T>& pole() const { return pole_; }
    /// min_j <p, theta_j> of the last find.
    const T& height() const { return height_; }

private:
    bool accept(const Matrix<T>& theta);
    Vector<T> point_;
    Vector<T> pole_;
    Vector<T> heights_;
    T height_ = T(0);
};

/// The pole found by one search, if any. Instantiated for double and Real.
template <class T>
std::optional<Vector<T>> find_pole(const Matrix<T>& theta, long rounds = 1000);

} // namespace attest::flow

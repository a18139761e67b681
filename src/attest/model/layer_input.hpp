#pragma once

#include "attest/numbers/eigen.hpp"
#include "attest/numbers/functions.hpp"

namespace attest::model {

/// Time and regulation parameters that a layer or a velocity is taken at.
template <class T>
struct Regulation {
    T alpha = T(1); ///< alpha_t (nGPT)
    T t = T(0);
    T late = T(0); ///< indicator of t > tau (Mix-LN): 0 or 1
};

/// One token as the rows of Table 1 see it, in any vector type with +, -, T * v and inner(v, w).
template <class V>
struct LayerInput {
    V x;       ///< x_j
    V A_X;     ///< A_j(X)
    V A_theta; ///< A_j(Norm(X))
};

/// Euclidean inner product of two Eigen vectors.
template <class T>
T inner(const Vector<T>& a, const Vector<T>& b)
{
    T sum = T(0);
    for (Eigen::Index i = 0; i < a.size(); ++i) {
        sum = sum + a(i) * b(i);
    }
    return sum;
}

/// Norm(v) = v/|v| (paper, Section 2.2); v nonzero.
template <class T, class V>
V unit(const V& v)
{
    return V(T(1 / sqrt(T(inner(v, v)))) * v);
}

/// P_x y = y - <y, x> x (paper, Section 2.2); x of unit length.
template <class T, class V>
V project(const V& x, const V& y)
{
    return V(y - V(T(inner(y, x)) * x));
}

} // namespace attest::model

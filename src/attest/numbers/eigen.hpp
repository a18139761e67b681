#pragma once

#include "attest/numbers/ball.hpp"
#include "attest/numbers/real.hpp"
#include "attest/numbers/symbolic.hpp"

#include <boost/multiprecision/eigen.hpp>

#include <Eigen/Core>

namespace attest::detail {

/// What Eigen needs to know of a number type without rounding or two-valued comparisons.
template <class T>
struct EigenTraits : Eigen::GenericNumTraits<T> {
    using Real = T;
    using NonInteger = T;
    using Nested = T;
    using Literal = long;
    enum {
        IsComplex = 0,
        IsInteger = 0,
        IsSigned = 1,
        RequireInitialization = 1,
        ReadCost = 4,
        AddCost = 40,
        MulCost = 40
    };
    static T epsilon() { return T(0); }
    static T dummy_precision() { return T(0); }
    static int digits10() { return 0; }
};

} // namespace attest::detail

/// Lets Eigen hold, add and transform matrices of balls and of symbols; Real and Rational get
/// theirs from Boost.Multiprecision. Multiply with attest::product: Eigen's own operator* asks its
/// scalar for a two-valued ==, which these types do not have.
template <>
struct Eigen::NumTraits<attest::Ball> : attest::detail::EigenTraits<attest::Ball> {
};
template <>
struct Eigen::NumTraits<attest::Symbolic> : attest::detail::EigenTraits<attest::Symbolic> {
};
template <>
struct Eigen::NumTraits<attest::Expr> : attest::detail::EigenTraits<attest::Expr> {
};

namespace attest {

template <class T>
using Matrix = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic>;
template <class T>
using Vector = Eigen::Matrix<T, Eigen::Dynamic, 1>;

/// Matrix product in the arithmetic of T: Eigen's blocked kernel for double, plain sums of products
/// for every other number type (an enclosure for Ball).
template <class T>
Matrix<T> product(const Matrix<T>& a, const Matrix<T>& b)
{
    if constexpr (std::same_as<T, double>) {
        return a * b;
    } else {
        return a.lazyProduct(b);
    }
}

/// As above, entry by entry through Arb's dot product, which rounds once per entry.
Matrix<Ball> product(const Matrix<Ball>& a, const Matrix<Ball>& b);

} // namespace attest

#pragma once

#include "attest/numbers/eigen.hpp"
#include "attest/numbers/functions.hpp"

namespace attest::model {

using attest::product; // of Eigen matrices, beside the one below

/// The vector of n equal entries.
template <class T>
struct InvariantVector {
    T value;
};

/// An n x n matrix that no permutation of the n indices changes: one number on the diagonal, one
/// off it; that is a I + b J with J all ones, a = diagonal - off_diagonal, b = off_diagonal.
///
/// These matrices form a commutative algebra in which n is an ordinary number of type T: with a
/// symbol for n, what is computed here is computed for every n >= 2 at once. A map applied entry by
/// entry acts on the two numbers.
template <class T>
struct InvariantMatrix {
    T diagonal;
    T off_diagonal;
    T n;

    friend InvariantMatrix operator+(const InvariantMatrix& x, const InvariantMatrix& y)
    {
        return {x.diagonal + y.diagonal, x.off_diagonal + y.off_diagonal, x.n};
    }
    friend InvariantMatrix operator-(const InvariantMatrix& x, const InvariantMatrix& y)
    {
        return {x.diagonal - y.diagonal, x.off_diagonal - y.off_diagonal, x.n};
    }
    friend InvariantMatrix operator*(const T& scalar, const InvariantMatrix& x)
    {
        return {scalar * x.diagonal, scalar * x.off_diagonal, x.n};
    }
};

/// (aI + bJ)(cI + dJ) = ac I + (ad + bc + n bd) J, read off entry by entry.
template <class T>
InvariantMatrix<T> product(const InvariantMatrix<T>& x, const InvariantMatrix<T>& y)
{
    return {x.diagonal * y.diagonal + (x.n - 1) * x.off_diagonal * y.off_diagonal,
            x.diagonal * y.off_diagonal + x.off_diagonal * y.diagonal
                + (x.n - 2) * x.off_diagonal * y.off_diagonal,
            x.n};
}

template <class T>
InvariantMatrix<T> transposed(const InvariantMatrix<T>& x)
{
    return x;
}

template <class T>
InvariantVector<T> diagonal_of(const InvariantMatrix<T>& x)
{
    return {x.diagonal};
}

/// diag(v) x.
template <class T>
InvariantMatrix<T> scale_rows(const InvariantVector<T>& v, const InvariantMatrix<T>& x)
{
    return v.value * x;
}

/// sum_k x_jk y_jk for every row j.
template <class T>
InvariantVector<T> row_products(const InvariantMatrix<T>& x, const InvariantMatrix<T>& y)
{
    return {x.diagonal * y.diagonal + (x.n - 1) * x.off_diagonal * y.off_diagonal};
}

/// f applied to the entries of one or more vectors with the same index.
template <class F, class T, class... More>
InvariantVector<T> entrywise(const F& f, const InvariantVector<T>& v, const More&... more)
{
    return {T(f(v.value, more.value...))};
}

/// Softmax of every row: one weight on the diagonal, one off it. Floating-point numbers are shifted
/// by the larger score first; for exact types there is nothing to overflow.
template <class T>
InvariantMatrix<T> softmax_rows(const InvariantMatrix<T>& scores)
{
    T shift = T(0);
    if constexpr (std::same_as<T, double> || std::same_as<T, Real>) {
        shift = scores.diagonal > scores.off_diagonal ? scores.diagonal : scores.off_diagonal;
    } else if constexpr (std::same_as<T, Ball>) {
        shift = scores.diagonal;
    }
    const T own = exp(T(scores.diagonal - shift));
    const T other = exp(T(scores.off_diagonal - shift));
    const T sum = own + (scores.n - 1) * other;
    return {own / sum, other / sum, scores.n};
}

} // namespace attest::model

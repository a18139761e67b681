#pragma once

#include "attest/numbers/eigen.hpp"
#include "attest/numbers/functions.hpp"

#include <optional>

namespace attest::model {

/// Query, key, value and inverse temperature of one head (paper, Section 2.1). A matrix left out is
/// the identity.
template <class T>
struct Attention {
    T beta = T(1);
    std::optional<Matrix<T>> Q; ///< d' x d
    std::optional<Matrix<T>> K; ///< d' x d
    std::optional<Matrix<T>> V; ///< d x d
};

/// Throws InputError unless X has a row and a column and Q, K, V fit its rows.
template <class T>
void validate(const Attention<T>& attention, const Matrix<T>& X);

/// Softmax of every row. Floating-point rows are shifted by their largest entry (balls: by the one
/// of largest midpoint) before the exponential, so that no finite score overflows. The shift
/// cancels exactly in exact arithmetic: an enclosure stays one.
template <class T>
Matrix<T> softmax_rows(const Matrix<T>& scores);

/// The attention matrix W: w_jk proportional to exp(beta <Q x_j, K x_k>), rows summing to 1.
template <class T>
Matrix<T> attention_matrix(const Attention<T>& attention, const Matrix<T>& X);

/// A(X): column j is sum_k w_jk V x_k (paper, Section 2.1). X is d x n, one token a column.
template <class T>
Matrix<T> attend(const Attention<T>& attention, const Matrix<T>& X);

// Instantiated for double, Real and Ball; attention_impl.hpp has the definitions for other types.

} // namespace attest::model

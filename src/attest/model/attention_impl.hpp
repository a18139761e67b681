#pragma once

#include "attest/model/attention.hpp"

#include <fmt/format.h>

namespace attest::model {

/// The number that a row of scores is shifted by before the exponential; zero for exact types,
/// where an exponential is a symbol and cannot overflow.
template <class T>
T softmax_shift(const T* row, Eigen::Index count, Eigen::Index stride)
{
    if constexpr (std::same_as<T, Ball>) {
        Eigen::Index best = 0;
        for (Eigen::Index k = 1; k < count; ++k) {
            if (arf_cmp(arb_midref(row[k * stride].raw()), arb_midref(row[best * stride].raw()))
                > 0) {
                best = k;
            }
        }
        return row[best * stride];
    } else if constexpr (std::same_as<T, double> || std::same_as<T, Real>) {
        Eigen::Index best = 0;
        for (Eigen::Index k = 1; k < count; ++k) {
            if (row[k * stride] > row[best * stride]) {
                best = k;
            }
        }
        return row[best * stride];
    } else {
        return T(0);
    }
}

template <class T>
Matrix<T> softmax_rows(const Matrix<T>& scores)
{
    Matrix<T> weights(scores.rows(), scores.cols());
    for (Eigen::Index j = 0; j < scores.rows(); ++j) {
        const T shift = softmax_shift(scores.data() + j, scores.cols(), scores.rows());
        T sum = T(0);
        for (Eigen::Index k = 0; k < scores.cols(); ++k) {
            weights(j, k) = exp(T(scores(j, k) - shift));
            sum = sum + weights(j, k);
        }
        for (Eigen::Index k = 0; k < scores.cols(); ++k) {
            weights(j, k) = weights(j, k) / sum;
        }
    }
    return weights;
}

template <class T>
void validate(const Attention<T>& attention, const Matrix<T>& X)
{
    if (X.rows() < 1 || X.cols() < 1) {
        throw InputError(
            fmt::format("token matrix of {} rows and {} columns: must have at least one of each",
                        X.rows(), X.cols()));
    }
    const auto check = [&](const std::optional<Matrix<T>>& m, const char* name, bool square) {
        if (m && (m->cols() != X.rows() || (square && m->rows() != X.rows()))) {
            throw InputError(fmt::format("{} of size {} x {}: must have {} columns{}", name,
                                         m->rows(), m->cols(), X.rows(),
                                         square ? " and as many rows" : ""));
        }
    };
    check(attention.Q, "Q", false);
    check(attention.K, "K", false);
    check(attention.V, "V", true);
    const Eigen::Index q = attention.Q ? attention.Q->rows() : X.rows();
    const Eigen::Index k = attention.K ? attention.K->rows() : X.rows();
    if (q != k) {
        throw InputError(fmt::format("Q has {} rows and K has {}: must be equal", q, k));
    }
}

template <class T>
Matrix<T> attention_matrix(const Attention<T>& attention, const Matrix<T>& X)
{
    validate(attention, X);
    const Matrix<T> queries = attention.Q ? product(*attention.Q, X) : X;
    const Matrix<T> keys = attention.K ? product(*attention.K, X) : X;
    Matrix<T> scores = product(Matrix<T>(queries.transpose()), keys);
    for (T& score : scores.reshaped()) {
        score = score * attention.beta;
    }
    return softmax_rows(scores);
}

template <class T>
Matrix<T> attend(const Attention<T>& attention, const Matrix<T>& X)
{
    const Matrix<T> W = attention_matrix(attention, X);
    const Matrix<T> values = attention.V ? product(*attention.V, X) : X;
    return product(values, Matrix<T>(W.transpose()));
}

} // namespace attest::model

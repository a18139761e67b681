#pragma once

#include "attest/model/particles.hpp"

#include <cstdint>
#include <string>
#include <vector>

/// Explicit token configurations with exact entries, hard ones on purpose, for the routes that
/// evaluate the whole particle system.
namespace attest::theorems {

struct Configuration {
    std::string name;
    Matrix<Rational> X; ///< d x n, no zero column
    std::optional<Matrix<Rational>> Q;
    std::optional<Matrix<Rational>> K;
    std::optional<Matrix<Rational>> V;
    Rational beta;
    Rational alpha;
    Rational t;
};

/// Antipodal, near-equal, orthogonal, collinear (d = 1), beta = 0 and large, very long and very
/// short tokens, alpha of both signs; then random ones with n in 2..5, d in 1..4 and, every other
/// time, general Q, K, V. The i-th random configuration depends on seed and i alone.
std::vector<Configuration> configurations(std::size_t random_count, std::uint64_t seed);

template <class T>
Matrix<T> converted(const Matrix<Rational>& m)
{
    Matrix<T> out(m.rows(), m.cols());
    for (Eigen::Index j = 0; j < m.cols(); ++j) {
        for (Eigen::Index i = 0; i < m.rows(); ++i) {
            out(i, j) = NumberTraits<T>::from_rational(m(i, j));
        }
    }
    return out;
}

template <class T>
model::Attention<T> attention_of(const Configuration& c)
{
    model::Attention<T> attention;
    attention.beta = NumberTraits<T>::from_rational(c.beta);
    const auto set = [](auto& target, const std::optional<Matrix<Rational>>& source) {
        if (source) {
            target = converted<T>(*source);
        }
    };
    set(attention.Q, c.Q);
    set(attention.K, c.K);
    set(attention.V, c.V);
    return attention;
}

template <class T>
model::Regulation<T> regulation_of(const Configuration& c, long late)
{
    return {NumberTraits<T>::from_rational(c.alpha), NumberTraits<T>::from_rational(c.t), T(late)};
}

/// The configuration in words that reproduce it.
std::string describe(const Configuration& c);

} // namespace attest::theorems

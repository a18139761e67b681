#pragma once

#include "attest/numbers/rational.hpp"

#include <cstddef>
#include <vector>

/// Where adversarial searches over clouds begin, and the weights Q^T K as a function of free
/// parameters.
namespace attest::theorems {

class UniformStream;

constexpr double finest_scale = 4;       ///< clusters down to 10^-4
constexpr double largest_coordinate = 4; ///< stereographic coordinates at scale 1
constexpr double speed_decades = 9;
constexpr double largest_turn = 2.5; ///< tangents of half angles

/// Scale (log10, negated), then n (d-1) stereographic coordinates in units of it. The kind is i
/// modulo 8: two clusters, one outlier, a line, nearly equal, regular, opposite pairs, then random.
std::vector<double> start_tokens(std::size_t n, std::size_t d, std::size_t i, UniformStream& draw);
/// log10 s_k: all equal, one fast, one slow, random over the nine decades.
std::vector<double> start_speeds(std::size_t n, std::size_t i, UniformStream& draw);
/// sigma and two rotations: the identity, a quarter turn, rank one, random.
std::vector<double> start_weights(std::size_t d, std::size_t rotation, std::size_t i,
                                  UniformStream& draw);

/// U diag(sigma) V^T by rows for d = 2 or 3: the first d parameters are sigma, the others tangents
/// of half angles (d = 2) or vector parts of quaternions with real part 1 (d = 3) of U and V.
/// Rational parameters give an exact matrix of norm max |sigma|.
template <class T>
std::vector<T> bilinear_form(std::size_t d, const std::vector<T>& parameters)
{
    const auto rotation = [d](const T* p) {
        if (d == 2) {
            const T q = T(1) + p[0] * p[0];
            const T c = (T(1) - p[0] * p[0]) / q;
            const T s = T(2) * p[0] / q;
            return std::vector<T>{c, -s, s, c};
        }
        const T x = p[0];
        const T y = p[1];
        const T z = p[2];
        const T q = T(1) + x * x + y * y + z * z;
        std::vector<T> m = {T(1) + x * x - y * y - z * z, T(2) * (x * y - z),
                            T(2) * (x * z + y),           T(2) * (x * y + z),
                            T(1) - x * x + y * y - z * z, T(2) * (y * z - x),
                            T(2) * (x * z - y),           T(2) * (y * z + x),
                            T(1) - x * x - y * y + z * z};
        for (T& entry : m) {
            entry = entry / q;
        }
        return m;
    };
    const std::size_t count = d == 2 ? 1 : 3;
    const std::vector<T> U = rotation(parameters.data() + d);
    const std::vector<T> V = rotation(parameters.data() + d + count);
    std::vector<T> form(d * d, T(0));
    for (std::size_t i = 0; i < d; ++i) {
        for (std::size_t j = 0; j < d; ++j) {
            for (std::size_t l = 0; l < d; ++l) {
                form[i * d + j] = form[i * d + j] + U[i * d + l] * parameters[l] * V[j * d + l];
            }
        }
    }
    return form;
}

} // namespace attest::theorems

#pragma once

#include "attest/flow/particle_flow.hpp"

#include <array>
#include <vector>

namespace attest::flow {

/// The pair of Dormand and Prince with the error weights b - b_hat and the weights of the
/// continuous extension.
template <class T>
struct DormandPrince {
    static constexpr std::size_t stages = 7;

    std::array<T, stages> c;
    std::array<std::vector<T>, stages> a; ///< the last row is b
    std::array<T, stages> error;
    std::array<T, stages> dense;

    DormandPrince()
    {
        const auto number = [](const Rational& q) { return NumberTraits<T>::from_rational(q); };
        const RungeKutta& method = RungeKutta::dormand_prince();
        for (std::size_t i = 0; i < stages; ++i) {
            const bool last = i + 1 == stages;
            c[i] = last ? T(1) : number(method.c[i]);
            for (const Rational& weight : last ? method.b : method.a[i]) {
                a[i].push_back(number(weight));
            }
        }
        const std::array<Rational, stages> lower{Rational(5179, 57600),    Rational(0),
                                                 Rational(7571, 16695),    Rational(393, 640),
                                                 Rational(-92097, 339200), Rational(187, 2100),
                                                 Rational(1, 40)};
        const std::array<Rational, stages> extension{
            Rational(-12715105075, 11282082432),  Rational(0),
            Rational(87487479700, 32700410799),   Rational(-10690763975, 1880347072),
            Rational(701980252875, 199316789632), Rational(-1453857185, 822651844),
            Rational(69997945, 29380423)};
        for (std::size_t i = 0; i < stages; ++i) {
            const Rational b = i + 1 < stages ? method.b[i] : Rational(0);
            error[i] = number(Rational(b - lower[i]));
            dense[i] = number(extension[i]);
        }
    }

    /// Weights b_i(s) of the continuous extension y(s) = y + h sum_i b_i(s) k_i, s in [0, 1]:
    /// Hermite's cubic of both ends plus s^2 (1-s)^2 sum_i d_i k_i.
    std::array<T, stages> between(const T& s) const
    {
        const T rest = T(1) - s;
        std::array<T, stages> weights;
        for (std::size_t i = 0; i < stages; ++i) {
            weights[i] = s * s * rest * rest * dense[i];
            if (i + 1 < stages) {
                weights[i] += s * s * T(3 - 2 * s) * a[stages - 1][i];
            }
        }
        weights[0] += s * rest * rest;
        weights[stages - 1] -= s * s * rest;
        return weights;
    }
};

} // namespace attest::flow

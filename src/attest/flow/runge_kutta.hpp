#pragma once

#include "attest/numbers/rational.hpp"

#include <string>
#include <vector>

namespace attest::flow {

/// An explicit Runge-Kutta method with exact rational coefficients: k_i = f(t + c_i h, y + h sum_j
/// a_ij k_j), y + h sum_i b_i k_i.
struct RungeKutta {
    std::string name;
    int order = 0;
    std::vector<Rational> c;
    std::vector<std::vector<Rational>> a; ///< row i has i entries
    std::vector<Rational> b;

    /// The classical method of order 4 (Kutta 1901).
    static const RungeKutta& classical();
    /// The fifth-order formula of Dormand and Prince (1980), RK5(4)7M.
    static const RungeKutta& dormand_prince();
};

inline constexpr int highest_order = 4; ///< of methods_of_order

/// The usual methods of that order with as many stages; the first is the best known. Throws
/// InputError for an order outside 1..highest_order.
const std::vector<RungeKutta>& methods_of_order(int order);

} // namespace attest::flow

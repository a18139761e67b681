#include "attest/flow/runge_kutta.hpp"

#include "attest/numbers/errors.hpp"

#include <fmt/format.h>

#include <array>

namespace attest::flow {
namespace {

using Coefficients = std::vector<Rational>;

Rational q(long p, long d = 1)
{
    return {p, d};
}

} // namespace

const std::vector<RungeKutta>& methods_of_order(int order)
{
    static const std::array<std::vector<RungeKutta>, highest_order> all{
        {{{"Euler", 1, Coefficients{q(0)}, {{}}, Coefficients{q(1)}}},
         {{"midpoint", 2, Coefficients{q(0), q(1, 2)}, {{}, {q(1, 2)}}, Coefficients{q(0), q(1)}},
          {"Heun", 2, Coefficients{q(0), q(1)}, {{}, {q(1)}}, Coefficients{q(1, 2), q(1, 2)}}},
         {{"Kutta",
           3,
           Coefficients{q(0), q(1, 2), q(1)},
           {{}, {q(1, 2)}, {q(-1), q(2)}},
           Coefficients{q(1, 6), q(2, 3), q(1, 6)}},
          {"Heun",
           3,
           Coefficients{q(0), q(1, 3), q(2, 3)},
           {{}, {q(1, 3)}, {q(0), q(2, 3)}},
           Coefficients{q(1, 4), q(0), q(3, 4)}}},
         {{"Kutta",
           4,
           Coefficients{q(0), q(1, 2), q(1, 2), q(1)},
           {{}, {q(1, 2)}, {q(0), q(1, 2)}, {q(0), q(0), q(1)}},
           Coefficients{q(1, 6), q(1, 3), q(1, 3), q(1, 6)}},
          {"3/8 rule",
           4,
           Coefficients{q(0), q(1, 3), q(2, 3), q(1)},
           {{}, {q(1, 3)}, {q(-1, 3), q(1)}, {q(1), q(-1), q(1)}},
           Coefficients{q(1, 8), q(3, 8), q(3, 8), q(1, 8)}}}}};
    if (order < 1 || order > highest_order) {
        throw InputError(
            fmt::format("order {}: must be an integer in 1..{}", order, highest_order));
    }
    return all[static_cast<std::size_t>(order - 1)];
}

const RungeKutta& RungeKutta::classical()
{
    return methods_of_order(4).front();
}

const RungeKutta& RungeKutta::dormand_prince()
{
    static const RungeKutta method{
        "Dormand-Prince",
        5,
        Coefficients{q(0), q(1, 5), q(3, 10), q(4, 5), q(8, 9), q(1)},
        {{},
         {q(1, 5)},
         {q(3, 40), q(9, 40)},
         {q(44, 45), q(-56, 15), q(32, 9)},
         {q(19372, 6561), q(-25360, 2187), q(64448, 6561), q(-212, 729)},
         {q(9017, 3168), q(-355, 33), q(46732, 5247), q(49, 176), q(-5103, 18656)}},
        Coefficients{q(35, 384), q(0), q(500, 1113), q(125, 192), q(-2187, 6784), q(11, 84)}};
    return method;
}

} // namespace attest::flow

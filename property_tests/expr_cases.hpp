#pragma once

#include "attest/model/schemes.hpp"
#include "attest/numbers/expr.hpp"
#include "theorems/support.hpp"

#include <rapidcheck.h>

#include <map>
#include <string>
#include <vector>

/// Random formulas for the tests of Expr and of what is built on it.
namespace attest::testing {

/// A formula in x and y that has a value for all real x, y: what may go wrong is kept away from
/// zero by squares. Depth 0 is a symbol or a constant.
inline Expr any_formula(int depth)
{
    const Expr x = Expr::symbol("x");
    const Expr y = Expr::symbol("y");
    if (depth == 0) {
        return *rc::gen::element(
            x, y, Expr(*rc::gen::inRange(-9, 10)),
            Expr(Rational(*rc::gen::inRange(-20, 20), *rc::gen::inRange(1, 20))));
    }
    const Expr a = any_formula(depth - 1);
    const auto b = [&] { return any_formula(depth - 1); };
    switch (*rc::gen::inRange(0, 12)) {
    case 0:
        return a + b();
    case 1:
        return a - b();
    case 2:
        return a * b();
    case 3:
        return a / (1 + pow(b(), 2));
    case 4:
        return -a;
    case 5:
        return pow(a, *rc::gen::inRange(0L, 4L));
    case 6:
        return pow(2 + a * a, Rational(*rc::gen::inRange(-5, 6), *rc::gen::inRange(1, 4)));
    case 7:
        return exp(sin(a));
    case 8:
        return log(1 + pow(a, 2));
    case 9:
        return sqrt(a * a + 3);
    case 10:
        return sin(a);
    default:
        return cos(a);
    }
}

inline std::map<std::string, Rational> any_xy()
{
    const auto number = [] {
        return Rational(*rc::gen::inRange(-400, 400), *rc::gen::inRange(100, 300));
    };
    return {{"x", number()}, {"y", number()}};
}

template <class T>
std::map<std::string, T> environment(const std::map<std::string, Rational>& point)
{
    std::map<std::string, T> values;
    for (const auto& [name, value] : point) {
        values.insert_or_assign(name, NumberTraits<T>::from_rational(value));
    }
    return values;
}

/// A point of the symmetric setting at which every scheme's formulas have a value.
inline std::map<std::string, Rational> any_symmetric_point()
{
    return {{"gamma", Rational(*rc::gen::inRange(0, 1000), 1000)},
            {"r", Rational(*rc::gen::inRange(1, 100), 10)},
            {"n", Rational(*rc::gen::inRange(2, 1001))},
            {"beta", Rational(*rc::gen::inRange(0, 121), 10)},
            {"alpha", Rational(*rc::gen::inRange(-30, 31), 7)},
            {"t", Rational(*rc::gen::inRange(0, 500), 9)},
            {"late", Rational(*rc::gen::inRange(0, 2))}};
}

/// The same point as the argument of a formula template.
template <class T>
model::SymmetricPoint<T> symmetric_point(const std::map<std::string, Rational>& at)
{
    const auto value = [&](const char* name) {
        return NumberTraits<T>::from_rational(at.at(name));
    };
    return {value("gamma"), value("r"), value("n"),   value("beta"),
            value("alpha"), value("t"), value("late")};
}

/// Every printed formula of Appendix A and Table 2, recorded: name and formula.
inline std::vector<std::pair<std::string, Expr>> printed_formulas()
{
    std::vector<std::pair<std::string, Expr>> formulas;
    std::apply(
        [&](auto... scheme) {
            const auto p = theorems::symbolic_point();
            ((formulas.emplace_back(std::string(decltype(scheme)::name) + " gamma'",
                                    decltype(scheme)::gamma_dot(p)),
              formulas.emplace_back(std::string(decltype(scheme)::name) + " r'",
                                    decltype(scheme)::symmetric_r_dot(p))),
             ...);
        },
        model::Schemes{});
    return formulas;
}

} // namespace attest::testing

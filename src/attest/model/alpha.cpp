#include "attest/model/alpha.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace attest::model {
namespace {

Expr time()
{
    return Expr::symbol("t");
}

struct Monomial {
    Rational coefficient;
    Rational exponent;
};

/// Recognises c t^p with rational c and p.
std::optional<Monomial> as_monomial(const Expr::Node& node)
{
    const auto arg = [&](std::size_t i) { return as_monomial(*node.args[i]); };
    switch (node.kind) {
    case Expr::Kind::Constant:
        return Monomial{node.value, 0};
    case Expr::Kind::Symbol:
        return Monomial{1, 1};
    case Expr::Kind::Negate:
        if (auto a = arg(0)) {
            return Monomial{-a->coefficient, a->exponent};
        }
        return std::nullopt;
    case Expr::Kind::Multiply:
        if (auto a = arg(0), b = arg(1); a && b) {
            return Monomial{a->coefficient * b->coefficient, a->exponent + b->exponent};
        }
        return std::nullopt;
    case Expr::Kind::Divide:
        if (auto a = arg(0), b = arg(1); a && b && b->coefficient != 0) {
            return Monomial{a->coefficient / b->coefficient, a->exponent - b->exponent};
        }
        return std::nullopt;
    case Expr::Kind::Power:
        if (auto a = arg(0); a && a->coefficient == 1) {
            return Monomial{1, a->exponent * node.value};
        }
        return std::nullopt;
    case Expr::Kind::Sqrt:
        if (auto a = arg(0); a && a->coefficient == 1) {
            return Monomial{1, a->exponent / 2};
        }
        return std::nullopt;
    default:
        return std::nullopt;
    }
}

std::optional<Expr> integral_of(const Expr& formula)
{
    if (const auto c = constant_value(formula)) {
        return Expr(*c) * time();
    }
    const auto m = as_monomial(formula.node());
    if (!m || m->exponent <= -1) {
        return std::nullopt; // not integrable at 0, or not recognised
    }
    const Rational next = m->exponent + 1;
    return Expr(Rational(m->coefficient / next)) * pow(time(), next);
}

/// Throws InputError where the formula has no value at one of three moments.
Alpha with_integral(std::string name, Expr formula)
{
    for (const Rational& t : {Rational(1, 7), Rational(1), Rational(22, 7)}) {
        if (!formula.evaluate<Ball>({{"t", Ball(t)}}).is_finite()) {
            throw InputError(fmt::format("alpha '{}' has no finite value at t = {}: must be "
                                         "defined for all t > 0",
                                         name.substr(0, 80), to_string(t)));
        }
    }
    std::optional<Expr> integral = integral_of(formula);
    return {std::move(name), std::move(formula), std::move(integral)};
}

} // namespace

Alpha Alpha::constant(const Rational& c)
{
    return {"constant", Expr(c), Expr(c) * time()};
}

Alpha Alpha::root()
{
    return {"root", sqrt(time()), Expr(Rational(2, 3)) * pow(time(), Rational(3, 2))};
}

Alpha Alpha::linear()
{
    return {"linear", time(), Expr(Rational(1, 2)) * pow(time(), 2)};
}

Alpha Alpha::sine_cosine()
{
    const Expr t = time();
    const Expr sine = sin(4 * t);
    const Expr cosine = cos(4 * t);
    return {"sine-cosine", t * sine + cosine,
            Expr(Rational(5, 16)) * sine - Expr(Rational(1, 4)) * t * cosine};
}

Alpha Alpha::cosine_sine()
{
    const Expr t = time();
    const Expr sine = sin(4 * t);
    const Expr cosine = cos(4 * t);
    return {"cosine-sine", sine + t * cosine,
            Expr(Rational(1, 4)) * t * sine + Expr(Rational(3, 16)) * (1 - cosine)};
}

Alpha Alpha::parse(std::string_view text)
{
    if (text == "constant") {
        return constant();
    }
    if (text == "root") {
        return root();
    }
    if (text == "linear") {
        return linear();
    }
    if (text == "sine-cosine") {
        return sine_cosine();
    }
    if (text == "cosine-sine") {
        return cosine_sine();
    }
    return with_integral(std::string(text), parse_expr(text, {"t"}));
}

Alpha Alpha::of(Expr formula)
{
    std::string name = formula.text();
    return with_integral(std::move(name), std::move(formula));
}

} // namespace attest::model

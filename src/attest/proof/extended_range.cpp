#include "attest/proof/extended_range.hpp"

#include "attest/numbers/precision.hpp"

#include <fmt/format.h>

#include <functional>
#include <vector>

namespace attest::proof {
namespace {

constexpr long end_bits = 48;

/// The ball as a range whose ends are dyadic numbers of about 48 bits.
ExtendedRange from_ball(const Ball& ball)
{
    if (!ball.is_finite()) {
        return {};
    }
    const PrecisionScope precision(end_bits);
    // A product with the point ball 1 rounds the midpoint and lets the radius grow by as much.
    const Ball rounded = ball * Ball(1);
    return {to_rational(rounded.lower()), to_rational(rounded.upper())};
}

/// Exact ends stay when they are short.
ExtendedRange shortened(const ExtendedRange& range)
{
    const auto shorten = [](const std::optional<Rational>& end,
                            bool up) -> std::optional<Rational> {
        if (!end) {
            return end;
        }
        const PrecisionScope precision(end_bits);
        const Ball ball(*end);
        return ball.is_exact() ? *end : to_rational(up ? ball.upper() : ball.lower());
    };
    return {shorten(range.lo, false), shorten(range.hi, true)};
}

ExtendedRange hull(const std::vector<Rational>& ends, bool down, bool up)
{
    ExtendedRange range;
    for (const Rational& end : ends) {
        range.lo = range.lo ? std::min(*range.lo, end) : end;
        range.hi = range.hi ? std::max(*range.hi, end) : end;
    }
    return {down ? std::nullopt : range.lo, up ? std::nullopt : range.hi};
}

int sign_of_end(const std::optional<Rational>& end, int unbounded)
{
    return !end ? unbounded : *end > 0 ? 1 : *end < 0 ? -1 : 0;
}

ExtendedRange product(const ExtendedRange& a, const ExtendedRange& b)
{
    // All four products of ends; an unbounded end times a zero end is 0, because every value of the
    // range is finite.
    std::vector<Rational> finite;
    bool down = false;
    bool up = false;
    for (const bool a_low : {true, false}) {
        for (const bool b_low : {true, false}) {
            const auto& x = a_low ? a.lo : a.hi;
            const auto& y = b_low ? b.lo : b.hi;
            if (x && y) {
                finite.push_back(*x * *y);
                continue;
            }
            const int sign = sign_of_end(x, a_low ? -1 : 1) * sign_of_end(y, b_low ? -1 : 1);
            if (sign == 0) {
                finite.emplace_back(0);
            }
            down = down || sign < 0;
            up = up || sign > 0;
        }
    }
    return hull(finite, down, up);
}

ExtendedRange reciprocal(const ExtendedRange& a)
{
    if (a.bounded() && *a.lo == 0 && *a.hi == 0) {
        return {};
    }
    if (a.lo && *a.lo >= 0) {
        return {a.hi ? Rational(1) / *a.hi : Rational(0),
                *a.lo > 0 ? std::optional<Rational>(Rational(1) / *a.lo) : std::nullopt};
    }
    if (a.hi && *a.hi <= 0) {
        const ExtendedRange mirrored =
            reciprocal({-*a.hi, a.lo ? std::optional<Rational>(-*a.lo) : std::nullopt});
        return {mirrored.hi ? std::optional<Rational>(-*mirrored.hi) : std::nullopt,
                std::optional<Rational>(-*mirrored.lo)};
    }
    return {};
}

/// f increasing, with the given limits at the ends of the line.
ExtendedRange increasing(const ExtendedRange& a, const std::function<Ball(const Ball&)>& f,
                         const std::optional<Rational>& at_minus_infinity)
{
    const PrecisionScope precision(2 * end_bits);
    const auto image = [&](const Rational& end) { return from_ball(f(Ball(end))); };
    return {a.lo ? image(*a.lo).lo : at_minus_infinity, a.hi ? image(*a.hi).hi : std::nullopt};
}

ExtendedRange range_of_node(const Expr::Node& node,
                            const std::map<std::string, ExtendedRange>& ranges)
{
    if (node.kind == Expr::Kind::Symbol) {
        const auto found = ranges.find(node.name);
        if (found == ranges.end()) {
            throw DomainError("no range given for symbol '" + node.name + "'");
        }
        if (found->second.bounded() && *found->second.lo > *found->second.hi) {
            throw DomainError("empty range for symbol '" + node.name + "'");
        }
        return found->second;
    }
    if (node.kind == Expr::Kind::Constant) {
        return {node.value, node.value};
    }
    const ExtendedRange a = range_of_node(*node.args[0], ranges);
    const auto second = [&] { return range_of_node(*node.args[1], ranges); };
    const auto negated = [](const ExtendedRange& x) {
        return ExtendedRange{x.hi ? std::optional<Rational>(-*x.hi) : std::nullopt,
                             x.lo ? std::optional<Rational>(-*x.lo) : std::nullopt};
    };
    const auto sum = [](const ExtendedRange& x, const ExtendedRange& y) {
        return ExtendedRange{x.lo && y.lo ? std::optional<Rational>(*x.lo + *y.lo) : std::nullopt,
                             x.hi && y.hi ? std::optional<Rational>(*x.hi + *y.hi) : std::nullopt};
    };
    switch (node.kind) {
    case Expr::Kind::Negate:
        return negated(a);
    case Expr::Kind::Add:
        return shortened(sum(a, second()));
    case Expr::Kind::Subtract:
        return shortened(sum(a, negated(second())));
    case Expr::Kind::Multiply:
        return shortened(product(a, second()));
    case Expr::Kind::Divide:
        return shortened(product(a, reciprocal(second())));
    case Expr::Kind::Exp:
        return increasing(
            a, [](const Ball& x) { return exp(x); }, Rational(0));
    case Expr::Kind::Log:
        return a.lo && *a.lo > 0 ? increasing(
                   a, [](const Ball& x) { return log(x); }, std::nullopt)
                                 : ExtendedRange{};
    case Expr::Kind::Sqrt:
        return a.lo && *a.lo >= 0 ? increasing(
                   a, [](const Ball& x) { return sqrt(x); }, std::nullopt)
                                  : ExtendedRange{};
    case Expr::Kind::Sin:
    case Expr::Kind::Cos:
        return {Rational(-1), Rational(1)};
    case Expr::Kind::Power: {
        if (node.value == 2) {
            ExtendedRange squared = shortened(product(a, a));
            squared.lo = squared.lo ? std::max(*squared.lo, Rational(0)) : Rational(0);
            return squared;
        }
        return a.lo && *a.lo >= 0 && node.value > 0 ? increasing(
                   a, [&](const Ball& x) { return power(x, node.value); }, std::nullopt)
                                                    : ExtendedRange{};
    }
    case Expr::Kind::Constant:
    case Expr::Kind::Symbol:
        break;
    }
    return {};
}

} // namespace

std::string ExtendedRange::to_string() const
{
    return fmt::format("{}, {}", lo ? "[" + attest::to_string(*lo) : "(-inf",
                       hi ? attest::to_string(*hi) + "]" : "inf)");
}

ExtendedRange range_of_exprel(const ExtendedRange& x)
{
    return increasing(
        x, [](const Ball& value) { return expm1_over(value); }, Rational(0));
}

ExtendedRange range_of(const Expr& formula, const std::map<std::string, ExtendedRange>& ranges)
{
    return range_of_node(formula.node(), ranges);
}

} // namespace attest::proof

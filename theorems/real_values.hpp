#pragma once

#include "attest/numbers/ball.hpp"
#include "attest/numbers/expr.hpp"

#include <map>
#include <optional>
#include <string>

/// Where a formula has no real value: a statement that claims something of it is false there.
/// Division by zero is another matter: that a printed denominator may vanish is a row of its own.
namespace attest::theorems {

/// An argument of a root or a logarithm inside the formula that is certainly negative at a point.
inline std::optional<Expr> negative_argument(const Expr& formula,
                                             const std::map<std::string, Ball>& at)
{
    const Expr::Node& node = formula.node();
    for (const auto& arg : node.args) {
        if (std::optional<Expr> inside = negative_argument(Expr::from_node(arg), at)) {
            return inside;
        }
    }
    const bool even_root = node.kind == Expr::Kind::Power && denominator(node.value) % 2 == 0;
    if (node.kind == Expr::Kind::Sqrt || node.kind == Expr::Kind::Log || even_root) {
        const Expr argument = Expr::from_node(node.args.front());
        if (is_true(is_negative(argument.evaluate(at)))) {
            return argument;
        }
    }
    return std::nullopt;
}

} // namespace attest::theorems

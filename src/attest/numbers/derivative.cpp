#include "attest/numbers/expr.hpp"

namespace attest {

Expr derivative(const Expr& formula, std::string_view symbol)
{
    const Expr::Node& node = formula.node();
    const auto arg = [&](std::size_t i) { return Expr::from_node(node.args[i]); };
    const auto d = [&](std::size_t i) { return derivative(arg(i), symbol); };
    switch (node.kind) {
    case Expr::Kind::Constant:
        return Expr(0);
    case Expr::Kind::Symbol:
        return Expr(node.name == symbol ? 1 : 0);
    case Expr::Kind::Negate:
        return -d(0);
    case Expr::Kind::Add:
        return d(0) + d(1);
    case Expr::Kind::Subtract:
        return d(0) - d(1);
    case Expr::Kind::Multiply:
        return d(0) * arg(1) + arg(0) * d(1);
    case Expr::Kind::Divide:
        return (d(0) * arg(1) - arg(0) * d(1)) / (arg(1) * arg(1));
    case Expr::Kind::Power:
        return Expr(node.value) * pow(arg(0), Rational(node.value - 1)) * d(0);
    case Expr::Kind::Exp:
        return formula * d(0);
    case Expr::Kind::Log:
        return d(0) / arg(0);
    case Expr::Kind::Sqrt:
        return d(0) / (2 * formula);
    case Expr::Kind::Sin:
        return cos(arg(0)) * d(0);
    case Expr::Kind::Cos:
        return -(sin(arg(0)) * d(0));
    }
    throw DomainError("malformed expression");
}

} // namespace attest

#include "attest/numbers/expr.hpp"

#include <fmt/format.h>

#include <functional>
#include <set>
#include <stdexcept>

namespace attest {
namespace {

using NodePtr = std::shared_ptr<const Expr::Node>;

NodePtr make(Expr::Kind kind, std::vector<NodePtr> args, Rational value = 0)
{
    auto node = std::make_shared<Expr::Node>();
    node->kind = kind;
    node->value = std::move(value);
    node->args = std::move(args);
    return node;
}

bool same(const Expr::Node& a, const Expr::Node& b)
{
    if (&a == &b) {
        return true;
    }
    if (a.kind != b.kind || a.value != b.value || a.name != b.name
        || a.args.size() != b.args.size()) {
        return false;
    }
    for (std::size_t i = 0; i < a.args.size(); ++i) {
        if (!same(*a.args[i], *b.args[i])) {
            return false;
        }
    }
    return true;
}

void collect_symbols(const Expr::Node& node, std::set<std::string>& into)
{
    if (node.kind == Expr::Kind::Symbol) {
        into.insert(node.name);
    }
    for (const NodePtr& arg : node.args) {
        collect_symbols(*arg, into);
    }
}

NodePtr replace_symbol(const NodePtr& node, std::string_view name, const NodePtr& replacement)
{
    if (node->kind == Expr::Kind::Symbol) {
        return node->name == name ? replacement : node;
    }
    if (node->args.empty()) {
        return node;
    }
    std::vector<NodePtr> args;
    for (const NodePtr& arg : node->args) {
        args.push_back(replace_symbol(arg, name, replacement));
    }
    return make(node->kind, std::move(args), node->value);
}

// --- printing --------------------------------------------------------------------------------

enum Binding { Sum = 1, Product = 2, Unary = 3, Atom = 4 };

Binding binding(const Expr::Node& node)
{
    switch (node.kind) {
    case Expr::Kind::Constant:
        return node.value < 0 ? Sum : Atom;
    case Expr::Kind::Add:
    case Expr::Kind::Subtract:
    case Expr::Kind::Negate:
        return Sum;
    case Expr::Kind::Multiply:
        return Product;
    default:
        return Atom;
    }
}

std::string latex_node(const Expr::Node& node);

std::string latex_bound(const Expr::Node& node, Binding at_least)
{
    const std::string inner = latex_node(node);
    return binding(node) < at_least ? "\\left(" + inner + "\\right)" : inner;
}

std::string latex_constant(const Rational& value)
{
    if (boost::multiprecision::denominator(value) == 1) {
        return to_string(value);
    }
    const std::string sign = value < 0 ? "-" : "";
    const Rational magnitude = value < 0 ? Rational(-value) : value;
    return fmt::format("{}\\tfrac{{{}}}{{{}}}", sign,
                       boost::multiprecision::numerator(magnitude).str(),
                       boost::multiprecision::denominator(magnitude).str());
}

bool starts_with_digit(const Expr::Node& node)
{
    switch (node.kind) {
    case Expr::Kind::Constant:
        return true;
    case Expr::Kind::Multiply:
    case Expr::Kind::Power:
        return starts_with_digit(*node.args[0]);
    default:
        return false;
    }
}

std::string latex_node(const Expr::Node& node)
{
    const auto arg = [&](std::size_t i) -> const Expr::Node& { return *node.args[i]; };
    switch (node.kind) {
    case Expr::Kind::Constant:
        return latex_constant(node.value);
    case Expr::Kind::Symbol:
        return latex_symbol(node.name);
    case Expr::Kind::Negate:
        return "-" + latex_bound(arg(0), Product);
    case Expr::Kind::Add:
        return latex_node(arg(0)) + " + "
               + latex_bound(arg(1), arg(1).kind == Expr::Kind::Add ? Sum : Product);
    case Expr::Kind::Subtract:
        return latex_node(arg(0)) + " - " + latex_bound(arg(1), Product);
    case Expr::Kind::Multiply: {
        const std::string gap = starts_with_digit(arg(1)) ? " \\cdot " : " \\, ";
        return latex_bound(arg(0), Product) + gap + latex_bound(arg(1), Product);
    }
    case Expr::Kind::Divide:
        return "\\frac{" + latex_node(arg(0)) + "}{" + latex_node(arg(1)) + "}";
    case Expr::Kind::Power: {
        const bool simple = arg(0).kind == Expr::Kind::Symbol
                            || (arg(0).kind == Expr::Kind::Constant && arg(0).value >= 0
                                && boost::multiprecision::denominator(arg(0).value) == 1);
        const std::string base = latex_node(arg(0));
        return (simple ? "{" + base + "}" : "\\left(" + base + "\\right)") + "^{"
               + latex_constant(node.value) + "}";
    }
    case Expr::Kind::Exp:
        return "e^{" + latex_node(arg(0)) + "}";
    case Expr::Kind::Log:
        return "\\log\\left(" + latex_node(arg(0)) + "\\right)";
    case Expr::Kind::Sqrt:
        return "\\sqrt{" + latex_node(arg(0)) + "}";
    case Expr::Kind::Sin:
        return "\\sin\\left(" + latex_node(arg(0)) + "\\right)";
    case Expr::Kind::Cos:
        return "\\cos\\left(" + latex_node(arg(0)) + "\\right)";
    }
    return {};
}

std::string text_node(const Expr::Node& node)
{
    const auto arg = [&](std::size_t i) { return text_node(*node.args[i]); };
    switch (node.kind) {
    case Expr::Kind::Constant:
        return node.value < 0 || boost::multiprecision::denominator(node.value) != 1
                   ? "(" + to_string(node.value) + ")"
                   : to_string(node.value);
    case Expr::Kind::Symbol:
        return node.name;
    case Expr::Kind::Negate:
        return "(-" + arg(0) + ")";
    case Expr::Kind::Add:
        return "(" + arg(0) + "+" + arg(1) + ")";
    case Expr::Kind::Subtract:
        return "(" + arg(0) + "-" + arg(1) + ")";
    case Expr::Kind::Multiply:
        return "(" + arg(0) + "*" + arg(1) + ")";
    case Expr::Kind::Divide:
        return "(" + arg(0) + "/" + arg(1) + ")";
    case Expr::Kind::Power:
        // A power of a power needs brackets: the grammar has one exponent per base.
        return (node.args[0]->kind == Expr::Kind::Power ? "(" + arg(0) + ")" : arg(0)) + "^("
               + to_string(node.value) + ")";
    case Expr::Kind::Exp:
        return "exp(" + arg(0) + ")";
    case Expr::Kind::Log:
        return "log(" + arg(0) + ")";
    case Expr::Kind::Sqrt:
        return "sqrt(" + arg(0) + ")";
    case Expr::Kind::Sin:
        return "sin(" + arg(0) + ")";
    case Expr::Kind::Cos:
        return "cos(" + arg(0) + ")";
    }
    return {};
}

} // namespace

Expr::Expr(const Rational& value) : node_(make(Kind::Constant, {}, value))
{
}

Expr Expr::symbol(std::string_view name)
{
    auto node = std::make_shared<Node>();
    node->kind = Kind::Symbol;
    node->name = std::string(name);
    return Expr(std::shared_ptr<const Node>(std::move(node)));
}

Expr Expr::from_node(std::shared_ptr<const Node> node)
{
    return Expr(std::move(node));
}

std::vector<std::string> Expr::symbols() const
{
    std::set<std::string> names;
    collect_symbols(*node_, names);
    return {names.begin(), names.end()};
}

Expr Expr::substitute(std::string_view name, const Expr& replacement) const
{
    return Expr(replace_symbol(node_, name, replacement.node_));
}

std::string Expr::latex() const
{
    return latex_node(*node_);
}

std::string Expr::text() const
{
    return text_node(*node_);
}

bool operator==(const Expr& a, const Expr& b)
{
    return same(*a.node_, *b.node_);
}

Expr operator+(const Expr& a, const Expr& b)
{
    return Expr::from_node(make(Expr::Kind::Add, {a.handle(), b.handle()}));
}
Expr operator-(const Expr& a, const Expr& b)
{
    return Expr::from_node(make(Expr::Kind::Subtract, {a.handle(), b.handle()}));
}
Expr operator*(const Expr& a, const Expr& b)
{
    return Expr::from_node(make(Expr::Kind::Multiply, {a.handle(), b.handle()}));
}
Expr operator/(const Expr& a, const Expr& b)
{
    return Expr::from_node(make(Expr::Kind::Divide, {a.handle(), b.handle()}));
}
Expr operator-(const Expr& a)
{
    return Expr::from_node(make(Expr::Kind::Negate, {a.handle()}));
}
Expr exp(const Expr& x)
{
    return Expr::from_node(make(Expr::Kind::Exp, {x.handle()}));
}
Expr log(const Expr& x)
{
    return Expr::from_node(make(Expr::Kind::Log, {x.handle()}));
}
Expr sqrt(const Expr& x)
{
    return Expr::from_node(make(Expr::Kind::Sqrt, {x.handle()}));
}
Expr sin(const Expr& x)
{
    return Expr::from_node(make(Expr::Kind::Sin, {x.handle()}));
}
Expr cos(const Expr& x)
{
    return Expr::from_node(make(Expr::Kind::Cos, {x.handle()}));
}
Expr pow(const Expr& x, const Rational& exponent)
{
    return Expr::from_node(make(Expr::Kind::Power, {x.handle()}, exponent));
}
Expr pow(const Expr& x, long exponent)
{
    return pow(x, Rational(exponent));
}

std::optional<Rational> constant_value(const Expr& formula)
{
    try {
        return formula.evaluate<Rational>({});
    } catch (const DomainError&) {
        return std::nullopt;
    } catch (const std::overflow_error&) { // what the rational numbers throw for a division by 0
        return std::nullopt;
    }
}

std::string latex_symbol(std::string_view name)
{
    static const std::map<std::string, std::string, std::less<>> known = {
        {"gamma", "\\gamma"},
        {"beta", "\\beta"},
        {"alpha", "\\alpha_t"},
        {"alpha0", "\\alpha_0"},
        {"tau", "\\tau"},
        {"theta", "\\theta"},
        {"epsilon", "\\varepsilon"},
        {"delta", "\\delta"},
        {"r0", "r_0"},
        {"sigma", "\\sigma"},
        {"s", "s_j"},
        {"normA", "\\|A_j\\|"},
        {"thetaA", "\\langle\\theta_j,A_j\\rangle"},
        {"alphaint", "\\int_0^t \\alpha_s\\,ds"},
    };
    const auto found = known.find(name);
    if (found != known.end()) {
        return found->second;
    }
    return name.size() == 1 ? std::string(name) : "\\mathrm{" + std::string(name) + "}";
}

} // namespace attest

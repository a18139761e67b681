#pragma once

#include "attest/numbers/functions.hpp"

#include <concepts>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace attest {

/// A recorded formula: an immutable expression over named symbols and exact rational constants.
///
/// Passing Expr where a formula template expects a number records the formula itself. The record
/// prints as LaTeX, evaluates in every number type, and yields near-miss variants (planted faults).
class Expr {
public:
    enum class Kind {
        Constant,
        Symbol,
        Negate,
        Add,
        Subtract,
        Multiply,
        Divide,
        Power, ///< constant rational exponent, kept in value
        Exp,
        Log,
        Sqrt,
        Sin,
        Cos
    };

    struct Node {
        Kind kind{};
        Rational value;                                ///< Constant: its value; Power: the exponent
        std::string name;                              ///< Symbol
        std::vector<std::shared_ptr<const Node>> args; ///< one or two operands
    };

    Expr() : Expr(0L) {}
    template <std::signed_integral I>
    Expr(I value) // NOLINT(google-explicit-constructor): integers are exact
        :
        Expr(Rational(static_cast<long>(value)))
    {
    }
    explicit Expr(const Rational& value);
    template <std::floating_point F>
    Expr(F) = delete;

    /// A free symbol: n, gamma, beta, r, t, alpha, ... ; see latex_symbol for how it is set.
    static Expr symbol(std::string_view name);
    static Expr from_node(std::shared_ptr<const Node> node);

    const Node& node() const noexcept { return *node_; }
    const std::shared_ptr<const Node>& handle() const noexcept { return node_; }

    /// Names of the symbols that occur, sorted.
    std::vector<std::string> symbols() const;
    /// The formula with every occurrence of the symbol replaced.
    Expr substitute(std::string_view name, const Expr& replacement) const;
    /// Mathematics for LaTeX and KaTeX, without dollar signs.
    std::string latex() const;
    /// Plain text that parse_expr reads back.
    std::string text() const;

    /// Value in any number type; common subexpressions are evaluated once. Constants are made from
    /// their exact rational value at the working precision. Throws DomainError for a symbol that
    /// environment lacks or an operation the type does not have.
    template <Number T>
    T evaluate(const std::map<std::string, T>& environment) const;

    friend bool operator==(const Expr& a, const Expr& b);

private:
    explicit Expr(std::shared_ptr<const Node> node) : node_(std::move(node)) {}
    std::shared_ptr<const Node> node_;
};

Expr operator+(const Expr& a, const Expr& b);
Expr operator-(const Expr& a, const Expr& b);
Expr operator*(const Expr& a, const Expr& b);
Expr operator/(const Expr& a, const Expr& b);
Expr operator-(const Expr& a);
Expr exp(const Expr& x);
Expr log(const Expr& x);
Expr sqrt(const Expr& x);
Expr sin(const Expr& x);
Expr cos(const Expr& x);
Expr pow(const Expr& x, const Rational& exponent);
Expr pow(const Expr& x, long exponent);

template <>
struct NumberTraits<Expr> {
    static Expr from_rational(const Rational& value) { return Expr(value); }
};

/// The exact value of a formula; nothing where it has a symbol, no value (1/0, log 0), or one that
/// is not rational.
std::optional<Rational> constant_value(const Expr& formula);

/// How a symbol is set in LaTeX: "gamma" -> "\gamma", "r0" -> "r_0"; unknown names upright.
std::string latex_symbol(std::string_view name);

/// Exact derivative with respect to a symbol, by the rules of calculus; not simplified.
Expr derivative(const Expr& formula, std::string_view symbol);

/// Reads a formula such as "t*sin(4*t)+cos(4*t)" or "1/sqrt(1+t)^2" over the given symbols:
/// + - * / ^ (integer or fractional constant exponent), exp log sqrt sin cos, pi is not offered
/// because constants are exact rationals. Throws InputError with the place of the first error.
Expr parse_expr(std::string_view text, const std::vector<std::string>& allowed_symbols);

/// A variant of a formula that differs in one place, for planting faults.
struct NearMiss {
    std::string change; ///< "constant 2 -> 3", "term dropped: ...", ...
    Expr formula;
};

/// Every single-place variant: a constant changed by one, by one part in 10^6 and in sign; an
/// exponent changed by one; a sign flipped; a term or factor dropped. Structural duplicates and the
/// formula itself are left out. In a fixed order.
std::vector<NearMiss> near_misses(const Expr& formula);

// --- implementation of evaluate -------------------------------------------------------------

namespace detail {

template <Number T>
T evaluate_node(const Expr::Node& node, const std::map<std::string, T>& environment,
                std::unordered_map<const Expr::Node*, T>& done)
{
    if (node.kind == Expr::Kind::Constant) {
        return NumberTraits<T>::from_rational(node.value);
    }
    if (node.kind == Expr::Kind::Symbol) {
        const auto found = environment.find(node.name);
        if (found == environment.end()) {
            throw DomainError("no value given for symbol '" + node.name + "'");
        }
        return found->second;
    }
    if (const auto found = done.find(&node); found != done.end()) {
        return found->second;
    }
    const T a = evaluate_node(*node.args[0], environment, done);
    const auto second = [&] { return evaluate_node(*node.args[1], environment, done); };
    const auto compute = [&]() -> T {
        switch (node.kind) {
        case Expr::Kind::Negate:
            return -a;
        case Expr::Kind::Add:
            return a + second();
        case Expr::Kind::Subtract:
            return a - second();
        case Expr::Kind::Multiply:
            return a * second();
        case Expr::Kind::Divide:
            return a / second();
        case Expr::Kind::Power:
            return power(a, node.value);
        case Expr::Kind::Exp:
            return exp(a);
        case Expr::Kind::Log:
            return log(a);
        case Expr::Kind::Sqrt:
            return sqrt(a);
        case Expr::Kind::Sin:
            return sin(a);
        case Expr::Kind::Cos:
            return cos(a);
        case Expr::Kind::Constant:
        case Expr::Kind::Symbol:
            break;
        }
        throw DomainError("malformed expression");
    };
    T result = compute();
    done.emplace(&node, result);
    return result;
}

} // namespace detail

template <Number T>
T Expr::evaluate(const std::map<std::string, T>& environment) const
{
    std::unordered_map<const Node*, T> done;
    return detail::evaluate_node(*node_, environment, done);
}

} // namespace attest

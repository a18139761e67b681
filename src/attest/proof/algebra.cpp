#include "attest/proof/algebra.hpp"

#include <fmt/format.h>

#include <map>
#include <optional>

namespace attest::proof {
namespace {

using Environment = std::map<std::string, Symbolic>;

/// Free symbols for everything; n = 1 + m, so that n - 1 keeps one sign.
Environment free_symbols(const Expr& a, const Expr& b)
{
    Environment environment;
    for (const Expr* expr : {&a, &b}) {
        for (const std::string& name : expr->symbols()) {
            environment.insert_or_assign(name, name == "n" ? Symbolic(1) + Symbolic::symbol("m")
                                                           : Symbolic::symbol(name));
        }
    }
    return environment;
}

/// The symmetric parameter domain as non-negative symbols. gamma itself stays a symbol while the
/// formulas are evaluated, because exponentials take polynomial arguments only.
Symbolic on_domain(const Symbolic& value)
{
    const Symbolic x = Symbolic::symbol("x");
    const Symbolic y = Symbolic::symbol("y");
    const Symbolic k = Symbolic::symbol("k");
    const Symbolic p = Symbolic::symbol("p");
    return value.substitute({{"m", 1 + p},
                             {"gamma", 1 / (1 + k)},
                             {"exp(beta*gamma)", 1 + x},
                             {"exp(beta)", (1 + x) * (1 + y)}});
}

Symbolic at_gamma_one(const Symbolic& value)
{
    return value.substitute(
        {{"gamma", Symbolic(1)}, {"exp(beta*gamma)", exp(Symbolic::symbol("beta"))}});
}

/// The quotient has a value at gamma = 1 for all n >= 2, beta >= 0: its denominator is positive
/// there.
bool defined_at_gamma_one(const Symbolic& value)
{
    return is_true(
        on_domain(at_gamma_one(value.denominator())).is_manifestly_positive({"x", "y", "p", "k"}));
}

/// The normal form as a formula in the paper's symbols; nothing where square roots are left in it.
std::optional<Expr> as_formula(const Symbolic& value)
{
    const auto read = [](const Symbolic& part) {
        static const std::vector<std::string> names = {"m",     "gamma", "beta", "r",     "r0",
                                                       "alpha", "t",     "late", "alpha0"};
        return parse_expr(part.text(), names).substitute("m", Expr::symbol("n") - 1);
    };
    try {
        const Symbolic denominator = value.denominator();
        return read(value * denominator) / read(denominator);
    } catch (const InputError&) {
        return std::nullopt;
    }
}

} // namespace

Truth identical(const Expr& lhs, const Expr& rhs)
{
    try {
        const SymbolicField field;
        const Environment environment = free_symbols(lhs, rhs);
        const Symbolic difference = lhs.evaluate(environment) - rhs.evaluate(environment);
        return is_true(difference.is_zero()) ? Truth::True : Truth::Unknown;
    } catch (const DomainError&) {
        return Truth::Unknown;
    }
}

AlgebraicProof at_least(const Expr& lhs, const Expr& rhs)
{
    try {
        const SymbolicField field;
        const Environment environment = free_symbols(lhs, rhs);
        const Symbolic left = lhs.evaluate(environment);
        const Symbolic right = rhs.evaluate(environment);
        const auto nonnegative = [](const Symbolic& value) {
            return is_true(on_domain(value).is_manifestly_nonnegative());
        };
        if (nonnegative(left - right)) {
            return {Truth::True, "left minus right has non-negative coefficients only",
                    "difference"};
        }
        // left >= max(right, 0) follows from left >= 0 and left^2 >= right^2.
        if (nonnegative(left) && nonnegative(left * left - right * right)) {
            return {Truth::True,
                    "left is non-negative and left^2 - right^2 has non-negative "
                    "coefficients only",
                    "squares"};
        }
        return {};
    } catch (const DomainError& error) {
        return {Truth::Unknown, error.what()};
    }
}

AlgebraicProof limit_at_one(const Expr& formula, const Expr& limit)
{
    try {
        const SymbolicField field;
        const Environment environment = free_symbols(formula, limit);
        const Symbolic value = formula.evaluate(environment);
        const Symbolic target = limit.evaluate(environment);
        try {
            if (defined_at_gamma_one(value) && is_true((at_gamma_one(value) - target).is_zero())) {
                return {Truth::True, "value at gamma = 1 of the quotient in lowest terms", "value",
                        as_formula(value)};
            }
        } catch (const DomainError&) {
            // Falls through to the squares.
        }
        const bool signs = is_true(on_domain(value).is_manifestly_nonnegative())
                           && is_true(on_domain(target).is_manifestly_nonnegative());
        const Symbolic square = value * value;
        if (signs && defined_at_gamma_one(square)
            && is_true((at_gamma_one(square) - target * target).is_zero())) {
            return {Truth::True,
                    "value at gamma = 1 of the square in lowest terms; both sides are non-negative",
                    "squares", as_formula(square)};
        }
        return {};
    } catch (const DomainError& error) {
        return {Truth::Unknown, error.what()};
    }
}

} // namespace attest::proof

// Leading terms by the rules of calculus, and what they say of a quotient.
#include "theorems/leading_terms.hpp"

#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"

#include <fmt/format.h>

#include <vector>

namespace attest::theorems {

constexpr long leading_term_bits = 256;

Growth monomial(const Ball& coefficient, const ScalePowers& powers)
{
    return {coefficient, powers, false};
}

Growth constant_growth(const Ball& coefficient)
{
    return {coefficient, {0, 0, 0}, true};
}

namespace {

bool is_zero(const Growth& growth)
{
    return growth.constant && growth.coefficient.is_exact() && growth.coefficient.contains_zero();
}

bool without_powers(const Growth& growth)
{
    return growth.powers == ScalePowers{0, 0, 0};
}

std::optional<Growth> growth_of_sum(const Growth& a, const Growth& b)
{
    if (is_zero(a) || is_zero(b)) {
        return is_zero(a) ? b : a;
    }
    if (a.powers != b.powers) {
        return monomial((a.powers < b.powers ? b : a).coefficient,
                        (a.powers < b.powers ? b : a).powers);
    }
    const Ball sum = a.coefficient + b.coefficient;
    if (a.constant && b.constant) {
        return sum.is_exact() || !sum.contains_zero() ? std::optional(constant_growth(sum))
                                                      : std::nullopt;
    }
    return sum.contains_zero() ? std::nullopt : std::optional(monomial(sum, a.powers));
}

Growth growth_of_product(const Growth& a, const Growth& b)
{
    if (is_zero(a) || is_zero(b)) {
        return constant_growth(Ball(0));
    }
    Growth product{a.coefficient * b.coefficient, a.powers, a.constant && b.constant};
    for (std::size_t i = 0; i < scale_size; ++i) {
        product.powers[i] += b.powers[i];
    }
    return product;
}

std::optional<Growth> growth_of_power(const Growth& base, const Rational& exponent)
{
    const bool whole = boost::multiprecision::denominator(exponent) == 1;
    if (is_zero(base) || (!whole && !is_true(is_positive(base.coefficient)))) {
        const bool vanishes = is_zero(base) && exponent > 0;
        return vanishes ? std::optional(constant_growth(Ball(0))) : std::nullopt;
    }
    const Ball coefficient =
        whole ? pow(base.coefficient, boost::multiprecision::numerator(exponent).convert_to<long>())
              : pow(base.coefficient, exponent);
    Growth power{coefficient, base.powers, base.constant};
    for (Rational& one : power.powers) {
        one *= exponent;
    }
    return power;
}

std::optional<Growth> growth_of_log(const Growth& inside)
{
    if (is_zero(inside) || !is_true(is_positive(inside.coefficient))) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i + 1 < scale_size; ++i) {
        if (inside.powers[i] != 0) {
            ScalePowers next = {0, 0, 0};
            next[i + 1] = 1;
            return monomial(Ball(inside.powers[i]), next);
        }
    }
    const Ball value = log(inside.coefficient);
    const bool sure = !value.contains_zero() || (inside.constant && value.is_exact());
    if (!without_powers(inside) || !sure) {
        return std::nullopt;
    }
    return Growth{value, {0, 0, 0}, inside.constant};
}

std::optional<Growth> growth_of_exp(const Growth& inside)
{
    if (without_powers(inside)) {
        return Growth{exp(inside.coefficient), {0, 0, 0}, inside.constant};
    }
    return inside.powers < ScalePowers{0, 0, 0} ? std::optional(monomial(Ball(1), {0, 0, 0}))
                                                : std::nullopt;
}

std::optional<Growth> growth_of_node(const Expr::Node& node, const SymbolGrowths& symbols)
{
    if (node.kind == Expr::Kind::Constant) {
        return constant_growth(Ball(node.value));
    }
    if (node.kind == Expr::Kind::Symbol) {
        const auto found = symbols.find(node.name);
        return found == symbols.end() ? std::nullopt : std::optional(found->second);
    }
    std::vector<Growth> parts;
    for (const auto& argument : node.args) {
        std::optional<Growth> part = growth_of_node(*argument, symbols);
        if (!part) {
            return std::nullopt;
        }
        parts.push_back(std::move(*part));
    }
    const Growth minus_one = constant_growth(Ball(-1));
    switch (node.kind) {
    case Expr::Kind::Negate:
        return growth_of_product(minus_one, parts[0]);
    case Expr::Kind::Add:
        return growth_of_sum(parts[0], parts[1]);
    case Expr::Kind::Subtract:
        return growth_of_sum(parts[0], growth_of_product(minus_one, parts[1]));
    case Expr::Kind::Multiply:
        return growth_of_product(parts[0], parts[1]);
    case Expr::Kind::Divide: {
        const std::optional<Growth> inverse = growth_of_power(parts[1], -1);
        return inverse ? std::optional(growth_of_product(parts[0], *inverse)) : std::nullopt;
    }
    case Expr::Kind::Power:
        return growth_of_power(parts[0], node.value);
    case Expr::Kind::Sqrt:
        return growth_of_power(parts[0], Rational(1, 2));
    case Expr::Kind::Log:
        return growth_of_log(parts[0]);
    case Expr::Kind::Exp:
        return growth_of_exp(parts[0]);
    default:
        return std::nullopt;
    }
}

} // namespace

std::string Growth::text() const
{
    static constexpr std::array<const char*, scale_size> names = {"y", "(log y)", "(log log y)"};
    std::string result = coefficient.to_string(4);
    for (std::size_t i = 0; i < scale_size; ++i) {
        if (powers[i] != 0) {
            result += fmt::format("*{}^({})", names[i], to_string(powers[i]));
        }
    }
    return result;
}

std::optional<Growth> growth(const Expr& formula, const SymbolGrowths& symbols)
{
    const PrecisionScope precision(leading_term_bits);
    try {
        return growth_of_node(formula.node(), symbols);
    } catch (const DomainError&) {
        return std::nullopt;
    }
}

bool stays_below(const Growth& growth, const Rational& limit)
{
    return growth.powers < ScalePowers{0, 0, 0}
           || (without_powers(growth) && is_true(less(growth.coefficient, Ball(limit))));
}

std::optional<Outgrows> outgrows(const Expr& lower, const Expr& g, const SymbolGrowths& symbols)
{
    const std::optional<Growth> left = growth(lower, symbols);
    const std::optional<Growth> right = growth(g, symbols);
    if (!left || !right || !is_true(is_positive(left->coefficient))) {
        return std::nullopt;
    }
    const bool never_positive = is_zero(*right) || is_true(is_negative(right->coefficient));
    if (never_positive || right->powers < left->powers) {
        return Outgrows{*left, *right};
    }
    return std::nullopt;
}

} // namespace attest::theorems

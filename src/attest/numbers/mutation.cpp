#include "attest/numbers/mutation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_set>

namespace attest {
namespace mutation_rules {
namespace {

using NodePtr = std::shared_ptr<const Expr::Node>;
using Kind = Expr::Kind;
using Names = std::vector<std::string>;

/// What a rule puts in the place of a node.
struct MutationReplacement {
    std::string change;
    Expr formula;
};
using Replacements = std::vector<MutationReplacement>;
/// The rule sees a node and nothing around it.
using Rule = Replacements (*)(const Expr& here, const Names& symbols);

std::string shortened(const Expr& formula)
{
    constexpr std::size_t longest = 60;
    std::string text = formula.text();
    if (text.size() > longest) {
        text.resize(longest);
        text += "...";
    }
    return text;
}

std::string arrow(const Expr& from, const Expr& to)
{
    return fmt::format("{} -> {}", shortened(from), shortened(to));
}

/// One mutant after the other for a rule applied at every node.
class Walk {
public:
    Walk(std::string_view name, Rule rule, const Names& symbols) :
        name_(name), rule_(rule), symbols_(symbols)
    {
    }

    std::vector<Mutant> over(const Expr& formula)
    {
        visit(formula.handle());
        return std::move(found_);
    }

private:
    void visit(const NodePtr& node)
    {
        for (MutationReplacement& one : rule_(Expr::from_node(node), symbols_)) {
            found_.push_back({std::string(name_), place(), std::move(one.change) + context(),
                              Expr::from_node(rebuilt(one.formula.handle()))});
        }
        for (std::size_t i = 0; i < node->args.size(); ++i) {
            above_.push_back(node);
            path_.push_back(i);
            visit(node->args[i]);
            above_.pop_back();
            path_.pop_back();
        }
    }

    std::string place() const
    {
        return path_.empty() ? "whole" : fmt::format("{}", fmt::join(path_, "."));
    }

    std::string context() const
    {
        return above_.empty() ? "" : " in " + shortened(Expr::from_node(above_.back()));
    }

    NodePtr rebuilt(NodePtr inner) const
    {
        for (std::size_t level = above_.size(); level-- > 0;) {
            auto copy = std::make_shared<Expr::Node>(*above_[level]);
            copy->args[path_[level]] = std::move(inner);
            inner = std::move(copy);
        }
        return inner;
    }

    std::string_view name_;
    Rule rule_;
    const Names& symbols_;
    std::vector<NodePtr> above_;
    std::vector<std::size_t> path_;
    std::vector<Mutant> found_;
};

Expr argument(const Expr& here, std::size_t i)
{
    return Expr::from_node(here.node().args[i]);
}

bool is(const Expr& here, Kind kind)
{
    return here.node().kind == kind;
}

// --- the rules ---------------------------------------------------------------------------------

Replacements change_by_ppm(const Expr& here, const Names&)
{
    const Rational& value = here.node().value;
    const Rational ppm(1, 1'000'000);
    if (is(here, Kind::Constant)) {
        const Expr other(Rational(value == 0 ? ppm : value * (1 + ppm)));
        return {{arrow(here, other), other}};
    }
    if (is(here, Kind::Power)) {
        const Expr other = pow(argument(here, 0), Rational(value * (1 + ppm)));
        return {{arrow(here, other), other}};
    }
    return {};
}

Replacements change_by_one(const Expr& here, const Names&)
{
    if (!is(here, Kind::Constant)) {
        return {};
    }
    const Expr more(Rational(here.node().value + 1));
    const Expr less(Rational(here.node().value - 1));
    return {{arrow(here, more), more}, {arrow(here, less), less}};
}

Replacements change_exponent(const Expr& here, const Names&)
{
    const auto to = [&](const Expr& base, const Rational& exponent) {
        const Expr other = exponent == 1 ? base : pow(base, exponent);
        return MutationReplacement{arrow(here, other), other};
    };
    switch (here.node().kind) {
    case Kind::Power:
        return {to(argument(here, 0), here.node().value + 1),
                to(argument(here, 0), here.node().value - 1)};
    case Kind::Sqrt:
        return {to(argument(here, 0), Rational(3, 2)), to(argument(here, 0), Rational(-1, 2))};
    case Kind::Symbol:
        return {to(here, 2)};
    default:
        return {};
    }
}

Replacements flip_sign(const Expr& here, const Names&)
{
    switch (here.node().kind) {
    case Kind::Constant: {
        const Expr other(Rational(-here.node().value));
        return {{arrow(here, other), other}};
    }
    case Kind::Add:
        return {{"+ -> - before " + shortened(argument(here, 1)),
                 argument(here, 0) - argument(here, 1)}};
    case Kind::Subtract:
        return {{"- -> + before " + shortened(argument(here, 1)),
                 argument(here, 0) + argument(here, 1)}};
    case Kind::Negate:
        return {{"minus lost before " + shortened(argument(here, 0)), argument(here, 0)}};
    case Kind::Exp:
    case Kind::Symbol:
    case Kind::Sqrt:
    case Kind::Power:
        return {{"minus put before " + shortened(here), -here}};
    default:
        return {};
    }
}

Replacements drop_term(const Expr& here, const Names&)
{
    if (is(here, Kind::Add)) {
        return {{"lost " + shortened(argument(here, 1)), argument(here, 0)},
                {"lost " + shortened(argument(here, 0)), argument(here, 1)}};
    }
    if (is(here, Kind::Subtract)) {
        return {{"lost " + shortened(argument(here, 1)), argument(here, 0)},
                {"lost " + shortened(argument(here, 0)), -argument(here, 1)}};
    }
    return {};
}

Replacements drop_factor(const Expr& here, const Names&)
{
    if (is(here, Kind::Multiply)) {
        return {{"lost " + shortened(argument(here, 1)), argument(here, 0)},
                {"lost " + shortened(argument(here, 0)), argument(here, 1)}};
    }
    if (is(here, Kind::Divide)) {
        return {{"lost divisor " + shortened(argument(here, 1)), argument(here, 0)},
                {"lost numerator " + shortened(argument(here, 0)), 1 / argument(here, 1)}};
    }
    return {};
}

Replacements drop_function(const Expr& here, const Names&)
{
    switch (here.node().kind) {
    case Kind::Sqrt:
    case Kind::Exp:
    case Kind::Log:
    case Kind::Sin:
    case Kind::Cos:
        return {{arrow(here, argument(here, 0)), argument(here, 0)}};
    default:
        return {};
    }
}

Replacements swap_extremes(const Expr& here, const Names& symbols)
{
    if (is(here, Kind::Sin)) {
        return {{"sin -> cos", cos(argument(here, 0))}};
    }
    if (is(here, Kind::Cos)) {
        return {{"cos -> sin", sin(argument(here, 0))}};
    }
    if (!is(here, Kind::Symbol)) {
        return {};
    }
    const std::string other = other_extreme(here.node().name);
    if (std::find(symbols.begin(), symbols.end(), other) == symbols.end()) {
        return {};
    }
    return {{fmt::format("{} -> {}", here.node().name, other), Expr::symbol(other)}};
}

Replacements one_for_symbol(const Expr& here, const Names& symbols)
{
    if (is(here, Kind::Symbol)) {
        return {{arrow(here, Expr(1)), Expr(1)}};
    }
    Replacements found;
    if (is(here, Kind::Constant) && here.node().value == 1) {
        for (const std::string& name : symbols) {
            found.push_back({fmt::format("1 -> {}", name), Expr::symbol(name)});
        }
    }
    return found;
}

Replacements shift_symbol(const Expr& here, const Names&)
{
    if (!is(here, Kind::Symbol)) {
        return {};
    }
    return {{arrow(here, here + 1), here + 1}};
}

Replacements take_reciprocal(const Expr& here, const Names&)
{
    if (is(here, Kind::Symbol)) {
        return {{arrow(here, 1 / here), 1 / here}};
    }
    if (is(here, Kind::Divide)) {
        const Expr other = argument(here, 1) / argument(here, 0);
        return {{arrow(here, other), other}};
    }
    return {};
}

Replacements lose_factor_two(const Expr& here, const Names&)
{
    if (is(here, Kind::Constant) && here.node().value != 0) {
        const Expr half(Rational(here.node().value / 2));
        const Expr twice(Rational(here.node().value * 2));
        return {{arrow(here, half), half}, {arrow(here, twice), twice}};
    }
    if (is(here, Kind::Exp)) {
        return {{"exponent doubled: " + shortened(argument(here, 0)), exp(2 * argument(here, 0))},
                {"exponent halved: " + shortened(argument(here, 0)), exp(argument(here, 0) / 2)}};
    }
    return {};
}

Replacements wrong_symbol(const Expr& here, const Names& symbols)
{
    Replacements found;
    if (is(here, Kind::Symbol)) {
        for (const std::string& other : symbols) {
            if (other != here.node().name) {
                found.push_back(
                    {fmt::format("{} -> {}", here.node().name, other), Expr::symbol(other)});
            }
        }
    }
    return found;
}

// --- the operators -----------------------------------------------------------------------------

constexpr std::string_view ppm_name = "constant-ppm";
constexpr std::string_view one_name = "constant-by-one";
constexpr std::string_view exponent_name = "exponent-by-one";
constexpr std::string_view sign_name = "sign";
constexpr std::string_view term_name = "drop-term";
constexpr std::string_view factor_name = "drop-factor";
constexpr std::string_view function_name = "drop-function";
constexpr std::string_view extremes_name = "swap-extremes";
constexpr std::string_view unit_name = "one-for-symbol";
constexpr std::string_view shift_name = "shift";
constexpr std::string_view reciprocal_name = "reciprocal";
constexpr std::string_view two_name = "factor-two";
constexpr std::string_view symbol_name = "wrong-symbol";
constexpr std::string_view pair_name = "exchange-symbols";

template <const std::string_view& Name, Rule Apply>
std::vector<Mutant> everywhere(const Expr& formula, const Names& symbols)
{
    return Walk(Name, Apply, symbols).over(formula);
}

/// The whole formula as well: -f, 2 f, f/2 and f (1 + 10^-6) are wrong in one place, too.
template <const std::string_view& Name, Rule Apply>
std::vector<Mutant> everywhere_and_whole(const Expr& formula, const Names& symbols)
{
    std::vector<Mutant> found;
    const auto whole = [&](const char* change, const Expr& other) {
        found.push_back({std::string(Name), "whole", change, other});
    };
    if (Name == ppm_name) {
        whole("multiplied by 1.000001", Expr(Rational(1'000'001, 1'000'000)) * formula);
    } else if (Name == sign_name) {
        whole("minus put before the whole", -formula);
    } else if (Name == two_name) {
        whole("doubled", 2 * formula);
        whole("halved", formula / 2);
    } else if (Name == reciprocal_name) {
        whole("the reciprocal", 1 / formula);
    }
    for (Mutant& one : everywhere<Name, Apply>(formula, symbols)) {
        found.push_back(std::move(one));
    }
    return found;
}

std::vector<Mutant> exchange_symbols(const Expr& formula, const Names& symbols)
{
    std::vector<Mutant> found;
    const Names used = formula.symbols();
    const auto occurs = [&](const std::string& name) {
        return std::find(used.begin(), used.end(), name) != used.end();
    };
    for (std::size_t i = 0; i < symbols.size(); ++i) {
        for (std::size_t j = i + 1; j < symbols.size(); ++j) {
            if (!occurs(symbols[i]) && !occurs(symbols[j])) {
                continue;
            }
            const std::string aside = symbols[i] + " aside"; // no symbol has a space in its name
            found.push_back({std::string(pair_name), "whole",
                             fmt::format("{} and {} exchanged", symbols[i], symbols[j]),
                             formula.substitute(symbols[i], Expr::symbol(aside))
                                 .substitute(symbols[j], Expr::symbol(symbols[i]))
                                 .substitute(aside, Expr::symbol(symbols[j]))});
        }
    }
    return found;
}

constexpr std::array<MutationOperator, 14> operators = {{
    {ppm_name, "a constant, an exponent or the whole changed by one part in 10^6",
     everywhere_and_whole<ppm_name, change_by_ppm>},
    {one_name, "a constant changed by one", everywhere<one_name, change_by_one>},
    {exponent_name, "an exponent changed by one (square roots and symbols have one, too)",
     everywhere<exponent_name, change_exponent>},
    {sign_name, "a sign flipped, lost or put where there is none",
     everywhere_and_whole<sign_name, flip_sign>},
    {term_name, "a term of a sum lost", everywhere<term_name, drop_term>},
    {factor_name, "a factor, a divisor or a numerator lost", everywhere<factor_name, drop_factor>},
    {function_name, "a root, exponential or logarithm lost",
     everywhere<function_name, drop_function>},
    {extremes_name, "min for max, low for high, sin for cos",
     everywhere<extremes_name, swap_extremes>},
    {unit_name, "1 for a symbol, a symbol for 1 (r for 1)", everywhere<unit_name, one_for_symbol>},
    {shift_name, "t + 1 for t, and so for every symbol", everywhere<shift_name, shift_symbol>},
    {reciprocal_name, "1/alpha for alpha, and so for every symbol, quotient and the whole",
     everywhere_and_whole<reciprocal_name, take_reciprocal>},
    {two_name, "a factor 2 lost or gained: constants, exponents, the whole",
     everywhere_and_whole<two_name, lose_factor_two>},
    {symbol_name, "another symbol of the statement in one place",
     everywhere<symbol_name, wrong_symbol>},
    {pair_name, "two symbols exchanged everywhere (a wrong pair)", exchange_symbols},
}};

} // namespace
} // namespace mutation_rules

std::span<const MutationOperator> mutation_operators()
{
    return mutation_rules::operators;
}

std::vector<Mutant> mutants(const Expr& formula, const std::vector<std::string>& symbols)
{
    std::vector<Mutant> all;
    std::unordered_set<std::string> known = {formula.text()};
    for (const MutationOperator& one : mutation_rules::operators) {
        for (Mutant& mutant : one.apply(formula, symbols)) {
            if (known.insert(mutant.formula.text()).second) {
                all.push_back(std::move(mutant));
            }
        }
    }
    return all;
}

std::string other_extreme(std::string_view symbol)
{
    static constexpr std::array<std::array<std::string_view, 2>, 6> pairs = {{{"min", "max"},
                                                                              {"lower", "upper"},
                                                                              {"low", "high"},
                                                                              {"floor", "ceiling"},
                                                                              {"least", "largest"},
                                                                              {"inf", "sup"}}};
    for (const auto& pair : pairs) {
        for (std::size_t side = 0; side < 2; ++side) {
            const std::string_view from = pair[side];
            if (symbol.substr(0, from.size()) == from) {
                return std::string(pair[1 - side]) + std::string(symbol.substr(from.size()));
            }
        }
    }
    return {};
}

} // namespace attest

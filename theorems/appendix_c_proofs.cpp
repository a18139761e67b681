#include "theorems/appendix_c_proofs.hpp"

#include <algorithm>
#include <functional>
#include <set>

namespace attest::theorems {
namespace {

/// A formula rebuilt_formula from its parts, each changed first.
Expr rebuilt_formula(const Expr& formula,
                     const std::function<std::optional<Expr>(const Expr&)>& change)
{
    if (std::optional<Expr> other = change(formula)) {
        return *other;
    }
    const Expr::Node& node = formula.node();
    if (node.args.empty()) {
        return formula;
    }
    Expr::Node copy = node;
    for (auto& arg : copy.args) {
        arg = rebuilt_formula(Expr::from_node(arg), change).handle();
    }
    return Expr::from_node(std::make_shared<const Expr::Node>(std::move(copy)));
}

/// X and whether it is negated, for e^X or e^{-X}.
std::pair<Expr, bool> exponent_size(const Expr& exponential)
{
    const Expr argument = Expr::from_node(exponential.node().args[0]);
    const bool negated = argument.node().kind == Expr::Kind::Negate;
    return {negated ? Expr::from_node(argument.node().args[0]) : argument, negated};
}

/// The sizes of the exponents of all exponentials of a relation by their texts.
std::map<std::string, Expr> exponents_of(const Statement& relation)
{
    std::map<std::string, Expr> found;
    for (const char* side : {"lhs", "rhs"}) {
        rebuilt_formula(relation.formulas.at(side), [&](const Expr& part) -> std::optional<Expr> {
            if (part.node().kind == Expr::Kind::Exp) {
                const Expr argument = exponent_size(part).first;
                found.emplace(argument.text(), argument);
            }
            return std::nullopt;
        });
    }
    return found;
}

bool all_ranged(const Expr& formula, const Ranges& ranges)
{
    const std::vector<std::string> names = formula.symbols();
    return std::all_of(names.begin(), names.end(),
                       [&](const std::string& name) { return ranges.contains(name); });
}

/// Whether the reduction leaves no symbol without a range.
bool covers_symbols(const Reduction& reduction, const Statement& relation)
{
    return all_ranged(reduced(relation.formulas.at("lhs"), reduction), reduction.ranges)
           && all_ranged(reduced(relation.formulas.at("rhs"), reduction), reduction.ranges);
}

bool proof_carries(const Judgement& judgement)
{
    return std::any_of(judgement.evidence.begin(), judgement.evidence.end(),
                       [](const Evidence& item) { return item.carries && is_true(item.outcome); });
}

/// A multiple c with e^x - 1 <= c (e^X - 1), x = beta sqrt(2 delta), for an exponent X over n, beta
/// and delta; nothing where none is found. The scores of a token differ by at most 2 as well, and
/// e^x - 1 = (e^{x/2} - 1)(e^{x/2} + 1), x < sqrt(2)/20.
std::optional<Rational> growth_factor(const Expr& exponent)
{
    const Ranges ranges = {{"n", from(2)}, {"beta", from(0)}, {"delta", from(0)}};
    if (!all_ranged(exponent, ranges)) {
        return std::nullopt;
    }
    const Expr x = sym("beta") * sqrt(2 * sym("delta"));
    const auto above = [&](const Expr& other) {
        return is_true(at_least_on(exponent, other, ranges).outcome);
    };
    if (above(x) || above(2 * sym("beta"))) {
        return Rational(1);
    }
    return above(x / 2) ? std::optional(Rational(21, 10)) : std::nullopt;
}

constexpr const char* grown_symbol = "grown"; ///< e^X - 1 for the one exponent X of a relation

/// e^x - 1 as the proofs see it.
struct ExponentialGrowth {
    Expr size;
    std::string symbol;
    proof::ExtendedRange range;
    std::string why;
};

std::vector<ExponentialGrowth> growths_of(const Statement& relation)
{
    const std::map<std::string, Expr> found = exponents_of(relation);
    if (found.size() == 1) {
        const std::optional<Rational> factor = largest_growth(relation);
        if (!factor) {
            return {};
        }
        return {{Expr(*factor) * sym(grown_symbol), grown_symbol, from(0),
                 "e^x - 1 <= " + to_string(*factor) + " (e^X - 1), X = " + found.begin()->first}};
    }
    if (!found.empty()) {
        return {};
    }
    // appC/constants: e^x - 1 <= 1/(6n), n = 2w^2; and 1/12 < (3/50) sqrt(2).
    const Expr w2 = pow(sym("w"), 2);
    const Expr small = sym("small");
    const std::string why = "e^x - 1 <= 1/(6n) for delta < 1/(100 n^2 beta^2) (appC/constants)";
    return {{small / (12 * w2), "small", between(0, 1), why},
            {small * Expr(Rational(3, 50)) * sqrt(Expr(2)) / w2, "small", between(0, 1), why}};
}

/// A bound of I_1 and where it is used.
struct FirstPart {
    Expr value;
    std::vector<std::pair<std::string, Expr>> region;
};

/// Bounds of I_1, each for everything or by cases; V <= delta, maxs = 1/m.
std::vector<std::vector<FirstPart>> bounds_of_first(bool upper, const Expr& m, const Expr& M)
{
    using Region = std::vector<std::pair<std::string, Expr>>;
    const Expr V = sym("V");
    const Expr n = sym("n");
    const Expr delta = sym("delta");
    const Expr loss = sym("loss");
    const Expr within = sym("within"); // in [0, 1]
    const Expr beyond = sym("beyond"); // >= 0
    const Region any = {{"delta", V + sym("excess")}};
    if (!upper) {
        return {{{(-2 * V + 2 * pow(V, 2)) * M + loss, any}}, {{-loss, any}}};
    }
    const Expr printed = (-2 * V + 2 * n * pow(V, 2)) * m - loss;
    const Region small_V = {{"delta", V + sym("excess")}, {"V", within / n}};
    const Region large_V = {{"delta", V + sym("excess")}, {"V", (1 + beyond) / n}};
    const Region small_delta = {{"V", delta * sym("of_delta")}, {"delta", within / n}};
    const Region large_delta = {{"V", delta * sym("of_delta")}, {"delta", (1 + beyond) / n}};
    return {{{printed, any}},
            {{-loss, any}},
            // The mean of u_k^2, u_k = 1 - <theta_k, mean>, is at most (n + 2)/4 V^2, and delta V.
            {{(-2 * V + (n + 2) / 2 * pow(V, 2)) * m - loss, any}},
            {{(-2 * V + 2 * delta * V) * m - loss, any}},
            {{printed, small_V}, {-loss, large_V}},
            {{(-2 * V + 2 * n * delta * V) * m - loss, small_delta}, {-loss, large_delta}}};
}

} // namespace

Expr with_roots(const Expr& formula)
{
    return rebuilt_formula(formula, [](const Expr& part) -> std::optional<Expr> {
        const Expr::Node& node = part.node();
        if (node.kind != Expr::Kind::Power || denominator(node.value) != 2) {
            return std::nullopt;
        }
        return pow(sqrt(with_roots(Expr::from_node(node.args[0]))), Rational(2 * node.value));
    });
}

Judgement decide_by_any(const Statement& statement, const Effort& effort, const Reduction& first,
                        const std::vector<Cases>& others, const std::vector<Instance>& instances,
                        const Scope& scope, const std::optional<Statement>& rewritten)
{
    Judgement judgement = decide_reduced(statement, effort, first, instances, scope);
    if (judgement.counterexample || proof_carries(judgement)) {
        return judgement;
    }
    Statement relation = rewritten.value_or(statement);
    for (const char* side : {"lhs", "rhs"}) {
        relation.formulas.at(side) = with_roots(relation.formulas.at(side));
    }
    // These proofs may use what is true of clouds in the cone only, and a bound may lack a value at
    // the end of a range.
    Scope narrower = scope;
    narrower.text += outside_of_print;
    for (const Cases& cases : others) {
        std::vector<Judgement> parts;
        for (const Reduction& one : cases) {
            if (!covers_symbols(one, relation)) {
                break;
            }
            parts.push_back(decide_reduced(relation, effort, one, {}, narrower));
            if (!proof_carries(parts.back())) {
                break;
            }
        }
        if (!parts.empty() && parts.size() == cases.size() && proof_carries(parts.back())) {
            Judgement found = all_of(parts);
            for (Evidence& item : judgement.evidence) {
                if (!item.carries) {
                    found.evidence.push_back(std::move(item));
                }
            }
            return found;
        }
    }
    return judgement;
}

Statement with_growth(const Statement& relation)
{
    if (exponents_of(relation).size() != 1) {
        return relation;
    }
    Statement result = relation;
    for (const char* side : {"lhs", "rhs"}) {
        result.formulas.at(side) = rebuilt_formula(
            relation.formulas.at(side), [](const Expr& part) -> std::optional<Expr> {
                if (part.node().kind != Expr::Kind::Exp) {
                    return std::nullopt;
                }
                const Expr power = 1 + sym(grown_symbol);
                return exponent_size(part).second ? 1 / power : power;
            });
    }
    return result;
}

std::optional<TwoGrowths> with_growths(const Statement& relation)
{
    const Ranges ranges = {{"n", from(2)}, {"beta", from(0)}, {"delta", from(0)}};
    const auto certain = [&](const Expr& larger, const Expr& smaller) {
        return all_ranged(larger, ranges) && all_ranged(smaller, ranges)
               && is_true(at_least_on(larger, smaller, ranges).outcome);
    };
    const auto one_side = [&](const char* name) {
        return relation_part(relation.formulas.at(name), "<=", Expr(0));
    };
    const Expr x = sym("beta") * sqrt(2 * sym("delta"));
    const std::map<std::string, Expr> all = exponents_of(relation);
    if (all.size() == 1) {
        if (!certain(all.begin()->second, Expr(0))) {
            return std::nullopt;
        }
        return TwoGrowths{with_growth(relation), certain(x, all.begin()->second)};
    }
    const std::map<std::string, Expr> left = exponents_of(one_side("lhs"));
    const std::map<std::string, Expr> right = exponents_of(one_side("rhs"));
    if (left.size() != 1 || right.size() != 1
        || !certain(right.begin()->second, left.begin()->second)
        || !certain(left.begin()->second, Expr(0))) {
        return std::nullopt;
    }
    const Expr middle = with_growth(one_side("lhs")).formulas.at("lhs");
    return TwoGrowths{
        relation_part(middle.substitute(grown_symbol, sym("fraction") * sym(grown_symbol)),
                      relation.words.at("relation"),
                      with_growth(one_side("rhs")).formulas.at("lhs")),
        certain(x, right.begin()->second)};
}

std::optional<Statement> with_part_of_growth(const Statement& relation)
{
    const std::map<std::string, Expr> found = exponents_of(relation);
    if (found.empty()) {
        return relation;
    }
    const Ranges ranges = {{"n", from(2)}, {"beta", from(0)}, {"V", from(0)}, {"excess", from(0)}};
    const auto larger = [](const Expr& formula) {
        return formula.substitute("delta", sym("V") + sym("excess"));
    };
    const Expr& X = found.begin()->second;
    const Expr x = sym("beta") * sqrt(2 * sym("delta"));
    if (found.size() > 1 || !all_ranged(larger(X), ranges)
        || !is_true(at_least_on(larger(X), Expr(0), ranges).outcome)
        || !is_true(at_least_on(larger(x), larger(X), ranges).outcome)) {
        return std::nullopt;
    }
    Statement result = with_growth(relation);
    for (const char* side : {"lhs", "rhs"}) {
        result.formulas.at(side) =
            result.formulas.at(side).substitute(grown_symbol, sym("fraction") * sym(grown_symbol));
    }
    return result;
}

std::vector<Statement> with_a_large_root(const Statement& relation)
{
    const Ranges ranges = {{"n", from(2)}};
    std::set<std::string> large;
    const auto each_root = [&](const std::function<std::optional<Expr>(const Expr&)>& change) {
        Statement result = relation;
        for (const char* side : {"lhs", "rhs"}) {
            result.formulas.at(side) = rebuilt_formula(
                with_roots(relation.formulas.at(side)),
                [&](const Expr& part) -> std::optional<Expr> {
                    return part.node().kind == Expr::Kind::Sqrt ? change(part) : std::nullopt;
                });
        }
        return result;
    };
    each_root([&](const Expr& root) -> std::optional<Expr> {
        const Expr square = Expr::from_node(root.node().args[0]);
        if (all_ranged(square, ranges) && is_true(at_least_on(square, Expr(1), ranges).outcome)) {
            large.insert(root.text());
        }
        return std::nullopt;
    });
    std::vector<Statement> result;
    for (const std::string& text : large) {
        result.push_back(each_root([&](const Expr& root) {
            return root.text() == text ? std::optional(1 + sym("root")) : std::nullopt;
        }));
    }
    return result;
}

std::optional<Rational> largest_growth(const Statement& relation)
{
    const std::map<std::string, Expr> found = exponents_of(relation);
    return found.size() == 1 ? growth_factor(found.begin()->second) : std::nullopt;
}

std::vector<Cases> proofs_from_second_part(const Statement& relation, bool upper)
{
    const Expr m = sym("m");
    const Expr M = m + sym("more");
    std::vector<Cases> proofs;
    for (const ExponentialGrowth& growth : growths_of(relation)) {
        for (const std::vector<FirstPart>& split : bounds_of_first(upper, m, M)) {
            Cases cases;
            for (const FirstPart& first : split) {
                for (const long sign : {1L, -1L}) {
                    const Expr I2 = sign * sym("share") * growth.size * sym("V") * M;
                    Reduction one{"|I_2| <= (e^x - 1) V/min s, because the mean may be taken from "
                                  "every theta_j; "
                                      + growth.why,
                                  {{"rate", first.value + I2},
                                   {"I2", I2},
                                   {"I1", first.value},
                                   {"maxs", 1 / m},
                                   {"mins", 1 / M}},
                                  {{"w", from(1)},
                                   {"V", between(0, 1)},
                                   {"m", from(0)},
                                   {"more", from(0)},
                                   {"loss", from(0)},
                                   {"excess", from(0)},
                                   {"beta", from(0)},
                                   {"share", between(0, 1)},
                                   {"within", between(0, 1)},
                                   {"of_delta", between(0, 1)},
                                   {"beyond", from(0)},
                                   {"root", from(0)},
                                   {growth.symbol, growth.range}}};
                    one.symbols.insert(one.symbols.end(), first.region.begin(), first.region.end());
                    one.symbols.emplace_back("n", 2 * pow(sym("w"), 2));
                    cases.push_back(std::move(one));
                }
            }
            proofs.push_back(std::move(cases));
        }
    }
    return proofs;
}

} // namespace attest::theorems

#include "theorems/reduction.hpp"

#include "attest/numbers/precision.hpp"
#include "attest/numbers/symbolic.hpp"
#include "attest/proof/certificates.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <set>

namespace attest::theorems {
namespace {

constexpr long largest_degree = 4;

std::set<std::string> symbols_of(const Expr& a, const Expr& b)
{
    std::set<std::string> names;
    for (const Expr* formula : {&a, &b}) {
        const std::vector<std::string> more = formula->symbols();
        names.insert(more.begin(), more.end());
    }
    return names;
}

/// Ranges of non-negative new symbols. beta and gamma stay symbols while the formulas are
/// evaluated, because exponentials take polynomial arguments only.
class OnRanges {
public:
    OnRanges(const std::set<std::string>& names, const Ranges& ranges)
    {
        const bool beta =
            names.contains("beta") && ranges.at("beta").lo == Rational(0) && !ranges.at("beta").hi;
        const bool gamma = beta && names.contains("gamma") && ranges.at("gamma").lo == Rational(0)
                           && ranges.at("gamma").hi == Rational(1);
        for (const std::string& name : names) {
            const bool kept = (beta && name == "beta") || (gamma && name == "gamma");
            may_vanish_.push_back("p_" + name);
            may_vanish_.push_back(name);
            environment_.emplace(name,
                                 kept ? Symbolic::symbol(name) : value_of(name, ranges.at(name)));
        }
        const Symbolic x = Symbolic::symbol("x_");
        const Symbolic y = Symbolic::symbol("y_");
        if (gamma) {
            replacements_ = {{"gamma", value_of("gamma", ranges.at("gamma"))},
                             {"exp(beta*gamma)", 1 + x},
                             {"exp(beta)", (1 + x) * (1 + y)}};
        } else if (beta) {
            replacements_ = {{"exp(beta)", 1 + y}};
        }
    }

    Symbolic value(const Expr& formula) const { return formula.evaluate(environment_); }
    Truth nonnegative(const Symbolic& value) const
    {
        return value.substitute(replacements_).is_manifestly_nonnegative();
    }
    Truth positive(const Symbolic& value) const
    {
        return value.substitute(replacements_).is_manifestly_positive(may_vanish_);
    }

private:
    static Symbolic value_of(const std::string& name, const proof::ExtendedRange& range)
    {
        if (!range.lo) {
            throw DomainError("symbol '" + name + "' has no lower end");
        }
        const Symbolic k = Symbolic::symbol("p_" + name);
        return range.hi ? (Symbolic(*range.lo) + Symbolic(*range.hi) * k) / (1 + k)
                        : Symbolic(*range.lo) + k;
    }

    std::map<std::string, Symbolic> environment_;
    std::vector<Symbolic::Replacement> replacements_;
    std::vector<std::string> may_vanish_ = {"x_", "y_"};
};

nlohmann::ordered_json end_text(const std::optional<Rational>& end)
{
    return end ? attest::to_string(*end) : "inf";
}

/// The rational function in lowest terms, with its terms collected.
Expr collected(const Expr& formula)
{
    const SymbolicField field;
    const std::vector<std::string> names = formula.symbols();
    std::map<std::string, Symbolic> environment;
    for (const std::string& name : names) {
        environment.emplace(name, Symbolic::symbol(name));
    }
    const Symbolic value = formula.evaluate(environment);
    const Symbolic denominator = value.denominator();
    const Expr numerator = parse_expr((value * denominator).text(), names);
    return is_true((denominator - 1).is_zero()) ? numerator
                                                : numerator / parse_expr(denominator.text(), names);
}

/// Coefficients of the powers of the symbol, by Taylor's formula at 0.
std::vector<Expr> coefficients(const Expr& polynomial, const std::string& symbol)
{
    std::vector<Expr> result;
    Expr rest = collected(polynomial);
    Rational factorial = 1;
    for (long degree = 0; degree <= largest_degree + 1; ++degree) {
        if (is_true(proof::identical(rest, Expr(0)))) {
            return result;
        }
        factorial *= std::max(degree, 1L);
        result.push_back(collected(rest.substitute(symbol, Expr(0)) / Expr(factorial)));
        rest = collected(derivative(rest, symbol));
    }
    throw DomainError("the mean of a formula of degree above 4 in '" + symbol + "'");
}

Expr mean_from_token(const Expr& polynomial, const std::vector<std::string>& tokens,
                     std::size_t next, const std::string& monomial)
{
    if (next == tokens.size()) {
        return monomial.empty() ? polynomial : polynomial * Expr::symbol("mean" + monomial);
    }
    Expr sum(0);
    const std::vector<Expr> parts = coefficients(polynomial, tokens[next]);
    for (std::size_t degree = 0; degree < parts.size(); ++degree) {
        if (is_true(proof::identical(parts[degree], Expr(0)))) {
            continue;
        }
        const std::string factor =
            degree == 0 ? ""
                        : fmt::format("_{}{}", tokens[next],
                                      degree == 1 ? std::string() : std::to_string(degree));
        sum = sum + mean_from_token(parts[degree], tokens, next + 1, monomial + factor);
    }
    return sum;
}

} // namespace

proof::ExtendedRange from(const Rational& lo)
{
    return {lo, std::nullopt};
}

proof::ExtendedRange between(const Rational& lo, const Rational& hi)
{
    return {lo, hi};
}

proof::AlgebraicProof at_least_on(const Expr& lhs, const Expr& rhs, const Ranges& ranges)
{
    try {
        const SymbolicField field;
        const OnRanges on(symbols_of(lhs, rhs), ranges);
        const Symbolic left = on.value(lhs);
        const Symbolic right = on.value(rhs);
        if (is_true(on.nonnegative(left - right))) {
            return {Truth::True, "left minus right has non-negative coefficients only",
                    "difference"};
        }
        if (is_true(on.nonnegative(left)) && is_true(on.nonnegative(left * left - right * right))) {
            return {Truth::True,
                    "left is non-negative and left^2 - right^2 has non-negative coefficients only",
                    "squares"};
        }
        return {};
    } catch (const DomainError& error) {
        return {Truth::Unknown, error.what()};
    }
}

proof::AlgebraicProof greater_on(const Expr& lhs, const Expr& rhs, const Ranges& ranges)
{
    try {
        const SymbolicField field;
        const OnRanges on(symbols_of(lhs, rhs), ranges);
        if (is_true(on.positive(on.value(lhs) - on.value(rhs)))) {
            return {Truth::True,
                    "left minus right has non-negative coefficients only and a positive constant "
                    "term",
                    "difference"};
        }
        return {};
    } catch (const DomainError& error) {
        return {Truth::Unknown, error.what()};
    }
}

std::optional<std::string> at_least_certificate_on(const Expr& lhs, const Expr& rhs,
                                                   const Ranges& ranges,
                                                   const proof::AlgebraicProof& proof)
{
    if (!is_true(proof.outcome)) {
        return std::nullopt;
    }
    const SharedText text = shared_text({lhs, rhs});
    nlohmann::ordered_json json;
    json["kind"] = "at-least";
    if (!text.let.empty()) {
        json["let"] = nlohmann::ordered_json::array();
        for (const auto& [name, formula] : text.let) {
            json["let"].push_back({name, formula});
        }
    }
    json["lhs"] = text.formulas[0];
    json["rhs"] = text.formulas[1];
    json["method"] = proof.method;
    json["ranges"] = nlohmann::ordered_json::object();
    for (const std::string& name : symbols_of(lhs, rhs)) {
        json["ranges"][name] = {end_text(ranges.at(name).lo), end_text(ranges.at(name).hi)};
    }
    return json.dump();
}

Expr mean_over_tokens(const Expr& polynomial, const std::vector<std::string>& tokens)
{
    return mean_from_token(polynomial, tokens, 0, "");
}

Expr reduced(const Expr& formula, const Reduction& reduction)
{
    Expr result = formula;
    for (const auto& [name, replacement] : reduction.symbols) {
        result = result.substitute(name, replacement);
    }
    return result;
}

Statement relation_part(const Expr& lhs, const std::string& sign, const Expr& rhs)
{
    Statement statement;
    statement.formulas = {{"lhs", lhs}, {"rhs", rhs}};
    statement.words = {{"relation", sign}};
    return statement;
}

Judgement decide_reduced(const Statement& statement, const Effort& effort,
                         const Reduction& reduction, const std::vector<Instance>& instances,
                         const Scope& scope)
{
    Judgement judgement = decide_at_instances(statement, effort, instances);
    if (judgement.counterexample) {
        return judgement;
    }
    const Expr& lhs = statement.formulas.at("lhs");
    const Expr& rhs = statement.formulas.at("rhs");
    const std::string& relation = statement.words.at("relation");
    const bool reversed = relation == "<=" || relation == "<";
    const Expr left = reduced(reversed ? rhs : lhs, reduction);
    const Expr right = reduced(reversed ? lhs : rhs, reduction);
    Evidence algebra{"exact algebra", reduction.why, Truth::Unknown, Strength::Exact, scope};
    std::optional<std::string> certificate;
    if (relation == "=") {
        algebra.outcome = proof::identical(left, right);
        certificate = is_true(algebra.outcome)
                          ? std::optional(proof::identity_certificate(left, right))
                          : std::nullopt;
    } else {
        const proof::AlgebraicProof proved = relation == "<"
                                                 ? greater_on(left, right, reduction.ranges)
                                                 : at_least_on(left, right, reduction.ranges);
        algebra.outcome = proved.outcome;
        algebra.detail += proved.certificate.empty() ? "" : "; " + proved.certificate;
        certificate = at_least_certificate_on(left, right, reduction.ranges, proved);
    }
    judgement.evidence.push_back(std::move(algebra));
    attach(judgement, effort, std::move(certificate));
    return judgement;
}

Judgement decide_parts(const Statement& statement, const Effort& effort,
                       const std::vector<NamedPart>& parts, const Reduction& reduction,
                       const std::vector<Instance>& instances, const Scope& scope)
{
    const auto formula = [&](const std::string& name) {
        const auto found = statement.formulas.find(name);
        return found == statement.formulas.end() ? sym(name) : found->second;
    };
    std::vector<Judgement> judgements;
    for (const NamedPart& part : parts) {
        const auto word = statement.words.find(part.relation);
        const std::string relation = word == statement.words.end() ? part.relation : word->second;
        judgements.push_back(
            decide_reduced(relation_part(formula(part.lhs), relation, formula(part.rhs)), effort,
                           reduction, instances, scope));
        if (judgements.back().counterexample) {
            return judgements.back();
        }
    }
    return all_of(judgements);
}

Evidence remark(const std::string& route, const std::string& detail, Truth outcome,
                const Scope& scope, std::vector<ledger::Certificate> certificates)
{
    Evidence evidence{route, detail, outcome, Strength::Exact, scope};
    evidence.carries = false;
    evidence.certificates = std::move(certificates);
    return evidence;
}

void StepsOnRanges::identical(const Expr& lhs, const Expr& rhs)
{
    const Truth proved = proof::identical(lhs, rhs);
    outcome_ = outcome_ && proved;
    if (is_true(proved)) {
        certificates_.push_back({proof::identity_certificate(lhs, rhs)});
    }
}

void StepsOnRanges::at_least(const Expr& lhs, const Expr& rhs, const Ranges& ranges)
{
    const proof::AlgebraicProof proved = at_least_on(lhs, rhs, ranges);
    outcome_ = outcome_ && proved.outcome;
    if (std::optional<std::string> body = at_least_certificate_on(lhs, rhs, ranges, proved)) {
        certificates_.push_back({std::move(*body)});
    }
}

} // namespace attest::theorems

#include "attest/numbers/precision.hpp"
#include "attest/proof/certificates.hpp"
#include "theorems/real_values.hpp"
#include "theorems/reduction.hpp"

#include <fmt/format.h>

#include <set>

namespace attest::theorems {
namespace {

std::set<std::string> both_symbols(const Expr& a, const Expr& b)
{
    std::set<std::string> names;
    for (const Expr* formula : {&a, &b}) {
        const std::vector<std::string> more = formula->symbols();
        names.insert(more.begin(), more.end());
    }
    return names;
}

enum class Outcome { Holds, Violated, Open };

/// lhs relation rhs for two balls or two rationals.
Outcome outcome_of_relation(const Rational& lhs, const std::string& relation, const Rational& rhs)
{
    const bool holds = relation == "="    ? lhs == rhs
                       : relation == ">=" ? lhs >= rhs
                       : relation == "<=" ? lhs <= rhs
                                          : lhs < rhs;
    return holds ? Outcome::Holds : Outcome::Violated;
}

Outcome outcome_of_relation(const Ball& lhs, const std::string& relation, const Ball& rhs)
{
    const Ball difference = lhs - rhs;
    if (!difference.is_finite()) {
        return Outcome::Open;
    }
    if (relation == "=") {
        return difference.contains_zero() ? Outcome::Holds : Outcome::Violated;
    }
    const Ball signed_difference = relation == ">=" ? difference : -difference;
    if (is_true(is_positive(signed_difference))) {
        return Outcome::Holds;
    }
    if (is_true(is_negative(signed_difference))) {
        return Outcome::Violated;
    }
    if (difference.is_exact()) { // 0
        return relation == "<" ? Outcome::Violated : Outcome::Holds;
    }
    return Outcome::Open;
}

struct Evaluation {
    Outcome outcome = Outcome::Open;
    bool exact = false;
    std::string lhs;
    std::string rhs;
    std::optional<Expr> negative; ///< under a root or a logarithm: a side has no real value
};

/// Negative by rational arithmetic alone.
bool negative_rational(const Expr& formula, const Instance& instance)
{
    try {
        return formula.evaluate(instance.exact) < 0;
    } catch (const DomainError&) { // an irrational value
        return false;
    }
}

Evaluation evaluate_instance(const Expr& lhs, const std::string& relation, const Expr& rhs,
                             const Instance& instance)
{
    try {
        const Rational left = lhs.evaluate(instance.exact);
        const Rational right = rhs.evaluate(instance.exact);
        return {outcome_of_relation(left, relation, right), true, attest::to_string(left),
                attest::to_string(right), std::nullopt};
    } catch (const DomainError&) { // an irrational value
    }
    std::map<std::string, Ball> balls = instance.balls;
    for (const auto& [name, value] : instance.exact) {
        balls.emplace(name, Ball(value));
    }
    const Ball left = lhs.evaluate(balls);
    const Ball right = rhs.evaluate(balls);
    Evaluation evaluation{outcome_of_relation(left, relation, right), false, left.to_string(12),
                          right.to_string(12), std::nullopt};
    if (!left.is_finite() || !right.is_finite()) {
        evaluation.negative = negative_argument(left.is_finite() ? rhs : lhs, balls);
        if (!evaluation.negative && !right.is_finite()) {
            evaluation.negative = negative_argument(rhs, balls);
        }
        evaluation.outcome = evaluation.negative ? Outcome::Violated : Outcome::Open;
        evaluation.exact = evaluation.negative && negative_rational(*evaluation.negative, instance);
    }
    return evaluation;
}

/// What a violation consists of: the relation that is certain instead of the claimed one.
struct Violation {
    Expr lhs;
    std::string relation;
    Expr rhs;
    std::string shows;
};

Violation violation_of(const Expr& lhs, const std::string& relation, const Expr& rhs,
                       const Evaluation& evaluation)
{
    if (evaluation.negative) {
        return {*evaluation.negative, "<", Expr(0),
                fmt::format("{} {} {} has no real value: {} under a root or a logarithm is "
                            "negative",
                            lhs.text(), relation, rhs.text(), evaluation.negative->text())};
    }
    static const std::map<std::string, std::string> negation = {
        {"=", "!="}, {">=", "<"}, {"<=", ">"}, {"<", ">="}};
    return {lhs, negation.at(relation), rhs,
            fmt::format("left side {} is not {} right side {}", evaluation.lhs, relation,
                        evaluation.rhs)};
}

/// Values of all symbols of a violation where they are exact.
std::optional<proof::Point> exact_point(const Violation& violation, const Instance& instance)
{
    proof::Point point;
    for (const std::string& name : both_symbols(violation.lhs, violation.rhs)) {
        const auto value = instance.exact.find(name);
        if (value == instance.exact.end()) {
            return std::nullopt;
        }
        point.insert(*value);
    }
    return point;
}

} // namespace

Judgement decide_at_instances(const Statement& statement, const Effort& effort,
                              const std::vector<Instance>& instances)
{
    const Expr& lhs = statement.formulas.at("lhs");
    const Expr& rhs = statement.formulas.at("rhs");
    const std::string& relation = statement.words.at("relation");
    const PrecisionScope precision(bits_for_digits(effort.digits));
    Judgement judgement;
    std::size_t exact = 0;
    std::size_t open = 0;
    Evidence points{
        "explicit configurations",
        {},
        Truth::Unknown,
        Strength::Exact,
        {ScopeKind::Points, fmt::format("{} explicit configurations", instances.size())}};
    points.carries = false;
    for (const Instance& instance : instances) {
        const Evaluation evaluation = evaluate_instance(lhs, relation, rhs, instance);
        exact += evaluation.exact ? 1U : 0U;
        open += evaluation.outcome == Outcome::Open ? 1U : 0U;
        if (evaluation.outcome == Outcome::Violated) {
            points.outcome = Truth::False;
            points.strength = evaluation.exact ? Strength::Exact : Strength::Enclosed;
            const Violation violation = violation_of(lhs, relation, rhs, evaluation);
            points.detail = evaluation.negative
                                ? violation.shows
                                : fmt::format("{} {} {} fails: left {}, right {}", lhs.text(),
                                              relation, rhs.text(), evaluation.lhs, evaluation.rhs);
            points.scope.text = "an explicit configuration";
            const std::optional<proof::Point> point = exact_point(violation, instance);
            judgement.counterexample = ledger::Counterexample{
                instance.what, violation.shows,
                point ? replay_command(violation.lhs, violation.rhs, *point) : std::string()};
            judgement.evidence.push_back(std::move(points));
            if (point) {
                attach(judgement, effort,
                       proof::point_certificate(violation.lhs, violation.relation, violation.rhs,
                                                *point));
            }
            return judgement;
        }
    }
    points.detail = fmt::format("holds at {} configurations, {} of them in rational arithmetic",
                                instances.size() - open, exact);
    points.outcome = open == 0 && !instances.empty() ? Truth::True : Truth::Unknown;
    points.strength = exact == instances.size() ? Strength::Exact : Strength::Enclosed;
    if (!instances.empty()) {
        judgement.evidence.push_back(std::move(points));
    }
    return judgement;
}

} // namespace attest::theorems

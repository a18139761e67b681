// The search for the worst configuration of one relation, and its judgement.
#include "theorems/inequality_attack.hpp"

#include "attest/numbers/precision.hpp"
#include "attest/proof/algebra.hpp"
#include "attest/proof/certificates.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace attest::theorems {
namespace {

constexpr double rounding_noise = 1e-11;
/// Relative distances that the worst point may move to become short, finest last.
constexpr std::array<double, 4> roundings = {1e-2, 1e-4, 1e-7, 1e-12};

struct Work {
    std::size_t starts; ///< for each space
    proof::SearchOptions options;
};

Work work_of(const Effort& effort)
{
    switch (effort.level) {
    case Effort::Level::Quick:
        return {8, {300, 1, 800}};
    case Effort::Level::Standard:
        return {24, {500, 3, 1500}};
    case Effort::Level::Deep:
        break;
    }
    return {400, {1500, 12, 8000}};
}

void terms_of(const Expr& formula, std::vector<Expr>& terms)
{
    const Expr::Node& node = formula.node();
    if (node.kind == Expr::Kind::Add || node.kind == Expr::Kind::Subtract) {
        terms_of(Expr::from_node(node.args[0]), terms);
        terms_of(Expr::from_node(node.args[1]), terms);
    } else {
        terms.push_back(formula);
    }
}

bool is_zero(const Expr& formula)
{
    const Expr::Node& node = formula.node();
    return node.kind == Expr::Kind::Constant && node.value == 0;
}

/// Certain answers for lo <= hi (lo < hi when strict) with difference = hi - lo.
Truth sign_of(const Ball& difference, bool strict)
{
    if (is_true(is_positive(difference))) {
        return Truth::True;
    }
    if (is_true(is_negative(difference))) {
        return Truth::False;
    }
    if (difference.is_exact() && difference.contains_zero()) {
        return strict ? Truth::False : Truth::True;
    }
    return Truth::Unknown;
}

using Replacements = std::vector<std::pair<std::string, Expr>>;

Statement with_formulas(const Statement& relation, const Replacements& replacements)
{
    Expr lhs = relation.formulas.at("lhs");
    Expr rhs = relation.formulas.at("rhs");
    for (const auto& [name, formula] : replacements) {
        lhs = lhs.substitute(name, formula);
        rhs = rhs.substitute(name, formula);
    }
    return relation_part(lhs, relation.words.at("relation"), rhs);
}

/// Equality that no ball can show: the sides are the same rational function of the exponentials.
bool same_in_exponentials(const Statement& relation, const ExactPlace& place)
{
    constexpr std::size_t most_exponentials = 4;
    if (place.exponentials.empty() || place.exponentials.size() > most_exponentials) {
        return false;
    }
    Replacements values;
    for (const auto& [name, value] : place.values.exact) {
        values.emplace_back(name, Expr(value));
    }
    const Statement at = with_formulas(relation, values);
    return is_true(proof::identical(at.formulas.at("lhs"), at.formulas.at("rhs")));
}

/// The slack at one exact configuration, rational where every quantity is.
struct Judged {
    Ball slack;
    bool exact = false;
    Truth outcome = Truth::Unknown;
    Statement relation;
    Instance at;
};

Judged judge_at(const Statement& relation, const ExactPlace& place)
{
    Judged judged;
    const Statement named = with_formulas(relation, place.formulas);
    judged.relation = with_formulas(named, place.exponentials);
    judged.at = place.values;
    const RelativeSlack slack = relative_slack(judged.relation);
    const bool strict = relation.words.at("relation") == "<";
    try {
        const Rational difference = slack.difference.evaluate(place.values.exact);
        Rational size = 0;
        for (const Expr& term : slack.size) {
            const Rational value = term.evaluate(place.values.exact);
            size += value < 0 ? Rational(-value) : value;
        }
        judged.slack = size == 0 ? Ball::indeterminate() : Ball(Rational(difference / size));
        judged.exact = true;
        judged.outcome =
            difference > 0 || (difference == 0 && !strict) ? Truth::True : Truth::False;
        return judged;
    } catch (const DomainError&) { // an irrational value
    }
    std::map<std::string, Ball> balls = place.values.balls;
    for (const auto& [name, value] : place.values.exact) {
        balls.emplace(name, Ball(value));
    }
    judged.slack = slack.value(balls);
    judged.outcome = sign_of(slack.difference.evaluate(balls), strict);
    if (is_unknown(judged.outcome) && !strict && same_in_exponentials(named, place)) {
        judged.slack = Ball(0);
        judged.exact = true;
        judged.outcome = Truth::True;
    }
    return judged;
}

} // namespace

RelativeSlack relative_slack(const Statement& relation)
{
    const std::string& sign = relation.words.at("relation");
    if (sign != "<=" && sign != "<" && sign != ">=") {
        throw InputError(fmt::format("relation '{}': must be one of <=, <, >=", sign));
    }
    const Expr& lhs = relation.formulas.at("lhs");
    const Expr& rhs = relation.formulas.at("rhs");
    RelativeSlack slack{sign == ">=" ? lhs - rhs : rhs - lhs, {}};
    if (is_zero(lhs) || is_zero(rhs)) {
        terms_of(is_zero(lhs) ? rhs : lhs, slack.size);
    } else {
        slack.size = {lhs, rhs};
    }
    return slack;
}

Ball RelativeSlack::value(const std::map<std::string, Ball>& at) const
{
    Ball sum(0);
    for (const Expr& term : size) {
        sum += abs(term.evaluate(at));
    }
    return difference.evaluate(at) / sum;
}

AttackReport attack_relation(const Statement& relation, const Effort& effort,
                             const std::vector<std::unique_ptr<AttackSpace>>& spaces)
{
    const PrecisionScope precision(attack_bits);
    const Work work = work_of(effort);
    const RelativeSlack slack = relative_slack(relation);
    std::vector<Expr> formulas = {slack.difference};
    formulas.insert(formulas.end(), slack.size.begin(), slack.size.end());
    AttackReport report;
    const AttackSpace* worst_space = nullptr;
    std::vector<double> worst;
    std::size_t worst_place = 0;
    for (const auto& space : spaces) {
        const proof::DoubleFormulas compiled(formulas, space->names());
        std::vector<std::vector<double>> places;
        std::vector<proof::DoubleFormulas::Rounded> scratch;
        std::vector<proof::DoubleFormulas::Rounded> results;
        std::size_t place = 0;
        const auto objective = [&](const std::vector<double>& x) {
            space->values(x, places);
            double least = std::nan("");
            for (std::size_t k = 0; k < places.size(); ++k) {
                compiled.evaluate(places[k], scratch, results);
                double size = 0;
                for (std::size_t i = 1; i < results.size(); ++i) {
                    size += std::abs(results[i].value);
                }
                // What may be nothing but rounding counts as equality.
                const bool noise = std::abs(results[0].value) <= rounding_noise * results[0].size;
                const double ratio = (noise ? 0 : results[0].value) / size;
                if (std::isfinite(ratio) && !(least <= ratio)) {
                    least = ratio;
                    place = k;
                }
            }
            return least;
        };
        try {
            const proof::SearchResult found = proof::search_least(
                objective, space->box(), space->starts(work.starts, effort.seed), work.options);
            report.starts += found.starts;
            report.evaluations += found.evaluations;
            if (worst_space == nullptr || found.value < report.searched) {
                report.searched = found.value;
                worst_space = space.get();
                worst = found.point;
                objective(worst);
                worst_place = place;
            }
        } catch (const Undecidable&) { // no configuration of this kind meets the hypotheses
        }
    }
    if (worst_space == nullptr) {
        return report;
    }
    report.space = worst_space->title();
    std::optional<Judged> best;
    for (const double rounding : roundings) {
        const std::optional<ExactPlace> place = worst_space->exact(worst, worst_place, rounding);
        if (!place) {
            continue;
        }
        Judged judged = judge_at(relation, *place);
        if (!judged.slack.is_finite()) {
            continue;
        }
        // A shorter point stands unless a finer one has clearly less slack.
        constexpr double clearly = 1e-3;
        if (!best || (is_false(judged.outcome) && !is_false(best->outcome))
            || (judged.outcome == best->outcome
                && judged.slack.to_double()
                       < best->slack.to_double() - clearly * std::abs(best->slack.to_double()))) {
            best = std::move(judged);
        }
    }
    if (!best) {
        return report;
    }
    report.outcome = best->outcome;
    report.exact = best->exact;
    report.slack = best->slack;
    report.worst = best->at;
    const Judgement replayed = decide_at_instances(best->relation, effort, {best->at});
    report.counterexample = replayed.counterexample;
    if (report.counterexample && !replayed.evidence.back().certificates.empty()) {
        report.certificate = replayed.evidence.back().certificates.front().body;
    }
    proof::Point point;
    for (const char* side : {"lhs", "rhs"}) {
        for (const std::string& name : best->relation.formulas.at(side).symbols()) {
            point.emplace(name, best->at.exact.at(name));
        }
    }
    report.replay =
        replay_command(best->relation.formulas.at("lhs"), best->relation.formulas.at("rhs"), point);
    return report;
}

} // namespace attest::theorems

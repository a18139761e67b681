#include "theorems/inequality_attack.hpp"

#include <fmt/format.h>

namespace attest::theorems {

std::vector<std::unique_ptr<AttackSpace>>
cloud_spaces(const Statement& relation, const Effort& effort, const AttackSetting& setting)
{
    std::set<std::string> symbols;
    for (const char* side : {"lhs", "rhs"}) {
        const std::vector<std::string> names = relation.formulas.at(side).symbols();
        symbols.insert(names.begin(), names.end());
    }
    std::vector<std::pair<long, long>> shapes = {{2, 2}, {3, 2}, {3, 3}, {4, 3}, {5, 2}, {6, 3}};
    if (effort.level != Effort::Level::Quick) {
        shapes.insert(shapes.end(), {{2, 3}, {4, 2}, {8, 3}});
    }
    // Triples are n^3 places.
    const bool triples = symbols.contains("score") || symbols.contains("distance");
    if (effort.level == Effort::Level::Deep && !triples) {
        shapes.insert(shapes.end(), {{12, 2}, {16, 3}, {32, 2}});
    }
    std::vector<std::unique_ptr<AttackSpace>> spaces;
    for (const auto& [n, d] : shapes) {
        spaces.push_back(cloud_space(n, d, symbols, setting));
    }
    return spaces;
}

namespace {

constexpr long slack_digits = 12;

using Spaces = std::vector<std::unique_ptr<AttackSpace>>;

/// Decimal ends; they are rounded to the nearest at 12 digits, so 10^-11 of their size is outward.
ledger::Slack outward(const Ball& slack)
{
    const Real lower = slack.lower();
    const Real upper = slack.upper();
    const Real more = to_real(Rational(1, 100000000000));
    // Relative slacks are between -1 and 1.
    const Real least = lower - abs(lower) * more;
    const Real most = upper + abs(upper) * more;
    return {least < -1 ? "-1" : attest::to_decimal(least, slack_digits),
            most > 1 ? "1" : attest::to_decimal(most, slack_digits)};
}

/// The evidence on all relations, each with its report.
Judgement with_attack(Judgement judgement,
                      const std::vector<std::pair<Statement, AttackReport>>& reports)
{
    std::optional<AttackReport> worst;
    std::size_t starts = 0;
    std::size_t evaluations = 0;
    std::string shown;
    for (const auto& [relation, report] : reports) {
        starts += report.starts;
        evaluations += report.evaluations;
        if (report.space.empty() || report.replay.empty()) {
            continue;
        }
        if (!worst || report.slack.to_double() < worst->slack.to_double()) {
            worst = report;
            shown = fmt::format("{} {} {}", relation.formulas.at("lhs").text(),
                                relation.words.at("relation"), relation.formulas.at("rhs").text());
        }
    }
    Evidence evidence{"attack", {}, Truth::Unknown, Strength::Numeric, {ScopeKind::Sample, {}}};
    evidence.carries = false;
    evidence.scope.text = fmt::format("{} starts, {} evaluations", starts, evaluations);
    if (!worst) {
        evidence.detail = "no configuration in exact numbers was reached";
        judgement.evidence.push_back(std::move(evidence));
        return judgement;
    }
    std::vector<std::string> where;
    for (const auto& [name, value] : worst->worst.what) {
        where.push_back(fmt::format("{} = {}", name, value));
    }
    evidence.detail = fmt::format("local searches from {} starts, {} evaluations; the least "
                                  "relative slack, {}, belongs to {} "
                                  "at {}; replay: {}",
                                  starts, evaluations, worst->slack.to_string(8), shown,
                                  fmt::join(where, "; "), worst->replay);
    evidence.outcome = worst->outcome;
    evidence.bits = attack_bits;
    if (is_false(worst->outcome)) {
        evidence.strength = worst->exact ? Strength::Exact : Strength::Enclosed;
        evidence.scope = {ScopeKind::Points, "an explicit configuration"};
        if (worst->certificate) {
            evidence.certificates.push_back({*worst->certificate});
        }
        if (!judgement.counterexample) {
            judgement.counterexample = worst->counterexample;
        }
    }
    const Judgement others = ledger::judge(judgement);
    if (others.verdict == ledger::Verdict::Holds && others.scope.kind == ScopeKind::All) {
        evidence.detail += "; proved for all parameters by another route: the greatest lower bound "
                           "of the slack is between 0 and this";
    }
    // A statement that fails where its formulas have no value has no slack there.
    if (others.verdict != ledger::Verdict::Fails || is_false(worst->outcome)) {
        judgement.slack = outward(worst->slack);
    }
    judgement.evidence.push_back(std::move(evidence));
    return judgement;
}

} // namespace

Judgement attacked_on(Judgement judgement, const Effort& effort,
                      const std::vector<Statement>& relations, const Spaces& spaces)
{
    if (effort.control) {
        return judgement;
    }
    std::vector<std::pair<Statement, AttackReport>> reports;
    for (const Statement& relation : relations) {
        reports.emplace_back(relation, attack_relation(relation, effort, spaces));
    }
    return with_attack(std::move(judgement), reports);
}

Judgement attacked(Judgement judgement, const Effort& effort,
                   const std::vector<Statement>& relations, const AttackSetting& setting)
{
    if (effort.control) {
        return judgement;
    }
    std::vector<std::pair<Statement, AttackReport>> reports;
    for (const Statement& relation : relations) {
        reports.emplace_back(
            relation, attack_relation(relation, effort, cloud_spaces(relation, effort, setting)));
    }
    return with_attack(std::move(judgement), reports);
}

} // namespace attest::theorems

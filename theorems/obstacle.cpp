#include "theorems/obstacle.hpp"

#include "attest/numbers/precision.hpp"
#include "attest/proof/certificates.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

/// Both sides are rational numbers.
bool rational(const Obstacle& obstacle)
{
    try {
        (void)obstacle.lhs.evaluate(obstacle.at);
        (void)obstacle.rhs.evaluate(obstacle.at);
        return true;
    } catch (const DomainError&) {
        return false;
    }
}

} // namespace

Judgement judged_by(const Obstacle& obstacle, const Effort& effort)
{
    const PrecisionScope precision(bits_for_digits(effort.digits));
    const Ball lhs = proof::evaluate_at(obstacle.lhs, obstacle.at);
    const Ball rhs = proof::evaluate_at(obstacle.rhs, obstacle.at);
    const std::string& relation = obstacle.relation;
    Truth holds = Truth::Unknown;
    if (relation == "<") {
        holds = less(lhs, rhs);
    } else if (relation == ">") {
        holds = less(rhs, lhs);
    } else if (relation == "<=") {
        holds = less_equal(lhs, rhs);
    } else if (relation == ">=") {
        holds = less_equal(rhs, lhs);
    } else if (relation == "!=") {
        holds = !equal(lhs, rhs);
    } else {
        throw DomainError("unknown relation '" + relation + "'");
    }
    Judgement judgement;
    judgement.evidence.push_back(
        {"explicit configuration",
         fmt::format("{}; {} {} {}: left {}, right {}", obstacle.shows, obstacle.lhs.text(),
                     relation, obstacle.rhs.text(), lhs.to_string(10), rhs.to_string(10)),
         is_true(holds) ? Truth::False : Truth::Unknown,
         rational(obstacle) ? Strength::Exact : Strength::Enclosed,
         {ScopeKind::Points, "an explicit configuration"}});
    if (is_true(holds)) {
        attach(judgement, effort,
               proof::point_certificate(obstacle.lhs, relation, obstacle.rhs, obstacle.at));
        judgement.counterexample =
            ledger::Counterexample{obstacle.configuration, obstacle.shows,
                                   replay_command(obstacle.lhs, obstacle.rhs, obstacle.at)};
    }
    return judgement;
}

} // namespace attest::theorems

#pragma once

#include "theorems/attack_space.hpp"

/// Adversarial search for configurations at which an inequality fails or nearly fails, and the
/// signed slack that comes out of it.
namespace attest::theorems {

/// Working precision at which configurations that were found are judged.
constexpr long attack_bits = 192;

/// The relative slack of lo <= hi: (hi - lo)/(|lo| + |hi|), between -1 and 1 and 0 for equality,
/// which makes all inequalities comparable. Where one side is the number 0, |lo| + |hi| is the sum
/// of the sizes of the other side's terms.
struct RelativeSlack {
    Expr difference;        ///< hi - lo
    std::vector<Expr> size; ///< the sum of their absolute values is divided by

    /// In balls at values of all symbols; the whole line where every term is 0.
    Ball value(const std::map<std::string, Ball>& at) const;
};
/// Of formulas "lhs", "rhs" and the word "relation" ("<=", "<" or ">="); throws InputError for
/// another relation.
RelativeSlack relative_slack(const Statement& relation);

/// The worst place that the search found, judged in exact or ball arithmetic.
struct AttackReport {
    Truth outcome = Truth::Unknown; ///< False: a certain violation; True: the relation holds there
    bool exact = false;             ///< the slack is a rational number
    Ball slack;                     ///< relative
    double searched = 0;            ///< the search's own value, rounded
    Instance worst;
    std::string replay;
    std::string space;
    std::size_t starts = 0;
    std::size_t evaluations = 0;
    std::optional<ledger::Counterexample> counterexample;
    std::optional<std::string> certificate;
};

/// Searches all spaces for the least relative slack of one relation. Deterministic in effort.seed.
AttackReport attack_relation(const Statement& relation, const Effort& effort,
                             const std::vector<std::unique_ptr<AttackSpace>>& spaces);

/// The judgement with the evidence "attack" on every relation, which all have to hold, and the
/// slack: an enclosure of the least relative slack that was found, at an exact configuration. The
/// greatest lower bound over everything that the statement allows is at most that, and at least 0
/// where another route proves the statement for all parameters. A certain violation refutes.
/// Planted faults are not attacked: their checks are quick ones.
Judgement attacked(Judgement judgement, const Effort& effort,
                   const std::vector<Statement>& relations, const AttackSetting& setting = {});
/// The same over spaces of one's own.
Judgement attacked_on(Judgement judgement, const Effort& effort,
                      const std::vector<Statement>& relations,
                      const std::vector<std::unique_ptr<AttackSpace>>& spaces);

/// Clouds of 2 to 6 tokens (standard: 8, deep: 32) for all symbols of the relation.
std::vector<std::unique_ptr<AttackSpace>>
cloud_spaces(const Statement& relation, const Effort& effort, const AttackSetting& setting);

} // namespace attest::theorems

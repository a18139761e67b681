#include "theorems/model_claims.hpp"

#include <fmt/format.h>

#include <cmath>

namespace attest::theorems {

void PointTrial::compare(const Ball& stated, const Ball& other, const std::string& what,
                         const proof::Point& point)
{
    if (!other.is_finite()) {
        return; // outside the domain of the other route
    }
    ++compared_;
    if (!stated.is_finite()) {
        ++undefined_;
        return;
    }
    const Ball difference = stated - other;
    if (difference.contains_zero()) {
        const double radius = Ball(difference.upper()).to_double();
        digits_ = std::min(digits_, radius > 0 ? static_cast<long>(-std::log10(radius)) : digits_);
        return;
    }
    if (!different_) {
        different_ = ledger::Counterexample{{},
                                            fmt::format("{} at {}: formula {}, other route {}",
                                                        what, proof::to_string(point),
                                                        stated.to_string(10), other.to_string(10)),
                                            {}};
    }
}

Judgement PointTrial::added_to(Judgement judgement, const Effort& effort, bool carries) const
{
    Truth outcome = Truth::Unknown;
    // A formula of the program has to have a value wherever the other route has one.
    if (different_ || undefined_ > 0) {
        outcome = Truth::False;
    } else if (compared_ > 0 && digits_ >= effort.digits / 2) {
        outcome = Truth::True;
    }
    judgement.evidence.push_back(
        {route_,
         fmt::format("{} values compared, {} without a value", compared_, undefined_),
         outcome,
         Strength::Enclosed,
         {ScopeKind::Points, where_},
         is_true(outcome) ? std::optional<long>(digits_) : std::nullopt,
         carries});
    if (different_ && !judgement.counterexample) {
        judgement.counterexample = different_;
    }
    return judgement;
}

std::vector<proof::Point> trial_points(const proof::Domain& domain, const Effort& effort)
{
    constexpr std::size_t control_points = 8;
    constexpr std::size_t points = 40;
    return proof::sample_points(domain, effort.control ? control_points : points, effort.seed);
}

std::map<std::string, Ball> balls_at(const proof::Point& point)
{
    std::map<std::string, Ball> values;
    for (const auto& [name, value] : point) {
        values.emplace(name, Ball(value));
    }
    return values;
}

Statement formula_statement(const Expr& formula, const std::string& latex)
{
    Statement statement;
    statement.formulas = {{"formula", formula}};
    statement.latex = latex + " = " + formula.latex();
    return statement;
}

std::vector<Claim> model_claims()
{
    std::vector<Claim> claims;
    add_symmetric_equations(claims);
    add_layer_formulas(claims);
    add_attention_formulas(claims);
    add_particle_formulas(claims);
    add_gram_formulas(claims);
    add_alpha_formulas(claims);
    return claims;
}

ledger::Registry model_registry()
{
    std::vector<Claim> claims = model_claims();
    std::vector<ledger::InventoryRow> rows;
    rows.reserve(claims.size());
    for (const Claim& claim : claims) {
        rows.push_back({claim.id, "src/attest/model", "formula", claim.printed.latex, ""});
    }
    ledger::Registry registry(std::move(rows));
    for (Claim& claim : claims) {
        registry.add(std::move(claim));
    }
    return registry;
}

} // namespace attest::theorems

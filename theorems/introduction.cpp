// Schemes as the Introduction describes them, against Section 2.2 and Tables 1 and 2.
#include "theorems/particle_claims.hpp"
#include "theorems/units.hpp"

#include "attest/proof/algebra.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

// --- sqrt-scaling -----------------------------------------------------------------------------
//
// A place of the text describes a layer by the rule that it scales (word "<place>": a row of Table
// 1) and by the factor in front of the attention term (formula "<place>"), over L, the number of
// layers, and t, the index of the layer counted from 0. The check asks whether every place is the
// row sqrt-scaling of Table 1.

/// The layer that a place describes.
SpanVector<Expr> described_layer(const std::string& base, const Expr& factor)
{
    return recorded_layer(base, phases(base).front(), factor);
}

Judgement check_scaling_description(const Statement& statement, const Effort& effort)
{
    const SpanVector<Expr> table =
        recorded_layer(model::SqrtScaling::name, phases(model::SqrtScaling::name).front(), Expr(1));
    std::vector<Judgement> parts;
    for (const auto& [place, factor] : statement.formulas) {
        const std::string& base = statement.words.at(place);
        // Tokens on the sphere, where all rules have a meaning.
        const SpanVector<Expr> layer = described_layer(base, factor);
        for (const auto& [lhs, rhs] :
             {std::pair(layer.theta, table.theta), std::pair(layer.A, table.A)}) {
            Judgement judgement =
                decide_token_identity(part(lhs.substitute("r", Expr(1)), rhs), effort);
            for (Evidence& item : judgement.evidence) {
                item.detail = place + ": " + item.detail;
            }
            if (judgement.counterexample) {
                judgement.counterexample->shows = fmt::format(
                    "{}: layer of {} with factor {} and row sqrt-scaling of Table 1, in "
                    "coordinates along theta_j and A_j: {}",
                    place, base, factor.text(), judgement.counterexample->shows);
            }
            if (judge(judgement).verdict == ledger::Verdict::Fails) {
                return judgement;
            }
            parts.push_back(std::move(judgement));
        }
    }
    return all_of(parts);
}

void add_sqrt_scaling_description(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "intro/sqrt-scaling-description";
    const std::string post(model::PostLN::name);
    const std::string pre(model::PreLN::name);
    const Expr by_depth = 1 / sqrt(sym("L"));
    const Expr by_index = 1 / sqrt(sym("t") + 1);
    // The Introduction names no rule for the first place; Post-LN is the reading nearest to
    // Table 1.
    claim.printed.words = {{"Introduction, residuals scaled by the square root of the depth", post},
                           {"Introduction, studied with Pre-LN (LN-Scaling)", pre},
                           {"Section 2.2, deterministic rescaling of Post-LN", post}};
    claim.printed.formulas = {
        {"Introduction, residuals scaled by the square root of the depth", by_depth},
        {"Introduction, studied with Pre-LN (LN-Scaling)", by_index},
        {"Section 2.2, deterministic rescaling of Post-LN", by_index}};
    claim.printed.latex =
        "\\mathrm{Norm}\\left(X + \\tfrac{1}{\\sqrt{L}} A(X)\\right), \\quad X + "
        "\\tfrac{1}{\\sqrt{t+1}} A(\\mathrm{Norm}(X)), \\quad \\mathrm{Norm}\\left(X + "
        "\\tfrac{1}{\\sqrt{t+1}} A(X)\\right) \\;\\text{are one scheme}";
    Statement amended;
    amended.latex = "\\text{sqrt-scaling of Section 2.2 and Table 1: } \\mathrm{Norm}\\left(X + "
                    "\\tfrac{1}{\\sqrt{t+1}} A(X)\\right), \\text{ Post-LN with layer } t \\text{ "
                    "scaled by its own index}";
    const std::string place = "Section 2.2, deterministic rescaling of Post-LN";
    amended.words = {{place, post}};
    amended.formulas = {{place, by_index}};
    claim.amended = amended;
    claim.check = check_scaling_description;
    claim.faults = faults_of(amended, place);
    claim.faults.push_back(fault("factor of the total depth", amended, place, by_depth));
    claim.faults.push_back(fault("Pre-LN architecture", amended, place, pre));
    claim.witness = "theta_1 = (1, 0), theta_2 = (-7/25, 24/25), beta = 0, L = 4, t = 0";
    claim.note = "two differences: a factor fixed by the number of layers is not one that changes "
                 "from layer to layer, and Pre-LN keeps no token on the sphere";
    registry.add(std::move(claim));
}

// --- Mix-LN -----------------------------------------------------------------------------------

/// Truth of "t <= tau" and its like, for t - tau of the given sign.
bool interval_holds(const std::string& interval, int sign)
{
    if (interval == "t <= tau") {
        return sign <= 0;
    }
    if (interval == "t < tau") {
        return sign < 0;
    }
    if (interval == "t > tau") {
        return sign > 0;
    }
    if (interval == "t >= tau") {
        return sign >= 0;
    }
    throw InputError(fmt::format(
        "interval '{}': must be one of t <= tau, t < tau, t > tau, t >= tau", interval));
}

/// Rows of Tables 1 and 2 of Mix-LN, in the phase, against those of the scheme that is said to rule
/// there.
std::vector<Statement> mix_phase_parts(const std::string& scheme, long late)
{
    const auto token = token_with(symbolic_token(), late, late == 0);
    const std::string mix(model::MixLN::name);
    std::vector<Statement> parts;
    const auto compare = [&](const SpanVector<Expr>& a, const SpanVector<Expr>& b) {
        parts.push_back(part(a.theta, b.theta));
        parts.push_back(part(a.A, b.A));
    };
    compare(recorded_layer(mix, token, Expr(1)), recorded_layer(scheme, token, Expr(1)));
    compare(recorded_velocity(mix, token), recorded_velocity(scheme, token));
    const auto table_2 = [&](const std::string& name) {
        return model::with_scheme(name, [&](auto s) {
            using S = decltype(s);
            return std::pair(S::speed_factor(token), S::r_dot(token));
        });
    };
    parts.push_back(part(table_2(mix).first, table_2(scheme).first));
    parts.push_back(part(table_2(mix).second, table_2(scheme).second));
    return parts;
}

/// The words name the rule of the early and of the late phase and their intervals of t; Tables 1
/// and 2 put t <= tau first and t > tau second.
Judgement check_mix_intervals(const Statement& statement, const Effort& effort)
{
    const std::string& early = statement.words.at("early interval");
    const std::string& late = statement.words.at("late interval");
    bool same = true;
    std::string where;
    for (const int sign : {-1, 0, 1}) {
        const bool agrees =
            interval_holds(early, sign) == (sign <= 0) && interval_holds(late, sign) == (sign > 0);
        if (!agrees && same) {
            same = false;
            where = sign < 0 ? "t = tau/2" : sign == 0 ? "t = tau" : "t = 2 tau";
        }
    }
    const Evidence intervals{"intervals",
                             same ? "t <= tau and t > tau: no time without a rule, none with two"
                                  : "differs from the indicators of Tables 1 and 2 at " + where,
                             truth_of(same),
                             Strength::Exact,
                             {ScopeKind::All, "all t >= 0, tau > 0"},
                             std::nullopt,
                             false};
    if (!same) {
        return with({}, intervals);
    }
    std::vector<Statement> parts = mix_phase_parts(statement.words.at("early"), 0);
    for (Statement& later : mix_phase_parts(statement.words.at("late"), 1)) {
        parts.push_back(std::move(later));
    }
    return with(decide_token_identities(parts, effort), intervals);
}

void add_mix_ln(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "intro/mix-ln-definition";
    claim.printed.latex =
        "\\text{Mix-LN} = \\text{Post-LN for } t \\le \\tau, \\; \\text{Pre-LN for } "
        "t > \\tau \\quad\\text{(Introduction, Section 2.2, Tables 1 and 2)}";
    claim.printed.words = {{"early", std::string(model::PostLN::name)},
                           {"late", std::string(model::PreLN::name)},
                           {"early interval", "t <= tau"},
                           {"late interval", "t > tau"}};
    claim.check = check_mix_intervals;
    claim.faults = {
        fault("Pre-LN first", claim.printed, "early", std::string(model::PreLN::name)),
        fault("Post-LN throughout", claim.printed, "late", std::string(model::PostLN::name)),
        fault("Peri-LN in deeper layers", claim.printed, "late", std::string(model::PeriLN::name)),
        fault("no rule at t = tau", claim.printed, "early interval", "t < tau"),
        fault("two rules at t = tau", claim.printed, "late interval", "t >= tau")};
    claim.witness = orthonormal_witness;
    claim.note =
        "up to tau Table 1 keeps |x_j| = 1 while Table 2 allows any constant r_j: they start "
        "the late phase alike for r_j(0) = 1 only";
    registry.add(std::move(claim));
}

} // namespace

void add_introduction(ledger::Registry& registry)
{
    add_sqrt_scaling_description(registry);
    add_mix_ln(registry);
}

} // namespace attest::theorems

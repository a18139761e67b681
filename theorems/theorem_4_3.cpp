// Theorem 4.3: radial growth and the speed of clustering in a cone.
#include "theorems/clouds.hpp"
#include "theorems/theorem_4_3_rates.hpp"
#include "theorems/theorem_4_3_runs.hpp"
#include "theorems/units.hpp"

#include "attest/model/schemes.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace attest::theorems {
namespace {

// --- (i) radial growth --------------------------------------------------------------------------

/// Pre-LN: an upper bound of r_2(t) for the middle one of three tokens, the outer two of which are
/// long and hardly move: at beta = 0, with c = <theta_1, theta_2>, r_2' = (1 + 2c)/3 and |c'| <=
/// 1/R as long as r_1, r_3 >= R. theta_1 and theta_3 are (c, +-sqrt(1 - c^2)), delta = 2 (1 - c^2).
Instance between_long_tokens(const std::string& shown, const Rational& c, const Rational& r0,
                             const Rational& t)
{
    const Rational R = pow(Rational(10), 9);
    const Rational delta = 2 * (1 - c * c);
    return {{{"n", "3"},
             {"tokens", shown},
             {"beta", "0"},
             {"delta", to_string(delta)},
             {"r_k(0)", fmt::format("1e9, {}, 1e9", to_string(r0))},
             {"k", "2, r_k(t) is at most the left side"},
             {"t", to_string(t)}},
            {{"r", r0 + t * (1 + 2 * (c + t / R)) / 3}, {"r0", r0}, {"t", t}, {"delta", delta}},
            {}};
}

/// Peri-LN: an upper bound of r_1(t) while the direction of A turns. beta = 0, in the plane: m long
/// tokens at angle 0, 2m tokens at angle b(0) = a, r = 1, and the short token 1 anywhere between;
/// a = 1/1000, m = 10^9, delta = a^2/2 >= 1 - cos a, times and magnitudes multiplied by `scale`.
/// All angles stay in [0, a], so that r = 1 + s up to a factor 1 - a^2/2, and the angle psi of A,
/// with sum sin(psi - angle) = 0, is their mean up to factors 1 +- a^2/6; the long tokens (10^9)
/// and token 1 move it by less than 2e-8 a. So psi = 2b/3 and b' = -sin(b - psi)/r = -b/(3(1 + s)),
/// both up to factors 1 +- 2e-6: psi = (2a/3)(1 + s)^(-1/3) up to 1 +- 1e-5 for s <= 26.
/// In R^2, x_1' = A/|A| = (cos psi, sin psi), and |x_1(t)| <= r_1(0) + X + Y^2/(2X), X and Y bounds
/// of int cos psi <= int 1 - psi^2/2 + a^4/24 and int sin psi <= int psi over [0, 26], 27^(1/3)
/// = 3.
Instance turning_mean(const Rational& scale)
{
    const Rational a(1, 1000);
    const Rational error(1, 100000);
    const Rational t = 26;
    const Rational low = a * (1 - error);
    const Rational squares = low * low * 4 / 9 * 3 * (3 - 1);
    const Rational X = t - squares / 2 + t * pow(a, 4) / 24;
    const Rational Y = a * (1 + error) * 2 / 3 * 3 / 2 * (9 - 1);
    const Rational r0 = pow(Rational(1, 10), 9);
    return {{{"n", "3000000001"},
             {"tokens", "in the plane: 10^9 at angle 0, 2 10^9 at angle 1/1000, token 1 at 0"},
             {"beta", "0"},
             {"delta", "1/2000000"},
             {"r_k(0)", fmt::format("1e9, 1 and 1e-9 for token 1, times {}", to_string(scale))},
             {"k", "1, r_k(t) is at most the left side"},
             {"t", to_string(Rational(t * scale))}},
            {{"r", (r0 + X + Y * Y / (2 * X)) * scale},
             {"r0", r0 * scale},
             {"t", t * scale},
             {"delta", a * a / 2}},
            {}};
}

/// Explicit values of r_k(t). Equal tokens: r = r_0 + t, with the least delta and larger ones; for
/// ">=" in addition tokens that grow less than by t.
std::vector<Instance> growth_instances(std::string_view scheme, const std::string& relation)
{
    std::vector<Instance> instances;
    for (const Rational& delta : {Rational(0), Rational(1, 2), Rational(3, 2), Rational(100)}) {
        for (const Rational& r0 : {Rational(1, 100), Rational(1), Rational(3)}) {
            for (const Rational& t : {Rational(1, 10), Rational(1), Rational(10), Rational(1000),
                                      pow(Rational(10), 9)}) {
                instances.push_back({{{"n", "2"},
                                      {"tokens", "equal"},
                                      {"beta", "1/1000"},
                                      {"delta", to_string(delta)},
                                      {"r_k(0)", to_string(r0)},
                                      {"t", to_string(t)}},
                                     {{"r", r0 + t}, {"r0", r0}, {"t", t}, {"delta", delta}},
                                     {}});
            }
        }
    }
    if (scheme == "pre-ln" && relation == ">=") {
        // Antipodal tokens rest, r' = <theta, A> = tanh beta.
        const Rational beta(1, 1000);
        const Ball twice = exp(Ball(Rational(2 * beta)));
        for (const Rational& t : {Rational(2), Rational(1000)}) {
            const Rational r0(1);
            instances.push_back({{{"n", "2"},
                                  {"tokens", "antipodal"},
                                  {"beta", to_string(beta)},
                                  {"delta", "2"},
                                  {"r_k(0)", to_string(r0)},
                                  {"t", to_string(t)}},
                                 {{"r0", r0}, {"t", t}, {"delta", 2}},
                                 {{"r", Ball(r0) + Ball(t) * (twice - 1) / (twice + 1)}}});
        }
        const std::string wide = "(4/5, 3/5), (1, 0), (4/5, -3/5)";
        const std::string narrow = "(99/101, 20/101), (1, 0), (99/101, -20/101)";
        const Rational tiny = pow(Rational(1, 10), 9);
        instances.push_back(between_long_tokens(wide, Rational(4, 5), Rational(1, 1000), 1));
        instances.push_back(between_long_tokens(wide, Rational(4, 5), Rational(1, 1000), 100));
        instances.push_back(between_long_tokens(narrow, Rational(99, 101), Rational(1, 1000), 100));
        instances.push_back(
            between_long_tokens(narrow, Rational(99, 101), tiny, Rational(1, 1000)));
    }
    if (scheme == "peri-ln" && relation == ">=") {
        instances.push_back(turning_mean(1));
        instances.push_back(turning_mean(pow(Rational(1, 10), 12)));
    }
    return instances;
}

/// r_k(t) >= r_k(0) + t times the least of <theta_k, A_k> (Peri-LN: over |A_k| <= 1).
Reduction growth_reduction(std::string_view scheme)
{
    const Expr along = sym("c") + sym("above");
    const Expr slope = scheme == "peri-ln" ? along * (1 + sym("more")) : along;
    return {"delta <= 1: <theta_k, A_k> is a mean of products in [1 - delta, 1], |A_k| <= 1, and "
            "r_k' of Table 2 is integrated; c = 1 - delta",
            {{"r", sym("r0") + sym("t") * slope}, {"delta", 1 - sym("c")}},
            {{"c", between(0, 1)},
             {"above", from(0)},
             {"more", from(0)},
             {"r0", from(0)},
             {"t", from(0)}}};
}

Evidence growth_along_runs(std::string_view scheme, const Statement& statement,
                           const Effort& effort)
{
    double least = 1e300;
    Truth outcome = Truth::True;
    const std::vector<ConeRun> runs = cone_runs(scheme, effort);
    for (const ConeRun& run : runs) {
        for (const ConeMoment& moment : run.moments) {
            const double r = moment.least_growth + (1 - run.delta) * moment.t;
            const std::map<std::string, double> at = {
                {"t", moment.t}, {"delta", run.delta}, {"r0", 0.0}};
            const double slack = r - statement.formulas.at("bound").evaluate(at);
            least = std::min(least, slack);
            outcome = outcome && truth_of(slack >= 0);
        }
    }
    Evidence item{"trajectories (Runge-Kutta in double precision)",
                  fmt::format("least r_k(t) - bound: {:.4g}", least),
                  outcome,
                  Strength::Numeric,
                  {ScopeKind::Sample, fmt::format("{} starts in the cone, t up to e^14 min r_k(0), "
                                                  "seed {}",
                                                  runs.size(), effort.seed)}};
    item.carries = false;
    return item;
}

Judgement check_growth(std::string_view scheme, const Statement& statement, const Effort& effort)
{
    const std::string& relation = statement.words.at("relation");
    const Statement claim = relation_part(sym("r"), relation, statement.formulas.at("bound"));
    const std::vector<Instance> instances = growth_instances(scheme, relation);
    const Scope below = cone_below_one(", all k, t >= 0");
    Judgement narrow = decide_reduced(claim, effort, growth_reduction(scheme), instances, below);
    if (narrow.counterexample) {
        return narrow;
    }
    const Reduction wide{"delta = 1 + x: r_k(t) > 0 as long as the trajectory exists",
                         {{"delta", 1 + sym("x")}},
                         {{"x", from(0)}, {"r", from(0)}, {"t", from(0)}, {"r0", from(0)}}};
    const Scope scope = cone(", delta < 1/(100 n^2 beta^2), V = I, r_k(0) > 0, all k, t >= 0");
    for (Evidence& item : narrow.evidence) {
        item.scope = item.route == "exact algebra" ? scope : item.scope;
    }
    Judgement judgement = all_of({narrow, decide_reduced(claim, effort, wide, instances, scope)});
    const ToldSteps& persists = cone_persistence_steps();
    const ToldSteps& sizes = cone_rate_steps();
    for (Evidence& item : judgement.evidence) {
        if (item.route == "exact algebra") {
            item.outcome = item.outcome && persists.outcome() && sizes.outcome();
            item.detail += "; the cone persists: " + persists.text();
            if (!effort.control) {
                item.certificates.insert(item.certificates.end(), persists.certificates().begin(),
                                         persists.certificates().end());
            }
        }
    }
    if (!effort.control) {
        judgement.evidence.push_back(growth_along_runs(scheme, statement, effort));
    }
    return judgement;
}

template <class Scheme>
void add_growth(ledger::Registry& registry,
                std::vector<std::pair<std::string, Expr>> more_faults = {})
{
    const Expr t = sym("t");
    const Expr delta = sym("delta");
    const std::string name(Scheme::name);
    Claim claim;
    claim.id = "thm4.3/i/" + name;
    claim.printed.formulas = {{"bound", (1 - delta) * t}};
    claim.printed.words = {{"relation", ">="}};
    claim.printed.latex = fmt::format(
        "\\text{{{}: }} r_k(t) \\ge (1 - \\delta)\\,t \\text{{ for all }} k, t \\ge 0 \\quad "
        "(\\delta < \\tfrac{{1}}{{100n^2\\beta^2}})",
        Scheme::title);
    claim.check = [name](const Statement& statement, const Effort& effort) {
        return check_growth(name, statement, effort);
    };
    more_faults.insert(more_faults.end(), {{"1 - delta -> 1 + delta", (1 + delta) * t},
                                           {"t -> 2t", 2 * (1 - delta) * t},
                                           {"t -> t^2", (1 - delta) * t * t},
                                           {"(1 - delta) t -> t/(1 - delta)", t / (1 - delta)},
                                           {"2 r_k(0) added", 2 * sym("r0") + (1 - delta) * t}});
    for (const auto& [change, bound] : more_faults) {
        claim.faults.push_back(fault(change, claim.printed, "bound", bound));
    }
    claim.faults.push_back(fault("reversed", claim.printed, "relation", "<="));
    claim.witness = std::string(cone_witness) + ", r_1(0) = r_2(0) = 1";
    claim.depends_on = {fmt::format("table2/{}/r-dot", name)};
    claim.note = "for delta < 1 the least product of two tokens never falls, which the proof of "
                 "appC/cone-persistence gives where it holds; for delta >= 1, which beta < 1/(10n) "
                 "allows, the right side is at most 0. A trajectory on which some r_k reaches 0 "
                 "(possible for delta > 1 only) is followed up to that moment";
    registry.add(std::move(claim));
}

// --- (ii) speed of clustering
// ---------------------------------------------------------------------

struct SpeedRow {
    Expr printed;           ///< the clock of the theorem
    std::string printed_as; ///< its LaTeX
    std::string amended;    ///< LaTeX of the amended statement
    std::vector<std::pair<std::string, Expr>> clock_faults;
    bool waits = false; ///< the amended statement begins at a time > 0
    std::string note;
};

template <class Scheme>
void add_speed(ledger::Registry& registry, const SpeedRow& speed)
{
    const std::string name(Scheme::name);
    const ConeRate rate = cone_rate(name);
    Claim claim;
    claim.id = "thm4.3/ii/" + name;
    claim.printed.formulas = {{"clock", speed.printed}};
    claim.printed.latex = fmt::format("\\text{{{}: }} \\tfrac{{d}}{{dt}}\\mathrm{{Var}}(t) = "
                                      "-\\Theta({}) \\text{{ for all }} t > "
                                      "0 \\quad (\\delta < \\tfrac{{1}}{{100n^2\\beta^2}})",
                                      Scheme::title, speed.printed_as);
    claim.amended = Statement{};
    claim.amended->formulas = {
        {"clock", rate.clock}, {"from", rate.from}, {"a", rate.a}, {"b", rate.b}};
    claim.amended->numbers = {{"largest", 1}};
    claim.amended->latex =
        fmt::format("\\text{{{}: }} {} \\quad (\\delta < \\min(1, \\tfrac{{1}}{{100n^2\\beta^2}}))",
                    Scheme::title, speed.amended);
    claim.check = [name](const Statement& statement, const Effort& effort) {
        return decide_cone_rate(name, statement, effort);
    };
    const Statement& holds = *claim.amended;
    for (const auto& [change, clock] : speed.clock_faults) {
        claim.faults.push_back(fault(change, holds, "clock", clock));
    }
    Statement wide = holds;
    wide.numbers.erase("largest");
    claim.faults.push_back({"delta < 1 dropped", wide});
    const Expr c2 = 1 - sym("delta");
    claim.faults.push_back(
        fault("a -> 201/100 (1 - delta)", holds, "a", Expr(Rational(201, 100)) * c2));
    claim.faults.push_back(fault("b -> 199/100", holds, "b", Expr(Rational(199, 100))));
    claim.faults.push_back(fault("a and sign", holds, "a", -rate.a));
    if (speed.waits) {
        claim.faults.push_back(fault("t >= from -> all t > 0", holds, "from", Expr(0)));
        claim.faults.push_back(fault("from -> a tenth of it", holds, "from", rate.from / 10));
    }
    claim.witness = cone_witness;
    claim.depends_on = {fmt::format("table2/{}/speed-factor", name)};
    if (name == "pre-ln" || name == "peri-ln") {
        claim.depends_on.push_back("thm4.3/i/" + name);
    }
    claim.note =
        "Theta is read along each trajectory, for all t > 0, constants free to depend on the "
        "trajectory. delta = 2 is allowed for tiny beta: two antipodal tokens rest, in every "
        "scheme. The constants of the amended statement do not depend on n, beta, Q, K, d. "
        + speed.note;
    registry.add(std::move(claim));
}

void add_speeds(ledger::Registry& registry)
{
    const Expr t = sym("t");
    const Expr alpha = sym("alpha");
    const std::string var = "\\mathrm{Var}";
    const auto sandwich = [&](const std::string& b, const std::string& a, const std::string& what,
                              const std::string& when) {
        return fmt::format("-{}\\,{} \\le \\tfrac{{d}}{{dt}}{} \\le -{}(1-\\delta)\\,{} \\text{{ "
                           "for {}}}",
                           b, what, var, a, what, when);
    };
    const std::string early =
        "As t -> 0 the ratio to Var/t tends to 0, because Var' is bounded; very different r_k(0) "
        "can even give Var' > 0 (appC/eq5/upper). The lower bound holds for all t > 0; equal "
        "r_k(0) = r_0 need no waiting with t + r_0 in the place of t";
    add_speed<model::PostLN>(
        registry, {Expr(1),
                   var + "(t)",
                   sandwich("\\tfrac{13}{6}", "\\tfrac74", var, "all $t \\ge 0$"),
                   {{"Var -> Var/t", 1 / t}, {"Var -> t Var", t}, {"Var -> 2 Var", Expr(2)}},
                   false,
                   ""});
    add_speed<model::PreLN>(
        registry,
        {1 / t,
         var + "(t)/t",
         sandwich("\\tfrac{13}{6(1-\\delta)}", "\\tfrac{17}{20}", "\\tfrac{" + var + "}t",
                  "$t \\ge \\max_k r_k(0)$"),
         {{"1/t -> 1", Expr(1)}, {"1/t -> 1/t^2", 1 / pow(t, 2)}, {"1/t -> 1/sqrt t", 1 / sqrt(t)}},
         true,
         early});
    add_speed<model::PeriLN>(
        registry,
        {1 / t,
         var + "(t)/t",
         sandwich("\\tfrac{13}{6(1-\\delta)^{3/2}}", "\\tfrac{17}{20}", "\\tfrac{" + var + "}t",
                  "$t \\ge \\max_k r_k(0)$"),
         {{"1/t -> 1", Expr(1)}, {"1/t -> 1/t^2", 1 / pow(t, 2)}, {"1/t -> 1/sqrt t", 1 / sqrt(t)}},
         true,
         early});
    add_speed<model::NGPT>(
        registry, {1 / alpha,
                   var + "(t)/\\alpha_t",
                   sandwich("\\tfrac{13}{6\\sqrt{1-\\delta}}", "\\tfrac74", "\\alpha_t" + var,
                            "all $t \\ge 0$, $\\alpha_t > 0$"),
                   {{"alpha -> 1/alpha", 1 / alpha},
                    {"alpha -> alpha^2", pow(alpha, 2)},
                    {"alpha -> 1", Expr(1)}},
                   false,
                   "alpha_t stands on the wrong side of the fraction: s_k = |A_k|/alpha_t"});
    add_speed<model::MixLN>(
        registry,
        {1 / t,
         var + "(t)/t",
         sandwich("\\tfrac{13}{3(1-\\delta)}", "\\tfrac{17}{20}", "\\tfrac{" + var + "}t",
                  "$t \\ge 2\\tau + \\max_k r_k(\\tau)$"),
         {{"1/t -> 1", Expr(1)}, {"1/t -> 1/t^2", 1 / pow(t, 2)}, {"1/t -> 1/sqrt t", 1 / sqrt(t)}},
         true,
         "Up to tau the rate is Post-LN's, so that the ratio to Var/t tends to 0 as t -> "
         "0; r_k(tau) is 1 by Table 1 and r_k(0) by Table 2, both are covered"});
    add_speed<model::SqrtScaling>(
        registry, {1 / sqrt(t),
                   var + "(t)/\\sqrt t",
                   sandwich("\\tfrac{13}{6}", "\\tfrac74", "\\tfrac{" + var + "}{\\sqrt{t+1}}",
                            "all $t \\ge 0$"),
                   {{"sqrt(t + 1) -> sqrt t", 1 / sqrt(t)},
                    {"sqrt(t + 1) -> t + 1", 1 / (t + 1)},
                    {"sqrt(t + 1) -> 1", Expr(1)}},
                   false,
                   "Table 2 has sqrt(t + 1); as t -> 0 the ratio to Var/sqrt t tends to 0"});
}

} // namespace

void add_theorem_4_3(ledger::Registry& registry)
{
    const Expr t = sym("t");
    const Expr delta = sym("delta");
    add_growth<model::PreLN>(
        registry, {{"1 - delta dropped", t}, {"delta -> delta/10", (1 - delta / 10) * t}});
    add_growth<model::PeriLN>(registry);
    add_speeds(registry);
}

} // namespace attest::theorems

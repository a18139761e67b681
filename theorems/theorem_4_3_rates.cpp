#include "theorems/theorem_4_3_rates.hpp"

#include "attest/model/schemes.hpp"
#include "attest/numbers/precision.hpp"
#include "attest/proof/algebra.hpp"
#include "attest/proof/certificates.hpp"
#include "theorems/clouds.hpp"
#include "theorems/limit_plots.hpp"
#include "theorems/theorem_4_3_runs.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace attest::theorems {
namespace {

// --- refutations of "between two positive constants" -------------------------------------------

/// Two antipodal tokens at beta = 1/1000: delta = 2 is below 1/(100 n^2 beta^2) = 2500.
Cloud antipodal_pair()
{
    Cloud pair;
    pair.name = "two antipodal tokens";
    pair.theta = Matrix<Rational>(2, 2);
    pair.theta(0, 0) = 1;
    pair.theta(1, 0) = 0;
    pair.theta(0, 1) = -1;
    pair.theta(1, 1) = 0;
    pair.s = {1, 1};
    pair.delta = least_delta(pair.theta);
    pair.beta = Rational(1, 1000);
    return pair;
}

/// Var' = 0 and Var = 1 for all t: no positive constant on the left, whatever the clock.
void add_antipodal(Judgement& judgement, const Effort& effort)
{
    const Cloud pair = antipodal_pair();
    const Expr rate = rate_formula(pair);
    const Truth rests = proof::identical(rate, Expr(0));
    judgement.evidence.push_back(
        {"two antipodal tokens",
         "delta = 2, beta = 1/1000, Q = K = I: P_k A_k = 0, so Var' = 0 and Var = 1 for all t",
         is_true(rests) ? Truth::False : Truth::Unknown,
         Strength::Exact,
         {ScopeKind::Points, "n = 2, delta = 2, every beta < 1/(20 sqrt 2)"}});
    if (is_true(rests)) {
        attach(judgement, effort, proof::identity_certificate(rate, Expr(0)));
        if (!judgement.counterexample) {
            judgement.counterexample = ledger::Counterexample{
                {{"n", "2"},
                 {"theta", "(1, 0), (-1, 0)"},
                 {"delta", "2"},
                 {"beta", "1/1000"},
                 {"Q, K", "I"},
                 {"t", "every t"}},
                "Var' = 0 and Var = 1: -Var'/Var is not bounded below by a positive constant",
                fmt::format("attest evaluate '{}' '0' --at beta=1/1000", rate.text())};
        }
    }
}

struct Regime {
    std::string name;
    Expr decay; ///< up to factors in [1/2, 2]: -Var'/Var of two nearly equal tokens, over t, tau
};

/// -Var'/Var = 2/s for a pair of nearly equal tokens, r_k(0) = 1 (rows of Table 2, |A| -> 1).
std::vector<Regime> regimes(std::string_view scheme, bool late)
{
    const Expr t = sym("t");
    if (scheme == "ngpt") {
        return {{"alpha_t = 1", Expr(1)},
                {"alpha_t = 1 + t", 1 + t},
                {"alpha_t = 1/(1 + t)", 1 / (1 + t)}};
    }
    if (scheme == "post-ln") {
        return {{"", Expr(1)}};
    }
    if (scheme == "sqrt-scaling") {
        return {{"", 1 / sqrt(t + 1)}};
    }
    if (scheme == "mix-ln") {
        return {{"", late ? 1 / (1 + t - sym("tau")) : Expr(1)}};
    }
    return {{"", 1 / (1 + t)}};
}

/// A clock that is not proportional to the proved decay: their quotient tends to 0 or infinity at
/// an end of the range of t.
void add_clock_failures(std::string_view scheme, const Statement& statement, Judgement& judgement,
                        const Effort& effort)
{
    const Expr& clock = statement.formulas.at("clock");
    const Expr near = 1 - sym("gamma"); // tends to 0
    for (const bool late : {false, true}) {
        const Expr time = late ? 1 / near : near;
        for (const Regime& regime : regimes(scheme, late)) {
            const Expr of_alpha =
                scheme == "ngpt" ? clock.substitute("alpha", regime.decay) : clock;
            const Expr quotient = (regime.decay / of_alpha).substitute("t", time);
            for (const bool inverted : {false, true}) {
                Expr vanishing = inverted ? 1 / quotient : quotient;
                proof::AlgebraicProof proved = proof::limit_at_one(vanishing, Expr(0));
                if (!is_true(proved.outcome)) { // roots of t leave the square
                    vanishing = pow(vanishing, 2);
                    proved = proof::limit_at_one(vanishing, Expr(0));
                }
                if (!is_true(proved.outcome)) {
                    continue;
                }
                const std::string shows = fmt::format(
                    "-Var'/(Var {}) {} as t -> {} for two nearly equal tokens", clock.text(),
                    inverted ? "grows without bound" : "tends to 0", late ? "infinity" : "0");
                judgement.evidence.push_back(
                    {"exact algebra (limits in t)",
                     fmt::format("{}; the decay itself is {} up to constants",
                                 regime.name.empty() ? shows : regime.name + ": " + shows,
                                 regime.decay.text()),
                     Truth::False,
                     Strength::Exact,
                     {ScopeKind::Points, "n = 2, r_1(0) = r_2(0) = 1, beta = 0"}});
                attach(judgement, effort, proof::limit_certificate(vanishing, Expr(0), proved));
                if (!judgement.counterexample) {
                    const Rational at = late ? Rational(1000000) : Rational(1, 1000000);
                    const proof::Point point = {{"t", at}, {"tau", 1}};
                    const Expr left = regime.decay;
                    const Expr right = of_alpha;
                    proof::Point used;
                    for (const Expr* formula : {&left, &right}) {
                        for (const std::string& name : formula->symbols()) {
                            used[name] = point.at(name);
                        }
                    }
                    judgement.counterexample = ledger::Counterexample{
                        {{"n", "2"},
                         {"tokens", "nearly equal, delta -> 0"},
                         {"r_k(0)", "1"},
                         {"alpha_t", regime.name.empty() ? "1" : regime.name},
                         {"t", to_string(at)}},
                        shows,
                        replay_command(left, right, used)};
                }
            }
        }
    }
}

/// -Var'/(Var clock) at a moment of an integrated run.
double rate_over_clock(const Statement& statement, const ConeRun& run, const ConeMoment& moment)
{
    const std::map<std::string, double> at = {
        {"t", moment.t}, {"alpha", moment.alpha}, {"rho", run.rho}, {"tau", run.tau}};
    return moment.decay / statement.formulas.at("clock").evaluate(at);
}

/// That ratio along the first runs, which differ in alpha_t for nGPT.
LimitPlot rates_over_clock(std::string_view scheme, const Statement& statement,
                           const std::vector<ConeRun>& runs)
{
    LimitPlot plot{"-\\mathrm{Var}'/(\\mathrm{Var}\\,c(t)),\\ c = "
                       + statement.formulas.at("clock").latex(),
                   "t",
                   "",
                   {}};
    for (const ConeRun& run : runs) {
        if (plot.courses.size() == most_courses) {
            break;
        }
        Course course;
        course.label = fmt::format("n={}, beta={:.3g}, delta={:.2g}", run.n, run.beta, run.delta);
        course.label += scheme == "ngpt" ? ", alpha_t=" + run.alpha : std::string();
        // Every so many moments, so that thirty are shown.
        const std::size_t stride = (run.moments.size() + 29) / 30;
        for (std::size_t k = 1; k < run.moments.size(); k += std::max<std::size_t>(1, stride)) {
            if (run.moments[k].t > 0) {
                add_point(course, run.moments[k].t,
                          rate_over_clock(statement, run, run.moments[k]));
            }
        }
        add_course(plot, std::move(course));
    }
    return plot;
}

Judgement decide_existence(std::string_view scheme, const Statement& statement,
                           const Effort& effort)
{
    Judgement judgement;
    add_clock_failures(scheme, statement, judgement, effort);
    const auto largest = statement.numbers.find("largest");
    if (largest == statement.numbers.end() || largest->second > 2) {
        add_antipodal(judgement, effort);
    }
    if (judgement.evidence.empty()) {
        judgement.evidence.push_back({"exact algebra (limits in t)",
                                      "the clock is not refuted; constants are not given",
                                      Truth::Unknown, Strength::Exact, cone_below_one()});
    }
    if (!effort.control) {
        attach_plot(judgement.evidence.front(),
                    rates_over_clock(scheme, statement, cone_runs(scheme, effort)));
    }
    return judgement;
}

// --- explicit constants
// ---------------------------------------------------------------------------

/// a > 0 and b > 0 for every admitted delta.
std::optional<Judgement> without_sign(const Statement& statement, const Effort& effort)
{
    const auto largest = statement.numbers.find("largest");
    for (const char* name : {"a", "b"}) {
        const Expr& constant = statement.formulas.at(name);
        const Instance pair{{{"n", "2"},
                             {"tokens", "antipodal"},
                             {"beta", "1/1000"},
                             {"delta", "2"},
                             {"constant", name}},
                            {{"n", 2}, {"delta", 2}},
                            {}};
        const Instance half{{{"n", "2"}, {"delta", "1/2"}, {"constant", name}},
                            {{"n", 2}, {"delta", Rational(1, 2)}},
                            {}};
        std::vector<Instance> admitted = {half};
        if (largest == statement.numbers.end()) {
            admitted.push_back(pair);
        } else {
            // Near the end of the range of delta, which tiny beta allow up to 2.
            const Rational end = std::min(largest->second, Rational(2));
            const Rational delta = end * (1 - pow(Rational(10), -9));
            admitted.push_back(
                {{{"n", "2"}, {"beta", "0"}, {"delta", to_string(delta)}, {"constant", name}},
                 {{"n", 2}, {"delta", delta}},
                 {}});
        }
        // Only where nothing but n and delta occurs; what else does is for the other routes.
        const std::vector<std::string> occurring = constant.symbols();
        const bool plain =
            std::all_of(occurring.begin(), occurring.end(), [](const std::string& symbol) {
                return symbol == "n" || symbol == "delta";
            });
        if (plain
            && !constant.evaluate<Ball>({{"n", Ball(2)}, {"delta", Ball(Rational(1, 2))}})
                    .is_finite()) {
            throw DomainError(
                fmt::format("{} = {} has no value at delta = 1/2", name, constant.text()));
        }
        Judgement sign =
            decide_at_instances(relation_part(Expr(0), "<", constant), effort, admitted);
        if (sign.counterexample) {
            return sign;
        }
    }
    return std::nullopt;
}

Truth constants_positive(const Statement& statement)
{
    const auto largest = statement.numbers.find("largest");
    if (largest == statement.numbers.end()) {
        return Truth::Unknown;
    }
    const Ranges ranges = {{"n", from(2)}, {"delta", between(0, largest->second)}};
    const Truth a = greater_on(statement.formulas.at("a"), Expr(0), ranges).outcome;
    // b may be a root: compare its square.
    return a && greater_on(pow(statement.formulas.at("b"), 2), Expr(0), ranges).outcome;
}

/// V' of explicit clouds with equal s_k = s, put in as formulas in beta.
std::optional<Judgement> at_equal_speeds(const Expr& bound, const std::string& relation,
                                         const Rational& s, const Rational& largest,
                                         const Effort& effort, Judgement& judgement)
{
    std::size_t tried = 0;
    std::size_t certified = 0;
    for (const Cloud& plain : clouds()) {
        if (plain.delta >= largest) {
            continue;
        }
        for (Cloud cloud : {plain, with_weights(plain)}) {
            std::fill(cloud.s.begin(), cloud.s.end(), s);
            const std::vector<Instance> values = {cloud_values(cloud)};
            Judgement one =
                decide_at_instances(relation_part(rate_formula(cloud), relation,
                                                  bound.substitute("t", Expr(Rational(s * s - 1)))),
                                    effort, values);
            if (one.counterexample) {
                return one;
            }
            ++tried;
            certified += is_true(one.evidence.front().outcome) ? 1U : 0U;
        }
    }
    Evidence item = remark("explicit clouds",
                           fmt::format("Var' {} {}: certified at {} of {} clouds with s_k = {}, "
                                       "equal or open at the others",
                                       relation, bound.text(), certified, tried, to_string(s)),
                           certified == tried ? Truth::True : Truth::Unknown,
                           {ScopeKind::Points, fmt::format("{} clouds", tried)});
    item.strength = Strength::Enclosed;
    judgement.evidence.push_back(std::move(item));
    return std::nullopt;
}

/// -Var'/(Var clock) along integrated trajectories.
Evidence along_runs(std::string_view scheme, const Statement& statement, const Rational& largest,
                    const Effort& effort)
{
    const double slack = 1e-6;
    double least = 1e300;
    double most = 0;
    double nearest = 1e300;
    std::size_t runs = 0;
    Truth inside = Truth::True;
    std::string where;
    std::vector<ConeRun> within;
    for (const ConeRun& run : cone_runs(scheme, effort)) {
        if (run.delta >= largest.convert_to<double>()) {
            continue;
        }
        ++runs;
        within.push_back(run);
        for (const ConeMoment& moment : run.moments) {
            const std::map<std::string, double> at = {
                {"t", moment.t},  {"alpha", moment.alpha}, {"rho", run.rho},
                {"tau", run.tau}, {"delta", run.delta},    {"n", static_cast<double>(run.n)}};
            if (moment.t <= 0 || moment.t < statement.formulas.at("from").evaluate(at)) {
                continue;
            }
            const double ratio = rate_over_clock(statement, run, moment);
            const double a = statement.formulas.at("a").evaluate(at);
            const double b = statement.formulas.at("b").evaluate(at);
            least = std::min(least, ratio);
            most = std::max(most, ratio);
            nearest = std::min({nearest, ratio / a, b / ratio});
            if (ratio < a * (1 - slack) || ratio > b * (1 + slack)) {
                inside = Truth::False;
                where = fmt::format(": outside at t = {:.4g}, {}", moment.t, run.text);
            }
        }
    }
    Evidence item{"trajectories (Runge-Kutta in double precision)",
                  fmt::format("-Var'/(Var clock) between {:.4f} and {:.4f}, at least {:.3f} times "
                              "away from the constants{}",
                              least, most, nearest, where),
                  runs == 0 ? Truth::Unknown : inside,
                  Strength::Numeric,
                  {ScopeKind::Sample,
                   fmt::format("{} starts in the cone, n, d in 2..8, beta in 1/20..5, seed {}",
                               runs, effort.seed)}};
    item.carries = false;
    attach_plot(item, rates_over_clock(scheme, statement, within));
    return item;
}

/// Magnitudes that are equal at the start: no waiting time, with t + r_0 in the place of t.
Evidence equal_starts(std::string_view scheme)
{
    ToldSteps steps;
    Reduction upper = cone_rate_reduction(scheme, true, Expr(0));
    Reduction lower = cone_rate_reduction(scheme, false, Expr(0));
    const Expr rho = sym("rho");
    const Expr q = sym("q");
    const Expr k = 1 / q + sym("moreK");
    const Expr g = sym("G") / (6 * q * q);
    const bool peri = scheme == "peri-ln";
    const Expr R = peri ? (1 + 2 * g / k) / (Expr(Rational(23, 25)) * k * k)
                        : 1 / (Expr(Rational(23, 25)) * k * k);
    const Expr a = Expr(Rational(8, 5)) * (k * k - sym("l"));
    steps.at_least("R <= 25/(23 k^2) (Peri-LN: times 1 + 2g/k), so -Var' >= (8/5)(1 - delta) "
                   "Var/(r_0 + t)",
                   2 * (k * (k - g) - (R - 1) * g * g / 4) / (rho + sym("later")),
                   a / (rho + sym("later")), upper.ranges);
    const Expr c = sym("c");
    const Expr smallest = (rho + c * c * sym("later")) * (peri ? c : Expr(1));
    steps.at_least("min s >= (1 - delta)(r_0 + t) (Peri-LN: times sqrt(1 - delta)), so -Var' is at "
                   "most 13/6 Var over that",
                   smallest, (c * c * (rho + sym("later"))) * (peri ? c : Expr(1)), lower.ranges);
    Evidence item = steps.evidence(
        "equal magnitudes at the start",
        "for r_k(0) = r_0 both bounds hold for all t >= 0 with t + r_0 in the place of t",
        cone_below_one(", r_k(0) = r_0, t >= 0"));
    item.carries = false;
    return item;
}

/// n tokens with all products equal, 1 - delta at the start: eta = 1 - (1 - 1/n) delta.
struct Equiangular {
    std::vector<std::pair<std::string, std::string>> what;
    std::map<std::string, Rational> exact;
    std::map<std::string, Ball> balls;
    Ball eta;
};

/// n = 2^N and delta = 1 - 2^-N in balls: eta = 2^-N (2 - 2^-N).
Equiangular nearly_orthogonal(long N)
{
    const Ball small = exp(-(Ball(N) * log(Ball(2))));
    return {{{"n", fmt::format("2^{}", N)}, {"delta", fmt::format("1 - 2^-{}", N)}},
            {},
            {{"n", 1 / small}, {"delta", Ball::interval(1 - pow(Rational(1, 2), 64), Rational(1))}},
            small * (2 - small)};
}

std::vector<Equiangular> equiangular_starts()
{
    std::vector<Equiangular> starts;
    const Rational large = pow(Rational(10), 15);
    for (const auto& [n, delta] :
         std::vector<std::pair<Rational, Rational>>{{2, Rational(9, 10)},
                                                    {1000, Rational(99, 100)},
                                                    {1000000, Rational(1, 5)},
                                                    {1000000, Rational(1, 3)},
                                                    {1000000, Rational(1, 2)},
                                                    {1000000, Rational(9, 10)},
                                                    {large, 1 - 1 / large}}) {
        starts.push_back({{{"n", to_string(n)}, {"delta", to_string(delta)}},
                          {{"n", n}, {"delta", delta}},
                          {},
                          Ball(Rational(1 - (1 - 1 / n) * delta))});
    }
    return starts;
}

/// -Var'/Var of such tokens at beta = 0 with equal magnitudes, 1 at the start, and the time that it
/// belongs to. With e = 1 - <theta_j, theta_k>, Var = (1 - 1/n) e, and h = 1 - (1 - 1/n) e every
/// <theta_k, A_k> and |A_k|^2 is h, e' = -2 e h/s. Where s = r or r |A| and r' = h or sqrt h that
/// is e' = -2 e r'/r: e = delta/r^2 and h = 1 - (1 - eta)/r^2, from which t follows by integration.
/// Mix-LN: up to tau h' = 2 (1 - h) h, so that h(tau) is in [eta, eta e^{2 tau}].
struct TimedRate {
    Ball t;
    Ball rate;
};

TimedRate equiangular_rate(std::string_view scheme, const Ball& eta, const Ball& r, const Ball& tau,
                           const Ball& alpha)
{
    if (scheme == "post-ln" || scheme == "sqrt-scaling") {
        return {Ball(0), 2 * eta};
    }
    if (scheme == "ngpt") {
        return {Ball(0), 2 * alpha * sqrt(eta)};
    }
    const bool mix = scheme == "mix-ln";
    const Ball begun = mix ? Ball::hull(eta, eta * exp(2 * tau)) : eta;
    const Ball D = 1 - begun;
    const Ball h = 1 - D / (r * r);
    if (scheme == "peri-ln") {
        return {sqrt(r * r - D) - sqrt(begun), 2 * sqrt(h) / r};
    }
    const Ball root = sqrt(D);
    const Ball t =
        r - 1 + root / 2 * (log((r - root) / (r + root)) + 2 * log(1 + root) - log(begun));
    return {mix ? tau + t : t, 2 * h / r};
}

/// Values of equiangular tokens at times from `from_time` on, as those of close_pairs; where
/// `constant` has a value also for a delta that is nearly 1 and n up to 2^(10^8).
std::vector<Instance> equiangular_tokens(std::string_view scheme, const Expr& from_time,
                                         const Expr& constant)
{
    const PrecisionScope precision(256);
    const Rational tau(1, 1000000000);
    const Rational alpha(1, 3);
    const bool growing = scheme == "pre-ln" || scheme == "peri-ln" || scheme == "mix-ln";
    std::vector<Rational> sizes = {1};
    if (growing) {
        sizes = {1 + pow(Rational(1, 10), 14),
                 1 + pow(Rational(1, 10), 6),
                 Rational(101, 100),
                 Rational(5, 4),
                 Rational(3, 2),
                 2,
                 4,
                 1000};
    }
    std::vector<Equiangular> starts = equiangular_starts();
    starts.push_back(nearly_orthogonal(100000000));
    std::vector<Instance> instances;
    for (const Equiangular& start : starts) {
        for (const Rational& r : sizes) {
            const TimedRate timed =
                equiangular_rate(scheme, start.eta, Ball(r), Ball(tau), Ball(alpha));
            Instance instance{start.what, start.exact, start.balls};
            instance.what.insert(instance.what.end(),
                                 {{"tokens", "all products equal, 1 - delta at the start"},
                                  {"beta", "0"},
                                  {"r_k(0)", "1"},
                                  {"r_k(t)", to_string(r)},
                                  {"tau", to_string(tau)},
                                  {"alpha_t", to_string(alpha)}});
            instance.exact.insert({{"V", 1}, {"rho", 1}, {"tau", tau}, {"alpha", alpha}});
            instance.balls.insert({{"t", timed.t}, {"rate", -timed.rate}});
            std::map<std::string, Ball> at = instance.balls;
            for (const auto& [name, value] : instance.exact) {
                at.emplace(name, Ball(value));
            }
            const bool in_time = is_true(less_equal(from_time.evaluate(at), timed.t));
            if (in_time && constant.evaluate(at).is_finite()) {
                instances.push_back(std::move(instance));
            }
        }
    }
    return instances;
}

Judgement decide_constants(std::string_view scheme, const Statement& statement,
                           const Effort& effort)
{
    if (std::optional<Judgement> sign = without_sign(statement, effort)) {
        return *sign;
    }
    const Expr V = sym("V");
    const Expr& clock = statement.formulas.at("clock");
    const Expr& from_time = statement.formulas.at("from");
    const Expr upper = -statement.formulas.at("a") * clock * V;
    const Expr lower = -statement.formulas.at("b") * clock * V;
    const std::vector<Instance> pairs = close_pairs(scheme, from_time);
    for (const auto& [relation, bound] : {std::pair("<=", upper), std::pair(">=", lower)}) {
        const Expr& constant = statement.formulas.at(relation == std::string("<=") ? "a" : "b");
        for (const std::vector<Instance>& tokens :
             {pairs, equiangular_tokens(scheme, from_time, constant)}) {
            Judgement one =
                decide_at_instances(relation_part(sym("rate"), relation, bound), effort, tokens);
            if (one.counterexample) {
                return one;
            }
        }
    }
    const auto largest = statement.numbers.find("largest");
    const Rational end = largest == statement.numbers.end() ? Rational(3) : largest->second;
    Judgement clouds_judgement;
    if (scheme == "post-ln" || scheme == "sqrt-scaling") {
        for (const auto& [relation, bound] : {std::pair("<=", upper), std::pair(">=", lower)}) {
            const Rational s = scheme == "post-ln" ? 1 : 2;
            if (auto refuted = at_equal_speeds(bound, relation, s, end, effort, clouds_judgement)) {
                return *refuted;
            }
        }
    }
    const std::string late = fmt::format(", t >= {}", from_time.text());
    const Scope scope = cone_below_one(late + ", alpha_t > 0, tau > 0");
    Judgement judgement =
        all_of({decide_reduced(relation_part(sym("rate"), "<=", upper), effort,
                               cone_rate_reduction(scheme, true, from_time), pairs, scope),
                decide_reduced(relation_part(sym("rate"), ">=", lower), effort,
                               cone_rate_reduction(scheme, false, from_time), pairs, scope)});
    const ToldSteps& lemma = cone_rate_steps();
    const ToldSteps& persists = cone_persistence_steps();
    const Truth positive = constants_positive(statement);
    for (Evidence& item : judgement.evidence) {
        if (item.route == "exact algebra") {
            item.outcome = item.outcome && lemma.outcome() && persists.outcome() && positive;
            item.detail +=
                "; constants positive for every delta; " + lemma.text() + "; " + persists.text();
            for (const ToldSteps* steps : {&lemma, &persists}) {
                if (!effort.control) {
                    item.certificates.insert(item.certificates.end(), steps->certificates().begin(),
                                             steps->certificates().end());
                }
            }
        }
    }
    judgement.evidence.insert(judgement.evidence.end(), clouds_judgement.evidence.begin(),
                              clouds_judgement.evidence.end());
    if (!effort.control) {
        judgement.evidence.push_back(along_runs(scheme, statement, end, effort));
        if (scheme == "pre-ln" || scheme == "peri-ln") {
            judgement.evidence.push_back(equal_starts(scheme));
        }
    }
    return judgement;
}

} // namespace

Judgement decide_cone_rate(std::string_view scheme, const Statement& statement,
                           const Effort& effort)
{
    return statement.formulas.contains("a") ? decide_constants(scheme, statement, effort)
                                            : decide_existence(scheme, statement, effort);
}

} // namespace attest::theorems

// Section 4.3: its prose, read as statements about rates.
#include "attest/flow/clock.hpp"
#include "attest/model/schemes.hpp"
#include "attest/numbers/precision.hpp"
#include "theorems/clouds.hpp"
#include "theorems/convergence.hpp"
#include "theorems/figure_2_times.hpp"
#include "theorems/terminal_order.hpp"
#include "theorems/terminal_proof.hpp"
#include "theorems/theorem_4_3_proof.hpp"
#include "theorems/theorem_4_3_runs.hpp"
#include "theorems/units.hpp"

#include <fmt/format.h>

#include <map>
#include <tuple>

namespace attest::theorems {
namespace {

const Scope all_symmetric = {ScopeKind::All, "all n >= 2, beta >= 0, orthogonal symmetric start, "
                                             "r_0 = 1"};

/// True or False by comparison once the steps are proved, Unknown before that.
Truth compared(bool as_stated, Truth proved)
{
    return is_true(proved) ? truth_of(as_stated) : Truth::Unknown;
}

/// Symmetric trajectories to the same small 1 - gamma: the times in balls.
Ball time_to(const std::string& scheme, long n, const Rational& beta, const Rational& gamma0,
             const Rational& epsilon)
{
    model::SymmetricProblem problem;
    problem.scheme = scheme;
    problem.n = n;
    problem.beta = beta;
    problem.gamma0 = gamma0;
    return flow::SymmetricClock(problem).time_at(Ball(epsilon));
}

// --- decay in the symmetric setting -------------------------------------------------------------

/// Words "fast", "slow" (schemes) and "kind fast", "kind slow" of their terminal laws; formula
/// "factor", if given: s of the slow scheme is factor times that of the fast one (Table 2).
Judgement check_kinds(const Statement& statement, const Effort& effort)
{
    const PrecisionScope precision(bits_for_digits(effort.digits));
    const std::string& fast = statement.words.at("fast");
    const std::string& slow = statement.words.at("slow");
    const Decay of_fast = kind_of_decay(fast);
    const Decay of_slow = kind_of_decay(slow);
    const bool kinds = to_string(of_fast.kind) == statement.words.at("kind fast")
                       && to_string(of_slow.kind) == statement.words.at("kind slow")
                       && of_slow.kind < of_fast.kind;
    Steps steps = of_fast.steps;
    steps.append(of_slow.steps);
    Truth factor = Truth::True;
    const auto stated = statement.formulas.find("factor");
    if (stated != statement.formulas.end()) {
        const auto s = [](const std::string& scheme) {
            return model::with_scheme(scheme, [](auto of) {
                return decltype(of)::speed_factor(model::TokenView<Expr>{
                    sym("r"), sym("normA"), sym("thetaA"), sym("alpha"), sym("t"), sym("late")});
            });
        };
        const bool same = is_true(proof::identical(s(slow), stated->second * s(fast)));
        factor = truth_of(same);
        if (same) {
            steps.identity("s of " + slow + " is " + stated->second.text() + " times that of "
                               + fast,
                           s(slow), stated->second * s(fast));
        }
    }
    const Ball far = time_to(slow, 256, 5, 0, Rational(1) / pow(Rational(10), 40));
    const Ball near = time_to(fast, 256, 5, 0, Rational(1) / pow(Rational(10), 40));
    const std::string says = fmt::format(
        "{} decays {}, {} decays {}; n = 256, beta = 5: 1 - gamma = 1e-40 at t = {} and {}", fast,
        to_string(of_fast.kind), slow, to_string(of_slow.kind), near.to_string(6),
        far.to_string(6));
    Judgement judgement;
    Evidence item = steps.evidence("terminal laws (exact algebra)", says, all_symmetric);
    item.outcome = compared(kinds && is_true(factor), steps.outcome());
    if (is_false(item.outcome)) {
        judgement.counterexample = ledger::Counterexample{
            {{"fast", fast}, {"slow", slow}},
            is_false(factor) ? "the speed factors of Table 2 are not in that relation" : says,
            fmt::format("attest terminal --scheme {} --n 256 --beta 5", slow)};
    }
    if (effort.control) {
        item.certificates.clear();
    }
    judgement.evidence.push_back(std::move(item));
    return judgement;
}

void add_aggressive(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "sec4.3/prose/post-ln-more-aggressive";
    claim.printed.words = {{"fast", "post-ln"},
                           {"slow", "pre-ln"},
                           {"kind fast", "exponential"},
                           {"kind slow", "polynomial"}};
    claim.printed.latex =
        "1-\\gamma_{\\rm Post}(t) \\text{ decays exponentially and } 1-\\gamma_{\\rm Pre}(t) "
        "\\text{ "
        "like a power of } t: \\ \\frac{1-\\gamma_{\\rm Post}}{1-\\gamma_{\\rm Pre}}\\,t^p \\to 0 "
        "\\text{ for every } p";
    claim.check = check_kinds;
    claim.faults = {
        fault("Post-LN like a power", claim.printed, "kind fast", std::string("polynomial")),
        fault("Pre-LN exponentially", claim.printed, "kind slow", std::string("exponential")),
        fault("against Peri-LN's rate for Post-LN", claim.printed, "fast", std::string("peri-ln")),
        fault("sqrt-scaling exponentially", claim.printed, "fast", std::string("sqrt-scaling")),
    };
    claim.witness = "n = 256, beta = 5, orthonormal tokens, r_0 = 1";
    claim.depends_on = {"thm4.1/post-ln/terminal-velocity", "thm4.1/pre-ln/terminal-velocity"};
    claim.note = "much more aggressively in the late stages is read as: by more than any power of "
                 "t as t -> infinity";
    registry.add(std::move(claim));
}

void add_slowdown(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "sec4.3/prose/exponential-to-polynomial";
    claim.printed.words = {{"fast", "post-ln"},
                           {"slow", "pre-ln"},
                           {"kind fast", "exponential"},
                           {"kind slow", "polynomial"}};
    claim.printed.formulas = {{"factor", sym("r")}};
    claim.printed.latex = "s_j^{\\rm Pre} = r_j\\,s_j^{\\rm Post},\\quad 1-\\gamma \\text{ decays "
                          "exponentially under "
                          "Post-LN and like a power of } t \\text{ under Pre-LN}";
    claim.check = check_kinds;
    claim.faults = {
        fault("r -> r^2", claim.printed, "factor", pow(sym("r"), 2)),
        fault("r -> 1/r", claim.printed, "factor", 1 / sym("r")),
        fault("r -> |A|", claim.printed, "factor", sym("normA")),
        fault("Pre-LN still exponentially", claim.printed, "kind slow", std::string("exponential")),
        fault("without r like a power", claim.printed, "kind fast", std::string("polynomial")),
    };
    claim.witness = "n = 2, beta = 1, orthonormal tokens, r_0 = 1";
    claim.depends_on = {"thm4.1/post-ln/terminal-velocity", "thm4.1/pre-ln/terminal-velocity",
                        "table2/pre-ln/speed-factor", "sec4.3/prose/linear-growth"};
    claim.note = "Post-LN is the same field without the factor r_j; in a cone with delta < 1 the "
                 "amended thm4.3/ii/post-ln and thm4.3/ii/pre-ln say the same of Var";
    registry.add(std::move(claim));
}

// --- linear growth ------------------------------------------------------------------------------

/// Formula "law" over t: r_j(t)/law(t) -> 1 under Pre-LN.
Judgement check_linear(const Statement& statement, const Effort& effort)
{
    const PrecisionScope precision(192);
    const Expr& law = statement.formulas.at("law");
    Judgement judgement;
    Truth observed = Truth::True;
    for (const auto& [n, beta, gamma0] : std::vector<std::tuple<long, Rational, Rational>>{
             {2, 1, 0}, {256, 5, 0}, {3, 2, 1 - Rational(1, 4000)}}) {
        model::SymmetricProblem problem;
        problem.scheme = "pre-ln";
        problem.n = n;
        problem.beta = beta;
        problem.gamma0 = gamma0;
        const flow::SymmetricClock clock(problem);
        std::vector<Ball> distances;
        Ball time;
        for (long k = 40; k <= 240; k += 40) {
            const Ball epsilon = Ball(Rational(1) / pow(Rational(10), k));
            time = clock.time_at(epsilon);
            distances.push_back(
                abs(clock.magnitude_at(epsilon) / law.evaluate<Ball>({{"t", time}}) - 1));
        }
        const Truth here = shrinks_to_zero(distances);
        if (is_false(here) && !judgement.counterexample) {
            judgement.counterexample = ledger::Counterexample{
                {{"scheme", "pre-ln"},
                 {"n", std::to_string(n)},
                 {"beta", to_string(beta)},
                 {"gamma(0)", to_string(gamma0)},
                 {"r_0", "1"}},
                fmt::format("r/law is {} from 1 at t = {}", distances.back().to_string(8),
                            time.to_string(6)),
                fmt::format("attest trajectory --scheme pre-ln --n {} --beta {}", n,
                            to_string(beta))};
        }
        observed = observed && here;
    }
    Evidence points{"trajectories (quadrature in balls)",
                    "r/law -> 1, to 1 - gamma = 1e-240",
                    observed,
                    Strength::Enclosed,
                    {ScopeKind::Points, "symmetric starts, (n, beta, gamma(0)) = (2, 1, 0), (256, "
                                        "5, 0), (3, 2, 1 - 1/4000)"}};
    points.carries = false;
    judgement.evidence.push_back(std::move(points));
    if (is_false(observed)) {
        return judgement;
    }
    ToldSteps steps = cone_persistence_steps();
    const Expr w = 1 - sym("gamma"); // 1/(t - T)
    // r(T) + (1 - eps)(t - T) <= r <= r(T) + t - T, over t; alpha = 1 - eps, r0 = r(T), r = T.
    const Expr t = 1 / w + sym("r");
    steps.limit_at_one("r_j/t >= (r_j(T) + (1 - eps)(t - T))/t -> 1 - eps for every eps",
                       (sym("r0") * w + sym("alpha")) / (1 + sym("r") * w), sym("alpha"));
    steps.limit_at_one("r_j/t <= (r_j(T) + t - T)/t -> 1", (sym("r0") * w + 1) / (1 + sym("r") * w),
                       Expr(1));
    steps.limit_at_one("the law is t in the limit", law.substitute("t", t) / t, Expr(1));
    judgement.evidence.push_back(steps.evidence(
        "exact algebra",
        "the least product m has (1 - m)' <= -(2 e^{-x}/(n max s))(1 - m) with max s <= max r_k(0) "
        "+ t, so 1 - m <= delta ((max r_k(0))/(max r_k(0) + t))^{2 e^{-x}/n} -> 0, r_j' = "
        "<theta_j, "
        "A_j> in [m, 1] tends to 1, and r_j/t with it",
        cone_below_one(", Pre-LN; symmetric starts with gamma(0) >= 0")));
    if (effort.control) {
        judgement.evidence.back().certificates.clear();
    }
    return judgement;
}

void add_linear(ledger::Registry& registry)
{
    const Expr t = sym("t");
    Claim claim;
    claim.id = "sec4.3/prose/linear-growth";
    claim.printed.formulas = {{"law", t}};
    claim.printed.latex = "\\text{Pre-LN in a cone } \\langle\\theta_j, \\theta_k\\rangle \\ge 1 - "
                          "\\delta > 0: \\ r_j(t)/t \\to 1";
    claim.check = check_linear;
    claim.faults = {
        fault("t -> 2t", claim.printed, "law", 2 * t),
        fault("t -> sqrt t", claim.printed, "law", sqrt(t)),
        fault("t -> t^2", claim.printed, "law", t * t),
        fault("t -> 999999/1000000 t", claim.printed, "law", Expr(Rational(999999, 1000000)) * t),
    };
    claim.witness = std::string(cone_witness) + ", r_1(0) = r_2(0) = 1";
    claim.depends_on = {"table2/pre-ln/r-dot"};
    claim.note = "aligned is read as: in the cone of Theorem 4.3 with delta < 1, or symmetric with "
                 "gamma(0) >= 0; ~ is a ratio that tends to 1";
    registry.add(std::move(claim));
}

// --- decay of Var in the cone -------------------------------------------------------------------

/// Var'/Var is between -b clock and -a clock: the kind of decay that follows, from the clock.
struct ConeDecay {
    std::string kind;
    ToldSteps steps;
};

ConeDecay derive_cone_decay(const std::string& scheme)
{
    const ConeRate rate = cone_rate(scheme);
    const Expr t = sym("t");
    ConeDecay decay;
    decay.steps = cone_rate_steps();
    decay.steps.append(cone_persistence_steps());
    for (const bool upper : {true, false}) {
        const Reduction reduction = cone_rate_reduction(scheme, upper, rate.from);
        const Expr bound = -(upper ? rate.a : rate.b) * rate.clock * sym("V");
        const Expr& larger = upper ? bound : sym("rate");
        const Expr& smaller = upper ? sym("rate") : bound;
        decay.steps.at_least(
            fmt::format("{}: -Var' {} {} clock Var from t = {} on", scheme,
                        upper ? ">=" : "<=", (upper ? rate.a : rate.b).text(), rate.from.text()),
            reduced(larger, reduction), reduced(smaller, reduction), reduction.ranges);
    }
    const Expr& clock = rate.clock;
    if (is_true(proof::identical(derivative(clock, "t"), Expr(0)))) {
        decay.kind = "exponential";
        decay.steps.identical(scheme
                                  + ": the clock is constant, Var between C e^{-bt} and C e^{-at}",
                              derivative(clock, "t"), Expr(0));
    } else if (is_true(proof::identical(derivative(t * clock, "t"), Expr(0)))) {
        decay.kind = "polynomial";
        decay.steps.identical(scheme + ": t clock is constant, Var between C t^-b and C t^-a",
                              derivative(t * clock, "t"), Expr(0));
    } else {
        decay.kind = "between";
        const Expr w = 1 - sym("gamma"); // 1/t
        decay.steps.limit_at_one(scheme + ": clock^2 -> 0, so -ln Var = o(t)",
                                 without_roots(pow(clock, 2)).substitute("t", 1 / w), Expr(0));
        decay.steps.limit_at_one(scheme + ": (t clock)^-2 -> 0, so -ln Var/ln t -> infinity",
                                 without_roots(1 / pow(t * clock, 2)).substitute("t", 1 / w),
                                 Expr(0));
    }
    return decay;
}

/// Of every scheme whose clock depends on t alone; derived once.
const ConeDecay& cone_decay(const std::string& scheme)
{
    static const std::map<std::string, ConeDecay> all = [] {
        std::map<std::string, ConeDecay> result;
        for (const std::string_view name : model::scheme_names) {
            if (name != "ngpt") {
                result.emplace(name, derive_cone_decay(std::string(name)));
            }
        }
        return result;
    }();
    const auto found = all.find(scheme);
    if (found == all.end()) {
        throw InputError("scheme '" + scheme + "' has no clock in t: must be one without alpha_t");
    }
    return found->second;
}

/// Words "schemes" and "kind": "exponential" (Var between two exponentials C e^{-bt}, C e^{-at}),
/// "polynomial" (between two powers of t), "between" (stretched exponential).
Judgement check_decay(const Statement& statement, const Effort& effort)
{
    const std::string& kind = statement.words.at("kind");
    Judgement judgement;
    ToldSteps all;
    Truth outcome = Truth::True;
    for (const std::string& scheme : names_in(statement.words.at("schemes"))) {
        const ConeDecay& decay = cone_decay(scheme);
        all.append(decay.steps);
        const Truth here = compared(decay.kind == kind, decay.steps.outcome());
        outcome = outcome && here;
        if (is_false(here) && !judgement.counterexample) {
            const PrecisionScope precision(160);
            const Rational epsilon = Rational(1) / pow(Rational(10), 60);
            const Ball late = time_to(scheme, 2, 1, 1 - Rational(2, 1601), epsilon);
            const Ball fall = -log(Ball(Rational(epsilon / 2)));
            judgement.counterexample = ledger::Counterexample{
                {{"scheme", scheme},
                 {"n", "2"},
                 {"beta", "1"},
                 {"tokens", "delta = 2/1601"},
                 {"r_k(0)", "1"},
                 {"t", late.to_string(8)}},
                fmt::format("decay of kind {}: -ln Var is {}, that is {} t and {} ln t", decay.kind,
                            fall.to_string(6), Ball(fall / late).to_string(6),
                            Ball(fall / log(late)).to_string(6)),
                fmt::format("attest terminal --scheme {} --n 2 --beta 1", scheme)};
        }
    }
    Evidence item = all.evidence("exact algebra", "integrated bounds of Var'/Var",
                                 cone_below_one(", r_k(0) > 0, tau > 0, t -> infinity"));
    item.outcome = is_true(all.outcome()) ? outcome : Truth::Unknown;
    if (effort.control) {
        item.certificates.clear();
    }
    judgement.evidence.push_back(std::move(item));
    return judgement;
}

struct DecayRow {
    std::string id;
    std::string schemes;
    std::string kind;
    std::string latex;
    std::optional<std::string> amended_kind;
    std::string amended_latex;
    std::vector<std::pair<std::string, std::string>> other_schemes;
    std::string note;
};

void add_decay(ledger::Registry& registry, const DecayRow& row)
{
    Claim claim;
    claim.id = "sec4.3/prose/" + row.id;
    claim.printed.words = {{"schemes", row.schemes}, {"kind", row.kind}};
    claim.printed.latex = row.latex;
    if (row.amended_kind) {
        claim.amended = claim.printed;
        claim.amended->words["kind"] = *row.amended_kind;
        claim.amended->latex = row.amended_latex;
    }
    claim.check = check_decay;
    const Statement& holds = claim.amended ? *claim.amended : claim.printed;
    for (const std::string kind : {"exponential", "polynomial", "between"}) {
        if (kind != holds.words.at("kind")) {
            claim.faults.push_back(fault("kind -> " + kind, holds, "kind", kind));
        }
    }
    for (const auto& [change, schemes] : row.other_schemes) {
        claim.faults.push_back(fault(change, holds, "schemes", schemes));
    }
    claim.witness = cone_witness;
    for (const std::string& scheme : names_in(row.schemes)) {
        claim.depends_on.push_back(fmt::format("table2/{}/speed-factor", scheme));
    }
    claim.note = "narrow is read as delta < 1 beside delta < 1/(100 n^2 beta^2); " + row.note;
    registry.add(std::move(claim));
}

void add_decays(ledger::Registry& registry)
{
    const std::string var = "\\mathrm{Var}(t)";
    add_decay(registry,
              {"exponential-rate/post-ln",
               "post-ln",
               "exponential",
               "\\text{Post-LN: } C e^{-bt} \\le " + var + " \\le C e^{-at},\\ a, b > 0",
               std::nullopt,
               "",
               {{"Post-LN -> Pre-LN", "pre-ln"}, {"Post-LN -> sqrt-scaling", "sqrt-scaling"}},
               "b = 13/6 and a = (7/4)(1 - delta), for all t >= 0; the exponent tends to 2 "
               "(appC/remark/post-ln)"});
    add_decay(registry,
              {"exponential-rate/sqrt-scaling",
               "sqrt-scaling",
               "exponential",
               "\\text{sqrt-scaling: } C e^{-bt} \\le " + var + " \\le C e^{-at},\\ a, b > 0",
               "between",
               "\\text{sqrt-scaling: } C e^{-2b\\sqrt{t+1}} \\le " + var
                   + " \\le C e^{-2a\\sqrt{t+1}},\\ a, b > 0 \\text{ (stretched exponential)}",
               {{"sqrt-scaling -> Post-LN", "post-ln"}, {"sqrt-scaling -> Pre-LN", "pre-ln"}},
               "Var decays like e^{-4 sqrt t}, which is slower than every exponential; Section "
               "4.1 says so itself. b = 13/6, a = (7/4)(1 - delta)"});
    add_decay(registry, {"polynomial-decay",
                         "pre-ln peri-ln mix-ln",
                         "polynomial",
                         "\\text{Pre-LN, Peri-LN, Mix-LN: } C' t^{-b} \\le " + var
                             + " \\le C t^{-a} \\text{ for large } t,\\ a, b > 0",
                         std::nullopt,
                         "",
                         {{"with Post-LN", "pre-ln peri-ln mix-ln post-ln"},
                          {"with sqrt-scaling", "pre-ln sqrt-scaling mix-ln"}},
                         "~ 1/t^C is read as lying between two powers; the exponent tends to 2 "
                         "(appC/remark/pre-ln and its neighbours)"});
}

// --- Peri-LN, nGPT
// ----------------------------------------------------------------------------------

/// gamma'(0) from the orthogonal start with r_0 = 1, alpha_0 = 1.
Expr initial_velocity(const std::string& scheme)
{
    const Expr at =
        model::with_scheme(scheme, [](auto s) { return decltype(s)::gamma_dot(symbolic_point()); });
    return at.substitute("gamma", Expr(0))
        .substitute("r", Expr(1))
        .substitute("alpha", Expr(1))
        .substitute("late", Expr(0))
        .substitute("t", Expr(0));
}

/// Whether the terminal velocity of a is at least that of b, up to a factor that tends to 1: by the
/// kind of decay, and among the power laws by their constants.
Truth terminal_at_least(const std::string& a, const std::string& b, Steps& steps)
{
    const Decay of_a = kind_of_decay(a);
    const Decay of_b = kind_of_decay(b);
    steps.append(of_a.steps);
    steps.append(of_b.steps);
    if (!is_true(of_a.steps.outcome() && of_b.steps.outcome())) {
        return Truth::Unknown;
    }
    if (of_a.kind != of_b.kind) {
        return truth_of(of_a.kind < of_b.kind);
    }
    if (of_a.kind != DecayKind::Polynomial) {
        return Truth::Unknown;
    }
    // One curve r(gamma) and one constant for Pre-LN and Peri-LN; Mix-LN's is smaller.
    if (a == "mix-ln" || b == "mix-ln") {
        steps.append(mix_below_pre());
        return a == b ? Truth::True : compared(b == "mix-ln", mix_below_pre().outcome());
    }
    return Truth::True;
}

/// Words "winner" and "others" (schemes): at r_0 = 1, from the orthogonal start, the winner's
/// initial velocity is at least that of each other one for all n, beta, and its terminal velocity
/// too. Formula "alpha" over t: nGPT with this alpha_t has the winner's initial velocity and the
/// winner's power of t at the end.
Judgement check_winner(const Statement& statement, const Effort& effort)
{
    const std::string& winner = statement.words.at("winner");
    Steps steps;
    std::vector<Judgement> initial;
    Judgement judgement;
    for (const std::string& other : names_in(statement.words.at("others"))) {
        Statement faster;
        faster.formulas = {{"lhs", initial_velocity(winner)}, {"rhs", initial_velocity(other)}};
        initial.push_back(decide_at_least(faster, effort));
        if (initial.back().counterexample) {
            return initial.back();
        }
        const Truth late = terminal_at_least(winner, other, steps);
        if (is_false(late)) {
            judgement.evidence.push_back(steps.refutation(
                "terminal laws (exact algebra)",
                fmt::format("the terminal velocity of {} falls below that of {}", winner, other),
                all_symmetric));
            judgement.counterexample = ledger::Counterexample{
                {{"winner", winner}, {"other", other}, {"r_0", "1"}},
                fmt::format("gamma' of {} over gamma' of {} has a limit below 1", winner, other),
                fmt::format("attest terminal --scheme {} --n 2 --beta 1", winner)};
            return judgement;
        }
        steps.decided(fmt::format("terminally {} is not slower than {}", winner, other), late);
    }
    const Expr t = sym("t");
    const Expr& alpha = statement.formulas.at("alpha");
    // law = alpha e^{-2 int alpha}: law'/law = alpha'/alpha - 2 alpha, to be -3/t asymptotically.
    const Expr slope = derivative(alpha, "t") / alpha - 2 * alpha;
    const Expr late = (-slope * t / 3).substitute("t", 1 / (1 - sym("gamma")));
    const proof::AlgebraicProof power = proof::limit_at_one(late, Expr(1));
    const Expr start = initial_velocity("ngpt") * alpha.substitute("t", Expr(0));
    if (is_true(power.outcome) && is_true(proof::identical(start, initial_velocity(winner)))) {
        steps.limit_at_one("nGPT with alpha_t = " + alpha.text() + " ends like t^-3", late,
                           Expr(1));
        steps.identity("and begins like " + winner, start, initial_velocity(winner));
    } else {
        judgement.evidence.push_back(
            {"nGPT's law (exact algebra)",
             fmt::format("with alpha_t = {}, law'/law = {} is not -(3 + o(1))/t, or the initial "
                         "velocity differs",
                         alpha.text(), slope.text()),
             Truth::False,
             Strength::Exact,
             {ScopeKind::Points, "alpha_t = " + alpha.text()}});
        judgement.counterexample =
            ledger::Counterexample{{{"alpha_t", alpha.text()}},
                                   judgement.evidence.back().detail,
                                   replay_command(slope, -3 / t, {{"t", 1000}})};
        return judgement;
    }
    judgement = all_of(initial);
    Truth at_start = Truth::Unknown;
    for (Evidence& item : judgement.evidence) {
        if (item.carries) {
            at_start = item.outcome;
            item.carries = false; // one half of the statement
        }
    }
    Evidence item = steps.evidence(
        "velocities at both ends (exact algebra)",
        fmt::format("{}: initial velocity at least that of {} (certificates above), and", winner,
                    statement.words.at("others")),
        {ScopeKind::All, "all n >= 2, beta >= 0, tau > 0, orthogonal symmetric start, r_0 = 1"},
        at_start);
    if (effort.control) {
        item.certificates.clear();
    }
    judgement.evidence.push_back(std::move(item));
    return judgement;
}

void add_winner(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "sec4.3/prose/peri-ln-winner";
    claim.printed.words = {{"winner", "peri-ln"}, {"others", "post-ln pre-ln mix-ln sqrt-scaling"}};
    claim.printed.formulas = {{"alpha", 1 / (1 + sym("t"))}};
    claim.printed.latex =
        "\\text{orthogonal start, } r_0 = 1: \\ \\dot\\gamma_{\\rm Peri}(0) \\ge \\dot\\gamma_S(0) "
        "\\text{ and } \\lim_{t\\to\\infty} \\dot\\gamma_{\\rm Peri}/\\dot\\gamma_S \\ge 1 \\text{ "
        "for } S = \\text{Post-, Pre-, Mix-LN, sqrt-scaling; nGPT with } \\alpha_t = 1/(1+t) "
        "\\text{ begins and ends at the same rates}";
    claim.check = check_winner;
    const auto contest = [&](const std::string& winner, const std::string& others) {
        Statement statement = claim.printed;
        statement.words["winner"] = winner;
        statement.words["others"] = others;
        return Fault{winner + " in the place of Peri-LN", statement};
    };
    claim.faults = {
        contest("pre-ln", "post-ln peri-ln mix-ln sqrt-scaling"),
        contest("post-ln", "pre-ln peri-ln mix-ln sqrt-scaling"),
        contest("mix-ln", "post-ln pre-ln sqrt-scaling"),
        contest("sqrt-scaling", "post-ln pre-ln mix-ln"),
        fault("alpha_t = 1", claim.printed, "alpha", Expr(1)),
        fault("alpha_t = 2/(1 + t)", claim.printed, "alpha", 2 / (1 + sym("t"))),
    };
    claim.witness = "n = 2, beta = 1, orthonormal tokens, r_0 = 1";
    claim.depends_on = {"thm4.1/peri-ln/initial-velocity", "thm4.1/peri-ln/terminal-velocity"};
    claim.note =
        "large velocity initially and terminally is read as: none of the schemes without alpha_t "
        "is faster at t -> 0 or at t -> infinity, in the setting of Section 4.1 with r_0 = 1 (its "
        "own start; for large r_0 Peri-LN's initial velocity is divided by r_0). Automatically: "
        "without a parameter to choose. Pre-LN ends with the same constant. Whether the gain at "
        "the start is of order one for random directions is Theorem 4.2's";
    registry.add(std::move(claim));
}

} // namespace

void add_section_4_3(ledger::Registry& registry)
{
    add_aggressive(registry);
    add_linear(registry);
    add_slowdown(registry);
    add_decays(registry);
    add_winner(registry);
}

} // namespace attest::theorems

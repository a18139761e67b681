// Section 4.3: its prose on exponential and polynomial decay and on the growth of magnitudes.
#include "theorems/section_4_3.hpp"

#include "attest/flow/clock.hpp"
#include "attest/model/schemes.hpp"
#include "attest/numbers/precision.hpp"
#include "theorems/clouds.hpp"
#include "theorems/convergence.hpp"
#include "theorems/limit_plots.hpp"
#include "theorems/terminal_order.hpp"
#include "theorems/theorem_4_3_proof.hpp"
#include "theorems/units.hpp"

#include <fmt/format.h>

#include <tuple>

namespace attest::theorems {

Scope unit_symmetric_starts()
{
    return {ScopeKind::All, "all n >= 2, beta >= 0, orthogonal symmetric start, r_0 = 1"};
}

Truth compared(bool as_stated, Truth proved)
{
    return is_true(proved) ? truth_of(as_stated) : Truth::Unknown;
}

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

namespace {

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
    const bool kinds = describe(of_fast.kind) == statement.words.at("kind fast")
                       && describe(of_slow.kind) == statement.words.at("kind slow")
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
        describe(of_fast.kind), slow, describe(of_slow.kind), near.to_string(6), far.to_string(6));
    Judgement judgement;
    Evidence item = steps.evidence("terminal laws (exact algebra)", says, unit_symmetric_starts());
    item.outcome = compared(kinds && is_true(factor), steps.outcome());
    if (is_false(item.outcome)) {
        judgement.counterexample = ledger::Counterexample{
            {{"fast", fast}, {"slow", slow}},
            is_false(factor) ? "the speed factors of Table 2 are not in that relation" : says,
            fmt::format("attest terminal --scheme {} --n 256 --beta 5", slow)};
    }
    if (effort.control) {
        item.certificates.clear();
    } else {
        attach_plot(item, exponents_of_decay({fast, slow}));
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
    LimitPlot plot{"r(t)/(" + law.latex() + ")", "t", "1", {}};
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
        const auto ratio_at = [&](const Ball& epsilon) {
            time = clock.time_at(epsilon);
            return clock.magnitude_at(epsilon) / law.evaluate<Ball>({{"t", time}});
        };
        if (!effort.control) {
            Course course;
            course.label =
                fmt::format("n={}, beta={}, gamma(0)={}", n, to_string(beta), to_string(gamma0));
            for (const Ball& depth : decades(-1, 2, 10)) {
                const Ball ratio = ratio_at(clock.start_epsilon() * exp(-depth));
                add_point(course, time, ratio);
            }
            add_course(plot, std::move(course));
        }
        for (long k = 40; k <= 240; k += 40) {
            distances.push_back(abs(ratio_at(Ball(Rational(1) / pow(Rational(10), k))) - 1));
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
    attach_plot(points, std::move(plot));
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

} // namespace

void add_section_4_3(ledger::Registry& registry)
{
    add_aggressive(registry);
    add_linear(registry);
    add_slowdown(registry);
    add_section_4_3_cone(registry);
    add_section_4_3_winner(registry);
}

} // namespace attest::theorems

// Figure 3: nGPT from the orthogonal start for several alpha_t.
#include "attest/flow/clock.hpp"
#include "attest/flow/clock_alpha.hpp"
#include "attest/flow/terminal.hpp"
#include "attest/numbers/precision.hpp"
#include "theorems/convergence.hpp"
#include "theorems/terminal_law.hpp"
#include "theorems/terminal_steps.hpp"
#include "theorems/units.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

/// What gamma does in the late moments t = k pi/4 of Figure 3's oscillation: settles at 1, or not.
struct LateBehaviour {
    Truth converges = Truth::Unknown;
    std::string shown;
};

LateBehaviour late_behaviour(const model::Alpha& alpha)
{
    model::SymmetricProblem problem;
    problem.scheme = "ngpt";
    problem.n = 256;
    problem.beta = 5;
    problem.alpha = alpha;
    const flow::SymmetricClock clock(problem);
    const auto epsilon_at = [&](long eighths) {
        const Ball t = Ball::pi() * eighths / 8;
        return clock.epsilon_at(alpha.integral->evaluate<Ball>({{"t", t}}));
    };
    // Three times three moments an eighth of pi apart: sin 4t and cos 4t are extreme there.
    LateBehaviour behaviour;
    Truth shrinking = Truth::True;
    Truth swinging = Truth::True;
    Ball former(2);
    std::vector<Ball> late;
    for (const long base : {32L, 48L, 64L}) {
        late = {epsilon_at(base + 1), epsilon_at(base + 2), epsilon_at(base + 3)};
        for (const Ball& epsilon : late) {
            shrinking = shrinking && less(epsilon, former);
            former = epsilon;
        }
        // gamma differs by more than 1/10 within a quarter of pi.
        const Ball tenth(Rational(1, 10));
        swinging = swinging
                   && (less(tenth, abs(late[1] - late[0])) || less(tenth, abs(late[2] - late[1])));
    }
    behaviour.shown = fmt::format("1 - gamma = {}, {}, {} at t = 65 pi/8, 66 pi/8, 67 pi/8",
                                  late[0].to_string(6), late[1].to_string(6), late[2].to_string(6));
    if (is_true(swinging)) {
        behaviour.converges = Truth::False;
    } else if (is_true(shrinking) && flow::alpha_growth(alpha) == flow::AlphaGrowth::Diverges) {
        behaviour.converges = Truth::True;
    }
    return behaviour;
}

/// gamma -> 1, or gamma without limit, for all n >= 2 and beta >= 0, from int alpha alone: gamma is
/// a function of A = int alpha, it tends to 1 as A -> infinity and is at most 0 where A <= 0.
std::optional<Evidence> proved_behaviour(const model::Alpha& alpha, bool claimed)
{
    const ClockBound bound = clock_bound("ngpt");
    const auto p = symbolic_point();
    Steps steps;
    steps.at_least("d gamma/dA >= rate (1-gamma), rate " + bound.rate.text(), bound.velocity,
                   bound.rate * (1 - p.gamma));
    const std::string text = alpha.formula.text();
    const auto answer = [&](bool converges, const std::string& why) {
        // Where A < 0 nGPT with beta = 0 can reach A_j = 0, where its trajectory ends.
        const Scope scope{ScopeKind::All,
                          converges ? "all n >= 2, beta >= 0" : "all n >= 2, beta > 0"};
        const std::string route = "exact algebra and Gronwall";
        return converges == claimed ? steps.evidence(route, why, scope)
                                    : steps.refutation(route, why, scope);
    };
    if (flow::alpha_growth(alpha) == flow::AlphaGrowth::Diverges) {
        const flow::AlphaMonomial integral = *flow::alpha_monomial(alpha);
        steps.identity("int_0^t alpha is " + alpha.integral->text(),
                       Expr(Rational(integral.factor * integral.exponent))
                           * pow(sym("t"), Rational(integral.exponent - 1)),
                       alpha.formula);
        return answer(true, "alpha_t = " + text + ": int alpha -> infinity, so gamma -> 1");
    }
    const auto up = integral_escapes_along(alpha, 1);
    const auto down = integral_escapes_along(alpha, -1);
    if (up && down) {
        return answer(false, fmt::format("{}: gamma -> 1 there; {}: gamma <= 0 there", *up, *down));
    }
    return std::nullopt;
}

Judgement check_converges(const Statement& statement, const Effort& effort)
{
    const PrecisionScope precision(192);
    const bool claimed = statement.words.at("gamma -> 1") == "yes";
    Judgement judgement;
    Truth outcome = Truth::True;
    std::vector<std::string> rows;
    for (const model::Alpha& alpha : alphas_of(statement)) {
        const LateBehaviour behaviour = late_behaviour(alpha);
        const Truth here = claimed ? behaviour.converges : !behaviour.converges;
        rows.push_back(fmt::format("alpha_t = {}: {}", alpha.formula.text(), behaviour.shown));
        if (is_false(here) && !judgement.counterexample) {
            judgement.counterexample = ledger::Counterexample{
                {{"alpha_t", alpha.formula.text()}, {"n", "256"}, {"beta", "5"}},
                behaviour.shown,
                fmt::format("attest trajectory --scheme ngpt --n 256 --beta 5 --alpha '{}' --until "
                            "t=20",
                            alpha.formula.text())};
        }
        outcome = outcome && here;
    }
    judgement.evidence.push_back({"late moments of the trajectory (quadrature in balls)",
                                  fmt::format("{}", fmt::join(rows, "; ")),
                                  outcome,
                                  Strength::Enclosed,
                                  {ScopeKind::Points, "n = 256, beta = 5"},
                                  std::nullopt,
                                  true,
                                  working_bits()});
    if (effort.control) {
        return judgement;
    }
    std::vector<Judgement> proofs;
    for (const model::Alpha& alpha : alphas_of(statement)) {
        Judgement part;
        if (std::optional<Evidence> item = proved_behaviour(alpha, claimed)) {
            part.evidence.push_back(std::move(*item));
        }
        proofs.push_back(std::move(part));
    }
    const Judgement all = all_of(proofs);
    judgement.evidence.insert(judgement.evidence.end(), all.evidence.begin(), all.evidence.end());
    return judgement;
}

Claim alpha_claim(const std::string& id, const std::string& alphas, const std::string& latex)
{
    Claim claim;
    claim.id = id;
    claim.printed.latex = latex;
    claim.printed.words = {{"alphas", alphas}, {"gamma -> 1", "yes"}};
    claim.check = check_converges;
    claim.depends_on = {"appA/ngpt/limit"};
    claim.witness = "n = 256 orthonormal tokens in R^256";
    return claim;
}

} // namespace

void add_figure_3(ledger::Registry& registry)
{
    Claim growing = alpha_claim("fig3/caption/constant-root-linear", "constant; root; linear",
                                "\\alpha_t \\in \\{1, \\sqrt t, t\\}:\\ \\gamma(t) \\to 1");
    growing.faults = {
        fault("negated", growing.printed, "gamma -> 1", std::string("no")),
        fault("the sine-cosine mix added", growing.printed, "alphas",
              std::string("constant; root; linear; sine-cosine")),
        fault("the cosine-sine mix added", growing.printed, "alphas",
              std::string("constant; cosine-sine")),
    };
    growing.note = "int_0^t alpha_s ds tends to infinity for all three";
    registry.add(std::move(growing));

    Claim mix =
        alpha_claim("fig3/caption/sin-cos", "sine-cosine; cosine-sine",
                    "\\alpha_t = t\\sin 4t + \\cos 4t \\ (\\text{or } \\sin 4t + t\\cos 4t):\\ "
                    "\\gamma(t) \\to 1");
    mix.amended = mix.printed;
    mix.amended->latex =
        "\\alpha_t = t\\sin 4t + \\cos 4t \\ (\\text{or } \\sin 4t + t\\cos 4t):\\ "
        "\\gamma(t) \\text{ does not converge}";
    mix.amended->words.at("gamma -> 1") = "no";
    mix.faults = {
        fault("constant alpha_t instead", *mix.amended, "alphas", std::string("constant")),
        fault("alpha_t = sqrt(t) instead", *mix.amended, "alphas", std::string("root")),
        fault("linear alpha_t instead", *mix.amended, "alphas", std::string("linear")),
        fault("negated", *mix.amended, "gamma -> 1", std::string("yes")),
    };
    mix.note = "int_0^t alpha_s ds = (5/16) sin 4t - (t/4) cos 4t swings with growing amplitude, "
               "and gamma "
               "with it between values near 1 and near -1/(n-1)";
    registry.add(std::move(mix));
}

} // namespace attest::theorems

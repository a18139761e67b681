// Section 4.3: its prose on Peri-LN and nGPT, fast at both ends.
#include "attest/model/schemes.hpp"
#include "theorems/reduction.hpp"
#include "theorems/section_4_3.hpp"
#include "theorems/terminal_order.hpp"
#include "theorems/terminal_proof.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

/// gamma'(0) from the orthogonal start with r_0 = 1, alpha_0 = 1.
Expr orthogonal_start_velocity(const std::string& scheme)
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
    if (a == b) {
        return Truth::True;
    }
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
        return compared(b == "mix-ln", mix_below_pre().outcome());
    }
    return Truth::True;
}

/// Every start with r_j = 1, t = 0, alpha_0 = 1: |theta_j'| of the scheme is at least that of each
/// other one, whatever the directions, because |A_j| = 1/(1 + short) <= 1.
Evidence at_every_start(const std::string& winner, const std::string& others)
{
    const auto speed = [](const std::string& scheme) {
        return model::with_scheme(scheme, [](auto s) {
            return Expr(
                1
                / decltype(s)::speed_factor(model::TokenView<Expr>{
                    Expr(1), 1 / (1 + sym("short")), sym("thetaA"), Expr(1), Expr(0), Expr(0)}));
        });
    };
    StepsOnRanges steps;
    for (const std::string& other : names_in(others + " ngpt")) {
        steps.at_least(speed(winner) * sym("turn"), speed(other) * sym("turn"),
                       {{"short", from(0)}, {"turn", from(0)}});
    }
    return remark(
        "every start with r_j = 1 (exact algebra)",
        fmt::format("|theta_j'| = |P_j A_j|/s_j with |A_j| <= 1: that of {} at t = 0 is at "
                    "least that of {} and nGPT with alpha_0 = 1",
                    winner, others),
        steps.outcome(), {ScopeKind::All, "all n, d, beta >= 0, directions, r_j(0) = 1, A_j != 0"},
        steps.certificates());
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
        faster.formulas = {{"lhs", orthogonal_start_velocity(winner)},
                           {"rhs", orthogonal_start_velocity(other)}};
        initial.push_back(decide_at_least(faster, effort));
        if (initial.back().counterexample) {
            return initial.back();
        }
        const Truth late = terminal_at_least(winner, other, steps);
        if (is_false(late)) {
            judgement.evidence.push_back(steps.refutation(
                "terminal laws (exact algebra)",
                fmt::format("the terminal velocity of {} falls below that of {}", winner, other),
                unit_symmetric_starts()));
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
    const Expr start = orthogonal_start_velocity("ngpt") * alpha.substitute("t", Expr(0));
    if (is_true(power.outcome)
        && is_true(proof::identical(start, orthogonal_start_velocity(winner)))) {
        steps.limit_at_one("nGPT with alpha_t = " + alpha.text() + " ends like t^-3", late,
                           Expr(1));
        steps.identity("and begins like " + winner, start, orthogonal_start_velocity(winner));
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
        fmt::format("{}: initial velocity at least that of {} (certificates above), and no slower "
                    "at the end",
                    winner, statement.words.at("others")),
        {ScopeKind::All, "all n >= 2, beta >= 0, tau > 0, orthogonal symmetric start, r_0 = 1"},
        at_start);
    if (effort.control) {
        item.certificates.clear();
    }
    judgement.evidence.push_back(std::move(item));
    if (!effort.control) {
        judgement.evidence.push_back(at_every_start(winner, statement.words.at("others")));
    }
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
        "decided in Section 4.1's setting (orthogonal symmetric start, r_0 = 1): none of the "
        "schemes without alpha_t is faster at t -> 0 or at t -> infinity. At the end Peri-LN and "
        "Pre-LN tie: one law, one constant. At the start more is true: whatever the directions, "
        "with r_j = 1 Peri-LN's and (alpha_0 = 1) nGPT's |theta_j'| = |P_j A_j|/|A_j| is at least "
        "the |P_j A_j| of the others, since |A_j| <= 1; for large r_0 Peri-LN's is divided by r_0. "
        "Automatically: without a parameter to choose. Whether the gain at the start is of order "
        "one for random directions is sec4.2/prose/order-one";
    registry.add(std::move(claim));
}

} // namespace

void add_section_4_3_winner(ledger::Registry& registry)
{
    add_winner(registry);
}

} // namespace attest::theorems

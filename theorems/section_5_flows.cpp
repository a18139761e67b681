// Section 5: two flows against each other, and the growth of the norms, in the symmetric setting.
#include "attest/flow/clock.hpp"
#include "attest/model/gram.hpp"
#include "attest/numbers/precision.hpp"
#include "attest/proof/algebra.hpp"
#include "theorems/reduction.hpp"
#include "theorems/terminal_proof.hpp"
#include "theorems/theorem_3_1_proof.hpp"
#include "theorems/units.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

constexpr const char* uniform_attention_witness =
    "n = 2, theta = e_1, e_2, beta = 0, r_0 = 1, alpha_t = 1";
constexpr long state_digits = 20;

/// s_j and |theta_j'| = |P_j A_j|/s_j at a state of the symmetric setting.
struct TokenSpeed {
    Ball s;
    Ball theta_dot;
};

TokenSpeed speed_at(const model::SymmetricProblem& problem, const flow::ClockState& state)
{
    using Gram = model::InvariantMatrix<Ball>;
    const Gram G{Ball(1L), state.gamma, Ball(problem.n)};
    const Gram W = model::softmax_rows(Gram(Ball(problem.beta) * G));
    const Gram B = model::product(W, G);
    const Ball square = model::row_products(W, B).value;
    // After tau for Mix-LN, whose tau is 1 in these problems.
    const Ball late = is_true(less(Ball(problem.tau), state.t)) ? Ball(1L) : Ball(0L);
    const model::TokenView<Ball> token{state.r, sqrt(square), B.diagonal, Ball(1L), state.t, late};
    const Ball s = model::with_scheme(
        problem.scheme, [&](auto row) { return Ball(decltype(row)::speed_factor(token)); });
    return {s, sqrt(square - B.diagonal * B.diagonal) / s};
}

model::SymmetricProblem symmetric(const std::string& scheme, long n, const Rational& beta)
{
    model::SymmetricProblem problem;
    problem.scheme = scheme;
    problem.n = n;
    problem.beta = beta;
    return problem;
}

/// n = 2, beta = 0, all t >= 15: with u = sqrt(t+1) Post-LN is tanh t and sqrt-scaling tanh(2u-2).
Evidence whole_region()
{
    const Expr t = sym("t");
    const Expr u = sym("u");
    auto p = symbolic_point();
    p.n = Expr(2);
    p.beta = Expr(0);
    const Expr post = model::PostLN::gamma_dot(p);
    const Expr root = model::SqrtScaling::gamma_dot(p);
    const auto tanh_of = [](const Expr& z) { return (1 - exp(-2 * z)) / (1 + exp(-2 * z)); };
    StepsOnRanges steps;
    steps.identical(derivative(tanh_of(t), "t"), post.substitute("gamma", tanh_of(t)));
    // d/du = 2u d/dt, and s = u.
    steps.identical(root, post / sqrt(t + 1));
    const Expr clock = 2 * u - 2;
    steps.identical(derivative(tanh_of(clock), "u"), 2 * post.substitute("gamma", tanh_of(clock)));
    // t - clock = (u-1)^2; cosh t >= e^t/2, cosh(clock) <= e^clock: the quotient of the speeds is
    // at least e^{2(u-1)^2}/(4u) >= (1 + 2(u-1)^2)/(4u).
    steps.identical(pow(u, 2) - 1 - clock, pow(u - 1, 2));
    steps.at_least(1 + 2 * pow(u - 1, 2), 4 * u, {{"u", from(4)}});
    return {"a whole region (exact algebra)",
            "n = 2, beta = 0: gamma = tanh t (Post-LN) and tanh(2 sqrt(t+1) - 2) "
            "(sqrt-scaling), and gamma' of sqrt-scaling, with s = sqrt(t+1) > 1, exceeds that "
            "of Post-LN for every t >= 15",
            steps.outcome(),
            Strength::Exact,
            {ScopeKind::Box, "n = 2, beta = 0, all t >= 15"},
            std::nullopt,
            true,
            std::nullopt,
            steps.certificates()};
}

/// At t = numbers["t"] the scheme words["faster"] has the larger s_j and the larger gamma' and
/// |theta_j'| than words["slower"], both from the orthogonal start.
Judgement check_faster(const Statement& statement, const Effort& effort)
{
    const PrecisionScope precision(128);
    const Rational& t = statement.numbers.at("t");
    const std::string& faster = statement.words.at("faster");
    const std::string& slower = statement.words.at("slower");
    Judgement judgement;
    Evidence item{"states in balls",
                  {},
                  Truth::True,
                  Strength::Enclosed,
                  {ScopeKind::Points,
                   fmt::format("n = 2, beta = 0 and n = 256, beta = 5; t = {}", to_string(t))}};
    std::vector<std::string> rows;
    for (const auto& [n, beta] : {std::pair(2L, Rational(0)), std::pair(256L, Rational(5))}) {
        const auto at = [&, n = n, &beta = beta](const std::string& scheme) {
            const model::SymmetricProblem problem = symmetric(scheme, n, beta);
            const flow::ClockState state = flow::states_at(problem, {t}, state_digits).front();
            return std::pair(state, speed_at(problem, state));
        };
        const auto [x, x_speed] = at(faster);
        const auto [y, y_speed] = at(slower);
        const Truth larger = less(y_speed.s, x_speed.s);
        const Truth ahead =
            less(y.gamma_dot, x.gamma_dot) && less(y_speed.theta_dot, x_speed.theta_dot);
        rows.push_back(fmt::format("n = {}, beta = {}: s = {} against {}, gamma' = {} against {}",
                                   n, to_string(beta), x_speed.s.to_string(6),
                                   y_speed.s.to_string(6), x.gamma_dot.to_string(6),
                                   y.gamma_dot.to_string(6)));
        item.outcome = item.outcome && larger && ahead;
        if ((is_false(larger) || is_false(ahead)) && !judgement.counterexample) {
            judgement.counterexample =
                ledger::Counterexample{{{"n", std::to_string(n)},
                                        {"beta", to_string(beta)},
                                        {"t", to_string(t)},
                                        {"schemes", faster + " against " + slower}},
                                       rows.back(),
                                       fmt::format("attest trajectory --scheme {} --n {} --beta {} "
                                                   "--until t={}",
                                                   faster, n, to_string(beta), to_string(t))};
        }
    }
    item.detail = fmt::format("{}", fmt::join(rows, "; "));
    judgement.evidence.push_back(std::move(item));
    if (!effort.control && faster == "sqrt-scaling" && slower == "post-ln" && t >= 15) {
        judgement.evidence.push_back(whole_region());
    }
    return judgement;
}

void add_faster(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "sec5/faster-despite-larger-factor";
    claim.printed.latex =
        "\\text{at } t = 15 \\text{ sqrt-scaling moves faster than Post-LN, from the same start, "
        "although } s = \\sqrt{t+1} = 4 > 1";
    claim.printed.words = {{"faster", "sqrt-scaling"}, {"slower", "post-ln"}};
    claim.printed.numbers = {{"t", 15}};
    claim.check = check_faster;
    claim.faults = {
        fault("t = 1/10", claim.printed, "t", Rational(1, 10)),
        fault("t = 1/2", claim.printed, "t", Rational(1, 2)),
        fault("nGPT instead of sqrt-scaling", claim.printed, "faster", std::string("ngpt")),
        fault("the other way round", claim.printed, "faster", std::string("post-ln")),
    };
    claim.faults.back().statement.words.at("slower") = "sqrt-scaling";
    claim.witness = uniform_attention_witness;
    claim.depends_on = {"table2/sqrt-scaling/speed-factor"};
    claim.note = "a statement of possibility: one certified example proves it. Post-LN is slow by "
                 "then because it has arrived";
    registry.add(std::move(claim));
}

// --- linear growth ------------------------------------------------------------------------------

/// Almost every start of n <= d tokens synchronises under Pre-LN (Theorem 3.1): then theta_j and
/// A_j have one limit, r_j' -> 1 and r_j/t -> 1.
Evidence almost_every_start()
{
    Synchronisation all;
    all.scheme = model::PreLN::name;
    all.event = Synchronisation::Event::Synchronised;
    all.smallest_d = 2;
    all.few_tokens = true;
    Evidence item = hemisphere_proof(all);
    item.route = "one limit of all tokens (exact algebra)";
    item.detail += "; all theta_k have one limit, so A_j has it too and r_j' = <theta_j, A_j> -> 1";
    return item;
}

/// r(t)/(c t^p) -> 1 for Pre-LN, numbers "constant" and "power": from the orthogonal start, and
/// from almost every start with n <= d.
Judgement check_norm_growth(const Statement& statement, const Effort& effort)
{
    const PrecisionScope precision(128);
    const Rational& power = statement.numbers.at("power");
    const Rational& constant = statement.numbers.at("constant");
    const Steps& steps = terminal_proof("pre-ln").law_steps;
    const bool same = power == 1 && constant == 1;
    Evidence item = steps.evidence(
        "bounds of t - r (exact algebra)",
        same ? "r' <= 1 and t - r is bounded: t - B <= r <= t - A, so r/t -> 1"
             : "r/t -> 1, and t over the statement's norm tends to 0, infinity or another constant",
        {ScopeKind::Box, "all n >= 2, beta >= 0, r_0 > 0, orthogonal symmetric start"});
    if (!same && is_true(item.outcome)) {
        item.outcome = Truth::False;
    }
    Judgement judgement;
    if (same) {
        Evidence more = almost_every_start();
        more.outcome = more.outcome && item.outcome; // both halves of the statement
        item.carries = false;
        more.scope.text += "; and the orthogonal symmetric start";
        judgement.evidence.push_back(std::move(more));
    }
    judgement.evidence.push_back(std::move(item));
    std::vector<std::string> rows;
    Truth near = Truth::True;
    for (const auto& [n, beta] : {std::pair(2L, Rational(1)), std::pair(256L, Rational(5))}) {
        const Rational last = pow(Rational(10), 9);
        const Ball r =
            flow::states_at(symmetric("pre-ln", n, beta), {last}, state_digits).front().r;
        const Ball quotient = r / (Ball(constant) * attest::pow(Ball(last), power));
        rows.push_back(
            fmt::format("n = {}, beta = {}: {}", n, to_string(beta), quotient.to_string(12)));
        const Ball distance = abs(quotient - Ball(1L));
        near = near && less(distance, Ball(Rational(1, 1000)));
        if (is_false(near) && !judgement.counterexample) {
            judgement.counterexample = ledger::Counterexample{
                {{"n", std::to_string(n)}, {"beta", to_string(beta)}, {"t", "10^9"}},
                "r/norm = " + quotient.to_string(8),
                fmt::format("attest trajectory --scheme pre-ln --n {} --beta {} --until t=1e9", n,
                            to_string(beta))};
        }
    }
    if (!effort.control) {
        judgement.evidence.push_back({"states in balls",
                                      fmt::format("r/norm at t = 10^9; {}", fmt::join(rows, "; ")),
                                      near,
                                      Strength::Enclosed,
                                      {ScopeKind::Points, "n = 2, beta = 1; n = 256, beta = 5"}});
        judgement.evidence.back().carries = false;
    }
    return judgement;
}

void add_norm_growth(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "sec5/linear-norm-growth";
    claim.printed.latex =
        "\\text{Pre-LN, } Q = K = V = I: \\quad r_j(t) \\sim t \\quad (t \\to \\infty) \\text{ "
        "from the "
        "orthogonal start with } r_0 > 0, \\text{ and from almost every start with } n \\le d";
    claim.printed.numbers = {{"power", 1}, {"constant", 1}};
    claim.check = check_norm_growth;
    claim.faults = {
        fault("sqrt t", claim.printed, "power", Rational(1, 2)),
        fault("t^2", claim.printed, "power", Rational(2)),
        fault("constant", claim.printed, "power", Rational(0)),
        fault("2t", claim.printed, "constant", Rational(2)),
        fault("t/2", claim.printed, "constant", Rational(1, 2)),
        fault("1000001/1000000 t", claim.printed, "constant", Rational(1000001, 1000000)),
    };
    claim.depends_on = {"thm4.1/pre-ln/terminal-velocity"};
    claim.witness = uniform_attention_witness;
    claim.note =
        "read in the setting of Theorem 4.1, where the paper's laws rest on r ~ t, and for almost "
        "every start as far as synchronisation is proved. Not for every start: an antipodal pair "
        "has r_j' = tanh beta. For any start r_j <= r_j(0) + t, and r_j >= r_j(0) + t/(n e^beta) "
        "where n <= e^beta (Corollary 3.2). The square root of t of trained models at "
        "initialization is empirical and is not examined";
    registry.add(std::move(claim));
}

} // namespace

void add_section_5_flows(ledger::Registry& registry)
{
    add_faster(registry);
    add_norm_growth(registry);
}

} // namespace attest::theorems

// Appendix D: changes of time and the frames that make the dynamics autonomous.
#include "attest/numbers/precision.hpp"
#include "theorems/reduction.hpp"
#include "theorems/span.hpp"
#include "theorems/units.hpp"
#include "theorems/witnesses.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

Scope all_frames()
{
    return {ScopeKind::All, "all n, d, Q, K, V, beta, A_j != 0, r_j > 0, alpha_t > 0, t > 0"};
}

/// Two tokens at beta = 0 with <theta_1, theta_2> = 2a^2 - 1, so that |A_1| = a and <theta_1, A_1>
/// = a^2, at times t with rational sqrt(t+1).
std::vector<Instance> frame_instances()
{
    std::vector<Instance> instances;
    for (const Rational& a : {Rational(3, 5), Rational(4, 11)}) {
        for (const Rational& alpha : {Rational(3), Rational(1), Rational(1, 2)}) {
            for (const auto& [t, r] : std::vector<std::pair<Rational, Rational>>{
                     {3, 1}, {8, Rational(2, 3)}, {Rational(5, 4), 5}}) {
                instances.push_back({{{"n", "2"},
                                      {"beta", "0"},
                                      {"Q, K, V", "I"},
                                      {"<theta_1, theta_2>", to_string(Rational(2 * a * a - 1))},
                                      {"r", to_string(r)},
                                      {"alpha_t", to_string(alpha)},
                                      {"t", to_string(t)}},
                                     {{"normA", a},
                                      {"thetaA", a * a},
                                      {"r", r},
                                      {"q", r / t},
                                      {"alpha", alpha},
                                      {"t", t},
                                      {"late", 1},
                                      {"s", r * a},
                                      {"c", alpha + 7},
                                      {"tprime", t + Rational(1, 7)}},
                                     {}});
            }
        }
    }
    return instances;
}

Judgement frame_identity(const Expr& lhs, const Expr& rhs, const Effort& effort,
                         const std::string& why)
{
    return decide_reduced(relation_part(tidy(lhs), "=", tidy(rhs)), effort, {why, {}, {}},
                          frame_instances(), all_frames());
}

// --- q_j = r_j/t and tau = ln t
// --------------------------------------------------------------------

void add_q_variable(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "appD.1/q-variable";
    claim.printed.formulas = {
        {"outline", tidy(model::PreLN::speed_factor(symbolic_token())) / sym("t")},
        {"proof", sym("r") / sym("t")}};
    claim.printed.latex = "q_j = \\frac{s_j}{t} = \\frac{r_j}{t} \\quad\\text{(Pre-LN)}";
    claim.check = [](const Statement& statement, const Effort& effort) {
        return frame_identity(statement.formulas.at("outline"), statement.formulas.at("proof"),
                              effort, "s_j of Table 2 in the outline's formula");
    };
    claim.faults = faults_of(claim.printed, "proof");
    claim.faults.push_back(fault("r t", claim.printed, "proof", sym("r") * sym("t")));
    claim.faults.push_back(fault("r/t^2", claim.printed, "proof", sym("r") / pow(sym("t"), 2)));
    claim.faults.push_back(fault("s_j of Peri-LN", claim.printed, "outline",
                                 tidy(model::PeriLN::speed_factor(symbolic_token())) / sym("t")));
    claim.witness = modulated_pair_witness;
    claim.depends_on = {"table2/pre-ln/speed-factor"};
    registry.add(std::move(claim));
}

/// The frame (theta, q = r/t, tau = "clock"): theta_j' in tau is P_j A_j times dt/dtau / s_j, q_j'
/// is dt/dtau times the derivative of r/t; r is replaced by q t. Formulas "speed" and "drift" are
/// what the paper gets; they must not contain t.
template <class Scheme>
Judgement check_frame(const Statement& statement, const Effort& effort)
{
    const model::TokenView<Expr> token = symbolic_token();
    const Expr t = sym("t");
    const Expr dt = 1 / derivative(statement.formulas.at("clock"), "t");
    const auto in_q = [&](const Expr& formula) { return formula.substitute("r", sym("q") * t); };
    const FirstOrder<Expr> moved =
        FirstOrder<Expr>(token.r, Scheme::r_dot(token)) / FirstOrder<Expr>(t, Expr(1));
    const Expr& speed = statement.formulas.at("speed");
    const Expr& drift = statement.formulas.at("drift");
    const std::string why =
        "chain rule with dt/dtau from the clock, s_j and r_j' of Table 2, r = q t";
    return first_failing(
        {[&] { return frame_identity(in_q(dt / Scheme::speed_factor(token)), speed, effort, why); },
         [&] { return frame_identity(in_q(dt * moved.slope), drift, effort, why); },
         [&] {
             return frame_identity(speed.substitute("t", 2 * t), speed, effort,
                                   "autonomous: the same at 2t");
         },
         [&] {
             return frame_identity(drift.substitute("t", 2 * t), drift, effort,
                                   "autonomous: the same at 2t");
         }});
}

template <class Scheme>
void add_frame(ledger::Registry& registry, const std::string& id, const Expr& speed,
               const Expr& drift)
{
    const Expr t = sym("t");
    Claim claim;
    claim.id = id;
    claim.printed.formulas = {{"clock", log(t)}, {"speed", speed}, {"drift", drift}};
    claim.printed.latex = "\\frac{d\\theta_j}{d\\tau} = " + speed.latex()
                          + "\\,P_jA_j, \\quad \\frac{dq_j}{d\\tau} = " + drift.latex()
                          + ", \\qquad \\tau = \\ln t,\\ q_j = r_j/t";
    claim.check = check_frame<Scheme>;
    claim.faults = faults_of(claim.printed, "drift");
    claim.faults.push_back(fault("clock 2 ln t", claim.printed, "clock", 2 * log(t)));
    claim.faults.push_back(fault("clock sqrt t", claim.printed, "clock", sqrt(t)));
    claim.faults.push_back(fault("speed doubled", claim.printed, "speed", 2 * speed));
    claim.faults.push_back(
        fault("speed not divided by q", claim.printed, "speed", speed * sym("q")));
    claim.faults.push_back(fault("speed divided by t", claim.printed, "speed", speed / t));
    claim.witness = modulated_pair_witness;
    claim.depends_on = {fmt::format("table2/{}/speed-factor", Scheme::name),
                        fmt::format("table2/{}/r-dot", Scheme::name)};
    claim.note = "autonomous where Q, K, V do not depend on t";
    registry.add(std::move(claim));
}

// --- changes of time
// ---------------------------------------------------------------------------------

void add_time_change(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "appD/prop-d2";
    claim.printed.formulas = {{"factor", sym("s") / sym("tprime")}};
    claim.printed.latex =
        "\\frac{d\\theta_j}{d\\tau} = \\frac{1}{\\tilde s_j}P_jA_j, \\quad \\tilde s_j(\\tau) = "
        "\\frac{s_j(t(\\tau))}{t'(\\tau)}";
    claim.check = [](const Statement& statement, const Effort& effort) {
        return frame_identity(
            1 / statement.formulas.at("factor"), sym("tprime") / sym("s"), effort,
            "chain rule: dtheta/dtau = theta_j' t'(tau) with theta_j' = P_jA_j/s_j");
    };
    claim.faults = faults_of(claim.printed, "factor");
    claim.faults.push_back(
        fault("s t' instead of s/t'", claim.printed, "factor", sym("s") * sym("tprime")));
    claim.faults.push_back(fault("inverted", claim.printed, "factor", sym("tprime") / sym("s")));
    claim.witness = modulated_pair_witness;
    claim.note = "s_j may depend on t and on r_j, which is carried along with t; tau is taken "
                 "continuously differentiable with tau' > 0";
    registry.add(std::move(claim));
}

void add_common_factor(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "appD/prop-d2/common-factor";
    claim.printed.formulas = {{"factor", sym("s") / sym("c")}, {"rate", 1 / sym("c")}};
    claim.printed.latex = "\\tilde s_j = \\frac{s_j}{c(t)} \\text{ in the time } \\tau = "
                          "\\int_0^t \\frac{ds}{c(s)}, \\quad c > 0,\\ \\int_0^\\infty "
                          "\\frac{ds}{c(s)} = \\infty";
    claim.check = [](const Statement& statement, const Effort& effort) {
        return frame_identity(statement.formulas.at("factor"),
                              sym("s") * statement.formulas.at("rate"), effort,
                              "Proposition D.2 with t'(tau) = 1/(dtau/dt)");
    };
    claim.faults = {
        fault("tau the integral of c", claim.printed, "rate", sym("c")),
        fault("tau the integral of 1/c^2", claim.printed, "rate", 1 / pow(sym("c"), 2)),
        fault("s_j c", claim.printed, "factor", sym("s") * sym("c")),
        fault("s_j/c^2", claim.printed, "factor", sym("s") / pow(sym("c"), 2)),
        fault("s_j", claim.printed, "factor", sym("s")),
    };
    claim.witness = modulated_pair_witness;
    claim.depends_on = {"appD/prop-d2"};
    claim.note =
        "c > 0 makes tau grow, a divergent integral of 1/c makes it grow to infinity: the two "
        "conditions of Proposition D.2; the identity itself needs c > 0 only";
    registry.add(std::move(claim));
}

/// The scheme's s_j times dtau/dt is "target".
template <class Scheme>
Judgement check_time_change(const Statement& statement, const Effort& effort)
{
    return frame_identity(Scheme::speed_factor(symbolic_token()) * statement.formulas.at("rate"),
                          statement.formulas.at("target"), effort,
                          "Proposition D.2: the new factor is s_j dtau/dt, s_j of Table 2");
}

void add_ngpt_time_change(ledger::Registry& registry)
{
    const Expr alpha = sym("alpha");
    model::TokenView<Expr> unit = symbolic_token();
    unit.alpha = Expr(1);
    Claim claim;
    claim.id = "appD.3/remark/ngpt-time-change";
    claim.printed.formulas = {{"rate", 1 / alpha},
                              {"target", tidy(model::NGPT::speed_factor(unit))}};
    claim.printed.latex = "\\tau = \\int \\alpha_t^{-1}\\,dt \\text{ turns nGPT into the case } "
                          "\\alpha \\equiv 1: \\quad s_j\\,\\frac{d\\tau}{dt} = \\|A_j\\|";
    claim.amended = claim.printed;
    claim.amended->formulas.insert_or_assign("rate", alpha);
    claim.amended->latex =
        "\\tau = \\int \\alpha_t\\,dt \\text{ turns nGPT into the case } \\alpha "
        "\\equiv 1: \\quad s_j\\,\\frac{d\\tau}{dt} = \\|A_j\\|";
    claim.check = check_time_change<model::NGPT>;
    claim.faults = faults_of(*claim.amended, "rate");
    claim.faults.push_back(fault("rate alpha^2", *claim.amended, "rate", pow(alpha, 2)));
    claim.faults.push_back(fault("rate sqrt alpha", *claim.amended, "rate", sqrt(alpha)));
    claim.faults.push_back(fault("target |A_j|^2", *claim.amended, "target", pow(sym("normA"), 2)));
    claim.witness = modulated_pair_witness;
    claim.depends_on = {"table2/ngpt/speed-factor", "appD/prop-d2"};
    claim.note = "with tau = int 1/alpha the factor becomes alpha^{-2} |A_j|; the two agree only "
                 "where alpha_t = 1. tau = int alpha has to diverge for Proposition D.2";
    registry.add(std::move(claim));
}

void add_sqrt_scaling_time_change(ledger::Registry& registry)
{
    const Expr t = sym("t");
    const Expr clock = 2 * sqrt(t + 1);
    Claim claim;
    claim.id = "appD.3/remark/sqrt-scaling-time-change";
    claim.printed.formulas = {{"clock", clock},
                              {"target", tidy(model::PostLN::speed_factor(symbolic_token()))}};
    claim.printed.latex = "\\tau = 2\\sqrt{t+1} \\text{ turns sqrt-scaling into Post-LN}: \\quad "
                          "s_j\\,\\frac{d\\tau}{dt} = 1";
    claim.check = [](const Statement& statement, const Effort& effort) {
        Statement with_rate = statement;
        with_rate.formulas.insert_or_assign("rate",
                                            derivative(statement.formulas.at("clock"), "t"));
        return check_time_change<model::SqrtScaling>(with_rate, effort);
    };
    claim.faults = {
        fault("2 dropped", claim.printed, "clock", sqrt(t + 1)),
        fault("t + 1 -> t", claim.printed, "clock", 2 * sqrt(t)),
        fault("2 -> 2000001/1000000", claim.printed, "clock",
              Expr(Rational(2000001, 1000000)) * sqrt(t + 1)),
        fault("square root dropped", claim.printed, "clock", 2 * (t + 1)),
        fault("logarithm", claim.printed, "clock", log(t + 1)),
        fault("target 2", claim.printed, "target", Expr(2)),
    };
    claim.witness = modulated_pair_witness;
    claim.depends_on = {"table2/sqrt-scaling/speed-factor", "table2/post-ln/speed-factor",
                        "appD/prop-d2"};
    claim.note = "tau starts at 2 and grows to infinity";
    registry.add(std::move(claim));
}

} // namespace

void add_appendix_d(ledger::Registry& registry)
{
    const Expr q = sym("q");
    add_q_variable(registry);
    add_frame<model::PreLN>(registry, "appD.1/tau-frame", 1 / q, sym("thetaA") - q);
    add_time_change(registry);
    add_common_factor(registry);
    add_frame<model::PeriLN>(registry, "appD.3/remark/peri-ln-frame", 1 / (q * sym("normA")),
                             sym("thetaA") / sym("normA") - q);
    add_ngpt_time_change(registry);
    add_sqrt_scaling_time_change(registry);
}

} // namespace attest::theorems

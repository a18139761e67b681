// Section 3: when directions converge to a critical point of the energy.
#include "attest/numbers/precision.hpp"
#include "attest/proof/algebra.hpp"
#include "attest/proof/certificates.hpp"
#include "theorems/gradient_systems.hpp"
#include "theorems/reduction.hpp"
#include "theorems/span.hpp"
#include "theorems/units.hpp"
#include "theorems/weight_conditions.hpp"

#include <fmt/format.h>

#include <array>

namespace attest::theorems {
namespace {

constexpr const char* gradient_flow_witness =
    "n = d = 2, Post-LN, Q = K = V = I, beta = 1, theta_1 = e_1, theta_2 = e_2";

/// The hypotheses of Lemma D.1, all of them.
Statement lemma_hypotheses(const std::string& energy)
{
    Statement statement;
    statement.words = {{"energy", energy},
                       {"clock", "diverges"},
                       {"lower", "lambda"},
                       {"upper", "C lambda"},
                       {"path", "compact"}};
    return statement;
}

Evidence from_steps(const std::string& route, const std::string& detail, const StepsOnRanges& steps,
                    Truth outcome, const Scope& scope, const Effort& effort)
{
    Evidence item{route, detail, is_true(steps.outcome()) ? outcome : Truth::Unknown,
                  Strength::Exact, scope};
    if (!effort.control) {
        item.certificates = steps.certificates();
    }
    return item;
}

// --- a constant modulator -----------------------------------------------------------------------

/// x' = -(1+t)^{-p} x, p > 1: x(t) = e^{-F}, F = (1 - (1+t)^{1-p})/(p-1) < 1/(p-1).
Judgement fading_modulator(const Rational& p, const Effort& effort)
{
    const Expr t = sym("t");
    const Expr F = (1 - pow(1 + t, Rational(1 - p))) / Expr(Rational(p - 1));
    StepsOnRanges steps;
    steps.identical(derivative(F, "t"), pow(1 + t, Rational(-p)));
    steps.at_least(Expr(Rational(1 / (p - 1))), F, {{"t", from(0)}});
    Judgement judgement;
    const std::string shows = "x(t) = e^{-F(t)} with F the integral of (1+t)^{-p}, F <= 1/(p-1): "
                              "the limit is at least e^{-1/(p-1)}, and no critical point";
    judgement.evidence.push_back(from_steps("an exact path", shows, steps, Truth::False,
                                            {ScopeKind::Points, "E = x^2/2, x(0) = 1"}, effort));
    judgement.counterexample = ledger::Counterexample{
        {{"E", "x^2/2"}, {"1/(s Z)", fmt::format("(1+t)^(-{})", to_string(p))}, {"x(0)", "1"}},
        shows,
        {}};
    return judgement;
}

/// 1/(s_j Z_j) = c (1+t)^{-p} for all j, p = numbers["decay"].
Judgement check_constant_modulator(const Statement& statement, const Effort& effort)
{
    const Rational& p = statement.numbers.at("decay");
    if (p > 1) {
        return fading_modulator(p, effort);
    }
    const Scope scope{ScopeKind::All, fmt::format("all n, d, weights with V = Q^T K = K^T Q, beta "
                                                  "> 0, {}",
                                                  lojasiewicz_hypothesis)};
    Judgement convergence =
        decide_convergence(lemma_hypotheses(statement.words.at("energy")), effort, scope);
    if (convergence.counterexample) {
        return convergence;
    }
    // s_j Z_j = 1/c: theta_j' = -(c/(2 beta)) grad_j E, one factor for all tokens.
    const Expr c = sym("c");
    const Expr y = sym("y");
    const Expr weight = exp(sym("beta") * sym("score"));
    const Expr gradient = -(2 * sym("beta") * weight * y);
    StepsOnRanges steps;
    steps.identical((1 / sym("s")) * (weight / (1 / (c * sym("s")))) * y,
                    -(c / (2 * sym("beta"))) * gradient);
    // M = (c/(2 beta)) I = 2 lambda I, C = 3; int lambda grows without bound: the initial lambda
    // times t, or where the modulator fades with p <= 1 times (1+t)^{1-p}/(1-p), log(1+t). With l =
    // log(1+t), l' = e^{-l}, every power of 1+t is an exponential.
    const Expr lambda = sym("lambda");
    const Expr l = sym("l");
    steps.at_least(3 * lambda, 2 * lambda, {{"lambda", from(0)}});
    steps.at_least(2 * lambda, lambda, {{"lambda", from(0)}});
    if (p == 0) {
        steps.identical(derivative(lambda * sym("t"), "t"), lambda);
    } else {
        // q = 1 - p > 0.
        const Expr q = sym("q");
        const Expr clock = p == 1 ? l : exp(q * l) / q;
        const Expr fading = p == 1 ? exp(-l) : exp((q - 1) * l);
        steps.identical(lambda * derivative(clock, "l") * exp(-l), lambda * fading);
    }
    Judgement form;
    form.evidence.push_back(from_steps(
        "constant modulator (exact algebra)",
        "s_j Z_j = const makes theta_j' = -(c/(2 beta)) grad_j E with one factor: Lemma D.1 with M "
        "= 2 lambda I, C = 3, int lambda = infinity. E is a sum of exponentials of polynomials in "
        "the coordinates, analytic; the spheres are compact",
        steps, Truth::True, scope, effort));
    return both(std::move(form), std::move(convergence));
}

void add_constant_modulator(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "sec3/lojasiewicz-constant-modulator";
    claim.printed.words = {{"energy", "analytic"}};
    claim.printed.numbers = {{"decay", 0}};
    claim.printed.latex =
        "s_jZ_j = \\text{const} > 0 \\implies \\Theta(t) \\to \\Theta^*,\\ \\nabla E(\\Theta^*) = "
        "0 \\quad (E \\text{ analytic})";
    claim.check = check_constant_modulator;
    claim.faults = {
        fault("E smooth instead of analytic", claim.printed, "energy", std::string("smooth")),
        fault("1/(s Z) = c/(1+t)^2", claim.printed, "decay", Rational(2)),
        fault("1/(s Z) = c/(1+t)^3", claim.printed, "decay", Rational(3)),
        fault("1/(s Z) = c/(1+t)^4", claim.printed, "decay", Rational(4)),
    };
    claim.depends_on = {"appD/lemma-d1", "appD.3/lemma-d1-on-sphere", "sec3/gradient-condition"};
    claim.witness = gradient_flow_witness;
    claim.note = "const is one positive constant for all tokens and times. The theorem cited in "
                 "the sentence is the case M = I of Lemma D.1; it rests on Lojasiewicz' gradient "
                 "inequality, which is not proved here";
    registry.add(std::move(claim));
}

// --- all schemes --------------------------------------------------------------------------------

/// nGPT, two tokens, Q = K = V = I, alpha_t = 1/(1+t)^2: gamma' <= 2 alpha (1 - gamma^2), so that
/// y = (1+gamma)/(1-gamma) stays below y(0) e^4 and gamma does not come near 1.
Judgement integrable_alpha(const Effort& effort)
{
    auto p = symbolic_point();
    p.n = Expr(2);
    const Expr gamma = sym("gamma");
    const Expr velocity = model::NGPT::gamma_dot(p);
    const Expr unit = velocity.substitute("alpha", Expr(1));
    const Expr bound = 2 * (1 - pow(gamma, 2));
    const Expr t = sym("t");
    StepsOnRanges steps;
    const Ranges pair = {{"beta", from(0)}, {"gamma", between(0, 1)}};
    steps.identical(velocity, sym("alpha") * unit);
    steps.at_least(bound, unit, pair);
    steps.at_least(unit, Expr(0), pair);
    // y' = 2 gamma'/(1-gamma)^2, and with the bound 4 y.
    const Expr y = (1 + gamma) / (1 - gamma);
    steps.identical(derivative(y, "gamma") * bound, 4 * y);
    steps.identical(derivative(1 - 1 / (1 + t), "t"), 1 / pow(1 + t, 2));
    Judgement judgement;
    const std::string shows = "gamma grows from 0 and stays below (e^4 - 1)/(e^4 + 1) < 1, where "
                              "grad E is not 0: the limit is no critical point";
    judgement.evidence.push_back(
        from_steps("two tokens (exact algebra)",
                   "nGPT with int alpha = 1: 0 <= gamma' <= 2 alpha_t (1 - gamma^2), ln((1+gamma)/"
                   "(1-gamma)) grows by at most 4; "
                       + shows,
                   steps, Truth::False,
                   {ScopeKind::All, "n = 2, d >= 2, all beta > 0, gamma(0) = 0"}, effort));
    judgement.counterexample =
        ledger::Counterexample{{{"scheme", "ngpt"},
                                {"n", "2"},
                                {"d", "2"},
                                {"beta", "every beta > 0"},
                                {"theta(0)", "e_1, e_2"},
                                {"alpha_t", "1/(1+t)^2"}},
                               shows,
                               "attest trajectory --scheme ngpt --n 2 "
                               "--beta 1 --alpha '1/(1+t)^2' --until t=1000"};
    return judgement;
}

/// Two tokens at e_1 under weights that meet the condition: whether they rest without being a
/// critical point of E. V e_1 = e_1 and (Q^T K + K^T Q) e_1 not along e_1.
std::optional<Judgement> resting_without_gradient(const WeightCondition& condition,
                                                  const Effort& effort)
{
    for (const Weights& w : example_weights()) {
        if (!condition.met_by(w) || w.V(1, 0) != 0) {
            continue;
        }
        const Matrix<Rational> S = w.Q.transpose() * w.K;
        const Rational slope = S(0, 1) + S(1, 0); // second coordinate of (S + S^T) e_1
        if (slope == 0) {
            continue;
        }
        // E = -4 e^{beta score}; along e_2 at theta_1 the four scores change by 2 slope in all.
        const Expr lhs = -(2 * Expr(slope)) * exp(Expr(Rational(S(0, 0))));
        Judgement judgement;
        const std::string shows = fmt::format("P V e_1 = 0, so the tokens rest; the derivative of "
                                              "E along e_2 at theta_1 is {} e^({})",
                                              to_string(Rational(-2 * slope)), to_string(S(0, 0)));
        judgement.evidence.push_back({"explicit weights",
                                      shows,
                                      Truth::False,
                                      Strength::Exact,
                                      {ScopeKind::Points, "Post-LN, n = d = 2, beta = 1"}});
        attach(judgement, effort, proof::point_certificate(lhs, "!=", Expr(0), {}));
        judgement.counterexample = ledger::Counterexample{{{"scheme", "post-ln"},
                                                           {"weights", describe(w)},
                                                           {"beta", "1"},
                                                           {"theta(0)", "e_1, e_1"}},
                                                          shows,
                                                          {}};
        return judgement;
    }
    return std::nullopt;
}

/// Table 2's s_j with r_j = q_j (1+t) after the change of time d tau = rate dt: constant in t and
/// alpha_t; formulas "rate <scheme>".
Judgement check_clocks(const Statement& statement, const Effort& effort)
{
    std::vector<Judgement> parts;
    const Expr t = sym("t");
    for (const std::string_view scheme : model::scheme_names) {
        const Expr s = speed_factor_of(scheme);
        const Expr& rate = statement.formulas.at("rate " + std::string(scheme));
        const Expr factor =
            (s * rate).substitute("late", Expr(1)).substitute("r", sym("q") * (1 + t));
        // Against its value at t = 0, alpha = 1.
        const Expr start = factor.substitute("t", Expr(0)).substitute("alpha", Expr(1));
        const std::vector<Instance> later = {
            {{{"scheme", std::string(scheme)},
              {"t", "3"},
              {"alpha_t", "5"},
              {"|A_j|", "1/2"},
              {"r_j", "2(1+t)"}},
             {{"t", 3}, {"alpha", 5}, {"normA", Rational(1, 2)}, {"q", 2}},
             {}}};
        parts.push_back(decide_reduced(
            relation_part(factor, "=", start), effort,
            {"s_j dtau/dt depends on q_j and |A_j| alone: between positive constants where these "
             "are; with Z_j between n e^{-beta L} and n e^{beta L}, L = max |<Q theta, K theta'>|",
             {},
             {}},
            later, {ScopeKind::All, "all six schemes, all t, alpha_t > 0, t > tau for Mix-LN"}));
        if (parts.back().counterexample) {
            return parts.back();
        }
        // Between two later times; at t = 0 the rate may have no value.
        const Expr twice = factor.substitute("t", 2 * t + 1);
        Judgement between_times =
            decide_at_instances(relation_part(factor, "=", twice), effort, later);
        if (between_times.counterexample) {
            return between_times;
        }
        Judgement forward = decide_at_instances(relation_part(Expr(0), "<", rate), effort, later);
        if (forward.counterexample) {
            return forward;
        }
    }
    return all_of(parts);
}

Judgement check_extension(const Statement& statement, const Effort& effort)
{
    const PrecisionScope precision(bits_for_digits(effort.digits));
    const WeightCondition condition(statement.words.at("weights"));
    if (statement.words.at("alpha") == "any") {
        Judgement judgement = integrable_alpha(effort);
        if (const auto more = resting_without_gradient(condition, effort);
            more && !effort.control) {
            judgement.evidence.push_back(more->evidence.front());
        }
        return judgement;
    }
    if (std::optional<Judgement> refuted = resting_without_gradient(condition, effort)) {
        return std::move(*refuted);
    }
    Judgement clocks = check_clocks(statement, effort);
    if (clocks.counterexample) {
        return clocks;
    }
    const Scope scope{ScopeKind::All,
                      fmt::format("all n, d, beta > 0, weights with V = Q^T K = K^T Q, under the "
                                  "conditions on alpha_t, q_j, |A_j|, {}",
                                  lojasiewicz_hypothesis)};
    Judgement convergence =
        decide_convergence(lemma_hypotheses(statement.words.at("energy")), effort, scope);
    if (convergence.counterexample) {
        return convergence;
    }
    // The clocks grow without bound: their primitives.
    const Expr t = sym("t");
    const Expr u = sym("u");
    StepsOnRanges steps;
    const auto primitive = [&](const std::string& scheme, const Expr& F) {
        const Expr& rate = statement.formulas.at("rate " + scheme);
        const Expr slope = derivative(F, "t");
        if (is_true(proof::identical(slope, rate))) {
            steps.identical(slope, rate);
        } else { // a positive multiple of it (check_clocks)
            steps.identical(derivative(rate / slope, "t"), Expr(0));
        }
    };
    primitive("post-ln", t);
    primitive("sqrt-scaling", 2 * sqrt(t + 1));
    for (const std::string scheme : {"pre-ln", "mix-ln", "peri-ln"}) {
        primitive(scheme, log(1 + t));
    }
    // q_j = r_j/(1+t) is bounded: r_j' <= |A_j| <= 1 (Peri-LN: 1) and r_j(0) give r_j <= r_0 + t.
    steps.at_least(1 + u, (1 + u + t) / (1 + t), {{"u", from(0)}, {"t", from(0)}});
    const bool slopes = condition.implies("V", "Q^T K") && condition.implies("V", "K^T Q");
    Judgement divergence;
    divergence.evidence.push_back(from_steps(
        "clocks (exact algebra)",
        "the integrals of the rates are t, 2 sqrt(t+1), ln(1+t), unbounded; for nGPT int alpha = "
        "infinity is a hypothesis. q_j <= max(1, r_j(0)) with |V| <= 1, and in general bounded "
        "because |A_j| is; q_j and |A_j| are bounded below by hypothesis",
        steps, slopes ? Truth::True : Truth::Unknown, scope, effort));
    return both(both(std::move(clocks), std::move(divergence)), std::move(convergence));
}

void add_extension(ledger::Registry& registry)
{
    const Expr t = sym("t");
    Claim claim;
    claim.id = "sec3/lojasiewicz-extends";
    claim.printed.words = {
        {"alpha", "any"}, {"weights", "K Q^T = Q K^T = V"}, {"energy", "analytic"}};
    claim.printed.formulas = {{"rate post-ln", Expr(1)},    {"rate sqrt-scaling", 1 / sqrt(t + 1)},
                              {"rate ngpt", sym("alpha")},  {"rate pre-ln", 1 / (1 + t)},
                              {"rate mix-ln", 1 / (1 + t)}, {"rate peri-ln", 1 / (1 + t)}};
    claim.printed.latex =
        "\\text{every trajectory of (NA), for all six schemes of Table 2 and every } \\alpha_t, "
        "\\text{ converges to a critical point of } E";
    claim.amended = claim.printed;
    claim.amended->words.at("alpha") = "positive with divergent integral";
    claim.amended->words.at("weights") = "V = Q^T K = K^T Q";
    claim.amended->latex =
        "V = Q^\\top K = K^\\top Q: \\text{ every trajectory of Post-LN and sqrt-scaling, of nGPT "
        "with } \\alpha_t > 0,\\ \\int_0^\\infty\\alpha = \\infty,\\ \\inf|A_j| > 0, \\text{ of "
        "Pre-LN and Mix-LN with } \\inf_{j,t} r_j/(1+t) > 0, \\text{ of Peri-LN with both infima "
        "positive, converges to a critical point of } E";
    claim.check = check_extension;
    const Statement& holds = *claim.amended;
    claim.faults = {
        fault("every alpha_t", holds, "alpha", std::string("any")),
        fault("K Q^T = Q K^T = V", holds, "weights", std::string("K Q^T = Q K^T = V")),
        fault("V = Q^T K only", holds, "weights", std::string("V = Q^T K")),
        fault("E smooth instead of analytic", holds, "energy", std::string("smooth")),
        fault("sqrt-scaling: rate 1/(t+1)", holds, "rate sqrt-scaling", 1 / (t + 1)),
        fault("nGPT: rate 1/alpha_t", holds, "rate ngpt", 1 / sym("alpha")),
        fault("Pre-LN: rate 1", holds, "rate pre-ln", Expr(1)),
        fault("Peri-LN: rate 1/(1+t)^2", holds, "rate peri-ln", 1 / pow(1 + t, 2)),
    };
    claim.depends_on = {"appD/lemma-d1", "appD.3/lemma-d1-on-sphere", "sec3/gradient-condition",
                        "appD.3/remark/post-ln"};
    claim.witness = gradient_flow_witness;
    claim.note =
        "fails twice: an integrable alpha_t, which Table 1 allows, stops nGPT on the way, and "
        "under "
        "the weights as Section 3 prints them Post-LN may rest where grad E is not 0. Theorem "
        "3.1's "
        "event liminf r_j' = 0 is where the third hypothesis, inf r_j/(1+t) > 0, may be missing; "
        "whether convergence fails there is not decided";
    registry.add(std::move(claim));
}

} // namespace

void add_lojasiewicz(ledger::Registry& registry)
{
    add_constant_modulator(registry);
    add_extension(registry);
}

} // namespace attest::theorems

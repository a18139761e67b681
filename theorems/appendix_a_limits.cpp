// Appendix A: limits of gamma and r, the rates of epsilon = 1 - gamma, and the steps from these
// rates to the terminal column of Theorem 4.1.
#include "attest/proof/certificates.hpp"
#include "theorems/convergence.hpp"
#include "theorems/leading_terms.hpp"
#include "theorems/limit_plots.hpp"
#include "theorems/span.hpp"
#include "theorems/terminal_law.hpp"
#include "theorems/units.hpp"
#include "theorems/witnesses.hpp"

#include "attest/numbers/precision.hpp"
#include "attest/proof/algebra.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

Claim convergence_claim(const std::string& id, const std::string& scheme, const std::string& latex,
                        std::map<std::string, Rational> numbers)
{
    Claim claim;
    claim.id = id;
    claim.printed.latex = latex;
    claim.printed.words = {{"scheme", scheme}};
    claim.printed.numbers = std::move(numbers);
    claim.check = decide_terminal_limits;
    for (const auto& [name, value] : claim.printed.numbers) {
        for (const Rational& other :
             {Rational(value * Rational(999999, 1000000)),
              Rational(value * Rational(1000001, 1000000)), Rational(value / 2)}) {
            claim.faults.push_back(fault(fmt::format("limit of {} -> {}", name, to_string(other)),
                                         claim.printed, name, other));
        }
    }
    claim.witness = symmetric_state_witness;
    return claim;
}

// --- rates of epsilon --------------------------------------------------------------------------

/// epsilon' ~ -factor epsilon/r: "lhs" -> "rhs" as gamma -> 1; for Pre-LN also r/t ->
/// numbers["r/t"].
Judgement check_epsilon_rate(const Statement& statement, const Effort& effort)
{
    for (const char* side : {"lhs", "rhs"}) {
        require_value(
            statement.formulas.at(side),
            {{"gamma", Rational(1, 3)}, {"n", 5}, {"beta", 1}, {"r", 2}, {"t", 3}, {"alpha", 1}},
            "gamma = 1/3, n = 5, beta = 1");
    }
    Judgement limit = decide_limit_at_one(statement, effort);
    if (!statement.words.contains("scheme") || limit.counterexample) {
        return limit;
    }
    Judgement growth = decide_terminal_limits(statement, effort);
    // The exact routes of the two limits together prove the statement.
    const auto exact_of = [](const Judgement& judgement) {
        return judgement.evidence.back().outcome;
    };
    Judgement both;
    both.counterexample = growth.counterexample;
    both.evidence = {
        {"exact algebra and Gronwall",
         limit.evidence.back().detail + "; " + growth.evidence.back().detail,
         exact_of(limit) && exact_of(growth),
         Strength::Exact,
         {ScopeKind::All, "all n >= 2, beta >= 0, r(0) > 0"}},
        growth.evidence.front(),
    };
    both.evidence.back().outcome = both.evidence.back().outcome && limit.evidence.front().outcome;
    for (const LimitPlot& plot : limit.evidence.front().plots) {
        attach_plot(both.evidence.back(), plot);
    }
    for (const Judgement* part : {&limit, &growth}) {
        const auto& more = part->evidence.back().certificates;
        auto& all = both.evidence.front().certificates;
        all.insert(all.end(), more.begin(), more.end());
    }
    return both;
}

void add_epsilon_rates(ledger::Registry& registry)
{
    const auto p = symbolic_point();
    Claim post;
    post.id = "appA/post-ln/epsilon-rate";
    post.printed.latex = "\\dot\\varepsilon(t) \\sim -2\\varepsilon(t)";
    post.printed.formulas = {{"lhs", model::PostLN::gamma_dot(p) / (1 - p.gamma)},
                             {"rhs", Expr(2)}};
    post.check = check_epsilon_rate;
    post.faults = faults_of(post.printed, "rhs");
    post.depends_on = {"appA/post-ln/monotone-limit"};
    post.witness = symmetric_state_witness;
    registry.add(std::move(post));

    Claim pre;
    pre.id = "appA/pre-ln/epsilon-rate";
    pre.printed.latex =
        "\\dot\\varepsilon(t) \\sim -2\\varepsilon(t)/r(t) \\sim -2\\varepsilon(t)/t";
    pre.printed.formulas = {{"lhs", p.r * model::PreLN::gamma_dot(p) / (1 - p.gamma)},
                            {"rhs", Expr(2)}};
    pre.printed.words = {{"scheme", "pre-ln"}};
    pre.printed.numbers = {{"gamma", 1}, {"r/t", 1}};
    pre.check = check_epsilon_rate;
    pre.faults = faults_of(pre.printed, "rhs");
    pre.faults.push_back(fault("r ~ t -> r ~ 2t", pre.printed, "r/t", Rational(2)));
    pre.faults.push_back(
        fault("r ~ t -> r ~ 1000001/1000000 t", pre.printed, "r/t", Rational(1000001, 1000000)));
    pre.depends_on = {"appA/pre-ln/limits"};
    pre.witness = symmetric_state_witness;
    registry.add(std::move(pre));
}

// --- from a rate to a law ----------------------------------------------------------------------

/// A route of its own for "decay", "solution", "law": along every solution of epsilon' = -decay
/// epsilon the quotient R = gamma'/law has R'/R = decay'/decay - decay - law'/law = D. If D = 0, R
/// is constant; if D ~ c t^p, p >= -1, c != 0, then |log R| tends to infinity; for p < -1 R
/// converges.
enum class RatioCourse { Constant, Converges, Diverges, Unknown };

struct RatioGrowth {
    RatioCourse course = RatioCourse::Unknown;
    Expr D;
};

RatioGrowth ratio_growth(const Expr& decay, const Expr& law)
{
    const Expr D = derivative(decay, "t") / decay - decay - derivative(law, "t") / law;
    if (is_true(proof::identical(D, Expr(0)))) {
        return {RatioCourse::Constant, Expr(0)};
    }
    const Expr tidied = tidy(D);
    // t^3 D^2 -> 0: |D| <= t^(-3/2) from some t on.
    const Expr far = 1 / (1 - sym("gamma"));
    if (is_true(
            proof::limit_at_one((pow(sym("t"), 3) * pow(tidied, 2)).substitute("t", far), Expr(0))
                .outcome)) {
        return {RatioCourse::Converges, tidied};
    }
    const std::optional<Growth> how = growth(tidied, {{"t", monomial(Ball(1), {1, 0, 0})}});
    if (!how || how->coefficient.contains_zero()) {
        return {RatioCourse::Unknown, tidied};
    }
    const Rational& p = how->powers[0];
    const bool logarithms = how->powers[1] != 0 || how->powers[2] != 0;
    return {p > -1 || (p == -1 && !logarithms) ? RatioCourse::Diverges
            : p < -1                           ? RatioCourse::Converges
                                               : RatioCourse::Unknown,
            tidied};
}

/// The solution of epsilon' = -decay epsilon does not follow the law; or "solution" does not solve.
std::optional<Judgement> refuted_decay(const Statement& statement, const RatioGrowth& ratio,
                                       const Effort& effort)
{
    const Expr& decay = statement.formulas.at("decay");
    const Expr& solution = statement.formulas.at("solution");
    Judgement judgement;
    if (ratio.course == RatioCourse::Diverges) {
        judgement.evidence.push_back(
            {"logarithmic derivative (exact algebra)",
             fmt::format("along the solutions of epsilon' = -({}) epsilon the quotient R = "
                         "gamma'/law has R'/R = {}, which is not integrable at infinity and keeps "
                         "its sign: R tends to 0 or to infinity",
                         decay.text(), ratio.D.text()),
             Truth::False,
             Strength::Exact,
             {ScopeKind::All, "every C > 0, for the solution of epsilon' = -decay epsilon"}});
        judgement.counterexample =
            ledger::Counterexample{{{"epsilon(t)", "exp(-int decay dt), decay = " + decay.text()}},
                                   "gamma'/law has the logarithmic derivative " + ratio.D.text()
                                       + " and no limit in (0, infinity)",
                                   replay_command(ratio.D, Expr(0), {{"t", 100}})};
        if (ratio.D.symbols().empty()) {
            judgement.counterexample->replay = replay_command(ratio.D, Expr(0), {});
        }
        return judgement;
    }
    const Expr rate = derivative(solution, "t");
    if (is_true(proof::identical(rate, -decay * solution))) {
        return std::nullopt;
    }
    for (const long t : {1L, 2L, 5L}) {
        const PrecisionScope precision(256);
        const proof::Point point = {{"t", t}};
        const Expr claimed = -decay * solution;
        const std::map<std::string, Ball> at = {{"t", Ball(t)}};
        if (is_false(equal(rate.evaluate<Ball>(at), claimed.evaluate<Ball>(at)))) {
            judgement.evidence.push_back(
                {"the solution of the rate",
                 fmt::format("{} is no solution of epsilon' = -({}) epsilon", solution.text(),
                             decay.text()),
                 Truth::False,
                 Strength::Enclosed,
                 {ScopeKind::Points, fmt::format("t = {}", t)}});
            judgement.counterexample = ledger::Counterexample{{{"t", std::to_string(t)}},
                                                              "the derivative of " + solution.text()
                                                                  + " is not -decay times it",
                                                              replay_command(rate, claimed, point)};
            attach(judgement, effort, proof::point_certificate(rate, "!=", claimed, point));
            return judgement;
        }
    }
    return std::nullopt;
}

/// gamma' = decay epsilon of a positive epsilon against a law of the other sign: R' = D R keeps the
/// sign of R where D = 0 or is integrable.
std::optional<Judgement> refuted_by_sign(const Statement& statement, const Effort& effort)
{
    const Expr& decay = statement.formulas.at("decay");
    const Expr& law = statement.formulas.at("law");
    const Expr quotient = decay / law;
    const PrecisionScope precision(256);
    const proof::Point point = restricted_to({{"t", 100}}, {quotient});
    const Ball value = proof::evaluate_at(quotient, point);
    if (!value.is_finite()) {
        throw DomainError("decay/law has no value at t = 100");
    }
    if (!is_true(is_negative(value))) {
        return std::nullopt;
    }
    const RatioCourse course = ratio_growth(decay, law).course;
    if (course != RatioCourse::Constant && course != RatioCourse::Converges) {
        return std::nullopt;
    }
    Judgement judgement = with({}, {"signs of decay and law",
                                    "along the solution of epsilon' = -decay epsilon the quotient "
                                    "gamma'/law is negative at t = 100 and keeps its sign",
                                    Truth::False,
                                    Strength::Enclosed,
                                    {ScopeKind::All, "every C > 0"}});
    judgement.counterexample =
        ledger::Counterexample{{{"t", "100"}},
                               "gamma'/law is negative: it has no limit in (0, infinity)",
                               replay_command(quotient, Expr(0), point)};
    attach(judgement, effort, proof::point_certificate(quotient, "<", Expr(0), point));
    return judgement;
}

Judgement check_inference(const Statement& statement, const Effort& effort)
{
    if (std::optional<Judgement> refuted = refuted_by_sign(statement, effort)) {
        return *refuted;
    }
    Judgement judgement = decide_decay_inference(statement, effort);
    if (judgement.counterexample || ledger::judge(judgement).verdict == ledger::Verdict::Holds) {
        return judgement;
    }
    const RatioGrowth ratio =
        ratio_growth(statement.formulas.at("decay"), statement.formulas.at("law"));
    if (std::optional<Judgement> refuted = refuted_decay(statement, ratio, effort)) {
        return *refuted;
    }
    if (statement.words.at("error") == "integrable" && ratio.course == RatioCourse::Converges) {
        judgement.evidence.push_back(
            {"logarithmic derivative (exact algebra)",
             fmt::format("\"solution\" solves the rate, and R = decay solution/law has R'/R = {}, "
                         "which is integrable: R converges to a positive constant. ln(eps/B) "
                         "converges where the error is integrable",
                         ratio.D.text()),
             Truth::True,
             Strength::Exact,
             {ScopeKind::All, "every epsilon(t) that satisfies the premise"}});
    }
    return judgement;
}

void add_inference(ledger::Registry& registry, const std::string& id, const std::string& premise,
                   const std::string& conclusion, const Expr& decay, const Expr& solution,
                   const Expr& law, const std::string& times, const std::string& terminal_id)
{
    Claim claim;
    claim.id = id;
    claim.printed.latex = "\\text{for every } \\varepsilon > 0:\\quad " + premise
                          + " \\;\\Rightarrow\\; " + conclusion;
    claim.printed.formulas = {{"decay", decay}, {"solution", solution}, {"law", law}};
    claim.printed.words = {{"error", "vanishing"}, {"times", times}};
    claim.amended = claim.printed;
    claim.amended->words.at("error") = "integrable";
    claim.amended->latex =
        "\\text{for every } \\varepsilon > 0:\\quad \\dot\\varepsilon = -" + decay.latex()
        + "\\,\\varepsilon\\,(1 + \\delta(t)),\\ \\delta(t) \\to 0,\\ \\int^\\infty |"
        + decay.latex() + "\\,\\delta(t)|\\,dt < \\infty \\;\\Rightarrow\\; " + conclusion;
    claim.check = check_inference;
    const Expr t = sym("t");
    claim.faults = {
        fault("law divided by t", *claim.amended, "law", law / t),
        fault("law times t", *claim.amended, "law", law * t),
        fault("law to the power 1000001/1000000", *claim.amended, "law",
              exp(Expr(Rational(1000001, 1000000)) * log(law))),
        fault("law to the power 2", *claim.amended, "law", law * law),
        fault("premise weakened to a vanishing error", *claim.amended, "error",
              std::string("vanishing")),
    };
    claim.witness = "epsilon(t) = " + solution.text();
    claim.note = "read as an inference from its premise alone; the conclusion itself is decided by "
                 + terminal_id + ", where the error of the premise is O(epsilon), hence integrable";
    registry.add(std::move(claim));
}

// --- nGPT --------------------------------------------------------------------------------------

/// gamma'/(printed velocity) -> 1 as t -> 0 for every alpha_t in words["alphas"].
Judgement check_ngpt_initial(const Statement& statement, const Effort& effort)
{
    auto start = symbolic_point();
    start.gamma = 0;
    start.alpha = sym("alpha0");
    Statement identity;
    identity.formulas = {{"lhs", model::NGPT::gamma_dot(start)},
                         {"rhs", statement.formulas.at("velocity")}};
    Judgement judgement = decide_identity(identity, effort);
    for (const model::Alpha& alpha : alphas_of(statement)) {
        const PrecisionScope precision(128);
        const Ball alpha0 = alpha.formula.evaluate<Ball>({{"t", Ball(0)}});
        if (alpha0.is_exact() && alpha0.contains_zero()) {
            judgement.evidence.push_back(
                {"value at t = 0",
                 fmt::format("alpha_t = {}: the right side is 0 and no ratio to it exists",
                             alpha.formula.text()),
                 Truth::False,
                 Strength::Exact,
                 {ScopeKind::All,
                  "alpha_t = " + alpha.formula.text() + ", all n >= 2, beta >= 0"}});
            attach(judgement, effort,
                   proof::identity_certificate(
                       statement.formulas.at("velocity")
                           .substitute("alpha0", alpha.formula.substitute("t", Expr(0))),
                       Expr(0)));
            if (judgement.counterexample) {
                continue;
            }
            judgement.counterexample = ledger::Counterexample{
                {{"alpha_t", alpha.formula.text()}, {"alpha_0", "0"}},
                "gamma'(t) > 0 for t > 0 while 2 alpha_0/sqrt(e^{2 beta} + n - 1) = 0",
                fmt::format(
                    "attest trajectory --scheme ngpt --n 2 --beta 1 --alpha '{}' --until t=1",
                    alpha.formula.text())};
        }
    }
    // An identity proof alone does not cover a statement about alpha_t with alpha_0 = 0.
    if (judgement.counterexample && judgement.evidence.back().route == "value at t = 0") {
        for (Evidence& item : judgement.evidence) {
            item.carries = false;
        }
    }
    return judgement;
}

void add_ngpt_limits(ledger::Registry& registry)
{
    const auto p = symbolic_point();
    const Expr velocity = 2 * sym("alpha0") / sqrt(exp(2 * p.beta) + p.n - 1);

    Claim initial;
    initial.id = "appA/ngpt/initial-velocity";
    initial.printed.latex = "\\dot\\gamma(t) \\sim_{t\\to 0} " + velocity.latex();
    initial.printed.formulas = {{"velocity", velocity}};
    initial.printed.words = {{"alphas", "1; 1/3; 4; root; linear; sine-cosine"}};
    initial.amended = initial.printed;
    initial.amended->latex += ", \\quad \\alpha_0 \\ne 0,\\ \\alpha \\text{ continuous at } 0";
    initial.amended->words = {{"alphas", "1; 1/3; 4; 1+t; exp(-t); sine-cosine"}};
    initial.check = check_ngpt_initial;
    initial.faults = faults_of(*initial.amended, "velocity");
    initial.witness = "alpha_t = 1";
    initial.note =
        "a ratio tending to 1 needs alpha_0 != 0, which alpha_t = sqrt(t) and alpha_t = t "
        "of Figure 3 do not meet; alpha is continuous at 0";
    registry.add(std::move(initial));

    Claim limit;
    limit.id = "appA/ngpt/limit";
    limit.printed.latex =
        "\\int_0^t \\alpha_s\\,ds \\to \\infty \\;\\Rightarrow\\; \\gamma(t) \\to 1";
    limit.printed.words = {{"scheme", "ngpt"}};
    limit.printed.numbers = {{"gamma", 1}};
    limit.check = decide_terminal_limits;
    for (const Rational& other :
         {Rational(999999, 1000000), Rational(1000001, 1000000), Rational(0)}) {
        limit.faults.push_back(
            fault("limit 1 -> " + to_string(other), limit.printed, "gamma", other));
    }
    limit.witness = "alpha_t = 1";
    limit.note =
        "in the clock A = int_0^t alpha_s ds, which the hypothesis sends to infinity; by the "
        "amended "
        "bound of appA/ngpt/gronwall-bound. At beta = 0 a negative A can lead to A_j = 0, where "
        "nGPT stops to be defined: A >= 0 is assumed there";
    registry.add(std::move(limit));
}

} // namespace

void add_appendix_a_limits(ledger::Registry& registry)
{
    const Expr t = sym("t");
    registry.add(convergence_claim("appA/post-ln/monotone-limit", "post-ln",
                                   "\\gamma \\text{ increasing}, \\quad \\gamma(t) \\to 1",
                                   {{"gamma", 1}}));
    registry.add(
        convergence_claim("appA/pre-ln/limits", "pre-ln",
                          "\\gamma(t) \\to 1, \\quad \\dot r(t) \\to 1, \\quad r(t) \\sim t",
                          {{"gamma", 1}, {"r'", 1}, {"r/t", 1}}));
    registry.add(convergence_claim("appA/peri-ln/limits", "peri-ln",
                                   "\\gamma(t) \\to 1, \\quad r(t) \\sim t",
                                   {{"gamma", 1}, {"r/t", 1}}));
    registry.add(convergence_claim("appA/sqrt-scaling/limit", "sqrt-scaling", "\\gamma(t) \\to 1",
                                   {{"gamma", 1}}));
    add_epsilon_rates(registry);
    add_inference(registry, "appA/post-ln/rate-gives-terminal",
                  "\\dot\\varepsilon \\sim -2\\varepsilon", "\\dot\\gamma \\sim C e^{-2t}", Expr(2),
                  exp(-(2 * t)), exp(-(2 * t)), "10^(2k)", "thm4.1/post-ln/terminal-velocity");
    add_inference(registry, "appA/pre-ln/rate-gives-terminal",
                  "\\dot\\varepsilon \\sim -2\\varepsilon/t", "\\dot\\gamma \\sim C/t^3", 2 / t,
                  pow(t, -2), pow(t, -3), "exp(10^k)", "thm4.1/pre-ln/terminal-velocity");
    add_ngpt_limits(registry);
}

} // namespace attest::theorems

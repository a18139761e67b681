// Appendix C: its final remark against Theorem 4.1.
#include "attest/flow/clock.hpp"
#include "attest/flow/taylor_simplify.hpp"
#include "attest/numbers/precision.hpp"
#include "attest/proof/algebra.hpp"
#include "attest/proof/certificates.hpp"
#include "theorems/convergence.hpp"
#include "theorems/limit_plots.hpp"
#include "theorems/real_values.hpp"
#include "theorems/support.hpp"
#include "theorems/units.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

constexpr long remark_bits = 160;

std::string exponent_name(std::string_view scheme)
{
    return "exponent " + std::string(scheme);
}

std::string law_name(std::string_view scheme)
{
    return "law " + std::string(scheme);
}

/// Var = (1/n) sum |theta_k - mean|^2 = (1/n) sum |theta_k|^2 - |mean|^2 from the Gram matrix with
/// ones on the diagonal and gamma elsewhere.
Expr symmetric_variance()
{
    const Expr n = sym("n");
    const Expr squares = n / n;
    const Expr gram_sum = n + n * (n - 1) * sym("gamma");
    return squares - gram_sum / pow(n, 2);
}

/// Formula "V" of the statement is the variance of the symmetric configuration.
Judgement check_variance(const Statement& statement, const Effort& effort)
{
    Statement identity;
    identity.formulas = {{"lhs", symmetric_variance()}, {"rhs", statement.formulas.at("V")}};
    return decide_identity(identity, effort);
}

/// nGPT in the clock A = int alpha: dgamma/dA = law/alpha, with A in the place of t.
struct RateAndLaw {
    Expr exponent;
    Expr law;
};

RateAndLaw in_own_clock(const Statement& statement, std::string_view scheme)
{
    RateAndLaw result{statement.formulas.at(exponent_name(scheme)),
                      statement.formulas.at(law_name(scheme))};
    if (scheme == "ngpt") {
        const Expr t = sym("t");
        result.exponent = result.exponent.substitute("alphaint", t);
        result.law =
            (result.law / sym("alpha")).substitute("alphaint", t).substitute("alpha", Expr(1));
    }
    return result;
}

/// law = K E' e^{-E} for a constant K, that is law'/law = E''/E' - E'. Then int_t^infinity law =
/// K e^{-E(t)} wherever E -> infinity, so 1 - gamma ~ C K e^{-E} and -ln V/E -> 1.
std::pair<Expr, Expr> law_and_rate(const RateAndLaw& pair)
{
    // Simplified, so that a vanishing multiple of a logarithm is gone.
    const Expr slope = flow::simplify(derivative(pair.exponent, "t"));
    return {derivative(pair.law, "t") / pair.law, derivative(slope, "t") / slope - slope};
}

/// Both ratios of the six schemes over -ln(1 - gamma).
struct SchemePlots {
    LimitPlot variance{"-\\log\\mathrm{Var}/E", "-\\log(1-\\gamma)", "1", {}};
    LimitPlot velocity{"\\log\\dot\\gamma/\\log L", "-\\log(1-\\gamma)", "1", {}};
};

/// |a - b| over the larger of |a| and |b|: tends to 0 exactly where a/b tends to 1, and has a value
/// also where b is 0.
Ball relative_distance(const Ball& a, const Ball& b)
{
    return abs(a - b) / (is_true(less(abs(a), abs(b))) ? abs(b) : abs(a));
}

/// Distances |-ln V/E - 1| and |ln gamma'/ln law - 1| along one trajectory, at -ln epsilon growing
/// geometrically.
Truth along_trajectory(const Statement& statement, std::string_view scheme, long n,
                       const Rational& beta, std::optional<ledger::Counterexample>& found,
                       SchemePlots* plots)
{
    const RateAndLaw pair = in_own_clock(statement, scheme);
    model::SymmetricProblem problem;
    problem.scheme = scheme;
    problem.n = n;
    problem.beta = beta;
    const flow::SymmetricClock clock(problem);
    std::vector<Ball> of_variance;
    std::vector<Ball> of_velocity;
    Ball time;
    const auto ratios_at = [&](const Ball& depth) {
        const Ball epsilon = clock.growth_epsilon() * exp(-depth);
        time = clock.time_at(epsilon);
        const std::map<std::string, Ball> at = {
            {"t", time}, {"n", Ball(n)}, {"gamma", 1 - epsilon}};
        // V contains 1 - gamma as a factor: evaluate it there without cancellation.
        const Ball V = statement.formulas.at("factor").evaluate<Ball>(at) * epsilon;
        return std::pair(-log(V) / pair.exponent.evaluate<Ball>(at),
                         log(clock.gamma_dot_at(epsilon)) / log(pair.law.evaluate<Ball>(at)));
    };
    if (plots != nullptr) {
        Course variance;
        variance.label = scheme;
        Course velocity = variance;
        for (const Ball& depth : decades(1, 14, 2)) {
            const auto [first, second] = ratios_at(depth);
            add_point(variance, depth, first);
            add_point(velocity, depth, second);
        }
        add_course(plots->variance, std::move(variance));
        add_course(plots->velocity, std::move(velocity));
    }
    for (long k = 2; k <= 14; k += 3) {
        const Ball epsilon = clock.growth_epsilon() * exp(-Ball(pow(Rational(10), k)));
        time = clock.time_at(epsilon);
        const std::map<std::string, Ball> at = {
            {"t", time}, {"n", Ball(n)}, {"gamma", 1 - epsilon}};
        for (const Expr& formula : {pair.exponent, pair.law}) {
            const std::optional<Expr> negative = negative_argument(formula, at);
            if (negative && !found) {
                found = ledger::Counterexample{
                    {{"scheme", std::string(scheme)}, {"t", time.to_string(6)}},
                    fmt::format("{} has no real value: {} is negative", formula.text(),
                                negative->text()),
                    {}};
            }
            if (negative) {
                return Truth::False;
            }
        }
        const Ball gamma_dot = clock.gamma_dot_at(epsilon);
        const Ball law = pair.law.evaluate<Ball>(at);
        if (law.is_exact() && law.contains_zero() && is_true(less(Ball(0), gamma_dot))) {
            if (!found) {
                found = ledger::Counterexample{
                    {{"scheme", std::string(scheme)}, {"t", time.to_string(6)}},
                    fmt::format("gamma' is {} and every multiple of the law is 0",
                                gamma_dot.to_string(6)),
                    {}};
            }
            return Truth::False;
        }
        const Ball V = statement.formulas.at("factor").evaluate<Ball>(at) * epsilon;
        of_variance.push_back(relative_distance(-log(V), pair.exponent.evaluate<Ball>(at)));
        // The law is one up to a constant, of either sign.
        of_velocity.push_back(relative_distance(log(gamma_dot), log(abs(law))));
    }
    const Truth variance = shrinks_to_zero(of_variance);
    const Truth velocity = shrinks_to_zero(of_velocity);
    if (is_false(variance && velocity) && !found) {
        found = ledger::Counterexample{
            {{"scheme", std::string(scheme)}, {"n", std::to_string(n)}, {"beta", to_string(beta)}},
            fmt::format("{} is off its limit 1 by {} at t = {}",
                        is_false(variance) ? "-ln V/exponent" : "ln gamma'/ln law",
                        (is_false(variance) ? of_variance : of_velocity).back().to_string(8),
                        time.to_string(6)),
            fmt::format("attest terminal --scheme {} --n {} --beta {}", scheme, n,
                        to_string(beta))};
    }
    return variance && velocity;
}

/// Formulas: "V" over n and gamma, "factor" with V = factor (1 - gamma), and for each scheme
/// "exponent S" (the remark's V = e^{-exponent (1+o(1))}) and "law S" (Theorem 4.1's gamma' ~ C
/// law). The statement: V is the variance, and each exponent is that of int_t^infinity law.
Judgement check_remark_exponents(const Statement& statement, const Effort& effort)
{
    const PrecisionScope precision(remark_bits);
    Judgement variance = check_variance(statement, effort);
    Judgement judgement;
    judgement.counterexample = variance.counterexample;
    Truth identity = Truth::Unknown;
    for (const Evidence& item : variance.evidence) {
        identity =
            item.route == "exact algebra" || is_false(item.outcome) ? item.outcome : identity;
    }
    const Expr& V = statement.formulas.at("V");
    const Expr product = statement.formulas.at("factor") * (1 - sym("gamma"));
    const Truth factored = proof::identical(V, product);
    if (!is_true(factored)) {
        Statement split;
        split.formulas = {{"lhs", V}, {"rhs", product}};
        Judgement other = decide_identity(split, effort);
        if (other.counterexample) {
            return other;
        }
    }
    Truth trajectories = Truth::True;
    SchemePlots plots;
    const std::vector<std::pair<long, Rational>> points =
        effort.control ? std::vector<std::pair<long, Rational>>{{3, 1}}
                       : std::vector<std::pair<long, Rational>>{{2, 0}, {3, 1}, {128, 9}, {256, 5}};
    if (!is_false(identity)) {
        for (const std::string_view scheme : model::scheme_names) {
            for (const auto& [n, beta] : points) {
                if (is_false(trajectories)) {
                    break;
                }
                trajectories =
                    trajectories
                    && along_trajectory(statement, scheme, n, beta, judgement.counterexample,
                                        !effort.control && n == 3 ? &plots : nullptr);
            }
        }
    }
    judgement.evidence.push_back(
        {"trajectories (quadrature in balls)",
         "-ln V/exponent -> 1 and ln gamma'/ln law -> 1 for the six schemes, followed to "
         "1 - gamma = exp(-1e14), and V = factor (1 - gamma) by algebra",
         trajectories && identity && factored,
         Strength::Enclosed,
         {ScopeKind::Points,
          "(n, beta) in {(2, 0), (3, 1), (128, 9), (256, 5)}, r_0 = tau = 1; nGPT in its clock "
          "int alpha"},
         std::nullopt,
         true,
         remark_bits});
    attach_plot(judgement.evidence.back(), std::move(plots.variance));
    attach_plot(judgement.evidence.back(), std::move(plots.velocity));
    if (is_false(judgement.evidence.back().outcome)) {
        return judgement;
    }
    Truth algebra = identity && factored;
    std::vector<std::string> open;
    std::vector<std::pair<Expr, Expr>> identities = {{symmetric_variance(), V}, {V, product}};
    for (const std::string_view scheme : model::scheme_names) {
        identities.push_back(law_and_rate(in_own_clock(statement, scheme)));
        const Truth here = proof::identical(identities.back().first, identities.back().second);
        if (!is_true(here)) {
            open.emplace_back(scheme);
        }
        algebra = algebra && (is_true(here) ? Truth::True : Truth::Unknown);
    }
    judgement.evidence.push_back(
        {"exact algebra",
         open.empty() ? "V is the variance; law'/law = E''/E' - E' for the six exponents E, so the "
                        "law integrates to a constant times e^{-E}"
                      : fmt::format("not proved for {}", fmt::join(open, ", ")),
         algebra,
         Strength::Exact,
         {ScopeKind::All, "every n >= 2, beta >= 0, r_0, tau > 0, and alpha_t with int alpha -> "
                          "infinity, given the laws of Theorem 4.1"}});
    for (const auto& [lhs, rhs] : identities) {
        if (is_true(algebra)) {
            attach(judgement, effort, proof::identity_certificate(lhs, rhs));
        }
    }
    return judgement;
}

void add_remark(ledger::Registry& registry)
{
    const Expr t = sym("t");
    const Expr n = sym("n");
    const Expr A = sym("alphaint");
    Claim claim;
    claim.id = "appC/remark-vs-thm4.1";
    claim.printed.latex =
        "\\mathrm{Var} = \\tfrac{n-1}{n}(1-\\gamma) = e^{-E(t)(1+o(1))} \\text{ with } "
        "\\dot\\gamma "
        "\\sim C L(t),\\ (E, L) = (2t, e^{-2t}),\\ (2\\log t, t^{-3}) \\text{ (Pre, Mix, Peri)},\\ "
        "(2\\smallint\\alpha, \\alpha_t e^{-2\\smallint\\alpha}),\\ (4\\sqrt t, "
        "e^{-4\\sqrt t}/\\sqrt t)";
    claim.printed.formulas = {{"V", (n - 1) / n * (1 - sym("gamma"))}, {"factor", (n - 1) / n}};
    auto& formulas = claim.printed.formulas;
    for (const std::string_view scheme : model::scheme_names) {
        formulas[exponent_name(scheme)] = 2 * log(t);
        formulas[law_name(scheme)] = 1 / pow(t, 3);
    }
    formulas[exponent_name("post-ln")] = 2 * t;
    formulas[law_name("post-ln")] = exp(-2 * t);
    formulas[exponent_name("ngpt")] = 2 * A;
    formulas[law_name("ngpt")] = sym("alpha") * exp(-2 * A);
    formulas[exponent_name("sqrt-scaling")] = 4 * sqrt(t);
    formulas[law_name("sqrt-scaling")] = exp(-4 * sqrt(t)) / sqrt(t);
    claim.check = check_remark_exponents;
    const auto plant = [&](const std::string& name, const std::string& change,
                           const Expr& formula) {
        claim.faults.push_back(fault(name + ": " + change, claim.printed, name, formula));
    };
    plant("exponent post-ln", "2t -> t", t);
    plant("exponent post-ln", "2 -> 2000001/1000000", Expr(Rational(2000001, 1000000)) * t);
    plant("exponent pre-ln", "2 log t -> 3 log t", 3 * log(t));
    plant("exponent peri-ln", "2 log t -> 2 sqrt t", 2 * sqrt(t));
    plant("exponent mix-ln", "2 log t -> log t", log(t));
    plant("exponent ngpt", "2 int alpha -> int alpha", A);
    plant("exponent sqrt-scaling", "4 sqrt t -> 2 sqrt t", 2 * sqrt(t));
    plant("exponent sqrt-scaling", "4 sqrt t -> 4 t", 4 * t);
    plant("law pre-ln", "t^-3 -> t^-2", 1 / pow(t, 2));
    plant("law sqrt-scaling", "e^{-4 sqrt t} -> e^{-2 sqrt t}", exp(-2 * sqrt(t)) / sqrt(t));
    plant("V", "(n-1)/n -> n/(n-1)", n / (n - 1) * (1 - sym("gamma")));
    plant("V", "(n-1)/n -> 1", 1 - sym("gamma"));
    for (const std::string_view scheme : model::scheme_names) {
        claim.depends_on.push_back(fmt::format("thm4.1/{}/terminal-velocity", scheme));
    }
    claim.witness = "n = 2 orthonormal tokens e_1, e_2 in R^2, r_0 = 1";
    claim.note =
        "agree in exponent is read as: the remark's V and the integral of Theorem 4.1's law "
        "from t to infinity have logarithms whose ratio tends to 1; for nGPT with int alpha "
        "-> infinity";
    registry.add(std::move(claim));
}

} // namespace

void add_appendix_c(ledger::Registry& registry)
{
    add_remark(registry);
}

} // namespace attest::theorems

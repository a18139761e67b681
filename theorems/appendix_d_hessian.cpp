// Appendix D.3, Step 4: critical points of the energy that are not synchronised are unstable.
#include "attest/proof/algebra.hpp"
#include "theorems/circle_criterion.hpp"
#include "theorems/critical_points.hpp"
#include "theorems/instability.hpp"
#include "theorems/named_vectors.hpp"
#include "theorems/obstacle.hpp"
#include "theorems/reduction.hpp"
#include "theorems/units.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

/// Coefficient of one pair theta, phi with <theta, phi> = c in twice -E: the second derivative of
/// e^{beta <theta(t), phi(t)>}/beta over e^{beta c} at t = 0, as a polynomial in x = <v, theta> and
/// y = <v, phi>, when both tokens leave along great circles in the directions P v of one vector v.
Expr pair_variation()
{
    const Expr x = sym("x");
    const Expr y = sym("y");
    const Expr t = sym("t");
    const Expr beta = sym("beta");
    InnerProducts table;
    table.set("theta", "theta", Expr(1));
    table.set("phi", "phi", Expr(1));
    table.set("v", "v", Expr(1));
    table.set("theta", "phi", sym("c"));
    table.set("theta", "v", x);
    table.set("phi", "v", y);
    const auto moved = [&](const std::string& name) {
        const Combination token = Combination::of(name);
        const Combination tangent = project(table, token, Combination::of("v"));
        return token + t * tangent - (t * t / 2 * inner(table, tangent, tangent)) * token;
    };
    const Expr cosine = inner(table, moved("theta"), moved("phi"));
    const Expr first = derivative(cosine, "t");
    // d^2 e^{beta c(t)} = e^{beta c} (beta^2 c'^2 + beta c'').
    return (beta * first * first + derivative(first, "t")).substitute("t", Expr(0));
}

/// The sum over an orthonormal basis v: x^2 and y^2 sum to 1, x y to c, 1 to d.
Expr summed_over_basis(const Expr& polynomial)
{
    const Expr d = sym("d");
    return d
           * mean_over_tokens(polynomial, {"x", "y"})
                 .substitute("mean_x2", 1 / d)
                 .substitute("mean_y2", 1 / d)
                 .substitute("mean_x_y", sym("c") / d);
}

Expr trace_formula()
{
    const Expr c = sym("c");
    return 2 * (1 - c) * (sym("beta") * (1 - c) * (1 + c) + sym("d") - 2 - c);
}

std::vector<Instance> trace_instances()
{
    std::vector<Instance> instances;
    for (const auto& [d, c, beta] : std::vector<std::tuple<long, Rational, Rational>>{
             {3, 0, 1}, {2, Rational(1, 2), 3}, {5, Rational(-3, 5), Rational(1, 7)}, {4, -1, 2}}) {
        instances.push_back({{{"d", std::to_string(d)},
                              {"<theta_j, theta_k>", to_string(c)},
                              {"beta", to_string(beta)}},
                             {{"d", d}, {"c", c}, {"beta", beta}},
                             {}});
    }
    return instances;
}

/// A configuration that satisfies the hypotheses as worded and is not unstable as claimed: beta =
/// 1, settled by the signs of h' between its tokens, h'(x) = e^{beta c}(c - beta(1 - c^2)), c = cos
/// x.
std::optional<Obstacle> obstacle_to(const Statement& statement)
{
    const std::string& points = statement.words.at("points");
    const std::string& direction = statement.words.at("direction");
    const Expr e = exp(Expr(1));
    const auto at = [](const std::string& d, const std::string& theta) {
        return std::vector<std::pair<std::string, std::string>>{
            {"d", d}, {"theta", theta}, {"beta", "1"}};
    };
    if (statement.numbers.at("least_d") < 2) {
        return Obstacle{at("1", "1, -1"),
                        "f_j = tanh 1 > 0, not synchronised, and no tangent direction exists",
                        (e - 1 / e) / (e + 1 / e), ">", Expr(0)};
    }
    if (points == "critical") {
        return Obstacle{at("2", "e_1, e_1"),
                        "the second variation of -E is -h'(0) (u_1 - u_2)^2 <= 0, h'(0) = e", e,
                        ">", Expr(0)};
    }
    if (points == "not synchronised") {
        const Expr c{Rational(4, 5)};
        return Obstacle{at("2", "e_1, (4 e_1 + 3 e_2)/5"),
                        "the second variation of -E is -h' (u_1 - u_2)^2 <= 0 with h' > 0",
                        exp(c) * (c - (1 - c * c)), ">", Expr(0)};
    }
    if (direction == "one token") {
        return Obstacle{at("2", "e_1, e_1, -e_1, -e_1"),
                        "the second variation of -E along one token alone is -(h'(0) + 2 h'(pi)) "
                        "< 0",
                        e - 2 / e, ">", Expr(0)};
    }
    if (direction == "every") {
        return Obstacle{at("2", "e_1, -e_1"),
                        "turning both tokens together does not change E: its second variation is "
                        "not positive",
                        Expr(0), "<=", Expr(0)};
    }
    return std::nullopt;
}

const Expr& derived_trace()
{
    static const Expr derived = summed_over_basis(pair_variation());
    return derived;
}

const Ranges& trace_ranges()
{
    static const Ranges ranges = {{"c", between(-1, 1)}, {"beta", from(0)}, {"d", from(3)}};
    return ranges;
}

const CircleCriterion& circle_criterion()
{
    static const CircleCriterion criterion = prove_circle_criterion();
    return criterion;
}

/// d >= 3: the trace over the directions u_j = P_j v is positive.
Judgement decide_trace(const Statement& statement, const Effort& effort)
{
    const Expr& trace = statement.formulas.at("trace");
    const Scope scope{ScopeKind::All, "all n, d >= 3, beta >= 0, directions"};
    Judgement judgement = decide_reduced(
        relation_part(trace, "=", derived_trace()), effort,
        {"second derivative along great circles in the directions P_j v, summed over an "
         "orthonormal basis v; one pair j, k, over its weight e^{beta c}",
         {},
         {}},
        trace_instances(), scope);
    if (judgement.counterexample) {
        return judgement;
    }
    const Expr quotient = trace / (1 - sym("c"));
    const proof::AlgebraicProof positive = greater_on(quotient, Expr(0), trace_ranges());
    Evidence sign{"sign of the trace",
                  "every pair's term over 1 - c is positive for c in [-1, 1), d >= 3, beta >= 0: "
                  "the sum over the basis is positive unless all tokens are equal, so some v gives "
                  "a direction of positive second variation of -E",
                  positive.outcome, Strength::Exact, scope};
    judgement.evidence.push_back(sign);
    attach(judgement, effort, at_least_certificate_on(quotient, Expr(0), trace_ranges(), positive));
    return judgement;
}

/// d = 2: the gap criterion and the exact steps from it.
Evidence decide_circle()
{
    const CircleCriterion& criterion = circle_criterion();
    std::vector<ledger::Certificate> certificates;
    const Truth steps = circle_steps(certificates);
    Evidence evidence{
        "gap criterion on the circle",
        fmt::format("h = sin x e^{{beta cos x}}, h' < 0 beyond tau: left over right of "
                    "tau int max(h''', 0) < 4 (1 + tau/(2 pi)) h'(0) is at most {} for all beta "
                    "in [0, inf), on {} boxes; were every cut of a critical point stable, at most "
                    "one gap between neighbours could exceed tau, and the trapezoidal rule on the "
                    "gaps would give the opposite inequality",
                    criterion.largest_ratio.to_string(4), criterion.boxes),
        criterion.outcome && steps,
        Strength::Enclosed,
        {ScopeKind::All, "all n >= 2, d = 2, beta >= 0"}};
    evidence.certificates = std::move(certificates);
    return evidence;
}

Judgement check_hessian(const Statement& statement, const Effort& effort)
{
    if (const std::optional<Obstacle> found = obstacle_to(statement)) {
        return judged_by(*found, effort);
    }
    Judgement judgement = decide_trace(statement, effort);
    if (judgement.counterexample) {
        return judgement;
    }
    Truth together = Truth::True;
    for (Evidence& item : judgement.evidence) {
        item.carries = false;
        together = together && item.outcome;
    }
    if (statement.numbers.at("least_d") < 3) {
        Evidence circle = decide_circle();
        together = together && circle.outcome;
        circle.carries = false;
        judgement.evidence.push_back(std::move(circle));
    }
    judgement.evidence.push_back(
        {"trace for d >= 3, gaps for d = 2",
         "a direction u with positive second variation of -E at every critical point that is not "
         "synchronised; Lemma D.3 turns it into a positive eigenvalue of -diag(1/(f_j g_j)) Hess E",
         together,
         Strength::Enclosed,
         {ScopeKind::All, "all n >= 2, d >= 2, beta >= 0, f_j > 0"}});
    judgement.evidence.push_back(critical_point_survey(effort));
    return judgement;
}

} // namespace

Truth unstable_unless_synchronised()
{
    const proof::AlgebraicProof positive =
        greater_on(trace_formula() / (1 - sym("c")), Expr(0), trace_ranges());
    std::vector<ledger::Certificate> certificates;
    return proof::identical(trace_formula(), derived_trace()) && positive.outcome
           && circle_criterion().outcome && circle_steps(certificates);
}

void add_appendix_d_hessian(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "appD.3/step4/hessian";
    claim.printed.formulas = {{"trace", trace_formula()}};
    claim.printed.numbers = {{"least_d", 2}};
    claim.printed.words = {{"points", "critical, not synchronised"}, {"direction", "some"}};
    claim.printed.latex =
        "\\nabla E(\\Theta^*) = 0,\\ \\Theta^* \\text{ not synchronised},\\ f_j > 0,\\ d \\ge 2 "
        "\\implies -\\mathrm{diag}\\Bigl(\\tfrac1{f_jg_j}\\Bigr)\\mathrm{Hess}\\,E \\text{ has a "
        "positive eigenvalue}; \\quad d \\ge 3: \\sum_v \\frac{d^2(-2E)}{dt^2} = \\sum_{j,k}"
        "e^{\\beta c_{jk}}\\,"
        + trace_formula().latex() + ",\\ c = c_{jk}";
    claim.check = check_hessian;
    claim.faults = {
        fault("d = 1 allowed", claim.printed, "least_d", Rational(1)),
        fault("synchronised points too", claim.printed, "points", "critical"),
        fault("points that are not critical too", claim.printed, "points", "not synchronised"),
        fault("one token alone is unstable", claim.printed, "direction", "one token"),
        fault("every direction is unstable", claim.printed, "direction", "every"),
        fault("d - 1 in the trace", claim.printed, "trace", trace_formula() + 2 * (1 - sym("c"))),
        fault("trace of half the directions", claim.printed, "trace", trace_formula() / 2),
    };
    const std::vector<Fault> near = faults_of(claim.printed, "trace");
    claim.faults.insert(claim.faults.end(), near.begin(), near.end());
    claim.witness = "n = 2, d = 2, theta = (e_1, -e_1), beta = 1: f_j = tanh 1, the difference of "
                    "the tokens has second variation 2/e";
    claim.depends_on = {"appD/lemma-d3"};
    claim.note =
        "d >= 3 needs no criticality: the trace is positive at every configuration that is not "
        "synchronised. At beta = 0 the energy is read as its limit -(1/2) sum <theta_j, theta_k>. "
        "The criterion for d = 2 is that of Polyanskiy, Rigollet and Yao, proved here again for "
        "all beta >= 0";
    registry.add(std::move(claim));
}

} // namespace attest::theorems

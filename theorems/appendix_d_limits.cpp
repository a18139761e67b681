// Appendix D: Lemma D.1, and what its proof says about limits.
#include "attest/numbers/precision.hpp"
#include "attest/proof/algebra.hpp"
#include "attest/proof/certificates.hpp"
#include "theorems/gradient_systems.hpp"
#include "theorems/lemma_d1.hpp"
#include "theorems/reduction.hpp"
#include "theorems/units.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

Evidence steps_evidence(const std::string& route, const std::string& detail,
                        const StepsOnRanges& steps, Truth outcome, const Scope& scope,
                        const Effort& effort)
{
    Evidence item{route, detail, is_true(steps.outcome()) ? outcome : Truth::Unknown,
                  Strength::Exact, scope};
    if (!effort.control) {
        item.certificates = steps.certificates();
    }
    return item;
}

Judgement refuted_by_example(const std::string& route, const StepsOnRanges& steps,
                             std::vector<std::pair<std::string, std::string>> what,
                             const std::string& shows, const Effort& effort)
{
    Judgement judgement;
    judgement.evidence.push_back(
        steps_evidence(route, shows, steps, Truth::False,
                       {ScopeKind::Points, "one explicit function, all t >= 0"}, effort));
    judgement.counterexample = ledger::Counterexample{
        std::move(what), shows, "attest verify appD/lemma-d1/velocity-to-zero"};
    return judgement;
}

// --- Lemma D.1 itself ---------------------------------------------------------------------------

Statement lemma_words()
{
    Statement statement;
    statement.words = {{"energy", "analytic"},
                       {"clock", "diverges"},
                       {"lower", "lambda"},
                       {"upper", "C lambda"},
                       {"path", "compact"}};
    return statement;
}

void add_gradient_convergence(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "appD/lemma-d1";
    claim.printed = lemma_words();
    claim.printed.latex =
        "C\\lambda I \\succ M \\succ \\lambda I,\\ \\int_0^\\infty\\lambda = \\infty,\\ E \\text{ "
        "analytic},\\ \\{x(t)\\} \\text{ compact},\\ \\dot x = -M\\nabla E(x) \\implies x(t) \\to "
        "x^*,\\ \\nabla E(x^*) = 0";
    claim.check = [](const Statement& statement, const Effort& effort) {
        return decide_convergence(statement, effort,
                                  all_systems(std::string(", ") + lojasiewicz_hypothesis));
    };
    claim.faults = {
        fault("int lambda may converge", claim.printed, "clock", std::string("any")),
        fault("E smooth instead of analytic", claim.printed, "energy", std::string("smooth")),
        fault("M >= 0 instead of M > lambda I", claim.printed, "lower", std::string("none")),
        fault("no upper bound of M", claim.printed, "upper", std::string("none")),
        fault("path not compact", claim.printed, "path", std::string("any")),
    };
    claim.depends_on = {"appD/lemma-d1/time-change", "appD/lemma-d1/energy-decrease",
                        "appD/lemma-d1/gradient-to-zero"};
    claim.witness = lemma_d1_witness;
    claim.note =
        "proved with (f^{1-alpha})' in place of the dyadic intervals: it needs no alpha > 1/2, no "
        "square root of C K and no limit of x', so that the lemma holds although three lines of "
        "its printed proof do not. A compact path is one with compact closure in U. Lojasiewicz' "
        "inequality is the one thing that is not checked";
    registry.add(std::move(claim));
}

// --- x' -> 0 ------------------------------------------------------------------------------------

/// v is a sum of triangles of height 1 and width 2^-k around t = k, k = 1, 2, ...
Judgement spikes(const Effort& effort)
{
    StepsOnRanges steps;
    const Expr s = sym("s");
    const Expr width = sym("width");
    // The right half of a triangle: v = 1 - 2s/width for 0 <= s <= width/2, int v^2 = width/6.
    const Expr side = 1 - 2 * s / width;
    const Expr primitive = -width / 6 * pow(side, 3);
    steps.identical(derivative(primitive, "s"), pow(side, 2));
    steps.identical(primitive.substitute("s", width / 2) - primitive.substitute("s", Expr(0)),
                    width / 6);
    // Sum of 2^-k/3 to k = K is (1 - 2^-K)/3, from K to K + 1, and never above 1/3.
    const Expr w = sym("w"); // 2^-K
    steps.identical((1 - w) / 3 + w / 2 / 3, (1 - w / 2) / 3);
    steps.identical((1 - Expr(1)) / 3, Expr(0));
    steps.at_least(Expr(Rational(1, 3)), (1 - w) / 3, {{"w", between(0, 1)}});
    // The tip.
    steps.identical(side.substitute("s", Expr(0)), Expr(1));
    Rational sum = 0;
    bool partial = true;
    Rational power = 1;
    for (int k = 1; k <= 60; ++k) {
        power /= 2;
        sum += power / 3;
        partial = partial && sum == (1 - power) / 3;
    }
    Judgement judgement = refuted_by_example(
        "triangular spikes (rational arithmetic)", steps,
        {{"v(t)", "max(0, 1 - 2^{k+1}|t - k|) near t = k, k = 1, 2, ...; 0 elsewhere"}},
        "v is Lipschitz on every bounded interval, int v^2 = sum 2^{-k}/3 = 1/3, and v(k) = 1 for "
        "every k",
        effort);
    judgement.evidence.back().outcome =
        partial ? judgement.evidence.back().outcome : Truth::Unknown;
    return judgement;
}

/// E = x^2/2, C = 2, M = 5/4 for t < 1 and 7/4 after it: x' jumps at t = 1.
Judgement jump(const Effort& effort)
{
    StepsOnRanges steps;
    const Expr t = sym("t");
    const Expr before = exp(Expr(Rational(-5, 4)) * t);
    const Expr after = exp(Expr(Rational(1, 2)) - Expr(Rational(7, 4)) * t);
    steps.identical(derivative(before, "t"), Expr(Rational(-5, 4)) * before);
    steps.identical(derivative(after, "t"), Expr(Rational(-7, 4)) * after);
    const auto at_one = [](const Expr& x) { return x.substitute("t", Expr(1)); };
    steps.identical(at_one(before), at_one(after));
    const Expr left = at_one(derivative(before, "t"));
    const Expr right = at_one(derivative(after, "t"));
    steps.identical(right / left, Expr(Rational(7, 5)));
    return refuted_by_example("a modulator with a jump", steps,
                              {{"E", "x^2/2"},
                               {"M(t)", "5/4 for t < 1, 7/4 for t >= 1"},
                               {"lambda", "1"},
                               {"C", "2"},
                               {"x(0)", "1"}},
                              "Lemma D.1 asks for no continuity of M: x'(1+) = (7/5) x'(1-), so x' "
                              "is not continuous",
                              effort);
}

/// A bounded Lipschitz function that is not square integrable: v = 1.
Judgement constant_function(const Effort& effort)
{
    StepsOnRanges steps;
    steps.identical(derivative(Expr(1) * sym("t"), "t"), Expr(1)); // int_0^t 1 = t
    return refuted_by_example("the constant function", steps, {{"v(t)", "1"}},
                              "bounded and Lipschitz, and no limit 0", effort);
}

/// |v| >= h at t0 and |v'| <= L give int v^2 >= h^3/(3L) from t0 on.
void add_lipschitz_steps(StepsOnRanges& steps)
{
    const Expr h = sym("h");
    const Expr L = sym("L");
    const Expr s = sym("s");
    const Expr primitive = -pow(h - L * s, 3) / (3 * L);
    steps.identical(derivative(primitive, "s"), pow(h - L * s, 2));
    steps.identical(primitive.substitute("s", h / L) - primitive.substitute("s", Expr(0)),
                    pow(h, 3) / (3 * L));
}

/// |(grad E(x(t)))'| = |Hess E M grad E| <= H C G on the compact path; |x'| <= C |grad E|.
void add_gradient_is_lipschitz(StepsOnRanges& steps)
{
    const Expr C = sym("C");
    const Expr m = 1 + sym("more");
    // Eigenvalue by eigenvalue: (m g)^2 <= (C g)^2 with C = m + above.
    steps.at_least(pow((m + sym("above")) * sym("g"), 2), pow(m * sym("g"), 2),
                   {{"more", from(0)}, {"above", from(0)}, {"g", from(0)}});
    // |Hess v| <= H |v|, |v| <= C |grad E|, |grad E| = G - rest.
    const Expr gradient = sym("gradient");
    steps.at_least(sym("H") * (C * (gradient + sym("rest"))), sym("H") * (C * gradient),
                   {{"H", from(0)}, {"C", from(1)}, {"gradient", from(0)}, {"rest", from(0)}});
}

/// words: "function" ("x'" or "grad E(x(t))") has the "regularity" under the lemma's hypotheses,
/// and a function with it that is "integrability" ("L2" or "bounded") tends to 0.
Judgement check_velocity_to_zero(const Statement& statement, const Effort& effort)
{
    const auto word = [&](const std::string& name) { return statement.words.at(name); };
    const bool lipschitz = word("regularity") == "Lipschitz";
    if (!lipschitz && word("regularity") != "absolutely continuous"
        && word("regularity") != "continuous") {
        throw InputError("regularity '" + word("regularity")
                         + "' is unknown: must be continuous, absolutely continuous or Lipschitz");
    }
    if (word("integrability") != "L2") {
        return constant_function(effort);
    }
    if (!lipschitz) {
        Judgement judgement = spikes(effort);
        if (word("function") == "x'" && !effort.control) {
            judgement.evidence.push_back(jump(effort).evidence.front());
        }
        return judgement;
    }
    if (word("function") == "x'") {
        return jump(effort);
    }
    StepsOnRanges steps;
    add_gradient_is_lipschitz(steps);
    add_lipschitz_steps(steps);
    Judgement judgement;
    judgement.evidence.push_back(steps_evidence(
        "exact algebra",
        "grad E(x(t)) has the Lipschitz constant L = H C G (H, G the maxima of |Hess E| and |grad "
        "E| on the compact path); where it is h at t_0, int |grad E|^2 from t_0 on is at least "
        "h^3/(3L), and these tails tend to 0; |x'| <= C |grad E|",
        steps, Truth::True, all_systems(", reduced to C I > M > I"), effort));
    return judgement;
}

void add_velocity(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "appD/lemma-d1/velocity-to-zero";
    claim.printed.words = {
        {"function", "x'"}, {"regularity", "absolutely continuous"}, {"integrability", "L2"}};
    claim.printed.latex = "\\dot x \\text{ absolutely continuous},\\ \\dot x \\in L_2([0, "
                          "\\infty)) \\implies \\dot x \\to 0";
    claim.amended = claim.printed;
    claim.amended->words.at("function") = "grad E(x(t))";
    claim.amended->words.at("regularity") = "Lipschitz";
    claim.amended->latex =
        "\\nabla E(x(t)) \\text{ Lipschitz in } t,\\ \\nabla E(x(t)) \\in L_2([0, \\infty)) "
        "\\implies \\nabla E(x(t)) \\to 0 \\text{ and } |\\dot x| \\le C\\,|\\nabla E| \\to 0";
    claim.check = check_velocity_to_zero;
    const Statement& holds = *claim.amended;
    claim.faults = {
        fault("only continuous", holds, "regularity", std::string("continuous")),
        fault("only absolutely continuous", holds, "regularity",
              std::string("absolutely continuous")),
        fault("bounded instead of L2", holds, "integrability", std::string("bounded")),
        fault("x' instead of grad E", holds, "function", std::string("x'")),
    };
    claim.depends_on = {"appD/lemma-d1/energy-decrease"};
    claim.witness = lemma_d1_witness;
    claim.note =
        "absolutely continuous on bounded intervals, as a solution of an equation may be. Read as "
        "one modulus for all of [0, infinity) the inference is right, but x' = -M grad E need not "
        "even be continuous, M being any measurable family. The conclusion x' -> 0 is true";
    registry.add(std::move(claim));
}

// --- grad E -> 0 and the uniform inequality -----------------------------------------------------

/// words["exponent"]: of the exponents alpha_i that a finite cover of the limit set has, the
/// "largest" or the "smallest" serves for all.
Judgement check_exponent(const Statement& statement, const Effort& effort)
{
    if (statement.words.at("exponent") != "largest") {
        // x^2/2 near one point (alpha = 1/2), x^4 near another (alpha = 3/4): x^4 = u^4 at x = u.
        StepsOnRanges steps;
        const Expr u = sym("u");
        steps.identical(derivative(pow(u, 4), "u"), 4 * pow(u, 3));
        // |x^4|^{1/2} = x^2 > 4 x^3 for x < 1/4, x = 1/(5 + p).
        const Expr x = 1 / (5 + sym("p"));
        steps.at_least(pow(x, 2), Expr(Rational(5, 4)) * 4 * pow(x, 3), {{"p", from(0)}});
        return refuted_by_example(
            "an explicit energy", steps,
            {{"E", "x^4 near one point of the limit set, x^2/2 near another"},
             {"alpha_i", "3/4 and 1/2"}},
            "|x^4|^{1/2} > |4x^3| for 0 < |x| < 1/4, as near as one likes to the critical point",
            effort);
    }
    StepsOnRanges steps;
    // u = |E - V| = e^{-l} <= 1: u^{a + more} <= u^a.
    const Expr l = sym("l");
    const Expr more = sym("more");
    steps.identical(exp(-(sym("a") + more) * l), exp(-sym("a") * l) * exp(-more * l));
    steps.at_least(Expr(1), 1 / (1 + sym("x")), {{"x", from(0)}}); // e^{-more l} = 1/(1 + x)
    Judgement judgement;
    judgement.evidence.push_back(steps_evidence(
        "uniform inequality (exact algebra)",
        "near each point of the compact limit set |E - V|^{alpha_i} <= c_i |grad E| with one V, "
        "the "
        "limit of f; finitely many neighbourhoods cover it. Where |E - V| <= 1 a larger exponent "
        "gives a smaller left side, and |E - V|^eta c_i <= 1 near the set takes c_i away",
        steps, Truth::True, all_systems(std::string(", ") + lojasiewicz_hypothesis), effort));
    return judgement;
}

/// E = xy and M without upper bound. The path sqrt f (e^l, e^-l) has grad E x' = f', and a
/// symmetric M > I with x' = -M grad E exists exactly where -f' > |grad E|^2 = 2 f cosh 2l: take f'
/// as twice that. Let l go from 0 to L_k with 2 f cosh 2 L_k = 1 and back, within a time that is
/// 2^-k of 1/cosh 2 L_k, k = 1, 2, ...: ln f falls by a bounded amount, and |grad E| is 1 each
/// time.
Judgement excursions(const Effort& effort)
{
    StepsOnRanges steps;
    const Expr root = sym("root"); // sqrt f
    const Expr l = sym("l");
    const Expr x = root * exp(l);
    const Expr y = root * exp(-l);
    const auto along = [&](const Expr& e) {
        return derivative(e, "root") * sym("rootdot") + derivative(e, "l") * sym("ldot");
    };
    steps.identical(y * along(x) + x * along(y), 2 * root * sym("rootdot"));
    steps.identical(pow(x, 2) + pow(y, 2), pow(root, 2) * (exp(2 * l) + exp(-2 * l)));
    // M = v v^T/(v g) + c (|g|^2 I - g g^T) maps g = (y, x) to v = -x'.
    const Expr v1 = sym("v1");
    const Expr v2 = sym("v2");
    const Expr g1 = sym("g1");
    const Expr g2 = sym("g2");
    const Expr vg = v1 * g1 + v2 * g2;
    const Expr c = sym("c");
    const Expr M11 = pow(v1, 2) / vg + c * pow(g2, 2);
    const Expr M12 = v1 * v2 / vg - c * g1 * g2;
    const Expr M22 = pow(v2, 2) / vg + c * pow(g1, 2);
    steps.identical(M11 * g1 + M12 * g2, v1);
    steps.identical(M12 * g1 + M22 * g2, v2);
    // det(M - I) = (vg/|g|^2 - 1)(c |g|^2 - 1) - rest, vg = 2|g|^2: positive for large c.
    const Expr gg = pow(g1, 2) + pow(g2, 2);
    steps.identical((M11 - 1) * (M22 - 1) - pow(M12, 2),
                    c * (vg - gg) + 1 - (pow(v1, 2) + pow(v2, 2)) / vg);
    return refuted_by_example(
        "a path of an unbounded M", steps,
        {{"E", "x y"},
         {"path", "sqrt f (e^l, e^-l), f' = -4 f cosh 2l, excursions of l to 2 f cosh 2l = 1"}},
        "|grad E| = 1 at times that tend to infinity, on a compact path with M > I and f -> 0",
        effort);
}

/// E = e^{-1/u^2} for one-dimensional u: with w = 1/u^2 the quotient |E'|/E^a = 2 w^{3/2}
/// e^{-(1-a)w} tends to 0 for every a < 1.
Judgement flat_energy(const Effort& effort)
{
    StepsOnRanges steps;
    const Expr w = sym("w");
    const Expr u = 1 / sqrt(w);
    const Expr E = exp(-pow(sym("u"), -2));
    steps.identical(derivative(E, "u").substitute("u", u), 2 * w * sqrt(w) * exp(-w));
    // e^{bw} >= (bw)^2/2, b = 1 - a: the quotient is at most 4 w^{-1/2}/b^2, below 1 for w >
    // 16/b^4.
    const Expr b = sym("b");
    const Expr far = sym("far"); // sqrt w = 4/b^2 + far
    steps.at_least(pow(b, 2) * (4 / pow(b, 2) + far), Expr(4),
                   {{"b", between(0, 1)}, {"far", from(0)}});
    return refuted_by_example("an explicit smooth energy", steps, {{"E", "e^{-1/u^2}"}},
                              "|E'| < |E|^a near u = 0 for every a < 1: no exponent serves",
                              effort);
}

Judgement check_gradient_limit(const Statement& statement, const Effort& effort)
{
    const auto one_of = [&](const char* name, const char* usual, const char* other) {
        const std::string& word = statement.words.at(name);
        if (word != usual && word != other) {
            throw InputError(fmt::format("{} '{}': must be {} or {}", name, word, usual, other));
        }
        return word == usual;
    };
    const bool analytic = one_of("energy", "analytic", "smooth");
    const bool bounded = one_of("upper", "C lambda", "none");
    if (statement.words.at("lower") == "none" || statement.words.at("clock") == "any"
        || statement.words.at("path") == "any") {
        return decide_convergence(statement, effort, all_systems());
    }
    if (!bounded) {
        return excursions(effort);
    }
    if (!analytic) {
        return flat_energy(effort);
    }
    Judgement exponent = check_exponent(statement, effort);
    if (exponent.counterexample) {
        return exponent;
    }
    Statement velocity = statement;
    velocity.words["function"] = "grad E(x(t))";
    velocity.words["integrability"] = "L2";
    Judgement limit = check_velocity_to_zero(velocity, effort);
    if (limit.counterexample) {
        return limit;
    }
    StepsOnRanges steps;
    // |grad E|^2 <= -f', so that int |grad E|^2 <= f(0) - inf f.
    steps.at_least((1 + sym("more")) * pow(sym("g"), 2), pow(sym("g"), 2),
                   {{"more", from(0)}, {"g", from(0)}});
    Judgement square;
    square.evidence.push_back(steps_evidence(
        "exact algebra",
        "|grad E|^2 <= -f' and f is bounded below: grad E(x(t)) is in L2. On the compact closure "
        "of the path |grad E| is bounded below away from the critical set, so that grad E -> 0 is "
        "dist -> 0",
        steps, Truth::True, all_systems(", reduced to C I > M > I"), effort));
    return both(both(std::move(limit), std::move(square)), std::move(exponent));
}

void add_gradient(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "appD/lemma-d1/gradient-to-zero";
    claim.printed = lemma_words();
    claim.printed.words["regularity"] = "Lipschitz";
    claim.printed.words["exponent"] = "largest";
    claim.printed.latex =
        "\\nabla E(x(t)) \\to 0,\\quad \\mathrm{dist}(x(t), \\{\\nabla E = 0\\}) \\to 0, \\quad "
        "|E(u) - V|^\\alpha \\le \\|\\nabla E(u)\\| \\text{ near } \\Gamma,\\ \\alpha = "
        "\\max_i\\alpha_i + \\eta";
    claim.check = check_gradient_limit;
    claim.faults = {
        fault("M >= 0 instead of M > I", claim.printed, "lower", std::string("none")),
        fault("int lambda may converge", claim.printed, "clock", std::string("any")),
        fault("path not compact", claim.printed, "path", std::string("any")),
        fault("smallest of the exponents", claim.printed, "exponent", std::string("smallest")),
        fault("from continuity and L2 alone", claim.printed, "regularity",
              std::string("continuous")),
        fault("no upper bound of M", claim.printed, "upper", std::string("none")),
        fault("E smooth instead of analytic", claim.printed, "energy", std::string("smooth")),
    };
    claim.depends_on = {"appD/lemma-d1/energy-decrease"};
    claim.witness = lemma_d1_witness;
    claim.note =
        "does not need x' -> 0, the printed reason: grad E(x(t)) itself is Lipschitz in t. The "
        "inequality at each single point is Lojasiewicz' theorem; what is checked is that one "
        "exponent serves the whole limit set. The exponents are taken below 1 and above 0";
    registry.add(std::move(claim));
}

} // namespace

void add_appendix_d_limits(ledger::Registry& registry)
{
    add_gradient_convergence(registry);
    add_velocity(registry);
    add_gradient(registry);
}

} // namespace attest::theorems

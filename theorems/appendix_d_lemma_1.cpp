// Appendix D: change of time, decrease and decay of the energy in the proof of Lemma D.1. Matrices
// are reduced to their eigenvalues: M(t) is symmetric.
#include "attest/numbers/precision.hpp"
#include "attest/proof/certificates.hpp"
#include "theorems/lemma_d1.hpp"
#include "theorems/particle_claims.hpp"
#include "theorems/reduction.hpp"
#include "theorems/units.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

/// One eigenvalue m of M with lambda < m < C lambda (lambda = 1 after Step I), gradient component
/// g.
std::vector<Instance> eigenvalue_instances()
{
    std::vector<Instance> instances;
    for (const Rational& lambda : {Rational(1, 3), Rational(1), Rational(7)}) {
        // Near either end of (1, C), C = 3, too.
        const Rational nearly(1, 1000000000);
        for (const Rational& m : {1 + nearly, Rational(11, 10), Rational(2), 3 - nearly}) {
            for (const Rational& g : {Rational(-3), Rational(1), Rational(1, 2), Rational(-1, 8)}) {
                instances.push_back({{{"lambda", to_string(lambda)},
                                      {"C", "3"},
                                      {"M", to_string(Rational(m * lambda)) + " I"},
                                      {"grad E", to_string(g)}},
                                     {{"lambda", lambda},
                                      {"C", 3},
                                      {"m", m * lambda},
                                      {"k", m},
                                      {"g", g},
                                      {"v", -m * g}},
                                     {}});
            }
        }
    }
    return instances;
}

void add_normalising_clock(ledger::Registry& registry)
{
    const Expr m = sym("m");
    const Expr lambda = sym("lambda");
    Claim claim;
    claim.id = "appD/lemma-d1/time-change";
    claim.printed.formulas = {{"modulator", m / lambda}, {"lower", Expr(1)}, {"upper", sym("C")}};
    claim.printed.latex =
        "\\tau = \\int_0^t\\lambda: \\quad \\frac{dx}{d\\tau} = -\\tilde M\\nabla "
        "E(x), \\quad \\tilde M = M/\\lambda, \\quad CI \\succ \\tilde M \\succ I";
    claim.check = [](const Statement& statement, const Effort& effort) {
        const Expr& modulator = statement.formulas.at("modulator");
        const auto decide = [&](const Expr& lhs, const std::string& relation, const Expr& rhs) {
            return decide_reduced(
                relation_part(lhs, relation, rhs), effort,
                {"in the eigenbasis of M(t): eigenvalue m = lambda + above, C lambda = m + below",
                 {{"C", (sym("m") + sym("below")) / sym("lambda")},
                  {"m", sym("lambda") + sym("above")}},
                 {{"lambda", from(0)}, {"above", from(0)}, {"below", from(0)}, {"g", from(0)}}},
                eigenvalue_instances(), all_systems());
        };
        std::vector<Judgement> parts = {
            decide(modulator, ">=", statement.formulas.at("lower")),
            decide(modulator, "<=", statement.formulas.at("upper")),
            decide((-sym("m") * sym("g")) / sym("lambda"), "=", -modulator * sym("g"))};
        return all_of(parts);
    };
    claim.faults = {
        fault("M lambda", claim.printed, "modulator", m * lambda),
        fault("M unchanged", claim.printed, "modulator", m),
        fault("M/lambda^2", claim.printed, "modulator", m / pow(lambda, 2)),
        fault("lower bound 2", claim.printed, "lower", Expr(2)),
        fault("upper bound C/2", claim.printed, "upper", sym("C") / 2),
    };
    claim.witness = lemma_d1_witness;
    claim.note = "strict because M - lambda I and C lambda I - M are definite";
    registry.add(std::move(claim));
}

void add_energy_decrease(ledger::Registry& registry)
{
    const Expr v = sym("v");
    const Expr k = sym("k");
    const Expr C = sym("C");
    Claim claim;
    claim.id = "appD/lemma-d1/energy-decrease";
    claim.printed.formulas = {
        {"form", -pow(v, 2) / k}, {"bound", -pow(v, 2) / C}, {"speed", C * pow(v, 2) / k}};
    claim.printed.latex =
        "f' = -\\dot x^\\top M^{-1}\\dot x \\le -C^{-1}|\\dot x|^2, \\quad |\\dot "
        "x|^2 \\le C|f'|, \\quad \\dot x \\in L_2([0, \\infty))";
    claim.check = [](const Statement& statement, const Effort& effort) {
        const Expr& form = statement.formulas.at("form");
        const Expr g = sym("g");
        const auto decide = [&](const Expr& lhs, const std::string& relation, const Expr& rhs,
                                const std::vector<std::pair<std::string, Expr>>& symbols) {
            return decide_reduced(relation_part(lhs, relation, rhs), effort,
                                  {"in the eigenbasis of M, coordinate by coordinate: x' = -k g, C "
                                   "= k + above, k = 1 "
                                   "+ more",
                                   symbols,
                                   {{"g", from(0)}, {"above", from(0)}, {"more", from(0)}}},
                                  eigenvalue_instances(), all_systems());
        };
        const std::vector<std::pair<std::string, Expr>> coordinates = {
            {"C", sym("k") + sym("above")}, {"v", -sym("k") * g}, {"k", 1 + sym("more")}};
        // g of either sign: nothing is assumed of how the bounds depend on v.
        std::vector<std::pair<std::string, Expr>> mirrored = coordinates;
        mirrored[1].second = sym("k") * g;
        std::vector<Judgement> parts = {decide(g * sym("v"), "=", form, {{"v", -sym("k") * g}})};
        for (const auto& symbols : {coordinates, mirrored}) {
            parts.push_back(decide(form, "<=", statement.formulas.at("bound"), symbols));
            parts.push_back(
                decide(pow(sym("v"), 2), "<=", statement.formulas.at("speed"), symbols));
        }
        return all_of(parts);
    };
    claim.faults = {
        fault("M^{-1} -> M", claim.printed, "form", -pow(v, 2) * k),
        fault("C^{-1} -> C", claim.printed, "bound", -C * pow(v, 2)),
        fault("C^{-1} -> 1", claim.printed, "bound", -pow(v, 2)),
        fault("C -> 1 in the last bound", claim.printed, "speed", pow(v, 2) / k),
        fault("sign of f'", claim.printed, "form", pow(v, 2) / k),
    };
    claim.witness = lemma_d1_witness;
    claim.depends_on = {"appD/lemma-d1/time-change"};
    claim.note = "int |x'|^2 <= C (f(0) - inf f), finite because E is bounded on the compact path";
    registry.add(std::move(claim));
}

// --- the decay of f
// --------------------------------------------------------------------------------

/// f = e^l, f' = -(f^{2 alpha} + extra): (f^{1-2 alpha})' = (1-2 alpha) f^{-2 alpha} f'.
Expr power_slope()
{
    return (1 - 2 * sym("alpha")) * exp(-2 * sym("alpha") * sym("l")) * sym("slope");
}

/// Word "alpha": "any" positive exponent that the uniform inequality may come with, or "above
/// half".
Judgement check_f_differential(const Statement& statement, const Effort& effort)
{
    const Expr& growth = statement.formulas.at("growth");
    const Expr& exponent = statement.formulas.at("exponent");
    const Expr alpha = sym("alpha");
    if (statement.words.at("alpha") == "any") {
        const proof::Point half = {{"alpha", Rational(1, 2)}};
        if (divides_by_zero(exponent, half)) {
            Judgement judgement;
            judgement.evidence.push_back({"exact evaluation at alpha = 1/2",
                                          "the exponent divides by zero",
                                          Truth::False,
                                          Strength::Exact,
                                          {ScopeKind::Points, "alpha = 1/2"}});
            // exponent = -1/denominator
            attach(judgement, effort, proof::point_certificate(2 * alpha - 1, "<=", Expr(0), half));
            judgement.counterexample = ledger::Counterexample{
                {{"E", "x^2"}, {"M", "3/2"}, {"C", "2"}, {"x(0)", "1"}, {"alpha", "1/2"}},
                "|E|^{1/2} <= |E'| holds and f = e^{-6t}, but the exponent 1/(2 alpha - 1) has no "
                "value",
                fmt::format("attest evaluate '{}' '0' --at alpha=1/2", exponent.text())};
            return judgement;
        }
    }
    std::vector<Instance> points;
    for (const Rational& a : {Rational(3, 4), Rational(2, 3), Rational(9, 10)}) {
        for (const Rational& extra : {Rational(0), Rational(1)}) {
            points.push_back({{{"alpha", to_string(a)}, {"f", "1"}, {"f'", to_string(-1 - extra)}},
                              {{"alpha", a}, {"l", 0}, {"slope", -1 - extra}},
                              {}});
        }
    }
    const Scope scope = all_systems(", alpha > 1/2, f > 0");
    const Ranges ranges = {{"a", from(0)}, {"extra", from(0)}, {"l", from(0)},
                           {"k", from(0)}, {"g", from(0)},     {"F", from(0)}};
    // alpha = 1/2 + a.
    const std::vector<std::pair<std::string, Expr>> on_curve = {
        {"alpha", Expr(Rational(1, 2)) + sym("a")},
        {"slope", -(exp((1 + 2 * sym("a")) * sym("l")) + sym("extra"))}};
    std::vector<std::pair<std::string, Expr>> below_one = on_curve;
    below_one.emplace_back("l", -sym("l"));
    const auto decide = [&](const Expr& lhs, const std::string& relation, const Expr& rhs,
                            const std::string& why,
                            const std::vector<std::pair<std::string, Expr>>& symbols,
                            const std::vector<Instance>& instances) {
        return decide_reduced(relation_part(lhs, relation, rhs), effort, {why, symbols, ranges},
                              instances, scope);
    };
    const Expr g = sym("g");
    std::vector<Judgement> parts = {
        decide(power_slope(), ">=", growth,
               "f = e^l, f' = -(f^{2 alpha} + extra), alpha = 1/2 + a, l >= 0", on_curve, points),
        decide(power_slope(), ">=", growth, "the same for f = e^{-l}", below_one, points),
        // f' = -k g^2 with k = 1 + more, g^2 = f^{2 alpha} + rest.
        decide(-(1 + sym("k")) * pow(g, 2), "<=", -pow(g, 2), "f' = -grad E^T M grad E, M > I", {},
               {}),
        decide(-(sym("F") + g), "<=", -sym("F"), "|grad E|^2 = |f|^{2 alpha} + rest", {}, {}),
        // f^{1 - 2 alpha} >= (2 alpha - 1) t: f is at most a multiple of t^{1/(1 - 2 alpha)}.
        decide(exponent * (1 - 2 * alpha), "=", Expr(1),
               "f^{1 - 2 alpha} >= (2 alpha - 1) t + f(0)^{1 - 2 alpha}: K = (2 alpha - 1)^{-1/(2 "
               "alpha - 1)} does, and f's exponent times 1 - 2 alpha is 1",
               {}, points)};
    return all_of(parts);
}

void add_f_differential(ledger::Registry& registry)
{
    const Expr alpha = sym("alpha");
    const std::string chain =
        "f' \\le -\\|\\nabla E\\|^2 \\le -|f|^{2\\alpha}, \\quad (f^{1-2\\alpha})' \\ge 2\\alpha - "
        "1, \\quad f(t) \\le K t^{-1/(2\\alpha-1)}";
    Claim claim;
    claim.id = "appD/lemma-d1/f-differential";
    claim.printed.formulas = {{"growth", 2 * alpha - 1}, {"exponent", -1 / (2 * alpha - 1)}};
    claim.printed.words = {{"alpha", "any"}};
    claim.printed.latex = chain + " \\quad\\text{(some } \\alpha)";
    claim.amended = claim.printed;
    claim.amended->words["alpha"] = "above half";
    claim.amended->latex = chain + " \\quad\\text{for } \\alpha > \\tfrac12";
    claim.check = check_f_differential;
    const Statement& holds = *claim.amended;
    claim.faults = {
        fault("growth 2 alpha", holds, "growth", 2 * alpha),
        fault("growth doubled", holds, "growth", 2 * (2 * alpha - 1)),
        fault("2 -> 2000001/1000000", holds, "growth",
              Expr(Rational(2000001, 1000000)) * alpha - 1),
        // A slower decay would be true as well: only steeper ones are faults. f' = -f^{2 alpha} has
        // exactly this exponent.
        fault("exponent doubled", holds, "exponent", -2 / (2 * alpha - 1)),
        fault("exponent times 1000001/1000000", holds, "exponent",
              -Expr(Rational(1000001, 1000000)) / (2 * alpha - 1)),
        fault("exponent less 1", holds, "exponent", -1 / (2 * alpha - 1) - 1),
        fault("alpha = 1/2 allowed", holds, "alpha", "any"),
    };
    claim.witness = lemma_d1_witness;
    claim.depends_on = {"appD/lemma-d1/energy-decrease"};
    claim.note =
        "alpha = 1/2 is the exponent at every non-degenerate critical point; there f decays "
        "exponentially. Because |f| <= 1 near the limit, alpha may always be replaced by a "
        "larger one, which the proof has to say";
    registry.add(std::move(claim));
}

} // namespace

void add_appendix_d_lemma_1(ledger::Registry& registry)
{
    add_normalising_clock(registry);
    add_energy_decrease(registry);
    add_f_differential(registry);
}

} // namespace attest::theorems

#include "theorems/gradient_systems.hpp"

#include "attest/proof/algebra.hpp"
#include "attest/proof/certificates.hpp"
#include "theorems/reduction.hpp"

#include <fmt/format.h>

#include <functional>

namespace attest::theorems {
namespace {

/// A path in closed form that solves x' = -M grad E and does not end in a critical point.
struct LostSystem {
    std::map<std::string, std::string> lacks; ///< the word that this system needs to be allowed
    std::vector<std::pair<std::string, std::string>> what;
    std::string shows;
    std::function<StepsOnRanges()> verify;
};

Ranges all_times()
{
    return {{"t", from(0)}};
}

/// The factor m of M, in one dimension: x' = -m E'(x) along the path.
void solves(StepsOnRanges& steps, const Expr& x, const Expr& m, const Expr& energy)
{
    steps.identical(derivative(x, "t"), -m * derivative(energy, "x").substitute("x", x));
}

StepsOnRanges integrable_clock()
{
    // x = 1 + 1/(1+t) -> 1, E = x^2/2, lambda = (2/3) m, C = 2.
    const Expr t = sym("t");
    StepsOnRanges steps;
    solves(steps, 1 + 1 / (1 + t), 1 / ((1 + t) * (2 + t)), pow(sym("x"), 2) / 2);
    steps.at_least(1 + 1 / (1 + t), Expr(1), all_times());
    // int_0^t lambda <= (2/3)(1 - 1/(1+t)): the derivative of the bound is at least lambda.
    steps.at_least(derivative(Expr(Rational(2, 3)) * (1 - 1 / (1 + t)), "t"),
                   Expr(Rational(2, 3)) / ((1 + t) * (2 + t)), all_times());
    return steps;
}

/// E(r, phi) = e^{-u} (1 - k sin(phi - u)), u = 1/(1 - r^2), k = 4r^4/(4r^4 + (1-r^2)^4), for r < 1
/// and 0 outside (Absil, Mahony and Andrews, SIAM J. Optim. 16, 2005). With psi = phi - u the sine
/// enters by its value 0 and slope 1 at psi = 0.
StepsOnRanges mexican_hat()
{
    const Expr r = sym("r");
    const Expr psi = sym("psi");
    const Expr gap = 1 - pow(r, 2);
    const Expr u = 1 / gap;
    const Expr k = 4 * pow(r, 4) / (4 * pow(r, 4) + pow(gap, 4));
    const Expr energy = exp(-u) * (1 - k * psi); // to first order in psi
    const auto on_path = [&](const Expr& formula) { return formula.substitute("psi", Expr(0)); };
    const Expr E_phi = on_path(derivative(energy, "psi"));
    const Expr E_r = on_path(derivative(energy, "r")) - derivative(u, "r") * E_phi;
    StepsOnRanges steps;
    // dphi/dr = (E_phi/r^2)/E_r along the gradient flow: the curve phi = 1/(1-r^2) is a trajectory.
    steps.identical(E_phi, pow(r, 2) * E_r * derivative(u, "r"));
    // E_r = -e^{-u} 2r (1-r^2)^2/(4r^4 + (1-r^2)^4) < 0: r grows all the way to 1.
    steps.identical(E_r, -exp(-u) * 2 * r * pow(gap, 2) / (4 * pow(r, 4) + pow(gap, 4)));
    return steps;
}

StepsOnRanges unbounded_path()
{
    // E = -x, M = 3/2, lambda = 1, C = 2: x = 3t/2.
    StepsOnRanges steps;
    solves(steps, Expr(Rational(3, 2)) * sym("t"), Expr(Rational(3, 2)), -sym("x"));
    return steps;
}

StepsOnRanges unbounded_modulator()
{
    // E = x^2/2 on the plane, x = 1/(1+t), y any bounded function with derivative `slope`, such as
    // sin t; M = ((a, b), (b, c)).
    const Expr t = sym("t");
    const Expr slope = sym("slope");
    const Expr x = 1 / (1 + t);
    const Expr a = 1 / (1 + t);
    const Expr b = -(1 + t) * slope;
    const Expr lambda = 1 / (2 * (1 + t));
    const Expr c = lambda + 2 * (1 + t) * pow(b, 2) + 1;
    StepsOnRanges steps;
    steps.identical(derivative(x, "t"), -a * x);
    steps.identical(slope, -b * x);
    // M - lambda I is positive definite: its first entry and its determinant.
    steps.identical((a - lambda) * (c - lambda) - pow(b, 2), lambda);
    steps.identical(a - lambda, lambda);
    // int lambda = ln(1+t)/2.
    steps.identical(derivative(log(1 + t), "t"), 2 * lambda);
    return steps;
}

StepsOnRanges resting_path()
{
    // E = x^2/2, M = 0, x = 1.
    StepsOnRanges steps;
    solves(steps, Expr(1), Expr(0), pow(sym("x"), 2) / 2);
    return steps;
}

const std::vector<LostSystem>& lost_systems()
{
    static const std::vector<LostSystem> all = {
        {{{"clock", "any"}},
         {{"E", "x^2/2 on R"},
          {"M", "1/((1+t)(2+t))"},
          {"lambda", "2M/3"},
          {"C", "2"},
          {"x(t)", "1 + 1/(1+t)"}},
         "int lambda <= 2/3, and x -> 1 where E' = 1",
         integrable_clock},
        {{{"energy", "smooth"}},
         {{"E",
           "e^{-u}(1 - k sin(phi - u)), u = 1/(1-r^2), k = 4r^4/(4r^4 + (1-r^2)^4), for r < 1; 0 "
           "for r >= 1"},
          {"M", "3/2"},
          {"lambda", "1"},
          {"C", "2"},
          {"x(t)", "phi = 1/(1-r^2)"}},
         "the path turns around the unit circle for ever and converges to no point",
         mexican_hat},
        {{{"path", "any"}},
         {{"E", "-x on R"}, {"M", "3/2"}, {"lambda", "1"}, {"C", "2"}, {"x(t)", "3t/2"}},
         "x -> infinity, and E has no critical point",
         unbounded_path},
        {{{"upper", "none"}},
         {{"E", "x^2/2 on R^2"},
          {"M", "((a, b), (b, c)), a = 1/(1+t), b = -(1+t) cos t, c = lambda + 2(1+t) b^2 + 1"},
          {"lambda", "1/(2(1+t))"},
          {"x(t)", "(1/(1+t), sin t)"}},
         "M > lambda I, int lambda = infinity, the path stays in [0, 1] x [-1, 1] and does not "
         "converge",
         unbounded_modulator},
        {{{"lower", "none"}},
         {{"E", "x^2/2 on R"}, {"M", "0"}, {"C lambda", "1"}, {"x(t)", "1"}},
         "x stays at 1 where E' = 1",
         resting_path},
    };
    return all;
}

bool allowed(const LostSystem& system, const Statement& statement)
{
    for (const auto& [name, word] : system.lacks) {
        if (statement.words.at(name) != word) {
            return false;
        }
    }
    return true;
}

/// |x'| |g| <= sqrt(C)|f'| and |g| >= f^alpha give |x'| <= -sqrt(C)/(1-alpha) (f^{1-alpha})'.
StepsOnRanges length_steps()
{
    const Expr g = sym("g");
    const Expr alpha = sym("alpha");
    const Expr C = sym("C");
    StepsOnRanges steps;
    // In the eigenbasis of M, eigenvalue m = 1 + more, C = m + above: the terms of -f', of |x'|^2
    // and of |grad E|^2.
    const Expr m = 1 + sym("more");
    const Ranges eigen = {{"more", from(0)}, {"above", from(0)}, {"g", from(0)}};
    steps.at_least((m + sym("above")) * m * pow(g, 2), pow(m * g, 2), eigen);
    steps.at_least(m * pow(g, 2), pow(g, 2), eigen);
    // |x'|^2 = C F - a >= 0 and |grad E|^2 = F - b >= 0, F = |f'|: |x'|^2 |grad E|^2 <= C F^2.
    const Expr v2 = sym("v2");
    const Expr g2 = sym("g2");
    const Expr F = g2 + sym("b");
    const Expr bound = (v2 + sym("a")) / F; // C
    steps.at_least(bound * pow(F, 2), v2 * g2,
                   {{"v2", from(0)}, {"g2", from(0)}, {"a", from(0)}, {"b", from(0)}});
    // f = e^l: (f^{1-alpha})' = (1-alpha) f^{-alpha} f'.
    const Expr f = exp(sym("l"));
    steps.identical((1 - alpha) * exp((1 - alpha) * sym("l")) * (sym("slope") / f),
                    (1 - alpha) * exp(-alpha * sym("l")) * sym("slope"));
    // |x'| = sqrt(C) F/G - rest with G = f^alpha + more: |x'| <= sqrt(C) F f^{-alpha}.
    const Expr P = sym("P"); // f^alpha
    steps.at_least(sqrt(C) * sym("F") / P, sqrt(C) * sym("F") / (P + sym("more")),
                   {{"C", from(1)}, {"F", from(0)}, {"P", from(0)}, {"more", from(0)}});
    return steps;
}

} // namespace

Judgement decide_convergence(const Statement& statement, const Effort& effort, const Scope& scope)
{
    Judgement judgement;
    for (const LostSystem& system : lost_systems()) {
        if (!allowed(system, statement)) {
            continue;
        }
        const StepsOnRanges steps = system.verify();
        Evidence item{"an exact system",
                      system.shows,
                      Truth::Unknown,
                      Strength::Exact,
                      {ScopeKind::Points, "one explicit path, all t >= 0"}};
        item.outcome = is_true(steps.outcome()) ? Truth::False : Truth::Unknown;
        if (!effort.control) {
            item.certificates = steps.certificates();
        }
        judgement.evidence.push_back(std::move(item));
        judgement.counterexample = ledger::Counterexample{system.what, system.shows, {}};
        return judgement;
    }
    const StepsOnRanges steps = length_steps();
    judgement.evidence.push_back(
        {"length of the path (exact algebra)",
         "in the time int lambda: f = E(x(t)) falls to a limit, 0 after a shift; |x'| |grad E| <= "
         "sqrt(C)|f'| and near the limit set |grad E| >= f^alpha, 1/2 <= alpha < 1, so that the "
         "length from t on is at most sqrt(C) f(t)^{1-alpha}/(1-alpha): x(t) converges. int |grad "
         "E|^2 <= f(0) and the time is unbounded: grad E vanishes at the limit",
         steps.outcome(), Strength::Exact, scope});
    if (!effort.control) {
        judgement.evidence.back().certificates = steps.certificates();
    }
    return judgement;
}

} // namespace attest::theorems

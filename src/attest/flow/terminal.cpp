#include "attest/flow/terminal.hpp"

#include "attest/flow/clock_alpha.hpp"
#include "attest/flow/clock_precision.hpp"
#include "attest/flow/clock_reduction.hpp"
#include "attest/flow/quadrature.hpp"
#include "attest/flow/symmetric_tokens.hpp"
#include "attest/flow/terminal_recorded.hpp"
#include "attest/flow/terminal_tail.hpp"

#include <algorithm>
#include <cmath>

namespace attest::flow {
namespace {

bool ends_growing(const std::string& scheme)
{
    return scheme == "pre-ln" || scheme == "mix-ln" || scheme == "peri-ln";
}

Expr law_of(const std::string& scheme)
{
    const Expr C = Expr::symbol("C");
    const Expr t = Expr::symbol("t");
    if (ends_growing(scheme)) {
        return C / pow(t, 3);
    }
    if (scheme == "ngpt") {
        return C * Expr::symbol("alpha") * exp(-2 * Expr::symbol("alphaint"));
    }
    if (scheme == "sqrt-scaling") {
        return C * exp(-4 * sqrt(t)) / sqrt(t);
    }
    return C * exp(-2 * t);
}

// Both quadratures run in l = ln q, where de/q = -dl/m and the integrands are holomorphic.

/// int_0^epsilon (e^{beta e} - 1)/(e q) de, or with the norm int_0^epsilon (norm - q)/(e q) de.
Ball arb_integral(const model::SymmetricProblem& problem, const Ball& epsilon, bool norm)
{
    const Reduction<ComplexBall> on{ComplexBall(problem.n), ComplexBall(Ball(problem.beta))};
    const Reduction<Ball> at{Ball(problem.n), Ball(problem.beta)};
    const auto integrand = [&](const ComplexBall& l) {
        const ComplexBall e = (on.n - exp(l)) / on.m();
        return norm ? on.norm_excess(e) : on.lift(e);
    };
    return integrate(integrand, log(at.q(epsilon)), log(at.n), working_bits() - quadrature_slack)
           / at.m();
}

Real mpfr_integral(const model::SymmetricProblem& problem, const Real& epsilon, bool norm)
{
    const Reduction<Real> at{Real(problem.n), to_real(problem.beta)};
    const auto integrand = [&](const Real& l) {
        const Real e = (at.n - exp(l)) / at.m();
        return norm ? at.norm_excess(e) : at.lift(e);
    };
    return integrate_tanh_sinh(integrand, Real(log(at.q(epsilon))), Real(log(at.n))).value / at.m();
}

/// C from epsilon and r where the last phase starts and the integral over it.
Ball constant_from(const model::SymmetricProblem& problem, const Ball& epsilon, const Ball& r,
                   const Ball& integral)
{
    Ball base = 2 * epsilon * exp(integral);
    if (ends_growing(problem.scheme)) {
        return base * r * r;
    }
    if (problem.scheme == "ngpt") {
        return base;
    }
    const Reduction<Ball> at{Ball(problem.n), Ball(problem.beta)};
    const Ball sphere = base * at.n / at.q(epsilon);
    return problem.scheme == "sqrt-scaling" ? sphere * exp(Ball(4)) : sphere;
}

/// Mix-LN's switching point re-enclosed without exponential integrals: one interval Newton step on
/// the clock 2 t = ln(start/e) + int (lift + m)/q, its integral by quadrature.
Ball switch_by_quadrature(const SymmetricClock& clock)
{
    const model::SymmetricProblem& problem = clock.problem();
    Ball box = clock.growth_epsilon();
    if (problem.tau == 0) {
        return box;
    }
    const Reduction<Ball> at{Ball(problem.n), Ball(problem.beta)};
    Ball centre;
    arb_get_mid_arb(centre.raw(), box.raw());
    const Ball start = clock.start_epsilon();
    const Ball t = (log(start / centre) + arb_integral(problem, start, false)
                    - arb_integral(problem, centre, false) + log(at.q(centre) / at.q(start)))
                   / Ball(2);
    // A box as wide as the residual, so that the step does not lean on the first enclosure's width.
    Ball wide = centre;
    const Ball first = (t - Ball(problem.tau)) * 2 * centre * at.q(centre) / at.z(centre);
    arb_add_error(wide.raw(), Ball(4 * abs(first)).raw());
    Ball image = centre + (t - Ball(problem.tau)) * 2 * wide * at.q(wide) / at.z(wide);
    if (arb_contains(wide.raw(), image.raw()) == 0) {
        throw Undecidable("Mix-LN's switching point is not certified by quadrature");
    }
    return image;
}

ConstantRoute closed_form(const SymmetricClock& clock)
{
    ConstantRoute route{"exponential integrals (Arb)", clock.terminal_constant(), true, 0};
    route.digits = route.value.certified_digits();
    return route;
}

ConstantRoute rigorous_quadrature(const SymmetricClock& clock)
{
    const model::SymmetricProblem& problem = clock.problem();
    const bool norm = problem.scheme == "ngpt";
    const Ball epsilon =
        problem.scheme == "mix-ln" ? switch_by_quadrature(clock) : clock.start_epsilon();
    Ball centre;
    arb_get_mid_arb(centre.raw(), epsilon.raw());
    const Reduction<Ball> at{Ball(problem.n), Ball(problem.beta)};
    Ball integral = arb_integral(problem, centre, norm);
    if (!epsilon.is_exact()) {
        const Ball slope = norm ? at.norm_excess(epsilon) : at.lift(epsilon);
        integral += (epsilon - centre) * slope / at.q(epsilon);
    }
    ConstantRoute route{
        "rigorous quadrature (Arb)",
        constant_from(problem, epsilon, Ball(starting_magnitude(problem)), integral), true, 0};
    route.digits = route.value.certified_digits();
    return route;
}

/// The integral alone by MPFR; the constant from it in balls, because its exponent can exceed
/// MPFR's.
ConstantRoute numeric_quadrature(const SymmetricClock& clock, const Ball& enclosure)
{
    const model::SymmetricProblem& problem = clock.problem();
    const Rational epsilon = 1 - problem.gamma0;
    const Real integral = mpfr_integral(problem, to_real(epsilon), problem.scheme == "ngpt");
    ConstantRoute route{
        "tanh-sinh quadrature (MPFR)",
        constant_from(problem, Ball(epsilon), Ball(starting_magnitude(problem)), Ball(integral)),
        false, 0};
    route.digits = shared_digits(route.value, enclosure);
    return route;
}

} // namespace

long shared_digits(const Ball& value, const Ball& enclosure)
{
    const Ball distance = abs(value / enclosure - Ball(1));
    if (!distance.is_finite()) {
        return 0;
    }
    const Ball digits = -log(distance) / log(Ball(10));
    return digits.is_finite()
               ? std::clamp(static_cast<long>(std::floor(digits.lower().convert_to<double>())), 0L,
                            enclosure.certified_digits())
               : enclosure.certified_digits(); // the value lies inside
}

Truth agreement(const std::vector<ConstantRoute>& routes, const Ball& constant, long digits)
{
    Truth agree = Truth::True;
    for (const ConstantRoute& route : routes) {
        agree =
            agree
            && truth_of(route.rigorous ? route.value.overlaps(constant) : route.digits >= digits);
    }
    return agree;
}

AlphaGrowth alpha_growth(const model::Alpha& alpha)
{
    if (const auto monomial = alpha_monomial(alpha)) {
        return monomial->factor > 0 && monomial->exponent > 0 ? AlphaGrowth::Diverges
                                                              : AlphaGrowth::Fails;
    }
    // Their integrals, (5/16) sin 4t - (t/4) cos 4t and (t/4) sin 4t + (3/16)(1 - cos 4t), tend to
    // -infinity along t = k pi/2 and t = (4k+3) pi/8.
    if (alpha.formula == model::Alpha::sine_cosine().formula
        || alpha.formula == model::Alpha::cosine_sine().formula) {
        return AlphaGrowth::Fails;
    }
    return AlphaGrowth::Conditional;
}

TerminalLaw terminal(const model::SymmetricProblem& problem, const TerminalOptions& options)
{
    model::validate(problem);
    if (model::is_own(problem.scheme)) {
        return own_terminal(problem, options);
    }
    TerminalLaw result;
    result.problem = problem;
    if (problem.scheme == "ngpt") {
        result.alpha_growth = alpha_growth(problem.alpha);
        if (result.alpha_growth == AlphaGrowth::Fails) {
            result.condition = "int_0^t alpha_s ds does not tend to +infinity for alpha_t = "
                               + problem.alpha.formula.text()
                               + ", so gamma does not tend to 1 and there is no terminal law";
            return result;
        }
        if (result.alpha_growth == AlphaGrowth::Conditional) {
            result.condition = "provided that int_0^t alpha_s ds tends to +infinity for alpha_t = "
                               + problem.alpha.formula.text();
        }
    }
    result.law = law_of(problem.scheme);
    struct Found {
        std::vector<ConstantRoute> routes;
    };
    Found found =
        with_rising_precision(options.digits, bits_lost_to_beta(problem), "terminal constant", [&] {
            const SymmetricClock clock(problem);
            Found f;
            f.routes.push_back(rigorous_quadrature(clock));
            if (problem.scheme == "ngpt") {
                f.routes.push_back(numeric_quadrature(clock, f.routes.front().value));
            } else {
                f.routes.insert(f.routes.begin(), closed_form(clock));
            }
            const bool enough =
                std::all_of(f.routes.begin(), f.routes.end(),
                            [&](const ConstantRoute& r) { return r.digits >= options.digits; });
            return enough ? std::optional<Found>(std::move(f)) : std::nullopt;
        });
    result.routes = std::move(found.routes);
    const auto best =
        std::max_element(result.routes.begin(), result.routes.end(),
                         [](const ConstantRoute& a, const ConstantRoute& b) {
                             return a.rigorous != b.rigorous ? b.rigorous : a.digits < b.digits;
                         });
    result.constant = best->value;
    result.digits = best->digits;
    result.routes_agree = agreement(result.routes, result.constant, options.digits);
    if (options.with_tail) {
        add_tail(result, options.tail_decades);
    }
    return result;
}

} // namespace attest::flow

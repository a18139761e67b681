#include "attest/flow/terminal_recorded.hpp"

#include "attest/flow/clock_alpha.hpp"
#include "attest/flow/clock_precision.hpp"
#include "attest/flow/quadrature.hpp"
#include "attest/flow/scheme_clock.hpp"
#include "attest/flow/taylor_simplify.hpp"
#include "attest/model/schemes.hpp"

#include <algorithm>
#include <memory>

namespace attest::flow {
namespace {

/// The rational value of a formula without symbols. Throws Undecidable, naming what it is.
Rational rational_exponent(const Expr& formula, const std::string& scheme, const char* what)
{
    const Expr value = simplify(formula, {"eps", "r"});
    if (const auto exact = constant_value(value)) { // roots of squares included
        return *exact;
    }
    throw Undecidable("scheme '" + scheme + "': " + what + " is " + value.text()
                      + ", not a rational number");
}

/// A formula with the arithmetic done that needs no symbol: 0 x, 1 x, x + 0, e^0, 2 + 3.
Expr with_numbers_folded(const Expr& formula)
{
    using Kind = Expr::Kind;
    const Expr::Node& node = formula.node();
    if (node.args.empty()) {
        return formula;
    }
    const Expr a = with_numbers_folded(Expr::from_node(node.args[0]));
    const bool binary = node.args.size() > 1;
    const Expr b = binary ? with_numbers_folded(Expr::from_node(node.args[1])) : Expr(0L);
    const auto is = [](const Expr& x, long value) { return x == Expr(value); };
    const auto same = [&] {
        Expr::Node copy = node;
        copy.args[0] = a.handle();
        if (binary) {
            copy.args[1] = b.handle();
        }
        return Expr::from_node(std::make_shared<const Expr::Node>(std::move(copy)));
    };
    const bool numbers =
        a.node().kind == Kind::Constant && (!binary || b.node().kind == Kind::Constant);
    if (numbers) {
        const auto value = constant_value(same());
        return value ? Expr(*value) : same();
    }
    switch (node.kind) {
    case Kind::Add:
        return is(a, 0) ? b : is(b, 0) ? a : same();
    case Kind::Subtract:
        return is(b, 0) ? a : is(a, 0) ? with_numbers_folded(-b) : same();
    case Kind::Multiply:
        return is(a, 0) || is(b, 0) ? Expr(0L) : is(a, 1) ? b : is(b, 1) ? a : same();
    case Kind::Divide:
        return is(a, 0) ? Expr(0L) : is(b, 1) ? a : same();
    default:
        return same();
    }
}

/// int_0^inf (f(0) - f(eps)) d sigma over the trajectory in the logistic clock, where
/// d sigma = -n/(2 eps q) d eps. f holomorphic around [0, start].
class LossAlongCurve {
public:
    LossAlongCurve(const Expr& f, const model::SymmetricProblem& problem) :
        f_(f), slope_(derivative(f, "eps")), second_(derivative(slope_, "eps")), problem_(problem)
    {
    }

    /// In l = ln q, where d eps/q = -dl/(n-1), by balls.
    Ball enclosed() const
    {
        const ComplexBall n(problem_.n);
        const ComplexBall m(problem_.n - 1);
        const auto integrand = [&](const ComplexBall& l) {
            return loss_rate(ComplexBall((n - exp(l)) / m));
        };
        const Ball start(Rational(1 - problem_.gamma0));
        const Ball q = Ball(problem_.n) - Ball(problem_.n - 1) * start;
        return integrate(integrand, log(q), log(Ball(problem_.n)),
                         working_bits() - quadrature_slack)
               * Ball(problem_.n) / Ball(2 * (problem_.n - 1));
    }

    /// The same in epsilon itself by the tanh-sinh rule, with twice the bits against cancellation.
    Real computed() const
    {
        const long bits = working_bits();
        const PrecisionScope doubled(2 * bits);
        const Real n(problem_.n);
        const Real m(problem_.n - 1);
        const Real at_zero = f_.evaluate<Real>({{"eps", Real(0)}});
        const Real slope = slope_.evaluate<Real>({{"eps", Real(0)}});
        const Real tiny = ldexp(Real(1), static_cast<int>(-bits));
        const auto integrand = [&](const Real& e) {
            const Real quotient =
                e < tiny ? Real(-slope) : Real((at_zero - f_.evaluate<Real>({{"eps", e}})) / e);
            return Real(quotient * n / (2 * (n - m * e)));
        };
        return integrate_tanh_sinh(integrand, Real(0), to_real(Rational(1 - problem_.gamma0)))
            .value;
    }

private:
    /// F(e) = (f(0) - f(e))/e = -int_0^1 f'(s e) ds, which is holomorphic at 0 too. By the quotient
    /// away from 0. On a ball e around 0: -f' of a convex set that holds e and 0 holds it. On a
    /// ball close to 0, where the quotient loses the radius of e to cancellation: F at the centre
    /// with twice the bits, and |F'| <= max |f''|/2 on the hull of the ball and 0.
    ComplexBall loss_rate(const ComplexBall& e) const
    {
        const auto quotient = [&](const ComplexBall& x) {
            const ComplexBall zero(0L);
            return (f_.evaluate<ComplexBall>({{"eps", zero}})
                    - f_.evaluate<ComplexBall>({{"eps", x}}))
                   / x;
        };
        ComplexBall hull;
        acb_union(hull.raw(), e.raw(), ComplexBall(0L).raw(), working_bits());
        if (e.contains_zero()) {
            return -slope_.evaluate<ComplexBall>({{"eps", hull}});
        }
        const ComplexBall direct = quotient(e);
        if (acb_rel_accuracy_bits(direct.raw()) >= working_bits() / 2) {
            return direct;
        }
        const ComplexBall centre = e.midpoint();
        ComplexBall close;
        {
            const PrecisionScope doubled(2 * working_bits());
            close = quotient(centre);
        }
        const Ball bend = abs(second_.evaluate<ComplexBall>({{"eps", hull}})) / Ball(2);
        acb_add_error_arb(close.raw(), Ball(abs(e - centre) * bend).raw());
        const bool better =
            acb_rel_accuracy_bits(close.raw()) > acb_rel_accuracy_bits(direct.raw());
        return better ? close : direct;
    }

    Expr f_;
    Expr slope_;
    Expr second_;
    const model::SymmetricProblem& problem_;
};

/// Whether a formula in eps is certainly positive on [lo, hi]: in balls, by bisection.
bool positive_between(const Expr& g, const Rational& lo, const Rational& hi, int depth)
{
    constexpr int deepest = 12;
    if (is_true(is_positive(g.evaluate<Ball>({{"eps", Ball::interval(lo, hi)}})))) {
        return true;
    }
    const Rational middle = (lo + hi) / 2;
    return depth < deepest && positive_between(g, lo, middle, depth + 1)
           && positive_between(g, middle, hi, depth + 1);
}

/// The law over C and t, with int_0^t speed written out, or named alphaint where it is not known
/// (then alpha is the speed). A constant speed goes into the constant.
Expr law_over_time(const RecordedLaw& law)
{
    const Expr C = Expr::symbol("C");
    const Expr t = Expr::symbol("t");
    if (const auto speed = constant_value(law.speed.formula)) {
        return law.exponential ? C * exp(Expr(Rational(-law.rate * *speed)) * t)
                               : C / pow(t, law.order);
    }
    const bool known = law.speed.integral.has_value();
    const Expr clock = known ? *law.speed.integral : Expr::symbol("alphaint");
    const Expr rate = known ? law.speed.formula : Expr::symbol("alpha");
    return law.exponential ? C * rate * exp(Expr(Rational(-law.rate)) * clock)
                           : C * rate / pow(clock, law.order);
}

/// What turns the constant on the clock into the one of law_over_time.
Ball folded_into_time(const RecordedLaw& law, const Ball& constant)
{
    const auto speed = constant_value(law.speed.formula);
    if (!speed) {
        return constant;
    }
    return law.exponential ? constant * Ball(*speed)
                           : constant * exp(Ball(Rational(1 - law.order)) * log(Ball(*speed)));
}

/// Throws Undecidable where there are none to derive a law from.
LogisticRates rates_of(const model::SymmetricProblem& problem)
{
    model::validate(problem);
    if (has_switch(problem)) {
        throw Undecidable("scheme '" + problem.scheme + "' changes at tau");
    }
    return logistic_rates(problem, false);
}

} // namespace

InitialVelocity initial_velocity(const model::SymmetricProblem& problem)
{
    model::validate(problem);
    const Expr late(problem.tau == 0 && has_switch(problem) ? 1L : 0L);
    const Expr formula = model::with_scheme(problem.scheme, [&]<class S>(S) {
        return S::gamma_dot(model::SymmetricPoint<Expr>{Expr(problem.gamma0), Expr::symbol("r0"),
                                                        Expr::symbol("n"), Expr::symbol("beta"),
                                                        Expr::symbol("alpha0"), Expr(0L), late});
    });
    InitialVelocity velocity{with_numbers_folded(formula), Ball()};
    const PrecisionScope scope(std::max(working_bits(), 128L));
    const Ball alpha0 = model::has_alpha(problem.scheme)
                            ? problem.alpha.formula.evaluate<Ball>({{"t", Ball(0)}})
                            : Ball(1);
    velocity.value = formula.evaluate<Ball>({{"n", Ball(problem.n)},
                                             {"beta", Ball(problem.beta)},
                                             {"r0", Ball(problem.r0)},
                                             {"alpha0", alpha0}});
    return velocity;
}

RecordedLaw recorded_law(const model::SymmetricProblem& problem)
{
    return recorded_law(rates_of(problem), problem);
}

RecordedLaw recorded_law(const LogisticRates& rates, const model::SymmetricProblem& problem)
{
    const Expr r = Expr::symbol("r");
    const Expr zero(0L);

    // dC/d sigma = g(eps) r^k; on the sphere r = 1.
    const Expr clock_rate =
        rates.grows ? rates.clock_rate : rates.clock_rate.substitute("r", Expr(1L));
    const Rational k = rates.grows
                           ? rational_exponent(derivative(clock_rate, "r") * r / clock_rate,
                                               problem.scheme, "the power of r in the speed")
                           : Rational(0);
    const Expr g = simplify(clock_rate / pow(r, k), {"eps", "r"});
    const Rational g0 =
        rational_exponent(g.substitute("eps", zero), problem.scheme, "the speed at gamma = 1");
    const Rational kappa = rates.grows
                               ? rational_exponent(rates.log_r_rate.substitute("eps", zero),
                                                   problem.scheme, "the growth at gamma = 1")
                               : Rational(0);
    const Rational p = k * kappa;
    if (p < 0 || (p == 0 && k != 0)) {
        throw Undecidable("scheme '" + problem.scheme
                          + (p < 0 ? "' reaches gamma = 1 in finite time"
                                   : "' has a magnitude that tends to a limit of its own"));
    }
    if (g0 <= 0 || !positive_between(g, Rational(0), Rational(1 - problem.gamma0), 0)) {
        throw Undecidable("scheme '" + problem.scheme
                          + "': its speed is not certainly positive and finite up to gamma = 1");
    }

    // epsilon ~ edge e^{-2 sigma}.
    const Ball n(problem.n);
    const Ball start(Rational(1 - problem.gamma0));
    const Ball edge = start * n / (n - (n - 1) * start);
    RecordedLaw law;
    law.speed = speed_of(rates.speed);
    law.exponential = p == 0;
    if (law.exponential) {
        // C = g0 (sigma - D), D = int (1 - g/g0) d sigma.
        law.rate = 2 / g0;
        const LossAlongCurve loss(simplify(g / Expr(g0), {"eps"}), problem);
        const auto constant = [&](const Ball& D) { return Ball(law.rate) * edge * exp(-2 * D); };
        law.constant = constant(loss.enclosed());
        law.numeric = constant(Ball(loss.computed()));
    } else {
        // r ~ R e^{kappa sigma}, C ~ g0 R^k e^{p sigma}/p.
        law.order = 1 + 2 / p;
        const LossAlongCurve loss(rates.log_r_rate, problem);
        const auto constant = [&](const Ball& lost) {
            const Ball log_R = log(Ball(problem.r0)) - lost;
            return 2 * edge / Ball(p)
                   * exp(Ball(Rational(2 / p)) * (log(Ball(Rational(g0 / p))) + Ball(k) * log_R));
        };
        law.constant = constant(loss.enclosed());
        law.numeric = constant(Ball(loss.computed()));
    }
    return law;
}

TerminalLaw own_terminal(const model::SymmetricProblem& problem, const TerminalOptions& options)
{
    const LogisticRates rates = rates_of(problem);
    std::optional<ClockedProblem> curve;
    try {
        curve = clocked(problem);
    } catch (const Undecidable&) {
        curve.reset(); // no closed forms: quadrature alone
    }
    TerminalLaw result;
    result.problem = problem;
    const RecordedLaw law =
        with_rising_precision(options.digits, bits_lost_to_beta(problem), "terminal constant", [&] {
            RecordedLaw found = recorded_law(rates, problem);
            const long common = shared_digits(found.numeric, found.constant);
            const bool enough =
                common >= options.digits && found.constant.certified_digits() >= options.digits;
            return enough ? std::optional<RecordedLaw>(std::move(found)) : std::nullopt;
        });
    result.alpha_growth = alpha_growth(law.speed);
    if (result.alpha_growth == AlphaGrowth::Fails) {
        result.condition = "int_0^t of the speed " + law.speed.formula.text()
                           + " does not tend to +infinity, so gamma does not tend to 1 and there "
                             "is no terminal law";
        return result;
    }
    if (result.alpha_growth == AlphaGrowth::Conditional) {
        result.condition =
            "provided that int_0^t of the speed " + law.speed.formula.text()
            + " tends to +infinity; alpha stands for the speed and alphaint for its integral";
    }
    result.law = law_over_time(law);
    const PrecisionScope scope(bits_for_digits(options.digits) + bits_lost_to_beta(problem));
    const Ball constant = folded_into_time(law, law.constant);
    result.routes.push_back({"rigorous quadrature of the recorded equations (Arb)", constant, true,
                             constant.certified_digits()});
    const Ball numeric = folded_into_time(law, law.numeric);
    result.routes.push_back({"tanh-sinh quadrature of the recorded equations (MPFR)", numeric,
                             false, shared_digits(numeric, constant)});
    std::optional<TerminalLaw> base;
    if (curve) {
        base = terminal(curve->curve, options);
        const ConstantRoute& first = base->routes.front();
        const Ball closed = folded_into_time(law, first.value);
        result.routes.push_back({curve->curve.scheme + " on its clock: " + first.name, closed, true,
                                 closed.certified_digits()});
    }
    result.constant = constant;
    result.digits = constant.certified_digits();
    result.routes_agree = agreement(result.routes, constant, options.digits);
    if (base && base->onset && result.alpha_growth == AlphaGrowth::Diverges) {
        const auto at_time = [&](TailBound bound) {
            bound.t_star = time_of_alpha_integral(*curve->speed, bound.t_star);
            return bound;
        };
        result.onset = at_time(*base->onset);
        std::transform(base->tail.begin(), base->tail.end(), std::back_inserter(result.tail),
                       at_time);
    }
    return result;
}

} // namespace attest::flow

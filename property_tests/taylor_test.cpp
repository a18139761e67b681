// The Taylor integrator: order, digits, time reversal, closed forms, dense output, events, and the
// exact rewriting that it rests on.

#include "attest/flow/taylor.hpp"
#include "attest/flow/taylor_simplify.hpp"
#include "attest/flow/taylor_tape.hpp"
#include "attest/model/schemes.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"
#include "growth_cases.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <vector>

namespace attest::flow {
namespace {

using attest::testing::logistic;

Expr x()
{
    return Expr::symbol("x");
}
Expr y()
{
    return Expr::symbol("y");
}

System oscillator()
{
    return {"x", {"u", "v"}, {Expr::symbol("v"), -Expr::symbol("u")}};
}

System pre_ln(long n, const Rational& beta)
{
    const model::SymmetricPoint<Expr> p{1 - Expr::symbol("eps"),
                                        Expr::symbol("r"),
                                        Expr(n),
                                        Expr(beta),
                                        Expr(1),
                                        Expr::symbol("t"),
                                        Expr(1)};
    return {"t", {"eps", "r"}, {-model::PreLN::gamma_dot(p), model::PreLN::symmetric_r_dot(p)}};
}

Rational positive_rational()
{
    return Rational(*rc::gen::inRange(1, 60), *rc::gen::inRange(1, 20));
}

/// Random formulas over x and y that are finite at positive points.
Expr any_formula(int depth)
{
    const int kind = depth == 0 ? *rc::gen::inRange(0, 3) : *rc::gen::inRange(0, 9);
    const auto part = [depth] { return any_formula(depth - 1); };
    switch (kind) {
    case 0:
        return x();
    case 1:
        return y();
    case 2:
        return Expr(Rational(*rc::gen::inRange(-6, 7), *rc::gen::inRange(1, 5)));
    case 3:
        return part() + part();
    case 4:
        return part() - part();
    case 5:
        return part() * part();
    case 6:
        return exp(Expr(Rational(1, 8)) * part());
    case 7: {
        const Expr p = part();
        return part() / (1 + p * p);
    }
    default: {
        const Expr p = part();
        return sqrt(1 + p * p);
    }
    }
}

RC_GTEST_PROP(Simplify, KeepsTheValue, ())
{
    const PrecisionScope precision(256);
    const Expr formula = any_formula(4);
    const Expr simpler = simplify(formula, {"x"});
    const std::map<std::string, Ball> at{{"x", Ball(positive_rational())},
                                         {"y", Ball(positive_rational())}};
    const Ball before = formula.evaluate<Ball>(at);
    const Ball after = simpler.evaluate<Ball>(at);
    RC_PRE(before.is_finite() && after.is_finite());
    RC_ASSERT(before.overlaps(after));
}

TEST(Simplify, CancelsCommonFactors)
{
    const Expr q = (1 - x()) * exp(5 * (1 - x())) / (exp(Expr(5)) * (1 - x()));
    EXPECT_EQ(simplify(q).text(), exp(-(5 * x())).text());
    EXPECT_EQ(simplify(sqrt(x() * x()), {"x"}).text(), "x");
    EXPECT_NE(simplify(sqrt(x() * x())).text(), "x"); // the sign of x is not known
    EXPECT_EQ(simplify(1 - (1 - x())).text(), "x");
    EXPECT_THROW(simplify(1 / (x() - x())), DomainError);
}

TEST(Tape, PreLnNeedsFewInnerProducts)
{
    const Tape tape = compile(pre_ln(256, 5), {"eps", "r"});
    EXPECT_LE(tape.convolutions(), 5.0);
    const Tape squares = compile({"x", {"y"}, {exp(10 * y()) + exp(5 * y())}});
    EXPECT_LE(squares.convolutions(), 2.0); // one exponential: e^{5y}(1 + e^{5y})
}

TEST(Tape, RefusesUnknownSymbols)
{
    EXPECT_THROW(compile({"x", {"y"}, {Expr::symbol("z")}}), InputError);
    EXPECT_THROW(compile({"x", {"y", "y"}, {y(), y()}}), InputError);
    EXPECT_THROW(compile({"x", {"y"}, {}}), InputError);
}

RC_GTEST_PROP(Taylor, ExponentialToTheDigitsAsked, ())
{
    const long digits = *rc::gen::inRange(5, 120);
    const Rational rate = Rational(*rc::gen::inRange(-50, 51), 10);
    const VerifiedState found =
        verified_state({"x", {"y"}, {Expr(rate) * y()}}, 0, {1}, Rational(3, 2), digits);
    const PrecisionScope precision(bits_for_digits(digits + 20));
    const Real exact = exp(to_real(Rational(rate * Rational(3, 2))));
    RC_ASSERT(found.digits >= digits);
    RC_ASSERT(agreeing_digits(found.values[0], exact) >= digits);
}

RC_GTEST_PROP(Taylor, LogisticToTheDigitsAsked, ())
{
    const long digits = *rc::gen::inRange(5, 80);
    const Rational rate = positive_rational() / 4;
    const Rational start(*rc::gen::inRange(1, 20), 20);
    const Rational end = positive_rational() / 5;
    const VerifiedState found = verified_state(logistic(rate), 0, {start}, end, digits);
    const PrecisionScope precision(bits_for_digits(digits + 20));
    const Real exact =
        1 / (1 + to_real(Rational(1 / start - 1)) * exp(to_real(Rational(-rate * end))));
    RC_ASSERT(agreeing_digits(found.values[0], exact) >= digits);
}

RC_GTEST_PROP(Taylor, OscillatorInEveryNumberType, ())
{
    const Rational end = positive_rational() / 4;
    const double end_double = end.convert_to<double>();
    TaylorOptions options;
    options.digits = 15;
    const auto in_double =
        TaylorIntegrator<double>(oscillator(), options).integrate(0.0, {0.0, 1.0}, end_double);
    RC_ASSERT(std::fabs(in_double.final_state()[0] - std::sin(end_double)) < 1e-12);
    options.digits = 40;
    const PrecisionScope precision(200);
    const TaylorIntegrator<Ball> balls(oscillator(), options);
    const auto in_balls = balls.integrate(Ball(0), {Ball(0), Ball(1)}, Ball(end));
    const Ball error = in_balls.final_state()[0] - sin(Ball(end));
    RC_ASSERT(is_true(less(abs(error), Ball(Rational(1, pow(Rational(10), 37))))));
}

RC_GTEST_PROP(Taylor, ReversesInTime, ())
{
    const long n = *rc::gen::element(2L, 3L, 10L, 256L);
    const Rational beta =
        *rc::gen::element(Rational(0), Rational(1, 100), Rational(5), Rational(12));
    const Rational r0 = *rc::gen::element(Rational(1, 10), Rational(1), Rational(10));
    const PrecisionScope precision(200);
    TaylorOptions options;
    options.digits = 40;
    const TaylorIntegrator<Real> integrator(pre_ln(n, beta), options, {"eps", "r"});
    const auto there = integrator.integrate(Real(0), {Real(1), to_real(r0)}, Real(5));
    const auto back = integrator.integrate(Real(5), there.final_state(), Real(0));
    // What the way out contracts, the way back expands: allow for the factor it lost.
    RC_ASSERT(agreeing_digits(back.final_state()[0], Real(1)) >= 30);
    RC_ASSERT(agreeing_digits(back.final_state()[1], to_real(r0)) >= 30);
}

RC_GTEST_PROP(Taylor, DenseOutputEqualsReintegration, ())
{
    const long n = *rc::gen::element(2L, 10L, 256L);
    const Rational beta = *rc::gen::element(Rational(0), Rational(5), Rational(12));
    const Rational stop = Rational(*rc::gen::inRange(1, 1000), 50);
    const PrecisionScope precision(200);
    TaylorOptions options;
    options.digits = 35;
    const TaylorIntegrator<Real> integrator(pre_ln(n, beta), options, {"eps", "r"});
    const auto whole = integrator.integrate(Real(0), {Real(1), Real(1)}, Real(20));
    const auto part = integrator.integrate(Real(0), {Real(1), Real(1)}, to_real(stop));
    const auto dense = whole.at(to_real(stop));
    for (std::size_t i = 0; i < 2; ++i) {
        RC_ASSERT(agreeing_digits(dense[i], part.final_state()[i]) >= 32);
    }
}

RC_GTEST_PROP(Taylor, EventsLieOnTheirLevel, ())
{
    const PrecisionScope precision(250);
    const Rational level(*rc::gen::inRange(-95, 96), 100);
    TaylorOptions options;
    options.digits = 45;
    const TaylorIntegrator<Real> integrator(oscillator(), options);
    // cos falls from 1 and meets the level first at arccos(level).
    const auto run = integrator.until(Real(0), {Real(0), Real(1)}, {1, to_real(level)}, Real(10));
    RC_ASSERT(run.event_found());
    RC_ASSERT(agreeing_digits(run.end(), Real(acos(to_real(level)))) >= 43);
    const TaylorIntegrator<Ball> balls(oscillator(), options);
    const auto enclosed = balls.until(Ball(0), {Ball(0), Ball(1)}, {1, Ball(level)}, Ball(10));
    RC_ASSERT(enclosed.event_found());
    RC_ASSERT(enclosed.end().certified_digits() >= 43);
}

RC_GTEST_PROP(Taylor, IndependentVariablesAgree, ())
{
    const long n = *rc::gen::element(2L, 10L, 256L);
    const Rational beta = *rc::gen::element(Rational(0), Rational(1), Rational(12));
    const PrecisionScope precision(200);
    TaylorOptions options;
    options.digits = 40;
    const System in_t = pre_ln(n, beta);
    const auto run = TaylorIntegrator<Real>(in_t, options, {"eps", "r"})
                         .integrate(Real(0), {Real(1), Real(1)}, Real(4));
    const std::vector<Real> end = run.final_state();
    // By epsilon: states r and t.
    const System in_eps = parametrise_by(in_t, "eps", {"eps", "r"});
    const auto by_eps = TaylorIntegrator<Real>(in_eps, options, {"eps", "r"})
                            .integrate(Real(1), {Real(1), Real(0)}, end[0]);
    RC_ASSERT(agreeing_digits(by_eps.final_state()[0], end[1]) >= 35);
    RC_ASSERT(agreeing_digits(by_eps.final_state()[1], Real(4)) >= 35);
    // By s with t = e^s - 1, that is ds/dt = 1/(1 + t): states eps, r and t.
    const System in_s = change_variable(in_t, "s", 1 / (1 + Expr::symbol("t")), {"eps", "r"});
    const auto by_s = TaylorIntegrator<Real>(in_s, options, {"eps", "r"})
                          .integrate(Real(0), {Real(1), Real(1), Real(0)}, log(Real(5)));
    RC_ASSERT(agreeing_digits(by_s.final_state()[0], end[0]) >= 35);
    RC_ASSERT(agreeing_digits(by_s.final_state()[2], Real(4)) >= 35);
}

TEST(Taylor, StepErrorFallsWithTheOrder)
{
    // A fixed step h: the error of order p is about h^{p+1}, so each order gains a digit and more.
    const PrecisionScope precision(300);
    double former = 1;
    for (const long order : {6L, 10L, 14L, 18L}) {
        TaylorOptions loose;
        loose.digits = 6; // one step covers the range: the error is that of the order
        loose.order = order;
        loose.bits = 300;
        const auto run = TaylorIntegrator<Real>(oscillator(), loose)
                             .integrate(Real(0), {Real(0), Real(1)}, Real(1) / 64);
        const Real error = abs(run.final_state()[0] - sin(Real(1) / 64));
        const double size = error.convert_to<double>();
        EXPECT_LT(size, former);
        former = size * 1e-5; // 4 orders at h = 1/64 gain 7 digits; 5 are asked for
    }
}

TEST(Taylor, SpecialFunctionsOfTheTape)
{
    // y = tan x, log(1+x), (1+x)^{2/3}, each from its own equation.
    const PrecisionScope precision(200);
    const Expr u = Expr::symbol("u");
    const VerifiedState tangent = verified_state({"x", {"u"}, {1 + u * u}}, 0, {0}, 1, 40);
    EXPECT_GE(agreeing_digits(tangent.values[0], Real(tan(Real(1)))), 40);
    const VerifiedState power = verified_state(
        {"x", {"u"}, {Expr(Rational(2, 3)) * pow(1 + x(), Rational(-1, 3))}}, 0, {1}, 2, 40);
    EXPECT_GE(agreeing_digits(power.values[0], Real(pow(Real(3), Real(2) / 3))), 40);
    const VerifiedState logs =
        verified_state({"x", {"u"}, {exp(-log(1 + x())) + 0 * u}}, 0, {0}, 2, 40);
    EXPECT_GE(agreeing_digits(logs.values[0], Real(log(Real(3)))), 40);
    const VerifiedState waves = verified_state(
        {"x", {"u"}, {sin(x()) * cos(x()) + sqrt(1 + x()) - sqrt(1 + x())}}, 0, {0}, 2, 40);
    EXPECT_GE(agreeing_digits(waves.values[0], Real(sin(Real(2)) * sin(Real(2)) / 2)), 40);
}

TEST(Taylor, StopsAtASingularityAndSaysWhere)
{
    // y' = y^2 blows up at x = 1.
    TaylorOptions options;
    options.digits = 20;
    options.max_steps = 2000;
    const TaylorIntegrator<double> hardware({"x", {"y"}, {y() * y()}},
                                            {.digits = 12, .max_steps = 2000});
    EXPECT_THROW(hardware.integrate(0.0, {1.0}, 2.0), Undecidable);
    const PrecisionScope precision(150);
    const TaylorIntegrator<Real> real({"x", {"y"}, {y() * y()}}, options);
    try {
        real.integrate(Real(0), {Real(1)}, Real(2));
        FAIL() << "ran through a pole";
    } catch (const Undecidable& stop) {
        EXPECT_NE(std::string(stop.what()).find("x = "), std::string::npos);
    }
    const TaylorIntegrator<Real> root({"x", {"y"}, {sqrt(x()) + 0 * y()}}, options);
    EXPECT_THROW(root.integrate(Real(0), {Real(0)}, Real(1)), Undecidable);
}

TEST(Taylor, RefusesBadOptions)
{
    EXPECT_THROW(TaylorIntegrator<double>(oscillator(), {.digits = 17}), InputError);
    EXPECT_THROW(TaylorIntegrator<Real>(oscillator(), {.digits = 0}), InputError);
    EXPECT_THROW(TaylorIntegrator<Real>(oscillator(), {.order = 1}), InputError);
    EXPECT_THROW(TaylorIntegrator<Real>(oscillator(), {.step_scale = 0}), InputError);
    const TaylorIntegrator<double> fine(oscillator(), {.digits = 15});
    EXPECT_THROW(fine.integrate(0.0, {1.0}, 1.0), InputError);
    EXPECT_THROW(fine.integrate(0.0, {0.0, 1.0}, 1.0).at(2.0), InputError);
}

} // namespace
} // namespace attest::flow

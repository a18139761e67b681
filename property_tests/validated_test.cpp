// Validated integration: closed forms, rotation, time reversal, tightness, events, refusals.

#include "attest/flow/validated.hpp"
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

Expr symbol(const char* name)
{
    return Expr::symbol(name);
}

/// Its closed form.
Ball logistic_at(const Rational& a, const Rational& y0, const Ball& x)
{
    return 1 / (1 + Ball(Rational(1 / y0 - 1)) * exp(-Ball(a) * x));
}

/// Rotation at rate 1 with damping c.
System spiral(const Rational& c)
{
    return {"x",
            {"u", "v"},
            {symbol("v") - Expr(c) * symbol("u"), -symbol("u") - Expr(c) * symbol("v")}};
}

double width(const Ball& x)
{
    return 2 * mag_get_d(arb_radref(x.raw()));
}

RC_GTEST_PROP(Validated, ContainsTheLogisticCurveEverywhereAndTightly, ())
{
    const Rational a(*rc::gen::inRange(1, 40), *rc::gen::inRange(3, 20));
    const Rational y0(*rc::gen::inRange(1, 300), 100);
    const long digits = *rc::gen::inRange(5L, 60L);
    const Tube tube = proven_tube(logistic(a), 0, {y0}, Rational(5, 2), digits);
    RC_ASSERT(tube.final_digits() >= digits);
    const PrecisionScope scope(400);
    for (int k = 0; k <= 10; ++k) {
        const Ball x(Rational(k, 4));
        const Ball exact = logistic_at(a, y0, x);
        const Ball here = tube.at(x)[0];
        // At the start the tube is exact and the formula rounds.
        const bool held = k == 0 ? here.overlaps(exact) : here.contains(exact);
        RC_ASSERT(held);
        RC_ASSERT(here.is_exact() || here.certified_digits() >= digits - 2);
        // A neighbour of the solution is outside.
        const Ball moved = exact * (1 + pow(Ball(10), -digits + 3));
        RC_ASSERT(!here.overlaps(moved));
    }
    // The hull of a step holds for all of it.
    for (const ValidatedStep& step : tube.steps()) {
        const Ball inside = step.start + step.h * Ball(Rational(*rc::gen::inRange(0, 65), 64));
        RC_ASSERT(step.hull[0].contains(logistic_at(a, y0, inside)));
    }
}

RC_GTEST_PROP(Validated, BoxesTurnWithoutWrapping, ())
{
    const Rational c(*rc::gen::inRange(0, 10), 100);
    const Rational u(*rc::gen::inRange(-20, 20), 10);
    const Rational v(*rc::gen::inRange(-20, 20), 10);
    const Rational half(1, 1000);
    ValidatedOptions options;
    options.absolute = {true, true};
    const Tube tube = ValidatedIntegrator(spiral(c), options)
                          .integrate(0, {{u - half, u + half}, {v - half, v + half}}, 20);
    const PrecisionScope scope(120);
    const Ball t(20);
    const Ball decay = exp(-Ball(c) * t);
    const auto box = tube.at(t);
    for (const int corner : {0, 1, 2, 3}) {
        const Ball a(Rational(u + (corner % 2 == 0 ? half : Rational(-half))));
        const Ball b(Rational(v + (corner / 2 == 0 ? half : Rational(-half))));
        RC_ASSERT(box[0].contains(decay * (a * cos(t) + b * sin(t))));
        RC_ASSERT(box[1].contains(decay * (b * cos(t) - a * sin(t))));
    }
    // The true image of the square is as wide as decay * 0.002 * (|cos| + |sin|) in each state.
    const double exact =
        decay.to_double() * 0.002 * (std::fabs(std::cos(20.0)) + std::fabs(std::sin(20.0)));
    RC_ASSERT(width(box[0]) < 2 * exact);
    RC_ASSERT(width(box[1]) < 2 * exact);
}

TEST(Validated, ManyTurnsOfABoxStaySmall)
{
    ValidatedOptions options;
    options.absolute = {true, true};
    const Tube tube = ValidatedIntegrator(spiral(0), options)
                          .integrate(0,
                                     {{Rational(999, 1000), Rational(1001, 1000)},
                                      {Rational(-1, 1000), Rational(1, 1000)}},
                                     600);
    for (const Ball& x : tube.final_box()) {
        EXPECT_LT(width(x), 0.002 * 1.5 * 1.5); // the square turned by 45 degrees, and some
    }
}

RC_GTEST_PROP(Validated, RunningBackLeadsToTheStart, ())
{
    const Rational c(*rc::gen::inRange(-10, 10), 50);
    const Rational u(*rc::gen::inRange(-30, 30), 10);
    // A nonlinear oscillator.
    const System forward{"x", {"u", "v"}, {symbol("v"), -sin(symbol("u")) - Expr(c) * symbol("v")}};
    const System backward = change_variable(forward, "s", Expr(-1L));
    ValidatedOptions options;
    options.digits = 25;
    options.absolute = {true, true};
    const Tube there = ValidatedIntegrator(forward, options).integrate(0, {u, Rational(1)}, 3);
    const PrecisionScope scope(200);
    std::vector<InitialRange> end;
    for (const Ball& x : there.at(Ball(3))) {
        end.emplace_back(x.lower().convert_to<boost::multiprecision::mpq_rational>(),
                         x.upper().convert_to<boost::multiprecision::mpq_rational>());
    }
    end.emplace_back(Rational(3));
    options.absolute = {true, true, true};
    const Tube back = ValidatedIntegrator(backward, options).integrate(0, end, 3);
    const auto start = back.at(Ball(3));
    RC_ASSERT(start[0].contains(u));
    RC_ASSERT(start[1].contains(Rational(1)));
    RC_ASSERT(start[2].contains(Rational(0)));
    RC_ASSERT(width(start[0]) < 1e-19);
    RC_ASSERT(width(start[1]) < 1e-19);
}

TEST(Validated, ContractingBoxesShrink)
{
    const Tube tube = ValidatedIntegrator(logistic(2))
                          .integrate(0, {{Rational(4995, 10000), Rational(5005, 10000)}}, 8);
    const Ball end = tube.final_box()[0];
    const PrecisionScope scope(100);
    EXPECT_TRUE(end.contains(logistic_at(2, Rational(4995, 10000), Ball(8))));
    EXPECT_TRUE(end.contains(logistic_at(2, Rational(5005, 10000), Ball(8))));
    EXPECT_LT(width(end), 1.1e-9); // the slope of the flow there is 4.5e-7
}

TEST(Validated, AllOperationsOfTheTapeAreLinearisedRightly)
{
    // Every kind of operation, at a box: solutions through its points stay inside.
    const Expr u = symbol("u");
    const Expr v = symbol("v");
    const Expr x = symbol("x");
    const System system{"x",
                        {"u", "v"},
                        {sin(u * v) + log(1 + u * u) / (2 + cos(v)) - sqrt(1 + x),
                         exp(-u) - pow(v, Rational(3, 2)) / 3 + u / v}};
    const Rational half(1, 100);
    const auto run = [&](const InitialRange& a, const InitialRange& b) {
        return ValidatedIntegrator(system).integrate(0, {a, b}, 2);
    };
    const Tube wide = run({1 - half, 1 + half}, {2 - half, 2 + half});
    Ball u_hull;
    Ball v_hull;
    bool first = true;
    for (const int i : {-1, 0, 1}) {
        for (const int j : {-1, 0, 1}) {
            const auto point = run(Rational(1 + i * half), Rational(2 + j * half)).at(Ball(2));
            const auto box = wide.at(Ball(2));
            EXPECT_TRUE(box[0].contains(point[0]));
            EXPECT_TRUE(box[1].contains(point[1]));
            u_hull = first ? point[0] : Ball::hull(u_hull, point[0]);
            v_hull = first ? point[1] : Ball::hull(v_hull, point[1]);
            first = false;
        }
    }
    const auto box = wide.at(Ball(2));
    EXPECT_LT(width(box[0]), 2.5 * width(u_hull));
    EXPECT_LT(width(box[1]), 2.5 * width(v_hull));
}

TEST(Validated, ARateThatIsAlittleOffIsOutside)
{
    const Tube right = proven_tube(logistic(2), 0, {Rational(1, 3)}, 1, 20);
    const System changed{
        "x",
        {"y"},
        {Expr(2L) * symbol("y") * (Expr(Rational(1'000'001, 1'000'000)) - symbol("y"))}};
    const Tube wrong = proven_tube(changed, 0, {Rational(1, 3)}, 1, 20);
    EXPECT_FALSE(right.at(Ball(1))[0].overlaps(wrong.at(Ball(1))[0]));
}

TEST(Validated, StopsWhereItsConditionIsCertain)
{
    const System system = logistic(1);
    const Rational level(9, 10);
    const Tube tube = ValidatedIntegrator(system).integrate(
        0, {Rational(1, 2)}, 100, all_positive(system, {symbol("y") - Expr(level)}));
    ASSERT_TRUE(tube.stopped());
    EXPECT_TRUE(is_true(less(Ball(level), tube.final_box()[0])));
    EXPECT_TRUE(is_true(less(log(Ball(9)), tube.end()))); // the level is taken at ln 9
    EXPECT_LT(tube.end().to_double(), 4.0);
    const Tube part = tube.first_steps(2);
    EXPECT_EQ(part.steps().size(), 2U);
    EXPECT_FALSE(part.stopped());
}

TEST(Validated, RangesOfTheIndependentVariable)
{
    const Tube tube = proven_tube(logistic(1), 0, {Rational(1, 2)}, 3, 12);
    const PrecisionScope scope(100);
    const Ball range = Ball::interval(Rational(1), Rational(2));
    const Ball all = tube.at(range)[0];
    EXPECT_TRUE(all.contains(logistic_at(1, Rational(1, 2), Ball(1))));
    EXPECT_TRUE(all.contains(logistic_at(1, Rational(1, 2), Ball(2))));
    EXPECT_LT(width(all), 0.4);
    EXPECT_THROW(tube.at(Ball(4)), InputError);
    EXPECT_THROW(tube.at(Ball(-1)), InputError);
}

TEST(Validated, ABlowUpIsReportedWithItsPlace)
{
    const System system{"x", {"y"}, {symbol("y") * symbol("y")}};
    try {
        ValidatedIntegrator(system).integrate(0, {Rational(1)}, 2);
        FAIL() << "y' = y^2 leaves every bound at x = 1";
    } catch (const Undecidable& failure) {
        EXPECT_NE(std::string(failure.what()).find("x = "), std::string::npos) << failure.what();
    }
}

TEST(Validated, BadInputIsNamed)
{
    const System system = logistic(1);
    ValidatedOptions options;
    options.digits = 0;
    EXPECT_THROW(ValidatedIntegrator(system, options), InputError);
    options = {};
    options.absolute = {true, false};
    EXPECT_THROW(ValidatedIntegrator(system, options), InputError);
    const ValidatedIntegrator integrator(system);
    EXPECT_THROW(integrator.integrate(1, {Rational(1)}, 1), InputError);
    EXPECT_THROW(integrator.integrate(0, {}, 1), InputError);
    EXPECT_THROW(integrator.integrate(0, {InitialRange(2, 1)}, 1), InputError);
    EXPECT_THROW(integrator.integrate(Rational(1, 3), {Rational(1)}, 1), InputError);
    EXPECT_THROW(proven_tube(system, 0, {Rational(1, 2)}, 1, 0), InputError);
}

} // namespace
} // namespace attest::flow

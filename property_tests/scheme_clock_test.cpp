#include "clock_cases.hpp"

#include "attest/flow/scheme_clock.hpp"
#include "attest/flow/symmetric_tokens.hpp"
#include "attest/flow/trajectory.hpp"
#include "attest/flow/validated_symmetric.hpp"
#include "attest/numbers/errors.hpp"

namespace attest::flow {
namespace {

using attest::testing::agree;
using attest::testing::any_problem;
using attest::testing::any_scheme;

Rational any_pace()
{
    return Rational(*rc::gen::inRange(1L, 30L), *rc::gen::element(1L, 3L, 7L));
}

TEST(Clocked, ThePapersSchemesAreTheirOwnCurves)
{
    for (const std::string_view name : model::scheme_names) {
        model::SymmetricProblem problem;
        problem.scheme = name;
        const ClockedProblem on = clocked(problem);
        EXPECT_EQ(on.curve.scheme, name);
        EXPECT_EQ(on.speed.has_value(), name == "ngpt");
    }
}

TEST(Clocked, TheExamplesAreRecognised)
{
    model::SymmetricProblem problem;
    problem.alpha = model::Alpha::constant(4);
    problem.scheme = "deepnorm";
    EXPECT_EQ(clocked(problem).curve.scheme, "post-ln");
    EXPECT_EQ(clocked(problem).speed->formula.evaluate<Rational>({}), Rational(1, 4));
    problem.scheme = "layerscale";
    EXPECT_EQ(clocked(problem).curve.scheme, "pre-ln");
    EXPECT_EQ(clocked(problem).speed->formula.evaluate<Rational>({}), Rational(4));
    EXPECT_THROW(SymmetricClock{problem}, InputError);
}

// The same states by another scheme at another time.
RC_GTEST_PROP(Clocked, StatesAreTheCurvesAtItsPace, ())
{
    const bool deep = *rc::gen::arbitrary<bool>();
    model::SymmetricProblem own = any_problem(deep ? "deepnorm" : "layerscale");
    own.beta = *rc::gen::element(Rational(0), Rational(1), Rational(5));
    const Rational weight = any_pace();
    own.alpha = model::Alpha::constant(weight);
    const Rational pace = deep ? Rational(1 / weight) : weight;
    model::SymmetricProblem curve = own;
    curve.scheme = deep ? "post-ln" : "pre-ln";
    const Rational t(*rc::gen::inRange(1L, 60L), 7);
    const PrecisionScope scope(300);
    const ClockState a = states_at(own, {t}, 25).front();
    const ClockState b = states_at(curve, {Rational(t * pace)}, 25).front();
    RC_ASSERT(agree(a.epsilon, b.epsilon, 25));
    RC_ASSERT(agree(a.r, b.r, 25));
    RC_ASSERT(agree(a.gamma_dot, b.gamma_dot * Ball(pace), 25));
    // and back: the moment at which gamma has that value
    const ClockState c = state_at_gamma(own, Rational(9, 10), 25);
    const ClockState d = state_at_gamma(curve, Rational(9, 10), 25);
    RC_ASSERT(agree(c.t * Ball(pace), d.t, 25));
}

// Route 1: Taylor integration of the scheme's own equations in t. Route 2: quadrature of the
// curve's, which steps through nothing. And an enclosure of the first: the validated tube.
TEST(Clocked, TaylorQuadratureAndTubeAgree)
{
    for (const auto& [scheme, alpha] :
         {std::pair("deepnorm", "5/2"), std::pair("layerscale", "1/3"),
          std::pair("layerscale", "sqrt(t)"), std::pair("deepnorm", "3/(1+t)")}) {
        TrajectoryRequest request;
        request.problem.scheme = scheme;
        request.problem.n = 7;
        request.problem.beta = Rational(3, 2);
        request.problem.r0 = Rational(3, 2);
        request.problem.alpha = model::Alpha::parse(alpha);
        request.until_time = Rational(4);
        request.samples = 3;
        request.digits = 20;
        request.variable = TrajectoryVariable::Automatic;
        const TrajectoryResult logistic = trajectory(request);
        EXPECT_EQ(logistic.independent, "sigma");
        request.variable = TrajectoryVariable::Time;
        if (std::string(alpha) == "sqrt(t)") { // not analytic at 0: that route refuses
            continue;
        }
        const TrajectoryResult direct = trajectory(request);
        EXPECT_GE(agreeing_digits(direct.samples.back().epsilon, logistic.samples.back().epsilon),
                  18)
            << scheme;
        EXPECT_GE(agreeing_digits(direct.samples.back().r, logistic.samples.back().r), 18);
        EXPECT_EQ(direct.confirmed, std::string(alpha) != "3/(1+t)") << scheme << " " << direct.how;
    }
}

// The layer with step h against the equation: the distance at t = 2 halves with h.
TEST(Clocked, LayersTendToTheEquation)
{
    for (const char* scheme : {"deepnorm", "layerscale"}) {
        model::SymmetricProblem problem;
        problem.scheme = scheme;
        problem.n = 6;
        problem.beta = 2;
        problem.r0 = scheme == std::string("deepnorm") ? Rational(1) : Rational(3, 2);
        // One layer has h = 1; a layer with step h and weight alpha is one with h alpha, 1/(h
        // alpha).
        const Rational weight(3);
        const auto off = [&](long layers) {
            const Rational h(2, layers);
            model::SymmetricProblem fine = problem;
            fine.alpha = model::Alpha::constant(
                scheme == std::string("deepnorm") ? Rational(weight / h) : Rational(weight * h));
            const SymmetricState end = symmetric_layers(fine, layers, 20).back();
            model::SymmetricProblem exact = problem;
            exact.alpha = model::Alpha::constant(weight);
            const ClockState truth = states_at(exact, {Rational(2)}, 20).front();
            return abs(end.gamma - truth.gamma).to_double();
        };
        const double coarse = off(200);
        const double fine = off(400);
        EXPECT_GT(coarse, 1e-6);
        EXPECT_NEAR(coarse / fine, 2, 0.05) << scheme;
    }
}

} // namespace
} // namespace attest::flow

// Runs with error control against fixed steps, against proved runs, and their stops.

#include "matchers.hpp"

#include "attest/flow/adaptive_particles.hpp"
#include "attest/flow/hemisphere.hpp"
#include "attest/flow/particle_system.hpp"
#include "attest/numbers/precision.hpp"

namespace attest {
namespace {

using flow::AdaptiveOptions;
using flow::AdaptiveParticles;
using flow::AdaptiveRun;
using flow::Goal;
using flow::ParticleProblem;
using flow::Stop;
using model::Particles;

constexpr double synchronised_to = 1e-10;

ParticleProblem<double> any_problem()
{
    ParticleProblem<double> problem;
    problem.scheme = testing::any_scheme();
    problem.attention.beta = *rc::gen::element(0.5, 2.0, 5.0);
    problem.alpha = [](double t) { return 1 / (1 + t); };
    problem.tau = 0.3;
    return problem;
}

Particles<double> any_start(long d, long n)
{
    Particles<double> start{model::unit_columns(testing::any_tokens(d, n)), Vector<double>(n)};
    for (double& r : start.r) {
        r = *rc::gen::element(0.5, 1.0, 3.0);
    }
    return start;
}

AdaptiveOptions<double> options_until(double until, bool log_time = false)
{
    AdaptiveOptions<double> options;
    options.rtol = synchronised_to;
    options.atol = synchronised_to;
    options.until = until;
    options.log_time = log_time;
    return options;
}

RC_GTEST_PROP(AdaptiveParticles, FollowFixedSteps, ())
{
    const long n = *rc::gen::inRange(2, 6);
    const long d = *rc::gen::inRange(2, 4);
    const auto problem = any_problem();
    const auto start = any_start(d, n);
    RC_PRE(testing::well_conditioned(problem.attention, start.theta));
    const auto fixed = flow::integrate_particles(problem, start, 0.0, 1.5, 1500);
    // A token that comes near A_j = 0 on its way makes the fixed steps the worse of the two.
    const auto coarse = flow::integrate_particles(problem, start, 0.0, 1.5, 750);
    RC_PRE(testing::distance(fixed.theta, coarse.theta) < 1e-9);
    for (const bool log_time : {false, true}) {
        AdaptiveParticles<double> flow(problem, d, n, options_until(1.5, log_time));
        const AdaptiveRun<double> run = flow.run(start);
        RC_ASSERT(run.stop == Stop::Time);
        RC_ASSERT(run.t == 1.5);
        RC_ASSERT(testing::distance(fixed.theta, run.state.theta) < 1e-6);
        RC_ASSERT(testing::distance(fixed.r, run.state.r) < 1e-6);
        RC_ASSERT(run.drift < 1e-8);
    }
}

/// Five tokens of which no hemisphere holds all.
Particles<double> spread_start()
{
    Particles<double> start{Matrix<double>(3, 5), Vector<double>::Constant(5, 0.75)};
    start.theta << 1, -1, 0.2, 0.1, -0.3, //
        0.3, 0.2, 1, -1, 0.1,             //
        0.1, 0.3, -0.2, 0.4, -1;
    start.theta = model::unit_columns(start.theta);
    return start;
}

TEST(AdaptiveParticles, StopWhereTheGoalIsReached)
{
    const Particles<double> start = spread_start();
    ASSERT_FALSE(flow::find_pole(start.theta));
    for (const std::string_view scheme : model::scheme_names) {
        ParticleProblem<double> problem;
        problem.scheme = scheme;
        problem.attention.beta = 2;
        AdaptiveParticles<double> flow(problem, 3, 5, options_until(1e40, true));
        const auto hemisphere = flow.run(start, 0, Goal::Hemisphere);
        const auto cone = flow.run(start, 0, Goal::Cone, 0.5);
        const auto together = flow.run(start, 0, Goal::Synchronised, 1e-4);
        const auto still = flow.run(start, 0, Goal::Stationary, 1e-5);
        for (const auto* run : {&hemisphere, &cone, &together, &still}) {
            EXPECT_EQ(run->stop, Stop::Goal) << scheme;
        }
        EXPECT_GT(hemisphere.t, 0);
        EXPECT_GT(cone.t, hemisphere.t);
        EXPECT_GT(together.t, cone.t);
        ASSERT_TRUE(hemisphere.pole) << scheme;
        EXPECT_GT((hemisphere.state.theta.transpose() * *hemisphere.pole).minCoeff(), 0);
        // At the first moment, as far as the bisection goes.
        EXPECT_GE(cone.least_product, 0.5 - 1e-12);
        EXPECT_LT(cone.least_product, 0.5 + 1e-4);
        EXPECT_GE(together.least_product, 1 - 1e-4);
        EXPECT_LT(together.least_product, 1 - 1e-4 + 1e-7);
        const Matrix<double> A = model::attend(problem.attention, still.state.theta);
        for (Eigen::Index j = 0; j < A.cols(); ++j) {
            const Vector<double> theta = still.state.theta.col(j);
            EXPECT_LE(model::project<double>(theta, Vector<double>(A.col(j))).norm(), 1.001e-5);
        }
    }
}

TEST(AdaptiveParticles, MixSwitchesAtTau)
{
    ParticleProblem<double> problem;
    problem.scheme = "mix-ln";
    problem.attention.beta = 1;
    problem.tau = 0.7;
    const Particles<double> start = spread_start();
    std::vector<double> moments;
    std::vector<double> magnitudes;
    auto options = options_until(2);
    options.observe_at = {0.0, 0.5, 0.7, 0.70001, 2.0};
    options.observe = [&](double t, const Particles<double>& state) {
        moments.push_back(t);
        magnitudes.push_back(state.r(0));
    };
    AdaptiveParticles<double> flow(problem, 3, 5, options);
    const auto run = flow.run(start);
    EXPECT_EQ(moments, options.observe_at);
    EXPECT_EQ(magnitudes.at(2), 0.75); // not moved before tau, to the last bit
    EXPECT_NE(magnitudes.at(3), 0.75);
    EXPECT_NEAR(magnitudes.at(4), run.state.r(0), 1e-15);
    // Post-LN, then Pre-LN.
    problem.scheme = "post-ln";
    AdaptiveParticles<double> early(problem, 3, 5, options_until(0.7));
    const auto middle = early.run(start);
    problem.scheme = "pre-ln";
    AdaptiveParticles<double> later(problem, 3, 5, options_until(2));
    const auto end = later.run(middle.state, 0.7);
    EXPECT_LT(testing::distance(run.state.theta, end.state.theta), 1e-8);
    EXPECT_LT(testing::distance(run.state.r, end.state.r), 1e-8);
}

TEST(AdaptiveParticles, LieInProvedTubes)
{
    flow::ExactParticles exact;
    exact.attention.beta = Rational(3, 2);
    exact.theta = Matrix<Rational>(3, 4);
    exact.r = Vector<Rational>::Constant(4, Rational(1));
    const std::vector<std::vector<Rational>> plane{{Rational(1, 5), Rational(1, 7)},
                                                   {Rational(3, 2), Rational(1, 3)},
                                                   {Rational(-2, 3), Rational(4, 3)},
                                                   {Rational(-1), Rational(-3, 2)}};
    for (Eigen::Index j = 0; j < 4; ++j) {
        exact.theta.col(j) = flow::sphere_point(plane[static_cast<std::size_t>(j)]);
    }
    for (const std::string_view scheme : {"post-ln", "pre-ln", "peri-ln"}) {
        exact.scheme = scheme;
        flow::ParticleRunOptions proved;
        proved.until = Rational(1, 2);
        proved.digits = 8;
        proved.stop_in_hemisphere = false;
        const flow::ParticleTubes tubes = flow::validated_particles(exact, proved);
        const std::vector<Ball> box =
            tubes.pieces.back().tube.at(Ball(Rational(proved.until - tubes.pieces.back().t0)));
        ParticleProblem<double> problem;
        problem.scheme = scheme;
        problem.attention.beta = 1.5;
        Particles<double> start{Matrix<double>(3, 4), Vector<double>::Ones(4)};
        for (Eigen::Index k = 0; k < 12; ++k) {
            start.theta.reshaped()(k) = exact.theta.reshaped()(k).convert_to<double>();
        }
        AdaptiveParticles<double> flow(problem, 3, 4, options_until(0.5));
        const auto run = flow.run(start);
        for (Eigen::Index k = 0; k < 12; ++k) { // token by token, as the states are ordered
            EXPECT_NEAR(run.state.theta.reshaped()(k), box[static_cast<std::size_t>(k)].to_double(),
                        1e-8)
                << scheme;
        }
    }
}

TEST(AdaptiveParticles, AlsoInHighPrecision)
{
    const PrecisionScope precision(160);
    ParticleProblem<Real> problem;
    problem.scheme = "peri-ln";
    problem.attention.beta = 2;
    const Particles<double> rough = spread_start();
    const Particles<Real> start{model::unit_columns<Real>(rough.theta.cast<Real>()),
                                rough.r.cast<Real>()};
    AdaptiveOptions<Real> options;
    options.rtol = Real("1e-13");
    options.atol = Real("1e-13");
    options.until = Real(1);
    AdaptiveParticles<Real> flow(problem, 3, 5, options);
    const auto run = flow.run(start);
    const auto fixed = flow::integrate_particles(problem, start, Real(0), Real(1), 400);
    EXPECT_LT(Real(Matrix<Real>(run.state.theta - fixed.theta).cwiseAbs().maxCoeff()), Real(1e-11));
    const auto cone = flow.run(start, Real(0), Goal::Cone, Real(1.935));
    EXPECT_EQ(cone.stop, Stop::Goal);
}

TEST(AdaptiveParticles, SayWhyTheyStopEarly)
{
    ParticleProblem<double> problem;
    problem.scheme = "post-ln";
    auto options = options_until(1000);
    options.evaluations = 50;
    AdaptiveParticles<double> flow(problem, 3, 5, options);
    const auto run = flow.run(spread_start());
    EXPECT_EQ(run.stop, Stop::Evaluations);
    EXPECT_GT(run.t, 0);
    // Antipodal tokens with beta = 0: A_j = 0, and nGPT divides by |A_j|.
    problem.scheme = "ngpt";
    problem.attention.beta = 0;
    Particles<double> antipodal{Matrix<double>(2, 2), Vector<double>::Ones(2)};
    antipodal.theta << 1, -1, 0, 0;
    AdaptiveParticles<double> stuck(problem, 2, 2, options_until(1));
    EXPECT_EQ(stuck.run(antipodal).stop, Stop::Breakdown);
}

TEST(AdaptiveParticles, BadInputIsNamed)
{
    const ParticleProblem<double> problem{"post-ln", {}, [](double) { return 1.0; }, 1};
    const auto options = [](double rtol, long evaluations) {
        AdaptiveOptions<double> o;
        o.rtol = rtol;
        o.evaluations = evaluations;
        return o;
    };
    EXPECT_THROW(AdaptiveParticles<double>(problem, 2, 2, options(0, 10)), InputError);
    EXPECT_THROW(AdaptiveParticles<double>(problem, 2, 2, options(1e-3, 0)), InputError);
    EXPECT_THROW(AdaptiveParticles<double>(problem, 0, 2), InputError);
    AdaptiveParticles<double> flow(problem, 3, 5);
    const auto start = spread_start();
    EXPECT_THROW(flow.run({start.theta, Vector<double>::Ones(4)}), InputError);
    EXPECT_THROW(flow.run({start.theta, -start.r}), InputError);
    EXPECT_THROW(flow.run({0 * start.theta, start.r}), InputError);
    EXPECT_THROW(flow.run(start, -1.0), InputError);
    EXPECT_THROW(flow.run(start, 0.0, Goal::Cone, 3.0), InputError);
    EXPECT_THROW(flow::parse_goal("asleep"), InputError);
    EXPECT_EQ(flow::parse_goal("hemisphere"), Goal::Hemisphere);
}

} // namespace
} // namespace attest

// Symmetric trajectories: independent variables and methods agree, ends are met, samples are sane.

#include "attest/flow/series.hpp"
#include "attest/flow/trajectory.hpp"
#include "attest/flow/trajectory_time.hpp"
#include "attest/model/schemes.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <vector>

namespace attest::flow {
namespace {

model::SymmetricProblem any_problem()
{
    model::SymmetricProblem p;
    const std::size_t index = *rc::gen::inRange<std::size_t>(0, model::scheme_names.size());
    p.scheme = std::string(model::scheme_names[index]);
    p.n = *rc::gen::element(2L, 3L, 10L, 256L, 1000L);
    p.beta =
        *rc::gen::element(Rational(0), Rational(1, 100), Rational(1), Rational(5), Rational(12));
    p.r0 = *rc::gen::element(Rational(1, 10), Rational(1), Rational(10));
    p.tau = *rc::gen::element(Rational(0), Rational(1, 7), Rational(2));
    p.mix_magnitude = *rc::gen::element(model::MixMagnitude::Table1, model::MixMagnitude::Table2);
    p.gamma0 = *rc::gen::element(Rational(0), Rational(1, 4), Rational(9, 10));
    const std::vector<std::string> alphas{"1", "1/3", "root", "linear", "1/(1+t)", "sqrt(t)+t"};
    p.alpha = model::Alpha::parse(*rc::gen::elementOf(alphas));
    return p;
}

TrajectoryRequest until_time(model::SymmetricProblem problem, const Rational& t, long digits)
{
    TrajectoryRequest request;
    request.problem = std::move(problem);
    request.until_time = t;
    request.digits = digits;
    request.samples = 4;
    request.confirm = false;
    return request;
}

long agreement(const TrajectorySample& a, const TrajectorySample& b)
{
    return std::min({agreeing_digits(a.t, b.t), agreeing_digits(a.epsilon, b.epsilon),
                     agreeing_digits(a.r, b.r)});
}

RC_GTEST_PROP(Trajectory, TheLogisticClockAgreesWithTheRecordedEquations, ())
{
    model::SymmetricProblem problem = any_problem();
    if (problem.alpha.name == "root" || problem.alpha.name == "sqrt(t)+t") {
        problem.alpha = model::Alpha::linear(); // t itself is singular for these
    }
    const Rational end = *rc::gen::element(Rational(1, 10), Rational(3), Rational(12));
    TrajectoryRequest request = until_time(problem, end, 20);
    const TrajectoryResult fast = trajectory(request);
    request.variable = TrajectoryVariable::Time;
    const TrajectoryResult direct = trajectory(request);
    RC_ASSERT(fast.digits >= 20);
    RC_ASSERT(direct.digits >= 20);
    RC_ASSERT(fast.samples.size() == direct.samples.size());
    for (std::size_t i = 0; i < fast.samples.size(); ++i) {
        RC_ASSERT(agreement(fast.samples[i], direct.samples[i]) >= 19);
    }
}

RC_GTEST_PROP(Trajectory, TimeAndLevelAreInverse, ())
{
    const model::SymmetricProblem problem = any_problem();
    const Rational level = problem.gamma0 + (1 - problem.gamma0) * Rational(1, 3);
    TrajectoryRequest request;
    request.problem = problem;
    request.until_gamma = level;
    request.digits = 25;
    request.samples = 1;
    request.confirm = false;
    TrajectoryResult there;
    try {
        there = trajectory(request);
    } catch (const Undecidable&) {
        // The integral of 1/(1+t) grows like ln t: some levels lie beyond t = 10^40.
        RC_ASSERT(problem.scheme == "ngpt");
        RC_DISCARD("level out of reach");
    }
    const PrecisionScope precision(200);
    const Real t = there.samples.back().t;
    RC_PRE(t < Real("1e200"));
    const TrajectoryResult back = trajectory(until_time(problem, to_rational(t), 25));
    RC_ASSERT(agreeing_digits(back.samples.back().gamma, to_real(level)) >= 23);
}

RC_GTEST_PROP(Trajectory, SamplesMoveForward, ())
{
    const model::SymmetricProblem problem = any_problem(); // every alpha above is positive
    TrajectoryRequest request = until_time(problem, Rational(50), 15);
    request.samples = 12;
    const TrajectoryResult result = trajectory(request);
    RC_ASSERT(result.samples.size() == 12U);
    for (std::size_t i = 1; i < result.samples.size(); ++i) {
        RC_ASSERT(result.samples[i].t > result.samples[i - 1].t);
        RC_ASSERT(result.samples[i].epsilon < result.samples[i - 1].epsilon);
        RC_ASSERT(result.samples[i].epsilon > 0);
        RC_ASSERT(result.samples[i].r >= result.samples[i - 1].r);
    }
}

RC_GTEST_PROP(Series, ProductsAndRecurrencesAgree, ())
{
    const model::SymmetricProblem problem = any_problem();
    const long digits = *rc::gen::inRange(15, 70);
    SeriesOptions options;
    options.digits = digits;
    options.method = SeriesMethod::Recurrences;
    SymmetricSeries one_by_one(problem, options);
    options.method = SeriesMethod::Products;
    SymmetricSeries whole(problem, options);
    const PrecisionScope precision(one_by_one.bits());
    const Ball clock(Rational(*rc::gen::inRange(1, 200), 10));
    const SeriesPoint a = one_by_one.at_clock(clock);
    const SeriesPoint b = whole.at_clock(clock);
    RC_ASSERT(agreeing_digits(a.epsilon.midpoint(), b.epsilon.midpoint()) >= digits - 2);
    RC_ASSERT(agreeing_digits(a.r.midpoint(), b.r.midpoint()) >= digits - 2);
    // Rounding is tracked, and small.
    RC_ASSERT(a.epsilon.certified_digits() >= digits - 2);
    RC_ASSERT(b.epsilon.certified_digits() >= digits - 2);
}

RC_GTEST_PROP(Trajectory, PostLnAtZeroTemperatureIsLogistic, ())
{
    // beta = 0: gamma' = 2 (1 - gamma)((n-1) gamma + 1)/n, so 1/epsilon is exponential in t.
    model::SymmetricProblem problem;
    problem.scheme = "post-ln";
    problem.beta = 0;
    problem.n = *rc::gen::inRange(2L, 500L);
    const Rational t(*rc::gen::inRange(1, 300), 10);
    const TrajectoryResult result = trajectory(until_time(problem, t, 40));
    const PrecisionScope precision(250);
    const Real ratio = to_real(Rational(problem.n - 1, problem.n));
    const Real exact = 1 / (exp(to_real(Rational(2 * t))) / problem.n + ratio);
    RC_ASSERT(agreeing_digits(result.samples.back().epsilon, exact) >= 40);
}

TEST(Trajectory, EveryVariableGivesTheSame)
{
    TrajectoryRequest request = until_time({}, Rational(30), 30);
    request.problem.scheme = "pre-ln";
    request.problem.n = 256;
    request.problem.beta = 5;
    const TrajectoryResult reference = trajectory(request);
    for (const TrajectoryVariable variable :
         {TrajectoryVariable::Time, TrajectoryVariable::LogTime, TrajectoryVariable::Gamma}) {
        request.variable = variable;
        const TrajectoryResult other = trajectory(request);
        for (std::size_t i = 0; i < reference.samples.size(); ++i) {
            EXPECT_GE(agreement(reference.samples[i], other.samples[i]), 30);
        }
    }
}

TEST(Trajectory, ReachesAbsurdTimes)
{
    TrajectoryRequest request = until_time({}, pow(Rational(10), 36), 30);
    request.problem.scheme = "pre-ln";
    request.problem.n = 128;
    request.problem.beta = 9;
    request.confirm = true;
    const TrajectoryResult result = trajectory(request);
    EXPECT_GE(result.digits, 30);
    EXPECT_TRUE(result.confirmed);
    request.variable = TrajectoryVariable::LogTime;
    EXPECT_GE(agreement(trajectory(request).samples.back(), result.samples.back()), 30);
}

TEST(Trajectory, ConfirmedByQuadrature)
{
    for (const std::string_view scheme : model::scheme_names) {
        TrajectoryRequest request = until_time({}, Rational(20), 25);
        request.problem.scheme = std::string(scheme);
        request.problem.n = 10;
        request.problem.beta = 2;
        request.confirm = true;
        EXPECT_TRUE(trajectory(request).confirmed) << scheme;
        request.until_time.reset();
        request.until_gamma = Rational(4, 5);
        EXPECT_TRUE(trajectory(request).confirmed) << scheme;
    }
}

TEST(Trajectory, MixSwitchesExactlyAtTau)
{
    // Before tau it is Post-LN; from tau on Pre-LN started from there.
    TrajectoryRequest request = until_time({}, Rational(2), 30);
    request.problem.scheme = "mix-ln";
    request.problem.tau = 2;
    request.problem.n = 10;
    request.problem.beta = 1;
    request.problem.r0 = 3;
    const TrajectorySample table1 = trajectory(request).samples.back();
    request.problem.mix_magnitude = model::MixMagnitude::Table2;
    const TrajectorySample table2 = trajectory(request).samples.back();
    request.problem.scheme = "post-ln";
    const TrajectorySample post = trajectory(request).samples.back();
    EXPECT_GE(agreeing_digits(table1.epsilon, post.epsilon), 30);
    EXPECT_EQ(table1.r, 1);
    EXPECT_EQ(table2.r, 3);
}

TEST(Trajectory, UnreachableLevelsEndWithAReason)
{
    TrajectoryRequest request;
    request.problem.scheme = "ngpt";
    request.until_gamma = Rational(9, 10);
    request.problem.n = 256;
    request.problem.beta = 5;
    for (const char* alpha : {"1/(1+t)^2", "0", "-1", "1/t"}) {
        request.problem.alpha = model::Alpha::parse(alpha);
        EXPECT_THROW(trajectory(request), Undecidable) << alpha;
    }
    // Sign changes are no obstacle: the first crossing counts.
    request.problem.alpha = model::Alpha::sine_cosine();
    EXPECT_NO_THROW(trajectory(request));
}

TEST(Trajectory, RefusesBadRequests)
{
    TrajectoryRequest request;
    EXPECT_THROW(trajectory(request), InputError); // no end
    request.until_time = 1;
    request.until_gamma = Rational(1, 2);
    EXPECT_THROW(trajectory(request), InputError); // two ends
    request.until_gamma.reset();
    request.digits = 0;
    EXPECT_THROW(trajectory(request), InputError);
    request.digits = 1'000'000;
    EXPECT_THROW(trajectory(request), InputError);
    request.digits = 20;
    request.samples = 0;
    EXPECT_THROW(trajectory(request), InputError);
    request.samples = 2;
    request.until_time = -1;
    EXPECT_THROW(trajectory(request), InputError);
    request.until_time.reset();
    request.until_gamma = 1;
    EXPECT_THROW(trajectory(request), InputError);
}

RC_GTEST_PROP(TimeMap, ClosedFormsAgreeWithIntegration, ())
{
    const PrecisionScope precision(200);
    const std::vector<std::string> names{"constant", "root", "linear", "sine-cosine",
                                         "cosine-sine"};
    const model::Alpha alpha = model::Alpha::parse(*rc::gen::elementOf(names));
    model::Alpha unknown = alpha;
    unknown.integral.reset();
    TimeMap closed(alpha.formula, alpha, 35, 200, 1.0);
    TimeMap numeric(alpha.formula, unknown, 35, 200, 1.0);
    const Ball t(Rational(*rc::gen::inRange(1, 100), 10));
    const Real a = closed.clock_at(t).midpoint();
    const Real b = numeric.clock_at(t).midpoint();
    // Relative to the size of the integrand: the integral itself may vanish.
    RC_ASSERT(abs(a - b) < Real("1e-32") * (1 + abs(a)));
}

} // namespace
} // namespace attest::flow

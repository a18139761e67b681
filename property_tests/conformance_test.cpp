// What a simulator's steps explain, and bugs that they do not: runs of known methods, right and
// with planted mistakes, against the enclosures.

#include "attest/flow/conformance_particles.hpp"
#include "attest/flow/particle_flow.hpp"
#include "attest/flow/trajectory.hpp"
#include "attest/model/schemes.hpp"
#include "attest/numbers/errors.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace attest::flow {
namespace {

model::SymmetricProblem problem_of(const std::string& scheme)
{
    model::SymmetricProblem p;
    p.scheme = scheme;
    p.n = 12;
    p.beta = 2;
    return p;
}

std::vector<double> grid(double step, double end)
{
    std::vector<double> t;
    for (double k = 0; k * step <= end * (1 + 1e-9); ++k) {
        t.push_back(k * step);
    }
    return t;
}

/// A simulator of gamma and r: the last of the methods of that order.
RecordedRun simulate(const model::SymmetricProblem& problem, double step, double end, int order,
                     double time_unit = 1)
{
    const std::vector<double> t = grid(step, end);
    const MethodRun method = method_runs(problem, StepGrid{t, 0, 0, 1}, order).front();
    RecordedRun run;
    run.name = "simulator";
    for (std::size_t k = 0; k < t.size(); ++k) {
        run.t.emplace_back(t[k] * time_unit);
        run.gamma_low.emplace_back(method.gamma[k]);
        run.r_low.emplace_back(method.r[k]);
    }
    run.gamma_high = run.gamma_low;
    run.r_high = run.r_low;
    return run;
}

bool names(const Conformance& result, const std::string& id)
{
    return std::any_of(result.contradictions.begin(), result.contradictions.end(),
                       [&](const Contradiction& c) { return c.id == id; });
}

ConformanceOptions of_order(int order)
{
    ConformanceOptions options;
    options.order = order;
    return options;
}

RC_GTEST_PROP(Conformance, RightSimulatorsConformAndContradictNothing, ())
{
    model::SymmetricProblem p;
    p.scheme = std::string(model::scheme_names[*rc::gen::inRange<std::size_t>(0, 6)]);
    p.n = *rc::gen::element(2L, 5L, 40L);
    p.beta = *rc::gen::element(Rational(0), Rational(1), Rational(3));
    p.tau = *rc::gen::element(Rational(1, 2), Rational(1));
    p.alpha = model::Alpha::parse(*rc::gen::element<std::string>("1", "linear"));
    const int order = *rc::gen::inRange(1, 5);
    const RecordedRun run = simulate(p, 0.05, 4, order);
    const Conformance result = conformance(p, run, of_order(order));
    RC_ASSERT(result.conforms());
    RC_ASSERT(result.certified);
    RC_ASSERT(result.contradictions.empty());
}

TEST(Conformance, ObservedOrdersAreThoseOfTheMethods)
{
    for (const int order : {1, 2, 3, 4}) {
        const model::SymmetricProblem p = problem_of("peri-ln");
        std::vector<ErrorCurve> curves;
        for (const double step : {0.05, 0.1, 0.025}) {
            const RecordedRun run = simulate(p, step, 3, order);
            const Conformance result = conformance(p, run, of_order(order));
            curves.push_back({step, 1e-14, grid(step, 3), result.gamma.error});
        }
        for (const ObservedOrder& pair : observed_orders(curves)) {
            ASSERT_TRUE(pair.order);
            EXPECT_GT(pair.coarse, pair.fine);
            EXPECT_NEAR(*pair.order, order, 0.35);
        }
    }
}

TEST(Conformance, TheExactTrajectoryConformsToItsOwnDigits)
{
    for (const std::string_view scheme : model::scheme_names) {
        const model::SymmetricProblem p = problem_of(std::string(scheme));
        TrajectoryRequest request;
        request.problem = p;
        request.until_time = 5;
        request.samples = 21;
        request.digits = 40;
        RecordedRun run;
        run.name = "trajectory";
        for (const TrajectorySample& sample : trajectory(request).samples) {
            run.t.push_back(to_rational(sample.t));
            run.gamma_low.push_back(to_rational(sample.gamma));
            run.r_low.push_back(to_rational(sample.r));
        }
        run.gamma_high = run.gamma_low;
        run.r_high = run.r_low;
        // Times as equal fractions: their binary forms differ from them by rounding alone.
        for (std::size_t k = 0; k < run.t.size(); ++k) {
            run.t[k] = Rational(static_cast<long>(k), 4);
        }
        ConformanceOptions options;
        options.tolerance = parse_rational("1e-30");
        EXPECT_TRUE(conformance(p, run, options).conforms()) << scheme;
        run.gamma_low[13] += parse_rational("1e-29");
        const Conformance changed = conformance(p, run, options);
        ASSERT_TRUE(changed.first) << scheme;
        EXPECT_EQ(changed.first->row, 13U);
        EXPECT_NEAR(changed.first->error, 1e-29, 1e-30);
    }
}

TEST(Conformance, PlantedBugsAreCaughtAndNamed)
{
    for (const std::string_view name : model::scheme_names) {
        const std::string scheme(name);
        const model::SymmetricProblem p = problem_of(scheme);
        const std::string equation = scheme == "mix-ln"    ? "table2/mix-ln/speed-factor"
                                     : scheme == "post-ln" ? "appA/post-ln/ode"
                                                           : "appA/" + scheme + "/gamma-ode";
        // beta off by one percent. Mix-LN's switch is a first-order error of its own: before it.
        model::SymmetricProblem warm = p;
        warm.beta = Rational(202, 100);
        const double end = scheme == "mix-ln" ? 0.9 : 6;
        const Conformance beta = conformance(p, simulate(warm, 0.05, end, 4), of_order(4));
        EXPECT_FALSE(beta.conforms()) << scheme;
        EXPECT_TRUE(names(beta, equation)) << scheme;
        // A time unit that is 10 percent off, and a missing factor 2.
        for (const double unit : {1.1, 2.0}) {
            const Conformance time = conformance(p, simulate(p, 0.02, 6, 1, unit), of_order(1));
            EXPECT_FALSE(time.conforms()) << scheme << unit;
            EXPECT_TRUE(names(time, equation)) << scheme << unit;
        }
        const Conformance half = conformance(p, simulate(p, 0.01, 3, 1, 2), of_order(1));
        EXPECT_TRUE(names(half, "thm4.1/" + scheme + "/initial-velocity")) << scheme;
    }
}

TEST(Conformance, FrozenMagnitudesAndSwappedSchemesAreNamed)
{
    const model::SymmetricProblem p = problem_of("pre-ln");
    RecordedRun frozen = simulate(p, 0.05, 10, 1);
    std::fill(frozen.r_low.begin(), frozen.r_low.end(), Rational(1));
    frozen.r_high = frozen.r_low;
    const Conformance magnitude = conformance(p, frozen, of_order(1));
    ASSERT_TRUE(magnitude.first);
    EXPECT_EQ(magnitude.first->quantity, "r");
    EXPECT_EQ(magnitude.first->row, 1U);
    EXPECT_TRUE(names(magnitude, "appA/pre-ln/r-ode"));
    EXPECT_TRUE(names(magnitude, "appA/pre-ln/limits"));

    const RecordedRun post = simulate(problem_of("post-ln"), 0.05, 10, 1);
    const Conformance swapped = conformance(p, post, of_order(1));
    EXPECT_TRUE(names(swapped, "appA/pre-ln/r-ode"));
    const Conformance back =
        conformance(problem_of("post-ln"), simulate(p, 0.05, 10, 1), of_order(1));
    EXPECT_TRUE(names(back, "appA/post-ln/ode"));
    EXPECT_TRUE(names(back, "table2/spherical/r-dot"));
}

TEST(Conformance, FallingGammaAndRunawayMagnitudesAreNamed)
{
    const model::SymmetricProblem p = problem_of("pre-ln");
    RecordedRun run = simulate(p, 0.05, 5, 4);
    run.gamma_low[40] = run.gamma_high[40] = Rational(-1, 10);
    run.r_low[90] = run.r_high[90] = 20;
    const Conformance result = conformance(p, run, of_order(4));
    ASSERT_TRUE(result.first);
    EXPECT_EQ(result.first->row, 40U);
    EXPECT_TRUE(names(result, "appA/pre-ln/gamma-nonnegative"));
    EXPECT_TRUE(names(result, "appA/pre-ln/clock"));
}

RecordedTokens particles(const model::SymmetricProblem& p, const Rational& beta, long steps)
{
    ParticleProblem<double> problem;
    problem.scheme = p.scheme;
    problem.attention.beta = beta.convert_to<double>();
    problem.tau = p.tau.convert_to<double>();
    model::Particles<double> state;
    state.theta = Matrix<double>(3, 4);
    state.theta << 1, 0.2, -0.3, 0.5, 0, 1, 0.4, -0.6, 0.1, 0, 1, 0.7;
    state.theta = state.theta.colwise().normalized();
    state.r = Vector<double>::Ones(4);
    RecordedTokens tokens;
    tokens.name = "tokens";
    for (long k = 0; k <= 20; ++k) {
        tokens.t.emplace_back(k, 10);
        tokens.X.push_back(model::tokens_of(state));
        state = integrate_particles<double>(problem, state, 0.1 * static_cast<double>(k),
                                            0.1 * static_cast<double>(k + 1), steps,
                                            RungeKutta::classical());
    }
    return tokens;
}

TEST(Conformance, TokensFromAnyStartAreComparedPairByPair)
{
    for (const std::string_view scheme : model::scheme_names) {
        model::SymmetricProblem p = problem_of(std::string(scheme));
        p.n = 4;
        const RecordedTokens right = particles(p, p.beta, 1);
        EXPECT_FALSE(starts_symmetric(p, symmetric_rows(right)));
        const Conformance conforms = particle_conformance(p, right, of_order(4));
        EXPECT_TRUE(conforms.conforms()) << scheme;
        EXPECT_FALSE(conforms.certified);
        EXPECT_LT(conforms.reference_error, 1e-9);
        // Near Mix-LN's switch steps explain more than one percent of beta does.
        if (scheme != "mix-ln") {
            const RecordedTokens wrong = particles(p, Rational(202, 100), 1);
            EXPECT_FALSE(particle_conformance(p, wrong, of_order(4)).conforms()) << scheme;
        }
    }
}

TEST(Conformance, RefusesRowsThatAreNoRun)
{
    const model::SymmetricProblem p = problem_of("post-ln");
    RecordedRun run = simulate(p, 0.5, 1, 1);
    run.t[2] = run.t[1];
    EXPECT_THROW(conformance(p, run, {}), InputError);
    run.t[2] = Rational(5, 2);
    ConformanceOptions layers;
    layers.layers = true;
    EXPECT_THROW(conformance(p, run, layers), InputError);
    EXPECT_THROW(conformance(p, run, of_order(5)), InputError);
    run.t.resize(1);
    EXPECT_THROW(conformance(p, run, {}), InputError);
}

} // namespace
} // namespace attest::flow

// What a simulator's steps explain, and bugs that they do not: runs of known methods, right and
// with planted mistakes, against the enclosures.

#include "attest/flow/conformance_particles.hpp"
#include "attest/flow/particle_flow.hpp"
#include "attest/flow/trajectory.hpp"
#include "attest/model/schemes.hpp"
#include "attest/numbers/errors.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

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

/// A simulator of gamma and r: the first of the methods of that order.
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
    p.tau = *rc::gen::element(Rational(1, 2), Rational(1), Rational(3));
    p.alpha = model::Alpha::parse(*rc::gen::element<std::string>("1", "linear"));
    const int order = *rc::gen::inRange(1, 5);
    const RecordedRun run = simulate(p, 0.05, 4, order);
    const Conformance result = conformance(p, run, of_order(order));
    RC_ASSERT(result.conforms());
    RC_ASSERT(result.certified);
    RC_ASSERT(result.contradictions.empty());
}

/// What somebody's own code does: a one-step method that none of the compared ones is.
MethodRun other_simulator(const model::SymmetricProblem& p, const std::string& method,
                          const std::vector<double>& t)
{
    const SymmetricField f = symmetric_field(p);
    const auto moved = [](const SymmetricPair& y, double h, const SymmetricPair& slope) {
        return SymmetricPair{y[0] + h * slope[0], y[1] + h * slope[1]};
    };
    SymmetricPair y{0, 1};
    MethodRun run{method, false, {y[0]}, {y[1]}};
    for (std::size_t k = 1; k < t.size(); ++k) {
        const double from = t[k - 1];
        const double h = t[k] - from;
        const SymmetricPair slope = f(from, y);
        if (method == "Ralston") {
            const SymmetricPair second = f(from + 2 * h / 3, moved(y, 2 * h / 3, slope));
            y = moved(moved(y, h / 4, slope), 3 * h / 4, second);
        } else if (method == "strong stability of order 3") {
            const SymmetricPair second = f(from + h, moved(y, h, slope));
            const SymmetricPair third =
                f(from + h / 2, moved(moved(y, h / 4, slope), h / 4, second));
            y = moved(moved(moved(y, h / 6, slope), h / 6, second), 2 * h / 3, third);
        } else { // backward Euler, trapezoid
            SymmetricPair next = y;
            for (int i = 0; i < 200; ++i) {
                next = method == "trapezoid" ? moved(moved(y, h / 2, slope), h / 2, f(t[k], next))
                                             : moved(y, h, f(t[k], next));
            }
            y = next;
        }
        run.gamma.push_back(y[0]);
        run.r.push_back(y[1]);
    }
    return run;
}

/// The file of a run: every so many rows, with so many decimals (0: all), with or without r.
RecordedRun written(const std::vector<double>& t, const MethodRun& method, long decimals = 0,
                    std::size_t every = 1, bool with_r = false)
{
    RecordedRun run;
    run.name = "written";
    const double unit = std::pow(10.0, static_cast<double>(-decimals));
    const auto cell = [&](double x) {
        return Rational(decimals > 0 ? std::round(x / unit) * unit : x);
    };
    for (std::size_t k = 0; k < t.size(); k += every) {
        run.t.emplace_back(t[k]);
        run.gamma_low.push_back(cell(method.gamma[k]));
        if (with_r) {
            run.r_low.push_back(cell(method.r[k]));
        }
    }
    run.gamma_print = run.r_print = decimals > 0 ? unit / 2 : 0;
    run.gamma_high = run.gamma_low;
    run.r_high = run.r_low;
    return run;
}

// No false alarm: every method of the order, printed with few decimals, every third row of it.
RC_GTEST_PROP(Conformance, AnyMethodOfTheOrderContradictsNothing, ())
{
    model::SymmetricProblem p;
    p.scheme = std::string(
        model::all_scheme_names[*rc::gen::inRange<std::size_t>(0, model::all_scheme_names.size())]);
    p.n = *rc::gen::element(2L, 5L, 40L);
    p.beta = *rc::gen::element(Rational(0), Rational(1), Rational(4));
    p.tau = *rc::gen::element(Rational(1, 2), Rational(1));
    p.alpha = model::Alpha::parse(*rc::gen::element<std::string>("1", "1/2", "1/(1+t)"));
    const int order = *rc::gen::inRange(1, 5);
    const double step = *rc::gen::element(0.02, 0.05, 0.1);
    const std::size_t every = *rc::gen::element<std::size_t>(1, 3);
    const std::vector<double> t = grid(step, *rc::gen::element(1.5, 6.0, 15.0));
    const std::vector<MethodRun> methods = method_runs(p, StepGrid{t, 0, 0, 1}, order);
    const MethodRun& method = methods[*rc::gen::inRange<std::size_t>(0, methods.size())];
    ConformanceOptions options = of_order(order);
    if (every > 1) {
        options.step = Rational(step);
    }
    // A drift that is not told from rounding over the whole file is more than rounding at its
    // start: magnitudes of methods that drift are left out.
    const bool with_r = *rc::gen::arbitrary<bool>() && !method.drifts;
    const RecordedRun run = written(t, method, *rc::gen::element(0L, 5L, 9L, 14L), every, with_r);
    const Conformance result = conformance(p, run, options);
    if (result.first) {
        RC_FAIL(fmt::format("{} leaves at row {} by {:.3g}, allowed {:.3g}", method.name,
                            result.first->row, result.first->error, result.first->allowed));
    }
    for (const Contradiction& c : result.contradictions) {
        RC_FAIL(method.name + ": " + c.id + ": " + c.evidence);
    }
    for (std::size_t k = 0; k < run.t.size(); ++k) {
        RC_ASSERT(result.gamma.rounding[k] > 0);
        RC_ASSERT(result.gamma.rounding[k] <= result.gamma.allowed[k]);
    }
}

TEST(Conformance, OtherMethodsOfTheOrderContradictNothing)
{
    const std::vector<std::pair<std::string, int>> methods{{"backward Euler", 1},
                                                           {"trapezoid", 2},
                                                           {"Ralston", 2},
                                                           {"strong stability of order 3", 3}};
    for (const char* scheme :
         {"post-ln", "pre-ln", "peri-ln", "sqrt-scaling", "ngpt", "deepnorm"}) {
        for (const auto& [method, order] : methods) {
            for (const double step : {0.02, 0.05}) {
                for (const long beta : {0L, 3L}) {
                    model::SymmetricProblem p = problem_of(scheme);
                    p.beta = beta;
                    const std::vector<double> t = grid(step, 8);
                    const MethodRun other = other_simulator(p, method, t);
                    const bool with_r = beta == 3;
                    const Conformance result =
                        conformance(p, written(t, other, 0, 1, with_r), of_order(order));
                    for (const Contradiction& c : result.contradictions) {
                        ADD_FAILURE() << scheme << ", " << method << ", step " << step << ", beta "
                                      << beta << ": " << c.id << ": " << c.evidence;
                    }
                }
            }
        }
    }
}

// The error of Euler's method peaks near t = 1 and falls from there on; what it was at the peak
// must not excuse an equation that is wrong afterwards.
TEST(Conformance, AnEquationThatIsWrongAfterThePeakIsNamed)
{
    model::SymmetricProblem p = problem_of("post-ln");
    p.beta = 1;
    const SymmetricField field = symmetric_field(p);
    const double step = 0.05;
    const auto simulated = [&](double late_factor) {
        const std::vector<double> t = grid(step, 6);
        MethodRun run{"late", false, {0}, {}};
        for (std::size_t k = 1; k < t.size(); ++k) {
            const double slope = field(t[k - 1], {run.gamma.back(), 1})[0];
            run.gamma.push_back(run.gamma.back()
                                + step * slope * (t[k - 1] > 1.75 ? late_factor : 1));
        }
        return conformance(p, written(t, run), of_order(1));
    };
    EXPECT_TRUE(simulated(1).contradictions.empty());
    for (const double factor : {0.5, 1.5}) {
        EXPECT_TRUE(names(simulated(factor), "appA/post-ln/ode")) << factor;
    }
}

// Post-LN's numbers as Mix-LN with a late switch: no row is further off than steps explain, because
// gamma is near 1 by then, but 1 - gamma goes on falling exponentially.
TEST(Conformance, ACourseMayContradictAClaimWhereNoRowLeaves)
{
    model::SymmetricProblem p = problem_of("mix-ln");
    p.tau = 4;
    const Conformance right = conformance(p, simulate(p, 0.05, 8, 1), of_order(1));
    EXPECT_TRUE(right.conforms());
    RecordedRun other = simulate(problem_of("post-ln"), 0.05, 8, 1);
    other.r_low.clear(); // which would tell at once
    other.r_high.clear();
    const Conformance wrong = conformance(p, other, of_order(1));
    EXPECT_FALSE(wrong.first);
    EXPECT_TRUE(names(wrong, "thm4.1/mix-ln/terminal-velocity"));
    EXPECT_FALSE(wrong.conforms());
}

// Euler's method falls faster than the solution; printed with 9 decimals its gamma gets to 1.
TEST(Conformance, AMethodThatReachesOneByRoundingContradictsNothing)
{
    model::SymmetricProblem p = problem_of("post-ln");
    p.n = 2;
    p.beta = 0;
    const std::vector<double> t = grid(0.1, 15);
    const MethodRun euler = method_runs(p, StepGrid{t, 0, 0, 1}, 1).front();
    for (const long decimals : {0L, 5L, 9L, 12L}) {
        const Conformance result = conformance(p, written(t, euler, decimals), of_order(1));
        for (const Contradiction& c : result.contradictions) {
            ADD_FAILURE() << decimals << ": " << c.id << ": " << c.evidence;
        }
    }
}

// A tolerance is granted to every judgement, not to the distance alone.
TEST(Conformance, NoiseWithinTheToleranceContradictsNothing)
{
    const double noise = 1e-6;
    for (const char* scheme : {"post-ln", "ngpt"}) {
        for (const int order : {1, 4}) {
            const model::SymmetricProblem p = problem_of(scheme);
            const std::vector<double> t = grid(0.01, 10);
            MethodRun run = method_runs(p, StepGrid{t, 0, 0, 1}, 4).front();
            for (std::size_t k = 1; k < t.size(); ++k) {
                run.gamma[k] += noise * std::sin(static_cast<double>(k * k));
            }
            ConformanceOptions options = of_order(order);
            options.tolerance = Rational(2, 1'000'000);
            const Conformance result = conformance(p, written(t, run), options);
            EXPECT_TRUE(result.conforms()) << scheme << order;
            for (const Contradiction& c : result.contradictions) {
                ADD_FAILURE() << scheme << order << ": " << c.id << ": " << c.evidence;
            }
        }
    }
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

/// Table 1's layers of four tokens from no symmetric start, in double precision.
RecordedTokens layers_of_tokens(const model::SymmetricProblem& p, double beta)
{
    RecordedTokens tokens = particles(p, p.beta, 1);
    model::Attention<double> attention;
    attention.beta = beta;
    Matrix<double> X = tokens.X.front();
    tokens.t.clear();
    tokens.X.clear();
    for (long t = 0; t <= 12; ++t) {
        tokens.t.emplace_back(t);
        tokens.X.push_back(X);
        const double late = Rational(t) > p.tau ? 1 : 0;
        const double time = static_cast<double>(t);
        const double alpha = p.alpha.formula.evaluate<double>({{"t", time}});
        X = model::layer_update<double>(p.scheme, attention, X, 1.0, {alpha, time, late});
    }
    return tokens;
}

TEST(Conformance, LayersOfTokensAreTheirsToRounding)
{
    ConformanceOptions options;
    options.layers = true;
    for (const std::string_view scheme : model::scheme_names) {
        model::SymmetricProblem p = problem_of(std::string(scheme));
        p.n = 4;
        const double beta = p.beta.convert_to<double>();
        EXPECT_TRUE(particle_conformance(p, layers_of_tokens(p, beta), options).conforms())
            << scheme;
        EXPECT_FALSE(
            particle_conformance(p, layers_of_tokens(p, beta * (1 + 1e-8)), options).conforms())
            << scheme;
    }
}

TEST(Conformance, TokensOfAnOrderWithoutMethodsAreRefused)
{
    model::SymmetricProblem p = problem_of("pre-ln");
    p.n = 4;
    const RecordedTokens tokens = particles(p, p.beta, 1);
    for (const int order : {-1, 0, 5, 1000}) {
        EXPECT_THROW(particle_conformance(p, tokens, of_order(order)), InputError) << order;
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

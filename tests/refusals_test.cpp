// What the library refuses: the message names the value and what is allowed. And the ends of ranges
// that are taken, whose answers are known.

#include "attest/chance/attention_vectors.hpp"
#include "attest/chance/binomial.hpp"
#include "attest/chance/certified_runs.hpp"
#include "attest/chance/ensemble/statistics.hpp"
#include "attest/flow/clock.hpp"
#include "attest/flow/clock_alpha.hpp"
#include "attest/flow/conformance.hpp"
#include "attest/flow/exponential_integral.hpp"
#include "attest/flow/hemisphere.hpp"
#include "attest/flow/particle_flow.hpp"
#include "attest/flow/particle_system.hpp"
#include "attest/flow/series.hpp"
#include "attest/flow/step_methods.hpp"
#include "attest/flow/taylor.hpp"
#include "attest/flow/validated.hpp"
#include "attest/ledger/comparison.hpp"
#include "attest/model/fast_product.hpp"
#include "attest/model/fast_velocity.hpp"
#include "attest/model/gram.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/numbers/jet.hpp"
#include "attest/numbers/symbolic.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>
#include <map>
#include <set>

namespace attest {
namespace {

/// What an exception of that type says; empty where none was thrown.
template <class Error, class F>
std::string refusal(const F& work)
{
    try {
        work();
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}

Expr named(const char* name)
{
    return Expr::symbol(name);
}

flow::System exponential_growth()
{
    return {"x", {"y"}, {named("y")}};
}

// --- chance ------------------------------------------------------------------------------------

TEST(Refusals, BinomialProbabilities)
{
    using chance::binomial_tail;
    EXPECT_EQ(refusal<InputError>([] { binomial_tail(1, 2, Rational(3, 2)); }),
              "probability 3/2: must be in [0, 1]");
    EXPECT_EQ(refusal<InputError>([] { binomial_tail(1, 2, Rational(-1, 2)); }),
              "probability -1/2: must be in [0, 1]");
    EXPECT_TRUE(binomial_tail(1, 5, 0).is_exact());
    EXPECT_TRUE(binomial_tail(1, 5, 0).contains(Rational(0)));
    EXPECT_TRUE(binomial_tail(5, 5, 1).contains(Rational(1)));
    EXPECT_TRUE(binomial_tail(0, 5, 0).contains(Rational(1)));
}

TEST(Refusals, CertifiedRunsBelowZero)
{
    chance::RunSetting setting;
    setting.scheme = "post-ln";
    setting.beta = -1;
    EXPECT_EQ(refusal<InputError>([&] { chance::certified_run(setting, 1, 0); }),
              "beta = -1, tau = 1: must not be below 0");
    setting.beta = 1;
    setting.tau = Rational(-1, 3);
    EXPECT_EQ(refusal<InputError>([&] { chance::certified_run(setting, 1, 0); }),
              "beta = 1, tau = -1/3: must not be below 0");
}

TEST(Refusals, RunsThatDoNotGetIntoAHemisphereInTimeSayUntilWhen)
{
    chance::RunSetting setting;
    setting.scheme = "post-ln";
    setting.n = 9;
    setting.until = Rational(1, 1000);
    setting.digits = 4;
    long undecided = 0;
    for (const chance::CertifiedRun& run : chance::certified_runs(setting, 3, 4, 1)) {
        undecided += run.pole ? 0 : 1;
        EXPECT_EQ(run.why, run.pole ? "" : "in no hemisphere by t = 1/1000");
    }
    EXPECT_GT(undecided, 0) << "nine directions on a circle are in no half of it";
}

TEST(Refusals, ScoresHaveNamesAndZeroScoresTheMean)
{
    using chance::Scores;
    std::set<std::string_view> names;
    for (const Scores scores : {Scores::Zero, Scores::Identity, Scores::MinusIdentity,
                                Scores::HalfIdentity, Scores::Shift, Scores::RankOne}) {
        names.insert(to_string(scores));
    }
    EXPECT_EQ(names.size(), 6U);
    // Without scores every token attends to all alike.
    const chance::Stream stream(5, "zero scores", 0);
    const chance::AttentionLengths lengths = chance::attention_lengths(stream, 40, 7, Scores::Zero);
    EXPECT_NEAR(lengths.largest, lengths.mean, 1e-15);
}

TEST(Refusals, StatisticsOfOtherShapesAndOfTooManyRuns)
{
    chance::EnsembleStatistics statistics(2, 1);
    const chance::RunCurves two{{{0.5}, {0.25}}, {{1}, {1}}};
    const chance::RunCurves three{{{0.5}, {0.25}, {0}}, {{1}, {1}, {1}}};
    EXPECT_EQ(refusal<InputError>([&] { statistics.add(three); }),
              "a run of 3 schemes: must have 2");
    statistics.add(two);
    for (int doubling = 0; doubling < 21; ++doubling) {
        statistics.add(chance::EnsembleStatistics(statistics));
    }
    EXPECT_EQ(statistics.runs(), 2'097'152U);
    EXPECT_EQ(refusal<InputError>([&] { statistics.add(chance::EnsembleStatistics(statistics)); }),
              "ensemble of 4194304 runs: must be at most 4000000");
    EXPECT_EQ(statistics.mean(0, 0), 0.5);
}

// --- flow --------------------------------------------------------------------------------------

model::SymmetricProblem problem_of(const std::string& scheme)
{
    model::SymmetricProblem problem;
    problem.scheme = scheme;
    problem.n = 4;
    return problem;
}

TEST(Refusals, ClockOutsideItsTimes)
{
    const flow::SymmetricClock clock(problem_of("pre-ln"));
    EXPECT_NE(
        refusal<InputError>([&] { (void)clock.epsilon_at(Ball(-1)); }).find("must be at least 0"),
        std::string::npos);
    EXPECT_TRUE(is_true(equal(clock.epsilon_at(Ball(0)), clock.start_epsilon())));
    const Ball near_start = Ball::interval(Rational(-1, 1000), Rational(1, 1000));
    EXPECT_NE(refusal<Undecidable>([&] {
                  (void)clock.epsilon_at(near_start);
              }).find("cannot be told from the start"),
              std::string::npos);
    EXPECT_TRUE(clock.brake_integral(Ball(Rational(1, 2)))
                    .overlaps(flow::BrakeIntegral(4, 1)(Ball(Rational(1, 2)))));
    EXPECT_TRUE(is_true(equal(flow::BrakeIntegral(4, 1)(Ball(0)), Ball(0))));
}

TEST(Refusals, ClockOfMixLnAtItsSwitch)
{
    const flow::SymmetricClock clock(problem_of("mix-ln"));
    const Ball at_switch = clock.growth_epsilon();
    EXPECT_NE(refusal<InputError>([&] {
                  (void)clock.law_deviation_bound(clock.start_epsilon());
              }).find("where growth begins"),
              std::string::npos);
    // Across the switch: the hull of both phases, which has the switching time.
    const Ball across =
        Ball::hull(at_switch * Ball(Rational(99, 100)), at_switch * Ball(Rational(101, 100)));
    EXPECT_TRUE(clock.time_at(across).contains(Rational(1)));
    // The law's ratio on the early side is gamma' t^3 / C.
    const Ball early = at_switch * Ball(Rational(3, 2));
    const Ball t = clock.time_at(early);
    EXPECT_TRUE(clock.law_ratio_at(early).overlaps(clock.gamma_dot_at(early) * t * t * t
                                                   / clock.terminal_constant()));
    const flow::ClockState start = flow::state_at_gamma(problem_of("mix-ln"), 0, 20);
    EXPECT_TRUE(is_true(equal(start.t, Ball(0))));
    EXPECT_TRUE(start.r.contains(Rational(1)));
}

TEST(Refusals, IntegralsOfAlphaThatAreNoPowers)
{
    const model::Alpha zero{"zero", Expr(0L), Expr(0L)};
    const auto monomial = flow::alpha_monomial(zero);
    ASSERT_TRUE(monomial);
    EXPECT_EQ(monomial->factor, 0);
    EXPECT_NE(refusal<Undecidable>([&] {
                  (void)flow::time_of_alpha_integral(zero, Ball(1));
              }).find("alpha = zero: its integral is not known to be a positive power of t"),
              std::string::npos);
    const model::Alpha one{"one", Expr(1L), named("t")};
    ASSERT_TRUE(flow::alpha_monomial(one));
    EXPECT_EQ(flow::alpha_monomial(one)->exponent, 1);
    EXPECT_TRUE(flow::time_of_alpha_integral(one, Ball(7)).contains(Rational(7)));
}

TEST(Refusals, RecordedRunsBeforeTheStart)
{
    EXPECT_EQ(refusal<InputError>([] {
                  flow::validate_times("run", {-1, 0}, false);
              }),
              "run: t '-1.00000': must not be negative");
    EXPECT_NE(refusal<InputError>([] {
                  flow::validate_times("run", {0}, false);
              }).find("run: 1 rows: must be at least 2"),
              std::string::npos);
}

TEST(Refusals, PolesOfDirectionsThatAreNone)
{
    EXPECT_FALSE(flow::find_pole(Matrix<double>(Matrix<double>::Zero(3, 2))).has_value());
    Matrix<Real> theta(2, 2);
    theta << Real(1), Real(0), Real(0), Real(1);
    const auto pole = flow::find_pole(theta);
    ASSERT_TRUE(pole);
    EXPECT_TRUE((*pole)(0) > 0 && (*pole)(1) > 0);
}

TEST(Refusals, ParticlesOfSizesThatDoNotFit)
{
    flow::ParticleProblem<double> problem;
    problem.scheme = "post-ln";
    const model::Particles<double> start{Matrix<double>::Identity(3, 3), Vector<double>::Ones(2)};
    EXPECT_EQ(
        refusal<InputError>([&] { flow::integrate_particles<double>(problem, start, 0, 1, 10); }),
        "2 magnitudes for 3 directions: must be equal");

    flow::ExactParticles exact;
    exact.scheme = "pre-ln";
    exact.theta = Matrix<Rational>::Identity(2, 2);
    exact.r = Vector<Rational>::Constant(3, Rational(1));
    EXPECT_EQ(refusal<InputError>([&] { (void)flow::particle_system(exact, false, "t", 0); }),
              "3 magnitudes for 2 directions: must be equal, at least 1");
    exact.r = Vector<Rational>::Constant(2, Rational(1));
    exact.tau = -1;
    EXPECT_EQ(refusal<InputError>([&] { (void)flow::particle_system(exact, false, "t", 0); }),
              "tau = -1: must not be below 0");
    EXPECT_NE(refusal<InputError>([] {
                  (void)model::symmetric_directions<double>(0, 0.5);
              }).find("n = 0: must be at least 1"),
              std::string::npos);
    const model::GramState<double> gram{Matrix<double>::Identity(2, 2), Vector<double>::Ones(3)};
    EXPECT_EQ(refusal<InputError>([&] {
                  (void)model::gram_velocity(std::string_view("post-ln"), gram, 1.0,
                                             model::Regulation<double>{});
              }),
              "Gram matrix of 2 x 2 with 3 magnitudes: must be n x n with n >= 1");
}

TEST(Refusals, ParticleRunsEndWhereTheySay)
{
    flow::ExactParticles exact;
    exact.scheme = "mix-ln";
    exact.theta = Matrix<Rational>::Identity(2, 2);
    exact.r = Vector<Rational>::Constant(2, Rational(1));
    exact.tau = 5;
    const flow::ParticleTubes early = flow::validated_particles(exact, {Rational(10), 8, true});
    ASSERT_TRUE(early.pole) << "orthogonal tokens are in a hemisphere at once";
    EXPECT_EQ(early.pieces.size(), 1U) << "before the switch";
    EXPECT_TRUE(is_true(less(early.end_time(), Ball(5))));
    const flow::ParticleTubes whole = flow::validated_particles(exact, {Rational(6), 8, false});
    EXPECT_EQ(whole.pieces.size(), 2U);
    EXPECT_TRUE(whole.end_time().contains(Rational(6)));
    // Three directions on a line surround nothing.
    Matrix<Rational> line(2, 3);
    line << 1, -1, 1, 0, 0, 0;
    EXPECT_TRUE(is_false(flow::surrounds_origin(line)));
}

TEST(Refusals, MethodsOnTimesThatDoNotAscend)
{
    flow::StepGrid grid;
    grid.times = {0, 2, 1};
    EXPECT_EQ(refusal<InputError>([&] { flow::method_runs(problem_of("post-ln"), grid, 1); }),
              "times: must ascend");
    grid.times.clear();
    EXPECT_TRUE(flow::method_runs(problem_of("post-ln"), grid, 1).empty());
}

TEST(Refusals, TaylorRuns)
{
    flow::TaylorOptions options;
    options.digits = 10;
    options.max_steps = 0;
    EXPECT_EQ(
        refusal<InputError>([&] { flow::TaylorIntegrator<double>(exponential_growth(), options); }),
        "max_steps = 0: must be positive");
    options.max_steps = 1;
    const flow::TaylorIntegrator<double> short_run(exponential_growth(), options);
    EXPECT_NE(refusal<Undecidable>([&] {
                  (void)short_run.integrate(0, {1}, 100);
              }).find("no end in sight after 1 Taylor steps, at x = "),
              std::string::npos);
    const double infinite = std::numeric_limits<double>::infinity();
    EXPECT_EQ(refusal<InputError>([&] { (void)short_run.integrate(0, {1}, infinite); }),
              "the integration range must be finite");
    EXPECT_EQ(refusal<InputError>([&] {
                  (void)short_run.until(0, {1}, {1, 2.0}, 1);
              }),
              "the event names a state that the system lacks");
    const auto point = short_run.integrate(3, {1}, 3);
    EXPECT_EQ(point.at(3).front(), 1);
    EXPECT_EQ(refusal<InputError>([&] { (void)point.at(4); }), "the solution holds one point only");
    EXPECT_GE(short_run.order(), 2);
    const flow::System oscillator{"x", {"u", "v"}, {named("v"), -sin(named("u"))}};
    EXPECT_GT(flow::TaylorIntegrator<double>(oscillator, options).convolutions(), 0)
        << "a sine costs products";
    EXPECT_EQ(short_run.convolutions(), 0) << "y' = y costs none";
    EXPECT_EQ(refusal<InputError>([] { (void)flow::parametrise_by(exponential_growth(), "z"); }),
              "'z' is not a state of the system");
}

// Every function of the double field against its closed form: u' = f(x) for f of the tape.
TEST(Refusals, TaylorRunsInDoubleKnowEveryFunction)
{
    const Expr x = named("x");
    const Expr one(1L);
    struct Case {
        Expr rate;
        double integral; ///< over [1, 2]
    };
    const std::vector<Case> cases = {{log(x), 2 * std::log(2.0) - 1},
                                     {exp(-x), std::exp(-1.0) - std::exp(-2.0)},
                                     {sin(x), std::cos(1.0) - std::cos(2.0)},
                                     {cos(x), std::sin(2.0) - std::sin(1.0)},
                                     {sqrt(x), 2.0 / 3 * (2 * std::sqrt(2.0) - 1)},
                                     {pow(x, Rational(1, 3)), 0.75 * (std::pow(2.0, 4.0 / 3) - 1)},
                                     {one / (x * x + one), std::atan(2.0) - std::atan(1.0)},
                                     {x * exp(x) - x * x * x, std::exp(2.0) - 15.0 / 4}};
    flow::TaylorOptions options;
    options.digits = 13;
    for (const Case& item : cases) {
        const flow::System system{"x", {"u"}, {item.rate}};
        const auto end = flow::TaylorIntegrator<double>(system, options).integrate(1, {0}, 2);
        EXPECT_NEAR(end.final_state().front(), item.integral, 1e-11) << item.rate.text();
    }
}

TEST(Refusals, ValidatedRuns)
{
    const auto refused = [](flow::ValidatedOptions options) {
        return refusal<InputError>(
            [&] { flow::ValidatedIntegrator(exponential_growth(), options); });
    };
    flow::ValidatedOptions options;
    options.order = 1;
    EXPECT_EQ(refused(options), "order = 1: must lie in 2..100000");
    options = {};
    options.bits = 63;
    EXPECT_NE(refused(options).find("bits = 63: must lie in 64.."), std::string::npos);
    options = {};
    options.max_steps = 0;
    EXPECT_EQ(refused(options), "max_steps = 0: must be positive");
    options.max_steps = 1;
    const flow::ValidatedIntegrator short_run(exponential_growth(), options);
    EXPECT_NE(refusal<Undecidable>([&] {
                  (void)short_run.integrate(0, {Rational(1)}, 100);
              }).find("no end in sight after 1 validated steps, at x = "),
              std::string::npos);
    options = {};
    options.absolute = {true};
    const flow::Tube tube =
        flow::ValidatedIntegrator(exponential_growth(), options).integrate(0, {Rational(1)}, 1);
    EXPECT_EQ(tube.options().absolute, options.absolute);
    EXPECT_NE(refusal<InputError>([&] { (void)tube.at(Ball(2)); }).find("x = 2.0"),
              std::string::npos);
    // e to 13 decimals or more, counted absolutely.
    EXPECT_GE(tube.final_digits(), 13);
    EXPECT_LE(tube.final_digits(), 60);
}

TEST(Refusals, SeriesOutOfRange)
{
    flow::SeriesOptions options;
    options.digits = 0;
    EXPECT_EQ(refusal<InputError>([&] { (void)flow::completed(options); }),
              "digits = 0: must lie in 1..200000");
    options.digits = 20;
    flow::SymmetricSeries series(problem_of("post-ln"), options);
    EXPECT_EQ(refusal<InputError>([&] { (void)series.at_gamma(1); }),
              "gamma = 1: must lie strictly between -1/3 and 1");
    EXPECT_EQ(refusal<InputError>([&] { (void)series.at_gamma(Rational(-1, 3)); }),
              "gamma = -1/3: must lie strictly between -1/3 and 1");
    EXPECT_TRUE(is_true(equal(series.at_gamma(0).clock, Ball(0))));
    options.max_steps = 1;
    flow::SymmetricSeries short_series(problem_of("post-ln"), options);
    EXPECT_NE(refusal<Undecidable>([&] {
                  (void)short_series.at_clock(Ball(50));
              }).find("no end in sight after 1 series steps"),
              std::string::npos);
}

// --- numbers, model, ledger --------------------------------------------------------------------

TEST(Refusals, JetsWithoutADerivative)
{
    EXPECT_EQ(Jet<double>().coefficient(0), 0);
    EXPECT_EQ(Jet<double>(5L).derivative().coefficient(3), 0);
    EXPECT_EQ(refusal<DomainError>([] { (void)Jet<double>::variable(1, 0).derivative(); }),
              "a Taylor series of order 0 does not determine its derivative");
}

TEST(Refusals, FormulasWithoutValues)
{
    const std::map<std::string, double> nothing;
    EXPECT_EQ(refusal<DomainError>([&] { (void)named("speed").evaluate<double>(nothing); }),
              "no value given for symbol 'speed'");
    EXPECT_EQ(refusal<std::logic_error>([] { (void)(Symbolic(1L) + Symbolic(2L)); }),
              "symbolic arithmetic needs a SymbolicField in scope");
}

TEST(Refusals, SymbolicFieldsThatAreFull)
{
    const auto fill = [](bool roots) {
        const SymbolicField field;
        for (int k = 0; k < 10'000; ++k) {
            const Symbolic x = Symbolic::symbol("x" + std::to_string(roots ? 0 : k));
            if (roots) {
                (void)sqrt(x + Symbolic(k + 1));
            }
        }
    };
    EXPECT_NE(refusal<DomainError>([&] { fill(false); }).find("a symbolic field holds at most "),
              std::string::npos);
    EXPECT_NE(refusal<DomainError>([&] { fill(true); }).find(" square roots"), std::string::npos);
}

TEST(Refusals, AttentionWithAQueryMatrixAlone)
{
    model::Attention<double> attention;
    attention.beta = 1;
    attention.Q.emplace(2, 2);
    *attention.Q << 1, 2, -1, 3;
    const model::Particles<double> state{Matrix<double>::Identity(2, 2), Vector<double>::Ones(2)};
    model::FastVelocity fast("post-ln", attention, 2, 2);
    model::Particles<double> velocity = state;
    fast.evaluate(state, {}, velocity);
    const model::Particles<double> plain =
        model::particle_velocity<double>("post-ln", attention, state, {});
    EXPECT_LT((velocity.theta - plain.theta).norm(), 1e-14);
    EXPECT_TRUE(fast.denominators().empty()) << "Q = K = V = I only";
    attention.Q.reset();
    model::FastVelocity identity("post-ln", attention, 2, 2);
    identity.evaluate(state, {}, velocity);
    ASSERT_EQ(identity.denominators().size(), 2U);
    EXPECT_NEAR(identity.denominators()[0], 1 + std::exp(-1.0), 1e-15);
}

TEST(Refusals, EmptyProducts)
{
    Matrix<double> C = Matrix<double>::Ones(5, 5);
    model::fast_product(Matrix<double>(0, 3), Matrix<double>(3, 2), C);
    EXPECT_EQ(C.rows(), 0);
    EXPECT_EQ(C.cols(), 2);
}

TEST(Refusals, ChangesHaveWords)
{
    using ledger::Change;
    EXPECT_EQ(to_string(Change::Same), "same");
    EXPECT_EQ(to_string(Change::Better), "better");
    EXPECT_EQ(to_string(Change::Weaker), "weaker");
    EXPECT_EQ(to_string(Change::Contradicts), "contradicts");
}

} // namespace
} // namespace attest

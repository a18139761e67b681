#include "clock_cases.hpp"

#include "attest/numbers/errors.hpp"

namespace attest::flow {
namespace {

using attest::testing::agree;
using attest::testing::any_fraction;
using attest::testing::any_problem;
using attest::testing::any_scheme;

// The reduction in epsilon against the formulas as the paper prints them.
RC_GTEST_PROP(Clock, ReductionIsThePapersFormula, ())
{
    const PrecisionScope scope(256);
    const std::string scheme = any_scheme();
    const model::SymmetricProblem problem = any_problem(scheme);
    const Ball epsilon(any_fraction());
    const Ball r(problem.r0);
    const Reduction<Ball> at{Ball(problem.n), Ball(problem.beta)};
    const bool late = scheme == "mix-ln";
    const model::SymmetricPoint<Ball> point{Ball(1) - epsilon, r, at.n, at.beta, Ball(1), Ball(0),
                                            Ball(late ? 1 : 0)};
    const bool normed = scheme == "peri-ln" || scheme == "ngpt";
    const bool growing = scheme == "pre-ln" || scheme == "peri-ln" || late;
    const Ball c = normed ? at.norm(epsilon) : at.z(epsilon);
    const Ball rate = 2 * epsilon * at.q(epsilon) / (growing ? c * r : c);
    const Ball growth = growing ? at.pull(epsilon) / c : Ball(0);
    const auto printed = model::with_scheme(scheme, [&](auto s) {
        return std::pair{decltype(s)::gamma_dot(point), decltype(s)::symmetric_r_dot(point)};
    });
    RC_ASSERT(agree(rate, printed.first, 60));
    const bool growth_agrees =
        growing ? agree(growth, printed.second, 60) : printed.second.contains(Rational(0));
    RC_ASSERT(growth_agrees);
}

// norm^2 = pull^2 + m epsilon q is the printed radicand, an identity of polynomials of degree at
// most 2 in n, epsilon and E = e^{beta epsilon}: 3 exact points in each variable prove it.
TEST(Clock, RadicandIdentityIsExact)
{
    for (long n = 2; n <= 4; ++n) {
        for (long k = 1; k <= 3; ++k) {
            for (long rise = 1; rise <= 3; ++rise) {
                const Rational m = n - 1;
                const Rational e(k, 7);
                const Rational E = rise;
                const Rational gamma = 1 - e;
                // PeriLN::radicand over e^{2 beta gamma}, with e^beta = E e^{beta gamma}.
                const Rational printed = E * E + 2 * m * E * gamma + m * (1 + (n - 2) * gamma);
                const Rational pull = m * (1 - e) + E;
                EXPECT_EQ(printed, pull * pull + m * e * (n - m * e));
            }
        }
    }
}

// beta = 0: everything is rational, and norm^2 = n q.
TEST(Clock, ReductionAtBetaZeroIsExact)
{
    for (long n : {2L, 3L, 11L}) {
        const Reduction<Rational> at{Rational(n), Rational(0)};
        for (long k = 1; k <= 20; ++k) {
            const Rational e(k, 21);
            EXPECT_EQ(at.norm_squared(e), n * at.q(e));
            EXPECT_EQ(at.pull(e), at.q(e));
            EXPECT_EQ(at.z(e), n);
        }
    }
}

// Closed forms and power series against plain quadrature of dt.
RC_GTEST_PROP(Clock, TimeAgreesWithQuadratureInTheLogit, ())
{
    const PrecisionScope scope(128);
    const model::SymmetricProblem problem = any_problem(any_scheme());
    RC_PRE(problem.beta <= 5); // beyond, the plain quadrature is the one that gives up
    const SymmetricClock clock(problem);
    const Ball epsilon = clock.start_epsilon() * Ball(any_fraction());
    const Ball a = clock.time_at(epsilon);
    const Ball b = clock.time_by_quadrature(epsilon);
    RC_ASSERT(a.overlaps(b));
    RC_ASSERT(a.certified_digits() >= 20);
}

RC_GTEST_PROP(Clock, RoundTripIsTight, ())
{
    const PrecisionScope scope(160);
    const model::SymmetricProblem problem = any_problem(any_scheme());
    const SymmetricClock clock(problem);
    const Ball epsilon = clock.start_epsilon() * Ball(any_fraction());
    const Ball back = clock.epsilon_at(clock.time_at(epsilon));
    RC_ASSERT(agree(back, epsilon, 25));
}

RC_GTEST_PROP(Clock, GammaIncreasesAndMagnitudeGrows, ())
{
    const model::SymmetricProblem problem = any_problem(any_scheme());
    const std::vector<ClockState> states =
        states_at(problem, {0, Rational(1, 1000), Rational(1, 2), 3, 40}, 12);
    for (std::size_t i = 1; i < states.size(); ++i) {
        RC_ASSERT(is_true(less(states[i].epsilon, states[i - 1].epsilon)));
        RC_ASSERT(!is_true(less(states[i].r, states[i - 1].r)));
        RC_ASSERT(is_true(is_positive(states[i].gamma_dot)));
    }
}

TEST(Clock, InitialVelocityIsTheorem41)
{
    for (const auto name : model::scheme_names) {
        for (long n : {2L, 3L, 256L}) {
            for (long beta : {0L, 5L, 12L}) {
                model::SymmetricProblem problem;
                problem.scheme = name;
                problem.n = n;
                problem.beta = beta;
                problem.r0 = Rational(1, 10);
                const ClockState state = states_at(problem, {0}, 30).front();
                const Ball e = exp(Ball(beta));
                const bool normed = name == "peri-ln" || name == "ngpt";
                Ball expected = 2 / (normed ? sqrt(e * e + Ball(n - 1)) : e + Ball(n - 1));
                if (name == "pre-ln" || name == "peri-ln") {
                    expected = expected * Ball(10);
                }
                EXPECT_TRUE(agree(state.gamma_dot, expected, 30)) << name;
                EXPECT_TRUE(state.gamma.contains(Rational(0)));
            }
        }
    }
}

// beta = 0: Post-LN is the logistic equation in epsilon, logit(epsilon) = logit(1) - 2t, that is
// epsilon = n/(n - 1 + e^{2t}).
TEST(Clock, LogisticCurveForBetaZero)
{
    const PrecisionScope scope(200);
    model::SymmetricProblem problem;
    problem.beta = 0;
    for (long n : {2L, 10L, 1000L}) {
        problem.n = n;
        const ClockState state = states_at(problem, {Rational(7, 3)}, 40).front();
        const Ball expected = Ball(n) / (Ball(n - 1) + exp(Ball(Rational(14, 3))));
        EXPECT_TRUE(agree(state.epsilon, expected, 40));
    }
}

TEST(Clock, ReachesLateTimes)
{
    model::SymmetricProblem problem;
    problem.n = 128;
    problem.beta = 9;
    const std::vector<Rational> times{parse_rational("1e33"), parse_rational("1e60")};
    for (const auto name : {"pre-ln", "peri-ln", "mix-ln", "post-ln", "ngpt", "sqrt-scaling"}) {
        problem.scheme = name;
        for (const ClockState& state : states_at(problem, times, 20)) {
            EXPECT_GE(state.epsilon.certified_digits(), 20) << name;
            EXPECT_GE(state.gamma_dot.certified_digits(), 20) << name;
        }
    }
}

TEST(Clock, ThousandDigitsOfPostLN)
{
    model::SymmetricProblem problem;
    problem.n = 256;
    problem.beta = 5;
    const ClockState state = states_at(problem, {20}, 1000).front();
    EXPECT_GE(state.gamma.certified_digits(), 1000);
    EXPECT_GE(state.epsilon.certified_digits(), 1000);
}

TEST(Clock, NegativeIntegralOfAlphaGoesBack)
{
    const PrecisionScope scope(160);
    model::SymmetricProblem problem;
    problem.scheme = "ngpt";
    problem.n = 5;
    problem.beta = 2;
    const SymmetricClock clock(problem);
    const Ball epsilon = clock.epsilon_at(Ball(Rational(-1, 10)));
    EXPECT_TRUE(is_true(less(Ball(1), epsilon)));
    EXPECT_TRUE(clock.time_at(epsilon).contains(Rational(-1, 10)));
    EXPECT_TRUE(agree(clock.time_by_quadrature(epsilon), Ball(Rational(-1, 10)), 20));
}

TEST(Clock, SwitchOfMixLN)
{
    model::SymmetricProblem problem;
    problem.scheme = "mix-ln";
    problem.n = 10;
    problem.beta = 3;
    problem.tau = 2;
    problem.r0 = 10;
    const Rational later = Rational(2) + parse_rational("1e-20");
    for (const auto magnitude : {model::MixMagnitude::Table1, model::MixMagnitude::Table2}) {
        problem.mix_magnitude = magnitude;
        const long r = magnitude == model::MixMagnitude::Table1 ? 1 : 10;
        const auto states = states_at(problem, {2, later}, 15);
        EXPECT_TRUE(states[0].r.contains(Rational(r)));
        EXPECT_GE(agreeing_digits(states[0].gamma.midpoint(), states[1].gamma.midpoint()), 15);
        const Ball jump = states[0].gamma_dot / states[1].gamma_dot;
        EXPECT_LT(std::abs(jump.to_double() - static_cast<double>(r)), 1e-12);
    }
}

RC_GTEST_PROP(Clock, LevelAndTimeAreInverse, ())
{
    const model::SymmetricProblem problem = any_problem(any_scheme());
    const Rational level = problem.gamma0 + (1 - problem.gamma0) * any_fraction();
    const ClockState state = state_at_gamma(problem, level, 20);
    RC_ASSERT(state.t.certified_digits() >= 20);
    RC_ASSERT(state.gamma.contains(level));
    const PrecisionScope scope(200);
    const SymmetricClock clock(problem);
    RC_ASSERT(clock.epsilon_at(state.t).contains(Rational(1 - level)));
}

TEST(Clock, RejectsBadInput)
{
    model::SymmetricProblem problem;
    EXPECT_THROW(states_at(problem, {Rational(-1)}, 10), InputError);
    EXPECT_THROW(states_at(problem, {Rational(1)}, 0), InputError);
    EXPECT_THROW(state_at_gamma(problem, Rational(1), 10), InputError);
    problem.scheme = "ngpt";
    problem.alpha = model::Alpha::parse("1/(1+t)");
    EXPECT_THROW(states_at(problem, {Rational(1)}, 10), Undecidable);
}

} // namespace
} // namespace attest::flow

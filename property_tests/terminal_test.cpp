#include "clock_cases.hpp"

#include "attest/flow/terminal.hpp"
#include "attest/numbers/errors.hpp"

namespace attest::flow {
namespace {

using attest::testing::agree;
using attest::testing::any_fraction;
using attest::testing::any_problem;
using attest::testing::any_scheme;

RC_GTEST_PROP(Terminal, RoutesAgree, ())
{
    const model::SymmetricProblem problem = any_problem(any_scheme());
    const TerminalLaw law = terminal(problem, {30, false, 0});
    RC_ASSERT(law.routes.size() >= 2);
    RC_ASSERT(is_true(law.routes_agree));
    for (const ConstantRoute& route : law.routes) {
        RC_ASSERT(route.digits >= 30);
    }
    RC_ASSERT(is_true(is_positive(law.constant)));
}

// C_post = n C_pre/(q r0^2) and C_sqrt = e^4 C_post, Peri-LN shares Pre-LN's constant: relations
// that hold whatever the integral is.
RC_GTEST_PROP(Terminal, ConstantsAreRelated, ())
{
    const PrecisionScope scope(200);
    model::SymmetricProblem problem = any_problem("post-ln");
    const TerminalOptions options{30, false, 0};
    const Ball post = terminal(problem, options).constant;
    problem.scheme = "pre-ln";
    const Ball pre = terminal(problem, options).constant;
    problem.scheme = "peri-ln";
    const Ball peri = terminal(problem, options).constant;
    problem.scheme = "sqrt-scaling";
    const Ball slowed = terminal(problem, options).constant;
    const Ball q(Rational(1 + (problem.n - 1) * problem.gamma0));
    const Ball r0(problem.r0);
    RC_ASSERT(agree(post * q * r0 * r0, pre * Ball(problem.n), 28));
    RC_ASSERT(agree(pre, peri, 28));
    RC_ASSERT(agree(slowed, post * exp(Ball(4)), 28));
}

TEST(Terminal, MixWithoutPostPhaseIsPre)
{
    model::SymmetricProblem problem;
    problem.n = 10;
    problem.beta = 5;
    problem.scheme = "pre-ln";
    const Ball pre = terminal(problem, {40, false, 0}).constant;
    problem.scheme = "mix-ln";
    problem.tau = 0;
    EXPECT_TRUE(agree(terminal(problem, {40, false, 0}).constant, pre, 40));
}

// beta = 0 has no exponential integral: C = 2 n for Post-LN, 2 r0^2 for Pre-LN.
TEST(Terminal, SpecialValuesAtBetaZero)
{
    model::SymmetricProblem problem;
    problem.beta = 0;
    problem.r0 = 3;
    for (long n : {2L, 10L, 1000L}) {
        problem.n = n;
        problem.scheme = "post-ln";
        EXPECT_TRUE(terminal(problem, {50, false, 0}).constant.contains(Rational(2 * n)));
        problem.scheme = "pre-ln";
        EXPECT_TRUE(terminal(problem, {50, false, 0}).constant.contains(Rational(18)));
    }
}

// The bound that is claimed for all later times holds at later times, and the law is approached.
RC_GTEST_PROP(Terminal, DeviationStaysWithinItsBound, ())
{
    const model::SymmetricProblem problem = any_problem(any_scheme());
    const PrecisionScope scope(200);
    const SymmetricClock clock(problem);
    const Ball first = clock.growth_epsilon() * Ball(any_fraction());
    const Ball bound = clock.law_deviation_bound(first);
    Ball epsilon = first;
    for (int step = 0; step < 4; ++step) {
        RC_ASSERT(!is_true(less(bound, abs(clock.law_ratio_at(epsilon) - Ball(1)))));
        epsilon = epsilon * Ball(Rational(*rc::gen::inRange(1L, 99L), 100));
        RC_ASSERT(!is_true(less(bound, clock.law_deviation_bound(epsilon))));
    }
}

// law_ratio_at against gamma' and the law put together from states at a time.
RC_GTEST_PROP(Terminal, RatioIsVelocityOverLaw, ())
{
    model::SymmetricProblem problem = any_problem(any_scheme());
    RC_PRE(problem.beta <= 5);
    problem.alpha = *rc::gen::element(model::Alpha::constant(Rational(1, 2)), model::Alpha::root(),
                                      model::Alpha::linear());
    const Rational t = problem.tau + *rc::gen::inRange(1L, 30L);
    const TerminalLaw law = terminal(problem, {30, false, 0});
    const ClockState state = states_at(problem, {t}, 30).front();
    const PrecisionScope scope(200);
    std::map<std::string, Ball> at{{"C", law.constant}, {"t", Ball(t)}};
    if (problem.scheme == "ngpt") {
        at.emplace("alpha", problem.alpha.formula.evaluate<Ball>({{"t", Ball(t)}}));
        at.emplace("alphaint", problem.alpha.integral->evaluate<Ball>({{"t", Ball(t)}}));
    }
    const Ball ratio = state.gamma_dot / law.law->evaluate<Ball>(at);
    const SymmetricClock clock(problem);
    RC_ASSERT(agree(ratio, clock.law_ratio_at(state.epsilon), 20));
}

// Where the regime starts absurdly late: nowhere near the law at 10^30, within one percent for
// good from the onset on.
TEST(Terminal, OnsetOfPreLNIsLate)
{
    model::SymmetricProblem problem;
    problem.scheme = "pre-ln";
    problem.n = 128;
    problem.beta = 9;
    const TerminalLaw law = terminal(problem);
    ASSERT_TRUE(law.onset.has_value());
    EXPECT_TRUE(is_true(less(Ball(parse_rational("1e33")), law.onset->t_star)));
    EXPECT_TRUE(is_true(less_equal(law.onset->bound, Ball(Rational(1, 100)))));
    const SymmetricClock clock(problem);
    const Ball before = clock.law_ratio_at(clock.epsilon_at(Ball(parse_rational("1e30"))));
    EXPECT_TRUE(is_true(less(before, Ball(Rational(1, 2)))));
    EXPECT_GE(law.tail.size(), 6U);
}

TEST(Terminal, OnsetExistsForEveryScheme)
{
    for (const auto name : model::scheme_names) {
        model::SymmetricProblem problem;
        problem.scheme = name;
        problem.n = 256;
        problem.beta = 5;
        const TerminalLaw law = terminal(problem, {20, true, 3});
        ASSERT_TRUE(law.onset.has_value()) << name;
        EXPECT_TRUE(is_true(less_equal(law.onset->bound, Ball(Rational(1, 100))))) << name;
        EXPECT_TRUE(is_true(less(Ball(Rational(98, 10'000)), law.onset->bound))) << name;
    }
}

TEST(Terminal, AlphaDecidesWhetherThereIsALaw)
{
    const auto growth = [](const char* text) { return alpha_growth(model::Alpha::parse(text)); };
    EXPECT_EQ(growth("constant"), AlphaGrowth::Diverges);
    EXPECT_EQ(growth("root"), AlphaGrowth::Diverges);
    EXPECT_EQ(growth("3*t^2"), AlphaGrowth::Diverges);
    EXPECT_EQ(growth("1/sqrt(t)"), AlphaGrowth::Diverges);
    EXPECT_EQ(growth("0"), AlphaGrowth::Fails);
    EXPECT_EQ(growth("-2"), AlphaGrowth::Fails);
    EXPECT_EQ(growth("sine-cosine"), AlphaGrowth::Fails);
    EXPECT_EQ(growth("t*sin(4*t)+cos(4*t)"), AlphaGrowth::Fails);
    EXPECT_EQ(growth("cosine-sine"), AlphaGrowth::Fails);
    EXPECT_EQ(growth("1/(1+t)"), AlphaGrowth::Conditional);

    model::SymmetricProblem problem;
    problem.scheme = "ngpt";
    problem.alpha = model::Alpha::sine_cosine();
    const TerminalLaw none = terminal(problem, {20, true, 2});
    EXPECT_FALSE(none.law.has_value());
    EXPECT_FALSE(none.condition.empty());
    problem.alpha = model::Alpha::parse("1/(1+t)");
    const TerminalLaw conditional = terminal(problem, {20, false, 0});
    EXPECT_TRUE(conditional.law.has_value());
    EXPECT_FALSE(conditional.condition.empty());
}

TEST(Terminal, RejectsBadInput)
{
    model::SymmetricProblem problem;
    EXPECT_THROW(terminal(problem, {0, false, 0}), InputError);
    problem.n = 1;
    EXPECT_THROW(terminal(problem), InputError);
}

} // namespace
} // namespace attest::flow

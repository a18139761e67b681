#include "theorems/terminal_error.hpp"

#include "attest/flow/clock.hpp"
#include "attest/numbers/precision.hpp"
#include "clock_cases.hpp"

namespace attest::theorems {
namespace {

// gamma'/(C law) of random problems lies between the proved bounds at every moment, early or late.
RC_GTEST_PROP(TerminalError, TheRatioLiesBetweenTheBounds, ())
{
    const PrecisionScope scope(256);
    model::SymmetricProblem problem = attest::testing::any_problem(attest::testing::any_scheme());
    problem.gamma0 = 0;
    const flow::SymmetricClock clock(problem);
    const Ball constant = clock.terminal_constant();
    const Ball epsilon = clock.growth_epsilon() * Ball(Rational(*rc::gen::inRange(1, 100), 100))
                         * exp(Ball(-*rc::gen::inRange(0L, 60L)));
    const auto range = ratio_range(problem, constant, clock.time_at(epsilon));
    if (range) {
        const Ball ratio = clock.law_ratio_at(epsilon);
        RC_ASSERT(!is_true(less(ratio, range->lower)));
        RC_ASSERT(!is_true(less(range->upper, ratio)));
    }
}

// The leading terms of the bounds are attained: beta + n - 1 over n of the bound on the sphere for
// n = 2, beta = 0, and 2/sqrt t for sqrt-scaling.
TEST(TerminalError, TheBoundsAreOfTheRightOrder)
{
    const PrecisionScope scope(256);
    model::SymmetricProblem problem;
    problem.scheme = "sqrt-scaling";
    const flow::SymmetricClock slow(problem);
    const Ball late = exp(Ball(-1000));
    const Ball t = slow.time_at(late);
    const Ball off = 1 - slow.law_ratio_at(late);
    EXPECT_TRUE(is_true(less(Ball(Rational(19, 10)) / sqrt(t), off)));

    problem.scheme = "post-ln";
    problem.beta = 0;
    const flow::SymmetricClock post(problem);
    const Ball constant = post.terminal_constant();
    const Ball epsilon = exp(Ball(-50));
    const Ball scaled =
        (1 - post.law_ratio_at(epsilon)) / (constant * exp(-2 * post.time_at(epsilon)));
    // The limit is (beta + n - 1)/n = 1/2, the bound e^beta + n - 2 = 1.
    EXPECT_TRUE(is_true(less(abs(scaled - Ball(Rational(1, 2))), exp(Ball(-40)))));
}

TEST(TerminalError, SaysNothingBeforeItsTime)
{
    model::SymmetricProblem problem;
    problem.scheme = "ngpt";
    EXPECT_FALSE(ratio_range(problem, Ball(1), Ball(-1)));
    problem.scheme = "sqrt-scaling";
    EXPECT_FALSE(ratio_range(problem, Ball(1), Ball(0)));
    problem.scheme = "mix-ln";
    problem.tau = 3;
    EXPECT_FALSE(ratio_range(problem, Ball(1), Ball(2)));
    problem.scheme = "pre-ln";
    EXPECT_FALSE(ratio_range(problem, Ball(1'000'000), Ball(1)));
}

} // namespace
} // namespace attest::theorems

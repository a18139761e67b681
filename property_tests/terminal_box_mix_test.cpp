#include "attest/flow/terminal.hpp"
#include "attest/flow/terminal_box.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace attest::flow {
namespace {

// The enclosure over a box contains ln C of an integer n, a beta and a tau inside, by exponential
// integrals; for a point box it is tight.
RC_GTEST_PROP(TerminalBoxMix, TheRangeContainsTheConstants, ())
{
    const PrecisionScope scope(128);
    const long n = *rc::gen::inRange(2L, 12L);
    const Rational beta(*rc::gen::inRange(0, 300), 100);
    const Rational more(*rc::gen::inRange(0, 50), 100);
    const Rational tau(*rc::gen::inRange(1, 300), 100);
    const Rational later(*rc::gen::inRange(0, 100), 100);
    model::SymmetricProblem problem;
    problem.scheme = "mix-ln";
    problem.n = n;
    problem.beta = beta + more * Rational(*rc::gen::inRange(0, 11), 10);
    problem.tau = tau + later * Rational(*rc::gen::inRange(0, 11), 10);
    const Ball inside = log(terminal(problem, {15, false, 0}).constant);
    const ConstantRange range = mix_constant_range({n, n, beta, beta + more}, tau, tau + later);
    RC_ASSERT(!is_true(less(inside, Ball(range.lower.lower()))));
    RC_ASSERT(!is_true(less(Ball(range.upper.upper()), inside)));
    if (more == 0 && later == 0) {
        RC_ASSERT((range.upper - range.lower).upper() < 1e-3);
    }
}

TEST(TerminalBoxMix, RangesOfN)
{
    const PrecisionScope scope(128);
    ConstantRangeOptions options;
    options.tolerance = Rational(1, 5);
    const ConstantRange range = mix_constant_range({2, 4, 1, 1}, 1, 1, options);
    for (const long n : {2L, 3L, 4L}) {
        model::SymmetricProblem problem;
        problem.scheme = "mix-ln";
        problem.n = n;
        const Ball inside = log(terminal(problem, {15, false, 0}).constant);
        EXPECT_FALSE(is_true(less(inside, Ball(range.lower.lower())))) << n;
        EXPECT_FALSE(is_true(less(Ball(range.upper.upper()), inside))) << n;
    }
    options.max_boxes = 2;
    EXPECT_THROW(mix_constant_range({2, 40, 1, 1}, 1, 1, options), Undecidable);
}

TEST(TerminalBoxMix, BadInput)
{
    EXPECT_THROW(mix_constant_range({1, 3, 0, 1}, 1, 1), InputError);
    EXPECT_THROW(mix_constant_range({2, 3, 0, 1}, 0, 1), InputError);
    EXPECT_THROW(mix_constant_range({2, 3, 0, 1}, 2, 1), InputError);
}

} // namespace
} // namespace attest::flow

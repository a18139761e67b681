// Tubes over lengths far from 1: every step ends where its hull was verified and no step passes the
// end. (FLINT's estimate of log2 is up to 1 too large beyond 2^20.)

#include "attest/flow/validated.hpp"
#include "attest/flow/validated_symmetric.hpp"
#include "attest/numbers/precision.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace attest::flow {
namespace {

/// y' = 1/(1 + x), y(0) = 0: ln(1 + x).
System slow_growth()
{
    return {"x", {"y"}, {Expr(1L) / (Expr(1L) + Expr::symbol("x"))}};
}

RC_GTEST_PROP(LongTubes, EndWhereTheyShouldAndHoldTheSolution, ())
{
    const Rational end =
        Rational(*rc::gen::inRange(1, 4096)) * pow(Rational(2), *rc::gen::inRange(0, 160));
    ValidatedOptions how;
    how.digits = *rc::gen::inRange(5L, 20L);
    how.bits = 320;
    how.absolute = {true};
    const Tube tube = ValidatedIntegrator(slow_growth(), how).integrate(0, {Rational(0)}, end);
    const PrecisionScope scope(600);
    RC_ASSERT(is_true(equal(tube.end(), Ball(end))));
    const auto exact = [](const Ball& x) { return log(Ball(1) + x); };
    Ball before(0);
    for (const ValidatedStep& step : tube.steps()) {
        RC_ASSERT(is_true(equal(step.start, before)));
        RC_ASSERT(is_true(is_positive(step.h)));
        before = step.start + step.h;
        RC_ASSERT(step.hull[0].contains(exact(step.start + step.h / Ball(2))));
        RC_ASSERT(step.hull[0].contains(exact(before)));
        RC_ASSERT(step.end.box()[0].contains(exact(before)));
    }
    RC_ASSERT(tube.final_box()[0].contains(exact(Ball(end))));
}

RC_GTEST_PROP(LongTubes, SymmetricRunsReachTimesBeyondAllSteps, ())
{
    model::SymmetricProblem problem;
    problem.scheme = *rc::gen::element<std::string>("pre-ln", "peri-ln");
    problem.n = *rc::gen::inRange(2L, 9L);
    const Rational until = pow(Rational(10), *rc::gen::inRange(8L, 26L)) * *rc::gen::inRange(1, 10);
    SymmetricTubeOptions how;
    how.digits = 8;
    const SymmetricTube tube = symmetric_tube(problem, until, how);
    how.log_time = true;
    const SymmetricTube other = symmetric_tube(problem, until, how);
    const SymmetricState direct = tube.at(until);
    const SymmetricState by_log = other.at(until);
    RC_ASSERT(direct.epsilon.overlaps(by_log.epsilon));
    RC_ASSERT(direct.r.overlaps(by_log.r));
    RC_ASSERT(direct.epsilon.certified_digits() >= 8);
}

} // namespace
} // namespace attest::flow

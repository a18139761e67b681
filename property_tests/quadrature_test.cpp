#include "clock_cases.hpp"

#include "attest/flow/exponential_integral.hpp"
#include "attest/flow/quadrature.hpp"
#include "attest/flow/quadrature_series.hpp"
#include "attest/numbers/errors.hpp"

namespace attest::flow {
namespace {

using attest::testing::agree;
using attest::testing::any_fraction;

RC_GTEST_PROP(Quadrature, ExponentialOverAnyInterval, ())
{
    const PrecisionScope scope(200);
    const Ball lo(any_fraction());
    const Ball hi = lo + Ball(*rc::gen::inRange(1, 20));
    const Ball value = integrate([](const ComplexBall& x) { return exp(x); }, lo, hi, 180);
    RC_ASSERT(agree(value, exp(hi) - exp(lo), 50));
}

TEST(Quadrature, SquareRootUpToItsBranchPoint)
{
    const PrecisionScope scope(128);
    const Ball value = integrate([](const ComplexBall& x) { return sqrt(x); },
                                 Ball(Rational(1, 100)), Ball(4), 100);
    EXPECT_TRUE(agree(value, Ball(Rational(16, 3)) - Ball(Rational(1, 1500)), 25));
}

TEST(Quadrature, PoleOnThePathIsUndecidable)
{
    const PrecisionScope scope(64);
    EXPECT_THROW(
        integrate([](const ComplexBall& x) { return ComplexBall(1) / x; }, Ball(-1), Ball(2), 40),
        Undecidable);
}

TEST(Quadrature, ExceptionsOfTheIntegrandPassThrough)
{
    EXPECT_THROW(integrate([](const ComplexBall&) -> ComplexBall { throw DomainError("no"); },
                           Ball(0), Ball(1), 40),
                 DomainError);
}

TEST(Quadrature, TanhSinhAgreesWithArb)
{
    const PrecisionScope scope(256);
    const NumericIntegral numeric =
        integrate_tanh_sinh([](const Real& x) { return Real(exp(x) * sqrt(x)); }, Real(1), Real(3));
    const Ball rigorous =
        integrate([](const ComplexBall& x) { return exp(x) * sqrt(x); }, Ball(1), Ball(3), 240);
    EXPECT_GE(agreeing_digits(numeric.value, rigorous.midpoint()), 60);
}

RC_GTEST_PROP(Quadrature, EntirePartOfTheExponentialIsTightAroundZero, ())
{
    const PrecisionScope scope(128);
    const Ball x = Ball(any_fraction()) / Ball(*rc::gen::element(1L, 1'000'000'000L, 1L << 60));
    ComplexBall box((Ball(x)));
    acb_add_error_mag(box.raw(), arb_radref(Ball::hull(Ball(0), x).raw()));
    const ComplexBall wide = expm1_over(box);
    RC_ASSERT(wide.is_finite());
    RC_ASSERT(wide.real().contains(expm1_over(x)));
    RC_ASSERT(wide.real().contains(Ball(1)) || !box.contains_zero());
    RC_ASSERT(agree(expm1_over(ComplexBall(x)).real(), expm1_over(x), 30));
}

// The closed form against quadrature of its definition.
RC_GTEST_PROP(Quadrature, BrakeIntegralByTwoRoutes, ())
{
    const PrecisionScope scope(300);
    const model::SymmetricProblem problem = attest::testing::any_problem("post-ln");
    const BrakeIntegral closed(problem.n, problem.beta);
    const Ball epsilon(any_fraction());
    const Reduction<ComplexBall> on{ComplexBall(problem.n), ComplexBall(Ball(problem.beta))};
    const Ball direct = integrate([&](const ComplexBall& e) { return on.lift(e) / on.q(e); },
                                  Ball(0), epsilon, 250);
    const Ball value = closed(epsilon);
    RC_ASSERT(value.overlaps(direct));
    RC_ASSERT(problem.beta == 0 || value.certified_digits() >= 40);
    Ball wide = epsilon;
    arb_add_error_2exp_si(wide.raw(), -40);
    RC_ASSERT(closed(wide).contains(value));
}

RC_GTEST_PROP(Quadrature, PowerSeriesAgainstAdaptiveRule, ())
{
    const PrecisionScope scope(160);
    const model::SymmetricProblem problem = attest::testing::any_problem("post-ln");
    const BrakeIntegral brake(problem.n, problem.beta);
    const SeriesIntegral series(SeriesIntegral::Density::NormExcess, problem.n, problem.beta, brake,
                                Ball(1), Ball(1));
    const Ball epsilon = Ball(Rational(*rc::gen::inRange(0L, 255L), 256));
    const Reduction<ComplexBall> on{ComplexBall(problem.n), ComplexBall(Ball(problem.beta))};
    const Ball direct =
        integrate([&](const ComplexBall& l) { return on.norm_excess((on.n - exp(l)) / on.m()); },
                  Ball(0), log(Ball(problem.n) - Ball(problem.n - 1) * epsilon), 130);
    RC_ASSERT(agree(series(epsilon) * Ball(problem.n - 1), direct, 30));
}

} // namespace
} // namespace attest::flow

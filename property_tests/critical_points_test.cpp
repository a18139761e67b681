#include "theorems/critical_points.hpp"

#include "attest/proof/eigenvalues.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <numbers>

namespace attest::theorems {
namespace {

Matrix<double> polygon(long n)
{
    Matrix<double> x(2, n);
    for (long j = 0; j < n; ++j) {
        const double angle = 2 * std::numbers::pi * static_cast<double>(j) / static_cast<double>(n);
        x(0, j) = std::cos(angle);
        x(1, j) = std::sin(angle);
    }
    return x;
}

RC_GTEST_PROP(CriticalPoints, RegularPolygonsAreEnclosedAndUnstable, ())
{
    const long n = *rc::gen::inRange(2L, 7L);
    const Rational beta(*rc::gen::inRange(5, 60), 10);
    const auto point = enclose_critical_point(polygon(n), beta);
    RC_ASSERT(point.has_value());
    RC_ASSERT(proof::inertia_of(point->variation).positive > 0);
    RC_ASSERT(!point->linearisation.empty());
    RC_ASSERT(proof::inertia_of(point->linearisation).positive > 0);
    // The force on token 0 is along it: the multiplier is sum_k e^{beta(c - 1)} c.
    Ball sum;
    for (long k = 0; k < n; ++k) {
        const Ball c = cos(2 * Ball::pi() * k / n);
        sum += exp(Ball(beta) * (c - 1)) * c;
    }
    RC_ASSERT(point->multiplier(0).overlaps(sum));
}

// Found points are critical: the second variation is the same from every rotated copy.
RC_GTEST_PROP(CriticalPoints, SearchFindsUnstablePointsOnly, ())
{
    const long n = *rc::gen::inRange(2L, 6L);
    const double beta = *rc::gen::inRange(2, 20) / 4.0;
    for (const Matrix<double>& x :
         approximate_critical_points(n, 2, beta, 4, *rc::gen::arbitrary<std::uint64_t>())) {
        RC_ASSERT((x.colwise().norm().array() - 1).abs().maxCoeff() < 1e-12);
        const auto point = enclose_critical_point(x, Rational(beta));
        if (point) { // not degenerate
            RC_ASSERT(proof::inertia_of(point->variation).positive > 0);
        }
    }
}

TEST(CriticalPoints, SearchDoesNotDependOnAnythingButItsSeed)
{
    const auto first = approximate_critical_points(5, 3, 2.0, 6, 7);
    const auto second = approximate_critical_points(5, 3, 2.0, 6, 7);
    ASSERT_EQ(first.size(), second.size());
    for (std::size_t i = 0; i < first.size(); ++i) {
        EXPECT_EQ(first[i], second[i]);
    }
}

TEST(CriticalPoints, APointThatIsNotCriticalIsNotEnclosed)
{
    Matrix<double> x(2, 2);
    x << 1, 0, 0, 1;
    EXPECT_FALSE(enclose_critical_point(x, 1).has_value());
}

TEST(CriticalPoints, BadInput)
{
    EXPECT_THROW((void)approximate_critical_points(1, 2, 1, 1, 1), InputError);
    EXPECT_THROW((void)approximate_critical_points(3, 1, 1, 1, 1), InputError);
    EXPECT_THROW((void)enclose_critical_point(polygon(3), 0), InputError);
}

TEST(CriticalPoints, SurveyHoldsAndDoesNotCarry)
{
    const Evidence survey = critical_point_survey({});
    EXPECT_TRUE(is_true(survey.outcome)) << survey.detail;
    EXPECT_FALSE(survey.carries);
}

} // namespace
} // namespace attest::theorems

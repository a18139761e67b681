#include "theorems/circle_criterion.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace attest::theorems {
namespace {

double slope(double x, double beta)
{
    const double c = std::cos(x);
    return std::exp(beta * (c - 1)) * (c - beta * (1 - c * c));
}

/// The ratio by the midpoint rule on increments of h''.
double plain_ratio(double beta)
{
    const auto second = [&](double x) {
        const double c = std::cos(x);
        const double s = std::sin(x);
        return std::exp(beta * (c - 1)) * s * (-1 - 3 * beta * c + beta * beta * s * s);
    };
    constexpr int cells = 2000;
    double sum = 0;
    for (int k = 0; k < cells; ++k) {
        sum += std::max(0.0, second(std::numbers::pi * (k + 1) / cells)
                                 - second(std::numbers::pi * k / cells));
    }
    const double tau = std::acos(2 * beta / (1 + std::sqrt(1 + 4 * beta * beta)));
    return 2 * tau * sum / (4 + 2 * tau / std::numbers::pi);
}

RC_GTEST_PROP(CircleCriterion, EnclosedRatiosAreUpperBoundsAndTight, ())
{
    const Rational beta(*rc::gen::inRange(0, 1001), 1000);
    const double plain = plain_ratio(Ball(beta).to_double());
    const double enclosed = circle_ratio(Ball(beta)).upper().convert_to<double>();
    RC_ASSERT(enclosed > plain - 1e-4 && enclosed < plain + 2e-2);
    const Rational w(*rc::gen::inRange(20, 1001), 1000);
    const double inverse = 1 / Ball(w).to_double();
    const double far = plain_ratio(inverse * inverse);
    const double chart = circle_ratio_at_large_beta(Ball(w)).upper().convert_to<double>();
    RC_ASSERT(chart > far - 1e-3 && chart < far + 0.15);
}

TEST(CircleCriterion, ProvedForAllBetaWithItsSteps)
{
    const CircleCriterion criterion = prove_circle_criterion();
    EXPECT_TRUE(is_true(criterion.outcome));
    EXPECT_TRUE(is_true(less(criterion.largest_ratio, Ball(1))));
    std::vector<ledger::Certificate> certificates;
    EXPECT_TRUE(is_true(circle_steps(certificates)));
    EXPECT_EQ(certificates.size(), 7U);
}

// What the criterion is for: where the forces balance at every token, some cut between two sets of
// tokens has a negative sum of slopes.
RC_GTEST_PROP(CircleCriterion, BalancedPolygonsHaveAnUnstableCut, ())
{
    const int n = *rc::gen::inRange(2, 9);
    const double beta = *rc::gen::inRange(0, 2000) / 100.0;
    double least = 1e300;
    for (unsigned cut = 1; cut + 1 < (1U << static_cast<unsigned>(n)); ++cut) {
        double sum = 0;
        for (int j = 0; j < n; ++j) {
            for (int k = 0; k < n; ++k) {
                if (((cut >> static_cast<unsigned>(j)) & 1U) == 1U
                    && ((cut >> static_cast<unsigned>(k)) & 1U) == 0U) {
                    sum += slope(2 * std::numbers::pi * (j - k) / n, beta);
                }
            }
        }
        least = std::min(least, sum);
    }
    RC_ASSERT(least < 0);
}

} // namespace
} // namespace attest::theorems

// Limits of means from sums: against the wealth of the bettor that they bound, and their coverage.

#include "attest/chance/mean_bounds.hpp"

#include "attest/chance/binomial.hpp"
#include "attest/chance/stream.hpp"
#include "attest/numbers/errors.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace attest::chance {
namespace {

BoundedSums sums_of(const std::vector<double>& values, double low, double high)
{
    const auto N = static_cast<double>(values.size());
    double mean = 0;
    for (const double x : values) {
        mean += x / N;
    }
    double variance = 0;
    for (const double x : values) {
        variance += N > 1 ? (x - mean) * (x - mean) / (N - 1) : 0;
    }
    const auto [least, most] = std::minmax_element(values.begin(), values.end());
    return {values.size(), std::clamp(mean, *least, *most), variance, low, high, *least, *most};
}

std::vector<double> any_values()
{
    std::vector<double> values(*rc::gen::inRange<std::size_t>(1, 40));
    for (double& x : values) {
        x = (*rc::gen::inRange(-1000, 1001)) / 1000.0;
    }
    return values;
}

// The evidence is never more than the logarithm of the wealth itself.
RC_GTEST_PROP(MeanBounds, EvidenceIsBelowTheWealth, ())
{
    const std::vector<double> values = any_values();
    const double m = *rc::gen::inRange(-999, 1000) / 1000.0;
    double wealth = 0;
    constexpr int shares = 15;
    for (int k = -10; k <= 4; ++k) {
        const double odds = std::ldexp(1.0, k);
        double log_wealth = 0;
        for (const double x : values) {
            log_wealth += std::log1p(odds / (1 + odds) * (x - m) / (m + 1));
        }
        wealth += std::exp(log_wealth) / shares;
    }
    RC_ASSERT(evidence_against_at_most(sums_of(values, -1, 1), m)
              <= std::log(wealth) + 1e-9 * (1 + std::abs(std::log(wealth))));
}

RC_GTEST_PROP(MeanBounds, LimitsSurroundTheSampleMeanAndMirror, ())
{
    const std::vector<double> values = any_values();
    const double log_error = -*rc::gen::inRange(1, 40) / 2.0;
    const BoundedSums sums = sums_of(values, -1, 1);
    const double lower = mean_at_least(sums, log_error);
    const double upper = mean_at_most(sums, log_error);
    RC_ASSERT(-1 <= lower && lower <= sums.mean && sums.mean <= upper && upper <= 1);
    RC_ASSERT(lower == -1 || evidence_against_at_most(sums, lower) >= -log_error);
    std::vector<double> negative;
    for (const double x : values) {
        negative.push_back(-x);
    }
    RC_ASSERT(std::abs(mean_at_least(sums_of(negative, -1, 1), log_error) + upper) < 1e-9);
    RC_ASSERT(mean_at_least(sums, 2 * log_error) <= lower + 1e-12);
}

// Two values with probability p: all samples are known, so the chance of a wrong limit is a sum.
RC_GTEST_PROP(MeanBounds, CoverageOfTwoValuesIsExact, ())
{
    const long N = *rc::gen::inRange(1, 60);
    const double p = *rc::gen::inRange(1, 100) / 100.0;
    const double error = 1.0 / *rc::gen::inRange(2, 200);
    const double a = *rc::gen::inRange(0, 50) / 100.0;
    const double b = a + *rc::gen::inRange(1, 50) / 100.0;
    double wrong = 0;
    for (long k = 0; k <= N; ++k) {
        std::vector<double> values(static_cast<std::size_t>(N), a);
        std::fill_n(values.begin(), k, b);
        if (mean_at_least(sums_of(values, 0, 1), std::log(error)) > a + p * (b - a)) {
            const auto n = static_cast<double>(N);
            const auto j = static_cast<double>(k);
            wrong += std::exp(std::lgamma(n + 1) - std::lgamma(j + 1) - std::lgamma(n - j + 1)
                              + j * std::log(p) + (n - j) * std::log1p(-p));
        }
    }
    RC_ASSERT(wrong <= error);
}

TEST(MeanBounds, ManyRunsGiveTheNormalWidth)
{
    // Standard deviation 0.05, 10^5 runs, error e^-12: sqrt(2 12/N) sigma = 0.000775, and at most a
    // third more.
    const BoundedSums sums{100'000, 0.3, 0.0025, -0.01, 1, 0.1, 0.5};
    const double normal = std::sqrt(2 * 12 / 1e5) * 0.05;
    EXPECT_GT(mean_at_least(sums, -12), 0.3 - 1.34 * normal);
    EXPECT_LT(mean_at_least(sums, -12), 0.3 - normal);
    EXPECT_LT(mean_at_most(sums, -12), 0.3 + 1.34 * normal);
}

TEST(MeanBounds, FewRunsStillSaySomething)
{
    // All of 24 runs at 0.4 of [0, 1]: Hoeffding's limit is negative at this error.
    const BoundedSums sums{24, 0.4, 0, 0, 1, 0.4, 0.4};
    EXPECT_GT(mean_at_least(sums, -10), 0.19);
    EXPECT_LT(0.4 - std::sqrt(10 / (2.0 * 24)), 0);
    EXPECT_EQ(mean_at_least({1, 0.4, 0, 0, 1, 0.4, 0.4}, -10), 0);
}

RC_GTEST_PROP(MeanBounds, RanksOfQuantilesAreExact, ())
{
    const long N = *rc::gen::inRange(1, 120);
    const Rational p(*rc::gen::inRange(1, 20), 20);
    const long statements = *rc::gen::inRange(1, 50);
    const Rational level = Rational(1, 20) / statements;
    const long k = rank_below_quantile(N, p, Rational(1, 20), statements);
    // P(Bin(N, p) < k) <= level < P(Bin(N, p) < k + 1), and the mirror image.
    if (k > 0) {
        RC_ASSERT(is_true(less_equal(binomial_tail(N - k + 1, N, Rational(1 - p)), Ball(level))));
    }
    RC_ASSERT(k < N);
    RC_ASSERT(is_false(less_equal(binomial_tail(N - k, N, Rational(1 - p)), Ball(level))));
    RC_ASSERT(rank_above_quantile(N, Rational(1 - p), Rational(1, 20), statements) == N + 1 - k);
}

TEST(MeanBounds, TheMedianOfElevenIsBetweenTheExtremes)
{
    // 2^-11 < 1/1600 < 2^-10.
    EXPECT_EQ(rank_below_quantile(11, Rational(1, 2), Rational(1, 20), 80), 1);
    EXPECT_EQ(rank_above_quantile(11, Rational(1, 2), Rational(1, 20), 80), 11);
    EXPECT_EQ(rank_below_quantile(10, Rational(1, 2), Rational(1, 20), 80), 0);
    EXPECT_EQ(rank_above_quantile(10, Rational(1, 2), Rational(1, 20), 80), 11);
}

TEST(MeanBounds, DeviationsAndRuns)
{
    EXPECT_EQ(deviation_at_most({1, 0, 0, -1, 1, 0, 0}, -3), 1);
    EXPECT_LE(deviation_at_most({5, 0, 0.5, -1, 1, -1, 1}, -3), 1);
    EXPECT_NEAR(deviation_at_most({100'000, 0, 0.01, -1, 1, -1, 1}, -8), 0.1 + 2 * std::sqrt(16e-5),
                1e-5);
    EXPECT_EQ(runs_needed(0.05, 0.001), 2500U);
    EXPECT_EQ(runs_needed(0, 0.001), 1U);
}

TEST(MeanBounds, BadInput)
{
    EXPECT_THROW(mean_at_least({0, 0, 0, -1, 1, 0, 0}, -3), InputError);
    EXPECT_THROW(mean_at_least({3, 2, 0, -1, 1, 0, 0}, -3), InputError);
    EXPECT_THROW(mean_at_least({3, 0, 0, -1, 1, 0, 0}, 0), InputError);
    EXPECT_THROW(rank_below_quantile(3, Rational(1), Rational(1, 20), 1), InputError);
    EXPECT_THROW(rank_below_quantile(0, Rational(1, 2), Rational(1, 20), 1), InputError);
    EXPECT_THROW(runs_needed(1, 0), InputError);
}

} // namespace
} // namespace attest::chance

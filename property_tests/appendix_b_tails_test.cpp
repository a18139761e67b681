#include "theorems/appendix_b_tails.hpp"

#include "attest/chance/attention_vectors.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <vector>

namespace attest {
namespace {

TEST(AppendixBTails, StepsOfTheConcentrationBounds)
{
    EXPECT_TRUE(is_true(theorems::bounded_difference_steps().outcome()));
    EXPECT_TRUE(is_true(theorems::sphere_moment_steps().outcome()));
    EXPECT_TRUE(is_true(theorems::moment_lower_bound_steps().outcome()));
    EXPECT_TRUE(is_true(theorems::linearisation_lower_bound_steps().outcome()));
    EXPECT_TRUE(is_true(theorems::largest_steps().outcome()));
    EXPECT_TRUE(is_true(theorems::remainder_lower_bound_steps().outcome()));
}

TEST(AppendixBTails, UnknownQuantityIsNamed)
{
    try {
        theorems::random_quantity("B");
        FAIL();
    } catch (const InputError& error) {
        EXPECT_NE(std::string(error.what()).find("'B'"), std::string::npos);
    }
}

RC_GTEST_PROP(AppendixBTails, NoQuantityHasALowerBoundThatExceedsItsUpperBound, ())
{
    const std::string name =
        *rc::gen::element<std::string>("mean", "X mean", "A", "max X", "weight", "remainder");
    const theorems::RandomQuantity& quantity = theorems::random_quantity(name);
    const double a = *rc::gen::inRange(1, 100) / 10.0;
    for (const theorems::LowerTail& lower : quantity.lower) {
        const double d = std::pow(2.0, *rc::gen::inRange(5, 30));
        const double power = lower.family == theorems::PairFamily::Cube     ? 3
                             : lower.family == theorems::PairFamily::Square ? 2
                                                                            : 1;
        const std::map<std::string, double> point = {
            {"n", std::pow(d, power)},
            {"d", d},
            {"e", std::exp(1.0)},
            {"root", std::sqrt(2 * (a + static_cast<double>(quantity.shift)))}};
        RC_ASSERT(lower.value.evaluate<double>(point) <= quantity.upper.evaluate<double>(point));
    }
}

// What the lower bound of the linearised weights says, on samples in its range of d.
TEST(AppendixBTails, WeightsAreAsFarFromLinearAsTheLowerBoundSays)
{
    const long n = 2000;
    const double d = 65536;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const chance::Stream stream(seed, "linearisation");
        std::vector<double> X;
        double m = std::exp(1.0) / n;
        for (std::uint64_t k = 0; k + 1 < n; ++k) {
            X.push_back(chance::sphere_coordinate(stream, k, 65536));
            m += std::exp(X.back()) / n;
        }
        long far = 0;
        double square = 0; // of the sum's part orthogonal to theta_n
        for (std::size_t k = 0; k < X.size(); ++k) {
            const double c = std::exp(X[k]) / m - 1 - X[k];
            far += std::abs(c) >= 1 / (38 * d) ? 1 : 0;
            const double a = c * std::sqrt(1 - X[k] * X[k]) / n;
            const double v = chance::sphere_coordinate(stream, n + k, 65535);
            square += a * a + 2 * std::sqrt(square) * a * v;
        }
        EXPECT_GE(far, (n - 1) / 26) << seed;
        EXPECT_GE(std::sqrt(square), 1 / (400 * d * std::sqrt(n))) << seed;
        // m - 1 is of the order 1/d + 1/n + 1/sqrt(nd).
        EXPECT_LE(std::sqrt(square), 4 * (1 / d + 1.0 / n + 1 / std::sqrt(n * d)) / std::sqrt(n))
            << seed;
    }
}

RC_GTEST_PROP(AppendixBTails, RandomDirectionsStayBelowTheProvedBound, (std::uint64_t seed))
{
    // a = 10: with n >= 8 the bound is exceeded with probability at most 10^-9.
    const long n = *rc::gen::inRange(8L, 40L);
    const long d = *rc::gen::inRange(1L, 40L);
    const chance::Scores scores =
        *rc::gen::element(chance::Scores::Zero, chance::Scores::Identity, chance::Scores::Shift,
                          chance::Scores::MinusIdentity, chance::Scores::RankOne);
    const chance::AttentionLengths lengths =
        chance::attention_lengths(chance::Stream(seed, "tails test"), n, d, scores);
    const auto bound = [&](const char* name) {
        const theorems::RandomQuantity& quantity = theorems::random_quantity(name);
        return quantity.upper.evaluate<double>(
            {{"n", static_cast<double>(n)},
             {"d", static_cast<double>(d)},
             {"e", std::exp(1.0)},
             {"root", std::sqrt(2 * (10.0 + static_cast<double>(quantity.shift)))}});
    };
    RC_ASSERT(lengths.largest <= bound("A"));
    RC_ASSERT(lengths.mean <= bound("mean"));
}

} // namespace
} // namespace attest

#include "theorems/appendix_b_tails.hpp"

#include "attest/chance/attention_vectors.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace attest {
namespace {

TEST(AppendixBTails, StepsOfTheConcentrationBounds)
{
    EXPECT_TRUE(is_true(theorems::bounded_difference_steps().outcome()));
    EXPECT_TRUE(is_true(theorems::sphere_moment_steps().outcome()));
    EXPECT_TRUE(is_true(theorems::moment_lower_bound_steps().outcome()));
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

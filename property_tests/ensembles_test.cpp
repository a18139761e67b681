#include "claim_cases.hpp"

#include "theorems/ensembles.hpp"

#include "attest/chance/ensemble/ensemble.hpp"

#include <cmath>

namespace attest {
namespace {

using theorems::EnsembleSample;

/// A sample whose first scheme is ahead of the second by `gap` in `ahead` of `runs` runs and as far
/// behind in the others, after every layer.
EnsembleSample made_up(std::uint64_t runs, std::uint64_t ahead, double gap)
{
    constexpr long layers = 8;
    EnsembleSample sample{chance::panel_setting("5d"), "made up",
                          chance::EnsembleStatistics(model::scheme_names.size(), layers + 1),
                          std::vector<double>(runs)};
    for (std::uint64_t k = 0; k < runs; ++k) {
        chance::RunCurves curves;
        curves.cosine.assign(model::scheme_names.size(), std::vector<double>(layers + 1, 0.25));
        curves.magnitude.assign(model::scheme_names.size(), std::vector<double>(layers + 1, 1));
        curves.cosine[0].assign(layers + 1, 0.25 + (k < ahead ? gap : -gap));
        sample.statistics.add(curves);
    }
    return sample;
}

/// The binomial tail in double precision, summed up from the smallest term.
double tail(std::uint64_t k, std::uint64_t N)
{
    double sum = 0;
    for (std::uint64_t i = N; i + 1 > k; --i) {
        const auto n = static_cast<double>(N);
        const auto j = static_cast<double>(i);
        sum += std::exp(std::lgamma(n + 1) - std::lgamma(j + 1) - std::lgamma(n - j + 1)
                        - n * std::log(2.0));
    }
    return sum;
}

RC_GTEST_PROP(Ensembles, TheSignTestIsTheBinomialTail, ())
{
    const auto runs = *rc::gen::inRange<std::uint64_t>(2, 120);
    const auto ahead = *rc::gen::inRange<std::uint64_t>(0, runs + 1);
    const EnsembleSample sample = made_up(runs, ahead, 0.125);
    const double allowed = 0.05 / static_cast<double>(theorems::statements_about(sample));
    const Truth outcome = theorems::ahead_in_most_runs(sample, 0, 1, 3);
    const double above = tail(ahead, runs);
    const double below = tail(runs - ahead, runs);
    RC_PRE(std::abs(above / allowed - 1) > 1e-6 && std::abs(below / allowed - 1) > 1e-6);
    RC_ASSERT(is_true(outcome) == (above < allowed));
    RC_ASSERT(is_false(outcome) == (below < allowed));
    // From the other side.
    RC_ASSERT(is_true(theorems::ahead_in_most_runs(sample, 1, 0, 3)) == (below < allowed));
}

TEST(Ensembles, ATieIsNotAhead)
{
    const EnsembleSample sample = made_up(60, 0, 0);
    EXPECT_TRUE(is_false(theorems::ahead_in_most_runs(sample, 0, 1, 1)));
    EXPECT_TRUE(is_false(theorems::ahead_in_most_runs(sample, 1, 0, 1)));
    EXPECT_TRUE(is_unknown(theorems::ahead_in_the_mean(sample, 0, 1, 1)));
}

TEST(Ensembles, MeansAreDecidedByManyRunsOnly)
{
    EXPECT_TRUE(is_unknown(theorems::ahead_in_the_mean(made_up(24, 24, 0.125), 0, 1, 1)));
    EXPECT_TRUE(is_true(theorems::ahead_in_the_mean(made_up(200, 200, 0.125), 0, 1, 1)));
    EXPECT_TRUE(is_true(theorems::ahead_in_the_mean(made_up(2000, 2000, 0.125), 0, 1, 1)));
    EXPECT_TRUE(is_false(theorems::ahead_in_the_mean(made_up(2000, 0, 0.125), 0, 1, 1)));
    // Ahead in most runs by little, in few behind: the mean is open.
    EXPECT_TRUE(is_unknown(theorems::ahead_in_the_mean(made_up(2000, 1010, 0.125), 0, 1, 1)));
}

// The simultaneous limits: a wrong ordering is refuted, a close one stays open.
TEST(Ensembles, LimitsOfMeansOrderSchemes)
{
    const EnsembleSample sample = made_up(2000, 2000, 0.125);
    const auto bands = theorems::bands_of(sample);
    EXPECT_TRUE(is_true(theorems::ahead_by_bands(bands, 0, 1, 3)));
    EXPECT_TRUE(is_false(theorems::ahead_by_bands(bands, 1, 0, 3)));
    EXPECT_TRUE(is_unknown(theorems::ahead_by_bands(bands, 1, 2, 3)));
    EXPECT_LE(bands.mean(0, 3).lower, 0.375);
    EXPECT_GE(bands.mean(0, 3).upper, 0.375);
    const EnsembleSample few = made_up(8, 8, 0.125);
    EXPECT_TRUE(is_unknown(theorems::ahead_by_bands(theorems::bands_of(few), 0, 1, 3)));
}

TEST(Ensembles, ExponentsHaveExactIntervals)
{
    EnsembleSample sample = made_up(12, 12, 0.125);
    for (std::size_t k = 0; k < 12; ++k) {
        sample.growth[k] = static_cast<double>((5 * k) % 12);
    }
    // 2 statements: 2^-12 <= 1/80 and 13 2^-12 <= 1/80 < 79 2^-12.
    const auto two = theorems::growth_exponent(sample, 2);
    EXPECT_EQ(two.lower, 1);
    EXPECT_EQ(two.median, 5);
    EXPECT_EQ(two.upper, 10);
    const auto many = theorems::growth_exponent(sample, 1000);
    EXPECT_TRUE(std::isinf(many.lower) && std::isinf(many.upper));
}

TEST(Ensembles, ComparisonsAreCounted)
{
    const EnsembleSample sample = made_up(60, 60, 0.125);
    const auto compared = theorems::compare(sample, {{"post-ln"}, {"pre-ln", "mix-ln"}},
                                            sample.late(), theorems::ahead_in_most_runs);
    EXPECT_TRUE(is_true(compared.outcome));
    EXPECT_EQ(compared.comparisons, 6);
    EXPECT_EQ(compared.decided, 6);
    const auto wrong = theorems::compare(sample, {{"pre-ln"}, {"post-ln"}}, sample.early(),
                                         theorems::ahead_in_most_runs);
    EXPECT_TRUE(is_false(wrong.outcome));
    EXPECT_EQ(wrong.refuted.front(), "pre-ln, post-ln (layer 1)");
}

TEST(Ensembles, TheNumberOfThreadsDoesNotMatter)
{
    ledger::Effort one;
    one.seed = 5;
    const auto alone = theorems::ensemble_sample("5d", one);
    EXPECT_EQ(alone->runs(), 32U);
    EXPECT_EQ(alone, theorems::ensemble_sample("5d", one)) << "computed once";
    for (const double slope : alone->growth) {
        EXPECT_TRUE(std::isfinite(slope));
    }
    EXPECT_THROW(theorems::ensemble_sample("6", one), InputError);
    EXPECT_THROW(theorems::scheme_number("layernorm"), InputError);
}

} // namespace
} // namespace attest

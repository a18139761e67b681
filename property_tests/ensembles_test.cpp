#include "claim_cases.hpp"

#include "theorems/ensembles.hpp"

#include "attest/chance/ensemble/run_store.hpp"

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
                          chance::EnsembleStatistics(model::scheme_names.size(), layers + 1)};
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
    const double allowed =
        theorems::error_of_sample(theorems::StatisticalFamily::Orderings).convert_to<double>()
        / static_cast<double>(theorems::statements_about(sample));
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

/// Runs whose magnitudes are t^p, p = 0, 1/16, 2/16, ... in some order.
EnsembleSample grown(std::uint64_t runs)
{
    constexpr std::size_t layers = 8;
    EnsembleSample sample{chance::panel_setting("5d"), "made up",
                          chance::EnsembleStatistics(model::scheme_names.size(), layers + 1)};
    for (std::uint64_t k = 0; k < runs; ++k) {
        const double p = static_cast<double>((5 * k) % runs) / 16;
        chance::RunCurves curves;
        curves.cosine.assign(model::scheme_names.size(), std::vector<double>(layers + 1, 0.25));
        curves.magnitude.assign(model::scheme_names.size(), {1});
        for (auto& magnitude : curves.magnitude) {
            for (std::size_t t = 1; t <= layers; ++t) {
                magnitude.push_back(std::pow(static_cast<double>(t), p));
            }
        }
        sample.statistics.add(curves);
    }
    return sample;
}

TEST(Ensembles, ExponentsHaveExactIntervals)
{
    // Error 1/1600 for a sample, half of it on each side: 2^-12 <= 1/3200 < 13 2^-12, and with 16
    // runs 17 2^-16 <= 1/3200 < 137 2^-16.
    constexpr double place = 0x1p-11;
    const auto twelve = theorems::growth_exponent(grown(12));
    EXPECT_NEAR(twelve.lower, 0, place);
    EXPECT_NEAR(twelve.median, 5.0 / 16, place);
    EXPECT_NEAR(twelve.upper, 11.0 / 16, place);
    const auto sixteen = theorems::growth_exponent(grown(16));
    EXPECT_NEAR(sixteen.lower, 1.0 / 16, place);
    EXPECT_NEAR(sixteen.upper, 14.0 / 16, place);
    EXPECT_LE(sixteen.lower, 1.0 / 16);
    EXPECT_GE(sixteen.upper, 14.0 / 16);
    const auto few = theorems::growth_exponent(grown(11));
    EXPECT_TRUE(std::isinf(few.lower) && std::isinf(few.upper));
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

/// Keeps nothing, but what it is asked for is of its own arithmetic.
class OneStore final : public chance::EnsembleArchive {
public:
    explicit OneStore(chance::Arithmetic arithmetic = chance::Arithmetic::Float32) :
        arithmetic_(arithmetic)
    {
    }
    Entry open(const chance::EnsembleSetting& setting, chance::Arithmetic usual,
               std::uint64_t runs) override
    {
        EXPECT_EQ(usual, chance::Arithmetic::Float32);
        EXPECT_EQ(runs, 32U);
        EXPECT_EQ(setting.panel, "5d");
        EXPECT_EQ(setting.layers, 32);
        return {arithmetic_, std::make_unique<chance::MemoryStore>(setting.layers)};
    }

private:
    chance::Arithmetic arithmetic_;
};

TEST(Ensembles, TheArchiveSaysHowRunsAreMade)
{
    ledger::Effort effort;
    effort.seed = 5;
    effort.ensembles = std::make_shared<OneStore>(chance::Arithmetic::Float64);
    const auto plain = theorems::ensemble_sample("5d", effort);
    EXPECT_EQ(plain->arithmetic, "f64");
    EXPECT_EQ(plain->runs(), 32U);
    EXPECT_NE(theorems::described(*plain).find("arithmetic f64"), std::string::npos);
}

TEST(Ensembles, TheNumberOfThreadsDoesNotMatter)
{
    ledger::Effort one;
    one.seed = 5;
    const auto alone = theorems::ensemble_sample("5d", one);
    EXPECT_EQ(alone->runs(), 32U);
    EXPECT_EQ(alone, theorems::ensemble_sample("5d", one)) << "computed once";
    ledger::Effort two = one;
    two.threads = 2;
    two.ensembles = std::make_shared<OneStore>(); // another archive, so that it is made again
    const auto shared = theorems::ensemble_sample("5d", two);
    EXPECT_NE(alone, shared);
    EXPECT_EQ(alone->statistics, shared->statistics);
    EXPECT_TRUE(std::isfinite(theorems::growth_exponent(*alone).lower));
    EXPECT_THROW(theorems::ensemble_sample("6", one), InputError);
    EXPECT_THROW(theorems::scheme_number("layernorm"), InputError);
}

} // namespace
} // namespace attest

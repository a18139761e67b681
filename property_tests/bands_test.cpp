// Simultaneous bands of an ensemble: they hold what the law has, in small ensembles and large.

#include "attest/chance/ensemble/bands.hpp"

#include "attest/chance/stream.hpp"
#include "attest/numbers/errors.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace attest::chance {
namespace {

constexpr std::size_t band_schemes = 2;
constexpr std::size_t band_times = 3;

/// Scheme s after layer t: uniform on [s/4, s/4 + (t + 1)/8].
EnsembleStatistics uniform_runs(std::uint64_t runs, std::uint64_t experiment)
{
    EnsembleStatistics statistics(band_schemes, band_times);
    for (std::uint64_t run = 0; run < runs; ++run) {
        const Stream stream(3, "bands", run, experiment);
        RunCurves curves;
        for (std::size_t s = 0; s < band_schemes; ++s) {
            curves.cosine.emplace_back();
            curves.magnitude.emplace_back(band_times, 1.0);
            for (std::size_t t = 0; t < band_times; ++t) {
                curves.cosine[s].push_back(static_cast<double>(s) / 4
                                           + stream.uniform(s * band_times + t)
                                                 * static_cast<double>(t + 1) / 8);
            }
        }
        statistics.add(curves);
    }
    return statistics;
}

double law_quantile(std::size_t s, std::size_t t, double p)
{
    return static_cast<double>(s) / 4 + p * static_cast<double>(t + 1) / 8;
}

TEST(Bands, HoldTheLawTogether)
{
    constexpr std::uint64_t experiments = 100;
    int missed = 0;
    for (std::uint64_t experiment = 0; experiment < experiments; ++experiment) {
        const EnsembleStatistics statistics = uniform_runs(30 + experiment, experiment);
        const SimultaneousBands bands(statistics, 128, Rational(1, 20));
        bool all = true;
        const double share = bands.share().convert_to<double>();
        for (std::size_t s = 0; s < band_schemes; ++s) {
            for (std::size_t t = 0; t < band_times; ++t) {
                const auto inside = [&](const SimultaneousBands::Interval& band, double value) {
                    all = all && band.lower <= value && value <= band.upper;
                };
                inside(bands.mean(s, t), law_quantile(s, t, 0.5));
                inside(bands.quantile(s, t, 0), law_quantile(s, t, 0.05));
                inside(bands.quantile(s, t, 1), law_quantile(s, t, 0.5));
                inside(bands.quantile(s, t, 2), law_quantile(s, t, 0.95));
                const double length =
                    statistics.quantile(s, t, 0.95).upper - statistics.quantile(s, t, 0.05).lower;
                all = all && length >= share * static_cast<double>(t + 1) / 8;
                all = all
                      && bands.deviation_at_most(s, t)
                             >= static_cast<double>(t + 1) / 8 / std::sqrt(12.0);
            }
        }
        missed += all ? 0 : 1;
    }
    // Each fails with probability at most 1/20; P(Bin(100, 1/20) > 15) < 10^-4.
    EXPECT_LE(missed, 15);
}

TEST(Bands, NarrowWithTheRunsAndSayWhenTheyCannot)
{
    const EnsembleStatistics few = uniform_runs(4, 0);
    const SimultaneousBands wide(few, 128);
    EXPECT_EQ(wide.statements(), 48);
    EXPECT_EQ(wide.quantile(1, 2, 1).lower, SimultaneousBands::range(128).lower);
    EXPECT_EQ(wide.quantile(1, 2, 1).upper, 1);
    EXPECT_LT(wide.share(), Rational(1, 4));
    const EnsembleStatistics many = uniform_runs(4000, 0);
    const SimultaneousBands narrow(many, 128);
    const auto mean = narrow.mean(1, 2);
    EXPECT_LT(mean.upper - mean.lower, 0.02);
    EXPECT_LT(mean.lower, 0.4375);
    EXPECT_GT(mean.upper, 0.4375);
    EXPECT_GT(narrow.quantile(1, 2, 2).lower, narrow.quantile(1, 2, 0).upper);
    EXPECT_GT(narrow.share(), Rational(88, 100));
    EXPECT_LT(narrow.share(), Rational(9, 10));
}

TEST(Bands, RefusesWhatNoTokensHave)
{
    EnsembleStatistics statistics(1, 1);
    EXPECT_THROW(SimultaneousBands(statistics, 128), InputError);
    statistics.add(RunCurves{{{-0.5}}, {{1}}});
    EXPECT_THROW(SimultaneousBands(statistics, 128), InputError);
    EXPECT_NO_THROW(SimultaneousBands(statistics, 3));
}

} // namespace
} // namespace attest::chance

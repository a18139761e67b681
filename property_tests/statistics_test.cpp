#include "attest/chance/ensemble/statistics.hpp"

#include "attest/chance/ensemble/run_set.hpp"
#include "attest/numbers/errors.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace attest {
namespace {

using chance::EnsembleStatistics;
using chance::RunCurves;
using chance::RunSet;

constexpr std::size_t schemes = 3;
constexpr std::size_t times = 2;

double any_cosine()
{
    return *rc::gen::element(-1.0, 0.0, 1.0, 1 - 1e-9, 1e-12)
           * *rc::gen::element(1.0, 0.5, 0.123456789, 1.0 / 3);
}

std::vector<RunCurves> any_runs(std::size_t least)
{
    std::vector<RunCurves> runs(*rc::gen::inRange<std::size_t>(least, 12));
    for (RunCurves& run : runs) {
        run.cosine.assign(schemes, std::vector<double>(times));
        run.magnitude.assign(schemes, std::vector<double>(times, 1));
        for (std::size_t s = 0; s < schemes; ++s) {
            for (std::size_t t = 0; t < times; ++t) {
                run.cosine[s][t] = any_cosine();
                run.magnitude[s][t] = *rc::gen::element(1.0, 0.25, 17.3, 1000.0);
            }
        }
    }
    return runs;
}

EnsembleStatistics counted(const std::vector<RunCurves>& runs)
{
    EnsembleStatistics statistics(schemes, times);
    for (const RunCurves& run : runs) {
        statistics.add(run);
    }
    return statistics;
}

RC_GTEST_PROP(Statistics, OrderAndPartitionDoNotMatter, ())
{
    std::vector<RunCurves> runs = any_runs(2);
    const EnsembleStatistics whole = counted(runs);
    const auto cut = static_cast<std::ptrdiff_t>(*rc::gen::inRange<std::size_t>(0, runs.size()));
    EnsembleStatistics second = counted({runs.begin() + cut, runs.end()});
    second.add(counted({runs.begin(), runs.begin() + cut}));
    RC_ASSERT(second == whole);
    std::reverse(runs.begin(), runs.end());
    RC_ASSERT(counted(runs) == whole);
    RC_ASSERT(EnsembleStatistics::from_numbers(whole.numbers()) == whole);
}

RC_GTEST_PROP(Statistics, AreThoseOfTheValues, ())
{
    const std::vector<RunCurves> runs = any_runs(2);
    const EnsembleStatistics statistics = counted(runs);
    const auto count = static_cast<double>(runs.size());
    const auto s = *rc::gen::inRange<std::size_t>(0, schemes);
    const auto t = *rc::gen::inRange<std::size_t>(0, times);
    const auto b = *rc::gen::inRange<std::size_t>(0, schemes);
    std::vector<double> values;
    double mean = 0;
    double gap = 0;
    std::uint64_t positive = 0;
    for (const RunCurves& run : runs) {
        values.push_back(run.cosine[s][t]);
        mean += values.back() / count;
        gap += (run.cosine[s][t] - run.cosine[b][t]) / count;
        positive += run.cosine[s][t] > run.cosine[b][t] ? 1U : 0U;
    }
    double variance = 0;
    double gap_variance = 0;
    for (const RunCurves& run : runs) {
        variance += std::pow(run.cosine[s][t] - mean, 2) / (count - 1);
        gap_variance += std::pow(run.cosine[s][t] - run.cosine[b][t] - gap, 2) / (count - 1);
    }
    RC_ASSERT(std::abs(statistics.mean(s, t) - mean) < 1e-11);
    RC_ASSERT(std::abs(statistics.variance(s, t) - variance) < 1e-10);
    const auto difference = statistics.difference(s, b, t);
    RC_ASSERT(std::abs(difference.mean - gap) < 1e-11);
    RC_ASSERT(std::abs(difference.variance - gap_variance) < 1e-10);
    RC_ASSERT(difference.positive == positive);
    std::sort(values.begin(), values.end());
    RC_ASSERT(std::abs(statistics.lowest(s, t) - values.front()) < 1e-12);
    RC_ASSERT(std::abs(statistics.highest(s, t) - values.back()) < 1e-12);
    for (const double p : {0.05, 0.5, 0.95, 1.0}) {
        const auto interval = statistics.quantile(s, t, p);
        const double exact = values[static_cast<std::size_t>(std::ceil(p * count)) - 1];
        RC_ASSERT(interval.lower <= exact + 1e-12 && exact <= interval.upper + 1e-12);
        RC_ASSERT(interval.upper - interval.lower <= 2.0 / EnsembleStatistics::bins + 1e-12);
    }
}

// The exponents of growth: their order statistics lie in the intervals that are kept.
RC_GTEST_PROP(Statistics, ExponentsAreThoseOfTheRuns, ())
{
    constexpr std::size_t layers = 9;
    const auto runs = *rc::gen::inRange<std::size_t>(1, 20);
    EnsembleStatistics statistics(1, layers + 1);
    std::vector<double> exponents;
    for (std::size_t k = 0; k < runs; ++k) {
        // Beyond both ends of the bins too.
        const double p = *rc::gen::inRange(-250, 450) / 100.0;
        RunCurves run;
        run.cosine.assign(1, std::vector<double>(layers + 1, 0.5));
        run.magnitude.assign(1, {1});
        for (std::size_t t = 1; t <= layers; ++t) {
            run.magnitude[0].push_back(3 * std::pow(static_cast<double>(t), p));
        }
        exponents.push_back(chance::growth_exponent(run.magnitude[0]));
        RC_ASSERT(std::abs(exponents.back() - p) < 1e-12);
        statistics.add(run);
    }
    RC_ASSERT(EnsembleStatistics::from_numbers(statistics.numbers()) == statistics);
    RC_ASSERT(statistics.numbers().size() == statistics.number_count());
    std::sort(exponents.begin(), exponents.end());
    for (std::size_t rank = 1; rank <= runs; ++rank) {
        const auto interval = statistics.exponent(0, rank);
        const double exact = exponents[rank - 1];
        RC_ASSERT(interval.lower <= exact + 1e-11 && exact <= interval.upper + 1e-11);
        if (exact > -1 + 1e-3 && exact < 3 - 1e-3) {
            RC_ASSERT(interval.upper - interval.lower <= 0x1p-11 + 1e-11);
        }
    }
    RC_ASSERT(statistics.exponent(0, 1).lower > exponents.front() - 1e-11);
    RC_ASSERT(statistics.exponent(0, runs).upper < exponents.back() + 1e-11);
}

TEST(Statistics, ExponentsNeedTwoLayersAndARun)
{
    EXPECT_EQ(chance::growth_exponent(std::vector<double>{}), 0);
    EXPECT_EQ(chance::growth_exponent(std::vector<double>{1, 5}), 0);
    EXPECT_DOUBLE_EQ(chance::growth_exponent(std::vector<double>{7, 3, 6}), 1);
    EXPECT_TRUE(std::isfinite(chance::growth_exponent(std::vector<double>{1, 0, 1, 0})));
    EnsembleStatistics statistics(1, 3);
    EXPECT_THROW((void)statistics.exponent(0, 1), InputError);
    statistics.add(RunCurves{{{0, 0, 0}}, {{1, 1, 1}}});
    EXPECT_EQ(statistics.exponent(0, 1).lower, 0);
    EXPECT_THROW((void)statistics.exponent(0, 2), InputError);
}

TEST(Statistics, RefusesWhatIsNoRun)
{
    EnsembleStatistics statistics(1, 1);
    const double nan = std::numeric_limits<double>::quiet_NaN();
    EXPECT_THROW(statistics.add(RunCurves{{{nan}}, {{1}}}), InputError);
    EXPECT_THROW(statistics.add(RunCurves{{{0}}, {{nan}}}), InputError);
    EXPECT_THROW(statistics.add(RunCurves{{{1.5}}, {{1}}}), InputError);
    EXPECT_THROW(statistics.add(RunCurves{{{0, 0}}, {{1, 1}}}), InputError);
    EXPECT_THROW(statistics.add(EnsembleStatistics(2, 1)), InputError);
    EXPECT_THROW((void)statistics.quantile(0, 0, 0.5), InputError);
    EXPECT_THROW(EnsembleStatistics::from_numbers(std::vector<std::int64_t>{1, 1}), InputError);
    EXPECT_THROW(EnsembleStatistics::from_numbers(std::vector<std::int64_t>{1, 1, -1}), InputError);
}

TEST(Statistics, NumbersThatNoRunsAddUpToAreRefused)
{
    EnsembleStatistics statistics(2, 1);
    statistics.add(RunCurves{{{0.5}, {-0.5}}, {{1}, {2}}});
    const std::vector<std::int64_t> right = statistics.numbers();
    EXPECT_TRUE(EnsembleStatistics::from_numbers(right) == statistics);
    constexpr std::size_t header = 3;
    constexpr std::size_t cells = 2;
    const std::vector<std::size_t> places = {header,             // a sum of cosines
                                             header + cells,     // of their squares
                                             header + 6 * cells, // of squared differences
                                             header + 6 * cells + 1,
                                             header + 6 * cells + 3}; // a bin of the histogram
    for (const std::size_t place : places) {
        for (const std::int64_t value :
             {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()}) {
            std::vector<std::int64_t> numbers = right;
            numbers.at(place) = value;
            EXPECT_THROW(EnsembleStatistics::from_numbers(numbers), InputError) << place;
        }
    }
}

RC_GTEST_PROP(RunSet, IsTheSetOfItsRuns, ())
{
    const auto runs =
        *rc::gen::container<std::vector<std::uint64_t>>(rc::gen::inRange<std::uint64_t>(0, 200));
    RunSet set;
    for (const std::uint64_t run : runs) {
        set.insert(run);
    }
    const auto limit = *rc::gen::inRange<std::uint64_t>(0, 220);
    std::uint64_t below = 0;
    std::uint64_t all = 0;
    for (std::uint64_t run = 0; run < 220; ++run) {
        const bool in = std::find(runs.begin(), runs.end(), run) != runs.end();
        RC_ASSERT(set.contains(run) == in);
        below += in && run < limit ? 1U : 0U;
        all += in ? 1U : 0U;
    }
    RC_ASSERT(set.size() == all);
    RC_ASSERT(set.size_below(limit) == below);
    RC_ASSERT(RunSet::from_words(set.words()) == set);
}

TEST(RunSet, ARunIsCountedOnce)
{
    RunSet a;
    a.insert(70);
    RunSet b;
    b.insert(3);
    a.add(b);
    EXPECT_EQ(a.size(), 2U);
    EXPECT_THROW(a.add(b), InputError);
}

} // namespace
} // namespace attest

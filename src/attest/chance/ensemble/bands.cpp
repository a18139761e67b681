#include "attest/chance/ensemble/bands.hpp"

#include "attest/chance/binomial.hpp"
#include "attest/chance/mean_bounds.hpp"
#include "attest/numbers/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace attest::chance {
namespace {

constexpr long statements_of_a_cell = 8;

long order_of(double level, std::uint64_t runs)
{
    return static_cast<long>(std::ceil(level * static_cast<double>(runs)));
}

/// Where the k-th smallest value lies.
EnsembleStatistics::Interval place_of(const EnsembleStatistics& statistics, std::size_t scheme,
                                      std::size_t time, long k)
{
    constexpr double half = 0.5;
    return statistics.quantile(
        scheme, time, (static_cast<double>(k) - half) / static_cast<double>(statistics.runs()));
}

BoundedSums sums_of(const EnsembleStatistics& statistics, std::size_t scheme, std::size_t time,
                    const EnsembleStatistics::Interval& range)
{
    return {statistics.runs(),
            statistics.mean(scheme, time),
            statistics.variance(scheme, time),
            range.lower,
            range.upper,
            statistics.lowest(scheme, time),
            statistics.highest(scheme, time)};
}

} // namespace

SimultaneousBands::Interval SimultaneousBands::range(long n)
{
    constexpr double single_precision = 0x1p-10;
    return {std::max(-1.0, -1 / static_cast<double>(n - 1) - single_precision), 1};
}

SimultaneousBands::SimultaneousBands(const EnsembleStatistics& statistics, long n,
                                     const Rational& error) :
    statistics_(statistics),
    range_(range(n)), error_(error),
    statements_(statements_of_a_cell * static_cast<long>(statistics.schemes() * statistics.times()))
{
    if (statistics.runs() == 0 || n < 2) {
        throw InputError(fmt::format(
            "bands of {} runs with {} tokens: must be 1 or more, 2 or more", statistics.runs(), n));
    }
    for (std::size_t s = 0; s < statistics.schemes(); ++s) {
        for (std::size_t t = 0; t < statistics.times(); ++t) {
            if (statistics.lowest(s, t) < range_.lower) {
                throw InputError(fmt::format("mean cosine {}: must be at least -1/(n-1), n = {}",
                                             statistics.lowest(s, t), n));
            }
        }
    }
    const auto runs = static_cast<long>(statistics.runs());
    const Rational levels[3] = {Rational(1, 20), Rational(1, 2), Rational(19, 20)};
    for (std::size_t k = 0; k < 3; ++k) {
        ranks_[k] = {rank_below_quantile(runs, levels[k], error, statements_),
                     rank_above_quantile(runs, levels[k], error, statements_)};
    }
    // The share between two order statistics is at least b where Bin(N, b) reaches the distance of
    // their ranks with probability at most the error.
    const long between = order_of(0.95, statistics.runs()) - order_of(0.05, statistics.runs());
    share_ = probability_at_least(between, runs, error, statements_);
}

double SimultaneousBands::log_error(long statements) const
{
    return std::log(error_.convert_to<double>() / static_cast<double>(statements));
}

SimultaneousBands::Interval SimultaneousBands::mean(std::size_t scheme, std::size_t time) const
{
    const BoundedSums sums = sums_of(statistics_, scheme, time, range_);
    return {mean_at_least(sums, log_error(statements_)),
            mean_at_most(sums, log_error(statements_))};
}

SimultaneousBands::Interval SimultaneousBands::quantile(std::size_t scheme, std::size_t time,
                                                        std::size_t level) const
{
    const Ranks& ranks = ranks_[level];
    const bool none_above = ranks.above > static_cast<long>(statistics_.runs());
    return {ranks.below == 0 ? range_.lower
                             : place_of(statistics_, scheme, time, ranks.below).lower,
            none_above ? range_.upper : place_of(statistics_, scheme, time, ranks.above).upper};
}

double SimultaneousBands::deviation_at_most(std::size_t scheme, std::size_t time) const
{
    return chance::deviation_at_most(sums_of(statistics_, scheme, time, range_),
                                     log_error(statements_));
}

} // namespace attest::chance

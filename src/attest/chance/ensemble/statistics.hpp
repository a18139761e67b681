#pragma once

#include "attest/chance/ensemble/setting.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace attest::chance {

/// How a run's magnitude grows: the least-squares slope of log r against log t over the last three
/// quarters of the layers, magnitude[t] for t = 0, ..., T. 0 where that is a single layer.
double growth_exponent(std::span<const double> magnitude);

/// What an ensemble keeps of its runs, of a size that does not depend on their number. Every
/// statistic is a sum, a count or an extreme of whole numbers (values are rounded to multiples of
/// 2^-40, magnitudes to multiples of 2^-20), so that it does not depend on the order of the runs
/// nor on the threads and processes that made them.
class EnsembleStatistics {
public:
    /// Bins of [-1, 1] for quantiles.
    static constexpr std::size_t bins = 2048;
    /// Bins of [-1, 3] for the runs' exponents of growth; the outer ones have no outer end.
    static constexpr std::size_t exponent_bins = 8192;
    /// The sums have room for this many runs.
    static constexpr std::uint64_t most_runs = 4'000'000;

    EnsembleStatistics(std::size_t schemes, std::size_t times);

    std::size_t schemes() const { return schemes_; }
    std::size_t times() const { return times_; } ///< layers + 1
    std::uint64_t runs() const { return runs_; }

    /// Throws InputError for curves of another shape, values that are no numbers, or too many runs.
    void add(const RunCurves& curves);
    /// Adds what another object has counted; same shape.
    void add(const EnsembleStatistics& other);

    double mean(std::size_t scheme, std::size_t time) const;
    /// Sample variance, divided by runs - 1; 0 for one run.
    double variance(std::size_t scheme, std::size_t time) const;
    double lowest(std::size_t scheme, std::size_t time) const;
    double highest(std::size_t scheme, std::size_t time) const;

    /// Ends of the bin that has the k-th smallest of the runs' values, k = ceil(p runs), p in
    /// (0, 1]; cut at the extremes. The empirical p-quantile lies between them.
    struct Interval {
        double lower;
        double upper;
    };
    Interval quantile(std::size_t scheme, std::size_t time, double p) const;

    /// cosine of `a` minus cosine of `b` in the same run: mean and sample variance, and the number
    /// of runs in which it is positive and negative.
    struct Difference {
        double mean;
        double variance;
        std::uint64_t positive;
        std::uint64_t negative;
    };
    Difference difference(std::size_t a, std::size_t b, std::size_t time) const;

    double mean_magnitude(std::size_t scheme, std::size_t time) const;
    double variance_of_magnitude(std::size_t scheme, std::size_t time) const;

    /// Where the rank-th smallest exponent of growth of the runs lies, 1 <= rank <= runs: an
    /// interval of length 2^-11 at most, cut at the extremes.
    Interval exponent(std::size_t scheme, std::uint64_t rank) const;

    /// How many numbers the whole state has.
    std::size_t number_count() const;
    /// The whole state as numbers, and back. Throws InputError when the numbers cannot be one.
    std::vector<std::int64_t> numbers() const;
    static EnsembleStatistics from_numbers(std::span<const std::int64_t> numbers);

    bool operator==(const EnsembleStatistics&) const = default;

private:
    std::size_t at(std::size_t scheme, std::size_t time) const;
    std::size_t pair_at(std::size_t a, std::size_t b, std::size_t time) const;
    void require_room(std::uint64_t more) const;

    std::size_t schemes_;
    std::size_t times_;
    std::uint64_t runs_ = 0;
    /// One array a statistic, [scheme][time] or [pair][time]; sums add, extremes are kept.
    std::vector<std::int64_t> sum_, sum_of_squares_, low_, high_;
    std::vector<std::int64_t> magnitude_, magnitude_squares_;
    std::vector<std::int64_t> difference_squares_, positive_, negative_;
    std::vector<std::uint32_t> histogram_;
    /// Exponents of growth, [scheme].
    std::vector<std::int64_t> exponent_low_, exponent_high_;
    std::vector<std::uint32_t> exponents_;
};

} // namespace attest::chance

#include "attest/chance/ensemble/statistics.hpp"

#include "attest/chance/fitted_slope.hpp"
#include "attest/numbers/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace attest::chance {
namespace {

constexpr double quantum = 0x1p-40;
constexpr double magnitude_quantum = 0x1p-20;
/// Larger magnitudes would not fit their sums; no run of the paper's comes near.
constexpr double most_magnitude = 0x1p20;
constexpr std::int64_t nothing_low = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t nothing_high = std::numeric_limits<std::int64_t>::min();

std::int64_t rounded(double value, double unit)
{
    return std::llround(value / unit);
}

/// (sum of squares - sum^2/runs)/(runs - 1), in units of their own.
double sample_variance(double sum, double squares, std::uint64_t runs)
{
    if (runs < 2) {
        return 0;
    }
    const auto count = static_cast<double>(runs);
    const double mean = sum / count;
    return std::max(0.0, (squares / count - mean * mean) * count / (count - 1));
}

constexpr double least_exponent = -1;
constexpr double most_exponent = 3;
constexpr double exponent_width =
    (most_exponent - least_exponent) / static_cast<double>(EnsembleStatistics::exponent_bins);

std::size_t exponent_bin_of(double exponent)
{
    const auto last = static_cast<double>(EnsembleStatistics::exponent_bins - 1);
    return static_cast<std::size_t>(
        std::clamp(std::floor((exponent - least_exponent) / exponent_width), 0.0, last));
}

std::size_t bin_of(double value)
{
    const double place = (value + 1) / 2 * static_cast<double>(EnsembleStatistics::bins);
    const auto last = static_cast<double>(EnsembleStatistics::bins - 1);
    return static_cast<std::size_t>(std::clamp(std::floor(place), 0.0, last));
}

} // namespace

double growth_exponent(std::span<const double> magnitude)
{
    const std::size_t last = magnitude.empty() ? 0 : magnitude.size() - 1;
    const std::size_t first = std::max<std::size_t>(1, last / 4);
    if (last <= first) {
        return 0;
    }
    std::vector<double> x;
    std::vector<double> y;
    for (std::size_t t = first; t <= last; ++t) {
        x.push_back(std::log(static_cast<double>(t)));
        // Magnitudes are kept as multiples of this; none of a real run is smaller.
        y.push_back(std::log(std::max(magnitude[t], magnitude_quantum)));
    }
    return fitted_slope(x, y);
}

EnsembleStatistics::EnsembleStatistics(std::size_t schemes, std::size_t times) :
    schemes_(schemes), times_(times)
{
    const std::size_t cells = schemes * times;
    const std::size_t pairs = schemes * (schemes - 1) / 2 * times;
    sum_.resize(cells);
    sum_of_squares_.resize(cells);
    low_.assign(cells, nothing_low);
    high_.assign(cells, nothing_high);
    magnitude_.resize(cells);
    magnitude_squares_.resize(cells);
    difference_squares_.resize(pairs);
    positive_.resize(pairs);
    negative_.resize(pairs);
    histogram_.resize(cells * bins);
    exponent_low_.assign(schemes, nothing_low);
    exponent_high_.assign(schemes, nothing_high);
    exponents_.resize(schemes * exponent_bins);
}

std::size_t EnsembleStatistics::at(std::size_t scheme, std::size_t time) const
{
    return scheme * times_ + time;
}

/// a < b; pairs in the order (0,1), (0,2), ..., (1,2), ...
std::size_t EnsembleStatistics::pair_at(std::size_t a, std::size_t b, std::size_t time) const
{
    const std::size_t before = a * schemes_ - a * (a + 1) / 2;
    return (before + b - a - 1) * times_ + time;
}

void EnsembleStatistics::require_room(std::uint64_t more) const
{
    if (runs_ + more > most_runs) {
        throw InputError(
            fmt::format("ensemble of {} runs: must be at most {}", runs_ + more, most_runs));
    }
}

void EnsembleStatistics::add(const RunCurves& curves)
{
    require_room(1);
    if (curves.cosine.size() != schemes_ || curves.magnitude.size() != schemes_) {
        throw InputError(
            fmt::format("a run of {} schemes: must have {}", curves.cosine.size(), schemes_));
    }
    for (std::size_t s = 0; s < schemes_; ++s) {
        if (curves.cosine[s].size() != times_ || curves.magnitude[s].size() != times_) {
            throw InputError(
                fmt::format("a run of {} times: must have {}", curves.cosine[s].size(), times_));
        }
        for (std::size_t t = 0; t < times_; ++t) {
            // Rounding may lead a little outside [-1, 1].
            if (!(std::abs(curves.cosine[s][t]) <= 1 + 1e-3)
                || !(curves.magnitude[s][t] <= most_magnitude)) {
                throw InputError(fmt::format("run with cosine similarity {} and magnitude {}: must "
                                             "be in [-1, 1] and at most {}",
                                             curves.cosine[s][t], curves.magnitude[s][t],
                                             most_magnitude));
            }
        }
    }
    ++runs_;
    for (std::size_t s = 0; s < schemes_; ++s) {
        const double exponent = growth_exponent(curves.magnitude[s]);
        const std::int64_t whole_exponent = rounded(exponent, quantum);
        exponent_low_[s] = std::min(exponent_low_[s], whole_exponent);
        exponent_high_[s] = std::max(exponent_high_[s], whole_exponent);
        ++exponents_[s * exponent_bins + exponent_bin_of(exponent)];
        for (std::size_t t = 0; t < times_; ++t) {
            const double value = std::clamp(curves.cosine[s][t], -1.0, 1.0);
            const std::int64_t whole = rounded(value, quantum);
            const std::size_t cell = at(s, t);
            sum_[cell] += whole;
            sum_of_squares_[cell] += rounded(value * value, quantum);
            low_[cell] = std::min(low_[cell], whole);
            high_[cell] = std::max(high_[cell], whole);
            ++histogram_[cell * bins + bin_of(value)];
            const double r = curves.magnitude[s][t];
            magnitude_[cell] += rounded(r, magnitude_quantum);
            magnitude_squares_[cell] += rounded(r * r, magnitude_quantum);
            for (std::size_t b = s + 1; b < schemes_; ++b) {
                const double gap = value - std::clamp(curves.cosine[b][t], -1.0, 1.0);
                const std::size_t pair = pair_at(s, b, t);
                // At most 4, so a quarter keeps the sum in range.
                difference_squares_[pair] += rounded(gap * gap / 4, quantum);
                positive_[pair] += gap > 0 ? 1 : 0;
                negative_[pair] += gap < 0 ? 1 : 0;
            }
        }
    }
}

void EnsembleStatistics::add(const EnsembleStatistics& other)
{
    if (other.schemes_ != schemes_ || other.times_ != times_) {
        throw InputError(fmt::format("statistics of {} schemes and {} times: must have {} and {}",
                                     other.schemes_, other.times_, schemes_, times_));
    }
    require_room(other.runs_);
    runs_ += other.runs_;
    // Numbers of a file may be anything.
    const auto add_up = [](auto& mine, const auto& theirs) {
        for (std::size_t k = 0; k < mine.size(); ++k) {
            if (__builtin_add_overflow(mine[k], theirs[k], &mine[k])) {
                throw InputError("statistics of an ensemble: a sum is too large for its runs");
            }
        }
    };
    add_up(sum_, other.sum_);
    add_up(sum_of_squares_, other.sum_of_squares_);
    add_up(magnitude_, other.magnitude_);
    add_up(magnitude_squares_, other.magnitude_squares_);
    add_up(difference_squares_, other.difference_squares_);
    add_up(positive_, other.positive_);
    add_up(negative_, other.negative_);
    add_up(histogram_, other.histogram_);
    add_up(exponents_, other.exponents_);
    const auto keep = [](auto& mine, const auto& theirs, const auto& better) {
        for (std::size_t k = 0; k < mine.size(); ++k) {
            mine[k] = better(mine[k], theirs[k]);
        }
    };
    const auto smaller = [](std::int64_t a, std::int64_t b) { return std::min(a, b); };
    const auto larger = [](std::int64_t a, std::int64_t b) { return std::max(a, b); };
    keep(low_, other.low_, smaller);
    keep(high_, other.high_, larger);
    keep(exponent_low_, other.exponent_low_, smaller);
    keep(exponent_high_, other.exponent_high_, larger);
}

double EnsembleStatistics::mean(std::size_t scheme, std::size_t time) const
{
    return static_cast<double>(sum_[at(scheme, time)]) * quantum / static_cast<double>(runs_);
}

double EnsembleStatistics::variance(std::size_t scheme, std::size_t time) const
{
    const std::size_t cell = at(scheme, time);
    return sample_variance(static_cast<double>(sum_[cell]) * quantum,
                           static_cast<double>(sum_of_squares_[cell]) * quantum, runs_);
}

double EnsembleStatistics::lowest(std::size_t scheme, std::size_t time) const
{
    return static_cast<double>(low_[at(scheme, time)]) * quantum;
}

double EnsembleStatistics::highest(std::size_t scheme, std::size_t time) const
{
    return static_cast<double>(high_[at(scheme, time)]) * quantum;
}

EnsembleStatistics::Interval EnsembleStatistics::quantile(std::size_t scheme, std::size_t time,
                                                          double p) const
{
    if (!(p > 0 && p <= 1) || runs_ == 0) {
        throw InputError(
            fmt::format("quantile {} of {} runs: must be in (0, 1], of a run or more", p, runs_));
    }
    const std::size_t cell = at(scheme, time);
    const auto wanted = static_cast<std::uint64_t>(std::ceil(p * static_cast<double>(runs_)));
    std::uint64_t below = 0;
    std::size_t bin = 0;
    for (; bin + 1 < bins; ++bin) {
        below += histogram_[cell * bins + bin];
        if (below >= wanted) {
            break;
        }
    }
    const double width = 2 / static_cast<double>(bins);
    const double left = -1 + width * static_cast<double>(bin);
    return {std::max(left, lowest(scheme, time)), std::min(left + width, highest(scheme, time))};
}

EnsembleStatistics::Difference EnsembleStatistics::difference(std::size_t a, std::size_t b,
                                                              std::size_t time) const
{
    if (a > b) {
        const Difference turned = difference(b, a, time);
        return {-turned.mean, turned.variance, turned.negative, turned.positive};
    }
    if (a == b) {
        return {0, 0, 0, 0};
    }
    const std::size_t pair = pair_at(a, b, time);
    const double sum = static_cast<double>(sum_[at(a, time)] - sum_[at(b, time)]) * quantum;
    const double squares = static_cast<double>(difference_squares_[pair]) * 4 * quantum;
    return {sum / static_cast<double>(runs_), sample_variance(sum, squares, runs_),
            static_cast<std::uint64_t>(positive_[pair]),
            static_cast<std::uint64_t>(negative_[pair])};
}

double EnsembleStatistics::mean_magnitude(std::size_t scheme, std::size_t time) const
{
    return static_cast<double>(magnitude_[at(scheme, time)]) * magnitude_quantum
           / static_cast<double>(runs_);
}

double EnsembleStatistics::variance_of_magnitude(std::size_t scheme, std::size_t time) const
{
    const std::size_t cell = at(scheme, time);
    return sample_variance(static_cast<double>(magnitude_[cell]) * magnitude_quantum,
                           static_cast<double>(magnitude_squares_[cell]) * magnitude_quantum,
                           runs_);
}

EnsembleStatistics::Interval EnsembleStatistics::exponent(std::size_t scheme,
                                                          std::uint64_t rank) const
{
    if (rank < 1 || rank > runs_) {
        throw InputError(
            fmt::format("exponent of rank {} of {} runs: must be 1 to their number", rank, runs_));
    }
    std::uint64_t below = 0;
    std::size_t bin = 0;
    for (; bin + 1 < exponent_bins; ++bin) {
        below += exponents_[scheme * exponent_bins + bin];
        if (below >= rank) {
            break;
        }
    }
    const double low = static_cast<double>(exponent_low_[scheme]) * quantum;
    const double high = static_cast<double>(exponent_high_[scheme]) * quantum;
    const double left = least_exponent + exponent_width * static_cast<double>(bin);
    return {bin == 0 ? low : std::max(left, low),
            bin + 1 == exponent_bins ? high : std::min(left + exponent_width, high)};
}

std::size_t EnsembleStatistics::number_count() const
{
    constexpr std::size_t header = 3;
    return header + 6 * low_.size() + 3 * positive_.size() + histogram_.size()
           + 2 * exponent_low_.size() + exponents_.size();
}

std::vector<std::int64_t> EnsembleStatistics::numbers() const
{
    std::vector<std::int64_t> out = {static_cast<std::int64_t>(schemes_),
                                     static_cast<std::int64_t>(times_),
                                     static_cast<std::int64_t>(runs_)};
    for (const auto* array : {&sum_, &sum_of_squares_, &low_, &high_, &magnitude_,
                              &magnitude_squares_, &difference_squares_, &positive_, &negative_}) {
        out.insert(out.end(), array->begin(), array->end());
    }
    out.insert(out.end(), histogram_.begin(), histogram_.end());
    out.insert(out.end(), exponent_low_.begin(), exponent_low_.end());
    out.insert(out.end(), exponent_high_.begin(), exponent_high_.end());
    out.insert(out.end(), exponents_.begin(), exponents_.end());
    return out;
}

EnsembleStatistics EnsembleStatistics::from_numbers(std::span<const std::int64_t> numbers)
{
    constexpr std::size_t header = 3;
    constexpr std::int64_t most_cells = 100'000'000;
    const auto wrong = [&] {
        return InputError(
            fmt::format("{} numbers: must be the state of an ensemble", numbers.size()));
    };
    if (numbers.size() < header || numbers[0] < 1 || numbers[0] > 1000 || numbers[1] < 1
        || numbers[1] > most_cells / numbers[0] || numbers[2] < 0
        || static_cast<std::uint64_t>(numbers[2]) > most_runs) {
        throw wrong();
    }
    const auto schemes = static_cast<std::size_t>(numbers[0]);
    const std::size_t cells = schemes * static_cast<std::size_t>(numbers[1]);
    const std::size_t pairs = cells * (schemes - 1) / 2;
    // Before anything of that size is made.
    if (numbers.size()
        != header + 6 * cells + 3 * pairs + cells * bins + (2 + exponent_bins) * schemes) {
        throw wrong();
    }
    EnsembleStatistics out(schemes, static_cast<std::size_t>(numbers[1]));
    out.runs_ = static_cast<std::uint64_t>(numbers[2]);
    auto from = numbers.begin() + header;
    for (auto* array :
         {&out.sum_, &out.sum_of_squares_, &out.low_, &out.high_, &out.magnitude_,
          &out.magnitude_squares_, &out.difference_squares_, &out.positive_, &out.negative_}) {
        const auto end = from + static_cast<std::ptrdiff_t>(array->size());
        std::copy(from, end, array->begin());
        from = end;
    }
    // What runs can have added up to, so that no difference of two sums overflows.
    const auto require_within = [&](std::span<const std::int64_t> values, std::int64_t least,
                                    std::int64_t most) {
        if (std::any_of(values.begin(), values.end(),
                        [&](std::int64_t value) { return value < least || value > most; })) {
            throw wrong();
        }
    };
    const std::int64_t most_sum = numbers[2] * rounded(1, quantum);
    require_within(out.sum_, -most_sum, most_sum);
    require_within(out.sum_of_squares_, 0, most_sum);
    require_within(out.difference_squares_, 0, most_sum);
    require_within(out.positive_, 0, numbers[2]);
    require_within(out.negative_, 0, numbers[2]);
    const auto take_counts = [&](std::vector<std::uint32_t>& counts) {
        const auto end = from + static_cast<std::ptrdiff_t>(counts.size());
        require_within({from, end}, 0, numbers[2]);
        std::transform(from, end, counts.begin(),
                       [](std::int64_t count) { return static_cast<std::uint32_t>(count); });
        from = end;
    };
    take_counts(out.histogram_);
    for (auto* array : {&out.exponent_low_, &out.exponent_high_}) {
        const auto end = from + static_cast<std::ptrdiff_t>(array->size());
        std::copy(from, end, array->begin());
        from = end;
    }
    take_counts(out.exponents_);
    return out;
}

} // namespace attest::chance

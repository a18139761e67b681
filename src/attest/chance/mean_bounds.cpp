#include "attest/chance/mean_bounds.hpp"

#include "attest/chance/binomial.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace attest::chance {
namespace {

/// l/(1 - l) = 2^k, k = -10, ..., 4.
constexpr int first_share = -10;
constexpr std::size_t share_count = 15;
/// Room for rounding: of sums and logarithms in double precision, relative to their terms; of the
/// mean; of a variance that EnsembleStatistics made of squares in multiples of 2^-40.
constexpr double sum_room = 1e-11;
constexpr double mean_room = 1e-12;
constexpr double variance_room = 0x1p-36;

struct BettingShare {
    double l;
    double loss; ///< -(log(1 - l) + l) > 0
};

const std::array<BettingShare, share_count>& betting_shares()
{
    static const auto all = [] {
        std::array<BettingShare, share_count> shares{};
        for (std::size_t k = 0; k < share_count; ++k) {
            const double odds = std::ldexp(1.0, static_cast<int>(k) + first_share);
            const double l = odds / (1 + odds);
            shares[k] = {l, std::log1p(odds) - l};
        }
        return shares;
    }();
    return all;
}

void check_sums(const BoundedSums& sums)
{
    if (sums.runs < 1 || !(sums.low < sums.high) || !(sums.mean >= sums.low)
        || !(sums.mean <= sums.high) || !(sums.variance >= 0) || !(sums.lowest >= sums.low)
        || !(sums.highest <= sums.high)) {
        throw InputError(fmt::format("{} runs of mean {} and variance {} in [{}, {}]: must be 1 or "
                                     "more, inside the range",
                                     sums.runs, sums.mean, sums.variance, sums.low, sums.high));
    }
}

void check_log_error(double log_error)
{
    if (!(log_error < 0)) {
        throw InputError(fmt::format("logarithm of an error {}: must be less than 0", log_error));
    }
}

BoundedSums mirrored(const BoundedSums& sums)
{
    return {sums.runs, -sums.mean,    sums.variance, -sums.high,
            -sums.low, -sums.highest, -sums.lowest};
}

/// Sum of the chord of log(1 + l y) between the extremes; y = (x - m)/(m - low).
double chord_sum(const BoundedSums& sums, double m, double l)
{
    const double width = m - sums.low;
    const double first = std::log1p(l * std::max(-1.0, (sums.lowest - m) / width));
    const double last = std::log1p(l * std::max(-1.0, (sums.highest - m) / width));
    const double range = sums.highest - sums.lowest;
    const double place = range > 0 ? std::clamp((sums.mean - sums.lowest) / range, 0.0, 1.0) : 0.0;
    return static_cast<double>(sums.runs) * (first + place * (last - first));
}

} // namespace

double evidence_against_at_most(const BoundedSums& sums, double m)
{
    check_sums(sums);
    if (!(m > sums.low)) {
        return 0;
    }
    const auto N = static_cast<double>(sums.runs);
    const double width = m - sums.low;
    const double gap = sums.mean - m;
    const double linear = N * gap / width;
    const double square = N * (gap * gap + sums.variance + variance_room) / (width * width);
    std::array<double, share_count> logs{};
    double most = -std::numeric_limits<double>::infinity();
    for (std::size_t k = 0; k < share_count; ++k) {
        const auto& [l, loss] = betting_shares()[k];
        const double parabola = l * linear - loss * square;
        const double chord = chord_sum(sums, m, l);
        const double size = l * std::abs(linear) + loss * square + std::abs(chord) + 1;
        logs[k] =
            std::max(parabola, chord) - sum_room * size - N * mean_room * l / (width * (1 - l));
        most = std::max(most, logs[k]);
    }
    double sum = 0;
    for (const double one : logs) {
        sum += std::exp(one - most);
    }
    return most + std::log(sum / static_cast<double>(share_count));
}

double mean_at_least(const BoundedSums& sums, double log_error)
{
    check_sums(sums);
    check_log_error(log_error);
    // Every m at which the evidence reaches 1/error is a limit, so the search needs no guarantee.
    const double reach = sums.mean - sums.low;
    const auto proves = [&](double m) {
        return m > sums.low && evidence_against_at_most(sums, m) >= -log_error;
    };
    double below = sums.low;
    double above = sums.mean;
    constexpr int steps = 31;
    for (int k = 0; k < steps; ++k) {
        // m - low = reach/(1 + y), y from 2^-24 to 2^6.
        const double m = sums.low + reach / (1 + std::ldexp(1.0, k - 24));
        if (proves(m)) {
            below = m;
            break;
        }
        above = m;
    }
    if (!(below > sums.low)) {
        return sums.low;
    }
    constexpr int halvings = 40;
    for (int k = 0; k < halvings; ++k) {
        const double m = below + (above - below) / 2;
        (proves(m) ? below : above) = m;
    }
    return below;
}

double mean_at_most(const BoundedSums& sums, double log_error)
{
    return -mean_at_least(mirrored(sums), log_error);
}

double deviation_at_most(const BoundedSums& sums, double log_error)
{
    check_sums(sums);
    check_log_error(log_error);
    const double range = sums.high - sums.low;
    if (sums.runs < 2) {
        return range / 2;
    }
    const double more = range * std::sqrt(-2 * log_error / static_cast<double>(sums.runs - 1));
    return std::min(range / 2, (std::sqrt(sums.variance) + more) * (1 + sum_room));
}

std::uint64_t runs_needed(double deviation, double standard_error)
{
    if (!(deviation >= 0) || !(standard_error > 0)) {
        throw InputError(fmt::format("deviation {} and standard error {}: must be at least 0 and "
                                     "more than 0",
                                     deviation, standard_error));
    }
    const double runs = std::ceil(std::pow(deviation / standard_error, 2));
    constexpr double most = 1e18;
    return static_cast<std::uint64_t>(std::clamp(runs, 1.0, most));
}

long rank_below_quantile(long N, const Rational& p, const Rational& error, long statements)
{
    if (p <= 0 || p >= 1 || error <= 0 || error >= 1 || statements < 1) {
        throw InputError(fmt::format("quantile {} with error {} for {} statements: must be in (0, "
                                     "1), in (0, 1), at least 1",
                                     to_string(p), to_string(error), statements));
    }
    if (N < 1) {
        throw InputError(fmt::format("quantiles of {} values: must be of 1 or more", N));
    }
    const Ball level{Rational(error / statements)};
    // X_(k) > q means that fewer than k values are at most q, and each is with probability >= p.
    // P(Bin(N, p) < k) = P(Bin(N, 1 - p) >= N - k + 1). An enclosure that does not decide counts
    // as "no".
    const auto proved = [&](long k) {
        const PrecisionScope precision(256);
        return is_true(less_equal(binomial_tail(N - k + 1, N, Rational(1 - p)), level));
    };
    long good = 0;
    long bad = N + 1;
    while (bad - good > 1) {
        const long k = good + (bad - good) / 2;
        (proved(k) ? good : bad) = k;
    }
    return good;
}

long rank_above_quantile(long N, const Rational& p, const Rational& error, long statements)
{
    return N + 1 - rank_below_quantile(N, Rational(1 - p), error, statements);
}

} // namespace attest::chance

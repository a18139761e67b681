#pragma once

#include "attest/numbers/rational.hpp"

#include <cstdint>
#include <optional>

/// Confidence limits that hold for every number of runs and every law: of the mean of a bounded
/// number from the sums that an ensemble keeps, and of quantiles from the ranks of a sample.
namespace attest::chance {

/// N independent values of one law on [low, high], at most 10^3 in size: what their sums say, up to
/// the rounding of EnsembleStatistics.
struct BoundedSums {
    std::uint64_t runs;
    double mean;
    double variance; ///< divided by runs - 1
    double low;
    double high;
    double lowest;  ///< of the values; low where it is not known
    double highest; ///< high where it is not known
};

/// Logarithm of evidence against "the mean is at most m": a number whose exponential exceeds x with
/// probability at most 1/x when that is true, for all such m at once. With y_i = (x_i - m)/(m -
/// low) >= -1 the wealth prod (1 + l y_i), 0 <= l < 1, of a bettor has expectation at most 1 (Ville
/// 1939, Markov). Its logarithm is at least the sum of the chords of log(1 + l y) between the
/// extremes, and by Fan, Grama and Liu (2015) of l y + (log(1 - l) + l) y^2: the sums suffice. 15
/// shares l are used with equal weights. docs/ensembles.md has the proof. Nothing is known, 0,
/// where m <= low.
double evidence_against_at_most(const BoundedSums& sums, double m);

/// A lower confidence limit of the mean, low where nothing is proved: it exceeds the mean with
/// probability at most e^log_error, log_error < 0. Throws InputError for no run, low >= high,
/// values outside of them, or log_error >= 0.
double mean_at_least(const BoundedSums& sums, double log_error);
/// The upper limit in the same sense.
double mean_at_most(const BoundedSums& sums, double log_error);

/// An upper confidence limit of the standard deviation (Maurer and Pontil 2009, Theorem 10):
/// sqrt(variance) + (high - low) sqrt(2 log(1/error)/(N - 1)), at most (high - low)/2 (Popoviciu).
double deviation_at_most(const BoundedSums& sums, double log_error);

/// Runs that a standard error of the mean needs: ceil(deviation^2/error^2), at least 1.
std::uint64_t runs_needed(double deviation, double standard_error);

/// The largest rank k such that "the k-th smallest of N independent values is at most the
/// p-quantile" fails with probability at most error/statements, whatever the law: P(Bin(N, p) < k)
/// is no more. 0: there is none. A p-quantile is any q with P(X < q) <= p <= P(X <= q). Exact.
/// Throws InputError unless 0 < p < 1, 0 < error < 1, 1 <= N <= 10^7.
long rank_below_quantile(long N, const Rational& p, const Rational& error, long statements);
/// The smallest rank k such that "the k-th smallest is at least the p-quantile" does; N + 1: none.
long rank_above_quantile(long N, const Rational& p, const Rational& error, long statements);

} // namespace attest::chance

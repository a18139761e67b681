#pragma once

#include "attest/chance/ensemble/statistics.hpp"
#include "attest/numbers/rational.hpp"

namespace attest::chance {

/// What an ensemble proves about the law of a run: limits for every scheme and every layer that all
/// hold together with confidence 1 - error, for every number of runs and every law (Bonferroni over
/// `statements`, exact binomial ranks, chance/mean_bounds). docs/ensembles.md, "Bands".
class SimultaneousBands {
public:
    using Interval = EnsembleStatistics::Interval;

    /// Of an ensemble with n tokens; keeps a reference to the statistics. Throws InputError for an
    /// ensemble without runs or with cosines that n unit vectors cannot have.
    SimultaneousBands(const EnsembleStatistics& statistics, long n,
                      const Rational& error = Rational(1, 20));

    /// For each scheme and time: the mean, the 5 % quantile, the median and the 95 % quantile, each
    /// above and below, the share of the law between the 5 % and the 95 % quantile of the runs, and
    /// the standard deviation above.
    long statements() const { return statements_; }

    /// The mean of the cosine similarity over all runs that could be made.
    Interval mean(std::size_t scheme, std::size_t time) const;
    /// The same of the law's quantile: level 0, 1, 2 for 5 %, 50 %, 95 %. An end that no number of
    /// these runs proves is that of the cosine's range.
    Interval quantile(std::size_t scheme, std::size_t time, std::size_t level) const;
    /// The band from the 5 % to the 95 % quantile of the runs has at least this share of the law
    /// (Wilks 1941).
    const Rational& share() const { return share_; }

    /// The standard deviation of a run is at most this.
    double deviation_at_most(std::size_t scheme, std::size_t time) const;

    /// Cosines of n unit vectors, with room for single precision.
    static Interval range(long n);

private:
    struct Ranks {
        long below; ///< 0: none
        long above; ///< runs + 1: none
    };
    double log_error(long statements) const;

    const EnsembleStatistics& statistics_;
    Interval range_;
    Rational error_;
    long statements_;
    Ranks ranks_[3];
    Rational share_;
};

} // namespace attest::chance

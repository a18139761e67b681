#pragma once

#include "attest/model/alpha.hpp"
#include "attest/numbers/eigen.hpp"
#include "attest/numbers/rational.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Random starts whose synchronisation is proved, run by run.
namespace attest::chance {

/// The experiment of Theorem 3.1: Q = K = V = I, X(0) standard Gaussian, so that the directions are
/// uniform on the sphere and independent of the magnitudes, which schemes on the sphere ignore.
struct RunSetting {
    std::string scheme;
    long n = 2;
    long d = 2;
    Rational beta = 1;
    model::Alpha alpha = model::Alpha::constant(1); ///< nGPT
    Rational tau = 1;                               ///< Mix-LN
    /// Latest t, for schemes that move magnitudes latest ln(1 + t): in no open hemisphere by then
    /// is undecided.
    Rational until = 400;
    long digits = 6;       ///< of a step; undecided runs are repeated with more
    long max_steps = 4000; ///< of one attempt
};

/// "scheme, n = 3, d = 2, beta = 1/10, alpha_t = ..."
std::string describe(const RunSetting& setting);

/// What is proved of one run. In an open hemisphere all tokens synchronise from then on, if the
/// scheme's clock diverges (docs/mathematics.md, section on Theorem 3.1).
struct CertifiedRun {
    /// Rational a with <p, theta_j> > 0 for all j at `time`, p = sum_k a_k theta_k (at t = 0: p =
    /// sum_k a_k x_k); nothing: undecided.
    std::optional<Vector<Rational>> pole;
    double time = 0;   ///< paper's t; 0: the start is in a hemisphere already
    long steps = 0;    ///< validated steps of the attempt that counts
    std::string why{}; ///< of an undecided run
    bool operator==(const CertifiedRun&) const = default;
};

/// The run of that number: a function of (setting, seed, run) alone. The start is an enclosure of
/// all ideal Gaussian draws with the drawn 64 bits per number (Stream::gaussian_enclosure), so that
/// the run speaks about the law itself, not about a grid. Dividing by a vanishing |A_j| or r_j is
/// excluded along the way: a tube across it does not exist. Throws InputError for an unknown
/// scheme, n < 2, d < 2, beta < 0, tau < 0.
CertifiedRun certified_run(const RunSetting& setting, std::uint64_t seed, std::uint64_t run);

/// Runs 0, ..., count - 1; the same for any number of threads.
std::vector<CertifiedRun> certified_runs(const RunSetting& setting, std::uint64_t seed, long count,
                                         int threads);

/// Counts of an experiment. No run is left out.
struct RunCounts {
    long runs = 0;
    long at_start = 0; ///< in an open hemisphere at t = 0
    long later = 0;    ///< driven into one
    long undecided = 0;
    double latest = 0; ///< time of the last certified one
    long certified() const { return at_start + later; }
};
RunCounts count(const std::vector<CertifiedRun>& runs);

/// Probability that n independent uniform directions in R^d lie in an open hemisphere (Wendel,
/// Math. Scand. 11, 1962): 2^{1-n} sum_{k < d} C(n-1, k). Throws InputError for n < 1 or d < 1.
Rational hemisphere_probability(long n, long d);

} // namespace attest::chance

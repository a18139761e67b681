#pragma once

#include "theorems/error_budget.hpp"
#include "theorems/support.hpp"

#include "attest/chance/ensemble/bands.hpp"
#include "attest/chance/ensemble/setting.hpp"
#include "attest/chance/ensemble/statistics.hpp"

#include <memory>
#include <string>
#include <vector>

/// Samples of the ensembles of Appendix E, and what follows about their laws with exact confidence.
namespace attest::theorems {

/// Independent runs of a panel and what is kept of them, of a size that does not depend on how many
/// they are.
struct EnsembleSample {
    chance::EnsembleSetting setting;
    std::string arithmetic;
    chance::EnsembleStatistics statistics;

    std::size_t layers() const { return statistics.times() - 1; }
    std::uint64_t runs() const { return statistics.runs(); }
    /// Figure 4's "initially" and "eventually": layers 1 and 2; the last quarter.
    std::vector<std::size_t> early() const;
    std::vector<std::size_t> late() const;
};

/// The sample of a panel at this effort: tens of runs (quick), 200 of 64 layers (standard), the
/// paper's 10^5 of 64 (deep). Computed once a process, on effort.threads threads, of which no
/// number depends. Single precision; panel 5c as a Gram chain. Runs are kept in effort.ensembles,
/// where there is one, and taken from it: then there may be more, of another arithmetic. Throws
/// InputError for an unknown panel.
std::shared_ptr<const EnsembleSample> ensemble_sample(const std::string& panel,
                                                      const Effort& effort);
/// The same with at least so many runs.
std::shared_ptr<const EnsembleSample>
ensemble_sample(const std::string& panel, const Effort& effort, std::uint64_t least_runs);

/// A counterexample that the sample shows, with the command that makes the same runs.
ledger::Counterexample counterexample_of(const EnsembleSample& sample, std::string shows);

/// Orderings that could be stated about one sample: each ordered pair of schemes at each layer,
/// above and below. The family's error for a sample (error_budget.hpp) is split evenly over them.
long statements_about(const EnsembleSample& sample);

/// "Scheme a has the larger cosine similarity than scheme b after layer t in more than half of all
/// runs": True or False where the exact sign test decides with that error. A tie is not larger.
Truth ahead_in_most_runs(const EnsembleSample& sample, std::size_t a, std::size_t b, std::size_t t);

/// "The mean of a's cosine similarity exceeds that of b": by chance::evidence_against_at_most for
/// the differences in the same run, which lie within +-n/(n - 1), as many statements.
Truth ahead_in_the_mean(const EnsembleSample& sample, std::size_t a, std::size_t b, std::size_t t);

/// The limits of means and quantiles over all schemes and layers of the sample, which hold together
/// with the family's error for a sample. Refers to the sample.
chance::SimultaneousBands bands_of(const EnsembleSample& sample);

/// "The mean of a exceeds that of b" by these limits alone: the lower one of a is above the upper
/// one of b. Holds at any number of places at once.
Truth ahead_by_bands(const chance::SimultaneousBands& bands, std::size_t a, std::size_t b,
                     std::size_t t);

/// Where the median over the law of a run's exponent of growth under Pre-LN lies
/// (chance::growth_exponent of the mean magnitude), from order statistics, with the family's error
/// for a sample. An infinite end: too few runs.
struct ExponentInterval {
    double lower;
    double median; ///< of the sample, up to 2^-12
    double upper;
};
ExponentInterval growth_exponent(const EnsembleSample& sample);

/// Number of a scheme in model::scheme_names. Throws InputError for an unknown name.
std::size_t scheme_number(const std::string& name);

/// "Every scheme of `ahead` has a larger cosine similarity than every one of `behind`."
struct Ordering {
    std::vector<std::string> ahead;
    std::vector<std::string> behind;
};

/// The ordering after all of these layers, in the sense of `larger`. False as soon as one
/// comparison is; `decided` counts those that are not open.
struct Compared {
    Truth outcome = Truth::True;
    long comparisons = 0;
    long decided = 0;
    std::vector<std::string> refuted; ///< "peri-ln, post-ln (layer 2)"
};
using Larger = Truth (*)(const EnsembleSample&, std::size_t, std::size_t, std::size_t);
Compared compare(const EnsembleSample& sample, const Ordering& ordering,
                 const std::vector<std::size_t>& layers, Larger larger);

/// "24 runs of 32 layers (f32, seed 20251, none discarded): n = 128, d = 512, ..."
std::string described(const EnsembleSample& sample);

/// Figures 4 and 5a to 5g: means, the band from the 5 % to the 95 % quantile of the runs, where the
/// means of the law lie (simultaneous limits), and magnitudes. The captions say how many runs there
/// are and what they show.
std::vector<ledger::Figure> ensemble_figures(const Effort& effort);

} // namespace attest::theorems

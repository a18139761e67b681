#pragma once

#include "attest/chance/ensemble/bands.hpp"
#include "attest/chance/ensemble/statistics.hpp"

#include <filesystem>
#include <string>

namespace attest::cli {

/// Levels of the quantiles that are stored: the paper's 90 % band is 0.05 to 0.95.
inline constexpr double stored_levels[] = {0.05, 0.25, 0.5, 0.75, 0.95};

/// The standard error that the number of runs is given for.
inline constexpr double aimed_standard_error = 0.001;

/// Runs that aimed_standard_error needs in the layer with the largest variance: by the variances of
/// the sample, and at most this many with the confidence of `bands`.
struct NeededRuns {
    std::uint64_t estimate;
    std::uint64_t at_most;
};
NeededRuns needed_runs(const chance::EnsembleStatistics& statistics,
                       const chance::SimultaneousBands& bands, std::size_t scheme);

/// scheme, t, mean, standard error of the mean, quantiles (lower and upper end of each), smallest,
/// largest, mean magnitude, and the simultaneous limits of the law's mean and quantiles; one row a
/// scheme and time.
std::string ensemble_csv(const chance::EnsembleStatistics& statistics,
                         const chance::SimultaneousBands& bands);

/// The same, the paired differences of schemes and the histograms as an HDF5 file, with the lines
/// of `setting` as attributes. Written completely or not at all. Throws IoError naming the path.
void write_ensemble_hdf5(const std::filesystem::path& path, const std::string& setting,
                         const chance::EnsembleStatistics& statistics,
                         const chance::SimultaneousBands& bands);

} // namespace attest::cli

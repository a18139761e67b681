#pragma once

#include "attest/chance/ensemble/ensemble.hpp"
#include "attest/chance/ensemble/run_set.hpp"
#include "attest/chance/ensemble/statistics.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace attest::cli {

/// The checkpoint of an ensemble: a folder that any number of processes, on one machine or on
/// several with a common file system, work in at once.
///
/// - `setting` says what the runs are; a process with another setting is refused.
/// - `claims` carries one lock byte for every block of runs (POSIX record locks: the lock of a
///   process that dies is free again).
/// - `part-*` is what one process has made: which runs, and their statistics. Only its process
///   writes it, completely or not at all.
///
/// The statistics are sums of whole numbers: the union of the parts does not depend on who made
/// which run. Not thread-safe.
class EnsembleFolder {
public:
    /// Makes the folder if it is missing. Throws InputError (IoError) for a folder of another
    /// setting, or one that cannot be used.
    EnsembleFolder(std::filesystem::path folder, const std::string& setting, std::size_t schemes,
                   std::size_t times);
    ~EnsembleFolder();
    EnsembleFolder(const EnsembleFolder&) = delete;
    EnsembleFolder& operator=(const EnsembleFolder&) = delete;

    /// Runs below `runs` that nobody has made and nobody else is making; nothing if there are none
    /// at the moment. The claim holds until save() after the runs were added.
    std::optional<chance::RunRange> claim(std::uint64_t runs);
    void add(std::uint64_t run, const chance::RunCurves& curves);
    /// Writes this process's part and gives its claims of complete blocks back.
    void save();

    /// Runs below `runs` in all parts, this process's unsaved ones included.
    std::uint64_t done(std::uint64_t runs);
    /// The union of all parts.
    chance::EnsembleStatistics combined();

private:
    class ClaimsFile;
    struct Part {
        chance::RunSet made;
        chance::EnsembleStatistics statistics;
    };
    struct Known {
        std::filesystem::file_time_type changed;
        chance::RunSet made;
    };

    Part read(const std::filesystem::path& file) const;
    void refresh();
    std::vector<std::filesystem::path> parts() const;

    std::filesystem::path folder_;
    std::string setting_;
    std::unique_ptr<ClaimsFile> claims_;
    std::string own_name_;
    Part own_;
    chance::RunSet others_made_;
    std::map<std::string, Known> others_;
    std::set<std::uint64_t> claimed_; ///< blocks
    std::vector<chance::RunRange> waiting_;
    std::uint64_t cursor_ = 0;
};

} // namespace attest::cli

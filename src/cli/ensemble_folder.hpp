#pragma once

#include "attest/chance/ensemble/run_set.hpp"
#include "attest/chance/ensemble/run_store.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace attest::cli {

/// FNV-1a.
std::uint64_t checksum(std::string_view bytes);

/// Statistics are mostly zeros: each stretch of them as 0 and its length.
std::vector<std::int64_t> pack_zeros(std::span<const std::int64_t> numbers);
/// What was packed into these, if that is `count` numbers.
std::optional<std::vector<std::int64_t>> unpack_zeros(std::span<const std::int64_t> packed,
                                                      std::size_t count);

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
class EnsembleFolder final : public chance::RunStore {
public:
    /// Makes the folder if it is missing. Throws InputError (IoError) for a folder of another
    /// setting, or one that cannot be used.
    EnsembleFolder(std::filesystem::path folder, const std::string& setting, std::size_t schemes,
                   std::size_t times);
    ~EnsembleFolder() override;

    /// The claim holds until save() after the runs were added.
    std::optional<chance::RunRange> claim(std::uint64_t runs) override;
    void add(std::uint64_t run, const chance::RunCurves& curves) override;
    /// Writes this process's part and gives its claims of complete blocks back.
    void save() override;
    std::uint64_t done(std::uint64_t runs) override;
    /// The union of all parts, whatever runs they have.
    chance::EnsembleStatistics combined() override;

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

#pragma once

#include "attest/chance/ensemble/ensemble.hpp"
#include "attest/chance/ensemble/statistics.hpp"

#include <chrono>
#include <memory>

namespace attest::chance {

/// Where the runs of one ensemble are counted: in memory, or in a checkpoint that other processes
/// may share. Not thread-safe.
class RunStore {
public:
    RunStore() = default;
    RunStore(const RunStore&) = delete;
    RunStore& operator=(const RunStore&) = delete;
    virtual ~RunStore() = default;

    /// Runs below `runs` that nobody has made and nobody else is making; nothing if there are none
    /// at the moment.
    virtual std::optional<RunRange> claim(std::uint64_t runs) = 0;
    virtual void add(std::uint64_t run, const RunCurves& curves) = 0;
    /// Puts what was added where it outlives this process, if the store can do that.
    virtual void save() = 0;
    /// Runs below `runs` that have been made, those that other processes saved included.
    virtual std::uint64_t done(std::uint64_t runs) = 0;
    /// The statistics of all runs that have been made.
    virtual EnsembleStatistics combined() = 0;
};

/// The runs of this process alone, in memory.
class MemoryStore final : public RunStore {
public:
    /// Of a run with this many layers, all schemes.
    explicit MemoryStore(long layers);
    std::optional<RunRange> claim(std::uint64_t runs) override;
    void add(std::uint64_t run, const RunCurves& curves) override;
    void save() override {}
    std::uint64_t done(std::uint64_t runs) override;
    EnsembleStatistics combined() override { return statistics_; }

private:
    EnsembleStatistics statistics_;
    std::uint64_t next_ = 0;
};

/// The stores of many ensembles. Used from one thread at a time.
class EnsembleArchive {
public:
    struct Entry {
        /// How the runs of the store are made: a store keeps runs of one arithmetic only.
        Arithmetic arithmetic;
        std::unique_ptr<RunStore> store;
    };
    EnsembleArchive() = default;
    EnsembleArchive(const EnsembleArchive&) = delete;
    EnsembleArchive& operator=(const EnsembleArchive&) = delete;
    virtual ~EnsembleArchive() = default;

    /// The store of an ensemble that needs `runs` runs; a new one is for runs of the arithmetic
    /// `usual`. Throws InputError where there is one that cannot be used.
    virtual Entry open(const EnsembleSetting& setting, Arithmetic usual, std::uint64_t runs) = 0;
};

/// How make_runs works.
struct RunMaking {
    int threads = 1;
    /// The store is saved that often, which is what a kill may lose.
    std::chrono::milliseconds every{20'000};
    /// Save as often as a fiftieth of the time allows, if that is more often.
    bool eager = false;
    std::function<bool()> stopped = [] { return false; };
    /// Told after each run: its number, and how many this call has made.
    std::function<void(std::uint64_t run, std::uint64_t made)> progress = [](std::uint64_t,
                                                                             std::uint64_t) {};
};

/// Makes the runs 0, ..., runs - 1 that the store lacks, saves them, and waits for those that other
/// processes are making: how many this call has made. Nothing when it was stopped. Saves before it
/// passes an exception on.
std::optional<std::uint64_t> make_runs(const EnsembleSetting& setting, Arithmetic arithmetic,
                                       std::uint64_t runs, RunStore& store,
                                       const RunMaking& making);

} // namespace attest::chance

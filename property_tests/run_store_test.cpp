// Making the runs that a store lacks: any number of stops, threads and failures changes no bit.
#include "attest/chance/ensemble/run_store.hpp"

#include "attest/numbers/errors.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <set>
#include <stdexcept>

namespace attest::chance {
namespace {

EnsembleSetting tiny_setting()
{
    EnsembleSetting setting;
    setting.panel = "tiny";
    setting.n = 3;
    setting.d = 4;
    setting.layers = 4;
    return setting;
}

/// What outlives a process, and what is lost with it.
struct Disk {
    std::map<std::uint64_t, RunCurves> saved;
    long savings = 0;
    bool dead = false; ///< the process has been killed: nothing reaches the disk
};

/// A store of one process that keeps single runs on a disk; the runs of its claims are its own.
class DiskStore final : public RunStore {
public:
    DiskStore(Disk& disk, std::uint64_t block) : disk_(disk), block_(block) {}
    std::optional<RunRange> claim(std::uint64_t runs) override
    {
        for (std::uint64_t run = 0; run < runs; ++run) {
            if (!disk_.saved.contains(run) && !claimed_.contains(run)) {
                std::uint64_t end = run;
                while (end < runs && end < run + block_ && !disk_.saved.contains(end)
                       && claimed_.insert(end).second) {
                    ++end;
                }
                return RunRange{run, end};
            }
        }
        return std::nullopt;
    }
    void add(std::uint64_t run, const RunCurves& curves) override
    {
        RC_ASSERT(fresh_.emplace(run, curves).second);
    }
    void save() override
    {
        if (disk_.dead) {
            return;
        }
        ++disk_.savings;
        disk_.saved.merge(fresh_);
        RC_ASSERT(fresh_.empty());
    }
    std::uint64_t done(std::uint64_t runs) override
    {
        std::uint64_t count = 0;
        for (const auto& [run, curves] : disk_.saved) {
            count += run < runs ? 1 : 0;
        }
        return count;
    }
    EnsembleStatistics combined() override
    {
        const auto times = static_cast<std::size_t>(tiny_setting().layers) + 1;
        EnsembleStatistics all(scheme_count, times);
        for (const auto& [run, curves] : disk_.saved) {
            all.add(curves);
        }
        return all;
    }

private:
    Disk& disk_;
    std::uint64_t block_;
    std::set<std::uint64_t> claimed_;
    std::map<std::uint64_t, RunCurves> fresh_;
};

EnsembleStatistics at_once(std::uint64_t runs)
{
    MemoryStore store(tiny_setting().layers);
    RunMaking making;
    EXPECT_EQ(make_runs(tiny_setting(), Arithmetic::Float32, runs, store, making), runs);
    return store.combined();
}

// Stopped (what was made is saved) or killed (what is not saved is lost) after any number of runs.
RC_GTEST_PROP(RunStore, StopsAndKillsChangeNoBit, ())
{
    const auto runs = *rc::gen::inRange<std::uint64_t>(1, 14);
    const auto block = *rc::gen::inRange<std::uint64_t>(1, 5);
    Disk disk;
    RunMaking making;
    making.threads = *rc::gen::inRange(1, 4);
    making.eager = *rc::gen::arbitrary<bool>();
    const auto stops = *rc::gen::container<std::vector<std::uint64_t>>(
        *rc::gen::inRange<std::size_t>(0, 4), rc::gen::inRange<std::uint64_t>(0, 6));
    for (const std::uint64_t after : stops) {
        DiskStore store(disk, block);
        std::uint64_t made = 0;
        const bool killed = *rc::gen::arbitrary<bool>();
        making.stopped = [&] { return !killed && made >= after; };
        making.progress = [&](std::uint64_t, std::uint64_t now) {
            made = now;
            if (killed && now > after) {
                disk.dead = true;
                throw std::runtime_error("killed");
            }
        };
        const std::uint64_t before = store.done(runs);
        try {
            const auto result = make_runs(tiny_setting(), Arithmetic::Float32, runs, store, making);
            RC_ASSERT(!result || store.done(runs) == runs);
        } catch (const std::runtime_error&) {
            disk.dead = false;
        }
        RC_ASSERT(store.done(runs) >= before);
    }
    making.stopped = [] { return false; };
    making.progress = [](std::uint64_t, std::uint64_t) {};
    DiskStore store(disk, block);
    const std::uint64_t left = runs - store.done(runs);
    RC_ASSERT(make_runs(tiny_setting(), Arithmetic::Float32, runs, store, making) == left);
    RC_ASSERT(store.combined() == at_once(runs));
}

TEST(RunStore, SavesAfterEveryRunWhereNoTimeMayBeLost)
{
    Disk disk;
    DiskStore store(disk, 1);
    RunMaking making;
    making.every = std::chrono::milliseconds(0);
    EXPECT_EQ(make_runs(tiny_setting(), Arithmetic::Float32, 5, store, making), 5U);
    EXPECT_EQ(disk.savings, 6) << "and once at the end";
    EXPECT_EQ(make_runs(tiny_setting(), Arithmetic::Float32, 5, store, making), 0U);
}

TEST(RunStore, MemoryHandsEachRunOutOnce)
{
    MemoryStore store(4);
    EXPECT_EQ(store.claim(2)->first, 0U);
    EXPECT_EQ(store.claim(2)->first, 1U);
    EXPECT_FALSE(store.claim(2));
    EXPECT_EQ(store.claim(3)->end, 3U);
    EXPECT_EQ(store.done(3), 0U);
    EXPECT_EQ(store.combined().runs(), 0U);
}

} // namespace
} // namespace attest::chance

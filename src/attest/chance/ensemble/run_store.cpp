#include "attest/chance/ensemble/run_store.hpp"

#include <algorithm>
#include <thread>

namespace attest::chance {

MemoryStore::MemoryStore(long layers) :
    statistics_(scheme_count, static_cast<std::size_t>(layers) + 1)
{
}

std::optional<RunRange> MemoryStore::claim(std::uint64_t runs)
{
    if (next_ >= runs) {
        return std::nullopt;
    }
    ++next_;
    return RunRange{next_ - 1, next_};
}

void MemoryStore::add(std::uint64_t, const RunCurves& curves)
{
    statistics_.add(curves);
}

std::uint64_t MemoryStore::done(std::uint64_t runs)
{
    return std::min(runs, statistics_.runs());
}

std::optional<std::uint64_t> make_runs(const EnsembleSetting& setting, Arithmetic arithmetic,
                                       std::uint64_t runs, RunStore& store, const RunMaking& making)
{
    using Clock = std::chrono::steady_clock;
    constexpr int eager_share = 50;
    Clock::time_point next_saving = making.eager ? Clock::now() : Clock::now() + making.every;
    const auto save = [&] {
        const Clock::time_point begin = Clock::now();
        store.save();
        const Clock::time_point end = Clock::now();
        const Clock::duration pause =
            making.eager ? std::min<Clock::duration>(making.every, eager_share * (end - begin))
                         : Clock::duration(making.every);
        next_saving = end + pause;
    };
    std::uint64_t made = 0;
    RunBoard board;
    board.stopped = making.stopped;
    board.next = [&] { return store.claim(runs); };
    board.collect = [&](std::uint64_t run, const RunCurves& curves) {
        store.add(run, curves);
        ++made;
        making.progress(run, made);
        if (Clock::now() >= next_saving) {
            save();
        }
    };
    for (;;) {
        try {
            simulate(setting, arithmetic, making.threads, board);
        } catch (...) {
            store.save();
            throw;
        }
        save();
        if (store.done(runs) >= runs) {
            return made;
        }
        if (making.stopped()) {
            return std::nullopt;
        }
        // Another process holds the rest; should it die, its claims come free.
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
    }
}

} // namespace attest::chance

#include "attest/model/worker_team.hpp"

#include "attest/numbers/errors.hpp"

#include <fmt/format.h>

#include <atomic>
#include <thread>
#include <vector>

namespace attest::model {
namespace {

constexpr int largest_team = 1024;
// A phase of a small problem takes some 100 microseconds and a sleeping thread needs tens to wake
// up: so a thread first looks this often (some 20 microseconds) whether there is news.
constexpr int looks = 4000;

template <class T>
void wait_while(const std::atomic<T>& value, T old)
{
    for (int look = 0; look < looks; ++look) {
        if (value.load(std::memory_order_acquire) != old) {
            return;
        }
    }
    value.wait(old, std::memory_order_acquire);
}

} // namespace

struct WorkerTeam::State {
    std::atomic<unsigned> round = 0; ///< changes when there is a new job or the end
    std::atomic<long> next = 0;
    std::atomic<int> finished = 0;
    bool stop = false;
    long count = 0;
    Job job{};
    std::vector<std::jthread> threads;

    void work(int worker)
    {
        for (long k = next.fetch_add(1, std::memory_order_relaxed); k < count;
             k = next.fetch_add(1, std::memory_order_relaxed)) {
            job.call(job.task, k, worker);
        }
    }
    void serve(int worker)
    {
        for (unsigned seen = 0;;) {
            wait_while(round, seen);
            seen = round.load(std::memory_order_acquire);
            if (stop) {
                return;
            }
            work(worker);
            finished.fetch_add(1, std::memory_order_acq_rel);
            finished.notify_one();
        }
    }
    void announce()
    {
        round.fetch_add(1, std::memory_order_acq_rel);
        round.notify_all();
    }
};

WorkerTeam::WorkerTeam(int threads)
{
    if (threads < 1 || threads > largest_team) {
        throw InputError(fmt::format("{} threads: must be 1..{}", threads, largest_team));
    }
    state_ = std::make_unique<State>();
    for (int worker = 1; worker < threads; ++worker) {
        state_->threads.emplace_back([state = state_.get(), worker] { state->serve(worker); });
    }
}

WorkerTeam::~WorkerTeam()
{
    if (state_) {
        state_->stop = true;
        state_->announce();
        state_->threads.clear(); // joins
    }
}

WorkerTeam::WorkerTeam(WorkerTeam&&) noexcept = default;

int WorkerTeam::size() const
{
    return static_cast<int>(state_->threads.size()) + 1;
}

void WorkerTeam::dispatch(long count, const Job& job)
{
    if (state_->threads.empty() || count < 2) {
        for (long k = 0; k < count; ++k) {
            job.call(job.task, k, 0);
        }
        return;
    }
    state_->count = count;
    state_->job = job;
    state_->next.store(0, std::memory_order_relaxed);
    state_->finished.store(0, std::memory_order_relaxed);
    state_->announce();
    state_->work(0);
    // Every worker takes part in every round, so that none can come late into the next one.
    const int others = static_cast<int>(state_->threads.size());
    for (int done = state_->finished.load(std::memory_order_acquire); done < others;
         done = state_->finished.load(std::memory_order_acquire)) {
        wait_while(state_->finished, done);
    }
}

} // namespace attest::model

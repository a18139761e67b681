#pragma once

#include <memory>

namespace attest::model {

/// Threads that wait between short jobs, for loops over independent tasks. Which thread runs which
/// task is not fixed, so a task must write only what no other task touches.
class WorkerTeam {
public:
    /// `threads` counts the calling thread; threads - 1 are started. Throws InputError outside
    /// 1..1024.
    explicit WorkerTeam(int threads);
    ~WorkerTeam();
    WorkerTeam(WorkerTeam&&) noexcept;
    WorkerTeam& operator=(WorkerTeam&&) = delete;

    int size() const;

    /// task(k, worker) for every k in 0..count-1, worker in 0..size()-1; returns when all are done.
    /// Tasks must not throw. One call at a time.
    template <class F>
    void run(long count, const F& task)
    {
        dispatch(count, {&task, [](const void* f, long k, int worker) {
                             (*static_cast<const F*>(f))(k, worker);
                         }});
    }

private:
    struct Job {
        const void* task;
        void (*call)(const void* task, long k, int worker);
    };
    struct State;
    void dispatch(long count, const Job& job);
    std::unique_ptr<State> state_;
};

} // namespace attest::model

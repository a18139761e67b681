#include "attest/numbers/on_threads.hpp"

#include "attest/numbers/thread_caches.hpp"

#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace attest {

void on_threads(int threads, std::size_t count, const std::function<void(std::size_t)>& task)
{
    std::atomic<std::size_t> next{0};
    std::mutex failing;
    std::exception_ptr failure;
    const auto work = [&] {
        for (std::size_t i = next++; i < count; i = next++) {
            try {
                task(i);
            } catch (...) {
                const std::lock_guard lock(failing);
                failure = std::current_exception();
                next = count;
            }
        }
    };
    std::vector<std::thread> workers;
    for (int k = 1; k < threads; ++k) {
        workers.emplace_back([&] {
            free_caches_with_thread();
            work();
        });
    }
    work();
    for (std::thread& worker : workers) {
        worker.join();
    }
    if (failure) {
        std::rethrow_exception(failure);
    }
}

} // namespace attest

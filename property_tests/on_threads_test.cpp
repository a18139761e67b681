#include "attest/ledger/on_threads.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <atomic>
#include <stdexcept>
#include <vector>

namespace attest {
namespace {

RC_GTEST_PROP(OnThreads, EveryTaskRunsOnce, ())
{
    const int threads = *rc::gen::inRange(1, 9);
    const auto count = *rc::gen::element<std::size_t>(0, 1, 2, 7, 100);
    std::vector<std::atomic<int>> done(count);
    ledger::on_threads(threads, count, [&](std::size_t i) { ++done[i]; });
    for (const std::atomic<int>& times : done) {
        RC_ASSERT(times.load() == 1);
    }
}

RC_GTEST_PROP(OnThreads, AfterAnErrorNothingIsBegun, ())
{
    const int threads = *rc::gen::inRange(1, 5);
    constexpr std::size_t count = 1000;
    const auto wrong = *rc::gen::inRange<std::size_t>(0, 20);
    std::atomic<int> begun{0};
    bool thrown = false;
    try {
        ledger::on_threads(threads, count, [&](std::size_t i) {
            ++begun;
            if (i == wrong) {
                throw std::runtime_error("task " + std::to_string(i));
            }
        });
    } catch (const std::runtime_error& error) {
        thrown = error.what() == "task " + std::to_string(wrong);
    }
    RC_ASSERT(thrown);
    // With one thread the order is that of the indices.
    RC_ASSERT(threads > 1 || begun.load() == static_cast<int>(wrong) + 1);
}

} // namespace
} // namespace attest

#pragma once

#include <cstddef>
#include <functional>

namespace attest {

/// task(i) for every i < count on that many threads, the caller's among them, each taking the next
/// i that is free. After a task has thrown none is begun any more, and what it threw is thrown
/// here.
void on_threads(int threads, std::size_t count, const std::function<void(std::size_t)>& task);

} // namespace attest

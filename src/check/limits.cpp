#include "limits.hpp"

#include <chrono>

namespace check {
namespace {

using Clock = std::chrono::steady_clock;
thread_local Clock::time_point deadline = Clock::time_point::max();

} // namespace

void start_clock(double seconds)
{
    deadline =
        Clock::now()
        + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
}

void check_clock()
{
    // Reading the clock costs as much as an interval product: every 64th call is enough.
    thread_local unsigned calls = 0;
    if (++calls % 64 == 0 && Clock::now() > deadline) {
        throw Rejection("not decided within the time limit");
    }
}

} // namespace check

#pragma once

namespace attest::cli {

/// While it lives, the first SIGINT or SIGTERM is noted instead of ending the program; a second
/// one ends it at once.
class InterruptionGuard {
public:
    InterruptionGuard();
    ~InterruptionGuard();
    InterruptionGuard(const InterruptionGuard&) = delete;
    InterruptionGuard& operator=(const InterruptionGuard&) = delete;

    static bool requested() noexcept;
};

} // namespace attest::cli

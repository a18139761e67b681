#pragma once

namespace attest::cli {

/// While it lives, SIGINT and SIGTERM are noted instead of ending the program; the third one ends
/// it at once.
class InterruptionGuard {
public:
    InterruptionGuard();
    ~InterruptionGuard();
    InterruptionGuard(const InterruptionGuard&) = delete;
    InterruptionGuard& operator=(const InterruptionGuard&) = delete;

    static bool requested() noexcept;
};

} // namespace attest::cli

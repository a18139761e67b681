#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace attest::cli {

/// One line on stderr that shows how far a run is and how long it may still take. Draws only on a
/// terminal. Not thread-safe.
class ProgressBar {
public:
    explicit ProgressBar(double expected_seconds);
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;
    ~ProgressBar();

    /// work_done in 0..1 is the share of the expected work that is finished.
    void draw(std::size_t done, std::size_t total, double work_done, const std::string& latest);
    /// Removes the line.
    void clear();

private:
    double expected_seconds_;
    bool active_;
    std::string drawn_; ///< what stands on the screen
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

} // namespace attest::cli

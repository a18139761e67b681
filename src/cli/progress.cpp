#include "cli/progress.hpp"

#include "cli/console.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace attest::cli {

ProgressBar::ProgressBar(double expected_seconds) :
    expected_seconds_(expected_seconds), active_(is_terminal(Stream::Error))
{
}

ProgressBar::~ProgressBar()
{
    clear();
}

void ProgressBar::draw(std::size_t done, std::size_t total, double work_done,
                       const std::string& latest)
{
    if (!active_ || total == 0) {
        return;
    }
    constexpr std::size_t bar_cells = 24;
    constexpr double trusted_share = 0.05; // before that the measured pace says little
    const double elapsed =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    const double share = std::clamp(work_done, 0.0, 1.0);
    const double whole = share > trusted_share ? elapsed / share : expected_seconds_;
    std::string outlook;
    if (done == total) {
        outlook = "figures and constants";
    } else if (whole > elapsed) {
        outlook = "about " + spoken_duration(whole - elapsed) + " left";
    }
    const auto filled = static_cast<std::size_t>(std::lround(share * bar_cells));
    const std::string bar = std::string(filled, '#') + std::string(bar_cells - filled, '.');
    const std::string line = fmt::format("[{}] {}/{}  {}  {}", bar, done, total, outlook, latest);
    if (line != drawn_) {
        fmt::print(stderr, "\r\x1b[K{}", cut(line, terminal_width(Stream::Error) - 1));
        std::fflush(stderr);
        drawn_ = line;
    }
}

void ProgressBar::clear()
{
    if (!drawn_.empty()) {
        fmt::print(stderr, "\r\x1b[K");
        std::fflush(stderr);
        drawn_.clear();
    }
}

} // namespace attest::cli

#pragma once

#include "attest/ledger/runner.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace attest::cli {

/// What a run decides and how hard it works.
struct RunPlan {
    std::vector<std::string> ids;
    ledger::Effort effort;
    std::string profile;
    /// Seconds that each claim took before, where that is known; it paces the progress bar.
    std::map<std::string, double> known_seconds;
    /// Answers kept from an interrupted run of the same plan.
    std::vector<ledger::ClaimResult> kept;
    /// Also compute the figures and the table of constants.
    bool with_extras = false;
};

/// Expected wall-clock seconds of the plan, from known_seconds; nothing where those are unknown.
std::optional<double> expected_seconds(const RunPlan& plan);

/// Runs the plan on other threads and draws the progress bar. When SIGINT or SIGTERM arrives, calls
/// on_interrupt with what is finished and ends the process with ExitStatus::Interrupted without
/// waiting for the claims at work.
ledger::Results run_plan(const ledger::Registry& registry, const RunPlan& plan,
                         const std::function<void(ledger::Results)>& on_interrupt);

} // namespace attest::cli

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
    ledger::PaperInfo paper; ///< what the claims are about
    /// Also compute the figures and the table of constants.
    bool with_extras = false;
};

/// Expected wall-clock seconds of the plan, from known_seconds; nothing where those are unknown.
std::optional<double> expected_seconds(const RunPlan& plan);

/// How a run puts what is finished on the disk. Both may throw InputError.
struct RunSaving {
    /// Writes the certificates of these claims, whose file names it notes.
    std::function<void(ledger::Results&)> certificates;
    /// Writes the answers so far.
    std::function<void(const ledger::Results&)> answers;
};

/// Runs the plan on other threads and draws the progress bar. Saves finished claims
/// as often as a twentieth of the time allows, so that a kill loses little. When SIGINT or SIGTERM
/// arrives, saves what is finished, calls on_interrupt with it and ends the process with
/// ExitStatus::Interrupted without waiting for the claims at work.
ledger::Results run_plan(const ledger::Registry& registry, const RunPlan& plan,
                         const RunSaving& saving,
                         const std::function<void(const ledger::Results&)>& on_interrupt);

} // namespace attest::cli

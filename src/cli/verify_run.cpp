#include "cli/verify_run.hpp"

#include "cli/exit_status.hpp"
#include "cli/interruption.hpp"
#include "cli/progress.hpp"
#include "cli/suite.hpp"

#include "theorems/proofs.hpp"
#include "theorems/registry.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <future>
#include <mutex>

namespace attest::cli {
namespace {

using Clock = std::chrono::steady_clock;

/// The answers so far; filled by the workers, read by the thread that draws.
class Finished {
public:
    Finished(const ledger::Registry& registry, const RunPlan& plan) :
        registry_(registry), plan_(plan)
    {
        for (const ledger::ClaimResult& claim : plan.kept) {
            answers_[claim.id] = claim;
        }
    }

    void add(const ledger::ClaimResult& claim)
    {
        const std::lock_guard lock(mutex_);
        answers_[claim.id] = claim;
        latest_ = claim.id;
    }

    /// Ids that still have to be decided.
    std::vector<std::string> missing() const
    {
        const std::lock_guard lock(mutex_);
        std::vector<std::string> ids;
        std::copy_if(plan_.ids.begin(), plan_.ids.end(), std::back_inserter(ids),
                     [&](const std::string& id) { return !answers_.contains(id); });
        return ids;
    }

    /// In the order of the plan.
    std::vector<ledger::ClaimResult> claims() const
    {
        const std::lock_guard lock(mutex_);
        std::vector<ledger::ClaimResult> claims;
        for (const std::string& id : plan_.ids) {
            if (const auto found = answers_.find(id); found != answers_.end()) {
                claims.push_back(found->second);
            }
        }
        return claims;
    }

    void draw(ProgressBar& bar) const
    {
        const std::lock_guard lock(mutex_);
        double done = 0;
        double all = 0;
        for (const std::string& id : plan_.ids) {
            const double weight = expected(id);
            all += weight;
            done += answers_.contains(id) ? weight : 0;
        }
        bar.draw(answers_.size(), plan_.ids.size(), all > 0 ? done / all : 0, latest_);
    }

private:
    double expected(const std::string& id) const
    {
        if (registry_.find(id) == nullptr) {
            return 0;
        }
        constexpr double unknown = 1;
        const auto found = plan_.known_seconds.find(id);
        return found == plan_.known_seconds.end() ? unknown : found->second;
    }

    const ledger::Registry& registry_;
    const RunPlan& plan_;
    mutable std::mutex mutex_;
    std::map<std::string, ledger::ClaimResult> answers_;
    std::string latest_;
};

} // namespace

std::optional<double> expected_seconds(const RunPlan& plan)
{
    if (plan.known_seconds.empty()) {
        return std::nullopt;
    }
    double sum = 0;
    double longest = 0;
    for (const std::string& id : plan.ids) {
        const bool kept = std::any_of(plan.kept.begin(), plan.kept.end(),
                                      [&](const auto& claim) { return claim.id == id; });
        const auto found = plan.known_seconds.find(id);
        if (!kept && found != plan.known_seconds.end()) {
            sum += found->second;
            longest = std::max(longest, found->second);
        }
    }
    return std::max(longest, sum / plan.effort.threads);
}

ledger::Results run_plan(const ledger::Registry& registry, const RunPlan& plan,
                         const std::function<void(ledger::Results)>& on_interrupt)
{
    constexpr std::chrono::milliseconds redraw_period(100);
    const Clock::time_point start = Clock::now();
    const InterruptionGuard guard;
    Finished finished(registry, plan);

    const auto results_so_far = [&] {
        ledger::Results results;
        results.suite = suite_info();
        results.paper = theorems::paper();
        results.run = {plan.profile, plan.effort.digits, plan.effort.seed, plan.effort.threads,
                       std::chrono::duration<double>(Clock::now() - start).count()};
        results.claims = finished.claims();
        theorems::add_proof_steps(results.claims);
        return results;
    };

    std::vector<ledger::Figure> figures;
    std::vector<ledger::ConstantRow> constants;
    std::future<void> work = std::async(std::launch::async, [&] {
        ledger::run(registry, finished.missing(), plan.effort,
                    [&](std::size_t, std::size_t, const ledger::ClaimResult& latest) {
                        finished.add(latest);
                    });
        if (plan.with_extras) {
            constants = theorems::constants(plan.effort);
            figures = theorems::figures(plan.effort);
        }
    });
    ProgressBar bar(expected_seconds(plan).value_or(0));
    while (work.wait_for(redraw_period) != std::future_status::ready) {
        if (InterruptionGuard::requested()) {
            bar.clear();
            on_interrupt(results_so_far());
            // The workers may be deep in a computation; what counts is on the disk.
            std::_Exit(static_cast<int>(ExitStatus::Interrupted));
        }
        finished.draw(bar);
    }
    bar.clear();
    work.get();

    ledger::Results results = results_so_far();
    results.constants = std::move(constants);
    results.figures = std::move(figures);
    return results;
}

} // namespace attest::cli

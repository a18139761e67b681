#include "cli/verify_run.hpp"

#include "cli/console.hpp"
#include "cli/exit_status.hpp"
#include "cli/interruption.hpp"
#include "cli/progress.hpp"
#include "cli/suite.hpp"

#include "attest/numbers/errors.hpp"
#include "attest/numbers/thread_caches.hpp"
#include "theorems/proofs.hpp"
#include "theorems/registry.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <future>
#include <mutex>
#include <set>

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
        unsaved_.insert(claim.id);
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

    enum class Which { All, Saved };

    /// In the order of the plan. Saved: those whose certificates are on the disk; the workers go on
    /// while these are written, and a claim that a file of results names must have its own.
    std::vector<ledger::ClaimResult> claims(Which which) const
    {
        const std::lock_guard lock(mutex_);
        std::vector<ledger::ClaimResult> claims;
        for (const std::string& id : plan_.ids) {
            const auto found = answers_.find(id);
            if (found != answers_.end() && (which == Which::All || !unsaved_.contains(id))) {
                claims.push_back(found->second);
            }
        }
        return claims;
    }

    /// Lets `write` put the certificates of claims on the disk that are not there yet; their texts
    /// are then given up, the names of their files stay. False if no claim is new.
    bool save_certificates(const std::function<void(ledger::Results&)>& write)
    {
        ledger::Results fresh;
        {
            const std::lock_guard lock(mutex_);
            for (const std::string& id : unsaved_) {
                fresh.claims.push_back(answers_.at(id));
            }
        }
        if (fresh.claims.empty()) {
            return false;
        }
        write(fresh);
        const std::lock_guard lock(mutex_);
        for (ledger::ClaimResult& claim : fresh.claims) {
            drop_texts(claim.as_stated);
            if (claim.amended) {
                drop_texts(claim.amended->judgement);
            }
            unsaved_.erase(claim.id);
            answers_[claim.id] = std::move(claim);
        }
        return true;
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
    static void drop_texts(ledger::Judgement& judgement)
    {
        for (ledger::Evidence& item : judgement.evidence) {
            for (ledger::Certificate& certificate : item.certificates) {
                certificate.body.clear();
            }
        }
    }

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
    std::set<std::string> unsaved_; ///< certificates not written yet
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
                         const RunSaving& saving,
                         const std::function<void(const ledger::Results&)>& on_interrupt)
{
    constexpr std::chrono::milliseconds redraw_period(100);
    // Saving takes at most this part of the time.
    constexpr int saving_share = 20;
    const Clock::time_point start = Clock::now();
    const InterruptionGuard guard;
    Finished finished(registry, plan);

    const auto results_so_far = [&](Finished::Which which) {
        ledger::Results results;
        results.suite = suite_info();
        results.paper = plan.paper;
        results.run = {plan.profile, plan.effort.digits, plan.effort.seed, plan.effort.threads,
                       std::chrono::duration<double>(Clock::now() - start).count()};
        results.claims = finished.claims(which);
        theorems::add_proof_steps(results.claims);
        return results;
    };

    ProgressBar bar(expected_seconds(plan).value_or(0));
    Clock::time_point next_saving = start;
    bool complained = false;
    const auto save = [&](bool also_without_claims) {
        const Clock::time_point begin = Clock::now();
        try {
            if (finished.save_certificates(saving.certificates) || also_without_claims) {
                saving.answers(results_so_far(Finished::Which::Saved));
            }
            complained = false;
        } catch (const InputError& error) { // a full disk may have room again
            if (!complained) {
                bar.clear();
                (void)std::fprintf(stderr, "attest: %s; the run goes on\n",
                                   one_line(error.what()).c_str());
                complained = true;
            }
        }
        const Clock::time_point end = Clock::now();
        next_saving = end + saving_share * (end - begin);
    };
    // Before there is a claim, the file tells --resume what this run is: ensembles are kept in a
    // folder of their own from the first run on.
    save(true);

    std::vector<ledger::Figure> figures;
    std::vector<ledger::ConstantRow> constants;
    std::future<void> work = std::async(std::launch::async, [&] {
        free_caches_with_thread();
        ledger::run(registry, finished.missing(), plan.effort,
                    [&](std::size_t, std::size_t, const ledger::ClaimResult& latest) {
                        finished.add(latest);
                    });
        if (plan.with_extras) {
            constants = theorems::constants(plan.effort);
            figures = theorems::figures(plan.effort);
        }
    });
    while (work.wait_for(redraw_period) != std::future_status::ready) {
        if (InterruptionGuard::requested()) {
            bar.clear();
            ExitStatus status = ExitStatus::Interrupted;
            try {
                finished.save_certificates(saving.certificates);
                const ledger::Results results = results_so_far(Finished::Which::Saved);
                saving.answers(results);
                on_interrupt(results);
            } catch (const InputError& error) {
                (void)std::fprintf(stderr, "attest: %s\n", one_line(error.what()).c_str());
                status = ExitStatus::InputError;
            }
            // The workers may be deep in a computation; what counts is on the disk.
            std::_Exit(static_cast<int>(status));
        }
        if (Clock::now() >= next_saving) {
            save(false);
        }
        finished.draw(bar);
    }
    bar.clear();
    work.get();

    ledger::Results results = results_so_far(Finished::Which::All);
    results.constants = std::move(constants);
    results.figures = std::move(figures);
    return results;
}

} // namespace attest::cli

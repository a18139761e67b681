#include "cli/mutants_run.hpp"

#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/interruption.hpp"
#include "cli/mutate_folder.hpp"
#include "cli/progress.hpp"
#include "cli/suite.hpp"

#include "attest/numbers/errors.hpp"
#include "attest/numbers/thread_caches.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <future>
#include <mutex>

namespace attest::cli {
namespace {

using ledger::ClaimMutants;
using ledger::Fate;

report::MutationSettings settings_of(const theorems::MutationPlan& plan)
{
    return {static_cast<long>(plan.sample), plan.effort.seed, plan.effort.digits,
            fmt::format("{}", plan.seconds_per_claim), suite_info().commit};
}

/// Tries what is missing; every finished claim is in the folder before the next one counts.
void try_missing(const std::vector<const ledger::Claim*>& missing,
                 const theorems::MutationPlan& plan, MutantsFolder& folder, std::size_t total)
{
    constexpr std::chrono::milliseconds redraw_period(100);
    const InterruptionGuard guard;
    std::mutex mutex;
    std::string latest;
    std::size_t done = total - missing.size();
    std::future<void> work = std::async(std::launch::async, [&] {
        free_caches_with_thread();
        theorems::mutate_all(missing, plan, [&](const ClaimMutants& claim) {
            const std::lock_guard lock(mutex);
            folder.add(claim);
            latest = claim.id;
            ++done;
        });
    });
    ProgressBar bar(0);
    while (work.wait_for(redraw_period) != std::future_status::ready) {
        const std::lock_guard lock(mutex);
        if (InterruptionGuard::requested()) {
            bar.clear();
            ExitStatus status = ExitStatus::Interrupted;
            try {
                folder.publish();
                fmt::print(stderr,
                           "Interrupted: {} of {} claims are saved in {}.\nGo on with the same "
                           "command and --resume.\n",
                           done, total, folder.path().string());
            } catch (const InputError& error) {
                fmt::print(stderr, "attest: {}\n", one_line(error.what()));
                status = ExitStatus::InputError;
            }
            // Leaving by an exception would wait for the whole run; the lines are on the disk.
            std::_Exit(static_cast<int>(status));
        }
        bar.draw(done, total,
                 total == 0 ? 1 : static_cast<double>(done) / static_cast<double>(total), latest);
    }
    bar.clear();
    work.get();
}

} // namespace

bool model_is_guarded(const std::vector<ClaimMutants>& claims)
{
    return std::all_of(claims.begin(), claims.end(), [](const ClaimMutants& one) {
        const ledger::FateCounts counts = one.counts();
        return !report::is_model_row(one.id)
               || (one.verdict == ledger::Verdict::Holds && counts[Fate::Missed] == 0
                   && counts[Fate::Undecided] == 0);
    });
}

void print_mutant_totals(const std::vector<ClaimMutants>& claims)
{
    std::vector<std::string> header = {"", "mutants", "tried"};
    for (const Fate fate : report::all_fates) {
        header.push_back(report::fate_title(fate));
    }
    Table table(std::move(header));
    for (const auto& [name, part] : {std::pair("paper", report::MutantsOf::Paper),
                                     std::pair("model", report::MutantsOf::Model)}) {
        const report::MutantSums sums = report::sums_of(claims, part);
        std::vector<std::string> cells = {name, std::to_string(sums.made),
                                          std::to_string(sums.counts.tried())};
        for (const Fate fate : report::all_fates) {
            cells.push_back(std::to_string(sums.counts[fate]));
        }
        table.add(std::move(cells));
    }
    fmt::print("{}", table.fitted());
}

std::vector<ClaimMutants> run_mutants(const ledger::Registry& registry,
                                      const std::vector<std::string>& ids,
                                      const theorems::MutationPlan& plan,
                                      const std::filesystem::path& folder, bool resume)
{
    std::vector<const ledger::Claim*> wanted;
    for (const std::string& id : ids) {
        if (const ledger::Claim* claim = registry.find(id)) {
            wanted.push_back(claim);
        }
    }
    MutantsFolder mutants(folder, settings_of(plan), resume);
    mutants.in_order_of(wanted);
    std::vector<const ledger::Claim*> missing;
    for (const ledger::Claim* claim : wanted) {
        if (!mutants.has(claim->id)) {
            missing.push_back(claim);
        }
    }
    fmt::print(stderr, "Changing {} claims and formulas, {} mutants of each, {} jobs\n",
               missing.size(), plan.sample == 0 ? "all" : std::to_string(plan.sample),
               plan.effort.threads);
    try_missing(missing, plan, mutants, wanted.size());
    mutants.publish();
    return mutants.claims();
}

} // namespace attest::cli

#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/interruption.hpp"
#include "cli/mutate_folder.hpp"
#include "cli/progress.hpp"
#include "cli/suite.hpp"

#include "theorems/mutation_trials.hpp"

#include <fmt/format.h>

#include <future>
#include <limits>
#include <memory>
#include <mutex>
#include <thread>

namespace attest::cli {
namespace {

using ledger::ClaimMutants;
using ledger::Fate;

struct MutateOptions {
    std::vector<std::string> claims;
    std::string sample = "12";
    std::string seed = "20251";
    std::string digits = "30";
    std::string seconds = "0";
    std::string jobs;
    std::string out = "attest-mutants";
    bool all = false;
    bool resume = false;
};

theorems::MutationPlan plan_of(const MutateOptions& options)
{
    constexpr long most = std::numeric_limits<long>::max();
    constexpr long most_mutants = 1'000'000;
    constexpr long most_digits = 1000;
    constexpr long most_jobs = 1024;
    constexpr long most_seconds = 1'000'000;
    theorems::MutationPlan plan;
    plan.effort.level = ledger::Effort::Level::Quick;
    plan.effort.digits = parse_integer("digits", options.digits, 5, most_digits);
    plan.effort.seed =
        static_cast<unsigned long long>(parse_integer("seed", options.seed, 0, most));
    plan.effort.threads = options.jobs.empty()
                              ? static_cast<int>(std::max(1U, std::thread::hardware_concurrency()))
                              : static_cast<int>(parse_integer("jobs", options.jobs, 1, most_jobs));
    plan.sample =
        options.all
            ? 0
            : static_cast<std::size_t>(parse_integer("sample", options.sample, 1, most_mutants));
    plan.seconds_per_claim =
        static_cast<double>(parse_integer("seconds", options.seconds, 0, most_seconds));
    return plan;
}

report::MutationSettings settings_of(const theorems::MutationPlan& plan,
                                     const MutateOptions& options)
{
    return {static_cast<long>(plan.sample), plan.effort.seed, plan.effort.digits, options.seconds,
            suite_info().commit};
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
            folder.publish();
            fmt::print(stderr,
                       "Interrupted: {} of {} claims are saved in {}.\nGo on with the same command "
                       "and --resume.\n",
                       done, total, folder.path().string());
            std::_Exit(static_cast<int>(ExitStatus::Interrupted));
        }
        bar.draw(done, total,
                 total == 0 ? 1 : static_cast<double>(done) / static_cast<double>(total), latest);
    }
    bar.clear();
    work.get();
}

/// A formula of the model that its other route does not confirm, or a mutant of it that passes.
bool model_is_guarded(const std::vector<ClaimMutants>& claims)
{
    return std::all_of(claims.begin(), claims.end(), [](const ClaimMutants& one) {
        const ledger::FateCounts counts = one.counts();
        return !report::is_model_row(one.id)
               || (one.verdict == ledger::Verdict::Holds && counts[Fate::Missed] == 0
                   && counts[Fate::Undecided] == 0);
    });
}

void print_totals(const std::vector<ClaimMutants>& claims)
{
    Table table({"", "mutants", "tried", "caught", "contradicted", "equivalent", "no statement",
                 "proved true", "true at points", "undecided", "missed"});
    for (const bool model : {false, true}) {
        ledger::FateCounts counts;
        long made = 0;
        for (const ClaimMutants& claim : claims) {
            if (report::is_model_row(claim.id) == model) {
                counts += claim.counts();
                made += claim.made;
            }
        }
        std::vector<std::string> cells = {model ? "model" : "paper", std::to_string(made),
                                          std::to_string(counts.tried())};
        for (const long count : counts.of) {
            cells.push_back(std::to_string(count));
        }
        table.add(std::move(cells));
    }
    fmt::print("{}", table.fitted());
}

ExitStatus mutate(const MutateOptions& options)
{
    const theorems::MutationPlan plan = plan_of(options);
    const ledger::Registry registry = theorems::mutation_registry();
    std::vector<const ledger::Claim*> wanted;
    for (const std::string& id : registry.select(options.claims)) {
        if (const ledger::Claim* claim = registry.find(id)) {
            wanted.push_back(claim);
        }
    }
    MutantsFolder folder(options.out, settings_of(plan, options), options.resume);
    folder.in_order_of(wanted);
    std::vector<const ledger::Claim*> missing;
    for (const ledger::Claim* claim : wanted) {
        if (!folder.has(claim->id)) {
            missing.push_back(claim);
        }
    }
    fmt::print(stderr, "Changing {} claims and formulas, {} mutants of each, {} jobs\n",
               missing.size(), plan.sample == 0 ? "all" : std::to_string(plan.sample),
               plan.effort.threads);
    try_missing(missing, plan, folder, wanted.size());
    folder.publish();
    print_totals(folder.claims());
    fmt::print("{}\n", (folder.path() / "mutants.md").string());
    return model_is_guarded(folder.claims()) ? ExitStatus::Success : ExitStatus::Regression;
}

} // namespace

void add_mutate(CLI::App& app, ExitStatus& status)
{
    auto options = std::make_shared<MutateOptions>();
    CLI::App* command = app.add_subcommand(
        "mutate", "Plant faults in claims and in the model's formulas, see which are refuted");
    command->add_option("claims,--claims", options->claims,
                        "Ids or globs of claims and of the model's formulas ('model/*'); all");
    command->add_option("--sample", options->sample, "Mutants of each claim, drawn with the seed")
        ->capture_default_str();
    command->add_flag("--all", options->all, "Every mutant: some hours");
    command->add_option("--seed", options->seed, "Seed of the draw and of everything random")
        ->capture_default_str();
    command->add_option("--digits", options->digits, "Digits that the checks work to, 5..1000")
        ->capture_default_str();
    command
        ->add_option("--seconds", options->seconds,
                     "Begin no further mutant of a claim after so long; 0: no limit")
        ->capture_default_str();
    command->add_option("--jobs", options->jobs, "Claims at a time, 1..1024 (every core)");
    command->add_option("--out", options->out, "Folder of mutants.json and mutants.md")
        ->capture_default_str();
    command->add_flag("--resume", options->resume,
                      "Keep the claims of an interrupted run in the folder");
    command->footer(
        "\nExamples:\n  attest mutate\n  attest mutate 'table2/*' --all\n"
        "  attest mutate 'model/*' --sample 200\n\nExit status: 0; 1 where a formula of "
        "the model is not confirmed or a wrong one passes.");
    command->callback([options, &status] { status = mutate(*options); });
}

} // namespace attest::cli

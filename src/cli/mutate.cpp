#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/mutants_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <thread>

namespace attest::cli {
namespace {

using ledger::ClaimMutants;

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

ExitStatus mutate(const MutateOptions& options)
{
    const theorems::MutationPlan plan = plan_of(options);
    const ledger::Registry registry = theorems::mutation_registry();
    const std::vector<ClaimMutants> claims =
        run_mutants(registry, registry.select(options.claims), plan, options.out, options.resume);
    print_mutant_totals(claims);
    fmt::print("{}\n", (std::filesystem::path(options.out) / mutants_page).string());
    return model_is_guarded(claims) ? ExitStatus::Success : ExitStatus::Regression;
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

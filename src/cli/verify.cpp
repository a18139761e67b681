#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/differences.hpp"
#include "cli/ensemble_archive.hpp"
#include "cli/mutants_run.hpp"
#include "cli/profiles.hpp"
#include "cli/recheck.hpp"
#include "cli/report_formats.hpp"
#include "cli/results_location.hpp"
#include "cli/suite.hpp"
#include "cli/summary.hpp"
#include "cli/verify_run.hpp"

#include "attest/report/certificates.hpp"
#include "attest/report/file.hpp"
#include "attest/report/json.hpp"
#include "attest/report/overview.hpp"
#include "theorems/own/registry.hpp"
#include "theorems/registry.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <thread>

namespace attest::cli {
namespace {

namespace fs = std::filesystem;
using ledger::Results;

/// In the folder of the reports.
constexpr const char* own_ensembles = "ensembles";

struct VerifyOptions {
    std::vector<std::string> claims;
    std::string profile = "quick";
    std::string digits;
    std::string seed = "20251";
    std::string threads;
    std::string out = default_report_folder;
    std::string formats = "all";
    std::string baseline;
    std::string ensembles;
    std::string mutants;
    bool resume = false;
    bool extensions = false;
};

const Profile& find_profile(const std::string& name)
{
    std::vector<std::string> names;
    names.reserve(profiles.size());
    for (const Profile& profile : profiles) {
        names.emplace_back(profile.name);
    }
    parse_choice("profile", name, names);
    return *std::find_if(profiles.begin(), profiles.end(),
                         [&](const Profile& profile) { return profile.name == name; });
}

ledger::Effort effort_of(const VerifyOptions& options, const Profile& profile)
{
    constexpr long most_digits = 1000;
    constexpr long most_threads = 1024;
    ledger::Effort effort;
    effort.level = profile.level;
    effort.digits = options.digits.empty()
                        ? profile.digits
                        : parse_integer("digits", options.digits, 5, most_digits);
    effort.seed = static_cast<unsigned long long>(
        parse_integer("seed", options.seed, 0, std::numeric_limits<long>::max()));
    effort.threads =
        options.threads.empty()
            ? static_cast<int>(std::max(1U, std::thread::hardware_concurrency()))
            : static_cast<int>(parse_integer("threads", options.threads, 1, most_threads));
    return effort;
}

/// The results of an earlier run in the report folder, if they can be read.
std::optional<Results> earlier_run(const fs::path& file)
{
    try {
        return report::read_results(file);
    } catch (const InputError&) {
        return std::nullopt;
    }
}

/// What `--resume` is compared by.
std::string plan_text(const std::string& profile, long digits, unsigned long long seed,
                      const std::string& commit)
{
    return fmt::format("profile {}, digits {}, seed {}, commit {}", profile, digits, seed, commit);
}

/// The answers that a run of the same plan left, interrupted, killed or finished. Throws InputError
/// where the folder has none or has those of another plan.
std::vector<ledger::ClaimResult> resumed(const fs::path& unfinished, const fs::path& file,
                                         const RunPlan& plan)
{
    const std::string here =
        plan_text(plan.profile, plan.effort.digits, plan.effort.seed, suite_info().commit);
    std::vector<ledger::ClaimResult> kept;
    std::string refused;
    bool any = false;
    std::error_code ignored;
    for (const fs::path& candidate : {unfinished, file}) {
        if (!fs::exists(candidate, ignored) && (any || !refused.empty() || candidate != file)) {
            continue;
        }
        const Results earlier = report::read_results(candidate);
        const std::string there = plan_text(earlier.run.profile, earlier.run.digits,
                                            earlier.run.seed, earlier.suite.commit);
        if (there == here) {
            // The first file is the newer one: a claim of it is not there a second time.
            for (const ledger::ClaimResult& claim : earlier.claims) {
                if (std::none_of(kept.begin(), kept.end(),
                                 [&](const auto& known) { return known.id == claim.id; })) {
                    kept.push_back(claim);
                }
            }
            any = true;
        } else if (refused.empty()) {
            refused = fmt::format("resume '{}': must be a run with {}; it has {}",
                                  candidate.string(), here, there);
        }
    }
    if (!any) {
        throw InputError(refused);
    }
    return kept;
}

/// Where the claims keep the runs of their ensembles: the folder that the user names, or one of
/// this run's own, in which an interrupted run of the same plan has left what it made.
std::shared_ptr<chance::EnsembleArchive> ensembles_of(const VerifyOptions& options,
                                                      const fs::path& reports)
{
    if (!options.ensembles.empty()) {
        std::error_code ignored;
        if (!fs::is_directory(options.ensembles, ignored)) {
            throw InputError(
                fmt::format("ensembles '{}': must be a folder, such as one that attest ensemble "
                            "--checkpoint fills, or that has several of them",
                            options.ensembles));
        }
        return std::make_shared<EnsembleArchiveFolder>(options.ensembles,
                                                       EnsembleArchiveFolder::Whose::User);
    }
    const fs::path own = reports / own_ensembles;
    if (!options.resume) {
        std::error_code failed;
        fs::remove_all(own, failed);
        if (failed) {
            throw report::IoError(
                fmt::format("cannot remove '{}': {}", own.string(), failed.message()));
        }
    }
    return std::make_shared<EnsembleArchiveFolder>(own, EnsembleArchiveFolder::Whose::Run);
}

std::map<std::string, double> seconds_of(const std::optional<Results>& results,
                                         const std::string& profile)
{
    std::map<std::string, double> seconds;
    if (results && results->run.profile == profile && report::has_timings(*results)) {
        for (const ledger::ClaimResult& claim : results->claims) {
            seconds[claim.id] = claim.seconds;
        }
    }
    return seconds;
}

void announce(const ledger::Registry& registry, const RunPlan& plan, const Profile& profile)
{
    const auto checked = std::count_if(plan.ids.begin(), plan.ids.end(), [&](const auto& id) {
        return registry.find(id) != nullptr;
    });
    const auto kept = std::count_if(plan.kept.begin(), plan.kept.end(), [&](const auto& claim) {
        return registry.find(claim.id) != nullptr;
    });
    const std::optional<double> expected = expected_seconds(plan);
    fmt::print(stderr, "Deciding {} claims, profile {}, {} digits, {} threads: {}\n",
               checked - kept, plan.profile, plan.effort.digits, plan.effort.threads,
               expected ? "about " + spoken_duration(*expected) : std::string(profile.usual_time));
}

/// How many faults by rule to plant, as --mutants or the profile says; nothing for none.
std::optional<theorems::MutationPlan>
mutants_of(const VerifyOptions& options, const Profile& profile, const ledger::Effort& effort)
{
    constexpr long most_mutants = 1'000'000;
    const std::string word = options.mutants.empty() ? profile.mutants : options.mutants;
    if (word == "none") {
        return std::nullopt;
    }
    theorems::MutationPlan plan;
    if (word != "all") {
        try {
            plan.sample = static_cast<std::size_t>(parse_integer("mutants", word, 1, most_mutants));
        } catch (const InputError& error) {
            throw InputError(std::string(error.what()) + "; or all or none");
        }
    }
    // What the check says of a wrong statement does not need the digits of the profile.
    plan.effort.digits = profiles.front().digits;
    plan.effort.seed = effort.seed;
    plan.effort.threads = effort.threads;
    return plan;
}

/// Faults by rule in the claims that were decided and, in a run of all, in the model's formulas.
/// False where a formula of the model is not guarded.
bool plant_mutants(const VerifyOptions& options, const theorems::MutationPlan& plan,
                   std::vector<std::string> ids, const fs::path& folder)
{
    const ledger::Registry registry = theorems::mutation_registry();
    if (options.claims.empty() && !options.extensions) {
        const std::vector<std::string> model = registry.select({"model/*"});
        ids.insert(ids.end(), model.begin(), model.end());
    }
    std::error_code ignored;
    const bool resume = options.resume && fs::exists(folder, ignored);
    const std::vector<ledger::ClaimMutants> mutants =
        run_mutants(registry, ids, plan, folder, resume);
    print_mutant_totals(mutants);
    fmt::print("{}\n", (folder / mutants_page).string());
    return model_is_guarded(mutants);
}

/// Compares with the baseline and says so. True when nothing got weaker.
bool as_recorded(const Results& results, const std::optional<Results>& baseline,
                 const std::string& baseline_name)
{
    if (!baseline) {
        fmt::print("No baseline was found: the verdicts were compared with nothing.\n");
        return true;
    }
    fmt::print("Compared with {}:\n", baseline_name);
    const std::vector<ledger::Difference> differences =
        ledger::compare(restrict_to(*baseline, results), results);
    print_differences(differences, results.claims.size(), Show::WeakerOnly);
    return !ledger::got_weaker(differences);
}

ExitStatus verify(const VerifyOptions& options)
{
    const Profile& profile = find_profile(options.profile);
    const ledger::Registry registry =
        options.extensions ? theorems::make_own_registry() : theorems::make_registry();
    const std::vector<report::Format> formats = report::select_formats(options.formats);
    const fs::path folder = options.out;
    const fs::path file = folder / "results.json";
    const fs::path unfinished = folder / "results.unfinished.json";

    RunPlan plan;
    plan.ids = registry.select(options.claims);
    plan.effort = effort_of(options, profile);
    plan.profile = profile.name;
    const auto mutants = mutants_of(options, profile, plan.effort);
    plan.paper = options.extensions ? theorems::outside_the_paper() : theorems::paper();
    plan.with_extras = options.claims.empty() && !options.extensions;
    std::optional<fs::path> baseline_file;
    if (!options.baseline.empty()) {
        baseline_file = options.baseline;
    } else if (!options.extensions) { // the reference run is one of the paper
        baseline_file = reference_results();
    }
    std::optional<Results> baseline;
    if (baseline_file) {
        baseline = report::read_results(*baseline_file);
    }
    require_writable_folder(folder);
    const FolderLock lock(folder);
    report::remove_leftovers(folder);
    plan.known_seconds = seconds_of(earlier_run(file), plan.profile);
    if (plan.known_seconds.empty()) {
        plan.known_seconds = seconds_of(baseline, plan.profile);
    }
    if (options.resume) {
        plan.kept = resumed(unfinished, file, plan);
        std::erase_if(plan.kept, [&](const ledger::ClaimResult& claim) {
            return std::find(plan.ids.begin(), plan.ids.end(), claim.id) == plan.ids.end();
        });
    }

    plan.effort.ensembles = ensembles_of(options, folder);

    announce(registry, plan, profile);
    std::size_t saved_claims = 0;
    const RunSaving saving{[&](Results& fresh) { report::write_certificates(fresh, folder); },
                           [&](const Results& so_far) {
                               report::write_results(so_far, unfinished);
                               saved_claims = so_far.claims.size();
                           }};
    Results results = run_plan(registry, plan, saving, [&](const Results& finished) {
        fmt::print(stderr,
                   "Interrupted: {} of {} claims are saved in {}.\nGo on with the same command "
                   "and --resume.\n",
                   finished.claims.size(), plan.ids.size(), unfinished.string());
    });
    std::error_code ignored;
    try {
        report::write_certificates(results, folder);
        report::write_results(results, file); // first, so that a failing report loses nothing
    } catch (const InputError&) {
        if (saved_claims == 0 && !fs::exists(folder / own_ensembles, ignored)) {
            fs::remove(unfinished, ignored); // there is nothing to resume
        }
        throw;
    }
    fs::remove(unfinished, ignored);
    report::remove_stale_certificates(results, folder);
    const report::Recheck recheck = recheck_certificates(results, folder);
    print_summary(results);
    if (recheck.rejected > 0) {
        fmt::print("Rejected: {}\n", one_line(recheck.first_rejected));
    }
    const bool kept_up =
        as_recorded(results, baseline, baseline_file ? baseline_file->string() : std::string());
    const fs::path page = publish(results, formats, folder);
    const bool guarded = !mutants || plant_mutants(options, *mutants, plan.ids, folder / "mutants");
    fmt::print("{}\n", page.string());
    const bool sound = report::disagreements(results).empty() && recheck.rejected == 0 && guarded;
    return kept_up && sound ? ExitStatus::Success : ExitStatus::Regression;
}

} // namespace

void add_verify(CLI::App& app, ExitStatus& status)
{
    auto options = std::make_shared<VerifyOptions>();
    CLI::App* command = app.add_subcommand("verify", "Decide claims of the paper, write reports");
    command->add_option("claims", options->claims, "Ids or globs ('*' also spans '/'); all");
    command->add_option("--profile", options->profile, "quick, standard or deep")
        ->capture_default_str();
    command->add_option("--digits", options->digits,
                        "Digits of computed numbers, 5..1000 (profile: 30, 50, 100)");
    command->add_option("--seed", options->seed, "Seed of everything random")
        ->capture_default_str();
    command->add_option("--threads,--jobs", options->threads, "Threads, 1..1024 (every core)");
    command->add_option("--out", options->out, "Folder of the reports")->capture_default_str();
    command
        ->add_option("--format", options->formats,
                     "Comma-separated, of " + report::format_names() + "; or all")
        ->capture_default_str();
    command->add_option("--baseline", options->baseline,
                        "results.json to be as good as (the reference run, where it is found)");
    command->add_option("--ensembles", options->ensembles,
                        "Folder with checkpoints of attest ensemble, to take runs from and to make "
                        "the missing ones in");
    command->add_option("--mutants", options->mutants,
                        "Faults to plant by rule in each claim and formula of the model: a number, "
                        "all or none (profile: none, 3, all)");
    command->add_flag("--resume", options->resume,
                      "Keep the answers of an interrupted run in the folder");
    command->add_flag("--extensions", options->extensions,
                      "Decide the claims outside the paper instead, those with ids x/...");
    command->footer("\nExamples:\n  attest verify\n  attest verify 'thm4.1/*' 'table3/*' "
                    "--profile standard --digits 60\n\nFigures and the table of constants are "
                    "computed in runs of all claims.");
    command->callback([options, &status] { status = verify(*options); });
}

} // namespace attest::cli

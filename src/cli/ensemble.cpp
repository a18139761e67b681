#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/ensemble_archive.hpp"
#include "cli/ensemble_folder.hpp"
#include "cli/ensemble_store.hpp"
#include "cli/interruption.hpp"
#include "cli/progress.hpp"
#include "cli/results_location.hpp"

#include "attest/chance/ensemble/run_store.hpp"
#include "attest/report/file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <limits>
#include <memory>
#include <optional>
#include <thread>

namespace attest::cli {
namespace {

using Clock = std::chrono::steady_clock;

/// The statistics of a layer take 48 KiB a scheme.
constexpr long most_ensemble_layers = 4096;
using chance::EnsembleSetting;
using chance::EnsembleStatistics;

struct EnsembleOptions {
    std::string panel;
    std::string runs = "100";
    std::string layers;
    std::string seed;
    std::string threads;
    std::string precision = "auto";
    std::string law;
    std::optional<std::string> checkpoint;
    std::string every = "20";
    std::string out = "attest-ensemble";
};

double seconds_since(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

EnsembleSetting setting_of(const EnsembleOptions& options)
{
    EnsembleSetting setting = chance::panel_setting(options.panel);
    if (!options.layers.empty()) {
        setting.layers = parse_integer("layers", options.layers, 1, most_ensemble_layers);
    }
    if (!options.seed.empty()) {
        constexpr long most = std::numeric_limits<long>::max();
        setting.seed = static_cast<std::uint64_t>(parse_integer("seed", options.seed, 0, most));
    }
    if (!options.law.empty()) {
        const std::string law = parse_choice("weights", options.law, {"normal", "uniform"});
        if (law == "uniform" && setting.law == chance::WeightLaw::Normal) {
            throw InputError(fmt::format("weights 'uniform': must be normal in panel {}, whose "
                                         "weights the paper calls Gaussian",
                                         options.panel));
        }
        if (law == "uniform") {
            setting.law = chance::WeightLaw::KaimingUniform;
        }
    }
    return setting;
}

std::unique_ptr<chance::RunStore> store_of(const EnsembleOptions& options,
                                           const EnsembleSetting& setting, const std::string& text)
{
    if (!options.checkpoint) {
        return std::make_unique<chance::MemoryStore>(setting.layers);
    }
    return std::make_unique<EnsembleFolder>(*options.checkpoint, text, chance::scheme_count,
                                            static_cast<std::size_t>(setting.layers) + 1);
}

/// Makes runs until `runs` are there: how many this process made. Nothing when the user stops it.
std::optional<std::uint64_t> make(const EnsembleSetting& setting, chance::Arithmetic arithmetic,
                                  int threads, std::uint64_t runs, std::chrono::seconds every,
                                  chance::RunStore& store)
{
    const InterruptionGuard guard;
    const std::uint64_t before = store.done(runs);
    ProgressBar bar(0);
    chance::RunMaking making;
    making.threads = threads;
    making.every = every;
    making.stopped = [] { return InterruptionGuard::requested(); };
    making.progress = [&](std::uint64_t run, std::uint64_t made) {
        bar.draw(before + made, runs,
                 static_cast<double>(before + made) / static_cast<double>(runs),
                 fmt::format("run {}", run));
    };
    return chance::make_runs(setting, arithmetic, runs, store, making);
}

void print_ensemble(const EnsembleSetting& setting, const EnsembleStatistics& statistics,
                    const chance::SimultaneousBands& bands)
{
    const auto last = static_cast<std::size_t>(setting.layers);
    Table table({"scheme", "t = 1", fmt::format("t = {}", (last + 3) / 4),
                 fmt::format("t = {}", last), "mean of the law", "5 % .. 95 % of runs",
                 "standard error", fmt::format("runs for {}", aimed_standard_error)});
    for (std::size_t s = 0; s < statistics.schemes(); ++s) {
        const auto mean = bands.mean(s, last);
        const NeededRuns needed = needed_runs(statistics, bands, s);
        table.add({std::string(model::scheme_names[s]),
                   fmt::format("{:.4f}", statistics.mean(s, 1)),
                   fmt::format("{:.4f}", statistics.mean(s, (last + 3) / 4)),
                   fmt::format("{:.4f}", statistics.mean(s, last)),
                   fmt::format("{:.4f} .. {:.4f}", mean.lower, mean.upper),
                   fmt::format("{:.3f} .. {:.3f}", statistics.quantile(s, last, 0.05).lower,
                               statistics.quantile(s, last, 0.95).upper),
                   fmt::format("{:.1e}", std::sqrt(statistics.variance(s, last)
                                                   / static_cast<double>(statistics.runs()))),
                   fmt::format("{} (at most {})", needed.estimate, needed.at_most)});
    }
    fmt::print("Mean cosine similarity, {} runs:\n{}", statistics.runs(), table.whole());
    fmt::print("From the fifth column on: t = {}. Limits of means, quantiles and deviations of the "
               "law hold\nfor all schemes and layers together with confidence 95 % ({} "
               "statements); the band of runs\nhas at least {:.3f} of the law. Last column: runs "
               "that a standard error of {} needs in the\nlayer with the largest variance, by "
               "that of the runs and by its limit.\n",
               last, bands.statements(), bands.share().convert_to<double>(), aimed_standard_error);
}

ExitStatus run(const EnsembleOptions& options)
{
    const EnsembleSetting setting = setting_of(options);
    const auto runs = static_cast<std::uint64_t>(
        parse_integer("runs", options.runs, 1, static_cast<long>(EnsembleStatistics::most_runs)));
    const int cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    const int threads = options.threads.empty()
                            ? cores
                            : static_cast<int>(parse_integer("threads", options.threads, 1, 4096));
    constexpr long most_seconds = 3600;
    const std::chrono::seconds every(parse_integer("every", options.every, 0, most_seconds));
    const chance::Arithmetic arithmetic = chance::arithmetic_named(options.precision, setting);
    const std::string text = checkpoint_text(setting, arithmetic);
    const std::filesystem::path csv =
        std::filesystem::path(options.out) / fmt::format("{}.csv", setting.panel);
    const std::filesystem::path hdf5 =
        std::filesystem::path(options.out) / fmt::format("{}.h5", setting.panel);
    require_writable_file(csv.string());

    const std::unique_ptr<chance::RunStore> store = store_of(options, setting, text);
    const std::uint64_t before = store->done(runs);
    fmt::print("Panel {}: {} runs of {} layers, {} arithmetic, {} threads{}\n", setting.panel, runs,
               setting.layers, chance::name_of(arithmetic), threads,
               before > 0 ? fmt::format("; {} were there", before) : "");
    const Clock::time_point start = Clock::now();
    const auto made = make(setting, arithmetic, threads, runs, every, *store);
    if (!made) {
        fmt::print(stderr, "attest: interrupted after {} of {} runs; {}\n", store->done(runs), runs,
                   options.checkpoint ? "the same command goes on from there"
                                      : "nothing was kept (name a folder with --checkpoint)");
        return ExitStatus::Interrupted;
    }
    const double seconds = seconds_since(start);
    const EnsembleStatistics statistics = store->combined();
    if (*made > 0) {
        fmt::print("{} runs of this process in {}, {:.3g} s each on every thread\n", *made,
                   spoken_duration(seconds), seconds * threads / static_cast<double>(*made));
    }
    const chance::SimultaneousBands bands(statistics, setting.n);
    report::write_file(csv, ensemble_csv(statistics, bands));
    // A table of numbers has no place for them; the other file has them as attributes.
    report::write_file(std::filesystem::path(csv).replace_extension(".setting"),
                       text + fmt::format("runs {}\n", statistics.runs()));
    write_ensemble_hdf5(hdf5, text, statistics, bands);
    print_ensemble(setting, statistics, bands);
    fmt::print("{}\n{}\n", csv.string(), hdf5.string());
    return ExitStatus::Success;
}

} // namespace

void add_ensemble(CLI::App& app, ExitStatus& status)
{
    auto options = std::make_shared<EnsembleOptions>();
    CLI::App* command = app.add_subcommand(
        "ensemble", "Transformers with random weights: Figures 4 and 5 at any number of runs");
    command
        ->add_option("--panel", options->panel,
                     fmt::format("One of {}", fmt::join(chance::panel_names(), ", ")))
        ->required();
    command->add_option("--runs", options->runs, "Independent runs (100)");
    command->add_option("--layers", options->layers, "Layers T of a run (64)");
    command->add_option("--seed", options->seed, "Seed of all random numbers (20251)");
    command->add_option("--threads", options->threads, "Threads (all cores)");
    command->add_option(
        "--precision", options->precision,
        "auto, f64 (plain reference), f32, tiles (AMX) or, re-sampled, gram (auto)");
    command->add_option("--weights", options->law, "Kaiming's normal or uniform entries (normal)");
    command->add_option("--checkpoint", options->checkpoint,
                        "Folder that keeps finished runs; several processes may share it");
    command->add_option("--every", options->every,
                        "Seconds between checkpoints, which is what a kill may lose (20)");
    command->add_option("--out", options->out, "Folder of results (attest-ensemble)");
    command->footer(
        "\nExamples:\n  attest ensemble --panel 5a --runs 1000\n  attest ensemble "
        "--panel 5c --runs 100000 --checkpoint runs-5c\n  mpirun -np 8 attest ensemble "
        "--panel 4 --runs 100000 --threads 1 --checkpoint runs-4\n\nThe result does not "
        "depend on the number of threads or processes.");
    command->callback([options, &status] { status = run(*options); });
}

} // namespace attest::cli

#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/ensemble_folder.hpp"
#include "cli/ensemble_store.hpp"
#include "cli/interruption.hpp"
#include "cli/progress.hpp"
#include "cli/results_location.hpp"

#include "attest/chance/ensemble/ensemble.hpp"
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

/// Where runs are counted: in memory, or in a checkpoint that other processes share.
class Store {
public:
    Store(const EnsembleOptions& options, const EnsembleSetting& setting, const std::string& text) :
        times_(static_cast<std::size_t>(setting.layers) + 1),
        memory_(model::scheme_names.size(), times_)
    {
        if (options.checkpoint) {
            folder_.emplace(*options.checkpoint, text, model::scheme_names.size(), times_);
        }
    }

    std::optional<chance::RunRange> claim(std::uint64_t runs)
    {
        if (folder_) {
            return folder_->claim(runs);
        }
        if (next_ >= runs) {
            return std::nullopt;
        }
        ++next_;
        return chance::RunRange{next_ - 1, next_};
    }
    void add(std::uint64_t run, const chance::RunCurves& curves)
    {
        if (folder_) {
            folder_->add(run, curves);
        } else {
            memory_.add(curves);
        }
    }
    void save()
    {
        if (folder_) {
            folder_->save();
        }
    }
    std::uint64_t done(std::uint64_t runs)
    {
        return folder_ ? folder_->done(runs) : memory_.runs();
    }
    bool shared() const { return folder_.has_value(); }
    EnsembleStatistics result() { return folder_ ? folder_->combined() : memory_; }

private:
    std::size_t times_;
    EnsembleStatistics memory_;
    std::optional<EnsembleFolder> folder_;
    std::uint64_t next_ = 0;
};

/// Makes runs until `runs` are there: how many this process made. Nothing when the user stops it.
std::optional<std::uint64_t> make(const EnsembleSetting& setting, chance::Arithmetic arithmetic,
                                  int threads, std::uint64_t runs, std::chrono::seconds every,
                                  Store& store)
{
    const InterruptionGuard guard;
    const Clock::time_point start = Clock::now();
    const std::uint64_t before = store.done(runs);
    ProgressBar bar(0);
    Clock::time_point saved = start;
    std::uint64_t made = 0;
    chance::RunBoard board;
    board.stopped = [] { return InterruptionGuard::requested(); };
    board.next = [&] { return store.claim(runs); };
    board.collect = [&](std::uint64_t run, const chance::RunCurves& curves) {
        store.add(run, curves);
        ++made;
        bar.draw(before + made, runs,
                 static_cast<double>(before + made) / static_cast<double>(runs),
                 fmt::format("run {}", run));
        if (Clock::now() - saved >= every) {
            store.save();
            saved = Clock::now();
        }
    };
    for (;;) {
        try {
            chance::simulate(setting, arithmetic, threads, board);
        } catch (...) {
            store.save();
            throw;
        }
        store.save();
        saved = Clock::now();
        if (store.done(runs) >= runs) {
            return made;
        }
        if (InterruptionGuard::requested()) {
            return std::nullopt;
        }
        // Another process holds the rest; should it die, its claims come free.
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
    }
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
    fmt::print("From the fifth column on: t = {}. Limits of means and quantiles of the law hold "
               "for all\nschemes and layers together with confidence 95 % ({} statements); the "
               "band of runs has at\nleast {:.3f} of the law. Last column: runs that a standard "
               "error of {} needs in the\nlayer with the largest variance.\n",
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
    const std::string text =
        setting.text() + fmt::format("arithmetic {}\n", chance::name_of(arithmetic));
    const std::filesystem::path csv =
        std::filesystem::path(options.out) / fmt::format("{}.csv", setting.panel);
    const std::filesystem::path hdf5 =
        std::filesystem::path(options.out) / fmt::format("{}.h5", setting.panel);
    require_writable_file(csv.string());

    Store store(options, setting, text);
    const std::uint64_t before = store.done(runs);
    fmt::print("Panel {}: {} runs of {} layers, {} arithmetic, {} threads{}\n", setting.panel, runs,
               setting.layers, chance::name_of(arithmetic), threads,
               before > 0 ? fmt::format("; {} were there", before) : "");
    const Clock::time_point start = Clock::now();
    const auto made = make(setting, arithmetic, threads, runs, every, store);
    if (!made) {
        fmt::print(stderr, "attest: interrupted after {} of {} runs; {}\n", store.done(runs), runs,
                   store.shared() ? "the same command goes on from there"
                                  : "nothing was kept (name a folder with --checkpoint)");
        return ExitStatus::Interrupted;
    }
    const double seconds = seconds_since(start);
    const EnsembleStatistics statistics = store.result();
    if (*made > 0) {
        fmt::print("{} runs of this process in {}, {:.3g} s each on every thread\n", *made,
                   spoken_duration(seconds), seconds * threads / static_cast<double>(*made));
    }
    const chance::SimultaneousBands bands(statistics, setting.n);
    report::write_file(csv, ensemble_csv(statistics, bands));
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
    command->add_option("--precision", options->precision,
                        "auto, f64 (plain reference), f32, bf16x3 or, re-sampled, gram (auto)");
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

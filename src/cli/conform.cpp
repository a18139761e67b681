#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/conform_text.hpp"
#include "cli/problem_options.hpp"
#include "cli/recorded_file.hpp"

#include "attest/numbers/errors.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <memory>

namespace attest::cli {
namespace {

struct ConformOptions {
    ProblemOptions problem;
    std::vector<std::string> files;
    std::string order = "1";
    std::string step;
    std::string tolerance;
    std::string times;
    bool layers = false;
    bool single = false;
    bool json = false;
};

Rational positive(std::string_view option, const std::string& text)
{
    const std::string range = fmt::format("above 0 and at most {}", latest_time_text);
    const Rational value = parse_number(option, text, range);
    if (value <= 0 || value > latest_time) {
        throw InputError(fmt::format("{} '{}': must be a number {}", option, text, range));
    }
    return value;
}

flow::ConformanceOptions conformance_options(const ConformOptions& given)
{
    flow::ConformanceOptions how;
    how.layers = given.layers;
    how.order = static_cast<int>(parse_integer("order", given.order, 1, flow::highest_order));
    if (!given.step.empty()) {
        how.step = positive("step", given.step);
    }
    if (!given.tolerance.empty()) {
        how.tolerance = positive("tolerance", given.tolerance);
    }
    if (given.layers && how.step) {
        throw InputError(
            fmt::format("step '{}': must be left out with layers, whose step is 1", given.step));
    }
    return how;
}

CheckedFile check_file(const std::string& file, const model::SymmetricProblem& problem,
                       const RecordedFileOptions& reading, const flow::ConformanceOptions& how)
{
    auto recorded = read_recorded(file, reading);
    if (const auto* tokens = std::get_if<flow::RecordedTokens>(&recorded)) {
        const flow::RecordedRun rows = flow::symmetric_rows(*tokens);
        if (!flow::starts_symmetric(problem, rows)) {
            return {file, rows.t, rows.unit, flow::particle_conformance(problem, *tokens, how)};
        }
        return {file, rows.t, rows.unit, flow::conformance(problem, rows, how)};
    }
    const auto& run = std::get<flow::RecordedRun>(recorded);
    return {file, run.t, run.unit, flow::conformance(problem, run, how)};
}

ExitStatus run(const ConformOptions& given)
{
    const model::SymmetricProblem problem = given.problem.problem();
    const flow::ConformanceOptions how = conformance_options(given);
    RecordedFileOptions reading;
    if (!given.times.empty()) {
        reading.times = given.times;
    }
    reading.step = how.step;
    reading.layers = how.layers;
    reading.single = given.single;
    reading.n = problem.n;
    ConformReport report{problem, how, {}, {}};
    for (const std::string& file : given.files) {
        report.files.push_back(check_file(file, problem, reading, how));
    }
    report.orders = orders_between(report.files);
    // The name of a file need not be UTF-8.
    constexpr auto replace = nlohmann::ordered_json::error_handler_t::replace;
    fmt::print("{}",
               given.json ? to_json(report).dump(2, ' ', false, replace) + "\n" : to_text(report));
    return conforms(report) ? ExitStatus::Success : ExitStatus::Regression;
}

} // namespace

void add_conform(CLI::App& app, ExitStatus& status)
{
    auto options = std::make_shared<ConformOptions>();
    CLI::App* command = app.add_subcommand(
        "conform", "Compare a simulator's trajectory file with certified enclosures");
    command
        ->add_option(
            "files", options->files,
            "CSV (t,gamma[,r] or t,x_1_1,...,x_n_d) or .npy; several of one simulator with "
            "different steps also show its order")
        ->required();
    options->problem.add_to(*command, {.digits = false});
    command
        ->add_option("--order", options->order,
                     fmt::format("Order of the simulator's method, 1..{}", flow::highest_order))
        ->capture_default_str();
    command->add_option("--step", options->step,
                        "Its step, where the file has only some of its steps or no times");
    command->add_option("--tolerance", options->tolerance,
                        "Allowed error of gamma and, over max(1, r), of r, instead of what the "
                        "steps explain");
    command->add_option("--times", options->times,
                        "Times of an array times x n x d: .npy, or CSV with a column t");
    command->add_flag("--layers", options->layers,
                      "Discrete layers: Table 1 with h = 1, t counts layers");
    command->add_flag("--single", options->single, "The simulator computes in single precision");
    command->add_flag("--json", options->json, "Print JSON");
    command->footer(
        "\nStatus 0: conforms; 1: leaves what its steps explain, contradicts a claim, or the "
        "errors of several files do "
        "not fall at the order.\n\nExamples:\n  attest conform run.csv --scheme pre-ln --n 64 "
        "--beta 2\n  attest conform coarse.csv fine.csv --scheme post-ln --n 16 --beta 1 --order "
        "4\n  attest conform tokens.npy --layers --scheme peri-ln --n 32 --beta 3");
    command->callback([options, &status] { status = run(*options); });
}

} // namespace attest::cli

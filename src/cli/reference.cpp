#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/csv_table.hpp"
#include "cli/enclosure_text.hpp"
#include "cli/json_numbers.hpp"
#include "cli/problem_options.hpp"
#include "cli/results_location.hpp"

#include "attest/flow/symmetric_tokens.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/report/file.hpp"

#include <fmt/format.h>

#include <memory>

namespace attest::cli {
namespace {

constexpr long most_reference_samples = 100'000;
constexpr long most_layers = 1'000'000;
constexpr long most_layer_digits = 100'000'000; ///< of all layers together: some GiB
constexpr long most_reference_digits = 400;
constexpr long preset_digits = 20;

struct ReferenceOptions {
    ProblemOptions problem;
    std::string until;
    std::string samples;
    std::string times;
    std::string layers;
    std::string digits = std::to_string(preset_digits);
    std::optional<std::string> csv;
    std::optional<std::string> json;
};

Rational parse_time(std::string_view option, const std::string& text)
{
    const std::string range = fmt::format("in 0..{}", latest_time_text);
    const Rational t = parse_number(option, text, range);
    if (t < 0 || t > latest_time) {
        throw InputError(fmt::format("{} '{}': must be {}", option, text, range));
    }
    return t;
}

/// "0,0.1,1", or the column t of a CSV file.
std::vector<Rational> listed_times(const std::string& text)
{
    std::vector<Rational> times;
    if (text.find_first_not_of("0123456789.,eE+-/ ") == std::string::npos) {
        for (std::size_t at = 0; at <= text.size();) {
            const std::size_t comma = std::min(text.find(',', at), text.size());
            times.push_back(parse_time("times", text.substr(at, comma - at)));
            at = comma + 1;
        }
    } else {
        const CsvTable table(text, report::read_file(text));
        const auto column = table.column("t");
        if (!column) {
            throw InputError(fmt::format("{}: no column 't': must have one", text));
        }
        for (std::size_t row = 0; row < table.rows(); ++row) {
            times.push_back(parse_time("times", std::string(table.cell(row, *column))));
        }
    }
    check_times(times, [](std::size_t k) { return fmt::format("times: time {}", k + 1); });
    return times;
}

std::vector<Rational> times_of(const ReferenceOptions& options)
{
    if (!options.times.empty()) {
        if (!options.until.empty() || !options.samples.empty()) {
            throw InputError("times: must be given alone, without until and samples");
        }
        return listed_times(options.times);
    }
    if (options.until.empty()) {
        throw InputError("until, times or layers: one of them must be given");
    }
    const Rational until = parse_time("until", options.until);
    if (until == 0) {
        throw InputError(fmt::format("until '{}': must be above 0", options.until));
    }
    const long samples = options.samples.empty()
                             ? 200
                             : parse_integer("samples", options.samples, 2, most_reference_samples);
    return sample_times(until, samples, until > Rational(1000));
}

std::vector<EnclosedRow> rows_of(const ReferenceOptions& options, long digits)
{
    const model::SymmetricProblem problem = options.problem.problem();
    std::vector<EnclosedRow> rows;
    if (!options.layers.empty()) {
        if (!options.times.empty() || !options.until.empty() || !options.samples.empty()) {
            throw InputError("layers: must be given alone, without until, times and samples");
        }
        const long layers = parse_integer("layers", options.layers, 1, most_layers);
        if (layers > most_layer_digits / digits) {
            throw InputError(fmt::format("layers '{}', digits '{}': layers times digits must be at "
                                         "most {}",
                                         layers, digits, most_layer_digits));
        }
        long t = 0;
        for (flow::SymmetricState& state : flow::symmetric_layers(problem, layers, digits)) {
            rows.push_back({t++, std::move(state)});
        }
        return rows;
    }
    const std::vector<Rational> times = times_of(options);
    flow::SymmetricTubeOptions how;
    how.digits = digits;
    how.log_time = times.back() > 1000;
    // A tube over no time at all does not exist; the start is its first moment.
    const flow::SymmetricTube tube =
        flow::symmetric_tube(problem, times.back() > 0 ? times.back() : Rational(1), how);
    for (const Rational& t : times) {
        rows.push_back({t, tube.at(t)});
    }
    return rows;
}

void run(const ReferenceOptions& options)
{
    const long digits = parse_integer("digits", options.digits, 1, most_reference_digits);
    for (const std::optional<std::string>& file : {options.csv, options.json}) {
        if (file) {
            require_writable_file(*file);
        }
    }
    const std::vector<EnclosedRow> rows = rows_of(options, digits);
    if (options.csv) {
        report::write_file(*options.csv, enclosures_csv(rows, digits + 3));
    }
    if (options.json) {
        nlohmann::ordered_json json{{"format", "attest-reference/1"}};
        json.update(json_problem(options.problem.problem()));
        json["dynamics"] = options.layers.empty() ? "equations" : "layers";
        json["digits"] = digits;
        json["rows"] = enclosures_json(rows, digits + 3);
        report::write_file(*options.json, json.dump(1) + "\n");
    }
    if (!options.csv && !options.json) {
        fmt::print("{}", enclosures_csv(rows, digits + 3));
        return;
    }
    for (const std::optional<std::string>& file : {options.csv, options.json}) {
        if (file) {
            fmt::print("{} rows in {}\n", rows.size(), *file);
        }
    }
}

} // namespace

void add_reference(CLI::App& app, ExitStatus& status)
{
    auto options = std::make_shared<ReferenceOptions>();
    CLI::App* command = app.add_subcommand(
        "reference", "Certified reference data: ends of gamma, r and 1 - gamma at given times");
    options->problem.add_to(*command, {.digits = false});
    command->add_option("--until", options->until, "Last time, above 0");
    command->add_option("--samples", options->samples,
                        fmt::format("Rows up to there, 2..{} (200)", most_reference_samples));
    command->add_option("--times", options->times,
                        "These times instead: 0,0.1,1 or a CSV file with a column t");
    command->add_option(
        "--layers", options->layers,
        fmt::format("Table 1's discrete layers up to this one, 1..{}", most_layers));
    command
        ->add_option("--digits", options->digits,
                     fmt::format("Proved digits of 1 - gamma and r at the end, 1..{}",
                                 most_reference_digits))
        ->capture_default_str();
    command->add_option("--csv", options->csv, "Write CSV to this file (stdout without any file)");
    command->add_option("--json", options->json, "Write JSON to this file");
    command->footer("\nExamples:\n  attest reference --scheme pre-ln --n 64 --beta 2 --times "
                    "0,0.5,1,10\n  attest reference --scheme peri-ln --n 64 --beta 2 --layers 48 "
                    "--csv layers.csv --json layers.json");
    command->callback([options, &status] {
        run(*options);
        status = ExitStatus::Success;
    });
}

} // namespace attest::cli

#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/enclosure_text.hpp"
#include "cli/json_numbers.hpp"
#include "cli/problem_options.hpp"
#include "cli/results_location.hpp"

#include "attest/flow/validated_symmetric.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"
#include "attest/report/file.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <memory>

namespace attest::cli {
namespace {

using flow::SymmetricState;
using flow::SymmetricTube;
using nlohmann::ordered_json;

constexpr long most_tube_samples = 100'000;
constexpr long most_tube_digits = 1000;

struct TubeOptions {
    ProblemOptions problem;
    std::string until;
    std::string samples;
    std::optional<std::string> csv;
    std::optional<std::string> certificate;
    bool log_time = false;
    bool json = false;
};

Rational parse_end(const std::string& text)
{
    const std::string number = text.starts_with("t=") ? text.substr(2) : text;
    constexpr const char* range = "above 0 and at most 1e300";
    static const Rational latest = parse_rational("1e300"); // beyond, ln t takes minutes
    const Rational end = parse_number("until", number, range);
    if (end <= 0 || end > latest) {
        throw InputError(fmt::format("until '{}': must be {}", text, range));
    }
    return end;
}

/// What the last tube says of its end: every state lies between two numbers.
std::vector<flow::TubeConclusion> end_conclusions(const flow::Tube& tube)
{
    const PrecisionScope scope(tube.bits() + 32);
    std::vector<flow::TubeConclusion> out;
    const std::vector<Ball> box = tube.final_box();
    for (std::size_t i = 0; i < box.size(); ++i) {
        Ball room = box[i];
        mag_mul_2exp_si(arb_radref(room.raw()), arb_radref(room.raw()), 1);
        const Expr state = Expr::symbol(tube.system().states[i]);
        const auto exact = [](const Real& x) {
            return Expr(Rational(x.convert_to<boost::multiprecision::mpq_rational>()));
        };
        out.push_back({state - exact(room.lower()), ">=", "end"});
        out.push_back({exact(room.upper()) - state, ">=", "end"});
    }
    return out;
}

/// FILE for one stage, FILE-1, FILE-2, ... (before the extension) for several.
std::vector<std::filesystem::path> certificate_files(const std::string& file, std::size_t stages)
{
    const std::filesystem::path path(file);
    if (stages == 1) {
        return {path};
    }
    std::vector<std::filesystem::path> out;
    for (std::size_t k = 1; k <= stages; ++k) {
        out.push_back(path.parent_path()
                      / fmt::format("{}-{}{}", path.stem().string(), k, path.extension().string()));
    }
    return out;
}

void write_certificates(const std::vector<std::filesystem::path>& files, const SymmetricTube& tube)
{
    for (std::size_t k = 0; k < files.size(); ++k) {
        const flow::Tube& stage = tube.stages()[k].tube;
        const bool last = k + 1 == files.size();
        ordered_json json{{"format", "attest-certificate/1"},
                          {"claim", "tube/" + tube.problem().scheme},
                          {"part", "as-stated"},
                          {"route", "validated integration"}};
        json["certificate"] = ordered_json::parse(flow::tube_certificate(
            stage, last ? end_conclusions(stage) : std::vector<flow::TubeConclusion>{}));
        report::write_file(files[k], json.dump() + "\n");
    }
}

const char* clock_name(flow::StageClock clock)
{
    switch (clock) {
    case flow::StageClock::Root:
        return "a root of t";
    case flow::StageClock::Logarithmic:
        return "ln t";
    case flow::StageClock::Shifted:
        break;
    }
    return "t";
}

ordered_json to_json(const SymmetricTube& tube, const SymmetricState& end, long digits)
{
    ordered_json json = json_problem(tube.problem());
    const auto add = [&](const char* name, const Ball& x) {
        const Ends ends = ends_of(x, digits + 3);
        json[name] = {ends.lower, ends.upper};
    };
    json["t"] = to_string(tube.until());
    add("gamma", end.gamma);
    add("one_minus_gamma", end.epsilon);
    add("r", end.r);
    json["digits"] = digits;
    json["stages"] = ordered_json::array();
    for (const SymmetricTube::Stage& stage : tube.stages()) {
        json["stages"].push_back({{"from", to_string(stage.from)},
                                  {"to", to_string(stage.to)},
                                  {"integrated_in", clock_name(stage.clock)},
                                  {"steps", stage.tube.steps().size()},
                                  {"order", stage.tube.steps().front().order},
                                  {"bits", stage.tube.bits()}});
    }
    return json;
}

std::string to_text(const SymmetricTube& tube, const SymmetricState& end, long digits)
{
    std::string text = describe(tube.problem()) + "\n";
    text += fmt::format("  t          {}\n", to_string(tube.until()));
    const auto add = [&](const char* name, const Ball& x) {
        const Ends ends = ends_of(x, digits + 3);
        text += fmt::format("  {}[{}, {}]\n", name, ends.lower, ends.upper);
    };
    add("gamma      ", end.gamma);
    add("1 - gamma  ", end.epsilon);
    add("r          ", end.r);
    for (const SymmetricTube::Stage& stage : tube.stages()) {
        text += fmt::format("  proved     t = {} to {} in {}: {} steps of order {}, {} bits\n",
                            to_string(stage.from), to_string(stage.to), clock_name(stage.clock),
                            stage.tube.steps().size(), stage.tube.steps().front().order,
                            stage.tube.bits());
    }
    return text;
}

void run(const TubeOptions& options)
{
    const model::SymmetricProblem problem = options.problem.problem();
    const Rational until = parse_end(options.until);
    flow::SymmetricTubeOptions how;
    how.digits = options.problem.digits();
    how.log_time = options.log_time;
    if (how.digits > most_tube_digits) {
        throw InputError(
            fmt::format("digits '{}': must be an integer in 1..{}", how.digits, most_tube_digits));
    }
    const long samples = options.samples.empty()
                             ? 200
                             : parse_integer("samples", options.samples, 2, most_tube_samples);
    if (options.csv) {
        require_writable_file(*options.csv);
    }
    if (options.certificate) {
        require_writable_file(*options.certificate);
    }
    const SymmetricTube tube = flow::symmetric_tube(problem, until, how);
    const PrecisionScope scope(bits_for_digits(how.digits) + 64);
    const SymmetricState end = tube.at(until);
    if (options.csv) {
        std::vector<EnclosedRow> rows;
        for (const Rational& t :
             sample_times(until, samples, options.log_time || until > Rational(1000))) {
            rows.push_back({t, tube.at(t)});
        }
        report::write_file(*options.csv, enclosures_csv(rows, how.digits + 3));
    }
    std::vector<std::filesystem::path> files;
    if (options.certificate) {
        files = certificate_files(*options.certificate, tube.stages().size());
        write_certificates(files, tube);
    }
    if (options.json) {
        fmt::print("{}\n", to_json(tube, end, how.digits).dump(2));
        return;
    }
    fmt::print("{}", to_text(tube, end, how.digits));
    if (options.csv) {
        fmt::print("  samples    {} in {}\n", samples, *options.csv);
    }
    for (const std::filesystem::path& file : files) {
        fmt::print("  certificate {}\n", file.string());
    }
}

} // namespace

void add_tube(CLI::App& app, ExitStatus& status)
{
    auto options = std::make_shared<TubeOptions>();
    CLI::App* command = app.add_subcommand(
        "tube", "A proved enclosure of a symmetric run for all times, with its certificate");
    options->problem.add_to(*command);
    command->add_option("--until", options->until, "End of the run, a time above 0")->required();
    command->add_flag("--log-time", options->log_time, "Step in ln t from t = 1 on");
    command->add_option("--csv", options->csv,
                        "Write samples: t, lower and upper ends of gamma, r and 1 - gamma");
    command->add_option("--samples", options->samples,
                        fmt::format("Rows of the CSV, 2..{} (200)", most_tube_samples));
    command->add_option("--certificate", options->certificate,
                        "Write the certificate; a run of several stages gives FILE-1, FILE-2, ...");
    command->add_flag("--json", options->json, "Print JSON");
    command->footer("\nExamples:\n  attest tube --scheme pre-ln --n 256 --beta 5 --until 100 "
                    "--digits 32\n  attest tube --scheme peri-ln --n 64 --beta 2 --until 1e6 "
                    "--log-time --digits 30 --csv peri.csv --certificate peri.json");
    command->callback([options, &status] {
        run(*options);
        status = ExitStatus::Success;
    });
}

} // namespace attest::cli

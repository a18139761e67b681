#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/json_numbers.hpp"
#include "cli/problem_options.hpp"
#include "cli/results_location.hpp"

#include "attest/flow/trajectory.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/report/file.hpp"

#include <fmt/format.h>

#include <memory>

namespace attest::cli {
namespace {

using flow::TrajectoryRequest;
using flow::TrajectoryResult;
using flow::TrajectorySample;
using nlohmann::ordered_json;

constexpr long most_trajectory_samples = 1'000'000;
constexpr long most_sample_digits = 100'000'000; ///< of all samples together: some GiB

struct TrajectoryOptions {
    ProblemOptions problem;
    std::string until;
    std::string samples;
    std::optional<std::string> csv;
    bool json = false;
};

/// Reads "t=100" or "gamma=0.9" into the request.
void parse_until(const std::string& text, TrajectoryRequest& request)
{
    const auto reject = [&](std::string_view allowed) {
        return InputError(fmt::format("until '{}': {}", text, allowed));
    };
    const std::size_t equals = text.find('=');
    const std::string variable = text.substr(0, equals);
    if (equals == std::string::npos || (variable != "t" && variable != "gamma")) {
        throw reject("must be t=TIME with a time above 0 or gamma=LEVEL with a level below 1");
    }
    Rational value;
    try {
        value = parse_rational(std::string_view(text).substr(equals + 1));
    } catch (const InputError&) {
        throw reject("must be t= or gamma= and a number such as 100, 0.9, 1/3 or 1e12");
    }
    if (variable == "t") {
        if (value <= 0) {
            throw reject("the time must be above 0");
        }
        request.until_time = value;
        return;
    }
    const bool rises = request.problem.scheme != "ngpt"; // alpha_t may also be negative
    if (value >= 1 || (rises && value < request.problem.gamma0)) {
        throw reject(fmt::format("the level must be below 1 and not below gamma0 = {}",
                                 to_string(request.problem.gamma0)));
    }
    request.until_gamma = value;
}

TrajectoryRequest request_of(const TrajectoryOptions& options)
{
    TrajectoryRequest request;
    request.problem = options.problem.problem();
    request.digits = options.problem.digits();
    parse_until(options.until, request);
    if (!options.samples.empty()) {
        request.samples = parse_integer("samples", options.samples, 1, most_trajectory_samples);
    } else if (!options.csv) {
        request.samples = 1; // only the end is asked for
    }
    if (request.samples > most_sample_digits / request.digits) {
        throw InputError(fmt::format("samples '{}', digits '{}': samples times digits must be at "
                                     "most {}",
                                     request.samples, request.digits, most_sample_digits));
    }
    return request;
}

/// The entries of a sample to the digits asked for.
struct Row {
    std::string t;
    std::string gamma;
    std::string r;
    std::string epsilon;

    Row(const TrajectorySample& sample, long digits) :
        t(to_decimal(sample.t, digits)), gamma(to_decimal(sample.gamma, digits)),
        r(to_decimal(sample.r, digits)), epsilon(to_decimal(sample.epsilon, digits))
    {
    }
    ordered_json json() const
    {
        return {{"t", t}, {"gamma", gamma}, {"r", r}, {"one_minus_gamma", epsilon}};
    }
    std::string csv() const { return fmt::format("{},{},{},{}\n", t, gamma, r, epsilon); }
};

ordered_json to_json(const TrajectoryRequest& request, const TrajectoryResult& result)
{
    ordered_json json = json_problem(request.problem);
    json.update(Row(result.samples.back(), request.digits).json());
    json["digits"] = result.digits;
    json["digits_asked"] = request.digits;
    json["how"] = result.how;
    json["second_route_agrees"] = result.confirmed;
    json["integrated_in"] = result.independent;
    json["order"] = result.order;
    json["steps"] = result.steps;
    if (result.samples.size() > 1) {
        json["samples"] = ordered_json::array();
        for (const TrajectorySample& sample : result.samples) {
            json["samples"].push_back(Row(sample, request.digits).json());
        }
    }
    return json;
}

std::string to_csv(const TrajectoryRequest& request, const TrajectoryResult& result)
{
    std::string csv = "t,gamma,r,one_minus_gamma\n";
    for (const TrajectorySample& sample : result.samples) {
        csv += Row(sample, request.digits).csv();
    }
    return csv;
}

std::string to_text(const TrajectoryRequest& request, const TrajectoryResult& result)
{
    std::string text = describe(request.problem) + "\n";
    if (result.samples.size() > 1) {
        Table table({"t", "gamma", "r"});
        for (const TrajectorySample& sample : result.samples) {
            const Row row(sample, request.digits);
            table.add({row.t, row.gamma, row.r});
        }
        text += table.whole();
    } else {
        const Row end(result.samples.back(), request.digits);
        text += fmt::format("  t          {}\n  gamma      {}\n  1 - gamma  {}\n  r          {}\n",
                            end.t, end.gamma, end.epsilon, end.r);
    }
    text += fmt::format("  digits     {} asked for, {} known\n  how        {}\n", request.digits,
                        result.digits, result.how);
    return text;
}

void run(const TrajectoryOptions& options)
{
    const TrajectoryRequest request = request_of(options);
    if (options.csv) {
        require_writable_file(*options.csv);
    }
    const TrajectoryResult result = flow::trajectory(request);
    if (options.csv) {
        report::write_file(*options.csv, to_csv(request, result));
    }
    if (options.json) {
        fmt::print("{}\n", to_json(request, result).dump(2));
    } else if (options.csv) {
        fmt::print("{} samples in {}: {} digits known; {}\n", result.samples.size(), *options.csv,
                   result.digits, result.how);
    } else {
        fmt::print("{}", to_text(request, result));
    }
}

} // namespace

void add_trajectory(CLI::App& app, ExitStatus& status)
{
    auto options = std::make_shared<TrajectoryOptions>();
    CLI::App* command = app.add_subcommand(
        "trajectory", "t, gamma and r of the symmetric dynamics to any number of digits");
    options->problem.add_to(*command);
    command->add_option("--until", options->until, "t=TIME or gamma=LEVEL")->required();
    command->add_option("--samples", options->samples,
                        fmt::format("Points, start and end included, 1..{} (1, with --csv 200)",
                                    most_trajectory_samples));
    command->add_option("--csv", options->csv, "Write the samples to this file");
    command->add_flag("--json", options->json, "Print JSON");
    command->footer(
        "\nExamples:\n  attest trajectory --scheme pre-ln --n 256 --beta 5 --until t=100 --digits "
        "50\n  attest trajectory --scheme ngpt --n 64 --beta 2 --alpha 'sqrt(t)' --until gamma=0.9 "
        "--csv ngpt.csv");
    command->callback([options, &status] {
        run(*options);
        status = ExitStatus::Success;
    });
}

} // namespace attest::cli

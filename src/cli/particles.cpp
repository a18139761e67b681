#include "cli/arguments.hpp"
#include "cli/commands.hpp"

#include "attest/chance/stream.hpp"
#include "attest/flow/adaptive_particles.hpp"
#include "attest/model/parameters.hpp"
#include "attest/model/schemes.hpp"
#include "attest/numbers/errors.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>

namespace attest::cli {
namespace {

using flow::AdaptiveRun;
using nlohmann::ordered_json;

constexpr long most_coordinates = 100'000'000;
constexpr long most_particle_tokens = 1'000'000; ///< the work of a velocity grows as their square

struct ParticlesOptions {
    std::string scheme;
    std::string n;
    std::string d;
    std::string beta;
    std::string r0 = "1";
    std::string tau = "1";
    std::string alpha = "1";
    std::string seed = "1";
    std::string run = "0";
    std::string until = "synchronised";
    std::string tolerance = "1e-6";
    std::string last_time = "1e12";
    std::string accuracy = "1e-9";
    std::string evaluations = "100000";
    std::string threads = "1";
    bool plain_time = false;
    bool json = false;
};

double positive(std::string_view option, const std::string& text, const std::string& range,
                const Rational& largest)
{
    const Rational value = parse_number(option, text, range);
    if (value <= 0 || value > largest) {
        throw InputError(fmt::format("{} '{}': must be {}", option, text, range));
    }
    return value.convert_to<double>();
}

struct Experiment {
    flow::ParticleProblem<double> problem;
    flow::AdaptiveOptions<double> options;
    model::Particles<double> start;
    flow::Goal goal = flow::Goal::Synchronised;
    double tolerance = 0;
    long n = 0;
    long d = 0;
    long seed = 0;
    long run = 0;
};

/// Independent uniform directions from the stream of the seed and the run.
model::Particles<double> random_start(const Experiment& e, double r0)
{
    const chance::Stream stream(static_cast<std::uint64_t>(e.seed), "attest particles",
                                static_cast<std::uint64_t>(e.run));
    model::Particles<double> start{Matrix<double>(e.d, e.n), Vector<double>::Constant(e.n, r0)};
    for (long k = 0; k < e.n; ++k) {
        start.theta.col(k) = stream.direction(static_cast<std::uint64_t>(k), e.d);
    }
    return start;
}

Experiment experiment(const ParticlesOptions& given)
{
    constexpr long most = 1'000'000'000;
    const Rational huge = parse_rational("1e300");
    Experiment e;
    e.problem.scheme = parse_choice(
        "scheme", given.scheme, {model::all_scheme_names.begin(), model::all_scheme_names.end()});
    e.n = parse_integer("n", given.n, 2, most_particle_tokens);
    e.d = parse_integer("d", given.d, 1, most_coordinates);
    if (e.n > most_coordinates / e.d) {
        throw InputError(fmt::format("n '{}', d '{}': n times d must be at most {}", given.n,
                                     given.d, most_coordinates));
    }
    const Rational beta = parse_number("beta", given.beta, "in 0..1000");
    if (beta < 0 || beta > 1000) {
        throw InputError(fmt::format("beta '{}': must be in 0..1000", given.beta));
    }
    e.problem.attention.beta = beta.convert_to<double>();
    const double r0 = positive("r0", given.r0, "above 0 and at most 1e300", huge);
    const Rational tau = parse_number("tau", given.tau, "not below 0");
    if (tau < 0) {
        throw InputError(fmt::format("tau '{}': must be not below 0", given.tau));
    }
    e.problem.tau = tau.convert_to<double>();
    const model::Alpha alpha = model::Alpha::parse(given.alpha);
    model::require_alpha(e.problem.scheme, alpha);
    const Expr formula = alpha.formula;
    e.problem.alpha = [formula](double t) {
        return formula.evaluate<double>(std::map<std::string, double>{{"t", t}});
    };
    e.seed = parse_integer("seed", given.seed, 0, most);
    e.run = parse_integer("run", given.run, 0, most);
    e.goal = flow::parse_goal(given.until);
    e.tolerance = positive("tolerance", given.tolerance, "above 0 and at most 2", 2);
    e.options.until = positive("last-time", given.last_time, "above 0 and at most 1e300", huge);
    e.options.rtol =
        positive("accuracy", given.accuracy, "above 0 and at most 1/10", Rational(1, 10));
    e.options.atol = e.options.rtol;
    e.options.evaluations = parse_integer("evaluations", given.evaluations, 1, most);
    e.options.threads = static_cast<int>(parse_integer("threads", given.threads, 1, 1024));
    e.options.log_time = !given.plain_time;
    e.start = random_start(e, r0);
    return e;
}

ordered_json to_json(const Experiment& e, const AdaptiveRun<double>& run)
{
    ordered_json json{{"scheme", e.problem.scheme},
                      {"n", e.n},
                      {"d", e.d},
                      {"beta", e.problem.attention.beta},
                      {"seed", e.seed},
                      {"run", e.run},
                      {"until", flow::to_string(e.goal)},
                      {"stop", flow::to_string(run.stop)},
                      {"t", run.t},
                      {"least_product", run.least_product},
                      {"r", {run.state.r.minCoeff(), run.state.r.maxCoeff()}},
                      {"evaluations", run.evaluations},
                      {"accepted_steps", run.accepted},
                      {"rejected_steps", run.rejected},
                      {"drift", run.drift}};
    if (run.pole) {
        json["least_height"] = (run.state.theta.transpose() * *run.pole).minCoeff();
    }
    return json;
}

std::string to_text(const Experiment& e, const AdaptiveRun<double>& run)
{
    std::string text =
        fmt::format("{}, n = {}, d = {}, beta = {}, seed {}, run {}\n", e.problem.scheme, e.n, e.d,
                    e.problem.attention.beta, e.seed, e.run);
    const auto line = [&](std::string_view name, const std::string& value) {
        text += fmt::format("  {:<14}{}\n", name, value);
    };
    line("stop", run.stop == flow::Stop::Goal ? std::string(flow::to_string(e.goal))
                                              : std::string(flow::to_string(run.stop)));
    line("t", fmt::format("{:.10g}", run.t));
    line("least product", fmt::format("{:.12g}", run.least_product));
    line("magnitudes",
         fmt::format("{:.6g} to {:.6g}", run.state.r.minCoeff(), run.state.r.maxCoeff()));
    if (run.pole) {
        line("least height", fmt::format("{:.6g} above the hemisphere's equator",
                                         (run.state.theta.transpose() * *run.pole).minCoeff()));
    }
    line("steps", fmt::format("{} and {} rejected, {} velocities", run.accepted, run.rejected,
                              run.evaluations));
    line("drift", fmt::format("{:.2g} off the sphere at most in one step", run.drift));
    return text;
}

} // namespace

void add_particles(CLI::App& app, ExitStatus& status)
{
    auto given = std::make_shared<ParticlesOptions>();
    CLI::App* command = app.add_subcommand(
        "particles", "Run tokens from random directions until they meet a condition");
    command
        ->add_option(
            "--scheme", given->scheme,
            fmt::format("Normalization scheme: {}", fmt::join(model::all_scheme_names, ", ")))
        ->required();
    command->add_option("--n", given->n, "Number of tokens, an integer from 2 on")->required();
    command->add_option("--d", given->d, "Dimension, an integer from 1 on")->required();
    command->add_option("--beta", given->beta, "Inverse temperature, 0..1000")->required();
    const auto option = [&](const char* name, std::string& value, const std::string& text) {
        command->add_option(name, value, text)->capture_default_str();
    };
    option("--r0", given->r0, "Magnitude of every token at t = 0, positive");
    option("--tau", given->tau, "Mix-LN: time of the switch from Post-LN to Pre-LN");
    std::vector<std::string_view> with_alpha;
    std::copy_if(model::all_scheme_names.begin(), model::all_scheme_names.end(),
                 std::back_inserter(with_alpha), model::has_alpha);
    option("--alpha", given->alpha,
           fmt::format("{}: alpha_t as a formula in t", fmt::join(with_alpha, ", ")));
    option("--seed", given->seed, "Seed of the random directions");
    option("--run", given->run, "Number of the run: another start from the same seed");
    option("--until", given->until, "time, synchronised, cone, hemisphere or stationary");
    option("--tolerance", given->tolerance,
           "synchronised, cone: all products are at least 1 - this; stationary: |P_j A_j| at most");
    option("--last-time", given->last_time, "Stop there in any case");
    option("--accuracy", given->accuracy, "Estimated error of a step, relative and absolute");
    option("--evaluations", given->evaluations, "Most velocities to evaluate");
    option("--threads", given->threads, "Threads of one evaluation; no digit depends on it");
    command->add_flag("--plain-time", given->plain_time, "Step in t instead of ln(1 + t)");
    command->add_flag("--json", given->json, "Print JSON");
    command->footer("\nExample:\n  attest particles --scheme pre-ln --n 64 --d 8 --beta 2 --seed 7 "
                    "--until hemisphere");
    command->callback([given, &status] {
        const Experiment e = experiment(*given);
        flow::AdaptiveParticles<double> particles(e.problem, e.d, e.n, e.options);
        const AdaptiveRun<double> run = particles.run(e.start, 0, e.goal, e.tolerance);
        fmt::print("{}", given->json ? to_json(e, run).dump(2) + "\n" : to_text(e, run));
        status = ExitStatus::Success;
    });
}

} // namespace attest::cli

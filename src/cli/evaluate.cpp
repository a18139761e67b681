#include "cli/commands.hpp"

#include "attest/numbers/precision.hpp"
#include "attest/proof/sampling.hpp"

#include <fmt/format.h>

#include <memory>

namespace attest::cli {
namespace {

struct EvaluateOptions {
    std::string left;
    std::string right;
    std::vector<std::string> at;
    long digits = 20;
};

proof::Point parse_point(const std::vector<std::string>& assignments)
{
    proof::Point point;
    for (const std::string& assignment : assignments) {
        const std::size_t equals = assignment.find('=');
        if (equals == std::string::npos || equals == 0) {
            throw InputError(fmt::format("--at '{}': must have the form symbol=value, for example "
                                         "beta=1/100",
                                         assignment));
        }
        point[assignment.substr(0, equals)] = parse_rational(assignment.substr(equals + 1));
    }
    return point;
}

std::string relation(const Ball& left, const Ball& right)
{
    if (!left.is_finite() || !right.is_finite()) {
        return left.is_finite() == right.is_finite() ? "neither side has a value"
                                                     : "one side has no value, the other has one";
    }
    if (is_true(less(left, right))) {
        return "left < right, certified";
    }
    if (is_true(less(right, left))) {
        return "left > right, certified";
    }
    return is_true(equal(left, right)) ? "left = right, exactly"
                                       : "equal as far as these digits tell";
}

void evaluate(const EvaluateOptions& options)
{
    const proof::Point point = parse_point(options.at);
    std::vector<std::string> symbols;
    for (const auto& [name, value] : point) {
        symbols.push_back(name);
    }
    const PrecisionScope precision(2 * bits_for_digits(options.digits));
    const Ball left = proof::evaluate_at(parse_expr(options.left, symbols), point);
    fmt::print("left   {}\n", left.to_string(options.digits));
    if (!options.right.empty()) {
        const Ball right = proof::evaluate_at(parse_expr(options.right, symbols), point);
        fmt::print("right  {}\n{}\n", right.to_string(options.digits), relation(left, right));
    }
}

} // namespace

void add_evaluate(CLI::App& app, ExitStatus& status)
{
    auto options = std::make_shared<EvaluateOptions>();
    CLI::App* command = app.add_subcommand(
        "evaluate", "Enclose one or two formulas at an exact point: replays a counterexample");
    command->add_option("left", options->left, "Formula, for example 'exp(beta)+n-1'")->required();
    command->add_option("right", options->right, "Second formula to compare with");
    command->add_option("--at", options->at, "Values of the symbols, for example n=2,beta=1/100")
        ->delimiter(',');
    command->add_option("--digits", options->digits, "Digits shown, 1..100000");
    command->footer(
        "\nExample:\n  attest evaluate '2/(n-1+exp(beta))' '2*exp(1)/(n*exp(beta))' --at "
        "n=2,beta=0");
    command->callback([options, &status] {
        if (options->digits < 1 || options->digits > 100'000) {
            throw InputError(fmt::format("digits = {}: must lie in 1..100000", options->digits));
        }
        evaluate(*options);
        status = ExitStatus::Success;
    });
}

} // namespace attest::cli

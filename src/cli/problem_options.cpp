#include "cli/problem_options.hpp"

#include "cli/arguments.hpp"

#include "attest/model/schemes.hpp"

#include <fmt/format.h>

#include <vector>

namespace attest::cli {

void ProblemOptions::add_to(CLI::App& command, const ProblemOptionChoice& choice)
{
    command
        .add_option("--scheme", scheme_,
                    fmt::format("Normalization scheme: {}{}",
                                fmt::join(model::all_scheme_names, ", "),
                                choice.all_schemes ? ", or all" : ""))
        ->required();
    command.add_option("--n", n_, "Number of tokens, an integer from 2 on")->required();
    command.add_option("--beta", beta_, "Inverse temperature, 0..1000, exact: 5, 0.01, 1/100")
        ->required();
    command.add_option("--r0", r0_, "Magnitude of every token at t = 0, positive")
        ->capture_default_str();
    command.add_option("--tau", tau_, "Mix-LN: time of the switch from Post-LN to Pre-LN")
        ->capture_default_str();
    command
        .add_option("--alpha", alpha_,
                    "nGPT: alpha_t as a formula in t ('sqrt(t)', '1/(1+t)', '3/2') or constant, "
                    "root, linear, sine-cosine, cosine-sine; deepnorm: weight of the residual; "
                    "layerscale: weight of the update")
        ->capture_default_str();
    command.add_option("--gamma0", gamma0_, "Cosine similarity of every pair at t = 0")
        ->capture_default_str();
    command
        .add_option("--mix-magnitude", mix_magnitude_,
                    "Mix-LN: magnitude at tau is 1 (table-1) or r0 (table-2)")
        ->capture_default_str();
    if (choice.digits) {
        command
            .add_option("--digits", digits_,
                        fmt::format("Correct decimal digits asked for, 1..{}", largest_digits))
            ->capture_default_str();
    }
}

std::vector<model::SymmetricProblem> ProblemOptions::problems() const
{
    if (scheme_ != "all") {
        return {problem()};
    }
    std::vector<model::SymmetricProblem> all;
    ProblemOptions one = *this;
    for (const std::string_view name : model::all_scheme_names) {
        one.scheme_ = name;
        all.push_back(one.problem());
    }
    return all;
}

model::SymmetricProblem ProblemOptions::problem() const
{
    constexpr long most_tokens = 1'000'000'000;
    model::SymmetricProblem problem;
    problem.scheme = parse_choice("scheme", scheme_,
                                  {model::all_scheme_names.begin(), model::all_scheme_names.end()});
    problem.n = parse_integer("n", n_, 2, most_tokens);
    problem.beta = parse_number("beta", beta_, "in 0..1000");
    problem.r0 = parse_number("r0", r0_, "above 0");
    problem.tau = parse_number("tau", tau_, "not below 0");
    problem.alpha = model::Alpha::parse(alpha_);
    problem.gamma0 = parse_number("gamma0", gamma0_, "strictly between -1/(n-1) and 1");
    problem.mix_magnitude =
        parse_choice("mix-magnitude", mix_magnitude_, {"table-1", "table-2"}) == "table-1"
            ? model::MixMagnitude::Table1
            : model::MixMagnitude::Table2;
    model::validate(problem);
    return problem;
}

long ProblemOptions::digits() const
{
    return parse_integer("digits", digits_, 1, largest_digits);
}

} // namespace attest::cli

#pragma once

#include "attest/model/parameters.hpp"

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace attest::cli {

/// Which of its options a command has.
struct ProblemOptionChoice {
    bool all_schemes = false; ///< --scheme all
    bool digits = true;       ///< --digits
};

/// The options that describe a symmetric run; shared by the commands that compute one.
class ProblemOptions {
public:
    /// Adds the options to a command. The object has to outlive the parse.
    void add_to(CLI::App& command, const ProblemOptionChoice& choice = {});

    /// The problem that was described. Throws InputError with the value and its range.
    model::SymmetricProblem problem() const;
    /// That problem; for --scheme all one for each scheme, the paper's and then one's own.
    std::vector<model::SymmetricProblem> problems() const;
    /// Digits asked for, 1..largest_digits.
    long digits() const;

    static constexpr long largest_digits = 10'000;

private:
    std::string scheme_;
    std::string n_;
    std::string beta_;
    std::string r0_ = "1";
    std::string tau_ = "1";
    std::string alpha_ = "1";
    std::string gamma0_ = "0";
    std::string mix_magnitude_ = "table-1";
    std::string digits_ = "50";
};

} // namespace attest::cli

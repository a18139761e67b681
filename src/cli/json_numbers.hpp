#pragma once

#include "attest/model/parameters.hpp"

#include <nlohmann/json.hpp>

namespace attest::cli {

/// The exact value as a JSON number where a double can hold its decimal form, as a string
/// otherwise: 9, 0.01, "1/3".
nlohmann::ordered_json json_number(const Rational& value);

/// The problem as it is written into --json output: scheme, n, beta, r0 and, where the scheme uses
/// them, tau and alpha; gamma0 where it is not 0.
nlohmann::ordered_json json_problem(const model::SymmetricProblem& problem);

/// The same for people, on one line: "pre-ln, n = 128, beta = 9, r0 = 1".
std::string describe(const model::SymmetricProblem& problem);

} // namespace attest::cli

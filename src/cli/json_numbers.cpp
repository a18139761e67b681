#include "cli/json_numbers.hpp"

#include "attest/numbers/errors.hpp"

#include <fmt/format.h>

namespace attest::cli {

nlohmann::ordered_json json_number(const Rational& value)
{
    constexpr int faithful_digits = 15;
    if (boost::multiprecision::denominator(value) == 1) {
        const std::string text = to_string(value);
        if (text.size() <= faithful_digits) {
            return std::stol(text);
        }
        return text;
    }
    const double nearest = value.convert_to<double>();
    const std::string decimal = fmt::format("{:.{}g}", nearest, faithful_digits);
    try {
        if (parse_rational(decimal) == value) {
            return nearest;
        }
    } catch (const InputError&) {
        // an infinity: the string below says it exactly
    }
    return to_string(value);
}

nlohmann::ordered_json json_problem(const model::SymmetricProblem& problem)
{
    nlohmann::ordered_json json;
    json["scheme"] = problem.scheme;
    json["n"] = problem.n;
    json["beta"] = json_number(problem.beta);
    json["r0"] = json_number(problem.r0);
    if (problem.scheme == "mix-ln") {
        json["tau"] = json_number(problem.tau);
    }
    if (model::has_alpha(problem.scheme)) {
        json["alpha"] = problem.alpha.formula.text();
    }
    if (problem.gamma0 != 0) {
        json["gamma0"] = json_number(problem.gamma0);
    }
    return json;
}

std::string describe(const model::SymmetricProblem& problem)
{
    std::string text = fmt::format("{}, n = {}, beta = {}, r0 = {}", problem.scheme, problem.n,
                                   to_string(problem.beta), to_string(problem.r0));
    if (problem.scheme == "mix-ln") {
        text += fmt::format(", tau = {}", to_string(problem.tau));
    }
    if (model::has_alpha(problem.scheme)) {
        text += fmt::format(", alpha_t = {}", problem.alpha.formula.text());
    }
    if (problem.gamma0 != 0) {
        text += fmt::format(", gamma0 = {}", to_string(problem.gamma0));
    }
    return text;
}

} // namespace attest::cli

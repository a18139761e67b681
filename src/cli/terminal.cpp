#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/json_numbers.hpp"
#include "cli/problem_options.hpp"

#include "attest/flow/terminal.hpp"
#include "attest/flow/terminal_recorded.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

namespace attest::cli {
namespace {

using nlohmann::ordered_json;

constexpr long few_digits = 6;
constexpr long start_digits = 20;
constexpr long table_digits = 20;

struct TerminalOptions {
    ProblemOptions problem;
    bool json = false;
};

/// Decimal digits that show all that is certified and the start of the radius.
long shown_digits(long certified)
{
    return std::max(certified, 1L) + 2;
}

/// The formula as text without a pair of parentheses around the whole.
std::string law_text(const Expr& law)
{
    const std::string text = law.text();
    int depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        depth += text[i] == '(' ? 1 : 0;
        depth -= text[i] == ')' ? 1 : 0;
        if (depth == 0) {
            return i > 0 && i + 1 == text.size() ? text.substr(1, text.size() - 2) : text;
        }
    }
    return text;
}

/// An alpha_t that vanishes at 0 leaves a weighted scheme without a velocity there.
constexpr const char* no_velocity = "none at t = 0";

std::string start_text(const Ball& value)
{
    return value.is_finite() ? value.to_string(start_digits) : no_velocity;
}

ordered_json to_json(const flow::TerminalLaw& law)
{
    ordered_json json = json_problem(law.problem);
    const flow::InitialVelocity start = flow::initial_velocity(law.problem);
    json["initial_velocity"] = {{"formula", law_text(start.formula)},
                                {"formula_latex", start.formula.latex()},
                                {"value", start_text(start.value)}};
    if (!law.law) {
        json["law"] = nullptr;
        json["C"] = nullptr;
        json["condition"] = law.condition;
        return json;
    }
    const Ball::Decimal constant = law.constant.to_decimal(shown_digits(law.digits));
    json["law"] = law_text(*law.law);
    json["law_latex"] = law.law->latex();
    json["C"] = {{"mid", constant.mid}, {"rad", constant.rad}};
    json["digits"] = law.digits;
    json["condition"] = law.condition.empty() ? ordered_json(nullptr) : ordered_json(law.condition);
    json["routes"] = ordered_json::array();
    for (const flow::ConstantRoute& route : law.routes) {
        json["routes"].push_back(
            {{"name", route.name}, {"enclosure", route.rigorous}, {"digits", route.digits}});
    }
    json["routes_agree"] = to_string(law.routes_agree);
    if (law.onset) {
        json["within_1_percent_from_t"] = law.onset->t_star.to_string(few_digits);
    }
    return json;
}

std::string to_text(const flow::TerminalLaw& law)
{
    std::string text = describe(law.problem) + "\n";
    const auto line = [&](std::string_view name, std::string_view value) {
        text += fmt::format("  {:<11}{}\n", name, value);
    };
    const flow::InitialVelocity start = flow::initial_velocity(law.problem);
    line("start",
         fmt::format("gamma'(0) = {} = {}", law_text(start.formula), start_text(start.value)));
    if (!law.law) {
        line("law", "none: " + law.condition);
        return text;
    }
    line("law", "gamma'(t) ~ " + law_text(*law.law));
    if (!law.condition.empty()) {
        line("condition", law.condition);
    }
    line("C", law.constant.to_string(shown_digits(law.digits)));
    line("digits", fmt::format("{}, certified by the enclosure", law.digits));
    for (const flow::ConstantRoute& route : law.routes) {
        line("route", fmt::format("{}: {} digits {}", route.name, route.digits,
                                  route.rigorous ? "enclosed" : "in agreement with the enclosure"));
    }
    line("routes", fmt::format("agree: {}", to_string(law.routes_agree)));
    if (law.onset) {
        line("onset", fmt::format("within 1 percent of the law for good from {} = {} on",
                                  law.problem.scheme == "ngpt" ? "int alpha" : "t",
                                  law.onset->t_star.to_string(few_digits)));
    }
    return text;
}

/// One line a scheme: how fast it starts, how it ends, and the constant. Decimals are certified.
std::string to_table(const std::vector<flow::TerminalLaw>& laws)
{
    Table table({"SCHEME", "GAMMA'(0)", "", "GAMMA'(T), T LARGE", "C"});
    for (const flow::TerminalLaw& law : laws) {
        const flow::InitialVelocity start = flow::initial_velocity(law.problem);
        const long digits = std::min(law.digits, table_digits);
        table.add({law.problem.scheme, law_text(start.formula),
                   start.value.is_finite() ? start.value.to_decimal(few_digits + 2).mid
                                           : std::string(no_velocity),
                   law.law ? law_text(*law.law) : "none",
                   law.law ? law.constant.to_decimal(digits).mid : law.condition});
    }
    return table.whole();
}

/// The table's first line: the parameters that the schemes share.
std::string shared_settings(const model::SymmetricProblem& p)
{
    return fmt::format("n = {}, beta = {}, r0 = {}, tau = {}, alpha_t = {}{}\n", p.n,
                       to_string(p.beta), to_string(p.r0), to_string(p.tau), p.alpha.formula.text(),
                       p.gamma0 == 0 ? std::string()
                                     : fmt::format(", gamma0 = {}", to_string(p.gamma0)));
}

void print_laws(const std::vector<flow::TerminalLaw>& laws, bool json)
{
    if (json) {
        ordered_json rows = ordered_json::array();
        for (const flow::TerminalLaw& law : laws) {
            rows.push_back(to_json(law));
        }
        fmt::print("{}\n", (laws.size() == 1 ? rows.front() : rows).dump(2));
        return;
    }
    fmt::print("{}", laws.size() == 1 ? to_text(laws.front())
                                      : shared_settings(laws.front().problem) + to_table(laws));
}

} // namespace

void add_terminal(CLI::App& app, ExitStatus& status)
{
    auto options = std::make_shared<TerminalOptions>();
    CLI::App* command = app.add_subcommand(
        "terminal", "Terminal law of gamma' and an enclosure of its constant C (Theorem 4.1)");
    options->problem.add_to(*command, {.all_schemes = true});
    command->add_flag("--json", options->json, "Print JSON");
    command->footer("\nExamples:\n  attest terminal --scheme pre-ln --n 128 --beta 9 --digits 40\n"
                    "  attest terminal --scheme all --n 128 --beta 1 --alpha 2");
    command->callback([options, &status] {
        const std::vector<model::SymmetricProblem> problems = options->problem.problems();
        flow::TerminalOptions terminal_options;
        terminal_options.digits = options->problem.digits();
        terminal_options.with_tail = problems.size() == 1;
        std::vector<flow::TerminalLaw> laws;
        for (const model::SymmetricProblem& problem : problems) {
            laws.push_back(flow::terminal(problem, terminal_options));
        }
        print_laws(laws, options->json);
        const bool contradicted = std::any_of(
            laws.begin(), laws.end(), [](const auto& law) { return is_false(law.routes_agree); });
        status = contradicted ? ExitStatus::Regression : ExitStatus::Success;
    });
}

} // namespace attest::cli

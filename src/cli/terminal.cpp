#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/json_numbers.hpp"
#include "cli/problem_options.hpp"

#include "attest/flow/terminal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

namespace attest::cli {
namespace {

using nlohmann::ordered_json;

constexpr long few_digits = 6;

struct Options {
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

ordered_json to_json(const flow::TerminalLaw& law)
{
    ordered_json json = json_problem(law.problem);
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

} // namespace

void add_terminal(CLI::App& app, ExitStatus& status)
{
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand(
        "terminal", "Terminal law of gamma' and an enclosure of its constant C (Theorem 4.1)");
    options->problem.add_to(*command);
    command->add_flag("--json", options->json, "Print JSON");
    command->footer("\nExample:\n  attest terminal --scheme pre-ln --n 128 --beta 9 --digits 40");
    command->callback([options, &status] {
        flow::TerminalOptions terminal_options;
        terminal_options.digits = options->problem.digits();
        const flow::TerminalLaw law = flow::terminal(options->problem.problem(), terminal_options);
        fmt::print("{}", options->json ? to_json(law).dump(2) + "\n" : to_text(law));
        status = is_false(law.routes_agree) ? ExitStatus::Regression : ExitStatus::Success;
    });
}

} // namespace attest::cli

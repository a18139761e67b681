#include "cli/conform_text.hpp"

#include "cli/console.hpp"
#include "cli/enclosure_text.hpp"
#include "cli/json_numbers.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace attest::cli {
namespace {

using nlohmann::ordered_json;

constexpr double order_room = 0.5;

/// Order that the files should show: the method's, but 1 across Mix-LN's switch, which a step of
/// any method passes at the wrong moment.
int expected_order(const ConformReport& report)
{
    const model::SymmetricProblem& p = report.problem;
    const bool across =
        p.scheme == "mix-ln"
        && std::any_of(report.files.begin(), report.files.end(), [&](const CheckedFile& file) {
               return file.t.front() <= p.tau && p.tau < file.t.back();
           });
    return across ? 1 : report.options.order;
}

bool falls_short(const flow::ObservedOrder& pair, int order)
{
    return pair.order && *pair.order < order - order_room;
}

std::string worst_line(const flow::Comparison& c, const CheckedFile& file)
{
    const std::size_t k = c.worst();
    return fmt::format("at most {:.3g} off, at t = {:.6g} (allowed there: {:.2g})", c.error[k],
                       file.t[k].convert_to<double>(), c.allowed[k]);
}

std::string file_text(const CheckedFile& file)
{
    const flow::Conformance& result = file.result;
    std::string text = fmt::format("{}\n", coloured(file.name, Colour::Bold));
    const auto line = [&](std::string_view name, const std::string& value) {
        text += fmt::format("  {:<15}{}\n", name, value);
    };
    line("verdict", result.conforms() ? coloured("conforms", Colour::Green)
                    : result.first    ? coloured("leaves what its steps explain", Colour::Red)
                                   : coloured("no row leaves, but their course contradicts claims",
                                              Colour::Red));
    line("compared with", result.reference);
    line("rows", fmt::format("{}, t = {:.6g} to {:.6g}, longest step {:.4g}", file.t.size(),
                             file.t.front().convert_to<double>(),
                             file.t.back().convert_to<double>(), result.step));
    line("gamma", worst_line(result.gamma, file));
    if (!result.r.empty()) {
        line("r", worst_line(result.r, file));
    }
    if (result.first) {
        const flow::Departure& d = *result.first;
        line("first leaves", fmt::format("row {}, t = {:.6g}: {} = {}, exact {}", d.row + 1,
                                         d.t.convert_to<double>(), d.quantity, d.value, d.exact));
        line("", fmt::format("off by {:.3g}; step, rounding and printing explain {:.2g}", d.error,
                             d.allowed));
    }
    for (const flow::Contradiction& c : result.contradictions) {
        line("contradicts", coloured(c.id, Colour::Cyan));
        line("", c.evidence);
    }
    return text;
}

ordered_json comparison_json(const flow::Comparison& c, const CheckedFile& file)
{
    const std::size_t k = c.worst();
    return {{"largest_error", c.error[k]},
            {"at_t", file.t[k].convert_to<double>()},
            {"allowed_there", c.allowed[k]}};
}

ordered_json file_json(const CheckedFile& file)
{
    const flow::Conformance& result = file.result;
    ordered_json json{{"file", file.name},
                      {"conforms", result.conforms()},
                      {"reference", result.reference},
                      {"certified", result.certified},
                      {"rows", file.t.size()},
                      {"longest_step", result.step},
                      {"gamma", comparison_json(result.gamma, file)}};
    if (!result.certified) {
        json["reference_error"] = result.reference_error;
    }
    if (!result.r.empty()) {
        json["r"] = comparison_json(result.r, file);
    }
    json["first_departure"] = nullptr;
    if (result.first) {
        const flow::Departure& d = *result.first;
        json["first_departure"] = {{"row", d.row + 1},       {"t", exact_decimal(d.t)},
                                   {"quantity", d.quantity}, {"value", d.value},
                                   {"exact", d.exact},       {"error", d.error},
                                   {"allowed", d.allowed}};
    }
    json["contradicts"] = ordered_json::array();
    for (const flow::Contradiction& c : result.contradictions) {
        json["contradicts"].push_back({{"id", c.id}, {"evidence", c.evidence}});
    }
    return json;
}

} // namespace

std::vector<flow::ObservedOrder> orders_between(const std::vector<CheckedFile>& files)
{
    if (files.size() < 2) {
        return {};
    }
    std::vector<flow::ErrorCurve> curves;
    for (const CheckedFile& file : files) {
        flow::ErrorCurve curve;
        curve.step = file.result.step;
        curve.rounding = flow::gathered_rounding(file.unit, static_cast<double>(file.t.size()));
        for (const Rational& t : file.t) {
            curve.t.push_back(t.convert_to<double>());
        }
        curve.error = file.result.gamma.error;
        curves.push_back(std::move(curve));
    }
    return flow::observed_orders(std::move(curves));
}

bool conforms(const ConformReport& report)
{
    return std::all_of(report.files.begin(), report.files.end(),
                       [](const CheckedFile& file) { return file.result.conforms(); })
           && std::none_of(report.orders.begin(), report.orders.end(), [&](const auto& pair) {
                  return !report.options.layers && falls_short(pair, expected_order(report));
              });
}

std::string to_text(const ConformReport& report)
{
    std::string text = describe(report.problem) + "\n";
    for (const CheckedFile& file : report.files) {
        text += file_text(file);
    }
    for (const flow::ObservedOrder& pair : report.orders) {
        const std::string order = pair.order ? fmt::format("{:.2f}", *pair.order)
                                             : "not to be seen (equal steps, or rounding alone)";
        text += fmt::format("order {} from step {:.4g} to {:.4g}: gamma off by {:.3g}, then "
                            "{:.3g}{}\n",
                            order, pair.coarse, pair.fine, pair.coarse_error, pair.fine_error,
                            falls_short(pair, expected_order(report))
                                ? fmt::format("; order {} was expected", expected_order(report))
                                : "");
    }
    return text;
}

ordered_json to_json(const ConformReport& report)
{
    ordered_json json = json_problem(report.problem);
    json["dynamics"] = report.options.layers ? "layers" : "equations";
    json["order"] = report.options.order;
    json["conforms"] = conforms(report);
    json["files"] = ordered_json::array();
    for (const CheckedFile& file : report.files) {
        json["files"].push_back(file_json(file));
    }
    json["observed_orders"] = ordered_json::array();
    for (const flow::ObservedOrder& pair : report.orders) {
        ordered_json entry{{"steps", {pair.coarse, pair.fine}},
                           {"errors", {pair.coarse_error, pair.fine_error}},
                           {"order", nullptr}};
        if (pair.order) {
            entry["order"] = *pair.order;
        }
        json["observed_orders"].push_back(std::move(entry));
    }
    return json;
}

} // namespace attest::cli

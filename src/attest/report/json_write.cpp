#include "attest/ledger/proof_graph.hpp"
#include "attest/report/file.hpp"
#include "attest/report/json.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <set>
#include <stdexcept>

namespace attest::report {
namespace {

using nlohmann::ordered_json;
using namespace ledger;

/// Integers up to here are exact in a double, which is what many JSON readers use.
constexpr unsigned long long exact_in_double = 1ULL << 53;

[[noreturn]] void refuse(const std::string& place, const std::string& why)
{
    throw std::logic_error(fmt::format("results cannot be written: {}: {}", place, why));
}

template <class T>
ordered_json optional_value(const std::optional<T>& value)
{
    return value ? ordered_json(*value) : ordered_json(nullptr);
}

ordered_json scope_json(const Scope& scope)
{
    return {{"kind", to_string(scope.kind)}, {"text", scope.text}};
}

ordered_json certificates_json(const Evidence& item)
{
    ordered_json certificates = ordered_json::array();
    for (const Certificate& certificate : item.certificates) {
        if (certificate.file.empty()) {
            continue; // kept in memory only
        }
        certificates.push_back({{"file", certificate.file}, {"recheck", certificate.recheck}});
    }
    return certificates;
}

ordered_json limit_plot_json(const LimitPlot& plot, const std::string& place)
{
    const auto demand_decimal = [&](const std::string& text) {
        if (!is_decimal(text)) {
            refuse(place, fmt::format("plot: '{}' is not a decimal number", text));
        }
    };
    if (!plot.limit.empty()) {
        demand_decimal(plot.limit);
    }
    ordered_json courses = ordered_json::array();
    for (const Course& course : plot.courses) {
        if (course.lo.size() != course.x.size() || course.hi.size() != course.x.size()) {
            refuse(place, fmt::format("course '{}': x, lo and hi differ in length", course.label));
        }
        for (const auto* numbers : {&course.x, &course.lo, &course.hi}) {
            std::for_each(numbers->begin(), numbers->end(), demand_decimal);
        }
        courses.push_back(
            {{"label", course.label}, {"x", course.x}, {"lo", course.lo}, {"hi", course.hi}});
    }
    return {{"quantity", plot.quantity},
            {"variable", plot.variable},
            {"limit", plot.limit.empty() ? ordered_json(nullptr) : ordered_json(plot.limit)},
            {"courses", courses}};
}

ordered_json evidence_json(const Evidence& item, const std::string& place)
{
    ordered_json out = {{"route", item.route},
                        {"outcome", to_string(item.outcome)},
                        {"strength", to_string(item.strength)},
                        {"scope", scope_json(item.scope)},
                        {"digits", optional_value(item.digits)},
                        {"carries", item.carries},
                        {"detail", item.detail},
                        {"certificates", certificates_json(item)}};
    for (const LimitPlot& plot : item.plots) {
        out["plots"].push_back(limit_plot_json(plot, place));
    }
    return out;
}

ordered_json slack_json(const std::optional<Slack>& slack, const std::string& place)
{
    if (!slack) {
        return nullptr;
    }
    for (const std::string& end : {slack->lo, slack->hi}) {
        if (!is_number_or_infinity(end)) {
            refuse(place + ".slack", fmt::format("'{}' is not a number", end));
        }
    }
    return ordered_json::array({slack->lo, slack->hi});
}

ordered_json counterexample_json(const std::optional<Counterexample>& example)
{
    if (!example) {
        return nullptr;
    }
    ordered_json values = ordered_json::array();
    for (const auto& [symbol, value] : example->values) {
        values.push_back({{"symbol", symbol}, {"value", value}});
    }
    return {{"values", values}, {"shows", example->shows}, {"replay", example->replay}};
}

void add_judgement(ordered_json& into, const Judgement& judgement, const std::string& place)
{
    into["verdict"] = to_string(judgement.verdict);
    into["strength"] = to_string(judgement.strength);
    into["scope"] = scope_json(judgement.scope);
    into["slack"] = slack_json(judgement.slack, place);
    into["digits"] = optional_value(judgement.digits);
    into["confidence"] = optional_value(judgement.confidence);
    into["counterexample"] = counterexample_json(judgement.counterexample);
    ordered_json evidence = ordered_json::array();
    for (const Evidence& item : judgement.evidence) {
        evidence.push_back(evidence_json(item, place));
    }
    into["evidence"] = evidence;
}

double finite(double value, const std::string& place)
{
    if (!std::isfinite(value)) {
        refuse(place, fmt::format("{} is not a finite number", value));
    }
    return value;
}

double duration(double value, const std::string& place)
{
    if (!(value >= 0)) {
        refuse(place, fmt::format("{} is not a duration", value));
    }
    return finite(value, place);
}

ordered_json controls_json(const Controls& controls, const std::string& place)
{
    if (controls.caught < 0 || controls.planted < controls.caught) {
        refuse(place,
               fmt::format("caught {} of {} planted faults", controls.caught, controls.planted));
    }
    ordered_json survivors = ordered_json::array();
    for (const Survivor& survivor : controls.survivors) {
        survivors.push_back({{"change", survivor.change}, {"why", survivor.why}});
    }
    return {{"planted", controls.planted}, {"caught", controls.caught}, {"survivors", survivors}};
}

ordered_json claim_json(const ClaimResult& claim, const std::string& place)
{
    ordered_json out;
    out["id"] = claim.id;
    out["where"] = claim.where;
    out["kind"] = claim.kind;
    out["summary"] = claim.summary;
    out["domain"] = claim.domain;
    out["statement"] = claim.statement;
    ordered_json stated = ordered_json::object();
    add_judgement(stated, claim.as_stated, place + ".as_stated");
    out["as_stated"] = stated;
    out["amended"] = nullptr;
    if (claim.amended) {
        ordered_json amended = {{"statement", claim.amended->statement}};
        add_judgement(amended, claim.amended->judgement, place + ".amended");
        out["amended"] = amended;
    }
    out["depends_on"] = claim.depends_on;
    out["controls"] = controls_json(claim.controls, place + ".controls");
    out["witness"] = claim.witness;
    out["bits"] = optional_value(claim.bits);
    out["seconds"] = duration(claim.seconds, place + ".seconds");
    out["note"] = claim.note;
    return out;
}

ordered_json constant_json(const ConstantRow& row, const std::string& place)
{
    for (const std::string& number : {row.mid, row.rad}) {
        if (!is_number(number)) {
            refuse(place, fmt::format("'{}' is not a number", number));
        }
    }
    return {{"scheme", row.scheme}, {"law", row.law}, {"n", row.n},
            {"beta", row.beta},     {"r0", row.r0},   {"extra", row.extra},
            {"mid", row.mid},       {"rad", row.rad}, {"digits", row.digits}};
}

ordered_json numbers_json(const std::vector<double>& values, const std::string& place)
{
    ordered_json out = ordered_json::array();
    for (std::size_t i = 0; i < values.size(); ++i) {
        out.push_back(finite(values[i], fmt::format("{}[{}]", place, i)));
    }
    return out;
}

ordered_json figure_json(const Figure& figure, const std::string& place)
{
    if (!is_file_stem(figure.id)) {
        refuse(place, "its id must be letters, digits, '_' and '-'");
    }
    ordered_json panels = ordered_json::array();
    for (const Panel& panel : figure.panels) {
        ordered_json curves = ordered_json::array();
        for (const Curve& curve : panel.curves) {
            const std::string here = fmt::format("{}, curve '{}'", place, curve.label);
            if (curve.x.size() != curve.y.size()) {
                refuse(here, fmt::format("{} abscissae but {} ordinates", curve.x.size(),
                                         curve.y.size()));
            }
            curves.push_back({{"label", curve.label},
                              {"x", numbers_json(curve.x, here + ".x")},
                              {"y", numbers_json(curve.y, here + ".y")}});
        }
        panels.push_back({{"title", panel.title},
                          {"x_label", panel.x_label},
                          {"y_label", panel.y_label},
                          {"log_x", panel.log_x},
                          {"log_y", panel.log_y},
                          {"curves", curves}});
    }
    return {{"id", figure.id}, {"caption", figure.caption}, {"panels", panels}};
}

ordered_json header_json(const Results& results)
{
    ordered_json libraries = ordered_json::array();
    for (const auto& [name, version] : results.suite.libraries) {
        libraries.push_back({{"name", name}, {"version", version}});
    }
    ordered_json out;
    out["schema"] = schema_name;
    out["suite"] = {{"version", results.suite.version},
                    {"commit", results.suite.commit},
                    {"compiler", results.suite.compiler},
                    {"libraries", libraries}};
    out["paper"] = {{"title", results.paper.title},
                    {"authors", results.paper.authors},
                    {"sha256", results.paper.sha256}};
    const RunInfo& run = results.run;
    out["run"] = {{"profile", run.profile},
                  {"digits", run.digits},
                  {"seed", run.seed <= exact_in_double ? ordered_json(run.seed)
                                                       : ordered_json(std::to_string(run.seed))},
                  {"threads", run.threads},
                  {"seconds", duration(run.seconds, "run.seconds")},
                  {"checker", run.checker}};
    return out;
}

bool is_flat(const ordered_json& value)
{
    return value.is_array()
           && std::none_of(value.begin(), value.end(),
                           [](const ordered_json& item) { return item.is_structured(); });
}

/// One member a line, but a list of plain values on one line: files stay short and differences
/// between two runs readable.
void print(std::string& out, const ordered_json& value, const std::string& place, std::size_t depth)
{
    const auto new_line = [&](std::size_t levels) { out += '\n' + std::string(2 * levels, ' '); };
    if (!value.is_structured() || value.empty() || is_flat(value)) {
        try {
            out += value.dump();
        } catch (const ordered_json::exception&) {
            refuse(place, "text that is not UTF-8");
        }
        return;
    }
    const bool object = value.is_object();
    out += object ? '{' : '[';
    bool first = true;
    std::size_t index = 0;
    for (const auto& [key, item] : value.items()) {
        out += first ? "" : ",";
        first = false;
        new_line(depth + 1);
        std::string here = object ? place + "." + key : fmt::format("{}[{}]", place, index++);
        if (object) {
            out += ordered_json(key).dump() + ": ";
        }
        print(out, item, here, depth + 1);
    }
    new_line(depth);
    out += object ? '}' : ']';
}

} // namespace

std::string to_json(const Results& results)
{
    ordered_json out = header_json(results);
    out["claims"] = ordered_json::array();
    std::set<std::string> seen;
    for (const ClaimResult& claim : results.claims) {
        const std::string place = fmt::format("claim '{}'", claim.id);
        if (!seen.insert(claim.id).second) {
            refuse(place, "occurs twice");
        }
        out["claims"].push_back(claim_json(claim, place));
    }
    if (const std::vector<std::string> cycle = find_cycle(dependencies_of(results));
        !cycle.empty()) {
        refuse("depends_on", fmt::format("has the cycle {}", fmt::join(cycle, " -> ")));
    }
    out["constants"] = ordered_json::array();
    for (std::size_t i = 0; i < results.constants.size(); ++i) {
        out["constants"].push_back(
            constant_json(results.constants[i], fmt::format("constants[{}]", i)));
    }
    out["figures"] = ordered_json::array();
    for (const Figure& figure : results.figures) {
        out["figures"].push_back(figure_json(figure, fmt::format("figure '{}'", figure.id)));
    }
    std::string text;
    print(text, out, "results", 0);
    text += '\n';
    return text;
}

void write_results(const Results& results, const std::filesystem::path& path)
{
    write_file(path, to_json(results));
}

} // namespace attest::report

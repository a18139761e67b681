#include "attest/ledger/proof_graph.hpp"
#include "attest/report/file.hpp"
#include "attest/report/json.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cctype>
#include <cmath>
#include <initializer_list>
#include <limits>
#include <set>

namespace attest::report {
namespace {

using Json = nlohmann::json;
using namespace ledger;

std::string one_line(std::string text)
{
    for (char& c : text) {
        if (static_cast<unsigned char>(c) < 0x20) {
            c = ' ';
        }
    }
    return text;
}

/// A value of the document together with where it stands, for messages.
class Place {
public:
    Place(const Json& value, std::string source, std::string path) :
        value_(&value), source_(std::move(source)), path_(std::move(path))
    {
    }

    [[noreturn]] void refuse(const std::string& why) const
    {
        throw InputError(
            one_line(fmt::format("{}: {}: {}", source_, path_.empty() ? "top level" : path_, why)));
    }

    /// Demands an object with exactly these members; the optional ones may be missing.
    void members(std::initializer_list<std::string_view> names,
                 std::initializer_list<std::string_view> optional = {}) const
    {
        if (!value_->is_object()) {
            refuse(fmt::format("must be an object, found {}", value_->type_name()));
        }
        for (const std::string_view name : names) {
            if (!value_->contains(name)) {
                refuse(fmt::format("field '{}' is missing", name));
            }
        }
        for (const auto& member : value_->items()) {
            const auto among = [&](std::initializer_list<std::string_view> list) {
                return std::find(list.begin(), list.end(), member.key()) != list.end();
            };
            if (!among(names) && !among(optional)) {
                refuse(fmt::format("unknown field '{}'", member.key()));
            }
        }
    }

    Place operator[](const char* name) const
    {
        return {value_->at(name), source_, path_.empty() ? name : path_ + "." + name};
    }

    bool has(const char* name) const { return value_->contains(name); }

    std::vector<Place> items() const
    {
        if (!value_->is_array()) {
            refuse(fmt::format("must be a list, found {}", value_->type_name()));
        }
        std::vector<Place> places;
        places.reserve(value_->size());
        for (std::size_t i = 0; i < value_->size(); ++i) {
            places.emplace_back((*value_)[i], source_, fmt::format("{}[{}]", path_, i));
        }
        return places;
    }

    bool is_null() const { return value_->is_null(); }
    bool is_text() const { return value_->is_string(); }

    std::string text() const
    {
        if (!value_->is_string()) {
            refuse(fmt::format("must be a string, found {}", value_->type_name()));
        }
        return value_->get<std::string>();
    }

    std::string number_text(bool infinity_allowed) const
    {
        std::string word = text();
        if (!(infinity_allowed ? is_number_or_infinity(word) : is_number(word))) {
            refuse(fmt::format("'{}' must be a decimal number{}", word,
                               infinity_allowed ? " or an infinity" : ""));
        }
        return word;
    }

    /// A number that is no fraction.
    std::string decimal_text() const
    {
        std::string word = text();
        if (!is_decimal(word)) {
            refuse(fmt::format("'{}' must be a decimal number, no fraction", word));
        }
        return word;
    }

    bool boolean() const
    {
        if (!value_->is_boolean()) {
            refuse(fmt::format("must be true or false, found {}", value_->type_name()));
        }
        return value_->get<bool>();
    }

    double number() const
    {
        if (!value_->is_number()) {
            refuse(fmt::format("must be a finite number, found {}", value_->type_name()));
        }
        const double number = value_->get<double>();
        if (!std::isfinite(number)) {
            refuse("must be a finite number");
        }
        return number;
    }

    double duration() const
    {
        const double seconds = number();
        if (seconds < 0) {
            refuse(fmt::format("{} must be at least 0", seconds));
        }
        return seconds;
    }

    long integer(long lowest, long highest = std::numeric_limits<long>::max()) const
    {
        const bool too_large =
            value_->is_number_unsigned()
            && value_->get<unsigned long long>() > static_cast<unsigned long long>(highest);
        if (!value_->is_number_integer() || too_large || value_->get<long>() < lowest
            || value_->get<long>() > highest) {
            refuse(fmt::format("must be an integer from {} to {}, found {}", lowest, highest,
                               value_->is_number() ? value_->dump() : value_->type_name()));
        }
        return value_->get<long>();
    }

    unsigned long long large_integer() const
    {
        if (value_->is_number_unsigned()) {
            return value_->get<unsigned long long>();
        }
        const std::string word = text();
        const bool digits = !word.empty() && word.size() <= 20
                            && word.find_first_not_of("0123456789") == std::string::npos;
        try {
            if (digits) {
                return std::stoull(word);
            }
        } catch (const std::out_of_range&) {
        }
        refuse(fmt::format("'{}' must be an integer from 0 to 2^64 - 1", word));
    }

    template <class Parse>
    auto word(Parse parse) const
    {
        const std::string name = text();
        try {
            return parse(name);
        } catch (const InputError& error) {
            refuse(error.what());
        }
    }

private:
    const Json* value_;
    std::string source_;
    std::string path_;
};

template <class Read>
auto optional_of(const Place& place, Read read) -> std::optional<decltype(read(place))>
{
    if (place.is_null()) {
        return std::nullopt;
    }
    return read(place);
}

Truth parse_truth(std::string_view word)
{
    for (const Truth value : {Truth::False, Truth::Unknown, Truth::True}) {
        if (to_string(value) == word) {
            return value;
        }
    }
    throw InputError(fmt::format("outcome '{}': must be one of false, unknown, true", word));
}

Scope read_scope(const Place& place)
{
    place.members({"kind", "text"});
    return {place["kind"].word(parse_scope_kind), place["text"].text()};
}

std::optional<long> read_digits(const Place& place)
{
    return optional_of(place, [](const Place& value) { return value.integer(0); });
}

std::vector<std::string> read_decimals(const Place& place)
{
    std::vector<std::string> numbers;
    for (const Place& item : place.items()) {
        numbers.push_back(item.decimal_text());
    }
    return numbers;
}

LimitPlot read_plot(const Place& place)
{
    place.members({"quantity", "variable", "limit", "courses"});
    LimitPlot plot;
    plot.quantity = place["quantity"].text();
    plot.variable = place["variable"].text();
    if (!place["limit"].is_null()) {
        plot.limit = place["limit"].decimal_text();
    }
    for (const Place& item : place["courses"].items()) {
        item.members({"label", "x", "lo", "hi"});
        Course course{item["label"].text(), read_decimals(item["x"]), read_decimals(item["lo"]),
                      read_decimals(item["hi"])};
        if (course.lo.size() != course.x.size() || course.hi.size() != course.x.size()) {
            item.refuse(fmt::format("x, lo and hi have {}, {} and {} entries", course.x.size(),
                                    course.lo.size(), course.hi.size()));
        }
        plot.courses.push_back(std::move(course));
    }
    return plot;
}

Evidence read_evidence(const Place& place)
{
    place.members({"route", "outcome", "strength", "scope", "digits", "carries", "detail"},
                  {"certificates", "plots"});
    Evidence item;
    item.route = place["route"].text();
    item.outcome = place["outcome"].word(parse_truth);
    item.strength = place["strength"].word(parse_strength);
    item.scope = read_scope(place["scope"]);
    item.digits = read_digits(place["digits"]);
    item.carries = place["carries"].boolean();
    item.detail = place["detail"].text();
    if (place.has("certificates")) {
        for (const Place& certificate : place["certificates"].items()) {
            certificate.members({"file", "recheck"});
            item.certificates.push_back(
                {{}, certificate["file"].text(), certificate["recheck"].text()});
        }
    }
    if (place.has("plots")) {
        for (const Place& plot : place["plots"].items()) {
            item.plots.push_back(read_plot(plot));
        }
    }
    return item;
}

Slack read_slack(const Place& place)
{
    const std::vector<Place> ends = place.items();
    if (ends.size() != 2) {
        place.refuse(fmt::format("must be [lo, hi], found {} entries", ends.size()));
    }
    return {ends[0].number_text(true), ends[1].number_text(true)};
}

Counterexample read_counterexample(const Place& place)
{
    place.members({"values", "shows", "replay"});
    Counterexample example;
    for (const Place& item : place["values"].items()) {
        item.members({"symbol", "value"});
        example.values.emplace_back(item["symbol"].text(), item["value"].text());
    }
    example.shows = place["shows"].text();
    example.replay = place["replay"].text();
    return example;
}

/// The fields of a judgement, of an object whose members were checked before.
Judgement read_judgement_fields(const Place& place)
{
    Judgement judgement;
    judgement.verdict = place["verdict"].word(parse_verdict);
    judgement.strength = place["strength"].word(parse_strength);
    judgement.scope = read_scope(place["scope"]);
    judgement.slack = optional_of(place["slack"], read_slack);
    judgement.digits = read_digits(place["digits"]);
    judgement.confidence =
        optional_of(place["confidence"], [](const Place& value) { return value.text(); });
    judgement.counterexample = optional_of(place["counterexample"], read_counterexample);
    for (const Place& item : place["evidence"].items()) {
        judgement.evidence.push_back(read_evidence(item));
    }
    return judgement;
}

Judgement read_judgement(const Place& place)
{
    place.members({"verdict", "strength", "scope", "slack", "digits", "confidence",
                   "counterexample", "evidence"});
    return read_judgement_fields(place);
}

Amended read_amended(const Place& place)
{
    place.members({"statement", "verdict", "strength", "scope", "slack", "digits", "confidence",
                   "counterexample", "evidence"});
    return {place["statement"].text(), read_judgement_fields(place)};
}

Controls read_controls(const Place& place)
{
    place.members({"planted", "caught", "survivors"});
    constexpr long most = std::numeric_limits<int>::max();
    Controls controls;
    controls.planted = static_cast<int>(place["planted"].integer(0, most));
    controls.caught = static_cast<int>(place["caught"].integer(0, controls.planted));
    for (const Place& item : place["survivors"].items()) {
        item.members({"change", "why"});
        controls.survivors.push_back({item["change"].text(), item["why"].text()});
    }
    return controls;
}

ClaimResult read_claim(const Place& place)
{
    place.members({"id", "where", "kind", "summary", "domain", "statement", "as_stated", "amended",
                   "depends_on", "controls", "witness", "bits", "seconds", "note"});
    ClaimResult claim;
    claim.id = place["id"].text();
    claim.where = place["where"].text();
    claim.kind = place["kind"].text();
    claim.summary = place["summary"].text();
    claim.domain = place["domain"].text();
    claim.statement = place["statement"].text();
    claim.as_stated = read_judgement(place["as_stated"]);
    claim.amended = optional_of(place["amended"], read_amended);
    for (const Place& item : place["depends_on"].items()) {
        claim.depends_on.push_back(item.text());
    }
    claim.controls = read_controls(place["controls"]);
    claim.witness = place["witness"].text();
    claim.bits = read_digits(place["bits"]);
    claim.seconds = place["seconds"].duration();
    claim.note = place["note"].text();
    return claim;
}

ConstantRow read_constant(const Place& place)
{
    place.members({"scheme", "law", "n", "beta", "r0", "extra", "mid", "rad", "digits"});
    ConstantRow row;
    row.scheme = place["scheme"].text();
    row.law = place["law"].text();
    row.n = place["n"].text();
    row.beta = place["beta"].text();
    row.r0 = place["r0"].text();
    row.extra = place["extra"].text();
    row.mid = place["mid"].number_text(false);
    row.rad = place["rad"].number_text(false);
    row.digits = place["digits"].integer(0);
    return row;
}

Curve read_curve(const Place& place)
{
    place.members({"label", "x", "y"});
    Curve curve;
    curve.label = place["label"].text();
    for (const Place& item : place["x"].items()) {
        curve.x.push_back(item.number());
    }
    for (const Place& item : place["y"].items()) {
        curve.y.push_back(item.number());
    }
    if (curve.x.size() != curve.y.size()) {
        place.refuse(fmt::format("{} abscissae but {} ordinates", curve.x.size(), curve.y.size()));
    }
    return curve;
}

Panel read_panel(const Place& place)
{
    place.members({"title", "x_label", "y_label", "log_x", "log_y", "curves"});
    Panel panel;
    panel.title = place["title"].text();
    panel.x_label = place["x_label"].text();
    panel.y_label = place["y_label"].text();
    panel.log_x = place["log_x"].boolean();
    panel.log_y = place["log_y"].boolean();
    for (const Place& item : place["curves"].items()) {
        panel.curves.push_back(read_curve(item));
    }
    return panel;
}

Figure read_figure(const Place& place)
{
    place.members({"id", "caption", "panels"});
    Figure figure;
    figure.id = place["id"].text();
    if (!is_file_stem(figure.id)) {
        place["id"].refuse(fmt::format("'{}' must be letters, digits, '_' and '-'", figure.id));
    }
    figure.caption = place["caption"].text();
    for (const Place& item : place["panels"].items()) {
        figure.panels.push_back(read_panel(item));
    }
    return figure;
}

SuiteInfo read_suite(const Place& place)
{
    place.members({"version", "commit", "compiler", "libraries"});
    SuiteInfo suite{place["version"].text(), place["commit"].text(), place["compiler"].text(), {}};
    for (const Place& item : place["libraries"].items()) {
        item.members({"name", "version"});
        suite.libraries.emplace_back(item["name"].text(), item["version"].text());
    }
    return suite;
}

PaperInfo read_paper(const Place& place)
{
    place.members({"title", "authors", "sha256"});
    return {place["title"].text(), place["sha256"].text(), place["authors"].text()};
}

RunInfo read_run(const Place& place)
{
    place.members({"profile", "digits", "seed", "threads", "seconds"}, {"checker"});
    RunInfo run;
    run.profile = place["profile"].text();
    run.digits = place["digits"].integer(0);
    run.seed = place["seed"].large_integer();
    run.threads = static_cast<int>(place["threads"].integer(0, std::numeric_limits<int>::max()));
    run.seconds = place["seconds"].duration();
    run.checker = place.has("checker") ? place["checker"].text() : "";
    return run;
}

/// Parses, and refuses an object that gives a field twice: readers differ in which one they keep.
Json parse(std::string_view text, const std::string& source)
{
    constexpr int deepest_nesting = 64;
    std::vector<std::set<std::string>> open;
    const auto watch = [&](int depth, Json::parse_event_t event, Json& value) {
        if (depth > deepest_nesting) {
            throw InputError(fmt::format("{}: malformed JSON: nested more than {} deep", source,
                                         deepest_nesting));
        }
        if (event == Json::parse_event_t::object_start) {
            open.emplace_back();
        } else if (event == Json::parse_event_t::object_end) {
            open.pop_back();
        } else if (event == Json::parse_event_t::key
                   && !open.back().insert(value.get<std::string>()).second) {
            throw InputError(fmt::format("{}: field '{}' is given twice in one object", source,
                                         one_line(value.get<std::string>())));
        }
        return true;
    };
    try {
        return Json::parse(text.begin(), text.end(), watch);
    } catch (const Json::exception& error) {
        std::string why = error.what();
        const std::size_t place = why.find("parse error");
        throw InputError(
            fmt::format("{}: malformed JSON: {}", source,
                        one_line(place == std::string::npos ? why : why.substr(place))));
    }
}

std::string_view without_sign(std::string_view text)
{
    if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
        text.remove_prefix(1);
    }
    return text;
}

/// Takes leading digits off; how many there were.
std::size_t take_digits(std::string_view& text)
{
    std::size_t count = 0;
    while (count < text.size() && text[count] >= '0' && text[count] <= '9') {
        ++count;
    }
    text.remove_prefix(count);
    return count;
}

} // namespace

bool is_file_stem(std::string_view text) noexcept
{
    return !text.empty()
           && text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                     "0123456789_-")
                  == std::string_view::npos;
}

bool is_number(std::string_view text) noexcept
{
    text = without_sign(text);
    if (take_digits(text) == 0) {
        return false;
    }
    if (!text.empty() && text.front() == '/') {
        text.remove_prefix(1);
        const bool nonzero = text.find_first_of("123456789") != std::string_view::npos;
        return take_digits(text) > 0 && nonzero && text.empty();
    }
    if (!text.empty() && text.front() == '.') {
        text.remove_prefix(1);
        if (take_digits(text) == 0) {
            return false;
        }
    }
    if (!text.empty() && (text.front() == 'e' || text.front() == 'E')) {
        text = without_sign(text.substr(1));
        if (take_digits(text) == 0) {
            return false;
        }
    }
    return text.empty();
}

bool is_number_or_infinity(std::string_view text) noexcept
{
    return is_number(text) || without_sign(text) == "inf";
}

bool is_decimal(std::string_view text) noexcept
{
    return is_number(text) && text.find('/') == std::string_view::npos;
}

Results from_json(std::string_view text, const std::string& source)
{
    const Json document = parse(text, source);
    const Place top(document, source, "");
    top.members({"schema", "suite", "paper", "run", "claims", "constants", "figures"});
    if (const std::string schema = top["schema"].text(); schema != schema_name) {
        top["schema"].refuse(fmt::format("'{}' must be '{}'", schema, schema_name));
    }
    Results results;
    results.suite = read_suite(top["suite"]);
    results.paper = read_paper(top["paper"]);
    results.run = read_run(top["run"]);
    std::set<std::string> seen;
    for (const Place& item : top["claims"].items()) {
        results.claims.push_back(read_claim(item));
        if (!seen.insert(results.claims.back().id).second) {
            item["id"].refuse(fmt::format("'{}' occurs twice", results.claims.back().id));
        }
    }
    if (const std::vector<std::string> cycle = ledger::find_cycle(dependencies_of(results));
        !cycle.empty()) {
        top["claims"].refuse(
            one_line(fmt::format("depends_on has the cycle {}", fmt::join(cycle, " -> "))));
    }
    for (const Place& item : top["constants"].items()) {
        results.constants.push_back(read_constant(item));
    }
    for (const Place& item : top["figures"].items()) {
        results.figures.push_back(read_figure(item));
    }
    return results;
}

Results read_results(const std::filesystem::path& path)
{
    return from_json(read_file(path), path.string());
}

} // namespace attest::report

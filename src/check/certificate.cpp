#include "certificate.hpp"

#include "number.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>

namespace check {
namespace {

const std::map<std::string, void (*)(const Json&)>& kinds()
{
    static const std::map<std::string, void (*)(const Json&)> known = {
        {"identity", check_identity}, {"at-least", check_at_least}, {"limit", check_limit},
        {"point", check_point},       {"cover", check_cover},       {"integral", check_integral},
        {"tube", check_tube}};
    return known;
}

/// A JSON text without excessive nesting and without members that are given twice.
Json read_json(const std::filesystem::path& file)
{
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error);
    require(!error && size <= largest_file, "the file cannot be read or is too large");
    std::ifstream in(file, std::ios::binary);
    require(in.good(), "the file cannot be read");
    std::vector<std::set<std::string>> open;
    const auto watch = [&open](int depth, Json::parse_event_t event, Json& parsed) {
        check_clock();
        require(depth <= 16, "JSON nested too deeply");
        if (event == Json::parse_event_t::object_start) {
            open.emplace_back();
        } else if (event == Json::parse_event_t::object_end) {
            open.pop_back();
        } else if (event == Json::parse_event_t::key) {
            const auto& key = parsed.get_ref<const std::string&>();
            require(open.back().insert(key).second, "member '" + shown(key) + "' is given twice");
        }
        return true;
    };
    return Json::parse(in, watch);
}

} // namespace

void require(bool condition, const std::string& reason)
{
    if (!condition) {
        throw Rejection(reason);
    }
}

Members::Members(const Json& object, const std::vector<std::string>& required,
                 const std::vector<std::string>& optional) :
    object_(object)
{
    require(object.is_object(), "an object is expected");
    for (const std::string& name : required) {
        require(object.contains(name), "member '" + name + "' is missing");
    }
    const auto known = [&](const std::string& name) {
        return std::find(required.begin(), required.end(), name) != required.end()
               || std::find(optional.begin(), optional.end(), name) != optional.end();
    };
    for (const auto& [name, value] : object.items()) {
        require(known(name), "member '" + shown(name) + "' is unknown");
    }
}

const std::string& Members::text(const std::string& name) const
{
    require(at(name).is_string(), "member '" + name + "' is not a string");
    return at(name).get_ref<const std::string&>();
}

const Json& Members::array(const std::string& name) const
{
    require(at(name).is_array(), "member '" + name + "' is not an array");
    return at(name);
}

mpq_class Members::number(const std::string& name) const
{
    return check::number(at(name));
}

long Members::count(const std::string& name, long lowest, long highest, long otherwise) const
{
    if (!has(name)) {
        return otherwise;
    }
    const Json& value = at(name);
    const std::string range = std::to_string(lowest) + " to " + std::to_string(highest);
    require(value.is_number_integer(), "member '" + name + "' is not a whole number " + range);
    const bool fits = value.is_number_unsigned()
                          ? value.get<std::uint64_t>() <= static_cast<std::uint64_t>(highest)
                          : value.get<std::int64_t>() <= highest;
    require(fits && value.get<std::int64_t>() >= lowest,
            "member '" + name + "' is not within " + range);
    return value.get<long>();
}

std::vector<std::string> Members::names(const std::string& name) const
{
    std::vector<std::string> result;
    for (const Json& item : array(name)) {
        require(item.is_string(), "member '" + name + "' is not a list of names");
        result.push_back(item.get<std::string>());
        require_name(result.back());
        require(std::count(result.begin(), result.end(), result.back()) == 1,
                "member '" + name + "' repeats a name");
    }
    return result;
}

Ranges Members::ranges(const std::string& name) const
{
    require(at(name).is_object(), "member '" + name + "' is not an object");
    Ranges result;
    for (const auto& [key, value] : at(name).items()) {
        require_name(key);
        result.emplace(key, range(value));
    }
    return result;
}

Definitions Members::lets() const
{
    Definitions result;
    if (!has("let")) {
        return result;
    }
    std::set<std::string> seen;
    for (const Json& item : array("let")) {
        require(item.is_array() && item.size() == 2 && item[0].is_string() && item[1].is_string(),
                "member 'let' is not a list of [name, formula]");
        result.emplace_back(item[0].get<std::string>(), item[1].get<std::string>());
        require(seen.insert(result.back().first).second, "a let name is defined twice");
    }
    return result;
}

mpq_class number(const Json& value)
{
    require(value.is_string(), "a number is not a string");
    return parse_number(value.get_ref<const std::string&>());
}

Range range(const Json& value)
{
    require(value.is_array() && value.size() == 2, "a range is not [lo, hi]");
    Range result;
    if (value[0] != "-inf") {
        result.lo = number(value[0]);
    }
    if (value[1] != "inf") {
        result.hi = number(value[1]);
    }
    require(!result.lo || !result.hi || *result.lo <= *result.hi, "a range is empty: lo > hi");
    return result;
}

std::pair<mpq_class, mpq_class> bounded_range(const Json& value)
{
    const Range result = range(value);
    require(result.lo && result.hi, "a range has no end");
    return {*result.lo, *result.hi};
}

Interval enclose(const Range& range)
{
    return {range.lo ? Real(*range.lo, MPFR_RNDD) : Real::infinity(-1),
            range.hi ? Real(*range.hi, MPFR_RNDU) : Real::infinity(1)};
}

Relation relation(const std::string& text)
{
    static const std::map<std::string, Relation> known = {{"<", Relation::Less},
                                                          {"<=", Relation::LessEqual},
                                                          {">", Relation::Greater},
                                                          {">=", Relation::GreaterEqual},
                                                          {"!=", Relation::Unequal}};
    const auto found = known.find(text);
    require(found != known.end(), "relation '" + shown(text) + "' is unknown");
    return found->second;
}

bool holds(const Interval& x, Relation relation)
{
    switch (relation) {
    case Relation::Less:
        return x.hi.sign() < 0;
    case Relation::LessEqual:
        return x.hi.sign() <= 0;
    case Relation::Greater:
        return x.lo.sign() > 0;
    case Relation::GreaterEqual:
        return x.lo.sign() >= 0;
    default:
        return !x.contains_zero();
    }
}

Outcome check_file(const std::filesystem::path& file, double limit_seconds)
{
    const auto start = std::chrono::steady_clock::now();
    Outcome outcome;
    start_clock(limit_seconds);
    const Precision precision(128);
    try {
        const Json whole = read_json(file);
        const Members members(whole, {"format", "claim", "certificate"}, {"part", "route"});
        require(members.text("format") == "attest-certificate/1",
                "member 'format' is not attest-certificate/1");
        outcome.claim = shown(members.text("claim"));
        for (const char* name : {"part", "route"}) {
            require(!members.has(name) || !members.text(name).empty(), "a member is empty");
        }
        const Json& certificate = members.at("certificate");
        require(certificate.is_object() && certificate.contains("kind")
                    && certificate["kind"].is_string(),
                "the certificate has no kind");
        outcome.kind = shown(certificate["kind"].get_ref<const std::string&>());
        const auto kind = kinds().find(certificate["kind"].get<std::string>());
        require(kind != kinds().end(), "kind '" + outcome.kind + "' is unknown");
        kind->second(certificate);
        outcome.accepted = true;
    } catch (const Json::exception& error) {
        outcome.why = std::string("malformed JSON: ") + error.what();
    } catch (const std::bad_alloc&) {
        outcome.why = "out of memory";
    } catch (const std::exception& error) {
        outcome.why = error.what();
    }
    std::replace_if(
        outcome.why.begin(), outcome.why.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
    outcome.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return outcome;
}

} // namespace check

#include "attest/proof/certificates.hpp"

#include <nlohmann/json.hpp>

#include <set>

namespace attest::proof {
namespace {

using Json = nlohmann::ordered_json;

Json let_json(const SharedText& text)
{
    Json let = Json::array();
    for (const auto& [name, formula] : text.let) {
        let.push_back(Json::array({name, formula}));
    }
    return let;
}

Json start(const std::string& kind, const SharedText& text)
{
    Json json;
    json["kind"] = kind;
    if (!text.let.empty()) {
        json["let"] = let_json(text);
    }
    return json;
}

Json ranges_json(const TextRanges& ranges)
{
    Json json = Json::object();
    for (const auto& [name, range] : ranges) {
        json[name] = Json::array({range.first, range.second});
    }
    return json;
}

std::set<std::string> symbols_of(const std::vector<Expr>& formulas)
{
    std::set<std::string> names;
    for (const Expr& formula : formulas) {
        const std::vector<std::string> more = formula.symbols();
        names.insert(more.begin(), more.end());
    }
    return names;
}

} // namespace

TextRanges symmetric_ranges(const std::vector<Expr>& formulas)
{
    TextRanges ranges;
    for (const std::string& name : symbols_of(formulas)) {
        ranges[name] = {name == "n" ? "2" : "0", name == "gamma" ? "1" : "inf"};
    }
    return ranges;
}

std::string identity_certificate(const Expr& lhs, const Expr& rhs)
{
    const SharedText text = shared_text({lhs, rhs});
    Json json = start("identity", text);
    json["lhs"] = text.formulas[0];
    json["rhs"] = text.formulas[1];
    std::set<std::string> names = symbols_of({lhs, rhs});
    // What the algebra knows of the names: n >= 1, and that these may be negative.
    if (names.erase("n") > 0) {
        json["ranges"] = {{"n", {"1", "inf"}}};
    }
    for (const char* name :
         {"alpha", "alpha0", "alphaint", "alphaC", "gamma", "thetaVtheta", "thetaA"}) {
        names.erase(name);
    }
    json["nonnegative"] = std::vector<std::string>(names.begin(), names.end());
    return json.dump();
}

std::optional<std::string> at_least_certificate(const Expr& lhs, const Expr& rhs,
                                                const AlgebraicProof& proof)
{
    if (!is_true(proof.outcome) || proof.method.empty()) {
        return std::nullopt;
    }
    const SharedText text = shared_text({lhs, rhs});
    Json json = start("at-least", text);
    json["lhs"] = text.formulas[0];
    json["rhs"] = text.formulas[1];
    json["method"] = proof.method;
    json["ranges"] = ranges_json(symmetric_ranges({lhs, rhs}));
    return json.dump();
}

std::optional<std::string> limit_certificate(const Expr& formula, const Expr& limit,
                                             const AlgebraicProof& proof)
{
    if (!is_true(proof.outcome) || !proof.reduced) {
        return std::nullopt;
    }
    const SharedText text = shared_text({formula, limit, *proof.reduced});
    Json json = start("limit", text);
    json["formula"] = text.formulas[0];
    json["reduced"] = text.formulas[2];
    json["name"] = "gamma";
    json["to"] = "1";
    json["limit"] = text.formulas[1];
    json["method"] = proof.method;
    json["ranges"] = ranges_json(symmetric_ranges({formula, limit}));
    return json.dump();
}

std::string point_certificate(const Expr& lhs, const std::string& relation, const Expr& rhs,
                              const std::map<std::string, Rational>& point)
{
    const SharedText text = shared_text({lhs, rhs});
    Json json = start("point", text);
    json["lhs"] = text.formulas[0];
    json["rhs"] = text.formulas[1];
    json["relation"] = relation;
    Json at = Json::object();
    for (const auto& [name, value] : point) {
        at[name] = attest::to_string(value);
    }
    json["at"] = at;
    return json.dump();
}

} // namespace attest::proof

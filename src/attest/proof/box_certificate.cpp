#include "attest/proof/boxes.hpp"
#include "attest/proof/certificates.hpp"

#include <nlohmann/json.hpp>

namespace attest::proof {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t largest_cover = 20'000;

std::string relation_of(Sign sign)
{
    switch (sign) {
    case Sign::Positive:
        return ">";
    case Sign::NonNegative:
        return ">=";
    case Sign::Negative:
        return "<";
    case Sign::NonPositive:
        break;
    }
    return "<=";
}

} // namespace

std::optional<std::string> cover_certificate(const SignClaim& claim, const BoxProof& proof)
{
    if (!is_true(proof.outcome) || proof.cover.size() > largest_cover) {
        return std::nullopt;
    }
    std::vector<Expr> formulas = {claim.formula};
    if (claim.chart) {
        formulas.push_back(claim.chart->factor);
        formulas.push_back(claim.chart->form);
        for (const ChartName& name : claim.chart->names) {
            formulas.push_back(name.formula);
        }
    }
    // Chart names depend on each other in order, so a name must not be shared before it is known:
    // formulas are printed in full here.
    Json json;
    json["kind"] = "cover";
    json["formula"] = formulas[0].text();
    json["relation"] = relation_of(claim.sign);
    Json ranges = Json::object();
    for (const auto& [name, range] : claim.ranges) {
        ranges[name] = Json::array({range.lo ? attest::to_string(*range.lo) : "-inf",
                                    range.hi ? attest::to_string(*range.hi) : "inf"});
    }
    json["ranges"] = ranges;
    if (claim.chart) {
        Json chart = Json::object();
        for (const ChartName& name : claim.chart->names) {
            const std::string text = name.formula.text();
            chart[name.name] = name.exprel ? "exprel(" + text + ")" : text;
        }
        json["chart"] = chart;
        json["factor"] = formulas[1].text();
        json["form"] = formulas[2].text();
    }
    json["order"] = proof.order;
    Json boxes = Json::array();
    for (const BoxEnds& ends : proof.cover) {
        Json box = Json::array();
        for (const auto& [lo, hi] : ends) {
            box.push_back(Json::array({attest::to_string(lo), attest::to_string(hi)}));
        }
        boxes.push_back(std::move(box));
    }
    json["boxes"] = boxes;
    json["splits"] = 3;
    return json.dump();
}

} // namespace attest::proof

#include "attest/report/proofs.hpp"

#include "attest/report/overview.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace attest::report {

using namespace ledger;

namespace {

bool is_proved_in_the_paper(const std::string& unit)
{
    return unit.starts_with("thm") || unit.starts_with("cor");
}

/// Parts of an id after which a line may end: "thm4.3/", "ii/", "post-", "ln".
std::vector<std::string> parts_of(const std::string& id)
{
    std::vector<std::string> parts(1);
    for (const char c : id) {
        parts.back() += c;
        if (c == '/' || c == '-') {
            parts.emplace_back();
        }
    }
    return parts;
}

} // namespace

std::vector<Proofs> proofs(const Results& results)
{
    std::vector<Proofs> found;
    for (const Group& group : groups(results)) {
        const bool has_edges =
            std::any_of(group.claims.begin(), group.claims.end(),
                        [](const ClaimResult* claim) { return !claim->depends_on.empty(); });
        if (!has_edges || !is_proved_in_the_paper(group.key)) {
            continue;
        }
        std::string stem = "proof_" + group.key;
        for (char& c : stem) {
            const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                               || (c >= '0' && c <= '9') || c == '_' || c == '-';
            c = plain ? c : '_';
        }
        found.push_back({group.title, stem, proof_graph(results, group.key)});
    }
    return found;
}

std::vector<std::string> box_id(const std::string& id, std::size_t characters)
{
    std::vector<std::string> lines(1);
    for (const std::string& part : parts_of(id)) {
        if (!lines.back().empty() && lines.back().size() + part.size() > characters) {
            lines.emplace_back();
        }
        lines.back() += part;
    }
    return lines;
}

std::string box_verdict(const ProofNode& node)
{
    if (node.claim == nullptr) {
        return "not in this run";
    }
    std::string out(to_string(node.claim->as_stated.verdict));
    if (node.claim->as_stated.verdict != Verdict::Holds && node.claim->amended) {
        out += fmt::format(", amended {}", to_string(node.claim->amended->judgement.verdict));
    }
    return out;
}

BoxColours box_colours(const ProofNode& node)
{
    // Lines after Okabe and Ito (2008), as the curves of the figures; fills are light tints.
    switch (node.claim == nullptr ? Verdict::NotChecked : node.claim->as_stated.verdict) {
    case Verdict::Holds:
        return {"#e3f4ee", "#009e73", false};
    case Verdict::Fails:
        return {"#fbe3d6", "#d55e00", false};
    case Verdict::Undecided:
        return {"#fff4d6", "#e69f00", true};
    case Verdict::Disagreement:
        return {"#f6e4ee", "#cc79a7", false};
    case Verdict::NotChecked:
        break;
    }
    return {"#f4f4f4", "#777777", true};
}

LayeredDrawing drawing_of(const Proofs& proofs)
{
    constexpr std::size_t boxes_in_a_row = 7;
    Arrows arrows;
    for (const ProofNode& node : reduced(proofs.graph).nodes) {
        arrows.push_back(node.rests_on);
    }
    return draw_layered(arrows, boxes_in_a_row);
}

} // namespace attest::report

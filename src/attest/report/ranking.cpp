#include "attest/report/ranking.hpp"

#include "attest/numbers/rational.hpp"
#include "attest/report/latex_parts.hpp"
#include "attest/report/latex_text.hpp"
#include "attest/report/markdown.hpp"
#include "attest/report/math.hpp"
#include "attest/report/overview.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace attest::report {

using namespace ledger;

const Judgement& RankedSlack::judgement() const
{
    return amended ? claim->amended->judgement : claim->as_stated;
}

namespace {

/// (Sign of infinity, number): compares as the extended real line does.
using End = std::pair<int, Rational>;
End end_of(const std::string& text)
{
    if (text.ends_with("inf")) {
        return {text.starts_with('-') ? -1 : 1, Rational(0)};
    }
    return {0, parse_rational(text)};
}

/// "attack: lhs <= rhs at ..." from the detail of that route; empty for any other evidence.
std::string worst_found(const Evidence& item)
{
    constexpr std::size_t most = 200;
    constexpr std::string_view before = "belongs to ";
    const std::size_t start = item.detail.find(before);
    if (item.route != "attack" || start == std::string::npos) {
        return "";
    }
    std::string text = item.detail.substr(start + before.size());
    text = text.substr(0, text.find("; replay:"));
    if (text.size() > most) {
        std::size_t end = most;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) {
            --end; // not inside a character
        }
        text = text.substr(0, end) + " ...";
    }
    return "attack: " + text;
}

template <class F>
void for_each_judgement(const Results& results, const F& f)
{
    for (const ClaimResult& claim : results.claims) {
        f(claim, claim.as_stated, false);
        if (claim.amended) {
            f(claim, claim.amended->judgement, true);
        }
    }
}

std::string introduction(const Results& results, std::size_t ranked)
{
    const int others = without_slack(results);
    return fmt::format(
        "{} {} a slack; they are ranked by its lower end, then by its upper end, so that what "
        "fails comes first and what "
        "holds comes by nearness to failure. An enclosure of zero is a case of equality. A slack "
        "found by the attack is relative, (right - left)/(|left| + |right|); any other is the "
        "difference in the units of its own inequality. {} checked {} none and {} not listed.",
        ranked, ranked == 1 ? "statement has" : "statements have", others,
        others == 1 ? "statement has" : "statements have", others == 1 ? "is" : "are");
}

} // namespace

std::vector<RankedSlack> ranked_slacks(const Results& results)
{
    std::vector<std::pair<std::pair<End, End>, RankedSlack>> keyed;
    for_each_judgement(results, [&](const ClaimResult& claim, const Judgement& judgement,
                                    bool amended) {
        if (judgement.slack) {
            const RankedSlack item{&claim, amended};
            keyed.emplace_back(std::pair{end_of(judgement.slack->lo), end_of(judgement.slack->hi)},
                               item);
        }
    });
    std::stable_sort(keyed.begin(), keyed.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<RankedSlack> ranked;
    for (const auto& [end, item] : keyed) {
        ranked.push_back(item);
    }
    return ranked;
}

std::string slack_place(const Judgement& judgement)
{
    for (const Evidence& item : judgement.evidence) {
        if (const std::string found = worst_found(item); !found.empty()) {
            return found;
        }
    }
    if (!judgement.counterexample || judgement.counterexample->values.empty()) {
        return scope_text(judgement.scope);
    }
    std::string out = "at";
    const char* separator = " ";
    for (const auto& [symbol, value] : judgement.counterexample->values) {
        out += fmt::format("{}{} = {}", separator, symbol, value);
        separator = ", ";
    }
    return out;
}

int without_slack(const Results& results)
{
    int count = 0;
    for_each_judgement(results, [&](const ClaimResult&, const Judgement& judgement, bool) {
        count += judgement.verdict != Verdict::NotChecked && !judgement.slack ? 1 : 0;
    });
    return count;
}

std::string ranking_markdown(const Results& results)
{
    const std::vector<RankedSlack> ranked = ranked_slacks(results);
    if (ranked.empty()) {
        return "";
    }
    std::string out = "## Slack of inequalities\n\n" + introduction(results, ranked.size())
                      + "\n\n| | claim | reading | verdict | slack | where |\n"
                        "|--:|---|---|---|---|---|\n";
    std::size_t rank = 0;
    for (const RankedSlack& item : ranked) {
        const Judgement& judgement = item.judgement();
        out += fmt::format("| {} | [{}](claims.md#{}) | {} | {} | {} | {} |\n", ++rank,
                           markdown_code(item.claim->id), claim_anchor(item.claim->id),
                           item.amended ? "amended" : "printed", to_string(judgement.verdict),
                           markdown_cell(slack_text(judgement)),
                           markdown_cell(slack_place(judgement)));
    }
    return out + "\n";
}

std::string ranking_latex(const Results& results)
{
    const std::vector<RankedSlack> ranked = ranked_slacks(results);
    if (ranked.empty()) {
        return "";
    }
    std::string out = "\\section{Slack of inequalities}\n" + introduction(results, ranked.size())
                      + "\n"
                      + table_head("@{}rL{0.27\\linewidth}llL{0.17\\linewidth}L{0.29\\linewidth}"
                                   "@{}",
                                   " & claim & reading & verdict & slack & where");
    std::size_t rank = 0;
    for (const RankedSlack& item : ranked) {
        const Judgement& judgement = item.judgement();
        out += fmt::format("{} & {} & {} & {} & {} & {}\\\\\n", ++rank, claim_link(*item.claim),
                           item.amended ? "amended" : "printed", verdict_latex(judgement.verdict),
                           slack_latex(judgement), latex_text(slack_place(judgement)));
    }
    return out + table_end;
}

} // namespace attest::report

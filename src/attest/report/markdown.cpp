#include "attest/report/markdown.hpp"

#include "attest/report/certificates.hpp"
#include "attest/report/decimal.hpp"
#include "attest/report/limit_plots.hpp"
#include "attest/report/math.hpp"
#include "attest/report/overview.hpp"
#include "attest/report/proofs.hpp"
#include "attest/report/ranking.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace attest::report {

using namespace ledger;

namespace {

std::string count_of(int number, const char* one, const char* many)
{
    return fmt::format("{} {}", number, number == 1 ? one : many);
}

std::string header(const Results& results)
{
    const RunInfo& run = results.run;
    std::string out = fmt::format("# {}: what holds\n\n", markdown_text(results.paper.title));
    out += fmt::format("Decided by attest {} (commit {}, {}), profile **{}**, {} digits, seed {}",
                       markdown_text(results.suite.version), markdown_code(results.suite.commit),
                       markdown_text(results.suite.compiler), markdown_text(run.profile),
                       run.digits, run.seed);
    if (has_timings(results)) {
        out += fmt::format(", {} in {} s", count_of(run.threads, "thread", "threads"),
                           show_seconds(run.seconds));
    }
    out += ".\n";
    if (!results.paper.sha256.empty()) {
        out += fmt::format("Text of the paper: SHA-256 {}.\n", markdown_code(results.paper.sha256));
    }
    return out
           + "Every number below is also in [results.json](results.json); statements and "
             "evidence of each claim are in [claims.md](claims.md), corrections in "
             "[errata.md](errata.md).\n\n";
}

std::string overview_table(const Tally& table)
{
    std::string out = "| verdict |";
    std::string rule = "|---|";
    for (const Strength strength : strength_order) {
        out += strength == Strength::None ? " no evidence |"
                                          : fmt::format(" {} |", to_string(strength));
        rule += "--:|";
    }
    out += " all |\n" + rule + "--:|\n";
    const auto cell = [](int count) {
        return count == 0 ? std::string(" · |") : fmt::format(" {} |", count);
    };
    for (std::size_t row = 0; row < verdict_order.size(); ++row) {
        out += fmt::format("| {} |", to_string(verdict_order[row]));
        for (std::size_t column = 0; column < strength_order.size(); ++column) {
            out += cell(table.counts[row][column]);
        }
        out += fmt::format(" **{}** |\n", table.verdict(row));
    }
    out += "| all |";
    for (std::size_t column = 0; column < strength_order.size(); ++column) {
        out += cell(table.strength(column));
    }
    return out + fmt::format(" **{}** |\n\n", table.total());
}

std::string overview(const Results& results)
{
    const Tally table = tally(results);
    const Totals sums = totals(results);
    std::string out = "## Overview\n\n";
    out += fmt::format("Of {} statements, {} hold as printed, {} fail, {} are undecided and {} "
                       "were not checked.",
                       table.total(), table.of(Verdict::Holds), table.of(Verdict::Fails),
                       table.of(Verdict::Undecided), table.of(Verdict::NotChecked));
    if (sums.amended > 0) {
        out += fmt::format(" Amended statements: {} given, of which {} hold.", sums.amended,
                           sums.amended_hold);
    }
    const int contradictions = static_cast<int>(disagreements(results).size());
    out += contradictions == 0
               ? " No two routes contradict each other."
               : fmt::format(" **In {} two routes contradict each other: a defect of the suite.**",
                             count_of(contradictions, "claim", "claims"));
    out += fmt::format(" Of {} planted in the checks themselves, {} were caught. "
                       "{}.\n\n",
                       count_of(sums.planted, "fault", "faults"), sums.caught,
                       certificates_summary(results));
    out += overview_table(table);
    return out
           + "*exact*: algebra over the rationals; *enclosed*: ball arithmetic, rounded outward; "
             "*numeric*: independent computations agree to the digits given; *statistical*: "
             "confidence statement; all of a report hold together with at least 95 %. A failing "
             "statement is a finding about the text, with its "
             "reason below.\n\n";
}

std::string finding(const ClaimResult& claim)
{
    std::string out = fmt::format("### {}\n\n", markdown_code(claim.id));
    out += fmt::format("{}.", markdown_text(claim.where));
    if (!claim.summary.empty()) {
        out += " " + markdown_text(claim.summary) + ".";
    }
    out += "\n\n";
    if (!claim.statement.empty()) {
        out += "As printed:\n\n" + forge_statement(claim.statement) + "\n";
    }
    out += fmt::format("Verdict: {}\n\n", judgement_markdown(claim.as_stated));
    for (const Evidence* item : refutations(claim.as_stated)) {
        out += fmt::format("- {} ({}): {}\n", markdown_text(item->route), to_string(item->strength),
                           markdown_text(item->detail));
    }
    out += "\n";
    if (claim.as_stated.counterexample) {
        out += counterexample_markdown(*claim.as_stated.counterexample) + "\n";
    }
    if (claim.amended) {
        out += "Amended:\n\n" + forge_statement(claim.amended->statement) + "\n";
        out += fmt::format("Verdict: {}\n\n", judgement_markdown(claim.amended->judgement));
    }
    if (!claim.note.empty()) {
        out += fmt::format("Note: {}\n\n", markdown_text(claim.note));
    }
    return out;
}

std::string findings(const Results& results)
{
    std::string out = "## Findings\n\n";
    const auto failing = with_verdict(results, Verdict::Fails);
    if (failing.empty()) {
        return out + "No statement fails.\n\n";
    }
    out += fmt::format("{} as printed.\n\n", count_of(static_cast<int>(failing.size()),
                                                      "statement fails", "statements fail"));
    for (const ClaimResult* claim : failing) {
        out += finding(*claim);
    }
    return out;
}

std::string conflicts(const Results& results)
{
    std::string out = "## Disagreements and weak checks\n\n";
    const auto contradicted = disagreements(results);
    if (contradicted.empty()) {
        out += "No two routes contradict each other.\n\n";
    } else {
        out += "| claim | route | says | detail |\n|---|---|---|---|\n";
        const auto rows = [&](const ClaimResult& claim, const Judgement& judgement) {
            if (judgement.verdict != Verdict::Disagreement) {
                return;
            }
            for (const Evidence& item : judgement.evidence) {
                out += fmt::format("| {} | {} | {} | {} |\n", markdown_code(claim.id),
                                   markdown_cell(item.route), to_string(item.outcome),
                                   markdown_cell(item.detail));
            }
        };
        for (const ClaimResult* claim : contradicted) {
            rows(*claim, claim->as_stated);
            if (claim->amended) {
                rows(*claim, claim->amended->judgement);
            }
        }
        out += "\n";
    }
    const auto weak = weak_checks(results);
    if (weak.empty()) {
        out += "Every planted fault was caught.\n\n";
    } else {
        out += "These planted faults were not refuted by the check they were planted in:\n\n"
               "| claim | planted fault | answer |\n|---|---|---|\n";
        for (const ClaimResult* claim : weak) {
            for (const Survivor& survivor : claim->controls.survivors) {
                out += fmt::format("| {} | {} | {} |\n", markdown_code(claim->id),
                                   markdown_cell(survivor.change), markdown_cell(survivor.why));
            }
        }
        out += "\n";
    }
    if (const int bare = totals(results).uncontrolled; bare > 0) {
        out += fmt::format("{} decided without any planted fault.\n\n",
                           count_of(bare, "claim was", "claims were"));
    }
    return out;
}

std::string verdict_cell(const ClaimResult& claim)
{
    const std::string_view word = to_string(claim.as_stated.verdict);
    const bool plain =
        claim.as_stated.verdict == Verdict::Holds || claim.as_stated.verdict == Verdict::NotChecked;
    std::string out = plain ? std::string(word) : fmt::format("**{}**", word);
    if (claim.amended) {
        out += fmt::format(" (amended: {})", to_string(claim.amended->judgement.verdict));
    }
    return out;
}

std::string claim_row(const ClaimResult& claim, bool timings)
{
    const Judgement& judgement = claim.as_stated;
    const bool checked = judgement.verdict != Verdict::NotChecked;
    const std::string name =
        checked ? fmt::format("[{}](claims.md#{})", markdown_code(claim.id), claim_anchor(claim.id))
                : markdown_code(claim.id);
    std::string out = fmt::format(
        "| {} | {} | {} | {} | {} | {} | {} |", name, verdict_cell(claim),
        judgement.strength == Strength::None ? "–" : to_string(judgement.strength),
        markdown_cell(scope_text(judgement.scope)), markdown_cell(slack_text(judgement)),
        judgement.digits ? std::to_string(*judgement.digits) : "–",
        markdown_cell(controls_text(claim.controls)));
    if (timings) {
        out += checked ? fmt::format(" {} |", show_seconds(claim.seconds)) : " – |";
    }
    return out + "\n";
}

std::string claim_tables(const Results& results)
{
    const bool timings = has_timings(results);
    std::string out = "## All claims\n\nControls: planted faults caught of planted. Slack: "
                      "enclosure of right minus left side, or of the distance from a limit.\n\n";
    for (const Group& group : groups(results)) {
        out += fmt::format("### {}\n\n", markdown_text(group.title));
        out += "| claim | verdict | strength | scope | slack | digits | controls |";
        out += timings ? " s |\n|---|---|---|---|---|--:|--:|--:|\n"
                       : "\n|---|---|---|---|---|--:|--:|\n";
        for (const ClaimResult* claim : group.claims) {
            out += claim_row(*claim, timings);
        }
        out += "\n";
    }
    return out;
}

std::string number_text(const std::string& number)
{
    const Scientific parts = split_exponent(number);
    return parts.exponent == 0
               ? parts.significand
               : fmt::format("{}·10<sup>{}</sup>", parts.significand, parts.exponent);
}

std::string constants(const Results& results)
{
    if (results.constants.empty()) {
        return "";
    }
    std::string out = "## Measured constants\n\nEach constant lies within the radius of the value "
                      "given.\n\n| scheme | law | n | β | r₀ | further | value | radius | digits "
                      "|\n|---|---|--:|--:|--:|---|---|---|--:|\n";
    for (const ConstantRow& row : results.constants) {
        out += fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} | {} |\n",
                           markdown_cell(row.scheme), forge_inline(row.law), markdown_cell(row.n),
                           markdown_cell(row.beta), markdown_cell(row.r0), markdown_cell(row.extra),
                           number_text(row.mid), number_text(shorten(row.rad, 2, Rounding::Up)),
                           row.digits);
    }
    return out + "\n";
}

std::string figures(const Results& results)
{
    const std::vector<Figure> all = all_figures(results);
    std::string out = all.empty() ? "" : "## Figures\n\n";
    for (const Figure& figure : all) {
        out += fmt::format("![{0}](figures/{0}.svg)\n\n{1}\n\n", figure.id,
                           markdown_text(figure.caption));
    }
    return out;
}

std::string not_checked(const Results& results)
{
    const auto rows = with_verdict(results, Verdict::NotChecked);
    if (rows.empty()) {
        return "";
    }
    std::string out =
        fmt::format("## Not checked\n\n{}, with the reason.\n\n"
                    "| claim | statement | reason |\n|---|---|---|\n",
                    count_of(static_cast<int>(rows.size()), "statement", "statements"));
    for (const ClaimResult* claim : rows) {
        out += fmt::format("| {} | {} | {} |\n", markdown_code(claim->id),
                           markdown_cell(claim->summary),
                           claim->note.empty() ? "no reason recorded" : markdown_cell(claim->note));
    }
    return out + "\n";
}

std::string suite(const Results& results)
{
    std::string out = "## Made with\n\n";
    for (const auto& [name, version] : results.suite.libraries) {
        out += fmt::format("- {} {}\n", markdown_text(name), markdown_text(version));
    }
    return results.suite.libraries.empty() ? "" : out;
}

} // namespace

std::string to_markdown(const Results& results)
{
    return header(results) + overview(results) + findings(results) + conflicts(results)
           + ranking_markdown(results) + proofs_markdown(results) + claim_tables(results)
           + constants(results) + figures(results) + not_checked(results) + suite(results);
}

} // namespace attest::report

#include "attest/report/certificates.hpp"
#include "attest/report/decimal.hpp"
#include "attest/report/markdown.hpp"
#include "attest/report/math.hpp"
#include "attest/report/overview.hpp"

#include <fmt/format.h>

namespace attest::report {

using namespace ledger;

std::string claim_anchor(std::string_view id)
{
    return "claim-" + plain_id(id, ".-");
}

std::string judgement_markdown(const Judgement& judgement)
{
    std::string out = fmt::format("**{}**", to_string(judgement.verdict));
    if (judgement.strength != Strength::None) {
        out += fmt::format(", {}", to_string(judgement.strength));
    }
    if (const std::string scope = scope_text(judgement.scope); !scope.empty()) {
        out += ", " + markdown_text(scope);
    }
    if (judgement.digits) {
        out += fmt::format(", {} digits", *judgement.digits);
    }
    if (judgement.confidence) {
        out += ", confidence " + markdown_text(*judgement.confidence);
    }
    if (const std::string slack = slack_text(judgement); !slack.empty()) {
        out += ", slack " + markdown_text(slack);
    }
    return out;
}

std::string counterexample_markdown(const Counterexample& example)
{
    std::string out;
    if (!example.values.empty()) {
        out += "Counterexample:";
        const char* separator = " ";
        for (const auto& [symbol, value] : example.values) {
            out += fmt::format("{}{}", separator, markdown_code(symbol + " = " + value));
            separator = ", ";
        }
        out += ".";
    }
    if (!example.shows.empty()) {
        out += (out.empty() ? "" : " ") + markdown_text(example.shows);
    }
    out += out.empty() ? "" : "\n";
    if (!example.replay.empty()) {
        out += "\n```sh\n" + replace_all(example.replay, "```", "` ` `") + "\n```\n";
    }
    return out;
}

namespace {

std::string evidence_line(const Evidence& item)
{
    std::string out =
        fmt::format("- {}: **{}**", markdown_text(item.route), to_string(item.outcome));
    if (item.strength != Strength::None) {
        out += fmt::format(", {}", to_string(item.strength));
    }
    if (const std::string scope = scope_text(item.scope); !scope.empty()) {
        out += ", " + markdown_text(scope);
    }
    if (item.digits) {
        out += fmt::format(", {} digits", *item.digits);
    }
    if (!item.carries) {
        out += ", supporting only";
    }
    if (const std::string certificates = certificates_text(item); !certificates.empty()) {
        out += "; " + certificates;
    }
    if (!item.detail.empty()) {
        out += ". " + markdown_text(item.detail);
    }
    return out + "\n";
}

std::string evidence_lines(const Judgement& judgement)
{
    std::string out;
    for (const Evidence& item : judgement.evidence) {
        out += evidence_line(item);
    }
    return out.empty() ? out : out + "\n";
}

std::string statement_block(const std::string& statement, const std::string& summary)
{
    std::string out = summary.empty() ? "" : markdown_text(summary) + "\n\n";
    if (!statement.empty()) {
        out += forge_statement(statement) + "\n";
    }
    return out;
}

std::string claim_entry(const ClaimResult& claim)
{
    std::string out = fmt::format("<a id=\"{}\"></a>\n\n### {}\n\n", claim_anchor(claim.id),
                                  markdown_code(claim.id));
    out += fmt::format("{} · {}\n\n", markdown_text(claim.where), markdown_text(claim.kind));
    out += statement_block(claim.statement, claim.summary);
    if (!claim.domain.empty()) {
        out += fmt::format("Domain: {}.\n\n", markdown_text(claim.domain));
    }
    out += fmt::format("As printed: {}\n\n", judgement_markdown(claim.as_stated));
    out += evidence_lines(claim.as_stated);
    if (claim.as_stated.counterexample) {
        out += counterexample_markdown(*claim.as_stated.counterexample) + "\n";
    }
    if (claim.amended) {
        out += "Amended statement:\n\n" + forge_statement(claim.amended->statement) + "\n";
        out += fmt::format("As amended: {}\n\n", judgement_markdown(claim.amended->judgement));
        out += evidence_lines(claim.amended->judgement);
    }
    if (!claim.witness.empty()) {
        out += fmt::format("Witness of the hypotheses: {}.\n\n", markdown_text(claim.witness));
    }
    if (!claim.depends_on.empty()) {
        out += "Rests on:";
        const char* separator = " ";
        for (const std::string& id : claim.depends_on) {
            out += fmt::format("{}{}", separator, markdown_code(id));
            separator = ", ";
        }
        out += "\n\n";
    }
    if (claim.controls.planted > 0) {
        out += fmt::format("Planted faults caught: {} of {}.\n\n", claim.controls.caught,
                           claim.controls.planted);
    }
    if (!claim.note.empty()) {
        out += fmt::format("Note: {}\n\n", markdown_text(claim.note));
    }
    return out;
}

std::string erratum(const ClaimResult& claim, int number)
{
    std::string out = fmt::format("## {}. {}\n\nClaim {}.\n\n", number, markdown_text(claim.where),
                                  markdown_code(claim.id));
    out += "As printed:\n\n" + statement_block(claim.statement, claim.summary);
    const std::vector<const Evidence*> why = refutations(claim.as_stated);
    if (!why.empty()) {
        out += fmt::format("Why it fails ({}): {}\n\n", to_string(why.front()->strength),
                           markdown_text(why.front()->detail));
    }
    if (claim.as_stated.counterexample) {
        out += counterexample_markdown(*claim.as_stated.counterexample) + "\n";
    }
    if (claim.amended) {
        out += "Instead:\n\n" + forge_statement(claim.amended->statement) + "\n";
        out += fmt::format("This statement: {}.\n\n", judgement_markdown(claim.amended->judgement));
    } else {
        out += "No amended statement is known.\n\n";
    }
    return out;
}

} // namespace

std::string claims_markdown(const Results& results)
{
    std::string out = fmt::format("# Claims and evidence\n\nEvery claim of *{}* that was checked: "
                                  "what was read, what was computed, what came out. "
                                  "The overview is in [report.md](report.md).\n\n",
                                  markdown_text(results.paper.title));
    for (const Group& group : groups(results)) {
        std::string entries;
        for (const ClaimResult* claim : group.claims) {
            if (claim->as_stated.verdict != Verdict::NotChecked) {
                entries += claim_entry(*claim);
            }
        }
        if (!entries.empty()) {
            out += fmt::format("## {}\n\n{}", markdown_text(group.title), entries);
        }
    }
    return out;
}

std::string errata_markdown(const Results& results)
{
    const auto failing = with_verdict(results, Verdict::Fails);
    std::string out =
        fmt::format("# Errata\n\nStatements of *{}* that do not hold as printed, in "
                    "the order of the paper, as found by attest {} (profile {}).\n\n",
                    markdown_text(results.paper.title), markdown_text(results.suite.version),
                    markdown_text(results.run.profile));
    if (failing.empty()) {
        return out + "None was found.\n";
    }
    int number = 0;
    for (const ClaimResult* claim : failing) {
        out += erratum(*claim, ++number);
    }
    return out;
}

} // namespace attest::report

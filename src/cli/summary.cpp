#include "cli/summary.hpp"

#include "cli/console.hpp"

#include "attest/report/certificates.hpp"
#include "attest/report/overview.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace attest::cli {
namespace {

using ledger::Verdict;

Colour colour_of(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Holds:
        return Colour::Green;
    case Verdict::Fails:
        return Colour::Yellow;
    case Verdict::Disagreement:
        return Colour::Red;
    case Verdict::Undecided:
        return Colour::Cyan;
    case Verdict::NotChecked:
        break;
    }
    return Colour::Dim;
}

void print_tally(const ledger::Results& results)
{
    const report::Tally tally = report::tally(results);
    std::vector<std::string> header = {"VERDICT", "CLAIMS"};
    for (const ledger::Strength strength : report::strength_order) {
        if (strength != ledger::Strength::None) {
            header.emplace_back(to_string(strength));
        }
    }
    Table table(header);
    for (std::size_t row = 0; row < report::verdict_order.size(); ++row) {
        const Verdict verdict = report::verdict_order[row];
        std::vector<std::string> cells = {std::string(to_string(verdict)),
                                          std::to_string(tally.verdict(row))};
        for (std::size_t column = 0; column < report::strength_order.size(); ++column) {
            if (report::strength_order[column] != ledger::Strength::None) {
                const int count = tally.counts[row][column];
                cells.push_back(count == 0 ? "-" : std::to_string(count));
            }
        }
        table.add(std::move(cells), {colour_of(verdict)});
    }
    fmt::print("\n{}", table.fitted());
}

/// The shortest account of why a claim is not simply true.
std::string why(const ledger::ClaimResult& claim)
{
    const ledger::Judgement& judgement = claim.as_stated;
    if (judgement.counterexample) {
        return judgement.counterexample->shows;
    }
    const auto refuting = report::refutations(judgement);
    if (!refuting.empty()) {
        return refuting.front()->detail;
    }
    const auto open = std::find_if(judgement.evidence.begin(), judgement.evidence.end(),
                                   [](const auto& item) { return is_unknown(item.outcome); });
    return open != judgement.evidence.end() ? open->detail : claim.note;
}

void print_findings(const ledger::Results& results)
{
    Table table({"CLAIM", "VERDICT", "STRENGTH", "AMENDED", "WHY"});
    bool any = false;
    for (const Verdict verdict : {Verdict::Fails, Verdict::Undecided}) {
        for (const ledger::ClaimResult* claim : report::with_verdict(results, verdict)) {
            any = true;
            table.add(
                {claim->id, std::string(to_string(verdict)),
                 std::string(to_string(claim->as_stated.strength)),
                 claim->amended ? std::string(to_string(claim->amended->judgement.verdict)) : "-",
                 one_line(why(*claim))},
                {Colour::Plain, colour_of(verdict)});
        }
    }
    for (const ledger::ClaimResult* claim : report::disagreements(results)) {
        any = true;
        table.add({claim->id, "disagreement", "-", "-", one_line(why(*claim))},
                  {Colour::Plain, Colour::Red});
    }
    if (any) {
        fmt::print("\n{}", table.fitted());
    }
}

void print_judgement(const ledger::Judgement& judgement)
{
    const auto line = [](std::string_view name, std::string_view value) {
        if (!value.empty()) {
            fmt::print("  {:<15}{}\n", name, value);
        }
    };
    line("verdict", verdict_word(judgement.verdict));
    if (judgement.verdict == Verdict::NotChecked) {
        return;
    }
    line("strength", to_string(judgement.strength));
    line("scope", report::scope_text(judgement.scope));
    line("slack", report::slack_text(judgement));
    line("digits", judgement.digits ? std::to_string(*judgement.digits) : "");
    line("confidence", judgement.confidence.value_or(""));
    for (const ledger::Evidence& evidence : judgement.evidence) {
        line("evidence", fmt::format("{} ({}{}): {}", evidence.route, to_string(evidence.outcome),
                                     evidence.carries ? "" : ", supports only", evidence.detail));
    }
    if (judgement.counterexample) {
        std::vector<std::string> values;
        for (const auto& [symbol, value] : judgement.counterexample->values) {
            values.push_back(fmt::format("{} = {}", symbol, value));
        }
        line("counterexample", fmt::format("{}", fmt::join(values, ", ")));
        line("", judgement.counterexample->shows);
        line("replay", judgement.counterexample->replay);
    }
}

} // namespace

std::string verdict_word(Verdict verdict)
{
    return coloured(to_string(verdict), colour_of(verdict));
}

void print_summary(const ledger::Results& results)
{
    print_tally(results);
    print_findings(results);
    const report::Totals totals = report::totals(results);
    fmt::print("\n{} claims in {}; {} amended statements, {} of them hold; {} planted faults, {} "
               "caught\n{}\n",
               results.claims.size(), spoken_duration(results.run.seconds), totals.amended,
               totals.amended_hold, totals.planted, totals.caught,
               report::certificates_summary(results));
}

void print_claim(const ledger::ClaimResult& claim)
{
    fmt::print("\nAs printed\n");
    if (!claim.statement.empty()) {
        fmt::print("  {:<15}{}\n", "formula", claim.statement);
    }
    print_judgement(claim.as_stated);
    if (claim.amended) {
        fmt::print("\nAmended\n  {:<15}{}\n", "formula", claim.amended->statement);
        print_judgement(claim.amended->judgement);
    }
    fmt::print("\n");
    const auto line = [](std::string_view name, const std::string& value) {
        if (!value.empty()) {
            fmt::print("{:<17}{}\n", name, value);
        }
    };
    line("depends on", fmt::format("{}", fmt::join(claim.depends_on, ", ")));
    line("witness", claim.witness);
    if (claim.controls.planted > 0) {
        line("planted faults",
             fmt::format("{} caught of {}", claim.controls.caught, claim.controls.planted));
        for (const ledger::Survivor& survivor : claim.controls.survivors) {
            line("  not caught", fmt::format("{}: {}", survivor.change, survivor.why));
        }
    }
    line("bits", claim.bits ? std::to_string(*claim.bits) : "");
    line("time", fmt::format("{:.2f} s", claim.seconds));
    line("note", claim.note);
}

} // namespace attest::cli

#include "attest/report/mutation.hpp"

#include "attest/numbers/errors.hpp"
#include "attest/report/math.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace attest::report {
namespace mutation_report {
namespace {

using MutationJson = nlohmann::ordered_json;
using ledger::ClaimMutants;
using ledger::Fate;
using ledger::FateCounts;

MutationJson counts_json(const FateCounts& counts)
{
    MutationJson out;
    for (const Fate fate : all_fates) {
        out[std::string(to_string(fate))] = counts[fate];
    }
    return out;
}

FateCounts counts_from(const MutationJson& json)
{
    FateCounts counts;
    for (const Fate fate : all_fates) {
        counts[fate] = json.at(std::string(to_string(fate))).get<long>();
    }
    return counts;
}

MutationJson settings_json(const MutationSettings& settings)
{
    return {{"schema", mutants_schema},
            {"sample", settings.sample},
            {"seed", settings.seed},
            {"digits", settings.digits},
            {"seconds_per_claim", settings.seconds_per_claim},
            {"commit", settings.commit}};
}

MutationJson claim_json(const ClaimMutants& claim)
{
    MutationJson operations = MutationJson::object();
    for (const auto& [operation, counts] : claim.by_operation) {
        operations[operation] = counts_json(counts);
    }
    MutationJson leftovers = MutationJson::array();
    for (const ledger::Leftover& one : claim.leftovers) {
        leftovers.push_back({{"part", one.part},
                             {"operation", one.operation},
                             {"place", one.place},
                             {"change", one.change},
                             {"fate", to_string(one.end.fate)},
                             {"why", one.end.why}});
    }
    return {{"id", claim.id},
            {"subject", claim.subject},
            {"verdict", to_string(claim.verdict)},
            {"made", claim.made},
            {"tried", claim.counts().tried()},
            {"by_operation", std::move(operations)},
            {"unread", claim.unread},
            {"leftovers", std::move(leftovers)},
            {"seconds", std::round(claim.seconds * 1000) / 1000}};
}

ClaimMutants claim_from(const MutationJson& json)
{
    ClaimMutants claim;
    claim.id = json.at("id").get<std::string>();
    claim.subject = json.at("subject").get<std::string>();
    claim.verdict = ledger::parse_verdict(json.at("verdict").get<std::string>());
    claim.made = json.at("made").get<long>();
    for (const auto& [operation, counts] : json.at("by_operation").items()) {
        claim.by_operation[operation] = counts_from(counts);
    }
    claim.unread = json.at("unread").get<std::vector<std::string>>();
    for (const MutationJson& one : json.at("leftovers")) {
        claim.leftovers.push_back({one.at("part").get<std::string>(),
                                   one.at("operation").get<std::string>(),
                                   one.at("place").get<std::string>(),
                                   one.at("change").get<std::string>(),
                                   {ledger::parse_fate(one.at("fate").get<std::string>()),
                                    one.at("why").get<std::string>()}});
    }
    claim.seconds = json.at("seconds").get<double>();
    return claim;
}

/// Calls read(json) and turns every failure into one line that names the source.
template <class Read>
auto from_line(std::string_view line, const std::string& source, const Read& read)
{
    try {
        return read(MutationJson::parse(line));
    } catch (const MutationJson::exception& error) {
        throw InputError(fmt::format("{}: no line of mutants: {}", source, error.what()));
    }
}

std::map<std::string, FateCounts> by_operation(const std::vector<ClaimMutants>& claims)
{
    std::map<std::string, FateCounts> all;
    for (const ClaimMutants& claim : claims) {
        for (const auto& [operation, counts] : claim.by_operation) {
            all[operation] += counts;
        }
    }
    return all;
}

// --- Markdown ----------------------------------------------------------------------------------

/// The rest of a table's heading, after its first cell.
std::string fate_header()
{
    std::string names = " made | tried |";
    std::string rule = "|---|--:|--:|";
    for (const Fate fate : all_fates) {
        names += fmt::format(" {} |", fate_title(fate));
        rule += "--:|";
    }
    return names + "\n" + rule + "\n";
}

std::string fate_cells(long made_of_it, const FateCounts& counts)
{
    std::string out = fmt::format(" {} | {} |", made_of_it, counts.tried());
    for (const Fate fate : all_fates) {
        out += fmt::format(" {} |", counts[fate]);
    }
    return out + "\n";
}

std::string share(const FateCounts& counts)
{
    constexpr double percent = 100;
    return counts.faults() == 0
               ? std::string("none")
               : fmt::format("{} of {} ({:.1f} %)", counts.detected(), counts.faults(),
                             percent * static_cast<double>(counts.detected())
                                 / static_cast<double>(counts.faults()));
}

void add_totals(std::string& out, const MutationRun& run)
{
    out += std::string("| |") + fate_header();
    const MutantSums paper = sums_of(run.claims, MutantsOf::Paper);
    const MutantSums model = sums_of(run.claims, MutantsOf::Model);
    const auto row = [&](const char* name, const MutantSums& sums) {
        out += fmt::format("| {} |", name) + fate_cells(sums.made, sums.counts);
    };
    row("claims of the paper", paper);
    row("formulas of the model", model);
    row("total", sums_of(run.claims));
    out += fmt::format("\nRefuted, of the mutants that are not equivalent and not proved true: {} "
                       "in the paper's claims, {} in the model.\n",
                       share(paper.counts), share(model.counts));
}

void add_operations(std::string& out, const MutationRun& run)
{
    out += std::string("\n## By operator\n\n| operator |") + fate_header();
    for (const auto& [operation, counts] : by_operation(run.claims)) {
        out += fmt::format("| {} |", operation) + fate_cells(counts.tried(), counts);
    }
}

void add_claims(std::string& out, const MutationRun& run)
{
    out += std::string("\n## By claim\n\n| claim |") + fate_header();
    for (const ClaimMutants& claim : run.claims) {
        if (claim.made > 0 && claim.verdict == ledger::Verdict::Holds) {
            out += fmt::format("| {} |", claim.id) + fate_cells(claim.made, claim.counts());
        }
    }
    out += "\n## Without mutants\n\n";
    for (const ClaimMutants& claim : run.claims) {
        if (claim.verdict != ledger::Verdict::Holds) {
            out += fmt::format("- {}: the {} statement is '{}': a mutant of it would say nothing "
                               "about the check\n",
                               claim.id, claim.subject, to_string(claim.verdict));
        } else if (claim.made == 0) {
            out +=
                fmt::format("- {}: words only, of which no operator knows another one\n", claim.id);
        }
    }
}

void add_unread(std::string& out, const MutationRun& run)
{
    out +=
        "\n## Parts that a check does not read\n\nThe answer stays \"holds\" when they are taken "
        "away and when they are replaced by nonsense.\n\n";
    bool any = false;
    for (const ClaimMutants& claim : run.claims) {
        for (const std::string& part : claim.unread) {
            out += fmt::format("- {}: {}\n", claim.id, markdown_code(part));
            any = true;
        }
    }
    out += any ? "" : "None.\n";
}

void add_leftovers(std::string& out, const MutationRun& run, Fate fate, const char* title,
                   const char* meaning)
{
    out += fmt::format("\n## {}\n\n{}\n", title, meaning);
    bool any = false;
    for (const ClaimMutants& claim : run.claims) {
        bool headed = false;
        for (const ledger::Leftover& one : claim.leftovers) {
            if (one.end.fate != fate) {
                continue;
            }
            out += headed ? "" : fmt::format("\n{}\n", claim.id);
            headed = any = true;
            out += fmt::format("- {}, {}: {}: {}\n", markdown_code(one.part), one.operation,
                               markdown_code(one.change), markdown_code(one.end.why));
        }
    }
    out += any ? "" : "\nNone.\n";
}

} // namespace
} // namespace mutation_report

bool is_model_row(std::string_view id)
{
    return id.substr(0, 6) == "model/";
}

std::string fate_title(ledger::Fate fate)
{
    return fate == ledger::Fate::Proved ? "proved true"
                                        : replace_all(std::string(to_string(fate)), "-", " ");
}

MutantSums sums_of(const std::vector<ledger::ClaimMutants>& claims, MutantsOf which)
{
    MutantSums sums;
    for (const ledger::ClaimMutants& claim : claims) {
        if (which == MutantsOf::All || (which == MutantsOf::Model) == is_model_row(claim.id)) {
            sums.made += claim.made;
            sums.counts += claim.counts();
        }
    }
    return sums;
}

std::string settings_line(const MutationSettings& settings)
{
    using namespace mutation_report;
    return settings_json(settings).dump();
}

std::string mutants_line(const ledger::ClaimMutants& claim)
{
    using namespace mutation_report;
    return claim_json(claim).dump();
}

MutationSettings settings_from_line(std::string_view line, const std::string& source)
{
    using namespace mutation_report;
    return from_line(line, source, [](const MutationJson& json) {
        MutationSettings settings;
        settings.sample = json.at("sample").get<long>();
        settings.seed = json.at("seed").get<unsigned long long>();
        settings.digits = json.at("digits").get<long>();
        settings.seconds_per_claim = json.at("seconds_per_claim").get<std::string>();
        settings.commit = json.at("commit").get<std::string>();
        return settings;
    });
}

ledger::ClaimMutants mutants_from_line(std::string_view line, const std::string& source)
{
    using namespace mutation_report;
    return from_line(line, source, claim_from);
}

std::string mutation_json(const MutationRun& run)
{
    using namespace mutation_report;
    MutationJson out = settings_json(run.settings);
    out["suite"] = {{"version", run.suite.version}, {"compiler", run.suite.compiler}};
    for (const auto& [name, part] :
         {std::pair("total", MutantsOf::All), std::pair("paper", MutantsOf::Paper),
          std::pair("model", MutantsOf::Model)}) {
        const MutantSums sums = sums_of(run.claims, part);
        MutationJson json = counts_json(sums.counts);
        json["made"] = sums.made;
        json["tried"] = sums.counts.tried();
        out[name] = std::move(json);
    }
    for (const auto& [operation, counts] : by_operation(run.claims)) {
        out["by_operation"][operation] = counts_json(counts);
    }
    out["claims"] = MutationJson::array();
    for (const ClaimMutants& claim : run.claims) {
        out["claims"].push_back(claim_json(claim));
    }
    return out.dump(1) + "\n";
}

std::string mutation_markdown(const MutationRun& run)
{
    using namespace mutation_report;
    std::string out = fmt::format(
        "# Planted faults, systematically\n\n{} of each claim, seed {}, {} digits, commit {}. What "
        "the columns mean: docs/faults.md.\n\n",
        run.settings.sample == 0 ? std::string("All mutants")
                                 : fmt::format("{} mutants", run.settings.sample),
        run.settings.seed, run.settings.digits, run.settings.commit);
    add_totals(out, run);
    add_operations(out, run);
    add_claims(out, run);
    add_unread(out, run);
    add_leftovers(out, run, Fate::Missed, "Missed", "Passed on numeric or statistical evidence.");
    add_leftovers(out, run, Fate::Undecided, "Undecided",
                  "Neither proved nor refuted: they do not pass, and are not shown to be wrong.");
    add_leftovers(out, run, Fate::NoStatement, "No statement",
                  "The check stopped: no value or no meaning.");
    add_leftovers(out, run, Fate::TrueAtPoints, "True at the points of the statement", "");
    add_leftovers(out, run, Fate::Proved, "Proved true",
                  "The check proved the mutant: a weaker statement, or another true one.");
    return out;
}

} // namespace attest::report

#include "cli/claim_filter.hpp"

#include "cli/arguments.hpp"
#include "cli/results_location.hpp"

#include "attest/numbers/errors.hpp"
#include "attest/report/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace attest::cli {
namespace {

const std::vector<std::string> verdicts{"holds", "fails", "undecided", "not-checked",
                                        "disagreement"};
const std::vector<std::string> strengths{"none", "statistical", "numeric", "enclosed", "exact"};

std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

} // namespace

void ClaimFilter::add_to(CLI::App& command)
{
    command.add_option("claims", patterns_, "Ids or globs ('*' also spans '/'); all");
    command.add_option("--section", section_,
                       "Only claims of this place, as 'attest show' prints it under where: "
                       "'Theorem 4.1', 'appendix a'");
    command.add_option("--verdict", verdict_,
                       fmt::format("Only claims recorded so: {}", fmt::join(verdicts, ", ")));
    command.add_option("--strength", strength_,
                       fmt::format("Only claims recorded so: {}", fmt::join(strengths, ", ")));
    command.add_option("--results", results_,
                       "results.json to read verdicts from (./attest-report, else the reference "
                       "run)");
}

std::map<std::string, ledger::ClaimResult> ClaimFilter::results() const
{
    std::optional<std::filesystem::path> file;
    if (!results_.empty()) {
        file = results_;
    } else {
        file = results_here();
        file = file ? file : reference_results();
    }
    if (!file) {
        throw InputError("verdict, strength: need a results file: --results FILE, or run 'attest "
                         "verify' first");
    }
    std::map<std::string, ledger::ClaimResult> out;
    for (ledger::ClaimResult& claim : report::read_results(*file).claims) {
        std::string id = claim.id;
        out.emplace(std::move(id), std::move(claim));
    }
    return out;
}

std::vector<std::string> ClaimFilter::ids(const ledger::Registry& registry) const
{
    const std::string verdict = verdict_.empty() ? "" : parse_choice("verdict", verdict_, verdicts);
    const std::string strength =
        strength_.empty() ? "" : parse_choice("strength", strength_, strengths);
    std::map<std::string, ledger::ClaimResult> recorded;
    if (asks_for_results()) {
        recorded = results();
    }
    std::vector<std::string> out;
    for (const std::string& id : registry.select(patterns_)) {
        if (!section_.empty()
            && lower(registry.row(id).where).find(lower(section_)) == std::string::npos) {
            continue;
        }
        if (asks_for_results()) {
            const auto found = recorded.find(id);
            if (found == recorded.end()
                || (!verdict.empty()
                    && ledger::to_string(found->second.as_stated.verdict) != verdict)
                || (!strength.empty()
                    && ledger::to_string(found->second.as_stated.strength) != strength)) {
                continue;
            }
        }
        out.push_back(id);
    }
    if (out.empty() && !section_.empty() && !asks_for_results()) {
        throw InputError(fmt::format("section '{}': no claim of those chosen stands there: must be "
                                     "part of a place such as Theorem 4.1 or Appendix A",
                                     section_));
    }
    return out;
}

} // namespace attest::cli

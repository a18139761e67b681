#include "cli/claim_filter.hpp"

#include "cli/results_location.hpp"

#include "attest/numbers/errors.hpp"
#include "attest/report/json.hpp"
#include "attest/report/overview.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>

namespace attest::cli {
namespace {

/// "holds, fails, ...": the words of these values.
template <class Order>
std::string words_of_all(const Order& order)
{
    std::vector<std::string_view> words;
    for (const auto value : order) {
        words.push_back(ledger::to_string(value));
    }
    return fmt::format("{}", fmt::join(words, ", "));
}

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
                       "Only claims recorded so: " + words_of_all(report::verdict_order));
    command.add_option("--strength", strength_,
                       "Only claims recorded so: " + words_of_all(report::strength_order));
    command.add_option("--results", results_,
                       "results.json to read verdicts from (./attest-report, else the reference "
                       "run)");
}

ledger::Results ClaimFilter::results() const
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
    return report::read_results(*file);
}

std::vector<ChosenClaim> ClaimFilter::chosen(const ledger::Registry& registry) const
{
    std::optional<ledger::Verdict> verdict;
    if (!verdict_.empty()) {
        verdict = ledger::parse_verdict(verdict_);
    }
    std::optional<ledger::Strength> strength;
    if (!strength_.empty()) {
        strength = ledger::parse_strength(strength_);
    }
    const bool from_results = verdict || strength;
    std::map<std::string, ledger::Verdict> recorded; // of the claims that match
    if (from_results) {
        for (const ledger::ClaimResult& claim : results().claims) {
            const ledger::Judgement& judgement = claim.as_stated;
            if ((!verdict || judgement.verdict == *verdict)
                && (!strength || judgement.strength == *strength)) {
                recorded.emplace(claim.id, judgement.verdict);
            }
        }
    }
    std::vector<ChosenClaim> chosen;
    for (std::string& id : registry.select(patterns_)) {
        if (!section_.empty()
            && lower(registry.row(id).where).find(lower(section_)) == std::string::npos) {
            continue;
        }
        if (!from_results) {
            chosen.push_back({std::move(id), std::nullopt});
        } else if (const auto found = recorded.find(id); found != recorded.end()) {
            chosen.push_back({std::move(id), found->second});
        }
    }
    if (chosen.empty() && !section_.empty() && !from_results) {
        throw InputError(fmt::format("section '{}': no claim of those chosen stands there: must be "
                                     "part of a place such as Theorem 4.1 or Appendix A",
                                     section_));
    }
    return chosen;
}

} // namespace attest::cli

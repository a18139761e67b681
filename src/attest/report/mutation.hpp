#pragma once

#include "attest/ledger/mutation.hpp"
#include "attest/ledger/result.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace attest::report {

/// Value of the field "schema" of mutants.jsonl and mutants.json.
inline constexpr std::string_view mutants_schema = "attest-mutants/1";

/// How a set of mutants was tried; runs with equal settings can be joined.
struct MutationSettings {
    long sample = 0; ///< mutants of each claim; 0: all
    unsigned long long seed = 0;
    long digits = 0;
    std::string seconds_per_claim; ///< as typed; "0": no limit
    std::string commit;
    bool operator==(const MutationSettings&) const = default;
};

struct MutationRun {
    ledger::SuiteInfo suite;
    MutationSettings settings;
    std::vector<ledger::ClaimMutants> claims;
};

// One line of JSON each: a run in progress appends a line when a claim is finished, so that a kill
// at any moment loses the claims at work and nothing else.
std::string settings_line(const MutationSettings& settings);
std::string mutants_line(const ledger::ClaimMutants& claim);
/// Inverses. Throw InputError naming the source for text that is no such line.
MutationSettings settings_from_line(std::string_view line, const std::string& source);
ledger::ClaimMutants mutants_from_line(std::string_view line, const std::string& source);

/// The whole run with totals: of all, of the paper's claims, of the model, by operator.
std::string mutation_json(const MutationRun& run);
/// The same for reading: totals, a row for each claim, what was not refuted and why.
std::string mutation_markdown(const MutationRun& run);

/// Ids that begin with "model/" are formulas of the program, all others claims of the paper.
bool is_model_row(std::string_view id);

/// Every fate, in the order in which reports show them.
inline constexpr auto all_fates = [] {
    std::array<ledger::Fate, ledger::fate_count> fates{};
    for (std::size_t k = 0; k < fates.size(); ++k) {
        fates[k] = static_cast<ledger::Fate>(k);
    }
    return fates;
}();
/// Heading of its column: "no statement".
std::string fate_title(ledger::Fate fate);

/// Mutants of several claims together.
struct MutantSums {
    long made = 0;
    ledger::FateCounts counts;
};
enum class MutantsOf { All, Paper, Model };
MutantSums sums_of(const std::vector<ledger::ClaimMutants>& claims,
                   MutantsOf which = MutantsOf::All);

} // namespace attest::report

#pragma once

#include "attest/ledger/registry.hpp"
#include "attest/ledger/result.hpp"

#include <CLI/CLI.hpp>

#include <optional>
#include <string>
#include <vector>

namespace attest::cli {

/// A claim that passed the filter.
struct ChosenClaim {
    std::string id;
    /// As the results file has it, where one was asked for a verdict or strength.
    std::optional<ledger::Verdict> recorded;
};

/// Options of `list` that choose claims: ids or globs, --section, and, from a results file,
/// --verdict and --strength.
class ClaimFilter {
public:
    /// Adds the options. The object has to outlive the parse.
    void add_to(CLI::App& command);

    /// Claims in inventory order that pass. The results file is --results, ./attest-report or the
    /// reference run. Throws InputError for a pattern that matches nothing, an unknown verdict or
    /// strength, or where a verdict is asked for and there is no results file.
    std::vector<ChosenClaim> chosen(const ledger::Registry& registry) const;

private:
    ledger::Results results() const;

    std::vector<std::string> patterns_;
    std::string section_;
    std::string verdict_;
    std::string strength_;
    std::string results_;
};

} // namespace attest::cli

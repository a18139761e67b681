#pragma once

#include "attest/ledger/registry.hpp"
#include "attest/ledger/result.hpp"

#include <CLI/CLI.hpp>

#include <map>
#include <string>
#include <vector>

namespace attest::cli {

/// Options of `list` and `show` that choose claims: ids or globs, --section, and, from a results
/// file, --verdict and --strength.
class ClaimFilter {
public:
    /// Adds the options. The object has to outlive the parse.
    void add_to(CLI::App& command);

    /// Ids in inventory order that pass. Throws InputError for a pattern that matches nothing, an
    /// unknown verdict or strength, or where a verdict is asked for and there is no results file.
    std::vector<std::string> ids(const ledger::Registry& registry) const;
    bool asks_for_results() const { return !verdict_.empty() || !strength_.empty(); }
    /// The recorded answers by id, from --results, ./attest-report or the reference run.
    std::map<std::string, ledger::ClaimResult> results() const;

private:
    std::vector<std::string> patterns_;
    std::string section_;
    std::string verdict_;
    std::string strength_;
    std::string results_;
};

} // namespace attest::cli

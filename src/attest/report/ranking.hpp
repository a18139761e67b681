#pragma once

#include "attest/ledger/result.hpp"

#include <string>
#include <vector>

namespace attest::report {

/// A slack found for a statement as printed or as amended.
struct RankedSlack {
    const ledger::ClaimResult* claim = nullptr;
    bool amended = false;

    const ledger::Judgement& judgement() const;
};

/// Every slack, smallest lower end first: what fails, then what is nearest to failure. Ends are
/// compared as exact numbers. Among equal lower ends the smaller upper end comes first, then the
/// order of the results, printed before amended.
std::vector<RankedSlack> ranked_slacks(const ledger::Results& results);

/// Where the slack was found: what the route "attack" says of its worst configuration, shortened to
/// 200 characters; without it the point of the counterexample, without that the scope.
std::string slack_place(const ledger::Judgement& judgement);

/// Statements checked that have no slack, printed and amended ones counted apart.
int without_slack(const ledger::Results& results);

/// The section of report.md; empty when nothing has a slack.
std::string ranking_markdown(const ledger::Results& results);
/// The section of report.tex.
std::string ranking_latex(const ledger::Results& results);

} // namespace attest::report

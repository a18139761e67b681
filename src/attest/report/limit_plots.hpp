#pragma once

#include "attest/ledger/result.hpp"

#include <string>
#include <vector>

namespace attest::report {

// What the checks of limits met on their way, as reports show it.

/// The middles of a course's enclosures as plain numbers; what a double cannot hold becomes 0 or
/// infinity.
struct CourseNumbers {
    std::vector<double> x;
    std::vector<double> y;
};
CourseNumbers numbers_of(const ledger::Course& course);

/// The label with its symbols as mathematics between dollar signs: "n=3, $\\beta$=1".
std::string course_label(const ledger::Course& course);

/// Whether the ordinates span more than three decades, all of them positive.
bool wants_logarithm(const ledger::LimitPlot& plot);

/// "n=3, beta=1: 0.0049 at 0.11, 1.0 at 1.2e+12": where a course begins and ends, in words, for
/// those who do not see the plot.
std::string course_text(const ledger::Course& course);

/// The plots of one reading, in the order of its evidence.
std::vector<const ledger::LimitPlot*> plots_of(const ledger::Judgement& judgement);

/// Figures for paper: of each theorem the rates, one panel each, the printed statement and beside
/// it the amended one where that differs, at most eight panels a figure. Ids "limits_thm4_1",
/// "limits_thm4_3_2".
std::vector<ledger::Figure> limit_figures(const ledger::Results& results);

/// The results' own figures and these.
std::vector<ledger::Figure> all_figures(const ledger::Results& results);

} // namespace attest::report

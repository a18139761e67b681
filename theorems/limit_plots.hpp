#pragma once

#include "attest/numbers/ball.hpp"
#include "theorems/support.hpp"

#include <vector>

/// What a check shows of a limit: the quantity that it follows, against time. A check evaluates one
/// function of the moment for its verdict and for these points alike.
namespace attest::theorems {

using ledger::Course;
using ledger::LimitPlot;

/// As many trajectories as a reader tells apart.
constexpr std::size_t most_courses = 4;

/// Appends the enclosure of a quantity at x to eight digits, rounded outward, x to its certified
/// digits (seven at most). Nothing where either is not finite.
void add_point(Course& course, const Ball& x, const Ball& quantity);
/// The same of numbers in double precision: both ends are the number.
void add_point(Course& course, double x, double quantity);

/// A factor 10^(1/steps) apart from 10^first to 10^last, rational to six digits.
std::vector<Ball> decades(long first, long last, long steps);

/// A stated limit as a decimal number, to eight digits where it is none of fewer.
std::string limit_text(const Rational& limit);

/// Adds a course to the plot, where it has points.
void add_course(LimitPlot& plot, Course course);

/// Hands a plot that has courses to the evidence.
void attach_plot(Evidence& evidence, LimitPlot plot);

/// Whether times up to this one are beyond doubles, so that their logarithm is the variable.
bool needs_log_time(const Ball& last_time);

} // namespace attest::theorems

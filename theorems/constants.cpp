// The constants C of Theorem 4.1, which the paper leaves unnamed.
#include "attest/flow/terminal.hpp"
#include "theorems/registry.hpp"
#include "theorems/support.hpp"
#include "theorems/terminal_boxes.hpp"

#include "attest/numbers/precision.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace attest::theorems {
namespace {

constexpr long least_digits = 50;
constexpr long box_digits = 6;

ledger::ConstantRow row_for(const model::SymmetricProblem& problem, long digits)
{
    flow::TerminalOptions options;
    options.digits = digits;
    options.with_tail = false;
    const flow::TerminalLaw law = flow::terminal(problem, options);
    const Ball::Decimal constant = law.constant.to_decimal(digits + 2);
    ledger::ConstantRow row;
    row.scheme = problem.scheme;
    row.law = law.law ? law.law->latex() : "";
    row.n = std::to_string(problem.n);
    row.beta = to_string(problem.beta);
    row.r0 = to_string(problem.r0);
    if (problem.scheme == "mix-ln") {
        row.extra = "tau = " + to_string(problem.tau);
    }
    row.mid = constant.mid;
    row.rad = constant.rad;
    row.digits = law.digits;
    return row;
}

/// C for all (n, beta) of a box: the hull as midpoint and radius, its ends in words.
ledger::ConstantRow row_for(const std::string& scheme, const ConstantBox& entry)
{
    const PrecisionScope precision(entry.range.bits);
    model::SymmetricProblem problem;
    problem.scheme = scheme;
    flow::TerminalOptions options;
    options.digits = 1;
    options.with_tail = false;
    const flow::TerminalLaw law = flow::terminal(problem, options);
    const Ball constant = entry.range.constant();
    const Ball::Decimal hull = constant.to_decimal(box_digits);
    const auto ends = [](const Rational& lo, const Rational& hi) {
        return fmt::format("[{}, {}]", to_string(lo), to_string(hi));
    };
    ledger::ConstantRow row;
    row.scheme = scheme;
    row.law = law.law ? law.law->latex() : "";
    row.n = ends(entry.box.n_lo, entry.box.n_hi);
    row.beta = ends(entry.box.beta_lo, entry.box.beta_hi);
    row.r0 = "1";
    row.extra =
        fmt::format("{} <= C <= {}; {} boxes, depth {}, {} bits",
                    decimal_below(exp(entry.range.lower)), decimal_above(exp(entry.range.upper)),
                    entry.range.boxes, entry.range.depth, entry.range.bits);
    if (scheme == "mix-ln") {
        row.extra += "; tau = r(tau) = 1";
    }
    row.mid = hull.mid;
    row.rad = hull.rad;
    return row;
}

/// The unbounded box n >= n_lo of Pre-LN and Peri-LN: C falls towards 2.
ledger::ConstantRow row_for(const std::string& scheme, const ConstantTail& tail,
                            const std::string& law)
{
    const Ball::Decimal hull = Ball::hull(Ball(2), tail.largest).to_decimal(box_digits);
    ledger::ConstantRow row;
    row.scheme = scheme;
    row.law = law;
    row.n = fmt::format("[{}, inf]", to_string(tail.n_lo));
    row.beta = fmt::format("[0, {}]", to_string(tail.beta_hi));
    row.r0 = "1";
    row.extra = fmt::format("2 <= C <= {}; C -> 2 as n -> infinity", decimal_above(tail.largest));
    row.mid = hull.mid;
    row.rad = hull.rad;
    return row;
}

} // namespace

std::vector<ledger::ConstantRow> constants(const ledger::Effort& effort)
{
    std::vector<ledger::ConstantRow> rows;
    const bool whole_grid = effort.level != ledger::Effort::Level::Quick;
    const std::vector<std::pair<long, Rational>> few = {{2, 0},   {3, 1},   {10, 1},
                                                        {128, 9}, {256, 5}, {1000, 12}};
    for (const std::string_view scheme : model::scheme_names) {
        for (const long n : grid_n()) {
            for (const Rational& beta : grid_beta()) {
                const bool shown =
                    std::find(few.begin(), few.end(), std::pair(n, beta)) != few.end();
                if (!whole_grid && !shown) {
                    continue;
                }
                model::SymmetricProblem problem;
                problem.scheme = std::string(scheme);
                problem.n = n;
                problem.beta = beta;
                rows.push_back(row_for(problem, std::max(least_digits, effort.digits)));
            }
        }
    }
    for (const std::string_view scheme : model::scheme_names) {
        for (const ConstantBox& entry : constant_boxes(std::string(scheme), effort)) {
            rows.push_back(row_for(std::string(scheme), entry));
        }
        if (scheme == "pre-ln" || scheme == "peri-ln") {
            const std::string law = rows.back().law;
            for (const ConstantTail& tail : constant_tails(effort)) {
                rows.push_back(row_for(std::string(scheme), tail, law));
            }
        }
    }
    return rows;
}

} // namespace attest::theorems

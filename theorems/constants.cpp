// The constants C of Theorem 4.1, which the paper leaves unnamed.
#include "attest/flow/terminal.hpp"
#include "theorems/registry.hpp"
#include "theorems/support.hpp"

#include <algorithm>

namespace attest::theorems {
namespace {

constexpr long least_digits = 50;

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
    return rows;
}

} // namespace attest::theorems

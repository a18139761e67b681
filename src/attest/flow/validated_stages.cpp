#include "attest/flow/validated_stages.hpp"

#include "attest/flow/series_rates.hpp"
#include "attest/flow/taylor_simplify.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/numbers/jet.hpp"
#include "attest/numbers/precision.hpp"

#include <algorithm>

namespace attest::flow::detail {
namespace {

/// Whether the formula in x has finite Taylor coefficients at x = 0.
bool regular_at_zero(const Expr& formula)
{
    try {
        const auto series =
            formula.evaluate<Jet<Ball>>({{stage_variable, Jet<Ball>::variable(Ball(0), 4)}});
        return std::all_of(series.coefficients().begin(), series.coefficients().end(),
                           [](const Ball& c) { return c.is_finite(); });
    } catch (const DomainError&) {
        return false;
    }
}

/// Smallest k for which alpha_t dt is analytic in x = t^{1/k} at 0.
long root_for(const Expr& alpha)
{
    for (const long k : {1L, 2L, 3L, 4L, 6L, 12L}) {
        const Expr x = Expr::symbol(stage_variable);
        const Expr speed =
            simplify(alpha.substitute("t", pow(x, k)) * Expr(k) * pow(x, k - 1), {stage_variable});
        if (regular_at_zero(speed)) {
            return k;
        }
    }
    throw Undecidable("alpha_t = " + alpha.text() + " is singular at t = 0");
}

/// Stages from one time to a later one under one set of equations.
void plan_phase(std::vector<StagePlan>& plans, const model::SymmetricProblem& problem, bool late,
                const Rational& from, const Rational& to, bool log_time)
{
    Rational start = from;
    const Rational turn = 1;
    const bool logarithmic = log_time && to > turn;
    if (!logarithmic || start < turn) {
        const Rational end = logarithmic ? turn : to;
        const long root = start == 0 ? root_for(problem.alpha.formula) : 1;
        if (root > 1) {
            // Only as far as needed: a power of the root stretches long times.
            const Rational middle = std::min(end, turn);
            plans.push_back({late, StageClock::Root, 0, root, start, middle});
            start = middle;
        }
        if (start < end) {
            plans.push_back({late, StageClock::Shifted, start, 1, start, end});
            start = end;
        }
    }
    if (logarithmic) {
        plans.push_back({late, StageClock::Logarithmic, start, 1, start, to});
    }
}

} // namespace

Expr time_formula(StageClock clock, const Rational& t0, long root)
{
    const Expr x = Expr::symbol(stage_variable);
    switch (clock) {
    case StageClock::Root:
        return pow(x, root);
    case StageClock::Logarithmic:
        return t0 == 1 ? exp(x) : Expr(t0) * exp(x);
    case StageClock::Shifted:
        break;
    }
    return t0 == 0 ? x : Expr(t0) + x;
}

std::vector<StagePlan> plan_stages(const model::SymmetricProblem& problem, const Rational& until,
                                   bool log_time)
{
    std::vector<StagePlan> plans;
    if (has_switch(problem) && problem.tau > 0) {
        plan_phase(plans, problem, false, 0, std::min(problem.tau, until), log_time);
        if (problem.tau < until) {
            plan_phase(plans, problem, true, problem.tau, until, log_time);
        }
    } else {
        plan_phase(plans, problem, has_switch(problem), 0, until, log_time);
    }
    return plans;
}

Ball variable_at(StageClock clock, const Rational& t0, long root, const Rational& t)
{
    switch (clock) {
    case StageClock::Root: {
        Ball x(t);
        arb_root_ui(x.raw(), x.raw(), static_cast<ulong>(root), working_bits());
        return x;
    }
    case StageClock::Logarithmic:
        return t == t0 ? Ball(0) : log(Ball(Rational(t / t0)));
    case StageClock::Shifted:
        break;
    }
    return Ball(Rational(t - t0));
}

} // namespace attest::flow::detail

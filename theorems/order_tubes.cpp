#include "theorems/order_tubes.hpp"

#include "attest/flow/validated_symmetric.hpp"
#include "attest/numbers/precision.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

constexpr long level_digits = 12; ///< levels are compared far from equality

/// One run to the moment; its certificates say on which side of the level it ends.
Truth run_to(const model::SymmetricProblem& problem, const Rational& moment,
             const Rational& epsilon, bool below, Evidence& evidence)
{
    flow::SymmetricTubeOptions options;
    options.digits = level_digits;
    options.log_time = moment > 100;
    const flow::SymmetricTube run = flow::symmetric_tube(problem, moment, options);
    const Ball here = run.at(moment).epsilon;
    const Ball level(epsilon);
    const Truth side = below ? less(here, level) : less(level, here);
    if (!is_true(side)) {
        return side;
    }
    const Expr distance = Expr(epsilon) - run.epsilon_formula();
    for (const auto& stage : run.stages()) {
        const bool last = &stage == &run.stages().back();
        evidence.certificates.push_back({flow::tube_certificate(
            stage.tube, last ? std::vector<flow::TubeConclusion>{{below ? distance : -distance}}
                             : std::vector<flow::TubeConclusion>{})});
    }
    return side;
}

} // namespace

Rational moment_between(const Ball& earlier, const Ball& later)
{
    if (!is_true(less(earlier, later))) {
        throw Undecidable(fmt::format("the times {} and {} are not certainly apart",
                                      earlier.to_string(10), later.to_string(10)));
    }
    const Rational lo = to_rational(earlier.upper());
    const Rational hi = to_rational(later.lower());
    // The middle, cut to the fewest binary places that keep it strictly inside.
    const Rational middle = (lo + hi) / 2;
    Rational unit = 1;
    while (unit < hi) {
        unit *= 2;
    }
    for (;; unit /= 2) {
        const Rational steps = middle / unit;
        const Integer whole =
            boost::multiprecision::numerator(steps) / boost::multiprecision::denominator(steps);
        for (const Integer& k : {whole, Integer(whole + 1)}) {
            const Rational candidate = Rational(k) * unit;
            if (lo < candidate && candidate < hi && candidate > 0) {
                return candidate;
            }
        }
    }
}

Evidence order_at_moment(const std::vector<model::SymmetricProblem>& earlier,
                         const std::vector<model::SymmetricProblem>& later, const Rational& epsilon,
                         const Rational& moment, const Scope& scope)
{
    Evidence evidence{
        "validated integration to a common moment", {}, Truth::True, Strength::Enclosed, scope};
    std::vector<std::string> names;
    for (const bool below : {true, false}) {
        names.emplace_back(below ? "past the level:" : "; not yet:");
        for (const model::SymmetricProblem& problem : below ? earlier : later) {
            names.push_back(problem.scheme);
            try {
                evidence.outcome =
                    evidence.outcome && run_to(problem, moment, epsilon, below, evidence);
            } catch (const Undecidable&) {
                evidence.outcome = evidence.outcome && Truth::Unknown;
            }
        }
    }
    evidence.detail = fmt::format("1 - gamma against {} at t = {}; {}", to_string(epsilon),
                                  to_string(moment), fmt::join(names, " "));
    return evidence;
}

} // namespace attest::theorems

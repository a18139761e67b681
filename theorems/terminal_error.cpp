#include "theorems/terminal_error.hpp"

#include "attest/flow/clock.hpp"
#include "attest/numbers/precision.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

constexpr long error_bits = 192;

RatioRange growing_range(const model::SymmetricProblem& problem, const Ball& constant,
                         const Ball& t, const Ball& A, const Ball& B)
{
    const Ball excess = 2 * exp(Ball(problem.beta)) + Ball(problem.n) - 3;
    const Ball magnitude = t - B;
    return {pow(t / (t - A), 3) * (1 - excess * constant / (2 * magnitude * magnitude)),
            pow(t / magnitude, 3)};
}

/// gamma'/law of the problem at 1 - gamma = epsilon, against the bounds there.
Truth within(const model::SymmetricProblem& problem, const flow::SymmetricClock& clock,
             const Ball& constant, const Ball& epsilon)
{
    const Ball time = clock.time_at(epsilon);
    const std::optional<RatioRange> range = ratio_range(problem, constant, time);
    if (!range) {
        return Truth::True;
    }
    const Ball ratio = clock.law_ratio_at(epsilon);
    // Both sides are rounded numbers: allow their radii.
    return less_equal(Ball(range->lower.lower()), Ball(ratio.upper()))
           && less_equal(Ball(ratio.lower()), Ball(range->upper.upper()));
}

} // namespace

std::optional<RatioRange> ratio_range(const model::SymmetricProblem& problem, const Ball& constant,
                                      const Ball& time)
{
    const Ball n(problem.n);
    const Ball rho = exp(Ball(problem.beta)) + n - 2;
    const std::string& scheme = problem.scheme;
    if (scheme == "post-ln" || scheme == "ngpt") {
        if (!is_false(is_negative(time))) {
            return std::nullopt;
        }
        return RatioRange{1 - constant * exp(-2 * time) * rho, Ball(1)};
    }
    if (scheme == "sqrt-scaling") {
        if (!is_true(is_positive(time))) {
            return std::nullopt;
        }
        return RatioRange{1 - 2 / sqrt(time) - 1 / (2 * time)
                              - constant * exp(-4 * sqrt(time + 1)) * rho,
                          Ball(1)};
    }
    const Ball m = n - 1;
    const Ball width = sqrt(m / n) * log(sqrt(n) + sqrt(m)) * sqrt(constant / 2);
    const bool mixed = scheme == "mix-ln";
    const bool reset = mixed && problem.mix_magnitude == model::MixMagnitude::Table1;
    const Ball magnitude(reset ? Rational(1) : problem.r0);
    const Ball tau(mixed ? problem.tau : Rational(0));
    const Ball A = tau - magnitude;
    Ball B = A + width;
    if (!mixed && !is_true(is_positive(B))) {
        B = Ball(0);
    }
    if (!is_true(less(B, time)) || !is_true(less_equal(tau, time))) {
        return std::nullopt;
    }
    return growing_range(problem, constant, time, A, B);
}

Evidence error_at_points(const std::vector<model::SymmetricProblem>& problems, std::size_t most)
{
    const std::size_t stride = (problems.size() + most - 1) / most;
    std::size_t used = 0;
    const PrecisionScope precision(error_bits);
    Truth outcome = Truth::True;
    std::size_t points = 0;
    for (std::size_t i = 0; i < problems.size(); i += stride) {
        const model::SymmetricProblem& problem = problems[i];
        ++used;
        const flow::SymmetricClock clock(problem);
        const Ball constant = clock.terminal_constant();
        for (const long k : {0L, 1L, 3L, 6L, 12L, 60L}) {
            const Ball epsilon = clock.growth_epsilon() * Ball(Rational(9, 10)) * exp(Ball(-k));
            outcome = outcome && within(problem, clock, constant, epsilon);
            ++points;
        }
    }
    return {"error of the leading term along trajectories",
            fmt::format("gamma'/(C law) lies between the proved bounds at {} moments of {} "
                        "trajectories",
                        points, used),
            outcome,
            Strength::Enclosed,
            {ScopeKind::Points, fmt::format("{} parameter points of the grid", used)},
            std::nullopt,
            false,
            error_bits};
}

} // namespace attest::theorems

#include "attest/flow/clock.hpp"
#include "attest/flow/clock_alpha.hpp"
#include "attest/flow/clock_precision.hpp"
#include "attest/flow/clock_reduction.hpp"
#include "attest/flow/scheme_clock.hpp"

namespace attest::flow {
namespace {

/// Accurate to `digits` relative digits, or to twice as many absolute ones near 0.
bool accurate(const Ball& x, long digits)
{
    if (!x.is_finite()) {
        return false;
    }
    if (x.is_exact() || x.certified_digits() >= digits) {
        return true;
    }
    Ball radius;
    arb_get_rad_arb(radius.raw(), x.raw());
    return is_true(less(radius, pow(Ball(10), -2 * digits)));
}

bool accurate(const ClockState& state, long digits)
{
    return accurate(state.t, digits) && accurate(state.epsilon, digits)
           && accurate(state.gamma, digits) && accurate(state.r, digits)
           && accurate(state.gamma_dot, digits);
}

long log2_size(const Rational& value)
{
    using boost::multiprecision::msb;
    return static_cast<long>(msb(abs(numerator(value))))
           - static_cast<long>(msb(denominator(value)));
}

/// Close to the start gamma - gamma0 is tiny; on the sphere epsilon = e^{-2t...} needs 2t to
/// absolute accuracy.
long bits_lost_to_time(const model::SymmetricProblem& problem, const Rational& t)
{
    if (t == 0) {
        return 0;
    }
    const long size = log2_size(t);
    const bool grows = problem.scheme == "pre-ln" || problem.scheme == "peri-ln";
    return size < 0 ? -size : (grows ? 0 : size + 2);
}

ClockState state_of(const SymmetricClock& clock, const std::optional<model::Alpha>& speed,
                    const Rational& t)
{
    const model::SymmetricProblem& problem = clock.problem();
    ClockState state;
    state.t = Ball(t);
    const bool switching = problem.scheme == "mix-ln" && t == problem.tau;
    state.epsilon = t == 0      ? clock.start_epsilon()
                    : switching ? clock.growth_epsilon()
                                : clock.epsilon_at(speed ? alpha_integral_at(*speed, t) : state.t);
    state.gamma = t == 0 ? Ball(problem.gamma0) : Ball(1) - state.epsilon;
    if (problem.scheme == "mix-ln" && t <= problem.tau) {
        const Reduction<Ball> at{Ball(problem.n), Ball(problem.beta)};
        state.r = clock.magnitude_at(clock.start_epsilon());
        state.gamma_dot = 2 * state.epsilon * at.q(state.epsilon) / at.z(state.epsilon);
        return state;
    }
    state.r = clock.magnitude_at(state.epsilon);
    state.gamma_dot = clock.gamma_dot_at(state.epsilon);
    if (speed) {
        state.gamma_dot *= alpha_at(*speed, t);
    }
    return state;
}

} // namespace

std::vector<ClockState> states_at(const model::SymmetricProblem& problem,
                                  const std::vector<Rational>& times, long digits)
{
    const ClockedProblem on = clocked(problem);
    long extra = bits_lost_to_beta(problem);
    long lost = 0;
    for (const Rational& t : times) {
        if (t < 0) {
            throw InputError(fmt::format("t = {}: must be at least 0", to_string(t)));
        }
        lost = std::max(lost, bits_lost_to_time(on.curve, t));
    }
    extra += lost;
    std::vector<std::optional<ClockState>> found(times.size());
    return with_rising_precision(digits, extra, "symmetric trajectory", [&] {
        const SymmetricClock clock(on.curve);
        bool complete = true;
        for (std::size_t i = 0; i < times.size(); ++i) {
            if (!found[i]) {
                ClockState state = state_of(clock, on.speed, times[i]);
                if (accurate(state, digits)) {
                    found[i] = std::move(state);
                } else {
                    complete = false;
                }
            }
        }
        std::optional<std::vector<ClockState>> result;
        if (complete) {
            result.emplace();
            for (auto& state : found) {
                result->push_back(std::move(*state));
            }
        }
        return result;
    });
}

ClockState state_at_gamma(const model::SymmetricProblem& problem, const Rational& level,
                          long digits)
{
    const ClockedProblem on = clocked(problem);
    if (level < problem.gamma0 || level >= 1) {
        throw InputError(fmt::format("gamma = {}: must lie in [{}, 1)", to_string(level),
                                     to_string(problem.gamma0)));
    }
    if (level == problem.gamma0) {
        return states_at(problem, {Rational(0)}, digits).front();
    }
    return with_rising_precision(digits, bits_lost_to_beta(problem), "level of gamma", [&] {
        const SymmetricClock clock(on.curve);
        ClockState state;
        state.gamma = Ball(level);
        state.epsilon = Ball(Rational(1 - level));
        const Ball time = clock.time_at(state.epsilon);
        state.t = on.speed ? time_of_alpha_integral(*on.speed, time) : time;
        state.r = clock.magnitude_at(state.epsilon);
        state.gamma_dot = clock.gamma_dot_at(state.epsilon);
        if (on.speed) {
            state.gamma_dot *= on.speed->formula.evaluate<Ball>({{"t", state.t}});
        }
        return accurate(state, digits) ? std::optional<ClockState>(std::move(state)) : std::nullopt;
    });
}

} // namespace attest::flow

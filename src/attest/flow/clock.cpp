#include "attest/flow/clock.hpp"

#include "attest/flow/clock_reduction.hpp"
#include "attest/flow/exponential_integral.hpp"
#include "attest/flow/quadrature.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace attest::flow
{
namespace
{

/// Bits that quadrature leaves to rounding.
constexpr long quadrature_slack = 8;

Ball larger(const Ball& a, const Ball& b)
{
    Ball result;
    arb_max(result.raw(), a.raw(), b.raw(), working_bits());
    return result;
}

Ball smaller(const Ball& a, const Ball& b)
{
    Ball result;
    arb_min(result.raw(), a.raw(), b.raw(), working_bits());
    return result;
}

ComplexBall hull_with(const ComplexBall& box, const Ball& point)
{
    ComplexBall result;
    acb_union(result.raw(), box.raw(), ComplexBall(point).raw(), working_bits());
    return result;
}

} // namespace

Real expm1_over(const Real& x)
{
    return x == 0 ? Real(1) : Real(boost::multiprecision::expm1(x) / x);
}

/// A phase is either on the sphere (clock s: gamma' = 2 epsilon q / c) or growing (gamma' =
/// 2 epsilon q / (r c)), with c = z or norm. Mix-LN has one of each.
struct SymmetricClock::State {
    explicit State(const model::SymmetricProblem& given);

    model::SymmetricProblem problem;
    bool normed = false;     ///< c = norm (Peri-LN, nGPT) instead of z
    bool growing = false;    ///< ends in a growing phase
    bool mixed = false;      ///< has a phase on the sphere before it
    bool slowed = false;     ///< sqrt-scaling: s = 2 (sqrt(t+1) - 1)
    Reduction<Ball> at;
    BrakeIntegral brake;
    Ball start;              ///< epsilon at time 0
    Ball brake_at_start;
    Ball growth_start;       ///< epsilon, time, magnitude and brake when growth begins
    Ball growth_time{0};
    Ball growth_r{1};
    Ball brake_at_growth;
    mutable long limit_bits = 0; ///< precision of the cached limit of t - r
    mutable Ball limit;

    Ball speed(const Ball& epsilon) const { return normed ? at.norm(epsilon) : at.z(epsilon); }
    Ball excess_integral(const Ball& epsilon) const;
    Ball sphere_clock(const Ball& epsilon) const;
    Ball growth_magnitude(const Ball& epsilon) const;
    Ball drift(const Ball& epsilon) const;
    Ball growth_clock(const Ball& epsilon) const;
    Ball drift_limit() const;
    Ball logit(const Ball& epsilon) const { return log(epsilon / at.q(epsilon)); }
    Ball solve(bool grow, const Ball& clock) const;

    /// int of the norm excess over q, from epsilon lo to hi, rigorous quadrature in ln q.
    Ball norm_excess_integral(const Ball& lo, const Ball& hi) const;
};

SymmetricClock::State::State(const model::SymmetricProblem& given) :
    problem(given), at{Ball(given.n), Ball(given.beta)}, brake(given.n, given.beta),
    start(Ball(Rational(1 - given.gamma0)))
{
    const std::string& name = problem.scheme;
    normed = name == "peri-ln" || name == "ngpt";
    mixed = name == "mix-ln";
    growing = mixed || name == "pre-ln" || name == "peri-ln";
    slowed = name == "sqrt-scaling";
    brake_at_start = brake(start);
    growth_start = start;
    brake_at_growth = brake_at_start;
    if (growing) {
        growth_r = Ball(problem.r0);
    }
    if (mixed) {
        if (problem.mix_magnitude == model::MixMagnitude::Table1) {
            growth_r = Ball(1);
        }
        growth_time = Ball(problem.tau);
        if (problem.tau != 0) {
            growth_start = solve(false, growth_time);
            brake_at_growth = brake(growth_start);
        }
    }
}

Ball SymmetricClock::State::norm_excess_integral(const Ball& lo, const Ball& hi) const
{
    // de/q = -dl/m with l = ln q: the pole at q = 0, close to epsilon = 1 for large n, disappears.
    const Reduction<ComplexBall> on{ComplexBall(problem.n), ComplexBall(Ball(problem.beta))};
    const auto integrand = [&](const ComplexBall& l) {
        const ComplexBall epsilon = (on.n - exp(l)) / on.m();
        return on.norm_excess(epsilon);
    };
    return integrate(integrand, log(at.q(hi)), log(at.q(lo)), working_bits() - quadrature_slack)
           / at.m();
}

/// int_0^epsilon (c - q)/(e q) de, so that 2 s = ln(start/epsilon) + its increase.
Ball SymmetricClock::State::excess_integral(const Ball& epsilon) const
{
    if (normed) {
        return norm_excess_integral(Ball(0), epsilon);
    }
    return brake(epsilon) + log(at.n / at.q(epsilon));
}

Ball SymmetricClock::State::sphere_clock(const Ball& epsilon) const
{
    const Ball centre = centre_of(epsilon);
    const Ball excess = normed ? norm_excess_integral(centre, start)
                               : brake_at_start - brake(centre)
                                     + log(at.q(centre) / at.q(start));
    const Ball clock = (log(start / centre) + excess) / Ball(2);
    if (epsilon.is_exact()) {
        return clock;
    }
    return clock - (epsilon - centre) * speed(epsilon) / (2 * epsilon * at.q(epsilon));
}

Ball SymmetricClock::State::growth_magnitude(const Ball& epsilon) const
{
    return growth_r * sqrt(growth_start / epsilon)
           * exp((brake_at_growth - brake(epsilon)) / Ball(2));
}

/// (t - r) now minus (t - r) when growth began: (m/2) int_epsilon^growth_start r/q de for Pre-LN,
/// (m/2) int r/(norm + pull) de for Peri-LN. Finite down to epsilon = 0.
Ball SymmetricClock::State::drift(const Ball& epsilon) const
{
    const long n = problem.n;
    const ComplexBall complex_beta{Ball(problem.beta)};
    const Reduction<ComplexBall> on{ComplexBall(n), complex_beta};
    const Ball scale = growth_r * sqrt(growth_start);
    // r sqrt(e), holomorphic where q != 0. On a node of the rule the closed form; on a wide box
    // the mean value theorem from a real point.
    const auto scaled_r = [&](const ComplexBall& e) {
        const Ball real = e.real();
        if (acb_is_real(e.raw()) != 0 && (real.is_exact() || real.relative_accuracy_bits() > 40)) {
            return ComplexBall(scale * exp((brake_at_growth - brake(real)) / Ball(2)));
        }
        const Ball centre = centre_of(real);
        if (!is_true(is_positive(at.q(centre)))) {
            return ComplexBall::indeterminate();
        }
        const ComplexBall box = hull_with(e, centre);
        const ComplexBall fall = (e - ComplexBall(centre)) * on.lift(box) / on.q(box);
        return ComplexBall(scale)
               * exp((ComplexBall(Ball(brake_at_growth - brake(centre))) - fall)
                     / ComplexBall(2));
    };
    const long goal = working_bits() - quadrature_slack;
    const Ball split(Rational(1, 2));
    const bool two_parts = !is_true(less(growth_start, split)) && is_true(less(epsilon, split));
    const bool only_late = !two_parts && is_true(less(epsilon, split));
    Ball total(0);
    if (two_parts || only_late) {
        // e = u^2 removes the inverse square root at 0.
        const auto near_one = [&](const ComplexBall& u) {
            const ComplexBall e = u * u;
            const ComplexBall divisor = normed ? on.norm(e) + on.pull(e) : on.q(e);
            return on.m() * scaled_r(e) / divisor;
        };
        total += integrate(near_one, sqrt(epsilon), sqrt(two_parts ? split : growth_start), goal);
    }
    if (!only_late) {
        const auto near_start = [&](const ComplexBall& l) {
            const ComplexBall q = exp(l);
            const ComplexBall e = (on.n - q) / on.m();
            const ComplexBall r = scaled_r(e) / sqrt(e);
            const ComplexBall weight = normed ? q / (on.norm(e) + on.pull(e)) : ComplexBall(1);
            return r * weight / ComplexBall(2);
        };
        total += integrate(near_start, log(at.q(growth_start)),
                           log(at.q(two_parts ? split : epsilon)), goal);
    }
    return total;
}

Ball SymmetricClock::State::growth_clock(const Ball& epsilon) const
{
    const Ball centre = centre_of(epsilon);
    const Ball log_growth =
        (log(growth_start / centre) + brake_at_growth - brake(centre)) / Ball(2);
    const Ball clock = growth_time + growth_r * expm1(log_growth) + drift(centre);
    if (epsilon.is_exact()) {
        return clock;
    }
    return clock
           - (epsilon - centre) * growth_magnitude(epsilon) * speed(epsilon)
                 / (2 * epsilon * at.q(epsilon));
}

Ball SymmetricClock::State::drift_limit() const
{
    if (limit_bits < working_bits()) {
        limit = growth_time - growth_r + drift(Ball(0));
        limit_bits = working_bits();
    }
    return limit;
}

/// The epsilon at a clock value, in the coordinate d = logit(start) - logit(epsilon), in which
/// ds/dd = c/(2n) (times r when growing): bounded below by 1/2, so d is well-conditioned at
/// both ends. Newton in ln|d| from a bracket with rising precision, then one interval Newton step.
Ball SymmetricClock::State::solve(bool grow, const Ball& clock) const
{
    const Ball& from = grow ? growth_start : start;
    const Ball elapsed = grow ? clock - growth_time : clock;
    if (arb_is_zero(elapsed.raw()) != 0) {
        return from;
    }
    if (elapsed.contains_zero() || !elapsed.is_finite()) {
        throw Undecidable(fmt::format("time {} cannot be told from the start at {} bits",
                                      clock.to_string(10), working_bits()));
    }
    const bool forward = is_true(is_positive(elapsed));
    const long full = working_bits();
    const Ball n(problem.n);
    const Ball origin = logit(from);
    const auto epsilon_of = [&](const Ball& d) { return n / (exp(d - origin) + at.m()); };
    const auto elapsed_at = [&](const Ball& epsilon) {
        return grow ? growth_clock(epsilon) - growth_time : sphere_clock(epsilon);
    };
    const auto slope_at = [&](const Ball& epsilon) {
        const Ball c = speed(epsilon) / (2 * n);
        return grow ? c * growth_magnitude(epsilon) : c;
    };
    const auto signed_of = [&](const Ball& size) { return forward ? size : -size; };

    // Bracket for ln|d|.
    const Ball size = abs(elapsed);
    Ball longest = 2 * size;
    if (grow) {
        longest = smaller(2 * size / growth_r,
                          2 * log(Ball(1) + size / growth_r) + log(n / at.q(from)));
    } else if (!forward) {
        longest = size / slope_at(from);
    }
    long bits = std::min(full, 96L);
    Ball position;
    {
        const PrecisionScope scope(bits);
        Ball high = centre_of(log(longest));
        Ball low = high; // found by walking down below
        bool have_low = false;
        position = high;
        const Ball target = log(size);
        for (int step = 0; step < 400; ++step) {
            const Ball d = signed_of(exp(position));
            const Ball epsilon = epsilon_of(d);
            const Ball value = elapsed_at(epsilon);
            const Ball slope = slope_at(epsilon);
            const Ball gap = log(abs(value)) - target;
            if (!gap.is_finite()) {
                break; // too close to the start for these bits: the polishing goes on from here
            }
            const Ball centre_gap = centre_of(gap);
            const Ball newton = centre_of(position - centre_gap * abs(value) / (slope * exp(position)));
            if (is_true(is_positive(centre_gap))) {
                high = position;
            } else {
                low = position;
                have_low = true;
            }
            const Ball move = abs(newton - position);
            const bool inside = is_true(less_equal(newton, high))
                                && (!have_low || is_true(less_equal(low, newton)));
            if (inside && newton.is_finite()) {
                position = newton;
            } else if (have_low) {
                position = centre_of((low + high) / Ball(2));
            } else {
                position = centre_of(high - Ball(step + 1));
            }
            if (inside && is_true(less(move, Ball(Rational(1, 1L << 30))))) {
                break;
            }
        }
    }
    // Polishing: each step doubles the correct bits of d.
    Ball d = centre_of(signed_of(exp(position)));
    for (bits = 56; bits < full / 2; bits *= 2) {
        const PrecisionScope scope(std::min(full, 2 * bits + 64));
        const Ball epsilon = epsilon_of(d);
        const Ball next = centre_of(d - (elapsed_at(epsilon) - elapsed) / slope_at(epsilon));
        if (next.is_finite()) {
            d = next;
        }
    }
    // Certificate: the map d - (s(d) - s)/s'(X) sends X into itself, so X holds exactly one root.
    const Ball residual = elapsed_at(epsilon_of(d)) - elapsed;
    const Ball guess = abs(residual / slope_at(epsilon_of(d)));
    Ball box = d;
    arb_add_error(box.raw(), Ball(4 * guess).raw());
    for (int attempt = 0; attempt < 3; ++attempt) {
        const Ball step = residual / slope_at(epsilon_of(box));
        const Ball image = d - step;
        if (image.is_finite() && arb_contains(box.raw(), image.raw()) != 0) {
            return epsilon_of(image);
        }
        arb_add_error(box.raw(), Ball(4 * abs(step)).raw());
    }
    throw Undecidable(fmt::format("no certificate for gamma at time {} with {} bits",
                                  clock.to_string(10), full));
}

SymmetricClock::SymmetricClock(const model::SymmetricProblem& problem)
{
    model::validate(problem);
    state_ = std::make_unique<State>(problem);
}
SymmetricClock::~SymmetricClock() = default;
SymmetricClock::SymmetricClock(SymmetricClock&&) noexcept = default;
SymmetricClock& SymmetricClock::operator=(SymmetricClock&&) noexcept = default;

const model::SymmetricProblem& SymmetricClock::problem() const noexcept
{
    return state_->problem;
}

Ball SymmetricClock::start_epsilon() const
{
    return state_->start;
}

Ball SymmetricClock::growth_epsilon() const
{
    return state_->growth_start;
}

Ball SymmetricClock::time_at(const Ball& epsilon) const
{
    const State& s = *state_;
    if (s.growing && !s.mixed) {
        return s.growth_clock(epsilon);
    }
    if (s.mixed && is_false(less(s.growth_start, epsilon))) {
        return s.growth_clock(epsilon);
    }
    const Ball clock = s.sphere_clock(epsilon);
    if (s.slowed) {
        const Ball half = clock / Ball(2);
        return half * (half + Ball(2));
    }
    if (s.mixed && is_unknown(less(s.growth_start, epsilon))) {
        return Ball::hull(clock, s.growth_clock(epsilon));
    }
    return clock;
}

Ball SymmetricClock::magnitude_at(const Ball& epsilon) const
{
    const State& s = *state_;
    if (!s.growing) {
        return Ball(1);
    }
    const Truth early = s.mixed ? less(s.growth_start, epsilon) : Truth::False;
    if (is_true(early)) {
        return s.growth_r;
    }
    const Ball r = s.growth_magnitude(epsilon);
    return is_false(early) ? r : Ball::hull(s.growth_r, r);
}

Ball SymmetricClock::gamma_dot_at(const Ball& epsilon) const
{
    const State& s = *state_;
    const Ball rate = 2 * epsilon * s.at.q(epsilon) / s.speed(epsilon);
    if (s.slowed) {
        return rate / (s.sphere_clock(epsilon) / Ball(2) + Ball(1)); // sqrt(t+1) = s/2 + 1
    }
    if (!s.growing) {
        return rate;
    }
    const Truth early = s.mixed ? less(s.growth_start, epsilon) : Truth::False;
    if (is_true(early)) {
        return rate;
    }
    const Ball late_rate = rate / s.growth_magnitude(epsilon);
    return is_false(early) ? late_rate : Ball::hull(rate, late_rate);
}

Ball SymmetricClock::epsilon_at(const Ball& time) const
{
    const State& s = *state_;
    if (s.problem.scheme != "ngpt" && is_true(is_negative(time))) {
        throw InputError(fmt::format("t = {}: must be at least 0", time.to_string(10)));
    }
    if (s.growing) {
        const Truth early = s.mixed ? less(time, s.growth_time) : Truth::False;
        if (is_true(early)) {
            return s.solve(false, time);
        }
        if (is_false(early) || s.growth_time.overlaps(time)) {
            return time.overlaps(s.growth_time) && s.mixed ? s.solve(false, time)
                                                           : s.solve(true, time);
        }
    }
    if (s.slowed) {
        const Ball root = sqrt(time + Ball(1));
        return s.solve(false, 2 * time / (root + Ball(1))); // 2 (sqrt(t+1) - 1)
    }
    return s.solve(false, time);
}

Ball SymmetricClock::brake_integral(const Ball& epsilon) const
{
    return state_->brake(epsilon);
}

Ball SymmetricClock::terminal_constant() const
{
    const State& s = *state_;
    if (s.growing) {
        return 2 * s.growth_r * s.growth_r * s.growth_start * exp(s.brake_at_growth);
    }
    if (s.normed) {
        return 2 * s.start * exp(s.excess_integral(s.start));
    }
    const Ball sphere = 2 * s.start * s.at.n / s.at.q(s.start) * exp(s.brake_at_start);
    return s.slowed ? sphere * exp(Ball(4)) : sphere;
}

Ball SymmetricClock::law_ratio_at(const Ball& epsilon) const
{
    const State& s = *state_;
    const Ball share = s.at.q(epsilon) / s.speed(epsilon);
    if (!s.growing) {
        const Ball ratio = share * exp(-s.excess_integral(epsilon));
        if (!s.slowed) {
            return ratio;
        }
        const Ball t = time_at(epsilon);
        const Ball later = sqrt(t + Ball(1));
        return ratio * (sqrt(t) / later) * exp(Ball(-4) / (sqrt(t) + later));
    }
    const Ball t = time_at(epsilon);
    if (s.mixed && !is_false(less(s.growth_start, epsilon))) {
        return gamma_dot_at(epsilon) * t * t * t / terminal_constant();
    }
    return share * exp(-s.brake(epsilon)) * pow(t / s.growth_magnitude(epsilon), 3);
}

Ball SymmetricClock::law_deviation_bound(const Ball& epsilon) const
{
    const State& s = *state_;
    if (!s.growing) {
        return Ball(1) - law_ratio_at(epsilon); // increases to 1 (docs/mathematics.md, section 6)
    }
    if (!is_false(less(s.growth_start, epsilon))) {
        throw InputError(fmt::format("epsilon = {}: must be below {}, where growth begins",
                                     epsilon.to_string(10), s.growth_start.to_string(10)));
    }
    const Ball r = s.growth_magnitude(epsilon);
    const Ball share = s.at.q(epsilon) / s.speed(epsilon) * exp(-s.brake(epsilon));
    const Ball lag = s.growth_clock(epsilon) - r;
    const Ball below = Ball(1) - share * pow(Ball(1) + smaller(lag, Ball(0)) / r, 3);
    const Ball above = pow(Ball(1) + larger(s.drift_limit(), Ball(0)) / r, 3) - Ball(1);
    return larger(below, above);
}

} // namespace attest::flow

#include "attest/flow/clock.hpp"

#include "attest/flow/clock_precision.hpp"
#include "attest/flow/clock_reduction.hpp"
#include "attest/flow/exponential_integral.hpp"
#include "attest/flow/quadrature.hpp"
#include "attest/flow/quadrature_series.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace attest::flow {
namespace {

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

/// About log2 |x|; 0 where that says nothing.
long log2_of(const Ball& x)
{
    const Ball size = log(abs(x));
    return size.is_finite() ? static_cast<long>(size.to_double() * 1.4427) : 0;
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
    bool normed = false;  ///< c = norm (Peri-LN, nGPT) instead of z
    bool growing = false; ///< ends in a growing phase
    bool mixed = false;   ///< has a phase on the sphere before it
    bool slowed = false;  ///< sqrt-scaling: s = 2 (sqrt(t+1) - 1)
    Reduction<Ball> at;
    BrakeIntegral brake;
    Ball start; ///< epsilon at time 0
    Ball brake_at_start;
    Ball growth_start; ///< epsilon, time, magnitude and brake when growth begins
    Ball growth_time{0};
    Ball growth_r{1};
    Ball brake_at_growth;
    mutable long limit_bits = 0; ///< precision of the cached limit of t - r
    mutable Ball limit;
    std::optional<SeriesIntegral> series; ///< drift, or nGPT's norm excess

    Ball speed(const Ball& epsilon) const { return normed ? at.norm(epsilon) : at.z(epsilon); }
    Ball excess_integral(const Ball& epsilon) const;
    Ball sphere_clock(const Ball& epsilon) const;
    Ball growth_magnitude(const Ball& epsilon) const;
    Ball drift(const Ball& epsilon) const;
    Ball growth_clock(const Ball& epsilon) const;
    Ball drift_limit() const;
    Ball logit(const Ball& epsilon) const { return log(epsilon / at.q(epsilon)); }
    Ball epsilon_of(const Ball& logit) const { return at.n / (exp(-logit) + at.m()); }
    Ball solve(bool grow, const Ball& clock) const;

    /// int_epsilon^start (norm - q)/(e q) de.
    Ball norm_excess_from(const Ball& epsilon) const;
};

SymmetricClock::State::State(const model::SymmetricProblem& given) :
    problem(given), at{Ball(given.n), Ball(given.beta)}, brake(given.n, given.beta),
    start(Ball(Rational(1 - given.gamma0))), brake_at_start(brake(start)), growth_start(start),
    brake_at_growth(brake_at_start)
{
    const std::string& name = problem.scheme;
    normed = name == "peri-ln" || name == "ngpt";
    mixed = name == "mix-ln";
    growing = mixed || name == "pre-ln" || name == "peri-ln";
    slowed = name == "sqrt-scaling";
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
    // Made here, at full precision, because the first call may come from a low-precision search.
    if (growing) {
        const auto density =
            normed ? SeriesIntegral::Density::PeriDrift : SeriesIntegral::Density::PreDrift;
        const Ball scale = growth_r * sqrt(growth_start) * exp(brake_at_growth / Ball(2));
        series.emplace(density, problem.n, problem.beta, brake, scale, growth_start);
    } else if (normed) {
        series.emplace(SeriesIntegral::Density::NormExcess, problem.n, problem.beta, brake, Ball(1),
                       start);
    }
}

Ball SymmetricClock::State::norm_excess_from(const Ball& epsilon) const
{
    if (is_true(less(start, epsilon))) {
        // A < 0, before the start: rarely asked for, so quadrature. de/q = -dl/m with l = ln q.
        const Reduction<ComplexBall> on{ComplexBall(problem.n), ComplexBall(Ball(problem.beta))};
        const auto integrand = [&](const ComplexBall& l) {
            return on.norm_excess((on.n - exp(l)) / on.m());
        };
        return -integrate(integrand, log(at.q(epsilon)), log(at.q(start)),
                          working_bits() - quadrature_slack)
               / at.m();
    }
    return (*series)(epsilon);
}

/// int_0^epsilon (c - q)/(e q) de, so that 2 s = ln(start/epsilon) + its increase.
Ball SymmetricClock::State::excess_integral(const Ball& epsilon) const
{
    if (normed) {
        const Ball centre = centre_of(epsilon);
        return norm_excess_from(Ball(0)) - norm_excess_from(centre)
               + (epsilon - centre) * at.norm_excess(epsilon) / at.q(epsilon);
    }
    return brake(epsilon) + log(at.n / at.q(epsilon));
}

Ball SymmetricClock::State::sphere_clock(const Ball& epsilon) const
{
    const Ball centre = centre_of(epsilon);
    const Ball excess = normed ? norm_excess_from(centre)
                               : brake_at_start - brake(centre) + log(at.q(centre) / at.q(start));
    Ball clock = (log(start / centre) + excess) / Ball(2);
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
    return (*series)(epsilon);
}

Ball SymmetricClock::State::growth_clock(const Ball& epsilon) const
{
    const Ball centre = centre_of(epsilon);
    const Ball log_growth =
        (log(growth_start / centre) + brake_at_growth - brake(centre)) / Ball(2);
    Ball clock = growth_time + growth_r * expm1(log_growth) + drift(centre);
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
    const auto epsilon_at_depth = [&](const Ball& d) { return epsilon_of(origin - d); };
    const auto elapsed_at = [&](const Ball& epsilon) {
        return grow ? growth_clock(epsilon) - growth_time : sphere_clock(epsilon);
    };
    const auto slope_at = [&](const Ball& epsilon) {
        const Ball c = speed(epsilon) / (2 * n);
        return grow ? c * growth_magnitude(epsilon) : c;
    };
    const auto signed_of = [&](const Ball& size) { return forward ? size : -size; };

    // First guess for |d|, the bound for c >= n; the search does not rely on it.
    const Ball size = abs(elapsed);
    const Ball guess = grow ? smaller(2 * size / growth_r,
                                      2 * log(Ball(1) + size / growth_r) + log(n / at.q(from)))
                            : 2 * size;
    // d needs as many bits more as the clock has before the point; the closed form loses those of
    // e^{beta n/m}.
    const long extra = std::max(0L, log2_of(elapsed)) + bits_lost_to_beta(problem);
    long bits = std::min(full, 96 + extra);
    Ball position;
    {
        const PrecisionScope scope(bits);
        Ball high;
        Ball low;
        bool have_high = false;
        bool have_low = false;
        position = centre_of(log(guess));
        const Ball target = log(size);
        const Ball stride(4);
        for (int step = 0; step < 300; ++step) {
            const Ball epsilon = epsilon_at_depth(signed_of(exp(position)));
            const Ball value = elapsed_at(epsilon);
            const Ball gap = log(abs(value)) - target;
            const Ball slope = slope_at(epsilon) * exp(position) / abs(value); // of ln s in ln d
            const Ball newton = centre_of(position - centre_of(gap) / slope);
            if (!newton.is_finite()) {
                break; // too close to the start for these bits: the polishing goes on from here
            }
            if (is_true(is_positive(centre_of(gap)))) {
                high = position;
                have_high = true;
            } else {
                low = position;
                have_low = true;
            }
            if (is_true(less(abs(newton - position), Ball(Rational(1, 1L << 30))))) {
                position = newton;
                break;
            }
            const Ball lowest = have_low ? low : centre_of(position - stride);
            const Ball highest = have_high ? high : centre_of(position + stride);
            const bool inside = is_true(less(lowest, newton)) && is_true(less(newton, highest));
            position = inside                  ? newton
                       : have_low && have_high ? centre_of((low + high) / Ball(2))
                       : have_low              ? highest
                                               : lowest;
        }
    }
    // Polishing: each step doubles the correct bits of d.
    Ball d = centre_of(signed_of(exp(position)));
    for (bits = 56; bits < full / 2; bits *= 2) {
        const PrecisionScope scope(std::min(full, 2 * bits + 64 + extra));
        const Ball epsilon = epsilon_at_depth(d);
        const Ball next = centre_of(d - (elapsed_at(epsilon) - elapsed) / slope_at(epsilon));
        if (next.is_finite()) {
            d = next;
        }
    }
    // Certificate: the map d - (s(d) - s)/s'(X) sends X into itself, so X holds exactly one root.
    const Ball residual = elapsed_at(epsilon_at_depth(d)) - elapsed;
    const Ball miss = abs(residual / slope_at(epsilon_at_depth(d)));
    Ball box = d;
    arb_add_error(box.raw(), Ball(4 * miss).raw());
    for (int attempt = 0; attempt < 3; ++attempt) {
        const Ball step = residual / slope_at(epsilon_at_depth(box));
        const Ball image = d - step;
        if (image.is_finite() && arb_contains(box.raw(), image.raw()) != 0) {
            return epsilon_at_depth(image);
        }
        arb_add_error(box.raw(), Ball(4 * abs(step)).raw());
    }
    throw Undecidable(
        fmt::format("no certificate for gamma at time {} with {} bits", clock.to_string(10), full));
}

SymmetricClock::SymmetricClock(const model::SymmetricProblem& problem)
{
    model::validate(problem);
    if (model::is_own(problem.scheme)) {
        throw InputError("scheme '" + problem.scheme
                         + "': the clock knows the paper's schemes; see clocked()");
    }
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
    Ball clock = s.sphere_clock(epsilon);
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
    Ball rate = 2 * epsilon * s.at.q(epsilon) / s.speed(epsilon);
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
        if (s.mixed && is_true(less(time, s.growth_time))) {
            return s.solve(false, time);
        }
        // solve() refuses a time that it cannot tell from the switching point.
        return s.solve(true, time);
    }
    if (s.slowed) {
        const Ball root = sqrt(time + Ball(1));
        return s.solve(false, 2 * time / (root + Ball(1))); // 2 (sqrt(t+1) - 1)
    }
    return s.solve(false, time);
}

Ball SymmetricClock::time_by_quadrature(const Ball& epsilon) const
{
    const State& s = *state_;
    const long goal = working_bits() - quadrature_slack;
    const Reduction<ComplexBall> on{ComplexBall(s.problem.n), ComplexBall(Ball(s.problem.beta))};
    const auto speed = [&](const ComplexBall& e) { return s.normed ? on.norm(e) : on.z(e); };
    const auto epsilon_of = [&](const ComplexBall& p) { return on.n / (on.m() + exp(-p)); };
    const ComplexBall divisor(2 * s.problem.n);
    const auto on_sphere = [&](const ComplexBall& p) { return speed(epsilon_of(p)) / divisor; };
    // r: the closed form on a node of the rule; on a wide box the mean value theorem in p,
    // d ln r/dp = -pull/(2n), from a real point.
    const auto growing = [&](const ComplexBall& p) {
        const Ball real = p.real();
        const ComplexBall c = speed(epsilon_of(p)) / divisor;
        if (acb_is_real(p.raw()) != 0 && (real.is_exact() || real.relative_accuracy_bits() > 40)) {
            return ComplexBall(s.growth_magnitude(s.epsilon_of(real))) * c;
        }
        const Ball centre = centre_of(real);
        const ComplexBall fall =
            (p - ComplexBall(centre)) * on.pull(epsilon_of(hull_with(p, centre))) / divisor;
        return ComplexBall(s.growth_magnitude(s.epsilon_of(centre))) * exp(-fall) * c;
    };
    const Ball from = s.logit(epsilon);
    if (!s.growing || (s.mixed && is_true(less(s.growth_start, epsilon)))) {
        const Ball clock = integrate(on_sphere, from, s.logit(s.start), goal);
        return s.slowed ? clock * (clock + Ball(4)) / Ball(4) : clock;
    }
    Ball before(0);
    if (s.mixed) {
        before = integrate(on_sphere, s.logit(s.growth_start), s.logit(s.start), goal);
    }
    return before + integrate(growing, from, s.logit(s.growth_start), goal);
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
        Ball ratio = share * exp(-s.excess_integral(epsilon));
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

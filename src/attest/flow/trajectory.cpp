#include "attest/flow/trajectory.hpp"

#include "attest/flow/clock.hpp"
#include "attest/flow/scheme_clock.hpp"
#include "attest/flow/series.hpp"
#include "attest/flow/series_rates.hpp"
#include "attest/flow/trajectory_run.hpp"
#include "attest/flow/trajectory_time.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace attest::flow {
namespace {

constexpr double geometric_from = 1000;
/// The bracket by quadrature is not tried beyond: Peri-LN and nGPT would take seconds.
constexpr long most_confirmed_digits = 60;

void check(const TrajectoryRequest& request)
{
    model::validate(request.problem);
    const model::SymmetricProblem& p = request.problem;
    if (request.until_time.has_value() == request.until_gamma.has_value()) {
        throw InputError("give one end of the trajectory: a time t or a level of gamma");
    }
    if (request.digits < 1 || request.digits > 100'000) {
        throw InputError(fmt::format("digits = {}: must lie in 1..100000", request.digits));
    }
    if (request.samples < 1 || request.samples > 1'000'000) {
        throw InputError(fmt::format("samples = {}: must lie in 1..1000000", request.samples));
    }
    if (request.until_time && *request.until_time <= 0) {
        throw InputError(
            fmt::format("until t = {}: must be positive", to_string(*request.until_time)));
    }
    if (request.until_gamma) {
        const Rational level = *request.until_gamma;
        // Only nGPT, whose alpha may be negative, can go below its start.
        const bool backward = p.scheme == "ngpt";
        if (level >= 1 || (!backward && level < p.gamma0)
            || (backward && level * (p.n - 1) <= -1)) {
            const std::string lowest =
                backward ? fmt::format("(-1/{}", p.n - 1) : "[" + to_string(p.gamma0);
            throw InputError(
                fmt::format("until gamma = {}: must lie in {}, 1)", to_string(level), lowest));
        }
    }
}

Real real(const Ball& ball)
{
    return ball.midpoint();
}

/// A rational with that many significant digits next to a positive Real.
Rational short_decimal(const Real& x, long digits)
{
    return parse_rational(to_decimal(x, digits));
}

long agreement(const TrajectorySample& a, const TrajectorySample& b)
{
    return std::min({agreeing_digits(a.t, b.t), agreeing_digits(a.gamma, b.gamma),
                     agreeing_digits(a.epsilon, b.epsilon), agreeing_digits(a.r, b.r)});
}

long agreement(const detail::TrajectoryRun& a, const detail::TrajectoryRun& b)
{
    long digits = std::numeric_limits<long>::max();
    for (std::size_t i = 0; i < std::min(a.samples.size(), b.samples.size()); ++i) {
        digits = std::min(digits, agreement(a.samples[i], b.samples[i]));
    }
    return a.samples.size() == b.samples.size() ? digits : 0;
}

detail::TrajectoryRun run(const TrajectoryRequest& request,
                          const detail::TrajectorySetting& setting)
{
    return request.variable == TrajectoryVariable::Logistic ? run_logistic(request, setting)
                                                            : run_direct(request, setting);
}

/// Whether the scheme depends on time through a clock of its own only.
bool separates(const model::SymmetricProblem& problem)
{
    try {
        logistic_rates(problem, false);
        logistic_rates(problem, true);
        return true;
    } catch (const Undecidable&) {
        return false;
    }
}

std::string name_of(TrajectoryVariable variable)
{
    switch (variable) {
    case TrajectoryVariable::Time:
        return "t";
    case TrajectoryVariable::LogTime:
        return "ln t";
    case TrajectoryVariable::Gamma:
        return "gamma";
    case TrajectoryVariable::Automatic:
    case TrajectoryVariable::Logistic:
        break;
    }
    return "sigma";
}

struct Confirmation {
    bool confirmed = false;
    std::string words;
};

/// The clock of the quadrature route at time t.
Ball quadrature_clock(const ClockedProblem& problem, const Ball& t)
{
    return problem.speed ? problem.speed->integral->evaluate<Ball>({{"t", t}}) : t;
}

/// The problem as the quadrature route sees it; nothing where that route does not cover it.
std::optional<ClockedProblem> quadrature_problem(const model::SymmetricProblem& problem)
{
    try {
        ClockedProblem on = clocked(problem);
        if (on.speed && !on.speed->integral) {
            return std::nullopt;
        }
        return on;
    } catch (const Undecidable&) {
        return std::nullopt;
    }
}

/// Whether lower < value < upper (or the reverse), as far as the enclosures decide it.
Truth between(const Ball& value, const Ball& lower, const Ball& upper)
{
    return (less(lower, value) && less(value, upper)) || (less(upper, value) && less(value, lower));
}

/// Brackets the last sample by enclosures from quadrature, which steps through nothing: the clock
/// is strictly monotone in gamma, so clock(epsilon (1 + d)) < C(t) < clock(epsilon (1 - d)) proves
/// 1 - gamma to within the factor 1 +- d.
Confirmation confirm(const TrajectoryRequest& request, const TrajectorySample& last)
{
    const std::optional<ClockedProblem> found =
        last.t == 0 ? std::nullopt : quadrature_problem(request.problem);
    if (!found) {
        return {};
    }
    const ClockedProblem& problem = *found;
    const long digits = std::min(request.digits, most_confirmed_digits);
    const long bits = bits_for_digits(digits) + 64;
    Truth agrees = Truth::Unknown;
    for (long factor = 1; factor <= 4 && is_unknown(agrees); factor *= 2) {
        const PrecisionScope precision(factor * bits);
        try {
            const Ball one(1);
            const Ball tolerance(attest::pow(Rational(10), -digits));
            const SymmetricClock clock(problem.curve);
            const Ball epsilon(last.epsilon);
            const Ball t(last.t);
            if (request.until_gamma) {
                const Ball level(Rational(1 - *request.until_gamma));
                agrees =
                    between(clock.time_at(level), quadrature_clock(problem, t * (one - tolerance)),
                            quadrature_clock(problem, t * (one + tolerance)));
            } else {
                agrees = between(quadrature_clock(problem, t),
                                 clock.time_at(epsilon * (one + tolerance)),
                                 clock.time_at(epsilon * (one - tolerance)));
            }
            const Ball around = one + tolerance * Ball::interval(Rational(-1), Rational(1));
            const bool spherical = last.r == 1;
            if (!spherical
                && !clock.magnitude_at(epsilon * around).overlaps(Ball(last.r) * around)) {
                agrees = Truth::False;
            }
        } catch (const InputError&) {
            return {}; // the bracket leaves the domain of the second route
        } catch (const Undecidable&) {
            return {}; // the second route does not cover this case
        }
    }
    if (is_false(agrees)) {
        throw std::logic_error(fmt::format(
            "two routes disagree: quadrature does not confirm t = {}, gamma = {}, r = {} to {} "
            "digits",
            to_decimal(last.t, digits), to_decimal(last.gamma, digits), to_decimal(last.r, digits),
            digits));
    }
    if (is_unknown(agrees)) {
        return {};
    }
    return {true, fmt::format("; {} of the last sample is certified to {} digits by a bracket from "
                              "rigorous quadrature",
                              request.until_gamma ? "t" : "1 - gamma", digits)};
}

} // namespace

namespace detail {

std::vector<Rational> sample_times(const TrajectoryRequest& request, const Real& t_end)
{
    std::vector<Rational> times;
    const long before = request.samples - 1; // the end is added by the run
    if (before < 1) {
        return times;
    }
    times.emplace_back(0);
    if (t_end > geometric_from && before > 1) {
        const Real first = Real(1) / 100;
        for (long k = 1; k < before; ++k) {
            const Real t = first * pow(t_end / first, Real(k - 1) / Real(before - 1));
            times.push_back(short_decimal(t, 6));
        }
        return times;
    }
    for (long k = 1; k < before; ++k) {
        times.push_back(request.until_time ? Rational(*request.until_time * k / before)
                                           : short_decimal(t_end * k / before, 6));
    }
    return times;
}

TrajectoryRun run_logistic(const TrajectoryRequest& request, const TrajectorySetting& setting)
{
    const PrecisionScope precision(bits_for_digits(setting.digits) + setting.extra_bits);
    SeriesOptions options;
    options.digits = setting.digits;
    options.step_scale = setting.step_scale;
    options = completed(options);
    options.order += options.order * setting.extra_order / 100;
    // Late on the sphere sigma is as large as t, and gamma depends on its fraction.
    const Real reach = request.until_time ? to_real(*request.until_time) : Real(1);
    const double magnitude = std::clamp(log2(reach).convert_to<double>(), 0.0, 256.0);
    options.bits += setting.extra_bits + static_cast<long>(magnitude) + 16;
    SymmetricSeries series(request.problem, options);
    const PrecisionScope finer(series.bits());
    TimeMap map(series.speed(), request.problem.alpha, setting.digits, series.bits(),
                setting.step_scale);

    TrajectoryRun result;
    const bool spherical = series.spherical();
    const auto sample = [&](const Ball& t, const SeriesPoint& point) {
        result.samples.push_back(
            {real(t), real(point.gamma), real(point.epsilon), spherical ? Real(1) : real(point.r)});
    };
    Ball t_end;
    SeriesPoint end;
    if (request.until_time) {
        t_end = Ball(*request.until_time);
        end = series.at_clock(map.clock_at(t_end));
    } else {
        end = series.at_gamma(*request.until_gamma);
        if (arb_is_zero(end.clock.raw()) == 0) {
            t_end = map.first_time(end.clock);
        }
    }
    result.times = setting.times_given ? setting.times : sample_times(request, real(t_end));
    for (const Rational& time : result.times) {
        const Ball t(time);
        sample(t, series.at_clock(map.clock_at(t)));
    }
    sample(t_end, end);
    result.order = series.order();
    result.steps = series.steps();
    return result;
}

} // namespace detail

TrajectoryResult trajectory(const TrajectoryRequest& given)
{
    check(given);
    TrajectoryRequest request = given;
    if (request.variable == TrajectoryVariable::Automatic) {
        request.variable =
            separates(request.problem) ? TrajectoryVariable::Logistic : TrajectoryVariable::Time;
    }
    long extra = 4;
    long best = 0;
    for (int attempt = 0; attempt < 6; ++attempt) {
        detail::TrajectorySetting first;
        first.digits = request.digits + extra;
        const detail::TrajectoryRun a = run(request, first);
        detail::TrajectorySetting second = first;
        second.digits += 2;
        second.extra_bits = 40;
        second.extra_order = 12;
        second.step_scale = 0.9;
        second.times = a.times;
        second.times_given = true;
        const detail::TrajectoryRun b = run(request, second);
        const long agreed = agreement(a, b);
        best = std::max(best, agreed);
        if (agreed < request.digits) {
            extra += request.digits - agreed + 6;
            continue;
        }
        TrajectoryResult result;
        result.samples = b.samples;
        // The runs keep guard digits; no more is claimed than was aimed at.
        result.digits = std::min(agreed, first.digits);
        result.order = b.order;
        result.steps = b.steps;
        result.independent = name_of(request.variable);
        result.how = fmt::format(
            "two Taylor integrations in {} (orders {} and {}, {} and {} steps, different "
            "precision) agree to {} digits in every sample",
            result.independent, a.order, b.order, a.steps, b.steps, result.digits);
        if (request.confirm) {
            const Confirmation second_route = confirm(request, result.samples.back());
            result.confirmed = second_route.confirmed;
            result.how += second_route.words;
        }
        return result;
    }
    throw Undecidable(fmt::format("two Taylor runs agree to {} digits only up to the end of the "
                                  "trajectory, {} were asked for",
                                  best, request.digits));
}

} // namespace attest::flow

#include "attest/flow/conformance.hpp"

#include "attest/flow/symmetric_tokens.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <deque>

namespace attest::flow {
namespace {

constexpr long least_digits = 18;
constexpr long most_compared_digits = 400;
constexpr double rounding_factor = 32;

/// Digits of the enclosure that a tolerance asks for.
long digits_for(const ConformanceOptions& options)
{
    if (!options.tolerance || *options.tolerance <= 0) {
        return least_digits;
    }
    const double decades = -std::log10(options.tolerance->convert_to<double>() + 1e-300);
    return std::clamp(static_cast<long>(decades) + 8, least_digits, most_compared_digits);
}

std::vector<SymmetricState> reference_states(const model::SymmetricProblem& problem,
                                             const RecordedRun& run,
                                             const ConformanceOptions& options)
{
    std::vector<SymmetricState> states;
    const long digits = digits_for(options);
    if (options.layers) {
        if (run.t.back() > most_symmetric_layers) {
            throw InputError(fmt::format("{}: layer {}: must be at most {}", run.name,
                                         to_string(run.t.back()), most_symmetric_layers));
        }
        const std::vector<SymmetricState> all =
            symmetric_layers(problem, run.t.back().convert_to<long>(), digits);
        for (const Rational& t : run.t) {
            states.push_back(all[t.convert_to<std::size_t>()]);
        }
        return states;
    }
    SymmetricTubeOptions how;
    how.digits = digits;
    how.log_time = run.t.back() > 1000;
    const SymmetricTube tube = symmetric_tube(problem, run.t.back(), how);
    for (const Rational& t : run.t) {
        states.push_back(tube.at(t));
    }
    return states;
}

struct RecordedValues {
    const std::vector<Rational>& low;
    const std::vector<Rational>& high;
};

/// Certain distance of the recorded values from the enclosures.
void measure(Comparison& out, const RecordedValues& recorded, const std::vector<Ball>& exact)
{
    for (std::size_t k = 0; k < exact.size(); ++k) {
        const Ball low = abs(Ball(recorded.low[k]) - exact[k]);
        const Ball high = abs(Ball(recorded.high[k]) - exact[k]);
        out.exact.push_back(exact[k].to_double());
        out.error.push_back(
            std::max({0.0, low.lower().convert_to<double>(), high.lower().convert_to<double>()}));
    }
}

/// What is allowed at each row: of the methods' errors, rounding, printing; or as told.
void allow(Comparison& out, const RecordedRun& run, const ConformanceOptions& options,
           const std::vector<double>& t, const std::vector<const std::vector<double>*>& methods,
           double print, bool relative)
{
    const std::vector<double> steps = steps_until(t, options);
    std::vector<double> explained(t.size(), 0);
    for (const std::vector<double>* values : methods) {
        for (std::size_t k = 0; k < t.size(); ++k) {
            explained[k] = std::max(explained[k], std::abs((*values)[k] - out.exact[k]));
        }
    }
    const std::vector<double> recent = recent_maximum(t, explained);
    for (std::size_t k = 0; k < t.size(); ++k) {
        const double size = relative ? std::max(1.0, std::abs(out.exact[k])) : 1.0;
        const double rounding = gathered_rounding(run.unit, steps[k]) * size + print;
        if (options.tolerance) {
            const double tolerance = options.tolerance->convert_to<double>() * size;
            out.allowed.push_back(tolerance);
            out.rounding.push_back(std::max(rounding, tolerance - options.safety * explained[k]));
        } else {
            out.allowed.push_back(options.safety * recent[k] + rounding);
            out.rounding.push_back(rounding);
        }
    }
}

/// Whether the magnitudes show a simulator that puts its tokens back on the sphere.
bool stays_on_sphere(const RecordedRun& run)
{
    const double room = gathered_rounding(run.unit, static_cast<double>(run.t.size()));
    const auto near = [&](const Rational& r) {
        return std::abs(Rational(r - 1).convert_to<double>()) <= room + run.r_print;
    };
    return !run.r_low.empty() && std::all_of(run.r_low.begin(), run.r_low.end(), near)
           && std::all_of(run.r_high.begin(), run.r_high.end(), near);
}

std::optional<Departure> first_departure(const RecordedRun& run, const Comparison& c,
                                         const RecordedValues& recorded,
                                         const std::vector<Ball>& exact, const char* name)
{
    for (std::size_t k = 0; k < c.error.size(); ++k) {
        if (c.error[k] > c.allowed[k]) {
            const Ball low = abs(Ball(recorded.low[k]) - exact[k]);
            const Ball high = abs(Ball(recorded.high[k]) - exact[k]);
            const Rational& value =
                low.to_double() > high.to_double() ? recorded.low[k] : recorded.high[k];
            return Departure{k,
                             name,
                             run.t[k],
                             to_decimal(to_real(value), 12),
                             to_decimal(exact[k].midpoint(), 12),
                             c.error[k],
                             c.allowed[k]};
        }
    }
    return std::nullopt;
}

} // namespace

void validate_times(const std::string& name, const std::vector<Rational>& times, bool layers)
{
    if (times.size() < 2) {
        throw InputError(fmt::format("{}: {} rows: must be at least 2", name, times.size()));
    }
    if (times.front() < 0) {
        throw InputError(fmt::format("{}: t '{}': must not be negative", name,
                                     to_decimal(to_real(times.front()), 6)));
    }
    for (std::size_t k = 1; k < times.size(); ++k) {
        if (times[k] <= times[k - 1]) {
            throw InputError(fmt::format("{}: t '{}' after '{}': times must ascend", name,
                                         to_decimal(to_real(times[k]), 6),
                                         to_decimal(to_real(times[k - 1]), 6)));
        }
    }
    if (layers) {
        for (const Rational& t : times) {
            if (boost::multiprecision::denominator(t) != 1) {
                throw InputError(fmt::format("{}: t '{}': must be an integer with layers", name,
                                             to_decimal(to_real(t), 6)));
            }
        }
    }
}

std::vector<double> recent_maximum(const std::vector<double>& t, const std::vector<double>& values)
{
    std::vector<double> out;
    std::deque<std::size_t> candidates; // falling values, rising times
    for (std::size_t k = 0; k < values.size(); ++k) {
        while (!candidates.empty() && values[candidates.back()] <= values[k]) {
            candidates.pop_back();
        }
        candidates.push_back(k);
        while (t[candidates.front()] < t[k] / 2) {
            candidates.pop_front();
        }
        out.push_back(values[candidates.front()]);
    }
    return out;
}

std::vector<double> steps_until(const std::vector<double>& t, const ConformanceOptions& options)
{
    std::vector<double> out(t.size(), 0);
    const double step = options.step ? options.step->convert_to<double>() : 0;
    for (std::size_t k = 1; k < t.size(); ++k) {
        out[k] = out[k - 1] + (step > 0 ? std::max(1.0, (t[k] - t[k - 1]) / step) : 1.0);
    }
    return out;
}

double longest_step(const std::vector<double>& t, const ConformanceOptions& options)
{
    double longest = 0;
    for (std::size_t k = 1; k < t.size(); ++k) {
        longest = std::max(longest, t[k] - t[k - 1]);
    }
    return options.step ? std::min(longest, options.step->convert_to<double>()) : longest;
}

double gathered_rounding(double unit, double steps)
{
    return rounding_factor * unit * (1 + steps);
}

std::size_t Comparison::worst() const
{
    return static_cast<std::size_t>(
        std::distance(error.begin(), std::max_element(error.begin(), error.end())));
}

Conformance conformance(const model::SymmetricProblem& problem, const RecordedRun& run,
                        const ConformanceOptions& options)
{
    validate_times(run.name, run.t, options.layers);
    const std::vector<SymmetricState> states = reference_states(problem, run, options);
    const PrecisionScope scope(bits_for_digits(digits_for(options)) + 64);

    Conformance result;
    result.reference = options.layers ? "Table 1's discrete layers, enclosed"
                                      : "Appendix A's equations, enclosed by validated integration";
    std::vector<double> t;
    std::vector<Ball> gamma;
    std::vector<Ball> r;
    for (std::size_t k = 0; k < states.size(); ++k) {
        t.push_back(run.t[k].convert_to<double>());
        gamma.push_back(states[k].gamma);
        r.push_back(states[k].r);
        result.epsilon.push_back(states[k].epsilon.to_double());
    }
    result.step = options.layers ? 1 : longest_step(t, options);
    if (!options.layers) {
        const StepGrid grid{t, options.step ? options.step->convert_to<double>() : 0,
                            gamma.front().to_double(), r.front().to_double()};
        result.methods = method_runs(problem, grid, options.order);
        if (stays_on_sphere(run)) {
            result.methods.erase(
                std::remove_if(result.methods.begin(), result.methods.end(),
                               [](const MethodRun& method) { return method.drifts; }),
                result.methods.end());
        }
        if (result.methods.empty() && !options.tolerance) {
            throw InputError(fmt::format("{}: steps up to {:.3g}: no method of order {} gives "
                                         "finite numbers with them: a tolerance has to be given",
                                         run.name, result.step, options.order));
        }
    }
    std::vector<const std::vector<double>*> gammas;
    std::vector<const std::vector<double>*> magnitudes;
    for (const MethodRun& method : result.methods) {
        gammas.push_back(&method.gamma);
        magnitudes.push_back(&method.r);
    }
    const RecordedValues recorded_gamma{run.gamma_low, run.gamma_high};
    measure(result.gamma, recorded_gamma, gamma);
    allow(result.gamma, run, options, t, gammas, run.gamma_print, false);
    result.first = first_departure(run, result.gamma, recorded_gamma, gamma, "gamma");
    if (!run.r_low.empty()) {
        const RecordedValues recorded_r{run.r_low, run.r_high};
        measure(result.r, recorded_r, r);
        allow(result.r, run, options, t, magnitudes, run.r_print, true);
        const auto first = first_departure(run, result.r, recorded_r, r, "r");
        if (first && (!result.first || first->row < result.first->row)) {
            result.first = first;
        }
    }
    result.contradictions = contradictions(problem, run, result, options);
    return result;
}

std::vector<ObservedOrder> observed_orders(std::vector<ErrorCurve> curves)
{
    std::sort(curves.begin(), curves.end(),
              [](const ErrorCurve& a, const ErrorCurve& b) { return a.step > b.step; });
    double end = HUGE_VAL;
    for (const ErrorCurve& curve : curves) {
        end = std::min(end, curve.t.back());
    }
    const auto largest = [&](const ErrorCurve& curve) {
        double error = 0;
        for (std::size_t k = 0; k < curve.t.size(); ++k) {
            if (curve.t[k] <= end * (1 + 1e-9)) {
                error = std::max(error, curve.error[k]);
            }
        }
        return error;
    };
    std::vector<ObservedOrder> out;
    for (std::size_t k = 1; k < curves.size(); ++k) {
        const ErrorCurve& coarse = curves[k - 1];
        const ErrorCurve& fine = curves[k];
        ObservedOrder pair{coarse.step, fine.step, std::nullopt, largest(coarse), largest(fine)};
        if (pair.coarse_error > coarse.rounding && pair.fine_error > fine.rounding
            && coarse.step > fine.step * (1 + 1e-6)) {
            pair.order =
                std::log(pair.coarse_error / pair.fine_error) / std::log(coarse.step / fine.step);
        }
        out.push_back(pair);
    }
    return out;
}

} // namespace attest::flow

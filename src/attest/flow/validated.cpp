#include "attest/flow/validated.hpp"

#include "attest/flow/taylor_simplify.hpp"
#include "attest/flow/validated_step.hpp"
#include "attest/numbers/digits.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace attest::flow {
namespace {

/// Order per decimal digit, and the few that make the step less sensitive to its estimate.
constexpr double tube_order_per_digit = 1.3;
/// Digits beyond those asked for that the first attempt carries: rounding, the room left for a
/// reader, and the growth of errors along the way.
constexpr long first_guard_digits = 6;

void check(const System& system, const ValidatedOptions& options)
{
    validate(system);
    if (options.digits < 1 || options.digits > 10'000) {
        throw InputError(fmt::format("digits = {}: must lie in 1..10000", options.digits));
    }
    if (options.order != 0 && (options.order < 2 || options.order > 100'000)) {
        throw InputError(fmt::format("order = {}: must lie in 2..100000", options.order));
    }
    if (options.bits != 0 && (options.bits < 64 || options.bits > maximum_working_bits)) {
        throw InputError(
            fmt::format("bits = {}: must lie in 64..{}", options.bits, maximum_working_bits));
    }
    if (options.max_steps < 1) {
        throw InputError(fmt::format("max_steps = {}: must be positive", options.max_steps));
    }
    if (!options.absolute.empty() && options.absolute.size() != system.states.size()) {
        throw InputError(fmt::format("{} kinds of accuracy given for {} states",
                                     options.absolute.size(), system.states.size()));
    }
}

std::vector<std::string> all_names(const System& system)
{
    std::vector<std::string> names = system.states;
    names.push_back(system.independent);
    return names;
}

/// Exact sum.
Ball exact_sum(const Ball& a, const Ball& b)
{
    Ball out;
    arf_add(arb_midref(out.raw()), arb_midref(a.raw()), arb_midref(b.raw()), ARF_PREC_EXACT,
            ARF_RND_DOWN);
    return out;
}
Ball exact_difference(const Ball& a, const Ball& b)
{
    return exact_sum(a, -b);
}

/// The smallest dyadic number of that many bits that is not below the rational.
Ball dyadic_above(const Rational& x, long bits)
{
    const PrecisionScope scope(bits);
    const Ball value(x);
    Ball out;
    arb_get_ubound_arf(arb_midref(out.raw()), value.raw(), bits);
    return out;
}

} // namespace

std::vector<Ball> StateSet::box() const
{
    std::vector<Ball> out = center;
    for (std::size_t i = 0; i < out.size(); ++i) {
        Ball spread;
        for (std::size_t j = 0; j < radius.size(); ++j) {
            spread +=
                abs(frame(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j))) * radius[j];
        }
        arb_add_error(out[i].raw(), spread.raw());
    }
    return out;
}

// --- tube -----------------------------------------------------------------------------------

Tube::Tube(std::shared_ptr<const detail::ValidatedData> data) : data_(std::move(data))
{
}

const System& Tube::system() const noexcept
{
    return data_->system;
}
const ValidatedOptions& Tube::options() const noexcept
{
    return data_->options;
}
const std::vector<InitialRange>& Tube::initial() const noexcept
{
    return data_->initial;
}
const std::vector<ValidatedStep>& Tube::steps() const noexcept
{
    return data_->steps;
}
long Tube::bits() const noexcept
{
    return data_->bits;
}
bool Tube::stopped() const noexcept
{
    return data_->stopped;
}
Ball Tube::start() const
{
    return data_->start;
}
Ball Tube::end() const
{
    const ValidatedStep& last = data_->steps.back();
    return exact_sum(last.start, last.h);
}

std::vector<Ball> Tube::final_box() const
{
    const PrecisionScope scope(data_->bits);
    return data_->steps.back().end.box();
}

long Tube::final_digits() const
{
    const PrecisionScope scope(data_->bits);
    const std::vector<Ball> box = final_box();
    long digits = std::numeric_limits<long>::max();
    for (std::size_t i = 0; i < box.size(); ++i) {
        const bool absolute = !data_->options.absolute.empty() && data_->options.absolute[i];
        long bits = box[i].relative_accuracy_bits();
        if (absolute) {
            Ball radius;
            arb_get_rad_arb(radius.raw(), box[i].raw());
            mag_t bound;
            mag_init(bound);
            arb_get_mag(bound, radius.raw());
            bits = mag_is_zero(bound) != 0
                       ? bits
                       : static_cast<long>(std::floor(-mag_get_d_log2_approx(bound)));
            mag_clear(bound);
        }
        digits =
            std::min(digits, static_cast<long>(std::floor(static_cast<double>(bits) / log2_10)));
    }
    return std::max(digits, 0L);
}

Tube Tube::first_steps(std::size_t count) const
{
    auto part = std::make_shared<detail::ValidatedData>(*data_);
    part->steps.resize(std::clamp<std::size_t>(count, 1, part->steps.size()));
    part->stopped = false;
    part->reader.reset();
    return Tube(part);
}

std::vector<Ball> Tube::at(const Ball& x) const
{
    const PrecisionScope scope(data_->bits + 32);
    if (!is_true(less_equal(data_->start, x)) || !is_true(less_equal(x, end()))) {
        throw InputError(fmt::format("{} = {}: must lie in [{}, {}]", data_->system.independent,
                                     x.to_string(12), data_->start.to_string(12),
                                     end().to_string(12)));
    }
    return over(x, x);
}

std::vector<Ball> Tube::over(const Ball& from, const Ball& to) const
{
    const PrecisionScope scope(data_->bits + 32);
    const Ball wanted = Ball::hull(from, to);
    const std::vector<ValidatedStep>& steps = data_->steps;
    // The first step that does not certainly end before.
    auto step = std::partition_point(steps.begin(), steps.end(), [&](const ValidatedStep& s) {
        return is_true(less(exact_sum(s.start, s.h), wanted));
    });
    if (!data_->reader) {
        data_->reader = std::make_shared<detail::StepEngine>(*data_);
    }
    detail::StepEngine& engine = *data_->reader;
    std::vector<Ball> out;
    for (; step != steps.end() && !is_true(less(wanted, step->start)); ++step) {
        // What sticks out of the step by rounding does no harm: the enclosure holds for the rest.
        const Ball whole = Ball::hull(step->start, exact_sum(step->start, step->h));
        Ball part = wanted;
        if (!whole.contains(wanted)
            && arb_intersection(part.raw(), whole.raw(), wanted.raw(), working_bits()) == 0) {
            continue;
        }
        const StateSet set = step == steps.begin() ? engine.initial_set() : std::prev(step)->end;
        engine.resume(step->start, set, *step);
        const std::vector<Ball> here = engine.at(part - step->start);
        for (std::size_t i = 0; i < here.size() && !out.empty(); ++i) {
            out[i] = Ball::hull(out[i], here[i]);
        }
        if (out.empty()) {
            out = here;
        }
    }
    if (out.empty()) {
        throw InputError(fmt::format("{} = {}: must overlap [{}, {}]", data_->system.independent,
                                     wanted.to_string(12), data_->start.to_string(12),
                                     end().to_string(12)));
    }
    return out;
}

// --- integrator -----------------------------------------------------------------------------

ValidatedIntegrator::ValidatedIntegrator(const System& system, const ValidatedOptions& options)
{
    check(system, options);
    auto data = std::make_shared<detail::ValidatedData>();
    data->system = system;
    data->options = options;
    if (!options.as_written) {
        for (Expr& rate : data->system.rates) {
            rate = simplify(rate, options.positive);
        }
    }
    data->bits =
        options.bits > 0
            ? options.bits
            : std::max(64L,
                       static_cast<long>(std::ceil(log2_10 * static_cast<double>(options.digits)))
                           + 24);
    data->order =
        options.order > 0
            ? options.order
            : static_cast<long>(tube_order_per_digit * static_cast<double>(options.digits)) + 4;
    data->tape = compile_as_written(data->system);
    data->rates.emplace(data->system.rates, all_names(data->system));
    data_ = data;
}

Tube ValidatedIntegrator::integrate(const Rational& x0, const std::vector<InitialRange>& initial,
                                    const Rational& x1, const Stop& stop) const
{
    if (x1 <= x0) {
        throw InputError(fmt::format("end {} = {}: must lie above the start {}",
                                     data_->system.independent, to_string(x1), to_string(x0)));
    }
    if (initial.size() != data_->system.states.size()) {
        throw InputError(fmt::format("{} initial values given for {} states", initial.size(),
                                     data_->system.states.size()));
    }
    for (std::size_t i = 0; i < initial.size(); ++i) {
        if (initial[i].lo > initial[i].hi) {
            throw InputError(fmt::format("initial range of {}: {} is above {}",
                                         data_->system.states[i], to_string(initial[i].lo),
                                         to_string(initial[i].hi)));
        }
    }
    auto data = std::make_shared<detail::ValidatedData>(*data_);
    data->initial = initial;
    const PrecisionScope scope(data->bits);
    data->start = Ball(x0);
    if (!data->start.is_exact()) {
        throw InputError(fmt::format("start {} = {}: must be a dyadic number of at most {} bits",
                                     data->system.independent, to_string(x0), data->bits));
    }
    const Ball end = dyadic_above(x1, data->bits);
    detail::StepEngine engine(*data);
    StateSet set = engine.initial_set();
    Ball x = data->start;
    double log2_factor = 0; // of the step to what the point series would allow
    while (!data->stopped && !is_true(equal(x, end))) {
        if (static_cast<long>(data->steps.size()) >= data->options.max_steps) {
            throw Undecidable(fmt::format("no end in sight after {} validated steps, at {} = {}",
                                          data->steps.size(), data->system.independent,
                                          x.to_string(10)));
        }
        const Ball left = exact_difference(end, x);
        engine.begin(x, set, log2_factor, left);
        ValidatedStep step;
        step.start = x;
        step.h = engine.length();
        step.order = data->order;
        step.hull = engine.hull();
        step.end = engine.finish();
        log2_factor =
            std::clamp(log2_factor + std::clamp(0.5 * engine.stretch(), -0.7, 0.2), -8.0, 1.0);
        x = exact_sum(x, step.h);
        set = step.end;
        data->steps.push_back(std::move(step));
        data->stopped = stop && stop(x, set);
    }
    return Tube(data);
}

ValidatedIntegrator::Stop all_positive(const System& system, std::vector<Expr> formulas)
{
    const FlatFormulas flat(formulas, all_names(system));
    return [flat](const Ball& x, const StateSet& set) {
        std::vector<Ball> values = set.box();
        values.push_back(x);
        const std::vector<Ball> results = flat(values);
        return std::all_of(results.begin(), results.end(),
                           [](const Ball& v) { return is_true(is_positive(v)); });
    };
}

Tube proven_tube(const System& system, const Rational& x0, const std::vector<Rational>& y0,
                 const Rational& x1, long digits, const ValidatedOptions& options,
                 const ValidatedIntegrator::Stop& stop)
{
    if (digits < 1 || digits > 3000) {
        throw InputError(fmt::format("digits = {}: must lie in 1..3000", digits));
    }
    const std::vector<InitialRange> initial(y0.begin(), y0.end());
    long carried = digits + first_guard_digits;
    long reached = 0;
    while (carried <= 3 * digits + 30) {
        ValidatedOptions attempt = options;
        attempt.digits = carried;
        Tube tube = ValidatedIntegrator(system, attempt).integrate(x0, initial, x1, stop);
        reached = tube.final_digits();
        if (reached >= digits) {
            return tube;
        }
        carried += digits - reached + 1;
    }
    throw Undecidable(
        fmt::format("{} digits proved at the end, {} were asked for", reached, digits));
}

} // namespace attest::flow

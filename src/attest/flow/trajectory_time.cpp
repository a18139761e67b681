#include "attest/flow/trajectory_time.hpp"

#include "attest/flow/taylor.hpp"
#include "attest/flow/taylor_simplify.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/numbers/jet.hpp"
#include "attest/numbers/precision.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace attest::flow {
namespace {

/// Whether the formula in s has finite Taylor coefficients at s = 0.
bool regular_at_zero(const Expr& formula)
{
    try {
        const auto series = formula.evaluate<Jet<Ball>>({{"s", Jet<Ball>::variable(Ball(0), 4)}});
        return std::all_of(series.coefficients().begin(), series.coefficients().end(),
                           [](const Ball& c) { return c.is_finite(); });
    } catch (const DomainError&) {
        return false;
    }
}

} // namespace

struct TimeMap::State {
    enum class Kind { Identity, Root, Closed, Numeric } kind = Kind::Identity;
    Expr integral; ///< over t, for Closed
    Expr rate;     ///< dC/ds over s, s = t^{1/k}
    long k = 1;
    TaylorOptions options;
    std::optional<TaylorIntegrator<Ball>> integrator;
    std::optional<TaylorSolution<Ball>> solution;
    std::string speed_text;

    const TaylorIntegrator<Ball>& numeric()
    {
        if (!integrator) {
            if (k == 0) {
                throw Undecidable("speed " + speed_text + " is singular at t = 0");
            }
            integrator.emplace(System{"s", {"clock"}, {rate}}, options);
        }
        return *integrator;
    }

    Ball root(const Ball& t) const
    {
        Ball s = t;
        if (k > 1) {
            arb_root_ui(s.raw(), t.raw(), static_cast<ulong>(k), options.bits);
        }
        return s;
    }
};

TimeMap::TimeMap(const Expr& speed, const model::Alpha& alpha, long digits, long bits,
                 double step_scale) :
    state_(std::make_unique<State>())
{
    const Expr t = Expr::symbol("t");
    state_->options.digits = digits;
    state_->options.bits = bits;
    state_->options.step_scale = step_scale;
    state_->options.max_steps = 20'000;
    state_->speed_text = speed.text();
    const Expr plain = simplify(speed);
    if (plain == Expr(1L)) {
        state_->kind = State::Kind::Identity;
    } else if (plain == simplify(1 / sqrt(t + 1))) {
        state_->kind = State::Kind::Root;
    } else if (alpha.integral && plain == simplify(alpha.formula)) {
        state_->kind = State::Kind::Closed;
        state_->integral = *alpha.integral;
    } else {
        state_->kind = State::Kind::Numeric;
    }
    const Expr s = Expr::symbol("s");
    state_->k = 0;
    for (const long k : {1L, 2L, 3L, 4L, 6L, 12L}) {
        const Expr rate = simplify(k * pow(s, k - 1) * speed.substitute("t", pow(s, k)), {"s"});
        if (regular_at_zero(rate)) {
            state_->rate = rate;
            state_->k = k;
            break;
        }
    }
}

TimeMap::~TimeMap() = default;

Ball TimeMap::clock_at(const Ball& t)
{
    State& m = *state_;
    const PrecisionScope precision(m.options.bits);
    if (arb_is_zero(t.raw()) != 0) {
        return Ball(0);
    }
    switch (m.kind) {
    case State::Kind::Identity:
        return t;
    case State::Kind::Root:
        return 2 * t / (1 + sqrt(Ball(1 + t)));
    case State::Kind::Closed:
        return m.integral.evaluate<Ball>({{"t", t}});
    case State::Kind::Numeric:
        break;
    }
    const Ball s = m.root(t);
    const auto covered = [&] {
        return m.solution && arf_cmp(arb_midref(s.raw()), arb_midref(m.solution->end().raw())) <= 0;
    };
    if (!covered()) {
        Ball far = s;
        mag_zero(arb_radref(far.raw()));
        m.solution = m.numeric().integrate(Ball(0), {Ball(0)}, far);
    }
    return m.solution->at(s).front();
}

Ball TimeMap::first_time(const Ball& clock)
{
    State& m = *state_;
    const PrecisionScope precision(m.options.bits);
    switch (m.kind) {
    case State::Kind::Identity:
        return clock;
    case State::Kind::Root:
        return clock + clock * clock / 4;
    case State::Kind::Closed:
    case State::Kind::Numeric:
        break;
    }
    Ball limit(attest::pow(Rational(10), 40));
    limit = m.root(limit);
    mag_zero(arb_radref(limit.raw()));
    try {
        m.solution = m.numeric().until(Ball(0), {Ball(0)}, {0, clock}, limit);
    } catch (const Undecidable& failure) {
        throw Undecidable(fmt::format("the level needs a clock int_0^t ({}) ds of {}, which was "
                                      "not found: {} (s = t^(1/{}))",
                                      m.speed_text, clock.to_string(8), failure.what(), m.k));
    }
    if (!m.solution->event_found()) {
        throw Undecidable(fmt::format(
            "the level is not reached: int_0^t ({}) ds has not been {} up to t = 1e40, where it is "
            "{}",
            m.speed_text, clock.to_string(8), m.solution->final_state().front().to_string(8)));
    }
    const Ball s = m.solution->end();
    return m.k == 1 ? s : attest::pow(s, m.k);
}

} // namespace attest::flow

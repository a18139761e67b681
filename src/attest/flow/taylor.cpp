#include "attest/flow/taylor.hpp"

#include "attest/flow/taylor_series.hpp"
#include "attest/flow/taylor_step.hpp"
#include "attest/numbers/digits.hpp"
#include "attest/numbers/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <type_traits>

namespace attest::flow {
namespace {

/// Order per decimal digit where a step costs order^2: ln(10)/2 minimises order^2 / step; a little
/// more pays for what is linear in the order.
constexpr double order_per_digit = 1.3;

template <class T>
long bits_for(const TaylorOptions& options)
{
    if constexpr (std::is_same_v<T, double>) {
        return 53;
    } else {
        return options.bits > 0 ? options.bits : bits_for_digits(options.digits);
    }
}

template <class T>
void check(const TaylorOptions& options)
{
    const long most = std::is_same_v<T, double> ? 16 : 100'000;
    if (options.digits < 1 || options.digits > most) {
        throw InputError(fmt::format("digits = {}: must lie in 1..{}", options.digits, most));
    }
    if (options.order != 0 && (options.order < 2 || options.order > 1'000'000)) {
        throw InputError(fmt::format("order = {}: must lie in 2..1000000", options.order));
    }
    if (!(options.step_scale > 0) || options.step_scale > 4) {
        throw InputError(fmt::format("step_scale = {}: must lie in (0, 4]", options.step_scale));
    }
    if (options.max_steps < 1) {
        throw InputError(fmt::format("max_steps = {}: must be positive", options.max_steps));
    }
}

/// Working precision of the calling thread, where the number type has one.
template <class T>
class Precision {
public:
    explicit Precision(long bits)
    {
        if constexpr (!std::is_same_v<T, double>) {
            scope_.emplace(bits);
        }
    }

private:
    std::optional<PrecisionScope> scope_;
};

} // namespace

namespace detail {

template <class T>
struct TaylorStep {
    using Vector = typename FieldOf<T>::type::Vector;
    Vector place;               ///< start and end of the step, and its signed length
    std::vector<Vector> states; ///< coefficients
};

template <class T>
struct SolutionData {
    using Field = typename FieldOf<T>::type;
    using Vector = typename Field::Vector;

    explicit SolutionData(long bits) : field(bits), working_bits(bits), ends(2) {}

    Field field;
    long working_bits;
    long order = 0;
    Vector ends; ///< where the run started and stopped
    Vector last; ///< states where it stopped
    std::vector<TaylorStep<T>> steps;
    bool event_found = false;
};

template <class T>
struct IntegratorData {
    Tape tape;
    std::vector<std::string> names;
    std::string independent;
    TaylorOptions options;
    long bits = 53;
    long order = 0;
};

/// Sign of an element's midpoint.
inline int sign(const double* x)
{
    return (*x > 0) - (*x < 0);
}
inline int sign(arb_srcptr x)
{
    return arf_sgn(arb_midref(x));
}

inline std::string show(const double* x)
{
    return fmt::format("{:.6g}", *x);
}
inline std::string show(arb_srcptr x)
{
    Ball ball;
    arb_set(ball.raw(), x);
    return to_decimal(ball.midpoint(), 10);
}

inline void drop_radius(double* /*x*/)
{
}
inline void drop_radius(arb_ptr x)
{
    mag_zero(arb_radref(x));
}

inline void set_power_of_two(double* x, double mantissa, long exponent)
{
    *x = std::ldexp(mantissa, static_cast<int>(std::clamp(exponent, -100'000L, 100'000L)));
}
inline void set_power_of_two(arb_ptr x, double mantissa, long exponent)
{
    arb_set_d(x, mantissa);
    arb_mul_2exp_si(x, x, exponent);
}

/// value = sum c_k h^k and, where slope is given, slope = sum k c_k h^{k-1}.
template <class Field>
void evaluate(const Field& field, const typename Field::Vector& c, typename Field::ConstPointer h,
              typename Field::Pointer value, typename Field::Pointer slope = nullptr)
{
    typename Field::Vector work(2);
    const auto v = work.at(0);
    const auto s = work.at(1);
    for (std::size_t k = c.size(); k-- > 0;) {
        if (slope != nullptr) {
            field.multiply(s, s, h);
            field.add(s, s, v);
        }
        field.multiply(v, v, h);
        field.add(v, v, c.at(k));
    }
    field.copy(value, v);
    if (slope != nullptr) {
        field.copy(slope, s);
    }
}

template <class T>
class Run {
public:
    using Field = typename FieldOf<T>::type;
    using Vector = typename Field::Vector;

    Run(const IntegratorData<T>& data, const T& x0, const std::vector<T>& y0, const T& x1) :
        data_(data), field_(data.bits),
        series_(data.tape, field_, static_cast<std::size_t>(data.order)), states_(data.tape.states),
        x_(1), limit_(1), y_(states_), solution_(std::make_shared<SolutionData<T>>(data.bits))
    {
        if (y0.size() != states_) {
            throw InputError(
                fmt::format("{} initial values given for {} states", y0.size(), states_));
        }
        field_.set(x_.at(0), x0);
        field_.set(limit_.at(0), x1);
        for (std::size_t i = 0; i < states_; ++i) {
            field_.set(y_.at(i), y0[i]);
        }
        if (!field_.is_finite(x_.at(0)) || !field_.is_finite(limit_.at(0))) {
            throw InputError("the integration range must be finite");
        }
        field_.copy(solution_->ends.at(0), x_.at(0));
        solution_->order = data.order;
    }

    std::shared_ptr<const SolutionData<T>> go(const std::size_t* event_state, const T* level)
    {
        Vector event_level(1);
        if (level != nullptr) {
            if (*event_state >= states_) {
                throw InputError("the event names a state that the system lacks");
            }
            field_.set(event_level.at(0), *level);
        }
        Vector remaining(1);
        double former = HUGE_VAL;
        for (long count = 0;; ++count) {
            field_.subtract(remaining.at(0), limit_.at(0), x_.at(0));
            const int direction = sign(remaining.at(0));
            if (direction == 0) {
                break;
            }
            if (count >= data_.options.max_steps) {
                throw Undecidable(fmt::format("no end in sight after {} Taylor steps, at {} = {}",
                                              count, data_.independent, show(x_.at(0))));
            }
            const bool at_event = step(remaining.at(0), direction, former,
                                       level != nullptr ? event_state : nullptr, event_level.at(0));
            if (at_event) {
                solution_->event_found = true;
                break;
            }
        }
        field_.copy(solution_->ends.at(1), x_.at(0));
        solution_->last = y_;
        return solution_;
    }

private:
    bool step(typename Field::ConstPointer remaining, int direction, double& former,
              const std::size_t* event_state, typename Field::ConstPointer level)
    {
        series_.expand(x_.at(0), y_);
        const auto order = static_cast<std::size_t>(data_.order);
        for (std::size_t i = 0; i < states_; ++i) {
            if (!field_.is_finite(series_.state(i).at(order))) {
                throw Undecidable(fmt::format("state '{}' has no finite Taylor series at {} = {}",
                                              data_.names[i], data_.independent, show(x_.at(0))));
            }
        }
        const double tolerance = -static_cast<double>(data_.options.digits) * log2_10 - 2;
        double length = HUGE_VAL;
        for (std::size_t i = 0; i < states_; ++i) {
            const Vector& c = series_.state(i);
            length = std::min(
                length, log2_step(field_, c, order, tolerance, field_.log2_magnitude(c.at(0))));
        }
        length += std::log2(data_.options.step_scale);
        // A polynomial solution has no natural step; grow, but keep steps comparable for events.
        length = std::min(length, former + 4);
        const double rest = field_.log2_magnitude(remaining);
        const double here = field_.log2_magnitude(x_.at(0));
        const double shortest = std::max(here - static_cast<double>(data_.bits) + 8, -1e15);
        if (!(length >= shortest) && length < rest) {
            throw Undecidable(fmt::format("step size below the working precision at {} = {}",
                                          data_.independent, show(x_.at(0))));
        }
        TaylorStep<T> done;
        done.place = Vector(3);
        const auto h = done.place.at(2);
        const bool last = length >= rest;
        if (last) {
            field_.copy(h, remaining);
        } else {
            former = length;
            const double whole = std::floor(length);
            // 20 bits are enough for a length, and keep the places short.
            const double mantissa =
                std::ldexp(std::floor(std::ldexp(std::exp2(length - whole), 20)), -20);
            set_power_of_two(h, direction * mantissa, static_cast<long>(whole));
        }
        field_.copy(done.place.at(0), x_.at(0));
        for (std::size_t i = 0; i < states_; ++i) {
            done.states.push_back(series_.state(i));
        }
        const bool at_event = event_state != nullptr && locate(done.states[*event_state], level, h);
        if (last && !at_event) {
            field_.copy(x_.at(0), limit_.at(0));
        } else {
            field_.add(x_.at(0), x_.at(0), h);
        }
        field_.copy(done.place.at(1), x_.at(0));
        for (std::size_t i = 0; i < states_; ++i) {
            evaluate(field_, done.states[i], h, y_.at(i));
        }
        solution_->steps.push_back(std::move(done));
        return at_event;
    }

    /// Shortens h to the first crossing of the level within the step, if there is one.
    bool locate(Vector coefficients, typename Field::ConstPointer level,
                typename Field::Pointer h) const
    {
        constexpr long parts = 4;
        field_.subtract(coefficients.at(0), coefficients.at(0), level);
        Vector work(5);
        const auto left = work.at(0);
        const auto right = work.at(1);
        const auto value = work.at(2);
        const auto slope = work.at(3);
        const auto next = work.at(4);
        field_.zero(left);
        const int before = sign(coefficients.at(0));
        if (before == 0) {
            return false; // starts on the level: only a return to it counts
        }
        bool found = false;
        for (long part = 1; part <= parts && !found; ++part) {
            field_.multiply(right, h, part);
            field_.divide(right, right, parts);
            evaluate(field_, coefficients, right, value);
            found = sign(value) != before;
            if (!found) {
                field_.copy(left, right);
            }
        }
        if (!found) {
            return false;
        }
        drop_radius(left);
        drop_radius(right);
        // Newton's method kept inside the bracket by bisection.
        Vector guess(1);
        const auto m = guess.at(0);
        field_.add(m, left, right);
        field_.divide(m, m, 2);
        drop_radius(m);
        double former_change = HUGE_VAL;
        for (long iteration = 0; iteration < 4 * data_.bits + 64; ++iteration) {
            evaluate(field_, coefficients, m, value, slope);
            const int side = sign(value);
            if (side == 0) {
                break;
            }
            field_.copy(side == before ? left : right, m);
            field_.divide(value, value, slope);
            field_.subtract(next, m, value);
            drop_radius(next);
            const double change = field_.log2_magnitude(value);
            if (change < field_.log2_magnitude(h) - static_cast<double>(data_.bits) + 2
                || (former_change < -16 && change >= former_change
                    && change < field_.log2_magnitude(h) - 0.5 * static_cast<double>(data_.bits))) {
                field_.copy(m, next);
                break;
            }
            former_change = change;
            Vector outside(2);
            field_.subtract(outside.at(0), next, left);
            field_.subtract(outside.at(1), next, right);
            const bool inside = sign(outside.at(0)) * sign(outside.at(1)) < 0;
            if (inside) {
                field_.copy(m, next);
            } else {
                field_.add(m, left, right);
                field_.divide(m, m, 2);
            }
            drop_radius(m);
        }
        field_.copy(h, m);
        if constexpr (std::is_same_v<T, Ball>) {
            enclose(coefficients, h);
        }
        return true;
    }

    /// Widens the point h to an interval that contains the exact root of the polynomial nearby, by
    /// one interval Newton step that maps the interval into itself.
    void enclose(const Vector& coefficients, typename Field::Pointer h) const
    {
        if constexpr (std::is_same_v<T, Ball>) {
            Vector work(4);
            const auto value = work.at(0);
            const auto slope = work.at(1);
            const auto box = work.at(2);
            const auto image = work.at(3);
            evaluate(field_, coefficients, h, value, slope);
            field_.divide(image, value, slope);
            Ball m;
            arb_set(m.raw(), h);
            for (long widen = 1; widen <= 40; ++widen) {
                arb_set(box, h);
                mag_t radius;
                mag_init(radius);
                arb_get_mag(radius, image);
                mag_mul_2exp_si(radius, radius, widen);
                mag_set(arb_radref(box), radius);
                mag_clear(radius);
                Vector ignored(1);
                evaluate(field_, coefficients, box, ignored.at(0), slope);
                Vector image2(1);
                field_.divide(image2.at(0), value, slope);
                field_.subtract(image2.at(0), m.raw(), image2.at(0));
                if (arb_is_finite(image2.at(0)) != 0 && arb_contains(box, image2.at(0)) != 0) {
                    arb_set(h, image2.at(0));
                    return;
                }
            }
            throw Undecidable("the event could not be enclosed at this precision");
        }
    }

    const IntegratorData<T>& data_;
    Field field_;
    TapeSeries<Field> series_;
    std::size_t states_;
    Vector x_;
    Vector limit_;
    Vector y_;
    std::shared_ptr<SolutionData<T>> solution_;
};

} // namespace detail

// --- solution -------------------------------------------------------------------------------

template <class T>
TaylorSolution<T>::TaylorSolution(std::shared_ptr<const detail::SolutionData<T>> data) :
    data_(std::move(data))
{
}

template <class T>
T TaylorSolution<T>::start() const
{
    const Precision<T> precision(data_->working_bits);
    return data_->field.get(data_->ends.at(0));
}

template <class T>
T TaylorSolution<T>::end() const
{
    const Precision<T> precision(data_->working_bits);
    return data_->field.get(data_->ends.at(1));
}

template <class T>
std::vector<T> TaylorSolution<T>::final_state() const
{
    const Precision<T> precision(data_->working_bits);
    std::vector<T> values;
    for (std::size_t i = 0; i < data_->last.size(); ++i) {
        values.push_back(data_->field.get(data_->last.at(i)));
    }
    return values;
}

template <class T>
std::vector<T> TaylorSolution<T>::at(const T& x) const
{
    const Precision<T> precision(data_->working_bits);
    const auto& field = data_->field;
    using Vector = typename detail::FieldOf<T>::type::Vector;
    Vector place(2);
    const auto offset = place.at(1);
    field.set(place.at(0), x);
    if (data_->steps.empty()) {
        field.subtract(offset, place.at(0), data_->ends.at(0));
        if (detail::sign(offset) != 0) {
            throw InputError("the solution holds one point only");
        }
        return final_state();
    }
    const int direction = detail::sign(data_->steps.front().place.at(2));
    const auto before = [&](std::size_t step, std::size_t end) {
        field.subtract(offset, place.at(0), data_->steps[step].place.at(end));
        return detail::sign(offset) * direction;
    };
    if (before(0, 0) < 0 || before(data_->steps.size() - 1, 1) > 0) {
        throw InputError("a solution was asked for outside the range that was integrated: must lie "
                         "between "
                         + detail::show(data_->ends.at(0)) + " and "
                         + detail::show(data_->ends.at(1)));
    }
    std::size_t low = 0;
    std::size_t high = data_->steps.size() - 1;
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (before(middle, 1) > 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    before(low, 0);
    std::vector<T> values;
    Vector value(1);
    for (const Vector& coefficients : data_->steps[low].states) {
        detail::evaluate(field, coefficients, offset, value.at(0));
        values.push_back(field.get(value.at(0)));
    }
    return values;
}

template <class T>
std::size_t TaylorSolution<T>::steps() const noexcept
{
    return data_->steps.size();
}

template <class T>
long TaylorSolution<T>::order() const noexcept
{
    return data_->order;
}

template <class T>
bool TaylorSolution<T>::event_found() const noexcept
{
    return data_->event_found;
}

// --- integrator -----------------------------------------------------------------------------

template <class T>
TaylorIntegrator<T>::TaylorIntegrator(const System& system, const TaylorOptions& options,
                                      const std::vector<std::string>& positive)
{
    check<T>(options);
    auto data = std::make_shared<detail::IntegratorData<T>>();
    data->tape = compile(system, positive);
    data->names = system.states;
    data->independent = system.independent;
    data->options = options;
    data->bits = bits_for<T>(options);
    data->order =
        options.order > 0
            ? options.order
            : static_cast<long>(order_per_digit * static_cast<double>(options.digits)) + 4;
    data_ = std::move(data);
}

template <class T>
TaylorSolution<T> TaylorIntegrator<T>::integrate(const T& x0, const std::vector<T>& y0,
                                                 const T& x1) const
{
    const Precision<T> precision(data_->bits);
    return TaylorSolution<T>(detail::Run<T>(*data_, x0, y0, x1).go(nullptr, nullptr));
}

template <class T>
TaylorSolution<T> TaylorIntegrator<T>::until(const T& x0, const std::vector<T>& y0,
                                             const Event& event, const T& x1) const
{
    const Precision<T> precision(data_->bits);
    return TaylorSolution<T>(detail::Run<T>(*data_, x0, y0, x1).go(&event.state, &event.level));
}

template <class T>
double TaylorIntegrator<T>::convolutions() const noexcept
{
    return data_->tape.convolutions();
}

template <class T>
long TaylorIntegrator<T>::order() const noexcept
{
    return data_->order;
}

template class TaylorSolution<double>;
template class TaylorSolution<Real>;
template class TaylorSolution<Ball>;
template class TaylorIntegrator<double>;
template class TaylorIntegrator<Real>;
template class TaylorIntegrator<Ball>;

// --- two runs -------------------------------------------------------------------------------

namespace {

struct RealRun {
    std::vector<Real> values;
    long order;
    std::size_t steps;
};

RealRun run_once(const System& system, const Rational& x0, const std::vector<Rational>& y0,
                 const Rational& x1, const TaylorOptions& options,
                 const std::vector<std::string>& positive)
{
    const TaylorIntegrator<Real> integrator(system, options, positive);
    const PrecisionScope precision(options.bits);
    std::vector<Real> start;
    for (const Rational& y : y0) {
        start.push_back(to_real(y));
    }
    const TaylorSolution<Real> solution = integrator.integrate(to_real(x0), start, to_real(x1));
    return {solution.final_state(), solution.order(), solution.steps()};
}

} // namespace

VerifiedState verified_state(const System& system, const Rational& x0,
                             const std::vector<Rational>& y0, const Rational& x1, long digits,
                             const std::vector<std::string>& positive)
{
    long extra = 3;
    long best = 0;
    for (int attempt = 0; attempt < 5; ++attempt) {
        TaylorOptions first;
        first.digits = digits + extra;
        first.bits = bits_for_digits(digits + extra) + 32;
        first.order = static_cast<long>(order_per_digit * static_cast<double>(first.digits)) + 4;
        TaylorOptions second = first;
        second.digits += 2;
        second.bits += 48;
        second.order += 5 + first.order / 7;
        second.step_scale = 0.83;
        const RealRun a = run_once(system, x0, y0, x1, first, positive);
        const RealRun b = run_once(system, x0, y0, x1, second, positive);
        long agreed = std::numeric_limits<long>::max();
        for (std::size_t i = 0; i < a.values.size(); ++i) {
            agreed = std::min(agreed, agreeing_digits(a.values[i], b.values[i]));
        }
        best = std::max(best, agreed);
        if (agreed >= digits) {
            return {b.values, agreed, b.order, b.steps};
        }
        extra += digits - agreed + 5;
    }
    throw Undecidable(
        fmt::format("two Taylor runs agree to {} digits only, {} were asked for", best, digits));
}

} // namespace attest::flow

#include "attest/flow/series.hpp"

#include "attest/flow/taylor_step.hpp"
#include "attest/numbers/digits.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"

#include <arb_poly.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

namespace attest::flow {
namespace {

using detail::ArbField;
using detail::ArbVector;

/// From about this many digits on, products by FFT beat inner products (docs/performance.md).
constexpr long products_from_digits = 140;
/// Orders per digit that were fastest for the reference problem.
constexpr double products_order = 1.6;
constexpr double recurrences_order = 1.2;

/// w - (n-1)/n = K e^{2 sigma} with w = 1/epsilon.
struct Logistic {
    Ball k;
    Ball constant;       ///< (n-1)/n
    Ball start_over_one; ///< 1/epsilon_0 - 1

    explicit Logistic(const model::SymmetricProblem& problem)
    {
        const Rational start = 1 / Rational(1 - problem.gamma0);
        const Rational c(problem.n - 1, problem.n);
        k = Ball(Rational(start - c));
        constant = Ball(c);
        start_over_one = Ball(Rational(start - 1));
    }

    Ball rise(const Ball& sigma) const { return k * exp(2 * sigma); }
    Ball epsilon(const Ball& sigma) const { return 1 / (rise(sigma) + constant); }
    /// Without cancellation near gamma = 0.
    Ball gamma(const Ball& sigma) const
    {
        return (k * expm1(Ball(2 * sigma)) + start_over_one) * epsilon(sigma);
    }
};

struct SeriesStep {
    Ball sigma; ///< where the series is centred
    Ball length;
    Ball end_clock;
    Ball end_r;
    ArbVector r;
    ArbVector clock;
};

Ball evaluate(const ArbVector& c, const Ball& h, slong bits)
{
    Ball value;
    _arb_poly_evaluate(value.raw(), c.data(), static_cast<slong>(c.size()), h.raw(), bits);
    return value;
}

/// Branch of the curve that runs from its start in one direction of sigma.
struct Branch {
    int direction = 1;
    std::vector<SeriesStep> steps;
};

/// Stretch of a trajectory with one set of rates.
class Stretch {
public:
    Stretch(const model::SymmetricProblem& problem, LogisticRates rates, Logistic logistic,
            SeriesPoint start, const SeriesOptions& options, SeriesMethod method, long order,
            long bits) :
        rates_(std::move(rates)),
        logistic_(std::move(logistic)), start_(std::move(start)), options_(options),
        order_(static_cast<std::size_t>(order)), bits_(bits),
        kernel_(method == SeriesMethod::Products
                    ? detail::make_products(problem.n, rates_, order_, bits)
                    : detail::make_recurrences(problem.n, rates_, order_, bits))
    {
        backward_.direction = -1;
    }

    const LogisticRates& rates() const noexcept { return rates_; }
    const SeriesPoint& start() const noexcept { return start_; }
    std::size_t steps() const noexcept { return forward_.steps.size() + backward_.steps.size(); }

    SeriesPoint at_clock(const Ball& clock)
    {
        const Ball difference = clock - start_.clock;
        const int direction = arf_sgn(arb_midref(difference.raw()));
        if (arb_is_zero(difference.raw()) != 0) {
            return start_;
        }
        Branch& branch = direction < 0 ? backward_ : forward_;
        const auto reaches = [&](const SeriesStep& step) {
            const Ball left = step.end_clock - clock;
            return arf_sgn(arb_midref(left.raw())) * branch.direction >= 0;
        };
        while (branch.steps.empty() || !reaches(branch.steps.back())) {
            extend(branch, "clock", clock);
        }
        const auto step = std::partition_point(branch.steps.begin(), branch.steps.end(),
                                               [&](const SeriesStep& s) { return !reaches(s); });
        return point(*step, solve(*step, clock));
    }

    SeriesPoint at_sigma(const Ball& sigma)
    {
        const Ball difference = sigma - start_.sigma;
        if (arb_is_zero(difference.raw()) != 0) {
            return start_;
        }
        Branch& branch = arf_sgn(arb_midref(difference.raw())) < 0 ? backward_ : forward_;
        const auto reaches = [&](const SeriesStep& step) {
            const Ball left = step.sigma + step.length - sigma;
            return arf_sgn(arb_midref(left.raw())) * branch.direction >= 0;
        };
        while (branch.steps.empty() || !reaches(branch.steps.back())) {
            extend(branch, "sigma", sigma);
        }
        const auto step = std::partition_point(branch.steps.begin(), branch.steps.end(),
                                               [&](const SeriesStep& s) { return !reaches(s); });
        return point(*step, sigma - step->sigma);
    }

private:
    SeriesPoint point(const SeriesStep& step, const Ball& h) const
    {
        SeriesPoint p;
        p.sigma = step.sigma + h;
        p.epsilon = logistic_.epsilon(p.sigma);
        p.gamma = logistic_.gamma(p.sigma);
        p.r = evaluate(step.r, h, bits_);
        p.clock = evaluate(step.clock, h, bits_);
        return p;
    }

    void extend(Branch& branch, const char* goal_name, const Ball& goal)
    {
        SeriesStep step;
        Ball clock = start_.clock;
        Ball r = start_.r;
        step.sigma = start_.sigma;
        if (!branch.steps.empty()) {
            const SeriesStep& last = branch.steps.back();
            step.sigma = last.sigma + last.length;
            clock = last.end_clock;
            r = last.end_r;
        }
        if (static_cast<long>(branch.steps.size()) >= options_.max_steps) {
            throw Undecidable(fmt::format(
                "no end in sight after {} series steps: clock {} at gamma = {}, wanted {} {}",
                branch.steps.size(), clock.to_string(6), logistic_.gamma(step.sigma).to_string(6),
                goal_name, goal.to_string(6)));
        }
        detail::SeriesCentre centre;
        centre.rise = logistic_.rise(step.sigma);
        centre.epsilon = 1 / (centre.rise + logistic_.constant);
        centre.r = r;
        centre.clock = clock;
        kernel_->expand(centre, step.r, step.clock);

        const ArbField<true> field(bits_);
        const double tolerance = -static_cast<double>(options_.digits) * log2_10 - 2;
        // An error of the clock moves sigma, so it is measured against dC/d sigma min(1, sigma).
        const double sigma_size = field.log2_magnitude(step.sigma.raw());
        const double scale = field.log2_magnitude(step.clock.at(1)) + std::min(0.0, sigma_size);
        double length = detail::log2_step(field, step.clock, order_, tolerance, scale);
        if (step.r.size() > 1) {
            length = std::min(length, detail::log2_step(field, step.r, order_, tolerance,
                                                        field.log2_magnitude(step.r.at(0))));
        }
        length += std::log2(options_.step_scale);
        // Polynomial rates (beta = 0 on the sphere) have no natural step; 4 grow 16-fold each.
        const double former =
            branch.steps.empty() ? 0.0 : field.log2_magnitude(branch.steps.back().length.raw());
        length = std::min(length, std::max(former, 0.0) + 4);
        if (!std::isfinite(length) || length < sigma_size - static_cast<double>(bits_) + 16) {
            throw Undecidable(fmt::format("series step below the working precision at gamma = {}",
                                          logistic_.gamma(step.sigma).to_string(10)));
        }
        // 16 bits are enough for a length, and make products with it cheap.
        const double whole = std::floor(length);
        const auto mantissa =
            static_cast<slong>(std::floor(std::ldexp(std::exp2(length - whole), 15)));
        arb_set_si(step.length.raw(), branch.direction * mantissa);
        arb_mul_2exp_si(step.length.raw(), step.length.raw(), static_cast<slong>(whole) - 15);
        step.end_clock = evaluate(step.clock, step.length, bits_);
        step.end_r = evaluate(step.r, step.length, bits_);
        if (!step.end_clock.is_finite() || !step.end_r.is_finite()) {
            throw Undecidable(fmt::format("series without finite coefficients at gamma = {}",
                                          logistic_.gamma(step.sigma).to_string(10)));
        }
        branch.steps.push_back(std::move(step));
    }

    /// h with clock(h) = goal: Newton's method with doubling precision; the radius covers the last
    /// residual.
    Ball solve(const SeriesStep& step, const Ball& goal) const
    {
        const auto length = static_cast<slong>(step.clock.size());
        Ball value;
        Ball slope;
        // Secant guess from the ends of the step.
        Ball h = (goal - evaluate(step.clock, Ball(0), 64)) * step.length
                 / (step.end_clock - evaluate(step.clock, Ball(0), 64));
        arb_get_mid_arb(h.raw(), h.raw());
        slong precision = std::min<slong>(64, bits_);
        for (int iteration = 0; iteration < 200; ++iteration) {
            _arb_poly_evaluate2(value.raw(), slope.raw(), step.clock.data(), length, h.raw(),
                                precision);
            Ball change;
            arb_sub(change.raw(), value.raw(), goal.raw(), precision);
            arb_div(change.raw(), change.raw(), slope.raw(), precision);
            const ArbField<true> field(bits_);
            const double relative =
                field.log2_magnitude(change.raw()) - field.log2_magnitude(h.raw());
            arb_get_mid_arb(change.raw(), change.raw());
            arb_sub(h.raw(), h.raw(), change.raw(), bits_);
            arb_get_mid_arb(h.raw(), h.raw());
            if (precision < bits_) {
                // Quadratic convergence: twice the bits that are right by now.
                if (relative < -8) {
                    // An exact step leaves a change of 0, whose logarithm no integer holds.
                    const double wanted = 64 - 3 * relative;
                    precision =
                        wanted < static_cast<double>(bits_) ? static_cast<slong>(wanted) : bits_;
                }
                continue;
            }
            if (relative < -0.4 * static_cast<double>(bits_)) {
                break;
            }
        }
        _arb_poly_evaluate2(value.raw(), slope.raw(), step.clock.data(), length, h.raw(), bits_);
        const Ball residual = (value - goal) / slope;
        mag_t bound;
        mag_init(bound);
        arb_get_mag(bound, residual.raw());
        mag_mul_2exp_si(bound, bound, 1);
        arb_add_error_mag(h.raw(), bound);
        mag_clear(bound);
        return h;
    }

    LogisticRates rates_;
    Logistic logistic_;
    SeriesPoint start_;
    SeriesOptions options_;
    std::size_t order_;
    slong bits_;
    std::unique_ptr<detail::SeriesKernel> kernel_;
    Branch forward_;
    Branch backward_;
};

} // namespace

struct SymmetricSeries::State {
    model::SymmetricProblem problem;
    long order = 0;
    long bits = 0;
    std::optional<Logistic> logistic;
    std::vector<Stretch> stretches; ///< two where the scheme switches at tau

    /// Of the stretch in which a goal lies that compares with the switching point as given.
    Stretch& stretch(const Ball& goal, const Ball& at_switch)
    {
        const bool late = stretches.size() > 1
                          && arf_cmp(arb_midref(goal.raw()), arb_midref(at_switch.raw())) > 0;
        return stretches[late ? 1 : 0];
    }
};

SeriesOptions completed(SeriesOptions options)
{
    if (options.digits < 1 || options.digits > 200'000) {
        throw InputError(fmt::format("digits = {}: must lie in 1..200000", options.digits));
    }
    if (options.method == SeriesMethod::Automatic) {
        options.method = options.digits >= products_from_digits ? SeriesMethod::Products
                                                                : SeriesMethod::Recurrences;
    }
    const bool products = options.method == SeriesMethod::Products;
    if (options.order <= 0) {
        const double per_digit = products ? products_order : recurrences_order;
        options.order = static_cast<long>(per_digit * static_cast<double>(options.digits)) + 6;
    }
    options.order = std::max(4L, options.order);
    if (options.bits <= 0) {
        // Whole-series products lose bits with the length; the recurrences hardly any.
        options.bits = bits_for_digits(options.digits) + (products ? 16 + options.order / 8 : 8);
    }
    return options;
}

SymmetricSeries::SymmetricSeries(const model::SymmetricProblem& problem,
                                 const SeriesOptions& options) :
    state_(std::make_unique<State>())
{
    model::validate(problem);
    const SeriesOptions run = completed(options);
    const SeriesMethod method = run.method;
    state_->problem = problem;
    state_->order = run.order;
    state_->bits = run.bits;
    const PrecisionScope precision(state_->bits);
    state_->logistic.emplace(problem);
    const bool switches = has_switch(problem);
    SeriesPoint start;
    start.epsilon = Ball(Rational(1 - problem.gamma0));
    start.gamma = Ball(problem.gamma0);
    start.r = switches && problem.mix_magnitude == model::MixMagnitude::Table1 ? Ball(1)
                                                                               : Ball(problem.r0);
    state_->stretches.emplace_back(problem, logistic_rates(problem, false), *state_->logistic,
                                   start, run, method, state_->order, state_->bits);
    if (switches) {
        SeriesPoint at_tau = start;
        if (problem.tau > 0) {
            at_tau = state_->stretches[0].at_clock(Ball(problem.tau));
            at_tau.clock = Ball(problem.tau);
        }
        state_->stretches.emplace_back(problem, logistic_rates(problem, true), *state_->logistic,
                                       at_tau, run, method, state_->order, state_->bits);
    }
}

SymmetricSeries::~SymmetricSeries() = default;
SymmetricSeries::SymmetricSeries(SymmetricSeries&&) noexcept = default;
SymmetricSeries& SymmetricSeries::operator=(SymmetricSeries&&) noexcept = default;

SeriesPoint SymmetricSeries::at_clock(const Ball& clock)
{
    const PrecisionScope precision(state_->bits);
    return state_->stretch(clock, state_->stretches.back().start().clock).at_clock(clock);
}

SeriesPoint SymmetricSeries::at_gamma(const Rational& gamma)
{
    const model::SymmetricProblem& p = state_->problem;
    if (gamma >= 1 || gamma * (p.n - 1) <= -1) {
        throw InputError(fmt::format("gamma = {}: must lie strictly between -1/{} and 1",
                                     to_string(gamma), p.n - 1));
    }
    const PrecisionScope precision(state_->bits);
    // K e^{2 sigma} = 1/epsilon - (n-1)/n, both sides exact rationals.
    const Rational c(p.n - 1, p.n);
    const Rational k = 1 / Rational(1 - p.gamma0) - c;
    const Rational ratio = (1 / Rational(1 - gamma) - c) / k;
    Ball sigma;
    if (ratio != 1) {
        const Ball excess(Rational(ratio - 1));
        arb_log1p(sigma.raw(), excess.raw(), state_->bits);
        arb_mul_2exp_si(sigma.raw(), sigma.raw(), -1);
    }
    SeriesPoint point =
        state_->stretch(sigma, state_->stretches.back().start().sigma).at_sigma(sigma);
    point.gamma = Ball(gamma);
    point.epsilon = Ball(Rational(1 - gamma));
    return point;
}

const Expr& SymmetricSeries::speed() const noexcept
{
    return state_->stretches.front().rates().speed;
}

bool SymmetricSeries::spherical() const noexcept
{
    return state_->stretches.front().rates().spherical;
}

std::size_t SymmetricSeries::steps() const noexcept
{
    std::size_t count = 0;
    for (const Stretch& stretch : state_->stretches) {
        count += stretch.steps();
    }
    return count;
}

long SymmetricSeries::order() const noexcept
{
    return state_->order;
}

long SymmetricSeries::bits() const noexcept
{
    return state_->bits;
}

} // namespace attest::flow

#include "attest/flow/adaptive_particles.hpp"

#include "attest/flow/dormand_prince.hpp"
#include "attest/flow/hemisphere.hpp"
#include "attest/flow/particle_field.hpp"
#include "attest/flow/particle_steps.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace attest::flow {
namespace {

using model::Particles;
using std::exp;
using std::isfinite;
using std::log;
using std::pow;
using std::sqrt;

constexpr std::size_t pair_stages = DormandPrince<double>::stages;
constexpr long halvings = 24;

} // namespace

template <class T>
struct AdaptiveParticles<T>::Work {
    Work(const ParticleProblem<T>& problem_, long d_, long n_, AdaptiveOptions<T> options_);

    AdaptiveRun<T> run(const Particles<T>& start, const T& t0, Goal goal, const T& tolerance);

private:
    T clock(const T& t) const { return options.log_time ? T(log(T(1 + t))) : t; }
    T scale(const T& t) const { return options.log_time ? T(1 + t) : T(1); }
    T time(const T& u) const { return options.log_time ? T(exp(u) - 1) : u; }

    /// d(theta, r)/du at a state on the sphere.
    void slope(const T& t, const Particles<T>& at, Particles<T>& out);
    T first_step(const T& span);
    /// The state at y + share of the last step, put on the sphere.
    void interpolate(const T& share, const T& h, Particles<T>& to) const;
    bool holds(const T& t, const Particles<T>& at, const Particles<T>& slopes);
    T attempt(const T& u, const T& h, const T& t_next, T& drift);
    T locate(const T& u, const T& h);
    /// Advances to `end`; true where the run is over before.
    bool integrate(T& t, const T& end);
    void observe(const T& u, const T& h, const T& t_end);

    ParticleProblem<T> problem;
    long d;
    long n;
    AdaptiveOptions<T> options;
    DormandPrince<T> pair;
    ParticleField<T> field;
    PoleSearch<T> poles;
    std::array<Particles<T>, pair_stages> k;
    Particles<T> y;     ///< start of the step
    Particles<T> next;  ///< its end
    Particles<T> stage; ///< and in between
    Particles<T> slopes_inside;
    Goal wanted = Goal::Time;
    T tolerance{};
    T late{};
    std::size_t observed = 0;
    AdaptiveRun<T> result;
};

template <class T>
AdaptiveParticles<T>::Work::Work(const ParticleProblem<T>& problem_, long d_, long n_,
                                 AdaptiveOptions<T> options_) :
    problem(problem_),
    d(d_), n(n_), options(std::move(options_)),
    field(problem, std::max(d, 1L), std::max(n, 1L), options.threads)
{
    if (d < 1 || n < 1) {
        throw InputError(fmt::format("n = {}, d = {}: must be at least 1", n, d));
    }
    if (!(options.rtol > 0 && options.rtol < 1 && options.atol > 0 && options.atol < 1)) {
        throw InputError("rtol and atol: must be between 0 and 1");
    }
    if (options.evaluations < 1) {
        throw InputError(fmt::format("{} evaluations: must be at least 1", options.evaluations));
    }
    for (Particles<T>& slopes : k) {
        resize_particles(slopes, d, n);
    }
    for (Particles<T>* state : {&y, &next, &stage, &slopes_inside}) {
        resize_particles(*state, d, n);
    }
}

template <class T>
void AdaptiveParticles<T>::Work::slope(const T& t, const Particles<T>& at, Particles<T>& out)
{
    field.evaluate(at, model::Regulation<T>{problem.alpha(t), t, late}, out);
    ++result.evaluations;
    if (options.log_time) {
        out.theta *= scale(t);
        out.r *= scale(t);
    }
}

template <class T>
T AdaptiveParticles<T>::Work::first_step(const T& span)
{
    T fastest = T(0);
    for (Eigen::Index j = 0; j < n; ++j) {
        const T speed = sqrt(T(k[0].theta.col(j).squaredNorm()));
        const T growth = T(k[0].r(j) < 0 ? T(-k[0].r(j)) : k[0].r(j)) / y.r(j);
        fastest = std::max({fastest, speed, growth});
    }
    const T h = T(pow(T(options.atol + options.rtol), T(0.2))) / (fastest + 1);
    return h < span ? h : span;
}

template <class T>
void AdaptiveParticles<T>::Work::interpolate(const T& s, const T& h, Particles<T>& to) const
{
    combine(y, k, pair.between(s), pair_stages, h, to);
    put_on_sphere(to);
}

/// Of the state the field was evaluated at last, with the slopes found there.
template <class T>
bool AdaptiveParticles<T>::Work::holds(const T& t, const Particles<T>& at,
                                       const Particles<T>& slopes)
{
    switch (wanted) {
    case Goal::Time:
        return false;
    case Goal::Synchronised:
    case Goal::Cone:
        return field.least_product(at) >= T(1 - tolerance);
    case Goal::Hemisphere:
        if (poles.find(at.theta)) {
            result.pole = poles.pole();
            return true;
        }
        return false;
    case Goal::Stationary:
        return field.largest_force(at, slopes, scale(t)) <= tolerance;
    }
    return false;
}

/// One trial step; its error over the tolerance.
template <class T>
T AdaptiveParticles<T>::Work::attempt(const T& u, const T& h, const T& t_next, T& drift)
{
    const T astray = T(std::numeric_limits<double>::infinity());
    for (std::size_t i = 1; i < pair_stages; ++i) {
        const bool last = i + 1 == pair_stages;
        Particles<T>& at = last ? next : stage;
        combine(y, k, pair.a[i], i, h, at);
        drift = put_on_sphere(at);
        if (!isfinite(drift) || !is_regular(at)) {
            return astray;
        }
        slope(pair.c[i] == 1 ? t_next : time(T(u + pair.c[i] * h)), at, k[i]);
    }
    return step_error(y, next, k, pair.error, h, options.atol, options.rtol);
}

/// Bisects for the share of the step from which on the goal holds.
template <class T>
T AdaptiveParticles<T>::Work::locate(const T& u, const T& h)
{
    T before = T(0);
    T after = T(1);
    for (long halving = 0; halving < halvings; ++halving) {
        const T middle = T(before + after) / 2;
        const T t = time(T(u + middle * h));
        interpolate(middle, h, stage);
        if (wanted != Goal::Hemisphere) {
            slope(t, stage, slopes_inside);
        }
        (holds(t, stage, slopes_inside) ? after : before) = middle;
    }
    return after;
}

/// Reports the moments in (u, u + share h] of the step; t_end is the time there.
template <class T>
void AdaptiveParticles<T>::Work::observe(const T& u, const T& h, const T& t_end)
{
    for (; observed < options.observe_at.size() && options.observe_at[observed] <= t_end;
         ++observed) {
        const T& t = options.observe_at[observed];
        interpolate(T(clock(t) - u) / h, h, stage);
        options.observe(t, stage);
    }
}

template <class T>
bool AdaptiveParticles<T>::Work::integrate(T& t, const T& end)
{
    const auto over = [&](Stop reason) {
        result.stop = reason;
        return true;
    };
    const T u_end = clock(end);
    T u = clock(t);
    slope(t, y, k[0]);
    if (holds(t, y, k[0])) {
        return over(Stop::Goal);
    }
    T h = first_step(T(u_end - u));
    T error_before = T(1e-4);
    bool grow = true;
    while (t < end) {
        if (result.evaluations + static_cast<long>(pair_stages) > options.evaluations) {
            return over(Stop::Evaluations);
        }
        const bool last = T(u + T(1.01) * h) >= u_end;
        h = last ? T(u_end - u) : h;
        if (!(T(u + h / 8) > u)) {
            return over(Stop::Breakdown);
        }
        const T t_next = last ? end : time(T(u + h));
        T drift = T(0);
        const T error = attempt(u, h, t_next, drift);
        if (!isfinite(error) || error > 1) {
            ++result.rejected;
            grow = false;
            const T factor = isfinite(error) ? T(T(0.9) * pow(error, T(-0.2))) : T(0);
            h *= factor > T(0.2) ? factor : T(0.2);
            continue;
        }
        ++result.accepted;
        result.drift = std::max(result.drift, drift);
        if (holds(t_next, next, k[pair_stages - 1])) {
            const T share = locate(u, h);
            t = share == 1 ? t_next : time(T(u + share * h));
            observe(u, h, t);
            interpolate(share, h, stage);
            if (share < 1) {
                std::swap(y, stage);
            } else {
                std::swap(y, next);
            }
            return over(Stop::Goal);
        }
        observe(u, h, t_next);
        const T least_error = T(1e-4);
        const T e = error > least_error ? error : least_error;
        T factor = T(0.9) * pow(e, T(-0.17)) * pow(error_before, T(0.04));
        factor = factor > 10 ? T(10) : (factor < T(0.2) ? T(0.2) : factor);
        const T h_taken = h;
        h *= grow || factor < 1 ? factor : T(1);
        grow = true;
        error_before = e;
        std::swap(y, next);
        std::swap(k[0], k[pair_stages - 1]);
        u = last ? u_end : T(u + h_taken);
        t = t_next;
    }
    return false;
}

template <class T>
AdaptiveRun<T> AdaptiveParticles<T>::Work::run(const Particles<T>& start, const T& t0, Goal goal,
                                               const T& goal_tolerance)
{
    if (start.theta.rows() != d || start.theta.cols() != n || start.r.size() != n) {
        throw InputError(
            fmt::format("{} directions in R^{} with {} magnitudes: must be {} in R^{} with as many",
                        start.theta.cols(), start.theta.rows(), start.r.size(), n, d));
    }
    if (!(t0 >= 0)) {
        throw InputError("t0: must be at least 0");
    }
    if (!(goal_tolerance > 0 && goal_tolerance <= 2)) {
        throw InputError("tolerance of the goal: must be greater than 0 and at most 2");
    }
    result = {};
    result.drift = T(0);
    wanted = goal;
    tolerance = goal_tolerance;
    y = start;
    if (!isfinite(put_on_sphere(y)) || !is_regular(y)) {
        throw InputError("start: directions must be finite and nonzero, magnitudes positive");
    }
    T t = t0;
    observed = 0;
    for (; observed < options.observe_at.size() && options.observe_at[observed] <= t0; ++observed) {
        options.observe(options.observe_at[observed], y);
    }
    late = T(t0 < problem.tau ? 0 : 1);
    result.stop = Stop::Time;
    const bool switches =
        problem.scheme == model::MixLN::name && t0 < problem.tau && problem.tau < options.until;
    bool over = false;
    if (switches) {
        over = integrate(t, problem.tau);
        late = T(over ? 0 : 1);
    }
    if (!over) {
        integrate(t, options.until);
    }
    slope(t, y, k[0]);
    result.least_product = field.least_product(y);
    result.t = t;
    result.state = y;
    return result;
}

template <class T>
AdaptiveParticles<T>::AdaptiveParticles(const ParticleProblem<T>& problem, long d, long n,
                                        AdaptiveOptions<T> options) :
    work_(std::make_unique<Work>(problem, d, n, std::move(options)))
{
}

template <class T>
AdaptiveParticles<T>::~AdaptiveParticles() = default;
template <class T>
AdaptiveParticles<T>::AdaptiveParticles(AdaptiveParticles&&) noexcept = default;

template <class T>
AdaptiveRun<T> AdaptiveParticles<T>::run(const Particles<T>& start, const T& t0, Goal goal,
                                         const T& tolerance)
{
    return work_->run(start, t0, goal, tolerance);
}

template class AdaptiveParticles<double>;
template class AdaptiveParticles<Real>;

} // namespace attest::flow

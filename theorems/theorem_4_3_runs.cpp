#include "theorems/theorem_4_3_runs.hpp"

#include "attest/flow/particle_flow.hpp"

#include <fmt/format.h>

#include <Eigen/QR>

#include <algorithm>
#include <cmath>
#include <random>

namespace attest::theorems {
namespace {

using DoubleMatrix = Matrix<double>;
using DoubleVector = Vector<double>;

constexpr std::size_t quick_runs = 6;
constexpr std::size_t standard_runs = 40;
constexpr std::size_t deep_runs = 400;
constexpr double smallest_variance = 1e-16;

/// alpha_t of the i-th run and its integral.
struct Step {
    const char* name;
    double (*value)(double);
    double (*integral)(double);
};

const std::vector<Step>& steps_of_ngpt()
{
    static const std::vector<Step> all = {
        {"1", [](double) { return 1.0; }, [](double t) { return t; }},
        {"1+t", [](double t) { return 1 + t; }, [](double t) { return t + t * t / 2; }},
        {"1/(1+t)", [](double t) { return 1 / (1 + t); }, [](double t) { return std::log1p(t); }},
    };
    return all;
}

/// Uniform on [0, 1), the same on every machine.
class Uniform {
public:
    explicit Uniform(unsigned long long seed) : engine_(seed) {}
    double operator()() { return static_cast<double>(engine_() >> 11U) * 0x1p-53; }
    double between(double lo, double hi) { return lo + (hi - lo) * (*this)(); }
    double normal()
    {
        const double u = 1 - (*this)();
        return std::sqrt(-2 * std::log(u)) * std::cos(2 * std::acos(-1.0) * (*this)());
    }

private:
    std::mt19937_64 engine_;
};

DoubleMatrix normal_matrix(Eigen::Index rows, Eigen::Index columns, Uniform& random)
{
    DoubleMatrix m(rows, columns);
    for (Eigen::Index j = 0; j < columns; ++j) {
        for (Eigen::Index i = 0; i < rows; ++i) {
            m(i, j) = random.normal();
        }
    }
    return m;
}

double least_product(const DoubleMatrix& theta)
{
    return (theta.transpose() * theta).minCoeff();
}

/// Directions around the first axis, e_1 + width * offsets normalised, with 1 - least product equal
/// to delta up to 1e-12 (below it), or as near to it as the offsets reach.
DoubleMatrix spread_directions(const DoubleMatrix& offsets, double delta)
{
    const auto at = [&](double width) {
        DoubleMatrix theta = width * offsets;
        theta.row(0).array() += 1;
        theta.colwise().normalize();
        return theta;
    };
    double lo = 0;
    double hi = 1;
    while (1 - least_product(at(hi)) < delta && hi < 64) {
        hi *= 2;
    }
    constexpr int halvings = 60;
    for (int k = 0; k < halvings; ++k) {
        const double middle = (lo + hi) / 2;
        (1 - least_product(at(middle)) < delta ? lo : hi) = middle;
    }
    return at(lo);
}

struct Problem {
    std::string scheme;
    model::Attention<double> attention;
    Step alpha;
    double tau = 1;
};

model::Particles<double> velocity(const Problem& problem, const model::Particles<double>& state,
                                  double t, bool late)
{
    return model::particle_velocity<double>(problem.scheme, problem.attention, state,
                                            {problem.alpha.value(t), t, late ? 1.0 : 0.0});
}

model::Particles<double> moved_along(const model::Particles<double>& state, double h,
                                     const model::Particles<double>& rate)
{
    return {state.theta + h * rate.theta, state.r + h * rate.r};
}

/// One classical Runge-Kutta step from u to u + h, t = time(u), dt = slope(u) du.
template <class Time, class Slope>
model::Particles<double> stepped(const Problem& problem, const model::Particles<double>& y,
                                 double u, double h, bool late, const Time& time,
                                 const Slope& slope)
{
    const auto f = [&](const model::Particles<double>& state, double at) {
        model::Particles<double> rate = velocity(problem, state, time(at), late);
        rate.theta *= slope(at);
        rate.r *= slope(at);
        return rate;
    };
    const auto k1 = f(y, u);
    const auto k2 = f(moved_along(y, h / 2, k1), u + h / 2);
    const auto k3 = f(moved_along(y, h / 2, k2), u + h / 2);
    const auto k4 = f(moved_along(y, h, k3), u + h);
    return {y.theta + h / 6 * (k1.theta + 2 * k2.theta + 2 * k3.theta + k4.theta),
            y.r + h / 6 * (k1.r + 2 * k2.r + 2 * k3.r + k4.r)};
}

ConeMoment moment_of(const Problem& problem, const model::Particles<double>& state, double t,
                     bool late, double delta)
{
    const model::Particles<double> rate = velocity(problem, state, t, late);
    const DoubleVector mean = state.theta.rowwise().mean();
    const DoubleMatrix offsets = state.theta.colwise() - mean;
    const auto n = static_cast<double>(state.theta.cols());
    ConeMoment moment;
    moment.t = t;
    moment.variance = offsets.squaredNorm() / n;
    moment.decay = -2 * offsets.cwiseProduct(rate.theta).sum() / n / moment.variance;
    moment.alpha = problem.alpha.value(t);
    moment.alpha_integral = problem.alpha.integral(t);
    moment.least_growth = state.r.minCoeff() - (1 - delta) * t;
    const DoubleMatrix A = model::attend(problem.attention, state.theta);
    for (Eigen::Index k = 0; k < state.theta.cols(); ++k) {
        const double length = A.col(k).norm();
        const double s = model::with_scheme(problem.scheme, [&](auto scheme) {
            return decltype(scheme)::speed_factor(
                model::TokenView<double>{state.r(k), length, state.theta.col(k).dot(A.col(k)),
                                         moment.alpha, t, late ? 1.0 : 0.0});
        });
        moment.largest_s = k == 0 ? s : std::max(moment.largest_s, s);
        moment.least_s = k == 0 ? s : std::min(moment.least_s, s);
    }
    return moment;
}

/// Integrates in u with t = time(u) from u0 until Var is tiny or u = u1, one moment for each step.
template <class Time, class Slope>
void follow(ConeRun& run, const Problem& problem, model::Particles<double>& state, double u0,
            double u1, long steps, bool late, const Time& time, const Slope& slope)
{
    const double h = (u1 - u0) / static_cast<double>(steps);
    for (long k = 0; k < steps; ++k) {
        const double u = u0 + h * static_cast<double>(k);
        state = stepped(problem, state, u, h, late, time, slope);
        run.moments.push_back(moment_of(problem, state, time(u + h), late, run.delta));
        if (run.moments.back().variance < smallest_variance) {
            return;
        }
    }
}

constexpr double identity(double u)
{
    return u;
}
constexpr double one(double /*u*/)
{
    return 1;
}

ConeRun make_run(std::string_view scheme, std::size_t index, unsigned long long seed)
{
    Uniform random(seed * 1000003ULL + index);
    ConeRun run;
    run.n = index % 4 == 0 ? 2 : index % 4 == 1 ? 3 : static_cast<long>(random.between(3, 9));
    const auto d = static_cast<Eigen::Index>(random.between(2, 9));
    const std::vector<double> betas = {1, 0.05, 5, 0.2};
    run.beta = betas[index % betas.size()];
    const double squares =
        static_cast<double>(run.n) * run.beta * static_cast<double>(run.n) * run.beta;
    const double wanted = std::min(index % 3 == 1 ? 0.9 : 0.4, 0.999 / (100 * squares));

    Problem problem;
    problem.scheme = std::string(scheme);
    problem.attention.beta = run.beta;
    const Eigen::HouseholderQR<DoubleMatrix> turn(normal_matrix(d, d, random));
    problem.attention.Q = DoubleMatrix(turn.householderQ());
    problem.attention.K = DoubleMatrix(DoubleMatrix::Identity(d, d));
    problem.alpha = steps_of_ngpt()[index % steps_of_ngpt().size()];
    run.tau = index % 2 == 0 ? 1 : 0.25;
    problem.tau = run.tau;

    model::Particles<double> state;
    state.theta = spread_directions(normal_matrix(d, run.n, random), wanted);
    state.r = DoubleVector(run.n);
    for (Eigen::Index k = 0; k < run.n; ++k) {
        const bool equal = index % 3 == 0 || scheme == "mix-ln";
        state.r(k) = equal ? 1 : std::pow(10, random.between(-2, 1));
    }
    run.delta = 1 - least_product(state.theta);
    run.rho = state.r.maxCoeff();
    run.alpha = problem.alpha.name;
    run.text = fmt::format(
        "n={}, d={}, beta={}, delta={:.3g}, Q^T K a rotation, r_k(0) in [{:.3g}, "
        "{:.3g}], alpha_t={}, tau={}",
        run.n, d, run.beta, run.delta, state.r.minCoeff(), run.rho, problem.alpha.name, run.tau);
    run.moments.push_back(moment_of(problem, state, 0, false, run.delta));

    constexpr long steps = 600;
    constexpr double latest_exponent = 14; // t = e^14
    constexpr double latest_time = 20;
    if (scheme == "post-ln" || scheme == "ngpt") {
        follow(run, problem, state, 0, latest_time, 2 * steps, false, identity, one);
        return run;
    }
    double start = 0;
    if (scheme == "mix-ln") {
        follow(run, problem, state, 0, run.tau, steps / 4, false, identity, one);
        start = run.tau;
        run.moments.push_back(moment_of(problem, state, start, true, run.delta));
    }
    // t = start + scale (e^u - 1), scale the least magnitude: its own time is the shortest.
    const double scale = scheme == "sqrt-scaling" ? 1 : state.r.minCoeff();
    const auto time = [=](double u) { return start + scale * std::expm1(u); };
    const auto slope = [=](double u) { return scale * std::exp(u); };
    const double end = scheme == "sqrt-scaling" ? std::log1p(100.0) : latest_exponent;
    follow(run, problem, state, 0, end, steps, true, time, slope);
    return run;
}

} // namespace

std::vector<ConeRun> cone_runs(std::string_view scheme, const ledger::Effort& effort)
{
    const std::size_t count = effort.level == ledger::Effort::Level::Quick      ? quick_runs
                              : effort.level == ledger::Effort::Level::Standard ? standard_runs
                                                                                : deep_runs;
    std::vector<ConeRun> runs;
    for (std::size_t k = 0; k < count; ++k) {
        runs.push_back(make_run(scheme, k, effort.seed));
    }
    return runs;
}

} // namespace attest::theorems

#include "attest/flow/conformance_particles.hpp"

#include "attest/flow/particle_flow.hpp"
#include "attest/model/particles.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace attest::flow {
namespace {

constexpr double agreed = 1e-11;    ///< of two runs of the reference
constexpr double first_step = 0.05; ///< of the reference
constexpr double most_work = 4e9;   ///< n^2 d times velocities, of one run
constexpr double most_exact_work = 1e8;

using View = PairView;
using Views = std::vector<View>;

struct Job {
    const model::SymmetricProblem& problem;
    const RecordedTokens& tokens;
    const ConformanceOptions& options;
    std::vector<double> t;
    ParticleProblem<double> particles;
    Matrix<double> start;
    bool on_sphere = false; ///< all tokens of the file, at all times

    double work(double steps, double evaluations) const
    {
        const auto n = static_cast<double>(start.cols());
        return steps * evaluations * n * n * static_cast<double>(start.rows());
    }
};

void limit_work(const Job& job, double work, double most)
{
    if (!(work <= most)) {
        throw InputError(fmt::format("{}: {} tokens in dimension {} up to t = {:.6g}: n^2 d times "
                                     "steps is {:.2g}, must be at most {:.0e}",
                                     job.tokens.name, job.start.cols(), job.start.rows(),
                                     job.t.back(), work, most));
    }
}

long steps_between(double from, double to, double step)
{
    return step > 0 ? static_cast<long>(std::max(1.0, std::ceil((to - from) / step - 1e-6))) : 1;
}

/// A run from row to row; advance(X, from, to, steps).
template <class F>
Views run(const Job& job, double step, const F& advance)
{
    Matrix<double> X = job.start;
    Views out{pair_view(X)};
    for (std::size_t k = 1; k < job.t.size(); ++k) {
        const double from = job.t[k - 1];
        X = advance(X, from, job.t[k], steps_between(from, job.t[k], step));
        out.push_back(pair_view(X));
    }
    return out;
}

Views particle_run(const Job& job, double step, const RungeKutta& method,
                   const ParticleProblem<double>& problem)
{
    return run(job, step, [&](const Matrix<double>& X, double from, double to, long steps) {
        return model::tokens_of(
            integrate_particles<double>(problem, model::particles_of(X), from, to, steps, method));
    });
}

double difference(const Views& a, const Views& b)
{
    double largest = 0;
    for (std::size_t k = 0; k < a.size(); ++k) {
        largest = std::max(largest, (a[k].cosines - b[k].cosines).cwiseAbs().maxCoeff());
        largest = std::max(
            largest, (a[k].r - b[k].r).cwiseQuotient(b[k].r.cwiseMax(1.0)).cwiseAbs().maxCoeff());
    }
    return largest;
}

struct Reference {
    Views views;
    double error = 0;
};

Reference flow_reference(const Job& job)
{
    const double length = job.t.back() - job.t.front();
    const auto work = [&](double step) {
        return job.work(length / step + static_cast<double>(job.t.size()), 6);
    };
    double step = first_step;
    limit_work(job, work(step / 2), most_work);
    Views coarse = particle_run(job, step, RungeKutta::dormand_prince(), job.particles);
    while (true) {
        step /= 2;
        Views fine = particle_run(job, step, RungeKutta::dormand_prince(), job.particles);
        const double error = difference(coarse, fine);
        if (error < agreed || work(step / 2) > most_work / 8) {
            return {std::move(fine), error};
        }
        coarse = std::move(fine);
    }
}

Reference layer_reference(const Job& job)
{
    const PrecisionScope scope(default_working_bits);
    const long last = job.tokens.t.back().convert_to<long>();
    limit_work(job, job.work(static_cast<double>(last), 1), most_exact_work);
    model::Attention<Real> attention;
    attention.beta = to_real(job.problem.beta);
    Matrix<Real> X = job.start.cast<Real>();
    Reference out;
    std::size_t row = 0;
    for (long t = job.tokens.t.front().convert_to<long>(); t <= last; ++t) {
        if (job.tokens.t[row] == t) {
            Matrix<double> here(X.rows(), X.cols());
            for (Eigen::Index i = 0; i < X.size(); ++i) {
                here.data()[i] = X.data()[i].convert_to<double>();
            }
            out.views.push_back(pair_view(here));
            ++row;
        }
        const Real alpha = job.problem.alpha.formula.evaluate<Real>({{"t", Real(t)}});
        const Real late(Rational(t) > job.problem.tau ? 1 : 0);
        X = model::layer_update<Real>(job.problem.scheme, attention, X, Real(1),
                                      {alpha, Real(t), late});
    }
    return out;
}

const std::vector<RungeKutta>& methods_of(int order)
{
    using Row = std::vector<Rational>;
    const auto q = [](long a, long b = 1) { return Rational(a, b); };
    static const std::vector<std::vector<RungeKutta>> all{
        {{1, Row{0}, {{}}, Row{1}}},
        {{2, Row{0, q(1, 2)}, {{}, {q(1, 2)}}, Row{0, 1}},
         {2, Row{0, 1}, {{}, {q(1)}}, Row{q(1, 2), q(1, 2)}}},
        {{3, Row{0, q(1, 2), 1}, {{}, {q(1, 2)}, {q(-1), q(2)}}, Row{q(1, 6), q(2, 3), q(1, 6)}}},
        {RungeKutta::classical()}};
    return all[static_cast<std::size_t>(order - 1)];
}

/// The problem with Mix-LN's switch moved to the row before and to the row after tau: what a step
/// that runs across it may do.
std::vector<ParticleProblem<double>> moved_switches(const Job& job)
{
    std::vector<ParticleProblem<double>> out;
    const auto after = std::upper_bound(job.t.begin(), job.t.end(), job.particles.tau);
    if (job.problem.scheme != model::MixLN::name || after == job.t.begin()
        || after == job.t.end()) {
        return out;
    }
    for (const double tau : {2 * job.particles.tau - *after, *after}) {
        out.push_back(job.particles);
        out.back().tau = std::max(0.0, tau);
    }
    return out;
}

/// What methods of that order make of the same steps.
std::vector<Views> method_views(const Job& job, double step)
{
    const double length = job.t.back() - job.t.front();
    const double steps = static_cast<double>(job.t.size()) + (step > 0 ? length / step : 0.0);
    limit_work(job, job.work(steps, job.options.order), most_work);
    std::vector<Views> out;
    for (const RungeKutta& method : methods_of(job.options.order)) {
        out.push_back(particle_run(job, step, method, job.particles));
        for (const ParticleProblem<double>& moved : moved_switches(job)) {
            out.push_back(particle_run(job, step, method, moved));
        }
        if (job.on_sphere) {
            continue; // the tokens are put back on it, as the particles are
        }
        out.push_back(
            run(job, step, [&](const Matrix<double>& X, double from, double to, long count) {
                return integrate_tokens<double>(job.particles, X, from, to, count, method);
            }));
    }
    if (job.options.order == 1) {
        out.push_back(run(job, step, [&](Matrix<double> X, double from, double to, long count) {
            const double h = (to - from) / static_cast<double>(count);
            for (long i = 0; i < count; ++i) {
                const double t = from + h * static_cast<double>(i);
                X = model::layer_update<double>(
                    job.problem.scheme, job.particles.attention, X, h,
                    {job.particles.alpha(t), t, t > job.particles.tau ? 1.0 : 0.0});
            }
            return X;
        }));
    }
    return out;
}

struct Worst {
    double error = 0;
    double value = 0;
    double exact = 0;
};

Worst worst_pair(const View& recorded, const View& exact)
{
    Eigen::Index j = 0;
    Eigen::Index k = 0;
    const double error = (recorded.cosines - exact.cosines).cwiseAbs().maxCoeff(&j, &k);
    return {error, recorded.cosines(j, k), exact.cosines(j, k)};
}

Worst worst_magnitude(const View& recorded, const View& exact)
{
    Eigen::Index j = 0;
    const double error = (recorded.r - exact.r).cwiseAbs().maxCoeff(&j);
    return {error, recorded.r(j), exact.r(j)};
}

template <class F>
Comparison compare(const Job& job, const Reference& reference, const Views& recorded,
                   const std::vector<Views>& methods, const char* name, const F& worst,
                   std::optional<Departure>& first)
{
    Comparison c;
    std::vector<double> explained(job.t.size(), 0);
    for (std::size_t k = 0; k < job.t.size(); ++k) {
        const Worst here = worst(recorded[k], reference.views[k]);
        c.error.push_back(here.error);
        c.exact.push_back(here.exact);
        for (const Views& method : methods) {
            const double error = worst(method[k], reference.views[k]).error;
            explained[k] = std::isfinite(error) ? std::max(explained[k], error) : explained[k];
        }
    }
    explained = recent_maximum(job.t, explained);
    const std::vector<double> steps = steps_until(job.t, job.options);
    for (std::size_t k = 0; k < job.t.size(); ++k) {
        const double size = std::max(1.0, reference.views[k].r.maxCoeff());
        const double scale = name == std::string("r") ? size : 1.0;
        c.allowed.push_back(job.options.tolerance
                                ? job.options.tolerance->convert_to<double>() * scale
                                : job.options.safety * explained[k]
                                      + scale * gathered_rounding(job.tokens.unit, steps[k])
                                      + scale * reference.error);
        if (!(c.error[k] <= c.allowed[k]) && (!first || k < first->row)) {
            const Worst here = worst(recorded[k], reference.views[k]);
            first = Departure{k,
                              name,
                              job.tokens.t[k],
                              fmt::format("{:.12g}", here.value),
                              fmt::format("{:.12g}", here.exact),
                              here.error,
                              c.allowed[k]};
        }
    }
    return c;
}

} // namespace

Conformance particle_conformance(const model::SymmetricProblem& problem,
                                 const RecordedTokens& tokens, const ConformanceOptions& options)
{
    validate_times(tokens.name, tokens.t, options.layers);
    const bool spherical =
        model::with_scheme(problem.scheme, [](auto scheme) { return decltype(scheme)::spherical; });
    const Expr alpha = problem.alpha.formula;
    Job job{problem, tokens, options, {}, {}, tokens.X.front()};
    for (const Rational& t : tokens.t) {
        job.t.push_back(t.convert_to<double>());
    }
    job.particles.scheme = problem.scheme;
    job.particles.attention.beta = problem.beta.convert_to<double>();
    job.particles.tau = problem.tau.convert_to<double>();
    job.particles.alpha = [alpha](const double& t) { return alpha.evaluate<double>({{"t", t}}); };
    if (spherical && !options.layers) {
        job.start = job.start.colwise().normalized();
    }
    Conformance result;
    result.certified = false;
    result.step = options.layers ? 1 : longest_step(job.t, options);
    result.reference = options.layers ? "Table 1's discrete layers from the file's first row, in "
                                        "128 bits (numeric, not certified)"
                                      : "the particle system from the file's first row, by "
                                        "Dormand and Prince's method (numeric, not certified)";
    const Reference reference = options.layers ? layer_reference(job) : flow_reference(job);
    result.reference_error = reference.error;
    Views recorded;
    double off_sphere = 0;
    for (const Matrix<double>& X : tokens.X) {
        recorded.push_back(pair_view(X));
        off_sphere = std::max(off_sphere, (recorded.back().r.array() - 1.0).abs().maxCoeff());
    }
    job.on_sphere =
        spherical
        && off_sphere <= gathered_rounding(tokens.unit, static_cast<double>(job.t.size()));
    std::vector<Views> methods;
    if (!options.layers && !options.tolerance) {
        methods = method_views(job, options.step ? options.step->convert_to<double>() : 0);
    }
    result.gamma = compare(job, reference, recorded, methods, "cosine", worst_pair, result.first);
    result.r = compare(job, reference, recorded, methods, "r", worst_magnitude, result.first);
    if (spherical) {
        for (std::size_t k = 0; k < job.t.size(); ++k) {
            const double off = (recorded[k].r.array() - 1.0).abs().maxCoeff();
            if (off > result.r.allowed[k] && !(options.layers && k == 0)) {
                result.contradictions.push_back(
                    {"sec2.3/sphere-invariance",
                     fmt::format("at t = {:.6g} a token is {:.3g} off the sphere", job.t[k], off)});
                break;
            }
        }
    }
    return result;
}

} // namespace attest::flow

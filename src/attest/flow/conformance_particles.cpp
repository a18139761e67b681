#include "attest/flow/conformance_particles.hpp"

#include "attest/flow/particle_flow.hpp"
#include "attest/model/particles.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace attest::flow {
namespace {

constexpr double agreed = 1e-11;    ///< of two runs of the reference
constexpr double first_step = 0.05; ///< of the reference
constexpr double most_work = 4e9;   ///< n^2 d times velocities, of a reference run; of all methods
constexpr double most_exact_work = 1e8;

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
                                     "velocities is {:.2g}, must be at most {:.0e}",
                                     job.tokens.name, job.start.cols(), job.start.rows(),
                                     job.t.back(), work, most));
    }
}

long steps_between(double from, double to, double step)
{
    return step > 0 ? static_cast<long>(std::max(1.0, std::ceil((to - from) / step - 1e-6))) : 1;
}

/// The tokens at one row from those at the row before.
using Advance = std::function<Matrix<double>(const Matrix<double>& X, double from, double to)>;

Advance on_particles(double step, const RungeKutta& method, const ParticleProblem<double>& problem)
{
    return [=](const Matrix<double>& X, double from, double to) {
        return model::tokens_of(integrate_particles<double>(
            problem, model::particles_of(X), from, to, steps_between(from, to, step), method));
    };
}

/// Tokens of the reference at every row: n d numbers a row, and not n^2 cosines.
struct Reference {
    std::vector<Matrix<double>> X;
    double error = 0;
};

std::vector<Matrix<double>> particle_run(const Job& job, double step)
{
    const Advance advance = on_particles(step, RungeKutta::dormand_prince(), job.particles);
    std::vector<Matrix<double>> out{job.start};
    for (std::size_t k = 1; k < job.t.size(); ++k) {
        out.push_back(advance(out.back(), job.t[k - 1], job.t[k]));
    }
    return out;
}

double difference(const std::vector<Matrix<double>>& a, const std::vector<Matrix<double>>& b)
{
    double largest = 0;
    for (std::size_t k = 0; k < a.size(); ++k) {
        const PairView x = pair_view(a[k]);
        const PairView y = pair_view(b[k]);
        largest = std::max(largest, (x.cosines - y.cosines).cwiseAbs().maxCoeff());
        largest =
            std::max(largest, (x.r - y.r).cwiseQuotient(y.r.cwiseMax(1.0)).cwiseAbs().maxCoeff());
    }
    return largest;
}

Reference flow_reference(const Job& job)
{
    const double length = job.t.back() - job.t.front();
    const auto work = [&](double step) {
        return job.work(length / step + static_cast<double>(job.t.size()), 6);
    };
    double step = first_step;
    limit_work(job, work(step / 2), most_work);
    std::vector<Matrix<double>> coarse = particle_run(job, step);
    while (true) {
        step /= 2;
        std::vector<Matrix<double>> fine = particle_run(job, step);
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
            out.X.push_back(std::move(here));
            ++row;
        }
        const Real alpha = job.problem.alpha.formula.evaluate<Real>({{"t", Real(t)}});
        const Real late(Rational(t) > job.problem.tau ? 1 : 0);
        X = model::layer_update<Real>(job.problem.scheme, attention, X, Real(1),
                                      {alpha, Real(t), late});
    }
    return out;
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

/// How the file's own steps may have been made: every method of that order.
std::vector<Advance> method_steps(const Job& job, double step)
{
    const std::vector<RungeKutta>& methods = methods_of_order(job.options.order);
    const std::vector<ParticleProblem<double>> moved_problems = moved_switches(job);
    std::vector<Advance> out;
    double evaluations = 0;
    const auto add = [&](Advance advance, std::size_t stages) {
        out.push_back(std::move(advance));
        evaluations += static_cast<double>(stages);
    };
    for (const RungeKutta& method : methods) {
        const std::size_t stages = method.b.size();
        add(on_particles(step, method, job.particles), stages);
        for (const ParticleProblem<double>& moved : moved_problems) {
            add(on_particles(step, method, moved), stages);
        }
        if (job.on_sphere) {
            continue; // the tokens are put back on it, as the particles are
        }
        add(
            [&job, &method, step](const Matrix<double>& X, double from, double to) {
                return integrate_tokens<double>(job.particles, X, from, to,
                                                steps_between(from, to, step), method);
            },
            stages);
    }
    if (job.options.order == 1) {
        add(
            [&job, step](Matrix<double> X, double from, double to) {
                const long count = steps_between(from, to, step);
                const double h = (to - from) / static_cast<double>(count);
                for (long i = 0; i < count; ++i) {
                    const double t = from + h * static_cast<double>(i);
                    X = model::layer_update<double>(
                        job.problem.scheme, job.particles.attention, X, h,
                        {job.particles.alpha(t), t, t > job.particles.tau ? 1.0 : 0.0});
                }
                return X;
            },
            1);
    }
    const double length = job.t.back() - job.t.front();
    const double steps = static_cast<double>(job.t.size()) + (step > 0 ? length / step : 0.0);
    limit_work(job, job.work(steps, evaluations), most_work);
    return out;
}

/// The pair or the token that is furthest off at one row.
struct Worst {
    double error = 0;
    double value = 0;
    double exact = 0;
};

Worst worst_pair(const PairView& recorded, const PairView& exact)
{
    Eigen::Index j = 0;
    Eigen::Index k = 0;
    const double error = (recorded.cosines - exact.cosines).cwiseAbs().maxCoeff(&j, &k);
    return {error, recorded.cosines(j, k), exact.cosines(j, k)};
}

Worst worst_magnitude(const PairView& recorded, const PairView& exact)
{
    Eigen::Index j = 0;
    const double error = (recorded.r - exact.r).cwiseAbs().maxCoeff(&j);
    return {error, recorded.r(j), exact.r(j)};
}

/// One of cosines and magnitudes: of the file and, at most, of the methods.
struct Track {
    std::vector<Worst> file;
    std::vector<double> explained;

    void add(const Worst& here)
    {
        file.push_back(here);
        explained.push_back(0);
    }
    void explain(double error)
    {
        explained.back() =
            std::isfinite(error) ? std::max(explained.back(), error) : explained.back();
    }
};

/// The file and the methods against the reference, row by row, so that one view of each is held.
struct Tracks {
    Track cosine;
    Track r;
    std::vector<double> size; ///< largest magnitude, at least 1
};

Tracks tracks_of(const Job& job, const Reference& reference, const std::vector<Advance>& methods)
{
    Tracks out;
    std::vector<Matrix<double>> X(methods.size(), job.start);
    for (std::size_t k = 0; k < job.t.size(); ++k) {
        const PairView exact = pair_view(reference.X[k]);
        const PairView recorded = pair_view(job.tokens.X[k]);
        out.cosine.add(worst_pair(recorded, exact));
        out.r.add(worst_magnitude(recorded, exact));
        out.size.push_back(std::max(1.0, exact.r.maxCoeff()));
        for (std::size_t m = 0; m < methods.size(); ++m) {
            if (k > 0) {
                X[m] = methods[m](X[m], job.t[k - 1], job.t[k]);
            }
            const PairView view = pair_view(X[m]);
            out.cosine.explain(worst_pair(view, exact).error);
            out.r.explain(worst_magnitude(view, exact).error);
        }
    }
    return out;
}

/// Judges a track whose numbers scale with `scale`.
Comparison compare(const Job& job, const Reference& reference, const Track& track,
                   const std::vector<double>& scale, const char* name,
                   std::optional<Departure>& first)
{
    Comparison c;
    const std::vector<double> explained = recent_maximum(job.t, track.explained);
    const std::vector<double> steps = steps_until(job.t, job.options);
    for (std::size_t k = 0; k < job.t.size(); ++k) {
        const Worst& here = track.file[k];
        c.error.push_back(here.error);
        c.exact.push_back(here.exact);
        c.rounding.push_back(scale[k] * gathered_rounding(job.tokens.unit, steps[k])
                             + scale[k] * reference.error);
        c.allowed.push_back(job.options.tolerance
                                ? job.options.tolerance->convert_to<double>() * scale[k]
                                : job.options.safety * explained[k] + c.rounding[k]);
        if (!(c.error[k] <= c.allowed[k]) && (!first || k < first->row)) {
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
    if (!options.layers) {
        (void)methods_of_order(options.order); // an order that there is none of is refused at once
    }
    const bool spherical = model::is_spherical(problem.scheme);
    Job job{problem, tokens, options, {}, {}, tokens.X.front()};
    for (const Rational& t : tokens.t) {
        job.t.push_back(t.convert_to<double>());
    }
    job.particles.scheme = problem.scheme;
    job.particles.attention.beta = problem.beta.convert_to<double>();
    job.particles.tau = problem.tau.convert_to<double>();
    job.particles.alpha = alpha_in_double(problem);
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
    std::vector<double> off_sphere;
    for (const Matrix<double>& X : tokens.X) {
        off_sphere.push_back((X.colwise().norm().array() - 1.0).abs().maxCoeff());
    }
    job.on_sphere = spherical
                    && *std::max_element(off_sphere.begin(), off_sphere.end())
                           <= gathered_rounding(tokens.unit, static_cast<double>(job.t.size()));
    std::vector<Advance> methods;
    if (!options.layers && !options.tolerance) {
        methods = method_steps(job, options.step ? options.step->convert_to<double>() : 0);
    }
    const Tracks tracks = tracks_of(job, reference, methods);
    const std::vector<double> ones(job.t.size(), 1.0);
    result.gamma = compare(job, reference, tracks.cosine, ones, "cosine", result.first);
    result.r = compare(job, reference, tracks.r, tracks.size, "r", result.first);
    if (spherical) {
        for (std::size_t k = 0; k < job.t.size(); ++k) {
            if (off_sphere[k] > result.r.allowed[k] && !(options.layers && k == 0)) {
                result.contradictions.push_back(
                    {"sec2.3/sphere-invariance",
                     fmt::format("at t = {:.6g} a token is {:.3g} off the sphere", job.t[k],
                                 off_sphere[k])});
                break;
            }
        }
    }
    return result;
}

} // namespace attest::flow

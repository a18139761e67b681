#include "attest/chance/certified_runs.hpp"

#include "attest/chance/gram_system.hpp"
#include "attest/chance/stream.hpp"
#include "attest/flow/particle_system.hpp"
#include "attest/flow/validated.hpp"
#include "attest/model/schemes.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/numbers/on_threads.hpp"
#include "attest/numbers/precision.hpp"

#include <fmt/format.h>

#include <cmath>

namespace attest::chance {
namespace {

constexpr long start_bits = 96;

void check(const RunSetting& s)
{
    if (s.n < 2 || s.d < 2) {
        throw InputError(fmt::format("n = {}, d = {}: must both be at least 2", s.n, s.d));
    }
    if (s.beta < 0 || s.tau < 0) {
        throw InputError(fmt::format("beta = {}, tau = {}: must not be below 0", to_string(s.beta),
                                     to_string(s.tau)));
    }
}

/// Products of all pairs of tokens, by columns; of directions or of tokens of any length.
using Products = Matrix<Ball>;

/// Whole numbers a with sum_k a_k <x_k, x_j> > 0 for all j, by the perceptron rule in double
/// precision; nothing where it does not find them. What it finds is proved by in_hemisphere.
std::optional<Vector<Rational>> likely_pole(const Products& products)
{
    constexpr int rounds = 1000;
    const Eigen::Index n = products.rows();
    Eigen::MatrixXd cosines(n, n);
    for (Eigen::Index k = 0; k < n; ++k) {
        for (Eigen::Index j = 0; j < n; ++j) {
            cosines(j, k) = products(j, k).to_double();
        }
    }
    const Eigen::VectorXd lengths = cosines.diagonal().cwiseSqrt();
    const Eigen::VectorXd inverse = lengths.cwiseInverse();
    cosines = inverse.asDiagonal() * cosines * inverse.asDiagonal();
    Eigen::VectorXd weights = Eigen::VectorXd::Ones(n);
    Eigen::VectorXd heights = cosines * weights;
    Eigen::Index lowest = 0;
    for (int round = 0; round < rounds; ++round) {
        const double square = weights.dot(heights);
        if (heights.minCoeff(&lowest) > 1e-3 * std::sqrt(std::max(square, 0.0))) {
            break;
        }
        weights(lowest) += 1;
        heights += cosines.col(lowest);
    }
    if (!(heights.minCoeff() > 0)) {
        return std::nullopt;
    }
    // Rounded with a common factor: the heights of tokens that are not of length 1 differ.
    Vector<Rational> out(n);
    for (Eigen::Index k = 0; k < n; ++k) {
        out(k) = Rational(std::llround(weights(k) * inverse(k) * 65536)) / Rational(65536);
    }
    return out;
}

bool in_hemisphere(const Products& products, const Vector<Rational>& weights)
{
    for (Eigen::Index j = 0; j < products.rows(); ++j) {
        Ball height;
        for (Eigen::Index k = 0; k < products.rows(); ++k) {
            height += Ball(weights(k)) * products(j, k);
        }
        if (!is_true(is_positive(height))) {
            return false;
        }
    }
    return true;
}

/// The symmetric matrix with ones on the diagonal and the first states above it.
Products cosines_of(const std::vector<Ball>& states, long n)
{
    Products out(n, n);
    std::size_t next = 0;
    for (long j = 0; j < n; ++j) {
        out(j, j) = Ball(1);
        for (long k = j + 1; k < n; ++k) {
            out(j, k) = states[next++];
            out(k, j) = out(j, k);
        }
    }
    return out;
}

flow::InitialRange range_of(const Ball& x)
{
    const auto exact = [](const Real& v) {
        return Rational(v.convert_to<boost::multiprecision::mpq_rational>());
    };
    return {exact(x.lower()), exact(x.upper())};
}

/// Pairwise cosines are the cheap states; coordinates are a second way where the enclosures of the
/// first grow too wide.
enum class States { Cosines, Coordinates };

/// The recorded equations of one setting, before and after the switching time.
struct Equations {
    std::optional<flow::System> early;
    flow::System late;
};

flow::System equations(const RunSetting& s, States states, bool late, const Rational& from)
{
    if (states == States::Cosines) {
        return gram_system({s.scheme, s.n, s.beta, s.alpha}, late, from);
    }
    flow::ExactParticles p;
    p.scheme = s.scheme;
    p.attention.beta = s.beta;
    p.alpha = s.alpha;
    p.tau = s.tau;
    // The rates do not depend on the start: any directions and magnitudes do.
    p.theta = Matrix<Rational>::Zero(s.d, s.n);
    p.theta.row(0).setConstant(Rational(1));
    p.r = Vector<Rational>::Constant(s.n, Rational(1));
    return flow::particle_system(p, late, "t", from);
}

Equations equations(const RunSetting& s, States states)
{
    if (s.scheme != model::MixLN::name || s.tau == 0) {
        return {std::nullopt, equations(s, states, true, 0)};
    }
    return {equations(s, states, false, 0), equations(s, states, true, s.tau)};
}

Products cosines_of(const std::vector<Ball>& values, States states, const RunSetting& s)
{
    if (states == States::Cosines) {
        return cosines_of(values, s.n);
    }
    Matrix<Ball> theta(s.d, s.n);
    for (long j = 0; j < s.n; ++j) {
        for (long i = 0; i < s.d; ++i) {
            theta(i, j) = values[static_cast<std::size_t>(j * s.d + i)];
        }
    }
    return product(Matrix<Ball>(theta.transpose()), theta);
}

/// One attempt with that many digits a step. Throws Undecidable.
CertifiedRun attempt(const RunSetting& s, const Equations& system, States states,
                     const std::vector<Ball>& values, long digits)
{
    CertifiedRun out;
    std::vector<flow::InitialRange> start;
    for (const Ball& x : values) {
        start.push_back(range_of(x));
    }
    flow::ValidatedOptions how;
    how.digits = digits;
    how.as_written = true;
    how.absolute.assign(start.size(), true);
    how.max_steps = s.max_steps;
    Rational from = 0;
    bool logarithmic =
        states == States::Cosines && !system.early && moves_magnitudes(s.scheme, true);
    const flow::ValidatedIntegrator::Stop stop = [&](const Ball& x, const flow::StateSet& set) {
        ++out.steps;
        const auto pole = likely_pole(cosines_of(set.center, states, s));
        if (!pole || !in_hemisphere(cosines_of(set.box(), states, s), *pole)) {
            return false;
        }
        out.pole = pole;
        const double passed = x.to_double();
        out.time = from.convert_to<double>() + (logarithmic ? std::expm1(passed) : passed);
        return true;
    };
    if (system.early) {
        const flow::Tube tube =
            flow::ValidatedIntegrator(*system.early, how).integrate(0, start, s.tau, stop);
        if (tube.stopped()) {
            return out;
        }
        const PrecisionScope scope(tube.bits());
        start.clear();
        for (const Ball& x : tube.at(Ball(s.tau))) {
            start.push_back(range_of(x));
        }
        from = s.tau;
    }
    flow::ValidatedIntegrator(system.late, how).integrate(0, start, Rational(s.until - from), stop);
    if (!out.pole) {
        out.why = fmt::format("in no hemisphere by {} = {}", logarithmic ? "ln(1 + t)" : "t",
                              to_string(s.until));
    }
    return out;
}

/// The start in the states of the attempt.
std::vector<Ball> start_of(const Matrix<Ball>& x, const Products& products, States states,
                           bool magnitudes)
{
    const Eigen::Index n = x.cols();
    std::vector<Ball> r;
    for (Eigen::Index j = 0; j < n; ++j) {
        r.push_back(sqrt(products(j, j)));
    }
    const auto length = [&](Eigen::Index j) -> const Ball& {
        return r[static_cast<std::size_t>(j)];
    };
    std::vector<Ball> out;
    for (Eigen::Index j = 0; j < n; ++j) {
        for (Eigen::Index k = j + 1; states == States::Cosines && k < n; ++k) {
            out.push_back(products(j, k) / (length(j) * length(k)));
        }
        for (Eigen::Index i = 0; states == States::Coordinates && i < x.rows(); ++i) {
            out.push_back(x(i, j) / length(j));
        }
    }
    if (magnitudes) {
        out.insert(out.end(), r.begin(), r.end());
    }
    return out;
}

CertifiedRun run_of(const RunSetting& s, const Equations& system, std::uint64_t seed,
                    std::uint64_t run)
{
    const PrecisionScope scope(start_bits);
    const Stream stream(seed, "certified runs: " + describe(s), run);
    Matrix<Ball> x(s.d, s.n);
    for (long j = 0; j < s.n; ++j) {
        for (long i = 0; i < s.d; ++i) {
            x(i, j) = stream.gaussian_enclosure(static_cast<std::uint64_t>(j * s.d + i));
        }
    }
    const Products products = product(Matrix<Ball>(x.transpose()), x);
    CertifiedRun out;
    if (const auto pole = likely_pole(products); pole && in_hemisphere(products, *pole)) {
        out.pole = pole;
        return out;
    }
    const bool magnitudes = has_magnitudes(s.scheme);
    for (const auto& [states, more] : {std::pair{States::Cosines, 0L},
                                       {States::Cosines, 8L},
                                       {States::Cosines, 24L},
                                       {States::Coordinates, 4L},
                                       {States::Coordinates, 14L}}) {
        try {
            const Equations other = states == States::Cosines ? Equations{} : equations(s, states);
            out = attempt(s, states == States::Cosines ? system : other, states,
                          start_of(x, products, states, magnitudes), s.digits + more);
        } catch (const Undecidable& open) {
            out = {};
            out.why = open.what();
        }
        if (out.pole) {
            break;
        }
    }
    return out;
}

} // namespace

std::string describe(const RunSetting& s)
{
    std::string out =
        fmt::format("{}, n = {}, d = {}, beta = {}", s.scheme, s.n, s.d, to_string(s.beta));
    if (s.scheme == model::NGPT::name) {
        out += fmt::format(", alpha_t = {}", s.alpha.formula.text());
    }
    if (s.scheme == model::MixLN::name) {
        out += fmt::format(", tau = {}", to_string(s.tau));
    }
    return out;
}

CertifiedRun certified_run(const RunSetting& setting, std::uint64_t seed, std::uint64_t run)
{
    check(setting);
    return run_of(setting, equations(setting, States::Cosines), seed, run);
}

std::vector<CertifiedRun> certified_runs(const RunSetting& setting, std::uint64_t seed, long count,
                                         int threads)
{
    check(setting);
    const Equations system = equations(setting, States::Cosines);
    std::vector<CertifiedRun> runs(static_cast<std::size_t>(std::max(count, 0L)));
    on_threads(static_cast<int>(std::min<long>(threads, count)), runs.size(),
               [&](std::size_t k) { runs[k] = run_of(setting, system, seed, k); });
    return runs;
}

RunCounts count(const std::vector<CertifiedRun>& runs)
{
    RunCounts out;
    for (const CertifiedRun& run : runs) {
        ++out.runs;
        out.latest = run.pole ? std::max(out.latest, run.time) : out.latest;
        ++(!run.pole ? out.undecided : run.time > 0 ? out.later : out.at_start);
    }
    return out;
}

Rational hemisphere_probability(long n, long d)
{
    if (n < 1 || d < 1) {
        throw InputError(fmt::format("n = {}, d = {}: must both be at least 1", n, d));
    }
    Rational sum = 0;
    Rational choose = 1; // C(n - 1, k)
    for (long k = 0; k < d && k < n; ++k) {
        sum += choose;
        choose = choose * Rational(n - 1 - k) / Rational(k + 1);
    }
    return sum * pow(Rational(2), 1 - n);
}

} // namespace attest::chance

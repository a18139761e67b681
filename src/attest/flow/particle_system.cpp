#include "attest/flow/particle_system.hpp"

#include "attest/model/parameters.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace attest::flow {
namespace {

std::string direction_name(Eigen::Index token, Eigen::Index coordinate)
{
    return fmt::format("theta{}_{}", token + 1, coordinate + 1);
}
std::string magnitude_name(Eigen::Index token)
{
    return fmt::format("r{}", token + 1);
}

std::optional<Matrix<Expr>> recorded(const std::optional<Matrix<Rational>>& m)
{
    if (!m) {
        return std::nullopt;
    }
    Matrix<Expr> out(m->rows(), m->cols());
    for (Eigen::Index i = 0; i < m->rows(); ++i) {
        for (Eigen::Index j = 0; j < m->cols(); ++j) {
            out(i, j) = Expr((*m)(i, j));
        }
    }
    return out;
}

bool switches(const std::string& scheme)
{
    const Expr late = Expr::symbol("late");
    const Expr one(1L);
    const auto symbols = model::with_scheme(scheme, [&]<class S>(S) {
        const model::TokenView<Expr> token{one, one, one, one, one, late};
        return (S::speed_factor(token) + S::r_dot(token)).symbols();
    });
    return std::find(symbols.begin(), symbols.end(), "late") != symbols.end();
}

void check(const ExactParticles& p)
{
    if (p.theta.rows() < 1 || p.theta.cols() < 1 || p.r.size() != p.theta.cols()) {
        throw InputError(fmt::format("{} magnitudes for {} directions: must be equal, at least 1",
                                     p.r.size(), p.theta.cols()));
    }
    for (Eigen::Index j = 0; j < p.theta.cols(); ++j) {
        Rational square = 0;
        for (Eigen::Index i = 0; i < p.theta.rows(); ++i) {
            square += p.theta(i, j) * p.theta(i, j);
        }
        if (square != 1) {
            throw InputError(fmt::format("direction {} has squared length {}: must be 1", j + 1,
                                         to_string(square)));
        }
        if (p.r(j) <= 0) {
            throw InputError(
                fmt::format("magnitude {} = {}: must be above 0", j + 1, to_string(p.r(j))));
        }
    }
    if (p.tau < 0) {
        throw InputError(fmt::format("tau = {}: must not be below 0", to_string(p.tau)));
    }
}

/// A direction with positive inner products with all columns, found in double precision, rounded
/// to a short rational; nothing where the perceptron rule does not find one.
std::optional<Vector<Rational>> likely_pole(const std::vector<Ball>& center, Eigen::Index d,
                                            Eigen::Index n)
{
    constexpr int rounds = 200;
    constexpr double denominator = 4096;
    Eigen::MatrixXd theta(d, n);
    for (Eigen::Index j = 0; j < n; ++j) {
        for (Eigen::Index i = 0; i < d; ++i) {
            theta(i, j) = center[static_cast<std::size_t>(j * d + i)].to_double();
        }
    }
    Eigen::VectorXd w = theta.rowwise().sum();
    for (int round = 0; round < rounds; ++round) {
        const Eigen::VectorXd heights = theta.transpose() * w;
        Eigen::Index lowest = 0;
        heights.minCoeff(&lowest);
        if (heights(lowest) > 0.01 * w.norm()) {
            break;
        }
        w += theta.col(lowest);
    }
    if ((theta.transpose() * w).minCoeff() <= 0 || !(w.norm() > 0)) {
        return std::nullopt;
    }
    w /= w.norm();
    Vector<Rational> out(d);
    for (Eigen::Index i = 0; i < d; ++i) {
        out(i) = Rational(std::lround(w(i) * denominator)) / Rational(4096);
    }
    return out;
}

/// Ends of a ball as exact rationals.
InitialRange range_of(const Ball& x)
{
    const auto exact = [](const Real& v) {
        return Rational(v.convert_to<boost::multiprecision::mpq_rational>());
    };
    return {exact(x.lower()), exact(x.upper())};
}

bool in_hemisphere(const std::vector<Ball>& box, const Vector<Rational>& pole, Eigen::Index d,
                   Eigen::Index n)
{
    for (Eigen::Index j = 0; j < n; ++j) {
        Ball height;
        for (Eigen::Index i = 0; i < d; ++i) {
            height += Ball(pole(i)) * box[static_cast<std::size_t>(j * d + i)];
        }
        if (!is_true(is_positive(height))) {
            return false;
        }
    }
    return true;
}

} // namespace

Vector<Rational> sphere_point(const std::vector<Rational>& plane)
{
    Rational square = 0;
    for (const Rational& u : plane) {
        square += u * u;
    }
    Vector<Rational> out(static_cast<Eigen::Index>(plane.size()) + 1);
    for (std::size_t i = 0; i < plane.size(); ++i) {
        out(static_cast<Eigen::Index>(i)) = 2 * plane[i] / (1 + square);
    }
    out(out.size() - 1) = (square - 1) / (1 + square);
    return out;
}

System particle_system(const ExactParticles& p, bool late, const std::string& independent,
                       const Rational& t0)
{
    check(p);
    const Eigen::Index d = p.theta.rows();
    const Eigen::Index n = p.theta.cols();
    const Expr t = Expr(t0) + Expr::symbol(independent);
    System system;
    system.independent = independent;
    model::Particles<Expr> at{Matrix<Expr>(d, n), Vector<Expr>(n)};
    for (Eigen::Index j = 0; j < n; ++j) {
        for (Eigen::Index i = 0; i < d; ++i) {
            system.states.push_back(direction_name(j, i));
            at.theta(i, j) = Expr::symbol(system.states.back());
        }
    }
    const bool magnitudes = !model::is_spherical(p.scheme);
    for (Eigen::Index j = 0; j < n; ++j) {
        if (magnitudes) {
            system.states.push_back(magnitude_name(j));
        }
        at.r(j) = magnitudes ? Expr::symbol(magnitude_name(j)) : Expr(p.r(j));
    }
    const model::Attention<Expr> attention{Expr(p.attention.beta), recorded(p.attention.Q),
                                           recorded(p.attention.K), recorded(p.attention.V)};
    const model::Regulation<Expr> regulation{p.alpha.formula.substitute("t", t), t,
                                             Expr(late ? 1L : 0L)};
    const model::Particles<Expr> velocity =
        model::particle_velocity(p.scheme, attention, at, regulation);
    for (Eigen::Index j = 0; j < n; ++j) {
        for (Eigen::Index i = 0; i < d; ++i) {
            system.rates.push_back(velocity.theta(i, j));
        }
    }
    for (Eigen::Index j = 0; magnitudes && j < n; ++j) {
        system.rates.push_back(velocity.r(j));
    }
    return system;
}

Ball ParticleTubes::end_time() const
{
    return Ball(pieces.back().t0) + pieces.back().tube.end();
}

std::vector<Expr> ParticleTubes::heights() const
{
    std::vector<Expr> out;
    for (Eigen::Index j = 0; pole && j < tokens; ++j) {
        Expr height(0L);
        for (Eigen::Index i = 0; i < coordinates; ++i) {
            const Expr term = Expr((*pole)(i)) * Expr::symbol(direction_name(j, i));
            height = i == 0 ? term : height + term;
        }
        out.push_back(height);
    }
    return out;
}

ParticleTubes validated_particles(const ExactParticles& p, const ParticleRunOptions& options)
{
    check(p);
    const Eigen::Index d = p.theta.rows();
    const Eigen::Index n = p.theta.cols();
    const bool magnitudes = !model::is_spherical(p.scheme);
    ParticleTubes out;
    out.coordinates = d;
    out.tokens = n;
    std::vector<InitialRange> start;
    for (Eigen::Index j = 0; j < n; ++j) {
        for (Eigen::Index i = 0; i < d; ++i) {
            start.emplace_back(p.theta(i, j));
        }
    }
    for (Eigen::Index j = 0; magnitudes && j < n; ++j) {
        start.emplace_back(p.r(j));
    }
    ValidatedOptions how;
    how.digits = options.digits;
    how.as_written = true;
    how.absolute.assign(start.size(), true);
    const ValidatedIntegrator::Stop stop = [&](const Ball&, const StateSet& set) {
        const auto pole = likely_pole(set.center, d, n);
        if (!pole || !in_hemisphere(set.box(), *pole, d, n)) {
            return false;
        }
        out.pole = pole;
        return true;
    };
    const auto run = [&](bool late, const Rational& from, const Rational& to) {
        const System system = particle_system(p, late, "t", from);
        const Tube tube =
            ValidatedIntegrator(system, how)
                .integrate(0, start, to - from,
                           options.stop_in_hemisphere ? stop : ValidatedIntegrator::Stop{});
        out.pieces.push_back({from, tube});
        return tube.stopped();
    };
    const bool two = switches(p.scheme) && p.tau > 0 && p.tau < options.until;
    if (two) {
        if (run(false, 0, p.tau)) {
            return out;
        }
        const PrecisionScope scope(out.pieces.back().tube.bits());
        const std::vector<Ball> box = out.pieces.back().tube.at(Ball(p.tau));
        start.clear();
        for (const Ball& x : box) {
            start.push_back(range_of(x));
        }
    }
    run(two || (switches(p.scheme) && p.tau == 0), two ? p.tau : Rational(0), options.until);
    return out;
}

Truth surrounds_origin(const Matrix<Rational>& theta)
{
    const Eigen::Index d = theta.rows();
    if (theta.cols() != d + 1) {
        return Truth::Unknown;
    }
    // The kernel of the d x (d+1) matrix is spanned by its signed maximal minors. 0 is inside the
    // simplex exactly if they are all nonzero and of one sign (Cramer's rule).
    int sign = 0;
    for (Eigen::Index left_out = 0; left_out <= d; ++left_out) {
        Matrix<Rational> minor(d, d);
        for (Eigen::Index j = 0, to = 0; j <= d; ++j) {
            if (j != left_out) {
                minor.col(to++) = theta.col(j);
            }
        }
        Rational determinant = left_out % 2 == 0 ? 1 : -1;
        for (Eigen::Index k = 0; k < d; ++k) {
            Eigen::Index pivot = k;
            while (pivot < d && minor(pivot, k) == 0) {
                ++pivot;
            }
            if (pivot == d) {
                return Truth::False;
            }
            if (pivot != k) {
                minor.row(pivot).swap(minor.row(k));
                determinant = -determinant;
            }
            determinant *= minor(k, k);
            for (Eigen::Index i = k + 1; i < d; ++i) {
                const Rational factor = minor(i, k) / minor(k, k);
                for (Eigen::Index j = k; j < d; ++j) {
                    minor(i, j) -= factor * minor(k, j);
                }
            }
        }
        const int here = determinant > 0 ? 1 : -1;
        if (sign != 0 && here != sign) {
            return Truth::False;
        }
        sign = here;
    }
    return Truth::True;
}

} // namespace attest::flow

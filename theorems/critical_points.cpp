// Critical points of the energy, enclosed, with their second variation.
#include "theorems/critical_points.hpp"

#include "attest/numbers/precision.hpp"
#include "attest/proof/eigenvalues.hpp"
#include "attest/proof/interval_newton.hpp"
#include "theorems/critical_point_system.hpp"

#include <fmt/format.h>

#include <Eigen/QR>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <random>

namespace attest::theorems {
namespace {

using Index = Eigen::Index;

/// Newton's method with halved steps on the extended system, the gauge following the iterate.
std::optional<Matrix<double>> newton(Matrix<double> x, double beta)
{
    constexpr int most_steps = 60;
    for (int step = 0; step < most_steps; ++step) {
        const Vector<double> z = packed(x, beta);
        const Vector<double> F = critical_equations(z, x, beta);
        const double size = F.norm();
        if (size < 1e-13) {
            return x;
        }
        const Vector<double> move =
            critical_jacobian(z, x, beta).completeOrthogonalDecomposition().solve(F);
        bool better = false;
        for (double length = 1; length > 1e-4 && !better; length /= 2) {
            Matrix<double> next = x;
            for (Index j = 0; j < x.cols(); ++j) {
                next.col(j) -= length * move.segment(j * x.rows(), x.rows());
                next.col(j).normalize();
            }
            const double reached = critical_equations(packed(next, beta), next, beta).norm();
            if (next.allFinite() && (reached < size || (reached < 1e-12 && size < 1e-12))) {
                x = next;
                better = true;
            }
        }
        if (!better) {
            return size < 1e-11 ? std::optional(x) : std::nullopt;
        }
    }
    return std::nullopt;
}

std::vector<Matrix<double>> structured_starts(long n, long d)
{
    std::vector<Matrix<double>> starts;
    for (long corners = 2; corners <= n; ++corners) {
        // Tokens dealt to the corners of a regular polygon in turn: clusters of nearly equal sizes.
        Matrix<double> x = Matrix<double>::Zero(d, n);
        for (long j = 0; j < n; ++j) {
            const double angle = 2 * std::numbers::pi * static_cast<double>(j % corners)
                                 / static_cast<double>(corners);
            x(0, j) = std::cos(angle);
            x(1, j) = std::sin(angle);
        }
        starts.push_back(x);
    }
    for (long left = 1; left <= n / 2; ++left) {
        Matrix<double> x = Matrix<double>::Zero(d, n);
        for (long j = 0; j < n; ++j) {
            x(0, j) = j < left ? -1 : 1;
        }
        starts.push_back(x);
    }
    return starts;
}

/// Invariant under rotations and permutations: traces of powers of the Gram matrix and the energy.
std::array<double, 4> fingerprint(const Matrix<double>& x, double beta)
{
    const Matrix<double> gram = x.transpose() * x;
    const Matrix<double> square = gram * gram;
    return {square.trace(), (square * gram).trace(), (square * square).trace(),
            pair_weights(x, beta).sum()};
}

/// The columns span R^d, up to rounding.
bool spans(const Matrix<double>& x)
{
    return Eigen::ColPivHouseholderQR<Matrix<double>>(x).setThreshold(1e-6).rank() == x.rows();
}

} // namespace

std::vector<Matrix<double>> approximate_critical_points(long n, long d, double beta,
                                                        std::size_t starts, std::uint64_t seed)
{
    if (n < 2 || d < 2 || !(beta > 0)) {
        throw InputError(
            fmt::format("n = {}, d = {}, beta = {}: critical points need n >= 2, d >= 2, beta > 0",
                        n, d, beta));
    }
    std::vector<Matrix<double>> candidates = structured_starts(n, d);
    for (std::size_t i = 0; i < starts; ++i) {
        std::seed_seq words{static_cast<std::uint32_t>(seed),
                            static_cast<std::uint32_t>(seed >> 32U), static_cast<std::uint32_t>(i)};
        std::mt19937_64 stream(words);
        Matrix<double> x(d, n);
        for (Index j = 0; j < n; ++j) {
            for (Index k = 0; k < d; ++k) {
                x(k, j) = std::ldexp(static_cast<double>(stream() >> 11U), -52) - 1;
            }
            x.col(j).normalize();
        }
        candidates.push_back(x);
    }
    std::vector<Matrix<double>> found;
    std::vector<std::array<double, 4>> seen;
    for (const Matrix<double>& start : candidates) {
        const std::optional<Matrix<double>> x = newton(start, beta);
        if (!x) {
            continue;
        }
        const std::array<double, 4> mark = fingerprint(*x, beta);
        const double all_equal = static_cast<double>(n) * static_cast<double>(n);
        const auto near = [](double a, double b) { return std::abs(a - b) < 1e-7; };
        const bool known = (near(mark[0], all_equal) && near(mark[3], all_equal))
                           || std::any_of(seen.begin(), seen.end(), [&](const auto& other) {
                                  return std::equal(mark.begin(), mark.end(), other.begin(), near);
                              });
        if (!known) {
            seen.push_back(mark);
            found.push_back(*x);
        }
    }
    return found;
}

std::optional<EnclosedCriticalPoint> enclose_critical_point(const Matrix<double>& theta,
                                                            const Rational& beta)
{
    const Index d = theta.rows();
    const Index n = theta.cols();
    if (d < 2 || n < 2 || beta <= 0) {
        throw InputError(
            fmt::format("{} tokens in dimension {}, beta = {}: critical points are enclosed for "
                        "n >= 2, d >= 2, beta > 0",
                        n, d, to_string(beta)));
    }
    Matrix<Ball> x0(d, n);
    for (Index j = 0; j < n; ++j) {
        for (Index i = 0; i < d; ++i) {
            x0(i, j) = Ball::exactly(theta(i, j));
        }
    }
    const Ball b(beta);
    const proof::ZeroEnclosure zero =
        proof::krawczyk({[&](const Vector<Ball>& z) { return critical_equations(z, x0, b); },
                         [&](const Vector<Ball>& z) { return critical_jacobian(z, x0, b); }},
                        packed(theta, b.to_double()));
    if (!is_true(zero.outcome)) {
        return std::nullopt;
    }
    const CriticalUnknowns<Ball> at = unpacked(zero.zero, d, n);
    EnclosedCriticalPoint point;
    point.theta = at.x;
    point.multiplier = at.mu;
    // Second variation of -e^{-beta} E: with P_j = I - x_j x_j^T, blocks
    //   (j, k): P_j e_jk (beta x_k x_j^T + I) P_k,
    //   (j, j): P_j (beta sum_{k != j} e_jk x_k x_k^T) P_j - sum_{k != j} e_jk c_jk P_j.
    const Matrix<Ball> e = pair_weights(at.x, b);
    const Matrix<Ball> cosines = product(Matrix<Ball>(at.x.transpose()), at.x);
    Matrix<Ball> inside(d * n, d * n);
    Matrix<Ball> projector(d * n, d * n);
    for (Index j = 0; j < n; ++j) {
        for (Index k = 0; k < n; ++k) {
            for (Index i = 0; i < d; ++i) {
                for (Index l = 0; l < d; ++l) {
                    Ball& block = inside(j * d + i, k * d + l);
                    Ball& project = projector(j * d + i, k * d + l);
                    if (j != k) {
                        project = Ball(0);
                        block = e(j, k) * (b * at.x(i, k) * at.x(l, j) + Ball(i == l ? 1 : 0));
                        continue;
                    }
                    project = Ball(i == l ? 1 : 0) - at.x(i, j) * at.x(l, j);
                    block = Ball(0);
                    for (Index m = 0; m < n; ++m) {
                        if (m != j) {
                            block += e(j, m) * b * at.x(i, m) * at.x(l, m);
                            if (i == l) {
                                block -= e(j, m) * cosines(j, m);
                            }
                        }
                    }
                }
            }
        }
    }
    const Matrix<Ball> variation = product(projector, product(inside, projector));
    point.variation = proof::symmetric_eigenvalues(variation);
    bool positive = true;
    for (Index j = 0; j < n; ++j) {
        positive = positive && is_true(is_positive(at.mu(j)));
    }
    if (positive) {
        // D^{1/2} (-Hess E) D^{1/2} has the eigenvalues of J = -D Hess E, D = diag(1/(f_j g_j)).
        Matrix<Ball> similar = variation;
        for (Index i = 0; i < d * n; ++i) {
            for (Index k = 0; k < d * n; ++k) {
                similar(i, k) /= sqrt(at.mu(i / d)) * sqrt(at.mu(k / d));
            }
        }
        point.linearisation = proof::symmetric_eigenvalues(similar);
    }
    return point;
}

Evidence critical_point_survey(const Effort& effort)
{
    const PrecisionScope precision(96);
    const bool quick = effort.level == Effort::Level::Quick;
    const long most = quick ? 6 : effort.level == Effort::Level::Standard ? 7 : 9;
    const std::size_t starts = quick ? 20 : effort.level == Effort::Level::Standard ? 40 : 200;
    const std::vector<Rational> betas = {Rational(1, 2), 2, 5};
    std::size_t found = 0;
    std::size_t enclosed = 0;
    std::size_t unstable = 0;
    std::size_t linearised = 0;
    std::optional<Ball> least;
    for (long n = 2; n <= most; ++n) {
        for (long d = 2; d <= 3; ++d) {
            for (const Rational& beta : betas) {
                for (const Matrix<double>& theta : approximate_critical_points(
                         n, d, Ball(beta).to_double(), starts, effort.seed)) {
                    if (d > 2 && !spans(theta)) {
                        continue; // found in the plane already
                    }
                    ++found;
                    const auto point = enclose_critical_point(theta, beta);
                    if (!point) {
                        continue;
                    }
                    ++enclosed;
                    unstable += proof::inertia_of(point->variation).positive > 0 ? 1U : 0U;
                    if (!point->linearisation.empty()
                        && proof::inertia_of(point->linearisation).positive > 0) {
                        ++linearised;
                        const Ball& top = point->linearisation.back();
                        if (!least || is_true(less(top, *least))) {
                            least = top;
                        }
                    }
                }
            }
        }
    }
    Evidence evidence{
        "critical points by Krawczyk's test",
        fmt::format("{} critical points that are not synchronised found in double precision, {} of "
                    "them enclosed up to rotation; {} have a positive second variation of -E, {} "
                    "(all f_j > 0) a positive eigenvalue of J_theta,theta, the least of these "
                    "leading eigenvalues {}",
                    found, enclosed, unstable, linearised,
                    least ? least->to_string(8) : std::string("none")),
        unstable == enclosed && enclosed > 0 ? Truth::True : Truth::Unknown,
        Strength::Enclosed,
        {ScopeKind::Points,
         fmt::format("{} enclosed critical points, n = 2..{}, d = 2, 3, beta = 1/2, 2, 5", enclosed,
                     most)}};
    evidence.carries = false;
    return evidence;
}

} // namespace attest::theorems

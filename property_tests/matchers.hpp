#pragma once

#include "particle_cases.hpp"

#include <algorithm>
#include <functional>
#include <sstream>

/// What every law of motion of tokens has to satisfy, whatever the scheme: matchers that say what
/// they compared, for properties (require) and for EXPECT_TRUE alike.
namespace attest::testing {

/// Tokens and the attention that moves them.
struct Setting {
    model::Attention<double> attention;
    model::Particles<double> state;
};
/// theta' and r' of a setting.
using Motion = std::function<model::Particles<double>(const Setting&)>;
/// theta' and r' at a time, the attention being fixed.
using TimedMotion =
    std::function<model::Particles<double>(double, const model::Particles<double>&)>;
using ::testing::AssertionFailure;
using ::testing::AssertionResult;
using ::testing::AssertionSuccess;

/// Velocities agree to this, relative to the larger of 1 and their largest entry: |A_j| > 1e-2 and
/// scores below 300 leave that many digits.
inline constexpr double velocity_rounding = 1e-9;

inline Motion motion_of(const std::string& scheme, const model::Regulation<double>& at)
{
    return [=](const Setting& s) {
        return model::particle_velocity(scheme, s.attention, s.state, at);
    };
}

inline void require(const AssertionResult& result)
{
    if (!result) {
        RC_FAIL(std::string(result.message()));
    }
}

inline std::string shown(const Setting& s)
{
    std::ostringstream out;
    const Eigen::IOFormat row(17, Eigen::DontAlignCols, ", ", "; ", "", "", "[", "]");
    out << "beta = " << s.attention.beta << ", theta = " << s.state.theta.format(row)
        << ", r = " << s.state.r.transpose().format(row);
    if (s.attention.Q) {
        out << ", Q = " << s.attention.Q->format(row);
    }
    if (s.attention.K) {
        out << ", K = " << s.attention.K->format(row);
    }
    if (s.attention.V) {
        out << ", V = " << s.attention.V->format(row);
    }
    return out.str();
}

/// No direction gains or loses length: <theta_j, theta_j'> = 0 for every token.
inline AssertionResult StaysOnSphere(const Motion& motion, const Setting& s)
{
    const model::Particles<double> dot = motion(s);
    const double scale = std::max(1.0, dot.theta.cwiseAbs().maxCoeff());
    for (Eigen::Index j = 0; j < s.state.theta.cols(); ++j) {
        const double radial = s.state.theta.col(j).dot(dot.theta.col(j));
        if (!(std::abs(radial) < velocity_rounding * scale)) {
            return AssertionFailure()
                   << "token " << j << " leaves the sphere: <theta, theta'> = " << radial << " at "
                   << shown(s);
        }
    }
    return AssertionSuccess();
}

/// The end of a run: |theta_j| = 1 up to the error of the steps.
inline AssertionResult StaysOnSphere(const model::Particles<double>& end, double tolerance)
{
    for (Eigen::Index j = 0; j < end.theta.cols(); ++j) {
        if (!(std::abs(end.theta.col(j).norm() - 1) < tolerance)) {
            return AssertionFailure()
                   << "token " << j << " ends at length " << end.theta.col(j).norm();
        }
    }
    return AssertionSuccess();
}

inline AssertionResult Agree(const model::Particles<double>& a, const model::Particles<double>& b,
                             double tolerance, const std::string& what)
{
    const double theta = distance(a.theta, b.theta);
    const double r = distance(a.r, b.r);
    const bool numbers = a.theta.allFinite() && a.r.allFinite() && b.theta.allFinite();
    if (numbers && theta < tolerance && r < tolerance) {
        return AssertionSuccess();
    }
    const Eigen::IOFormat row(17, Eigen::DontAlignCols, ", ", "; ", "", "", "[", "]");
    return AssertionFailure() << what << ": directions differ by " << theta << ", magnitudes by "
                              << r << ": " << a.theta.format(row) << " and " << b.theta.format(row);
}

/// Turning the tokens (and the weights with them) turns the velocity: R orthogonal.
inline AssertionResult IsRotationEquivariant(const Motion& motion, const Setting& s,
                                             const Matrix<double>& R)
{
    const model::Particles<double> dot = motion(s);
    const model::Particles<double> turned_dot =
        motion({turned(s.attention, R), {Matrix<double>(R * s.state.theta), s.state.r}});
    return Agree({Matrix<double>(R * dot.theta), dot.r}, turned_dot, velocity_rounding,
                 "not rotation equivariant at " + shown(s));
}

/// Numbering the tokens in another order numbers the velocity in that order.
inline AssertionResult IsPermutationEquivariant(const Motion& motion, const Setting& s,
                                                const Eigen::PermutationMatrix<Eigen::Dynamic>& P)
{
    const auto moved = [&](const model::Particles<double>& x) {
        return model::Particles<double>{Matrix<double>(x.theta * P),
                                        Vector<double>(P.transpose() * x.r)};
    };
    return Agree(moved(motion(s)), motion({s.attention, moved(s.state)}), velocity_rounding,
                 "not permutation equivariant at " + shown(s));
}

/// -grad_j E on the sphere up to a positive factor a token, E = -sum_jk e^{beta <Q theta_k, K
/// theta_j>}: both terms of the derivative, scaled by the largest exponential.
inline Matrix<double> descent(const Setting& s)
{
    const Matrix<double>& theta = s.state.theta;
    const auto through = [&](const std::optional<Matrix<double>>& m) {
        return m ? Matrix<double>(*m * theta) : theta;
    };
    const Matrix<double> Q = through(s.attention.Q);
    const Matrix<double> K = through(s.attention.K);
    const auto back = [&](const std::optional<Matrix<double>>& m, const Matrix<double>& x) {
        return m ? Matrix<double>(m->transpose() * x) : x;
    };
    const Matrix<double> scores = s.attention.beta * (K.transpose() * Q); // (j, k): <Q k, K j>
    Matrix<double> out(theta.rows(), theta.cols());
    for (Eigen::Index j = 0; j < theta.cols(); ++j) {
        const double top = std::max(scores.row(j).maxCoeff(), scores.col(j).maxCoeff());
        const Vector<double> first = (scores.row(j).array() - top).exp().matrix().transpose();
        const Vector<double> second = (scores.col(j).array() - top).exp().matrix();
        const Vector<double> g = back(s.attention.K, Q * first) + back(s.attention.Q, K * second);
        out.col(j) = g - theta.col(j).dot(g) * theta.col(j);
    }
    return out;
}

/// Every token moves straight down the energy, along -grad_j E: the Cauchy-Schwarz inequality
/// between the two is an equality. For positive speeds and V = Q^T K = K^T Q.
inline AssertionResult EnergyDecreases(const Motion& motion, const Setting& s)
{
    const Matrix<double> down = descent(s);
    const Matrix<double> dot = motion(s).theta;
    const double scale = std::max(1.0, dot.cwiseAbs().maxCoeff());
    for (Eigen::Index j = 0; j < dot.cols(); ++j) {
        const double along = down.col(j).dot(dot.col(j));
        const double straight = down.col(j).norm() * dot.col(j).norm();
        if (!(along >= (1 - 1e-7) * straight - velocity_rounding * scale)) {
            return AssertionFailure()
                   << "token " << j
                   << " does not move down the energy: <-grad E, theta'> = " << along << " of "
                   << straight << " at " << shown(s);
        }
    }
    return AssertionSuccess();
}

/// E(Theta) = -sum_jk e^{beta (<Q theta_k, K theta_j> - shift)}.
inline double energy(const Setting& s, double shift)
{
    const auto through = [&](const std::optional<Matrix<double>>& m) {
        return m ? Matrix<double>(*m * s.state.theta) : s.state.theta;
    };
    const Matrix<double> scores = through(s.attention.K).transpose() * through(s.attention.Q);
    return -(s.attention.beta * (scores.array() - shift)).exp().sum();
}

/// The state at t1 by the classical Runge-Kutta method: independent of the library's stepping.
inline model::Particles<double> march(const TimedMotion& motion, model::Particles<double> state,
                                      double t0, double t1, long steps)
{
    const double h = (t1 - t0) / static_cast<double>(steps);
    const auto moved = [](const model::Particles<double>& x, double by,
                          const model::Particles<double>& dot) {
        return model::Particles<double>{Matrix<double>(x.theta + by * dot.theta),
                                        Vector<double>(x.r + by * dot.r)};
    };
    for (long k = 0; k < steps; ++k) {
        const double t = t0 + h * static_cast<double>(k);
        const auto k1 = motion(t, state);
        const auto k2 = motion(t + h / 2, moved(state, h / 2, k1));
        const auto k3 = motion(t + h / 2, moved(state, h / 2, k2));
        const auto k4 = motion(t + h, moved(state, h, k3));
        state.theta += h / 6 * (k1.theta + 2 * k2.theta + 2 * k3.theta + k4.theta);
        state.r += h / 6 * (k1.r + 2 * k2.r + 2 * k3.r + k4.r);
    }
    return state;
}

// --- generators ------------------------------------------------------------------------------

/// Directions where errors hide: all nearly equal, all equal but one, exactly antipodal, two
/// clusters, on a great circle, or anything.
inline Matrix<double> hard_directions(long d, long n)
{
    const Matrix<double> noise = any_matrix(d, n);
    Matrix<double> X = noise;
    const double tiny = *rc::gen::element(1.0 / 1024, 1.0 / (1 << 26));
    const Vector<double> pole = Vector<double>::Unit(d, 0);
    switch (*rc::gen::inRange(0, 6)) {
    case 0: // nearly equal
        X = pole.replicate(1, n) + tiny * noise;
        break;
    case 1: // equal but one, which is opposite
        X = pole.replicate(1, n);
        X.col(n - 1) = -pole;
        break;
    case 2: // two clusters, nearly antipodal
        for (Eigen::Index j = 0; j < n; ++j) {
            X.col(j) = (j % 2 == 0 ? 1.0 : -1.0) * pole + tiny * noise.col(j);
        }
        break;
    case 3: // on a great circle, at equal distances
        X.setZero();
        for (Eigen::Index j = 0; j < n; ++j) {
            const double angle =
                2 * 3.14159265358979 * static_cast<double>(j) / static_cast<double>(n);
            X(0, j) = std::cos(angle);
            X(d - 1, j) += std::sin(angle);
        }
        break;
    default:
        break;
    }
    for (Eigen::Index j = 0; j < n; ++j) {
        X(0, j) += X.col(j).norm() < 0.125 ? 1 : 0;
    }
    return model::unit_columns(X);
}

/// n in 2..6 (often 2), d in 1..5 (often 1 or 2), beta from 0 and 1e-8 to 300, magnitudes over
/// twelve decades, Q, K, V left out, general, or such that V = Q^T K = K^T Q.
enum class Weights { Identity, Gradient, General };
inline Setting hard_setting(Weights weights)
{
    const long n = *rc::gen::element(2, 2, 3, 4, 6);
    const long d = *rc::gen::element(1, 2, 2, 3, 5);
    Setting s;
    s.attention.beta = *rc::gen::element(0.0, 1e-8, 0.5, 1.0, 3.0, 20.0, 300.0);
    if (weights == Weights::General) {
        s.attention.Q = any_matrix(d, d) / 8;
        s.attention.K = any_matrix(d, d) / 8;
        s.attention.V = any_matrix(d, d) / 8;
        s.attention.beta = std::min(s.attention.beta, 3.0);
    } else if (weights == Weights::Gradient) {
        const Matrix<double> m = any_matrix(d, d) / 8;
        const Matrix<double> S = (m + m.transpose()) / 2;
        const Matrix<double> R = any_rotation(d);
        s.attention.Q = R;
        s.attention.K = Matrix<double>(R * S);
        s.attention.V = S;
        s.attention.beta = std::min(s.attention.beta, 3.0);
    }
    s.state.theta = hard_directions(d, n);
    s.state.r = Vector<double>::Ones(n);
    for (double& r : s.state.r) {
        r = *rc::gen::element(1.0, 1.0, 0.25, 1e-6, 1e6);
    }
    RC_PRE(well_conditioned(s.attention, s.state.theta));
    return s;
}

inline Weights any_weights()
{
    return *rc::gen::element(Weights::Identity, Weights::Gradient, Weights::General);
}

inline model::Regulation<double> any_regulation()
{
    return {*rc::gen::element(-2.0, 1e-3, 1.0, 7.0), *rc::gen::element(0.0, 0.5, 99.0, 1e6),
            *rc::gen::element(0.0, 1.0)};
}

/// Any order of n tokens.
inline Eigen::PermutationMatrix<Eigen::Dynamic> any_permutation(Eigen::Index n)
{
    Eigen::PermutationMatrix<Eigen::Dynamic> P(n);
    P.setIdentity();
    for (Eigen::Index j = n - 1; j > 0; --j) {
        std::swap(P.indices()(j), P.indices()(*rc::gen::inRange<Eigen::Index>(0, j + 1)));
    }
    return P;
}

} // namespace attest::testing

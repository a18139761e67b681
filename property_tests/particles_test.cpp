#include "matchers.hpp"

#include "attest/flow/particle_flow.hpp"
#include "attest/numbers/precision.hpp"

namespace attest {
namespace {

using model::Particles;
using testing::any_case;
using testing::Case;
using testing::distance;

constexpr double rounding = 1e-9; // conditioned: |A_j| > 1e-2, lengths from 1e-3 to 1e3

Particles<double> velocity(const Case& c, const Particles<double>& state)
{
    return model::particle_velocity(c.scheme, c.attention, state, c.at);
}

// Table 1's x_j' against Table 2's theta_j' and r_j', through x_j' = r_j' theta_j + r_j theta_j'.
RC_GTEST_PROP(Particles, TokensAndDirectionsMoveAlike, ())
{
    const Case c = any_case();
    const Particles<double> state = model::particles_of(c.X);
    const Particles<double> dot = velocity(c, state);
    const Matrix<double> X_dot = model::token_velocity(c.scheme, c.attention, c.X, c.at);
    for (Eigen::Index j = 0; j < c.X.cols(); ++j) {
        const Vector<double> composed =
            dot.r(j) * state.theta.col(j) + state.r(j) * dot.theta.col(j);
        RC_ASSERT(distance(X_dot.col(j), composed) < rounding);
    }
    RC_ASSERT(distance(c.X, model::tokens_of(state)) < rounding);
}

// The velocity in balls contains the one in Real, and both continue the one in double.
RC_GTEST_PROP(Particles, BallsEnclose, ())
{
    const Case c = any_case();
    const auto in = [&]<class T>(T, const auto& number) {
        const auto convert = [&](const Matrix<double>& m) {
            Matrix<T> out(m.rows(), m.cols());
            for (Eigen::Index k = 0; k < m.size(); ++k) {
                out.reshaped()(k) = number(m.reshaped()(k));
            }
            return out;
        };
        model::Attention<T> attention{number(c.attention.beta), {}, {}, {}};
        if (c.attention.Q) {
            attention.Q = convert(*c.attention.Q);
            attention.K = convert(*c.attention.K);
            attention.V = convert(*c.attention.V);
        }
        return model::token_velocity(
            c.scheme, attention, convert(c.X),
            model::Regulation<T>{number(c.at.alpha), number(c.at.t), number(c.at.late)});
    };
    const PrecisionScope coarse(100);
    const Matrix<Ball> balls = in(Ball(), [](double x) { return Ball::exactly(x); });
    const PrecisionScope fine(300);
    const Matrix<Real> reals = in(Real(), [](double x) { return Real(x); });
    const Matrix<double> doubles = model::token_velocity(c.scheme, c.attention, c.X, c.at);
    for (Eigen::Index k = 0; k < balls.size(); ++k) {
        RC_ASSERT(balls.reshaped()(k).contains(Ball(reals.reshaped()(k))));
        RC_ASSERT(std::abs(balls.reshaped()(k).to_double() - doubles.reshaped()(k))
                  < rounding * std::max(1.0, std::abs(doubles.reshaped()(k))));
    }
}

/// A moderate case for trajectories: no stiff attention, no tiny magnitudes.
Case calm_case()
{
    Case c = any_case(false);
    c.attention.beta = *rc::gen::element(0.0, 1.0, 2.0);
    c.X = model::unit_columns(c.X);
    RC_PRE(testing::well_conditioned(c.attention, c.X));
    return c;
}

flow::ParticleProblem<double> problem_of(const Case& c)
{
    flow::ParticleProblem<double> problem;
    problem.scheme = c.scheme;
    problem.attention = c.attention;
    problem.alpha = [alpha = std::abs(c.at.alpha)](const double&) { return alpha / 4; };
    problem.tau = 0.3; // inside the interval of integration
    return problem;
}

RC_GTEST_PROP(Particles, FlowStaysOnTheSphere, ())
{
    const Case c = calm_case();
    const auto end =
        flow::integrate_particles(problem_of(c), model::particles_of(c.X), 0.0, 1.0, 64);
    testing::require(testing::StaysOnSphere(end, 1e-7));
}

RC_GTEST_PROP(Particles, BothFormsFlowAlike, ())
{
    const Case c = calm_case();
    const auto problem = problem_of(c);
    const auto polar = flow::integrate_particles(problem, model::particles_of(c.X), 0.0, 1.0, 64);
    const auto tokens = flow::integrate_tokens(problem, c.X, 0.0, 1.0, 64);
    RC_ASSERT(distance(model::tokens_of(polar), tokens) < 1e-6);
}

TEST(Particles, RungeKuttaHasItsOrder)
{
    const PrecisionScope precision(200);
    flow::ParticleProblem<Real> problem;
    problem.scheme = "peri-ln";
    problem.attention.beta = 2;
    Matrix<Real> X(2, 3);
    X << 1, 0, 1, 0, 1, 1;
    const auto at_end = [&](long steps, const flow::RungeKutta& method) {
        return flow::integrate_tokens(problem, X, Real(0), Real(1), steps, method);
    };
    const Matrix<Real> reference = at_end(1024, flow::RungeKutta::dormand_prince());
    for (const flow::RungeKutta* method :
         {&flow::RungeKutta::classical(), &flow::RungeKutta::dormand_prince()}) {
        const Real coarse = Matrix<Real>(at_end(64, *method) - reference).cwiseAbs().maxCoeff();
        const Real fine = Matrix<Real>(at_end(128, *method) - reference).cwiseAbs().maxCoeff();
        const double order = std::log2(Real(coarse / fine).convert_to<double>());
        EXPECT_NEAR(order, method->order, 0.2);
    }
}

TEST(Particles, BadInputIsNamed)
{
    const Matrix<double> X = Matrix<double>::Identity(2, 2);
    const auto state = model::particles_of(X);
    EXPECT_THROW(model::particle_velocity<double>("post-norm", {}, state, {}), InputError);
    EXPECT_THROW(model::particle_velocity<double>("post-ln", {}, {X, Vector<double>::Ones(3)}, {}),
                 InputError);
    model::Attention<double> wrong;
    wrong.V = Matrix<double>::Identity(3, 3);
    EXPECT_THROW(model::attend(wrong, X), InputError);
    EXPECT_THROW(flow::integrate_tokens<double>({"post-ln", {}, {}, 1}, X, 0, 1, 0), InputError);
}

} // namespace
} // namespace attest

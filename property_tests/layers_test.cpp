#include "particle_cases.hpp"
#include "repeated_scheme.hpp"

#include "attest/numbers/precision.hpp"

namespace attest {
namespace {

using testing::any_case;
using testing::Case;
using testing::distance;
using testing::Repeated;

static_assert(model::Scheme<Repeated<model::PeriLN>>);

RC_GTEST_PROP(Layers, OwnSchemesMoveByTheirTwoFormulas, ())
{
    const Case c = any_case();
    const Matrix<double> A = model::attend(c.attention, model::unit_columns(c.X));
    model::with_scheme(c.scheme, [&]<class S>(S) {
        for (Eigen::Index j = 0; j < c.X.cols(); ++j) {
            const model::LayerInput<Vector<double>> in{c.X.col(j), A.col(j), A.col(j)};
            const Vector<double> table = model::LayerRule<S>::velocity(in, c.at);
            const Vector<double> derived = model::LayerRule<Repeated<S>>::velocity(in, c.at);
            RC_ASSERT(distance(table, derived) < 1e-9);
            const Vector<double> step = model::LayerRule<Repeated<S>>::update(in, 0.5, c.at);
            RC_ASSERT(distance(step, in.x + 0.5 * derived) < 1e-12);
        }
        return 0;
    });
}

RC_GTEST_PROP(Layers, SphericalLayersReturnUnitVectors, ())
{
    const Case c = any_case();
    RC_PRE(testing::keeps_sphere(c.scheme, c.at.late));
    const double h = *rc::gen::element(0.0, 1e-8, 0.5, 1.0);
    const Matrix<double> next = model::layer_update(c.scheme, c.attention, c.X, h, c.at);
    RC_PRE(next.allFinite()); // x_j + h A_j may be 0
    for (Eigen::Index j = 0; j < next.cols(); ++j) {
        RC_ASSERT(std::abs(next.col(j).norm() - 1) < 1e-12);
    }
}

RC_GTEST_PROP(Layers, WithoutAStepNothingMoves, ())
{
    const Case c = any_case();
    RC_ASSERT(distance(c.X, model::layer_update(c.scheme, c.attention, c.X, 0.0, c.at)) < 1e-13);
}

RC_GTEST_PROP(Layers, PreAndPeriLayersAreForwardEuler, ())
{
    Case c = any_case();
    c.scheme = *rc::gen::element<std::string>("pre-ln", "peri-ln");
    const double h = *rc::gen::element(0.25, 1.0);
    const Matrix<double> euler = c.X + h * model::token_velocity(c.scheme, c.attention, c.X, c.at);
    RC_ASSERT(distance(euler, model::layer_update(c.scheme, c.attention, c.X, h, c.at)) < 1e-12);
}

// ((layer with step h) - X)/h tends to the velocity at first order in h.
RC_GTEST_PROP(Layers, TendToTheOdeAtFirstOrder, ())
{
    const Case c = any_case();
    const PrecisionScope precision(300);
    const auto convert = [](const Matrix<double>& m) { return Matrix<Real>(m.cast<Real>()); };
    model::Attention<Real> attention{Real(c.attention.beta), {}, {}, {}};
    if (c.attention.Q) {
        attention.Q = convert(*c.attention.Q);
        attention.K = convert(*c.attention.K);
        attention.V = convert(*c.attention.V);
    }
    const model::Regulation<Real> at{Real(c.at.alpha), Real(c.at.t), Real(c.at.late)};
    Matrix<Real> X = convert(c.X);
    if (testing::keeps_sphere(c.scheme, c.at.late)) {
        X = model::unit_columns(X);
    }
    const Matrix<Real> velocity = model::token_velocity(c.scheme, attention, X, at);
    const auto error = [&](int power) {
        const Real h = ldexp(Real(1), -power);
        const Matrix<Real> next = model::layer_update(c.scheme, attention, X, h, at);
        return Real(Matrix<Real>((next - X) / h - velocity).cwiseAbs().maxCoeff());
    };
    const Real coarse = error(60);
    const Real fine = error(61);
    const bool linear_in_h = coarse < ldexp(Real(1), -150);
    RC_ASSERT(linear_in_h || abs(coarse / fine - 2) < ldexp(Real(1), -30));
}

RC_GTEST_PROP(Layers, TurnWithTheirCoordinates, ())
{
    const Case c = any_case();
    const Matrix<double> R = testing::any_rotation(c.X.rows());
    const auto next = [&](const model::Attention<double>& attention, const Matrix<double>& X) {
        return model::layer_update(c.scheme, attention, X, 0.25, c.at);
    };
    const Matrix<double> turned = next(testing::turned(c.attention, R), R * c.X);
    const Matrix<double> plain = R * next(c.attention, c.X);
    RC_PRE(plain.allFinite());
    RC_ASSERT(distance(plain, turned) < 1e-8);
}

// Mix-LN is Post-LN up to tau and Pre-LN after it.
RC_GTEST_PROP(Layers, MixIsItsTwoHalves, ())
{
    Case c = any_case();
    c.at.late = *rc::gen::element(0.0, 1.0);
    if (c.at.late == 0) {
        c.X = model::unit_columns(c.X);
    }
    const std::string half = c.at.late == 0 ? "post-ln" : "pre-ln";
    RC_ASSERT(model::token_velocity("mix-ln", c.attention, c.X, c.at)
              == model::token_velocity(half, c.attention, c.X, c.at));
    RC_ASSERT(model::layer_update("mix-ln", c.attention, c.X, 1.0, c.at)
              == model::layer_update(half, c.attention, c.X, 1.0, c.at));
}

// A softmax row sums to 1 and survives scores that overflow an exponential.
RC_GTEST_PROP(Layers, AttentionRowsSumToOne, ())
{
    Case c = any_case();
    c.attention.beta = *rc::gen::element(0.0, 1.0, 1e4);
    const Matrix<double> W = model::attention_matrix(c.attention, c.X);
    RC_ASSERT(W.allFinite());
    RC_ASSERT(W.minCoeff() >= 0);
    for (Eigen::Index j = 0; j < W.rows(); ++j) {
        RC_ASSERT(std::abs(W.row(j).sum() - 1) < 1e-13);
    }
}

TEST(Layers, BadInputIsNamed)
{
    const Matrix<double> X = Matrix<double>::Identity(2, 2);
    EXPECT_THROW(model::layer_update<double>("", {}, X, 1, {}), InputError);
    EXPECT_THROW(model::token_velocity<double>("post-ln", {}, Matrix<double>(0, 0), {}),
                 InputError);
    model::Attention<double> wrong;
    wrong.Q = Matrix<double>::Identity(3, 2);
    EXPECT_THROW(model::token_velocity("post-ln", wrong, X, {}), InputError);
}

} // namespace
} // namespace attest

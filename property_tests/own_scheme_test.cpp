#include "particle_cases.hpp"
#include "repeated_scheme.hpp"

#include "attest/flow/series_rates.hpp"
#include "attest/model/gram.hpp"
#include "attest/model/parameters.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"
#include "attest/proof/algebra.hpp"

namespace attest {
namespace {

using model::Regulation;
using testing::any_case;
using testing::Case;
using testing::Repeated;

static_assert(model::scheme_names.size() == 6);
static_assert(model::all_scheme_names.size() == 6 + model::own_scheme_names.size());
static_assert(model::OneOfOnesOwn<model::DeepNorm> && !model::OneOfOnesOwn<model::PostLN>);
static_assert(model::uses_alpha<model::NGPT> && !model::uses_alpha<model::PreLN>);

model::SymmetricPoint<Expr> all_symbols()
{
    const auto s = [](const char* name) { return Expr::symbol(name); };
    return {s("gamma"), s("r"), s("n"), s("beta"), s("alpha"), s("t"), s("late")};
}

// What the base derives from Table 2 is what Appendix A prints.
template <class S>
void expect_appendix_a()
{
    for (const long late : {0L, 1L}) {
        auto p = all_symbols();
        p.late = Expr(late);
        EXPECT_TRUE(is_true(proof::identical(Repeated<S>::gamma_dot(p), S::gamma_dot(p))))
            << S::name;
        EXPECT_TRUE(
            is_true(proof::identical(Repeated<S>::symmetric_r_dot(p), S::symmetric_r_dot(p))))
            << S::name;
        // and a fault in Table 2 shows
        EXPECT_FALSE(is_true(proof::identical(
            Repeated<S>::gamma_dot(p) * Expr(Rational(1000001, 1000000)), S::gamma_dot(p))));
    }
}

TEST(OwnScheme, DerivesAppendixAFromTableTwo)
{
    expect_appendix_a<model::PostLN>();
    expect_appendix_a<model::PreLN>();
    expect_appendix_a<model::MixLN>();
    expect_appendix_a<model::PeriLN>();
    expect_appendix_a<model::NGPT>();
    expect_appendix_a<model::SqrtScaling>();
}

// For one's own schemes: the derived equations against explicit Gram matrices, in balls.
RC_GTEST_PROP(OwnScheme, DerivedEquationsAreThoseOfTheTokens, ())
{
    const PrecisionScope precision(200);
    const long n = *rc::gen::element(2, 3, 9);
    const Ball gamma(Rational(*rc::gen::inRange(0, 97), 97));
    const Ball beta(*rc::gen::element(Rational(0), Rational(1), Rational(9)));
    const Ball r(*rc::gen::element(Rational(1, 10), Rational(1), Rational(7)));
    const Regulation<Ball> at{Ball(Rational(*rc::gen::inRange(1, 50), 7)), Ball(3), Ball(0)};
    std::apply(
        [&]<class... S>(S...) {
            const auto one = [&]<class Scheme>(Scheme) {
                const auto same = [](const Ball& a, const Ball& b) { RC_ASSERT(a.overlaps(b)); };
                const auto tokens =
                    model::symmetric_velocity_from_entries<Scheme>(n, beta, gamma, r, at, same);
                const model::SymmetricPoint<Ball> p{gamma,    r,    Ball(n), beta,
                                                    at.alpha, at.t, at.late};
                RC_ASSERT(tokens.gamma_dot.overlaps(Scheme::gamma_dot(p)));
                RC_ASSERT(tokens.r_dot.overlaps(Scheme::symmetric_r_dot(p)));
                RC_ASSERT(tokens.diagonal_dot.overlaps(Ball(0)));
            };
            (one(S{}), ...);
        },
        model::OwnSchemes{});
}

// DeepNorm's layer is Post-LN's with step 1/a, LayerScale's is Pre-LN's with step lambda: the
// tokens, not only a reduction of them.
RC_GTEST_PROP(OwnScheme, LayersAreThoseOfThePaperWithAnotherStep, ())
{
    const Case c = any_case();
    const double weight = *rc::gen::element(0.25, 1.0, 3.0, 12.0);
    const Matrix<double> X = model::unit_columns(c.X);
    Regulation<double> at = c.at;
    at.alpha = weight;
    const auto deep = model::layer_update<double>("deepnorm", c.attention, X, 1.0, at);
    const auto post = model::layer_update<double>("post-ln", c.attention, X, 1 / weight, at);
    RC_ASSERT((deep - post).cwiseAbs().maxCoeff() < 1e-12);
    const auto scaled = model::layer_update<double>("layerscale", c.attention, c.X, 1.0, at);
    const auto pre = model::layer_update<double>("pre-ln", c.attention, c.X, weight, at);
    RC_ASSERT((scaled - pre).cwiseAbs().maxCoeff() <= 1e-12 * (1 + pre.cwiseAbs().maxCoeff()));
}

// The velocity that the general rule derives is the slope of the layer at h = 0.
RC_GTEST_PROP(OwnScheme, VelocityIsTheSlopeOfTheLayer, ())
{
    const Case c = any_case();
    Regulation<double> at = c.at;
    at.alpha = *rc::gen::element(0.25, 3.0);
    const double h = 1e-5;
    for (const std::string_view scheme : model::own_scheme_names) {
        const bool unit = model::with_scheme(scheme, []<class S>(S) { return S::spherical; });
        const Matrix<double> X = unit ? model::unit_columns(c.X) : c.X;
        const auto velocity = model::token_velocity<double>(scheme, c.attention, X, at);
        const auto ahead = model::layer_update<double>(scheme, c.attention, X, h, at);
        const auto behind = model::layer_update<double>(scheme, c.attention, X, -h, at);
        const Matrix<double> slope = (ahead - behind) / (2 * h);
        const double size = 1 + velocity.cwiseAbs().maxCoeff();
        RC_ASSERT((slope - velocity).cwiseAbs().maxCoeff() < 1e-7 * size * size * size);
    }
}

TEST(OwnScheme, AnUnknownNameListsThemAll)
{
    try {
        model::has_alpha("deep-norm");
        FAIL();
    } catch (const InputError& error) {
        for (const std::string_view name : model::all_scheme_names) {
            EXPECT_NE(std::string(error.what()).find(name), std::string::npos) << name;
        }
    }
}

TEST(OwnScheme, WeightsHaveToBePositive)
{
    model::SymmetricProblem problem;
    for (const std::string_view name : model::own_scheme_names) {
        problem.scheme = name;
        for (const char* bad : {"0", "-1", "1-t", "sin(t)"}) {
            problem.alpha = model::Alpha::parse(bad);
            EXPECT_THROW(model::validate(problem), InputError) << bad;
        }
        for (const char* good : {"1/10", "1/(1+t)", "sqrt(t)"}) {
            problem.alpha = model::Alpha::parse(good);
            EXPECT_NO_THROW(model::validate(problem)) << good;
        }
    }
    problem.scheme = "ngpt"; // any real alpha_t
    problem.alpha = model::Alpha::parse("-1");
    EXPECT_NO_THROW(model::validate(problem));
}

} // namespace
} // namespace attest

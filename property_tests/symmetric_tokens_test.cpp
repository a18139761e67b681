// The symmetric tokens of two numbers against layers and velocities of all tokens.

#include "attest/flow/symmetric_tokens.hpp"

#include "attest/model/particles.hpp"
#include "attest/model/schemes.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace attest::flow {
namespace {

RC_GTEST_PROP(SymmetricTokens, LayersAreThoseOfAllTokens, ())
{
    model::SymmetricProblem p;
    p.scheme = std::string(model::scheme_names[*rc::gen::inRange<std::size_t>(0, 6)]);
    p.n = *rc::gen::inRange(2L, 6L);
    p.beta = *rc::gen::element(Rational(0), Rational(1, 3), Rational(4));
    p.r0 = *rc::gen::element(Rational(1, 2), Rational(3));
    p.gamma0 = *rc::gen::element(Rational(0), Rational(1, 5), Rational(-1, 10));
    p.tau = 2;
    p.alpha = model::Alpha::parse("1/(1+t)");
    const std::vector<SymmetricState> states = symmetric_layers(p, 5, 20);
    RC_ASSERT(states.size() == 6U);

    const PrecisionScope scope(200);
    model::Attention<Ball> attention;
    attention.beta = Ball(p.beta);
    Matrix<Ball> X = model::symmetric_directions<Ball>(p.n, Ball(p.gamma0));
    for (Eigen::Index i = 0; i < X.size(); ++i) {
        X.data()[i] = Ball(starting_magnitude(p)) * X.data()[i];
    }
    for (long t = 0; t <= 5; ++t) {
        const SymmetricState& state = states[static_cast<std::size_t>(t)];
        const Vector<Ball> first = X.col(0);
        const Vector<Ball> second = X.col(1);
        const Ball squared = model::inner(first, first);
        RC_ASSERT(state.r.overlaps(sqrt(squared)));
        RC_ASSERT(state.gamma.overlaps(model::inner(first, second) / squared));
        RC_ASSERT(state.epsilon.certified_digits() >= 20);
        const Ball alpha = p.alpha.formula.evaluate<Ball>({{"t", Ball(t)}});
        X = model::layer_update<Ball>(p.scheme, attention, X, Ball(1),
                                      {alpha, Ball(t), Ball(t > 2 ? 1 : 0)});
    }
}

TEST(SymmetricTokens, StartAndRefusals)
{
    model::SymmetricProblem p;
    p.r0 = 7;
    p.scheme = "pre-ln";
    EXPECT_EQ(starting_magnitude(p), 7);
    p.scheme = "ngpt";
    EXPECT_EQ(starting_magnitude(p), 1);
    EXPECT_THROW(symmetric_layers(p, -1, 10), InputError);
    EXPECT_THROW(symmetric_layers(p, 3, 0), InputError);
    EXPECT_EQ(symmetric_layers(p, 0, 10).size(), 1U);
}

} // namespace
} // namespace attest::flow

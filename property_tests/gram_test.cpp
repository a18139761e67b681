#include "particle_cases.hpp"

#include "attest/flow/particle_flow.hpp"
#include "attest/model/attention_impl.hpp"
#include "attest/numbers/precision.hpp"

namespace attest {
namespace {

using model::GramState;
using model::InvariantMatrix;
using model::Regulation;
using testing::distance;

// G = Theta^T Theta moves as the directions do.
RC_GTEST_PROP(Gram, MovesAsTheParticlesDo, ())
{
    const testing::Case c = testing::any_case(false);
    const auto state = model::particles_of(c.X);
    const auto dot = model::particle_velocity(c.scheme, c.attention, state, c.at);
    const Matrix<double> G = state.theta.transpose() * state.theta;
    const Matrix<double> G_dot =
        dot.theta.transpose() * state.theta + state.theta.transpose() * dot.theta;
    const GramState<double> gram =
        model::gram_velocity(c.scheme, GramState<double>{G, state.r}, c.attention.beta, c.at);
    RC_ASSERT(distance(G_dot, gram.G) < 1e-8);
    RC_ASSERT(distance(dot.r, gram.r) < 1e-8);
    RC_ASSERT(gram.G.diagonal().cwiseAbs().maxCoeff() < 1e-8 * std::max(1.0, gram.G.norm()));
}

Matrix<Rational> explicit_matrix(const InvariantMatrix<Rational>& m, long n)
{
    Matrix<Rational> out(n, n);
    for (Eigen::Index j = 0; j < n; ++j) {
        for (Eigen::Index k = 0; k < n; ++k) {
            out(j, k) = j == k ? m.diagonal : m.off_diagonal;
        }
    }
    return out;
}

RC_GTEST_PROP(InvariantMatrices, MultiplyAsMatricesDo, ())
{
    const long n = *rc::gen::inRange(2, 7);
    const auto any = [&] {
        return InvariantMatrix<Rational>{Rational(*rc::gen::inRange(-20, 21), 7),
                                         Rational(*rc::gen::inRange(-20, 21), 3), Rational(n)};
    };
    const auto x = any();
    const auto y = any();
    const Matrix<Rational> X = explicit_matrix(x, n);
    const Matrix<Rational> Y = explicit_matrix(y, n);
    RC_ASSERT(product(X, Y) == explicit_matrix(model::product(x, y), n));
    RC_ASSERT(product(Y, X) == explicit_matrix(model::product(x, y), n));
    RC_ASSERT(model::row_products(X, Y)(n - 1) == model::row_products(x, y).value);
    RC_ASSERT(Matrix<Rational>(X + Y) == explicit_matrix(x + y, n));
}

/// f called with a value of every scheme type.
template <class F>
void for_all_schemes(const F& f)
{
    std::apply([&](auto... s) { (f(s), ...); }, model::Schemes{});
}

// The symmetric start gives the symmetric ODE of Appendix A: in double and in many digits.
template <class T, class Close>
void expect_symmetric_ode(long n, const T& beta, const T& gamma, const T& r,
                          const Regulation<T>& at, const Close& close)
{
    for_all_schemes([&]<class S>(S) {
        const T size = NumberTraits<T>::from_rational(Rational(n));
        const auto v = model::symmetric_velocity_from_particles<S>(size, beta, gamma, r, at);
        const auto same = [&](const T& a, const T& b) { RC_ASSERT(close(a, b)); };
        const auto entries = model::symmetric_velocity_from_entries<S>(n, beta, gamma, r, at, same);
        const model::SymmetricPoint<T> p{gamma, r, size, beta, at.alpha, at.t, at.late};
        RC_ASSERT(close(v.gamma_dot, S::gamma_dot(p)));
        RC_ASSERT(close(v.r_dot, S::symmetric_r_dot(p)));
        RC_ASSERT(close(v.diagonal_dot, T(0)));
        RC_ASSERT(close(entries.gamma_dot, v.gamma_dot));
        RC_ASSERT(close(entries.r_dot, v.r_dot));
    });
}

RC_GTEST_PROP(Gram, SymmetricStartGivesTheSymmetricOdeInDouble, ())
{
    const long n = *rc::gen::element(2, 3, 10, 64);
    const double gamma = *rc::gen::inRange(0, 1025) / 1024.0;
    const double beta = *rc::gen::element(0.0, 0.01, 1.0, 5.0, 12.0, 300.0);
    const double r = *rc::gen::element(0.1, 1.0, 10.0);
    const Regulation<double> at{*rc::gen::element(-2.0, 0.5, 3.0), *rc::gen::element(0.0, 7.0),
                                *rc::gen::element(0.0, 1.0)};
    expect_symmetric_ode<double>(n, beta, gamma, r, at, [](double a, double b) {
        return std::abs(a - b) <= 1e-10 * std::max(1.0, std::abs(a)) || std::isnan(b);
    });
}

RC_GTEST_PROP(Gram, SymmetricStartGivesTheSymmetricOdeInManyDigits, ())
{
    const PrecisionScope precision(512);
    const long n = *rc::gen::element(2, 3, 10, 20);
    const Real gamma = Real(*rc::gen::inRange(0, 1025)) / 1024;
    const Real beta = Real(*rc::gen::element(0, 1, 100, 500, 1200)) / 100;
    const Real r = Real(*rc::gen::element(1, 10, 100)) / 10;
    const Regulation<Real> at{Real(*rc::gen::element(-2, 1, 3)), Real(*rc::gen::element(0, 7)),
                              Real(*rc::gen::element(0, 1))};
    const Real tolerance = ldexp(Real(1), -440);
    expect_symmetric_ode<Real>(n, beta, gamma, r, at, [&](const Real& a, const Real& b) {
        const Real size = abs(a) > 1 ? Real(abs(a)) : Real(1);
        return abs(a - b) <= tolerance * size;
    });
}

// The theorem behind Appendix A: for every n, beta, gamma, r, alpha, t, with all of them symbols.
TEST(Gram, SymmetricOdeHoldsForAllParameters)
{
    for_all_schemes([]<class S>(S) {
        for (const long late : {0L, 1L}) {
            const SymbolicField field;
            const auto symbol = [](const char* name) { return Symbolic::symbol(name); };
            const Symbolic n = 1 + symbol("m");
            const Regulation<Symbolic> at{symbol("alpha"), symbol("t"), Symbolic(late)};
            const auto v = model::symmetric_velocity_from_particles<S>(
                n, symbol("beta"), symbol("gamma"), symbol("r"), at);
            const model::SymmetricPoint<Symbolic> p{
                symbol("gamma"), symbol("r"), n, symbol("beta"), at.alpha, at.t, at.late};
            EXPECT_TRUE(is_true((v.gamma_dot - S::gamma_dot(p)).is_zero())) << S::name;
            EXPECT_TRUE(is_true((v.r_dot - S::symmetric_r_dot(p)).is_zero())) << S::name;
            EXPECT_TRUE(is_true(v.diagonal_dot.is_zero())) << S::name;
        }
    });
}

TEST(Gram, ExplicitEntriesAgreeExactly)
{
    for_all_schemes([]<class S>(S) {
        for (const long n : {2L, 3L, 4L, 5L}) {
            const SymbolicField field;
            const auto symbol = [](const char* name) { return Symbolic::symbol(name); };
            const Regulation<Symbolic> at{symbol("alpha"), symbol("t"), Symbolic(1)};
            long compared = 0;
            const auto v = model::symmetric_velocity_from_entries<S>(
                n, symbol("beta"), symbol("gamma"), symbol("r"), at,
                [&](const Symbolic& a, const Symbolic& b) {
                    ++compared;
                    EXPECT_TRUE(is_true((a - b).is_zero())) << S::name << ", n = " << n;
                });
            EXPECT_EQ(compared, n * n + n);
            const model::SymmetricPoint<Symbolic> p{
                symbol("gamma"), symbol("r"), Symbolic(n), symbol("beta"), at.alpha, at.t, at.late};
            EXPECT_TRUE(is_true((v.gamma_dot - S::gamma_dot(p)).is_zero())) << S::name;
        }
    });
}

TEST(Gram, SymmetricDirectionsHaveTheirCosine)
{
    for (const long n : {2L, 3L, 7L}) {
        for (const double gamma : {0.0, 0.3, 0.999, -1.0 / static_cast<double>(n)}) {
            const Matrix<double> theta = model::symmetric_directions(n, gamma);
            const Matrix<double> G = theta.transpose() * theta;
            EXPECT_NEAR(G(0, 0), 1, 1e-14);
            EXPECT_NEAR(G(0, n - 1), gamma, 1e-14);
        }
    }
}

// All pairs keep one cosine along the flow of the whole system.
RC_GTEST_PROP(Gram, FlowKeepsTheSymmetry, ())
{
    const long n = *rc::gen::inRange(2, 7);
    flow::ParticleProblem<double> problem;
    problem.scheme = testing::any_scheme();
    problem.attention.beta = *rc::gen::element(0.0, 1.0, 3.0);
    problem.tau = 0.5;
    const auto end = flow::integrate_particles(
        problem, {model::symmetric_directions(n, 0.0), Vector<double>::Ones(n)}, 0.0, 1.0, 32);
    const Matrix<double> G = end.theta.transpose() * end.theta;
    for (Eigen::Index j = 0; j < n; ++j) {
        for (Eigen::Index k = 0; k < j; ++k) {
            RC_ASSERT(std::abs(G(j, k) - G(1, 0)) < 1e-12);
        }
        RC_ASSERT(std::abs(end.r(j) - end.r(0)) < 1e-12);
    }
    RC_ASSERT(G(1, 0) > 0);
}

} // namespace
} // namespace attest

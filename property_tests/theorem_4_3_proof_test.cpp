#include "theorems/theorem_4_3_proof.hpp"

#include "attest/model/schemes.hpp"
#include "attest/numbers/eigen.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <random>

namespace attest::theorems {
namespace {

TEST(Theorem43Proof, EveryStepIsProvedAndLeavesACertificate)
{
    for (const ToldSteps* steps :
         {&cone_persistence_steps(), &cone_rate_steps(), &cone_limit_steps()}) {
        EXPECT_TRUE(is_true(steps->outcome())) << steps->text();
        EXPECT_FALSE(steps->certificates().empty());
    }
}

TEST(Theorem43Proof, AFalseStepIsNotProved)
{
    ToldSteps steps;
    steps.at_least("n >= 3", Expr::symbol("n"), Expr(3), {{"n", from(2)}});
    EXPECT_TRUE(is_unknown(steps.outcome()));
    EXPECT_TRUE(is_unknown(ToldSteps().outcome()));
    EXPECT_THROW(cone_rate("no-ln"), InputError);
}

TEST(Theorem43Proof, RootsLeaveAFormula)
{
    const Expr t = Expr::symbol("t");
    EXPECT_TRUE(is_true(proof::identical(without_roots(pow(sqrt(t + 1) / sqrt(t), 2)), 1 + 1 / t)));
    EXPECT_EQ(without_roots(sqrt(t)).text(), sqrt(t).text());
}

/// Unit vectors near a common one, weights within e^{-x}/n and e^x/n, any 1/s_k in [m, M]: the two
/// bounds of the lemma in double precision.
RC_GTEST_PROP(Theorem43Proof, TheLemmaHoldsForRandomWeights, ())
{
    const long n = *rc::gen::inRange(2, 7);
    const long d = *rc::gen::inRange(2, 5);
    std::mt19937_64 engine(*rc::gen::arbitrary<unsigned long>());
    std::normal_distribution<double> normal;
    std::uniform_real_distribution<double> uniform;
    Matrix<double> theta(d, n);
    const double width = std::pow(10, -3 * uniform(engine));
    for (Eigen::Index k = 0; k < n; ++k) {
        for (Eigen::Index i = 0; i < d; ++i) {
            theta(i, k) = (i == 0 ? 1 : 0) + width * normal(engine) / 2;
        }
        theta.col(k).normalize();
    }
    const double delta = 1 - (theta.transpose() * theta).minCoeff();
    RC_PRE(delta > 1e-9 && delta < 0.95);
    const double size = static_cast<double>(n);
    const double x = uniform(engine) * std::sqrt(2) / (10 * size);
    const double g = std::expm1(x);
    const double k = std::sqrt(1 - (1 - 1 / size) * delta);
    const Vector<double> mean = theta.rowwise().mean();
    double rate = 0;
    double V = 0;
    double m = 1e300;
    double M = 0;
    for (Eigen::Index j = 0; j < n; ++j) {
        Vector<double> w(n);
        for (Eigen::Index i = 0; i < n; ++i) {
            w(i) = std::exp(x * uniform(engine));
        }
        w /= w.sum();
        const Vector<double> A = theta * w;
        RC_ASSERT(A.norm() >= k - 1e-12);
        RC_ASSERT(A.dot(theta.col(j)) >= 0.92 * k * k - 1e-12);
        const double inverse = std::pow(10, 2 * uniform(engine));
        m = std::min(m, inverse);
        M = std::max(M, inverse);
        const Vector<double> velocity = inverse * (A - A.dot(theta.col(j)) * theta.col(j));
        rate += 2 / size * (theta.col(j) - mean).dot(velocity);
        V += (theta.col(j) - mean).squaredNorm() / size;
    }
    const double slack = 1e-12 * M;
    RC_ASSERT(rate <= -2 * V * (m * k * (k - g) - (M - m) * g * g / 4) + slack);
    RC_ASSERT(rate >= -2 * V * M * (1 + g) - slack);
}

TEST(Theorem43Proof, ClosePairsWaitForTheirTime)
{
    for (const std::string_view scheme : model::scheme_names) {
        const Expr wait = cone_rate(scheme).from;
        const auto all = close_pairs(scheme, std::nullopt);
        const auto late = close_pairs(scheme, wait);
        EXPECT_LE(late.size(), all.size());
        for (const Instance& instance : late) {
            EXPECT_GE(instance.exact.at("t"), wait.evaluate<Rational>(instance.exact));
        }
    }
}

} // namespace
} // namespace attest::theorems

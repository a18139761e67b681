#include "theorems/theorem_4_2_adversary.hpp"

#include "attest/chance/stream.hpp"

#include <Eigen/SVD>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace attest {
namespace {

Matrix<double> any_square_matrix(long d, double size)
{
    Matrix<double> m(d, d);
    for (long i = 0; i < d * d; ++i) {
        m.data()[i] = size * *rc::gen::inRange(-100, 101) / 100.0;
    }
    return m;
}

double operator_norm(const Matrix<double>& m)
{
    return Eigen::JacobiSVD<Matrix<double>>(m).singularValues().maxCoeff();
}

RC_GTEST_PROP(Adversary, MatricesAreCutToNormOne, ())
{
    const long d = *rc::gen::inRange(1L, 6L);
    const Matrix<double> m = any_square_matrix(d, *rc::gen::element(0.1, 1.0, 5.0));
    const Matrix<double> cut = theorems::cut_to_norm_one(m);
    RC_ASSERT(operator_norm(cut) <= 1 + 1e-12);
    RC_ASSERT(operator_norm(m) > 1 || (cut - m).norm() < 1e-12 * (1 + m.norm()));
}

// A seeing adversary's supremum over a is no less than what any weights of norm 1 reach.
RC_GTEST_PROP(Adversary, NoWeightsExceedTheSupremum, ())
{
    const long n = *rc::gen::inRange(2L, 12L);
    const long d = *rc::gen::inRange(2L, 5L);
    const auto run = *rc::gen::inRange<std::uint64_t>(0, 20);
    const auto seen = theorems::seeing_adversary(1, run, n, d);
    Matrix<double> theta(d, n);
    const chance::Stream stream(1, "theorem 4.2, adversary, seen", run);
    for (long k = 0; k < n; ++k) {
        theta.col(k) = stream.direction(static_cast<std::uint64_t>(k), d);
    }
    const Matrix<double> M = theorems::cut_to_norm_one(any_square_matrix(d, 2));
    const Matrix<double> V = theorems::cut_to_norm_one(any_square_matrix(d, 2));
    RC_ASSERT(theorems::largest_attention(theta, M, V) <= seen.supremum + 1e-6);
    RC_ASSERT(seen.found <= seen.supremum + 1e-6);
    RC_ASSERT(seen.found >= seen.identity - 1e-12);
    // Weights that are too large do exceed it.
    const Matrix<double> large = 50 * Matrix<double>::Identity(d, d);
    RC_ASSERT(theorems::largest_attention(theta, large, Matrix<double>::Identity(d, d))
              >= seen.identity - 1e-12);
}

TEST(Adversary, BlindWeightsStayBelowTheProvedBound)
{
    const auto found = theorems::blind_adversary(7, 16, 3, 6, 200);
    EXPECT_LE(operator_norm(found.M), 1 + 1e-12);
    EXPECT_LE(operator_norm(found.V), 1 + 1e-12);
    EXPECT_LE(found.largest, 1);
    EXPECT_LT(found.largest, theorems::proved_attention_bound(16, 3));
    EXPECT_GE(found.mean, 0.98 * found.identity);
    EXPECT_GT(found.evaluations, 100U);
    // Without the constraint the bound's shape is left: tokens attend to themselves.
    Matrix<double> theta(3, 16);
    for (long k = 0; k < 16; ++k) {
        theta.col(k) = chance::Stream(7, "x").direction(static_cast<std::uint64_t>(k), 3);
    }
    const Matrix<double> one = Matrix<double>::Identity(3, 3);
    EXPECT_GT(theorems::largest_attention(theta, 100 * one, one),
              1.2 * theorems::largest_attention(theta, one, one));
}

} // namespace
} // namespace attest

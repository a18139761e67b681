#include "attest/proof/eigenvalues.hpp"

#include "attest/numbers/errors.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace attest::proof {
namespace {

/// H diag(d) H with the reflection H = I - 2 v v^T/|v|^2: eigenvalues d.
Matrix<Ball> reflected(const std::vector<long>& d, const std::vector<long>& v)
{
    const auto size = static_cast<Eigen::Index>(d.size());
    Rational square = 0;
    for (const long entry : v) {
        square += entry * entry;
    }
    Matrix<Rational> H(size, size);
    for (Eigen::Index i = 0; i < size; ++i) {
        for (Eigen::Index j = 0; j < size; ++j) {
            H(i, j) = Rational(i == j ? 1 : 0)
                      - 2 * Rational(v[static_cast<std::size_t>(i)])
                            * Rational(v[static_cast<std::size_t>(j)]) / square;
        }
    }
    Matrix<Ball> out(size, size);
    for (Eigen::Index i = 0; i < size; ++i) {
        for (Eigen::Index j = 0; j < size; ++j) {
            Rational sum = 0;
            for (Eigen::Index k = 0; k < size; ++k) {
                sum += H(i, k) * d[static_cast<std::size_t>(k)] * H(k, j);
            }
            out(i, j) = Ball(sum);
        }
    }
    return out;
}

RC_GTEST_PROP(SymmetricEigenvalues, EncloseKnownOnesWithMultiplicity, ())
{
    const auto size = *rc::gen::inRange<std::size_t>(1, 7);
    std::vector<long> d = *rc::gen::container<std::vector<long>>(size, rc::gen::inRange(-4L, 5L));
    std::vector<long> v = *rc::gen::container<std::vector<long>>(size, rc::gen::inRange(1L, 9L));
    const std::vector<Ball> found = symmetric_eigenvalues(reflected(d, v));
    std::sort(d.begin(), d.end());
    Inertia expected;
    for (std::size_t i = 0; i < size; ++i) {
        RC_ASSERT(found[i].contains(Rational(d[i])));
        RC_ASSERT(found[i].to_double() > static_cast<double>(d[i]) - 1e-9);
        RC_ASSERT(found[i].to_double() < static_cast<double>(d[i]) + 1e-9);
        expected.positive += d[i] > 0 ? 1U : 0U;
        expected.negative += d[i] < 0 ? 1U : 0U;
        expected.open += d[i] == 0 ? 1U : 0U;
    }
    const Inertia inertia = inertia_of(found);
    RC_ASSERT(inertia.positive == expected.positive && inertia.negative == expected.negative
              && inertia.open == expected.open);
}

// A ball matrix holds many symmetric matrices; the enclosure has to hold the eigenvalues of each.
RC_GTEST_PROP(SymmetricEigenvalues, HoldForEveryMatrixInTheBall, ())
{
    const Rational r(*rc::gen::inRange(0, 100), 1000);
    const Rational shift = r * Rational(*rc::gen::inRange(-10, 11), 10);
    Matrix<Ball> A(2, 2);
    A(0, 0) = Ball::interval(2 - r, 2 + r);
    A(1, 1) = Ball::interval(-1 - r, -1 + r);
    A(0, 1) = Ball(0);
    A(1, 0) = Ball(0);
    const std::vector<Ball> found = symmetric_eigenvalues(A);
    RC_ASSERT(found[0].contains(Rational(-1 + shift)) && found[1].contains(Rational(2 + shift)));
}

TEST(SymmetricEigenvalues, BadInput)
{
    EXPECT_THROW((void)symmetric_eigenvalues(Matrix<Ball>(2, 3)), InputError);
    EXPECT_THROW((void)symmetric_eigenvalues(Matrix<Ball>(0, 0)), InputError);
    Matrix<Ball> unknown(1, 1);
    unknown(0, 0) = Ball::indeterminate();
    EXPECT_EQ(inertia_of(symmetric_eigenvalues(unknown)).open, 1U);
}

} // namespace
} // namespace attest::proof

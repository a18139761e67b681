#include "particle_cases.hpp"

#include "attest/flow/hemisphere.hpp"

namespace attest {
namespace {

RC_GTEST_PROP(Hemisphere, PoleIsFoundWhereOneIsKnown, ())
{
    const long d = *rc::gen::inRange(1, 6);
    const long n = *rc::gen::inRange(1, 12);
    Matrix<double> theta = model::unit_columns(testing::any_tokens(d, n));
    const Vector<double> known = Vector<double>::Unit(d, 0);
    for (Eigen::Index j = 0; j < n; ++j) {
        RC_PRE(std::abs(theta(0, j)) > 0.02);
        theta.col(j) *= theta(0, j) > 0 ? 1 : -1;
    }
    const auto pole = flow::find_pole(theta, 100000);
    RC_ASSERT(pole.has_value());
    RC_ASSERT((theta.transpose() * *pole).minCoeff() > 0);
    RC_ASSERT(std::abs(pole->norm() - 1) < 1e-14);
}

RC_GTEST_PROP(Hemisphere, NoPoleWhereTheOriginIsSurrounded, ())
{
    const long d = *rc::gen::inRange(1, 6);
    const Matrix<double> some = model::unit_columns(testing::any_tokens(d, 4));
    Matrix<double> theta(d, 8);
    theta << some, -some;
    RC_ASSERT(!flow::find_pole(theta).has_value());
}

TEST(Hemisphere, SearchCanBeContinued)
{
    flow::PoleSearch<double> search;
    Matrix<double> theta = Matrix<double>::Identity(3, 3);
    ASSERT_TRUE(search.find(theta));
    EXPECT_NEAR(search.height(), 1 / std::sqrt(3.0), 1e-15);
    theta.col(0) *= -1;
    ASSERT_TRUE(search.find(theta));
    EXPECT_LT(search.pole()(0), 0);
}

} // namespace
} // namespace attest

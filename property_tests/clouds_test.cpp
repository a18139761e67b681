#include "theorems/clouds.hpp"

#include "attest/model/layers.hpp"

#include <gtest/gtest.h>

namespace attest {
namespace {

using namespace theorems;

TEST(Clouds, ColumnsAreUnitVectorsInsideTheirCone)
{
    for (const Cloud& cloud : clouds()) {
        const Eigen::Index n = cloud.theta.cols();
        ASSERT_EQ(cloud.s.size(), static_cast<std::size_t>(n)) << cloud.name;
        for (Eigen::Index j = 0; j < n; ++j) {
            const Vector<Rational> theta = cloud.theta.col(j);
            EXPECT_EQ(model::inner<Rational>(theta, theta), 1) << cloud.name;
            EXPECT_GT(cloud.s[static_cast<std::size_t>(j)], 0) << cloud.name;
            for (Eigen::Index k = 0; k < n; ++k) {
                EXPECT_GE(model::inner<Rational>(theta, Vector<Rational>(cloud.theta.col(k))),
                          1 - cloud.delta);
            }
        }
        EXPECT_LT(100 * n * n * cloud.beta * cloud.beta * cloud.delta, 1) << cloud.name;
    }
    EXPECT_GT(loose_cloud().delta, least_delta(loose_cloud().theta));
}

TEST(Clouds, TwoOrthogonalTokens)
{
    const Instance values = cloud_values(clouds()[1]);
    EXPECT_EQ(values.exact.at("V"), Rational(1, 2));
    EXPECT_EQ(values.exact.at("b"), Rational(1, 2));
    EXPECT_EQ(values.exact.at("I1"), Rational(-1, 2)); // s_k = 1
    EXPECT_EQ(values.exact.at("diameter"), 2);
    EXPECT_EQ(values.exact.at("delta"), 1);
}

TEST(Clouds, RowsOfWeightsAddUpToOne)
{
    const std::vector<Instance>& values = weight_values();
    std::size_t at = 0;
    for (const Cloud& cloud : clouds()) {
        const auto n = static_cast<std::size_t>(cloud.theta.cols());
        for (std::size_t row = 0; row < 2 * n; ++row) { // without and with Q, K
            Ball sum(0);
            for (std::size_t j = 0; j < n; ++j) {
                sum += values.at(at++).balls.at("w");
            }
            EXPECT_TRUE(sum.contains(Rational(1))) << cloud.name;
        }
    }
    EXPECT_EQ(at, values.size());
}

} // namespace
} // namespace attest

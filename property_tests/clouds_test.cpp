#include "theorems/clouds.hpp"

#include "attest/model/layers.hpp"

#include <gtest/gtest.h>

namespace attest {
namespace {

using namespace theorems;

TEST(Clouds, ColumnsAreUnitVectorsInsideTheirCone)
{
    std::vector<Cloud> all = clouds();
    all.insert(all.end(), wide_clouds().begin(), wide_clouds().end());
    for (const Cloud& cloud : all) {
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

// The clusters' formulas against a cloud with the same tokens one by one.
TEST(Clouds, TwoClustersAreACloud)
{
    Cloud cloud = clouds()[0]; // (1, 0) and a close one
    const Rational product = 1 - least_delta(cloud.theta);
    Matrix<Rational> tokens(2, 5);
    for (Eigen::Index k = 0; k < 5; ++k) {
        tokens.col(k) = cloud.theta.col(k < 2 ? 0 : 1);
    }
    cloud.theta = tokens;
    cloud.s = {3, 3, Rational(1, 7), Rational(1, 7), Rational(1, 7)};
    const TwoClusters plain = attracted(2, 3, product, 3, Rational(1, 7), cloud.delta, cloud.beta);
    for (const auto& [clusters, tokens_one_by_one] :
         {std::pair(plain, cloud), std::pair(repelled(plain), opposed(cloud))}) {
        EXPECT_EQ(cluster_values(clusters).exact, cloud_values(tokens_one_by_one).exact);
        const std::map<std::string, Ball> at = {{"beta", Ball(cloud.beta)}};
        const Ball one = rate_formula(clusters).evaluate(at);
        const Ball other = rate_formula(tokens_one_by_one).evaluate(at);
        EXPECT_TRUE((one - other).contains_zero());
        EXPECT_FALSE(one.contains_zero());
    }
    for (const TwoClusters& c : two_clusters()) {
        const Rational n = c.first + c.second;
        EXPECT_GE(c.product, 1 - c.delta);
        EXPECT_LT(100 * n * n * c.beta * c.beta * c.delta, 1);
    }
}

TEST(Clouds, RowsOfWeightsAddUpToOne)
{
    const std::vector<Instance>& values = weight_values();
    std::size_t at = 0;
    std::vector<Cloud> all = clouds();
    all.insert(all.end(), wide_clouds().begin(), wide_clouds().end());
    for (const Cloud& cloud : all) {
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

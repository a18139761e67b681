#include "theorems/weight_conditions.hpp"

#include "attest/numbers/errors.hpp"

#include <rapidcheck/gtest.h>

namespace attest::theorems {
namespace {

Matrix<Rational> any_matrix()
{
    Matrix<Rational> m(2, 2);
    for (Eigen::Index k = 0; k < 4; ++k) {
        m(k / 2, k % 2) = *rc::gen::inRange(-4, 5);
    }
    return m;
}

Matrix<Rational> transposed(const Matrix<Rational>& m)
{
    return m.transpose();
}

TEST(WeightConditions, NamedWeightsAreWhatTheirNamesSay)
{
    EXPECT_TRUE(WeightCondition("Q = K = V = I").met_by(identity_weights()));
    EXPECT_TRUE(WeightCondition("Q = I and V = Q^T K = K^T Q = mu I").met_by(negative_weights()));
    EXPECT_FALSE(WeightCondition("V = lambda I").met_by(negative_weights()));
    EXPECT_FALSE(WeightCondition("V = mu I").met_by(stretched_weights()));
    EXPECT_TRUE(WeightCondition("K Q^T = Q K^T = V").met_by(sheared_weights()));
    EXPECT_FALSE(WeightCondition("Q^T K = K^T Q").met_by(sheared_weights()));
    EXPECT_THROW(WeightCondition("V = W"), InputError);
}

TEST(WeightConditions, NeitherConditionImpliesTheOther)
{
    const WeightCondition first("K Q^T = Q K^T = V");
    const WeightCondition second("V = Q^T K = K^T Q");
    EXPECT_FALSE(first.implies(second));
    EXPECT_FALSE(second.implies(first));
    EXPECT_TRUE(WeightCondition("V = Q^T K and V = V^T").implies(second));
}

RC_GTEST_PROP(WeightConditions, TransposingTheMatricesExchangesTheConditions, ())
{
    const Weights w{any_matrix(), any_matrix(), any_matrix()};
    const Weights t{transposed(w.Q), transposed(w.K), w.V};
    RC_ASSERT(WeightCondition("K Q^T = Q K^T = V").met_by(w)
              == WeightCondition("V = Q^T K = K^T Q").met_by(t));
}

// Whatever `implies` says is true of matrices that meet the premise.
RC_GTEST_PROP(WeightConditions, ConsequencesHoldForMatrices, ())
{
    const std::vector<std::string> conditions = {"K Q^T = Q K^T = V",
                                                 "V = Q^T K = K^T Q",
                                                 "Q = Q^T and K = K^T",
                                                 "V = V^T",
                                                 "Q = I and V = K",
                                                 "V = Q^T K = K^T Q = lambda I",
                                                 "Q = Q^T and V = Q K = K^T Q",
                                                 "Q^T K = K^T Q"};
    const auto pick = [&] { return *rc::gen::elementOf(conditions); };
    const std::string premise = pick() + " and " + pick();
    const std::string conclusion = pick();
    const bool follows = WeightCondition(premise).implies(WeightCondition(conclusion));
    for (const Weights& w : example_weights()) {
        RC_ASSERT(!follows || !WeightCondition(premise).met_by(w)
                  || WeightCondition(conclusion).met_by(w));
    }
}

} // namespace
} // namespace attest::theorems

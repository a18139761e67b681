#include "claim_cases.hpp"

namespace attest {
namespace {

using ledger::Verdict;

TEST(Table1, EveryRowHasItsContinuousForm)
{
    testing::expect_claims(theorems::add_table_1, {{"table1/ngpt/alpha-domain", Verdict::Fails}});
}

TEST(Table1, AlphaZeroIsTheCounterexample)
{
    const auto result = testing::decided(theorems::add_table_1, "table1/ngpt/alpha-domain");
    ASSERT_TRUE(result.as_stated.counterexample);
    EXPECT_EQ(result.as_stated.counterexample->values.front(),
              (std::pair<std::string, std::string>{"alpha", "0"}));
    EXPECT_EQ(result.as_stated.strength, ledger::Strength::Exact);
}

// The coordinates along theta_j and A_j, whatever their values: exact algebra and a rational point.
RC_GTEST_PROP(Table1, VelocityIsTheSlopeOfTheLayer, ())
{
    const std::string scheme = *testing::scheme_name();
    for (const auto& token : theorems::phases(scheme)) {
        const auto update = theorems::recorded_update(scheme, token);
        const auto velocity = theorems::recorded_velocity(scheme, token);
        const auto point = testing::rational_point();
        RC_ASSERT(update.theta.slope.evaluate(point) == velocity.theta.evaluate(point));
        RC_ASSERT(update.A.slope.evaluate(point) == velocity.A.evaluate(point));
    }
}

} // namespace
} // namespace attest

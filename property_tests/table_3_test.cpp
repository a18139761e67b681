#include "claim_cases.hpp"

namespace attest {
namespace {

using ledger::Verdict;

TEST(Table3, OneCellDiffersFromTable2)
{
    testing::expect_claims(theorems::add_table_3, {{"table3/peri-ln/r-dot", Verdict::Fails}});
}

// The printed cell would let a token grow faster than Peri-LN's unit-length updates can.
TEST(Table3, CounterexampleIsExact)
{
    const auto result = testing::decided(theorems::add_table_3, "table3/peri-ln/r-dot");
    ASSERT_TRUE(result.as_stated.counterexample);
    EXPECT_EQ(result.as_stated.strength, ledger::Strength::Exact);
    EXPECT_NE(result.as_stated.counterexample->shows.find("5/3"), std::string::npos);
    ASSERT_TRUE(result.amended);
    EXPECT_EQ(result.amended->judgement.verdict, Verdict::Holds);
}

} // namespace
} // namespace attest

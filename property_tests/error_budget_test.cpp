// The error of a report: what its parts get is never more than the whole.
#include "theorems/error_budget.hpp"

#include <gtest/gtest.h>

namespace attest::theorems {
namespace {

TEST(ErrorBudget, ThePartsAreTheWhole)
{
    Rational shares = 0;
    Rational errors = 0;
    for (const StatisticalFamily family : statistical_families) {
        EXPECT_GT(share_of(family), 0);
        EXPECT_GE(samples_of(family), 1);
        shares += share_of(family);
        errors += error_of_sample(family) * samples_of(family);
        EXPECT_NE(budget_text(family).find(to_string(share_of(family))), std::string::npos);
        EXPECT_NE(budget_text(family).find("95 %"), std::string::npos);
    }
    EXPECT_EQ(shares, 1);
    EXPECT_EQ(errors, report_error());
    EXPECT_EQ(report_error(), Rational(5, 100));
}

} // namespace
} // namespace attest::theorems

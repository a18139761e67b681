#include "theorems/theorem_4_3_runs.hpp"

#include "attest/model/schemes.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace attest::theorems {
namespace {

class Theorem43Runs : public ::testing::TestWithParam<std::string_view> {};

TEST_P(Theorem43Runs, StartInTheConeAndVarianceFollowsItsDecay)
{
    for (const ConeRun& run : cone_runs(GetParam(), {})) {
        const double size = static_cast<double>(run.n) * run.beta;
        EXPECT_LT(100 * size * size * run.delta, 1) << run.text;
        EXPECT_GT(run.moments.size(), 100U);
        // Var from the integral of the decay by the trapezoidal rule, and by itself.
        double exponent = 0;
        for (std::size_t k = 1; k < run.moments.size(); ++k) {
            const ConeMoment& a = run.moments[k - 1];
            const ConeMoment& b = run.moments[k];
            EXPECT_GE(b.t, a.t);
            exponent += (b.t - a.t) * (a.decay + b.decay) / 2;
        }
        const double fall = std::log(run.moments.front().variance / run.moments.back().variance);
        EXPECT_NEAR(exponent / fall, 1, 0.02) << run.text;
    }
}

TEST_P(Theorem43Runs, TheSameSeedGivesTheSameRuns)
{
    const auto first = cone_runs(GetParam(), {});
    const auto again = cone_runs(GetParam(), {});
    ASSERT_EQ(first.size(), again.size());
    for (std::size_t k = 0; k < first.size(); ++k) {
        EXPECT_EQ(first[k].moments.back().variance, again[k].moments.back().variance);
    }
}

INSTANTIATE_TEST_SUITE_P(Schemes, Theorem43Runs, ::testing::ValuesIn(model::scheme_names));

} // namespace
} // namespace attest::theorems

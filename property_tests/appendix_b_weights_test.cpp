#include "claim_cases.hpp"

#include <cmath>

namespace attest {
namespace {

using ledger::Verdict;

TEST(AppendixBWeights, WeightsAndInferences)
{
    testing::expect_claims(theorems::add_appendix_b_weights,
                           {{"appB/weight-sandwich", Verdict::Fails},
                            {"appB/weight-linearization-derivation", Verdict::Fails},
                            {"appB/remainder-norm-derivation", Verdict::Fails},
                            {"appB/combination", Verdict::Fails}},
                           testing::Routes::SomeOpen);
}

RC_GTEST_PROP(AppendixBWeights, TheLinearizationOfEveryScoreListIsWithinTheProvedBound, ())
{
    // n|w - 1/n - X/n| <= (e^X - 1 - X)/m + |1 + X||1/m - 1| with m = (1/n) sum e^{X_k}.
    const auto percent =
        *rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(rc::gen::inRange(-100, 101)));
    const auto n = static_cast<double>(percent.size());
    double m = 0;
    for (const int X : percent) {
        m += std::exp(X / 100.0) / n;
    }
    const double e = std::exp(1.0);
    for (const int p : percent) {
        const double X = p / 100.0;
        const double scaled = std::exp(X) / m - 1 - X;
        const double bound = (std::exp(X) - 1 - X) / m + (1 + X) * std::abs(1 / m - 1) + 1e-12;
        RC_ASSERT(std::abs(scaled) <= bound);
        RC_ASSERT(std::exp(X) - 1 - X <= e / 2 * X * X + 1e-12);
        RC_ASSERT(std::abs(scaled) <= e * e);
    }
}

} // namespace
} // namespace attest

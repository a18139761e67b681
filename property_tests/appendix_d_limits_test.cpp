#include "claim_cases.hpp"

namespace attest {
namespace {

using ledger::Verdict;

TEST(AppendixDLimits, TheVelocityNeedsAnotherReason)
{
    testing::expect_claims(theorems::add_appendix_d_limits,
                           {{"appD/lemma-d1/velocity-to-zero", Verdict::Fails}});
}

// The spike of height 1 at t = k: int v^2 over any window is small, v(k) is not.
RC_GTEST_PROP(AppendixDLimits, SpikesAreSquareIntegrableAndDoNotVanish, ())
{
    const long k = *rc::gen::inRange(1, 40);
    Rational width = 1;
    for (long i = 0; i < k; ++i) {
        width /= 2;
    }
    // Simpson's rule is exact for the square of a linear function.
    const auto v = [&](const Rational& s) { return Rational(1 - 2 * s / width); };
    const Rational end = width / 2;
    const Rational middle = v(end / 2);
    const Rational half = end / 6 * (v(0) * v(0) + 4 * middle * middle + v(end) * v(end));
    RC_ASSERT(2 * half == width / 3);
    RC_ASSERT(v(0) == 1);
}

} // namespace
} // namespace attest

#include "claim_cases.hpp"

#include "attest/numbers/precision.hpp"

namespace attest {
namespace {

using ledger::Verdict;
using testing::verdict_on;

// n orthonormal vectors need n dimensions; r_j(0) = 1 and r_0 are one for r_0 = 1 only; at beta = 0
// the initial velocities of Peri-LN and Post-LN have the ratio sqrt(n); Peri-LN decays like t^-3
// and nGPT with constant alpha exponentially.
TEST(Section41, VerdictsAndAmendments)
{
    testing::expect_claims(theorems::add_section_4_1,
                           {{"sec4.1/orthogonal-start", Verdict::Fails},
                            {"sec4.1/initial-magnitude", Verdict::Fails},
                            {"sec4.1/prose/initial-velocities-comparable", Verdict::Fails},
                            {"sec4.1/prose/polynomial-slowdown/ngpt", Verdict::Fails},
                            {"sec4.1/prose/others-not-polynomial", Verdict::Fails},
                            {"sec4.1/prose/gradual-clustering", Verdict::Fails}},
                           testing::Routes::SomeOpen);
}

RC_GTEST_PROP(Section41, InitialVelocitiesDifferBySqrtNAtBetaZero, ())
{
    const PrecisionScope scope(160);
    const long n = *rc::gen::inRange(2L, 100'000L);
    const model::SymmetricPoint<Ball> start{Ball(0), Ball(1), Ball(n), Ball(0),
                                            Ball(1), Ball(0), Ball(0)};
    const Ball ratio = model::PeriLN::gamma_dot(start) / model::PostLN::gamma_dot(start);
    RC_ASSERT(ratio.overlaps(sqrt(Ball(n))) && ratio.certified_digits() >= 40);
}

TEST(Section41, AFalseStatementIsRefuted)
{
    const auto registry = testing::registry_with(theorems::add_section_4_1);
    const ledger::Claim& decay = *registry.find("sec4.1/prose/polynomial-slowdown/pre-ln");
    ledger::Statement statement = decay.printed;
    EXPECT_EQ(verdict_on(decay, statement), Verdict::Holds);
    for (const char* other : {"post-ln", "ngpt", "sqrt-scaling"}) {
        statement.words.insert_or_assign("schemes", other);
        EXPECT_EQ(verdict_on(decay, statement), Verdict::Fails) << other;
    }
    const ledger::Claim& damping = *registry.find("sec4.1/prose/beta-damping");
    statement = damping.printed;
    EXPECT_EQ(verdict_on(damping, statement), Verdict::Holds);
    statement.numbers.insert_or_assign("rate", Rational(999999, 1000000));
    EXPECT_EQ(verdict_on(damping, statement), Verdict::Fails);
}

} // namespace
} // namespace attest

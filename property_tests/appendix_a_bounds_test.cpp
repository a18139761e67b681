#include "claim_cases.hpp"

#include "attest/flow/clock.hpp"
#include "attest/numbers/precision.hpp"

namespace attest {
namespace {

using ledger::Verdict;
using testing::verdict_on;

// The printed constant has e/(n e^beta) where 1/(n - 1 + e^beta) is sharp: at beta = 0 and gamma =
// 0 it is e times too large, for every n.
TEST(AppendixABounds, VerdictsAndAmendments)
{
    testing::expect_claims(theorems::add_appendix_a_bounds,
                           {{"appA/pre-ln/gamma-lower-bound", Verdict::Fails},
                            {"appA/pre-ln/gronwall-bound", Verdict::Fails},
                            {"appA/peri-ln/lower-bound-1", Verdict::Fails},
                            {"appA/peri-ln/lower-bound-chain", Verdict::Fails},
                            {"appA/peri-ln/gronwall-bound", Verdict::Fails},
                            {"appA/peri-ln/r-dot-argument", Verdict::Fails},
                            {"appA/ngpt/gronwall-bound", Verdict::Fails}},
                           testing::Routes::SomeOpen);
}

// The counterexample by hand: n = 3, beta = 0, gamma = 0, r = 1 gives 2/3 >= 2e/3.
TEST(AppendixABounds, TheCounterexampleIsOne)
{
    const model::SymmetricPoint<Ball> at{Ball(0), Ball(1), Ball(3), Ball(0),
                                         Ball(1), Ball(0), Ball(0)};
    EXPECT_TRUE(is_true(less(model::PreLN::gamma_dot(at), 2 * exp(Ball(1)) / 3)));
    EXPECT_TRUE(model::PreLN::gamma_dot(at).contains(Rational(2, 3)));
    EXPECT_TRUE(is_true(less(model::PeriLN::gamma_dot(at), 2 * exp(Ball(1)) / 3)));
}

// The amended bounds along whole trajectories: 1 - gamma <= exp(-rate T).
RC_GTEST_PROP(AppendixABounds, AmendedGronwallAlongTrajectories, ())
{
    const PrecisionScope scope(160);
    const bool normed = *rc::gen::arbitrary<bool>();
    model::SymmetricProblem problem;
    problem.scheme = normed ? "ngpt" : "post-ln";
    problem.n = *rc::gen::inRange(2L, 1001L);
    problem.beta = Rational(*rc::gen::inRange(0, 121), 10);
    const flow::SymmetricClock clock(problem);
    const Ball e = exp(Ball(problem.beta));
    const Ball m(problem.n - 1);
    const Ball rate = normed ? 2 / sqrt(e * e + m) : 2 / (e + m);
    const Ball epsilon(Rational(*rc::gen::inRange(1, 1000), 1000));
    RC_ASSERT(!is_true(less(exp(-rate * clock.time_at(epsilon)), epsilon)));
}

TEST(AppendixABounds, AFalseBoundIsRefuted)
{
    const auto registry = testing::registry_with(theorems::add_appendix_a_bounds);
    const ledger::Claim& claim = *registry.find("appA/pre-ln/gamma-lower-bound");
    ASSERT_TRUE(claim.amended);
    ledger::Statement statement = *claim.amended;
    EXPECT_EQ(verdict_on(claim, statement), Verdict::Holds);
    const Expr sharp = statement.formulas.at("rhs");
    statement.formulas.insert_or_assign("rhs", Expr(Rational(1000001, 1000000)) * sharp);
    EXPECT_EQ(verdict_on(claim, statement), Verdict::Fails);
    statement.formulas.insert_or_assign("rhs", sharp / 2); // weaker, hence as true
    EXPECT_EQ(verdict_on(claim, statement), Verdict::Holds);
    statement.formulas.insert_or_assign("lhs", -statement.formulas.at("lhs"));
    EXPECT_EQ(verdict_on(claim, statement), Verdict::Fails);
}

} // namespace
} // namespace attest

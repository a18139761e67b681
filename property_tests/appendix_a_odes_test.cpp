#include "claim_cases.hpp"

#include "attest/numbers/precision.hpp"
#include "theorems/symmetric.hpp"

namespace attest {
namespace {

using ledger::Verdict;
using testing::verdict_on;

TEST(AppendixAOdes, AllHoldExactly)
{
    testing::expect_claims(theorems::add_appendix_a_odes, {}, testing::Routes::SomeOpen);
}

// What algebra proves for symbolic n holds for explicit numbers, in balls.
RC_GTEST_PROP(AppendixAOdes, DerivedVelocityIsThePrintedOne, ())
{
    const PrecisionScope scope(192);
    const std::map<std::string, Ball> at = {
        {"gamma", Ball(Rational(*rc::gen::inRange(0, 100), 100))},
        {"r", Ball(Rational(*rc::gen::inRange(1, 100), 10))},
        {"n", Ball(*rc::gen::element(2L, 3L, 1000L, *rc::gen::inRange(2L, 1001L)))},
        {"beta", Ball(Rational(*rc::gen::inRange(0, 121), 10))},
        {"alpha", Ball(Rational(*rc::gen::inRange(1, 17), 4))},
        {"t", Ball(*rc::gen::inRange(0L, 50L))},
        {"late", Ball(*rc::gen::inRange(0L, 2L))}};
    std::apply(
        [&](auto... scheme) {
            const auto check = [&](auto s) {
                using S = decltype(s);
                const auto derived = theorems::derived_velocity<S>();
                const auto p = theorems::symbolic_point();
                RC_ASSERT(derived.gamma_dot.template evaluate<Ball>(at).overlaps(
                    S::gamma_dot(p).template evaluate<Ball>(at)));
                RC_ASSERT(derived.r_dot.template evaluate<Ball>(at).overlaps(
                    S::symmetric_r_dot(p).template evaluate<Ball>(at)));
            };
            (check(scheme), ...);
        },
        model::Schemes{});
}

TEST(AppendixAOdes, AFalseFormulaIsRefuted)
{
    const auto registry = testing::registry_with(theorems::add_appendix_a_odes);
    const auto p = theorems::symbolic_point();
    const ledger::Claim& claim = *registry.find("appA/pre-ln/gamma-ode");
    ledger::Statement statement = claim.printed;
    EXPECT_EQ(verdict_on(claim, statement), Verdict::Holds);
    for (const Expr& wrong :
         {model::PostLN::gamma_dot(p), model::PeriLN::gamma_dot(p), model::PreLN::gamma_dot(p) / 2,
          model::PreLN::gamma_dot(p).substitute("n", p.n + 1)}) {
        statement.formulas.insert_or_assign("lhs", wrong);
        EXPECT_EQ(verdict_on(claim, statement), Verdict::Fails);
    }
}

} // namespace
} // namespace attest

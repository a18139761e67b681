#include "theorems/obstacle.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace attest::theorems {
namespace {

RC_GTEST_PROP(Obstacle, RefutesExactlyWhenTheRelationHolds, ())
{
    const long a = *rc::gen::inRange(-20L, 21L);
    const long b = *rc::gen::inRange(-20L, 21L);
    const std::string relation = *rc::gen::element<std::string>("<", ">", "<=", ">=", "!=");
    const bool holds = relation == "<"    ? a < b
                       : relation == ">"  ? a > b
                       : relation == "<=" ? a <= b
                       : relation == ">=" ? a >= b
                                          : a != b;
    const Judgement judgement = ledger::judge(judged_by(
        {{{"a", std::to_string(a)}}, "a test", sym("a"), relation, Expr(b), {{"a", a}}}, {}));
    RC_ASSERT(judgement.verdict == (holds ? ledger::Verdict::Fails : ledger::Verdict::Undecided));
    RC_ASSERT(judgement.counterexample.has_value() == holds);
    RC_ASSERT(!holds || judgement.strength == Strength::Exact);
}

TEST(Obstacle, TranscendentalNumbersAreEnclosed)
{
    const Judgement judgement =
        ledger::judge(judged_by({{}, "e > 2", exp(Expr(1)), ">", Expr(2)}, {}));
    EXPECT_EQ(judgement.verdict, ledger::Verdict::Fails);
    EXPECT_EQ(judgement.strength, Strength::Enclosed);
    EXPECT_THROW((void)judged_by({{}, "", Expr(1), "~", Expr(1)}, {}), DomainError);
}

} // namespace
} // namespace attest::theorems

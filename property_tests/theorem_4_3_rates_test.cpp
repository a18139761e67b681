#include "theorems/theorem_4_3_rates.hpp"

#include "claim_cases.hpp"

namespace attest {
namespace {

using ledger::Verdict;

Verdict with_factor(const std::string& scheme, const std::string& name, const Rational& factor)
{
    const theorems::ConeRate rate = theorems::cone_rate(scheme);
    ledger::Statement statement;
    statement.formulas = {{"clock", rate.clock}, {"from", rate.from}, {"a", rate.a}, {"b", rate.b}};
    statement.formulas.at(name) = Expr(factor) * statement.formulas.at(name);
    statement.numbers = {{"largest", 1}};
    ledger::Effort effort;
    effort.control = true;
    return ledger::judge(theorems::decide_cone_rate(scheme, statement, effort)).verdict;
}

TEST(Theorem43Rates, WeakerConstantsHold)
{
    for (const std::string_view scheme : model::scheme_names) {
        EXPECT_EQ(with_factor(std::string(scheme), "a", Rational(1, 3)), Verdict::Holds);
        EXPECT_EQ(with_factor(std::string(scheme), "b", Rational(4, 3)), Verdict::Holds);
    }
}

RC_GTEST_PROP(Theorem43Rates, ConstantsBeyondTwoAreRefuted, ())
{
    const std::string scheme = *testing::scheme_name();
    const Rational part(*rc::gen::inRange(1, 100), 100);
    RC_ASSERT(with_factor(scheme, "a", 3 + part) == Verdict::Fails);
    RC_ASSERT(with_factor(scheme, "b", part / 3) == Verdict::Fails);
}

} // namespace
} // namespace attest

#include "claim_cases.hpp"

namespace attest {
namespace {

using ledger::Verdict;

TEST(Table2, EveryCellFollowsFromTable1)
{
    testing::expect_claims(theorems::add_table_2, {});
}

// theta_j' s_j = P A_j and r_j' at rational points, by exact arithmetic.
RC_GTEST_PROP(Table2, CellsAreExactAtRationalPoints, ())
{
    const std::string scheme = *testing::scheme_name();
    const auto point = testing::rational_point();
    const auto [s, r_dot] = model::with_scheme(scheme, [](auto x) {
        using S = decltype(x);
        return std::pair(S::speed_factor(theorems::symbolic_token()),
                         S::r_dot(theorems::symbolic_token()));
    });
    for (const auto& part : theorems::speed_factor_parts(scheme, s)) {
        RC_ASSERT(part.formulas.at("lhs").evaluate(point)
                  == part.formulas.at("rhs").evaluate(point));
    }
    for (const auto& part : theorems::magnitude_parts(scheme, r_dot)) {
        RC_ASSERT(part.formulas.at("lhs").evaluate(point)
                  == part.formulas.at("rhs").evaluate(point));
    }
}

// tidy() is for readers: it must not change a value.
RC_GTEST_PROP(Table2, TidyFormulasKeepTheirValue, ())
{
    const std::string scheme = *testing::scheme_name();
    const auto point = testing::rational_point();
    for (const auto& token : theorems::phases(scheme)) {
        const auto velocity = theorems::recorded_velocity(scheme, token);
        for (const Expr& formula : {velocity.theta, velocity.A}) {
            RC_ASSERT(formula.evaluate(point) == theorems::tidy(formula).evaluate(point));
        }
    }
}

} // namespace
} // namespace attest

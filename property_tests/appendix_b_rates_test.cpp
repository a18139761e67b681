#include "theorems/appendix_b_rates.hpp"

#include "attest/numbers/precision.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace attest {
namespace {

using theorems::PairFamily;

constexpr std::array<PairFamily, 4> families = {PairFamily::Equal, PairFamily::Square,
                                                PairFamily::Cube, PairFamily::Wide};

TEST(AppendixBRates, FamiliesLieInBothRegimes)
{
    for (const PairFamily family : families) {
        EXPECT_TRUE(is_true(theorems::membership(family).outcome())) << theorems::describe(family);
    }
}

RC_GTEST_PROP(AppendixBRates, TheTheoremsRegimeIsInsideTheAppendixs, ())
{
    const Rational n = *rc::gen::inRange(2L, 100000L);
    const Rational d = *rc::gen::inRange(1L, 2000L);
    RC_ASSERT(!is_true(theorems::in_theorem_regime(n, d))
              || is_true(theorems::in_appendix_regime(n, d)));
}

RC_GTEST_PROP(AppendixBRates, WhatExceedsEveryMultipleDoesSoAtExplicitPairs, ())
{
    const Expr n = theorems::sym("n");
    const Expr d = theorems::sym("d");
    const Rational p(*rc::gen::inRange(0L, 5L), 2);
    const Rational q(*rc::gen::inRange(0L, 5L), 2);
    const Expr g = log(n) / (pow(n, p) * pow(d, q));
    const Expr lower = 1 / sqrt(n);
    const PairFamily family = *rc::gen::elementOf(families);
    const theorems::Exceeds exceeds = theorems::exceeds_every_multiple(lower, g, family);
    if (is_true(exceeds.outcome)) {
        RC_ASSERT(theorems::explicit_pair(lower, g, 10, family).has_value());
    }
}

RC_GTEST_PROP(AppendixBRates, TheChartGivesBackTheFormula, ())
{
    const double n = *rc::gen::inRange(2, 100000);
    const double d = *rc::gen::inRange(1, 100) / 100.0 * n * std::log(n);
    const Expr formula = sqrt(log(theorems::sym("n")) / theorems::sym("n"))
                         + log(theorems::sym("n")) / theorems::sym("d");
    const double value = formula.evaluate<double>({{"n", n}, {"d", d}});
    const double in_chart =
        theorems::on_regime(formula).evaluate<double>({{"rn", std::sqrt(n)},
                                                       {"ln", std::sqrt(std::log(n))},
                                                       {"rho", std::sqrt(n * std::log(n) / d)}});
    RC_ASSERT(std::abs(value - in_chart) <= 1e-12 * value);
}

} // namespace
} // namespace attest

#include "attest/numbers/expr.hpp"
#include "attest/numbers/precision.hpp"
#include "expr_cases.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

namespace attest {
namespace {

using testing::environment;

/// Some point of the symmetric setting tells the two formulas apart for certain.
bool differ_somewhere(const Expr& a, const Expr& b)
{
    const PrecisionScope scope(256);
    for (const long late : {0L, 1L}) {
        for (const Rational& gamma : {Rational(1, 3), Rational(9, 10)}) {
            const auto at = environment<Ball>({{"gamma", gamma},
                                               {"r", Rational(5, 2)},
                                               {"n", Rational(7)},
                                               {"beta", Rational(3, 2)},
                                               {"alpha", Rational(4, 7)},
                                               {"t", Rational(3)},
                                               {"late", Rational(late)}});
            if (is_false(equal(a.evaluate<Ball>(at), b.evaluate<Ball>(at)))) {
                return true;
            }
        }
    }
    return false;
}

TEST(NearMiss, EveryVariantOfAPrintedFormulaHasAnotherValue)
{
    for (const auto& [name, formula] : testing::printed_formulas()) {
        for (const NearMiss& miss : near_misses(formula)) {
            EXPECT_FALSE(miss.change.empty());
            EXPECT_FALSE(miss.formula == formula) << name << ": " << miss.change;
            EXPECT_TRUE(differ_somewhere(miss.formula, formula)) << name << ": " << miss.change;
        }
    }
}

RC_GTEST_PROP(NearMiss, VariantsAreDistinctAndInAFixedOrder, ())
{
    const Expr formula = testing::any_formula(*rc::gen::inRange(0, 4));
    const auto misses = near_misses(formula);
    const auto again = near_misses(formula);
    RC_ASSERT(misses.size() == again.size());
    for (std::size_t i = 0; i < misses.size(); ++i) {
        RC_ASSERT(!(misses[i].formula == formula));
        RC_ASSERT(misses[i].change == again[i].change);
        RC_ASSERT(misses[i].formula == again[i].formula);
        for (std::size_t j = 0; j < i; ++j) {
            RC_ASSERT(!(misses[i].formula == misses[j].formula));
        }
    }
}

TEST(NearMiss, EveryKindOfFaultIsThere)
{
    const Expr x = Expr::symbol("x");
    const auto variants = [](const Expr& formula) {
        std::set<std::string> texts;
        for (const NearMiss& miss : near_misses(formula)) {
            texts.insert(miss.formula.text());
        }
        return texts;
    };
    EXPECT_EQ(variants(x), std::set<std::string>{});
    EXPECT_EQ(variants(Expr(2)), (std::set<std::string>{"3", "1", "(-2)", "(1000001/500000)"}));
    EXPECT_EQ(variants(Expr(0)), (std::set<std::string>{"1", "(-1)"}));
    EXPECT_EQ(variants(x * Expr::symbol("y")), (std::set<std::string>{"x", "y"}));
    EXPECT_EQ(variants(x + Expr::symbol("y")), (std::set<std::string>{"(x-y)", "x", "y"}));
    EXPECT_EQ(variants(x - Expr::symbol("y")), (std::set<std::string>{"(x+y)", "x", "(-y)"}));
    EXPECT_EQ(variants(x / Expr::symbol("y")), (std::set<std::string>{"x"}));
    EXPECT_EQ(variants(pow(x, 2)), (std::set<std::string>{"x^(3)", "x^(1)"}));
    EXPECT_EQ(variants(-x), (std::set<std::string>{"x"}));
    EXPECT_EQ(variants(sqrt(x)), (std::set<std::string>{"x"}));
    EXPECT_EQ(variants(exp(x)), (std::set<std::string>{"exp((-x))"}));
}

// One change at a time: leaves and operators that are not named stay as they are.
TEST(NearMiss, FaultsInsideNestedFormulasAreReached)
{
    const Expr x = Expr::symbol("x");
    const Expr formula = exp(sin(1 / (x + 5)));
    bool found = false;
    for (const NearMiss& miss : near_misses(formula)) {
        found = found || miss.formula == exp(sin(1 / (x + 6)));
    }
    EXPECT_TRUE(found);
}

} // namespace
} // namespace attest

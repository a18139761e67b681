#include "tests/changed_statements.hpp"
#include "theorems/appendix_c_proofs.hpp"
#include "theorems/support.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

// Statements near Appendix C's that its checks once left undecided; brought to light by `attest
// mutate`.
namespace attest::mutation_appendix_c_tests {

using ledger::Statement;
using ledger::Verdict;
using testing::ChangedStatement;
using testing::put;
using theorems::sym;

/// (4)'s lower bound with another size of the second term, V/min s times it.
std::function<void(Statement&)> fourth_with(const Expr& second)
{
    return [second](Statement& s) {
        const Expr V = sym("V");
        put(s, "rhs", (-2 * V + 2 * V * V - second * V) / sym("mins"));
    };
}

const std::vector<ChangedStatement>& changed_in_appendix_c()
{
    static const Expr n = sym("n");
    static const Expr V = sym("V");
    static const Expr delta = sym("delta");
    static const Expr beta = sym("beta");
    static const Expr x = beta * sqrt(2 * delta);
    static const Expr root = 2 * sqrt(2 * n);
    static const std::vector<ChangedStatement> all = {
        // Not of the order of beta sqrt(delta): false for large beta and small delta.
        {"appC/eq4/lower", fourth_with(root * (exp(sqrt(2 * delta)) - 1)), Verdict::Fails},
        {"appC/eq4/lower", fourth_with(root * (exp(n * sqrt(2 * delta)) - 1)), Verdict::Fails},
        {"appC/eq4/lower", fourth_with(root * (exp(beta * 2 * delta) - 1)), Verdict::Fails},
        {"appC/eq4/lower", fourth_with(root * (exp(beta * sqrt(2 * delta * delta)) - 1)),
         Verdict::Fails},
        {"appC/eq4/lower", fourth_with(2 * sqrt(2 * delta) * (exp(x) - 1)), Verdict::Fails},
        {"appC/eq4/lower", fourth_with(2 * sqrt(2 * beta) * (exp(n * sqrt(2 * delta)) - 1)),
         Verdict::Fails},
        // One token that the weights prefer to nine others.
        {"appC/projected-delta/bound",
         [](Statement& s) { put(s, "middle", (exp(beta * sqrt(delta)) - 1) / n * sym("lengths")); },
         Verdict::Fails},
        // Beyond delta = 1 the coefficient of (5) is positive.
        {"appC/rates-from-eq5", [](Statement& s) { s.numbers["cone"] = Rational(1, 100); },
         Verdict::Fails},
        // Sharper bounds of I_2, and terms that are at least 0.
        {"appC/i2-bound", [](Statement& s) { put(s, "bound", (exp(x) - 1) / sym("mins") * V); },
         Verdict::Holds},
        {"appC/i2-bound",
         [](Statement& s) { put(s, "bound", root * (exp(x / 2) - 1) / sym("mins") * V); },
         Verdict::Holds},
        {"appC/eq4/lower", fourth_with(exp(x) - 1), Verdict::Holds},
        {"appC/eq4/lower", fourth_with(2 * sqrt(3 * n) * (exp(x) - 1)), Verdict::Holds},
        {"appC/i1/lower", [](Statement& s) { put(s, "lhs", sym("I1") / 2); }, Verdict::Holds},
        {"appC/i1/upper", [](Statement& s) { put(s, "lhs", 2 * sym("I1")); }, Verdict::Holds},
        {"appC/i1-sandwich", [](Statement& s) { put(s, "term", pow(sym("a"), 3) - sym("b")); },
         Verdict::Holds},
        {"appC/projection-sum/third",
         [](Statement& s) { put(s, "lhs", n * (1 - pow(2 - n * V, 2))); }, Verdict::Holds},
        {"appC/weight-deviation", [](Statement& s) { put(s, "upper", (exp(x) - 1) / (n + 1)); },
         Verdict::Holds},
        {"appC/softmax-bounds",
         [](Statement& s) { put(s, "upper", exp(beta * sqrt(3 * delta)) / n); }, Verdict::Holds},
        {"appC/constants", [](Statement& s) { put(s, "square", 2 * (n + 1) * V * V); },
         Verdict::Holds},
        {"appC/s-range/mix-ln/upper", [](Statement& s) { s.words["relation"] = "<"; },
         Verdict::Holds},
        {"appC/s-range/peri-ln/lower",
         [](Statement& s) { put(s, "bound", (1 - delta) * sym("t")); }, Verdict::Holds},
    };
    return all;
}

TEST(MutationAppendixC, IsDecidedNow)
{
    testing::expect_verdicts(changed_in_appendix_c());
}

/// lhs >= rhs on two ranges of one symbol: proved by cases only where it is true on both.
RC_GTEST_PROP(ProofsByCases, NeedEveryCase, ())
{
    const Rational least = *rc::gen::inRange(0L, 6L);
    const Rational bound = *rc::gen::inRange(0L, 6L);
    const Expr s = sym("s");
    const Expr t = sym("t");
    const auto from_value = [&](const Rational& lo) {
        return theorems::Reduction{"case", {{"s", Expr(lo) + t}}, {{"t", theorems::from(0)}}};
    };
    const ledger::Judgement judgement =
        theorems::decide_by_any(theorems::relation_part(s, ">=", Expr(bound)), {},
                                theorems::Reduction{"nothing", {}, {{"s", theorems::from(-1)}}},
                                {{from_value(least), from_value(3)}}, {}, {});
    const bool both = least >= bound && bound <= 3;
    RC_ASSERT(is_true(judgement.evidence.front().outcome) == both);
}

TEST(ProofsByCases, LeaveALargerExponentOnTheLeft)
{
    const Expr x = sym("beta") * sqrt(2 * sym("delta"));
    const auto relation = [](const Expr& middle, const Expr& last) {
        return theorems::relation_part(exp(middle) - 1, "<=", exp(last) - 1);
    };
    EXPECT_FALSE(theorems::with_growths(relation(2 * x, x)).has_value());
    EXPECT_FALSE(theorems::with_growths(relation(-2 * x, x)).has_value());
    ASSERT_TRUE(theorems::with_growths(relation(x, 2 * x)).has_value());
    EXPECT_FALSE(theorems::with_growths(relation(x, 2 * x))->small);
    EXPECT_TRUE(theorems::with_growths(relation(x, x))->small);
    EXPECT_FALSE(theorems::with_part_of_growth(relation(2 * x, 2 * x)).has_value());
}

TEST(ProofsByCases, PutOneSymbolForOneExponential)
{
    const Expr x = sym("beta") * sqrt(2 * sym("delta"));
    const auto rewritten = [&](const Expr& formula) {
        return theorems::with_growth(theorems::relation_part(formula, "<=", Expr(0)))
            .formulas.at("lhs");
    };
    EXPECT_EQ(rewritten(exp(x) + exp(x)).text(), (1 + sym("grown") + (1 + sym("grown"))).text());
    EXPECT_EQ(rewritten(exp(-x)).text(), (1 / (1 + sym("grown"))).text());
    EXPECT_EQ(rewritten(exp(x) + exp(2 * x)).text(), (exp(x) + exp(2 * x)).text());
    EXPECT_EQ(theorems::with_roots(pow(x, Rational(3, 2))).text(), pow(sqrt(x), 3).text());
}

} // namespace attest::mutation_appendix_c_tests

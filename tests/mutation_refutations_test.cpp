#include "tests/changed_statements.hpp"
#include "theorems/appendix_b_rates.hpp"
#include "theorems/support.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

// Wrong statements that a check once left undecided and now refutes, and true ones that it left
// open and now proves; brought to light by `attest mutate`.
namespace attest::mutation_refutations_tests {

using ledger::Statement;
using ledger::Verdict;
using testing::ChangedStatement;
using testing::put;
using theorems::PairFamily;
using theorems::sym;

const std::vector<ChangedStatement>& changed_statements()
{
    static const Expr n = sym("n");
    static const Expr d = sym("d");
    static const Expr L = log(n);
    static const std::vector<ChangedStatement> all = {
        // The logarithm decides.
        {"thm4.2/bound-in-proof", [](Statement& s) { put(s, "appendix", 1 / d); }, Verdict::Fails},
        {"thm4.2/bound-in-proof", [](Statement& s) { put(s, "appendix", -L / d); }, Verdict::Fails},
        {"appB/weight-linearization-derivation", [](Statement& s) { put(s, "bound", L / (d * d)); },
         Verdict::Fails},
        // |X_k| <= 1 always, so that a premise beyond 1 says nothing.
        {"appB/exp-expansion", [](Statement& s) { put(s, "premise", sqrt(d / L)); },
         Verdict::Fails},
        // 0 at n = 2, d = 1, and two signs need not cancel; negative for d near log^2 n.
        {"thm4.2/bound", [](Statement& s) { put(s, "bound", sqrt(log(d) / d) + log(d) / n); },
         Verdict::Fails},
        {"thm4.2/bound", [](Statement& s) { put(s, "bound", sqrt(L / n) - L / d); },
         Verdict::Fails},
        // A constant that does not grow with that of the premise.
        {"appB/weight-sandwich",
         [](Statement& s) {
             put(s, "lower", (1 + sym("X") - sym("e") * sym("eps")) / (sym("n") - 1 + sym("e")));
         },
         Verdict::Fails},
        // The remainder is no smaller than 1/(d sqrt n), nor 1/n where d is near n log n.
        {"appB/remainder-norm", [](Statement& s) { put(s, "bound", L / n); }, Verdict::Fails},
        {"appB/remainder-norm", [](Statement& s) { put(s, "bound", 1 / d); }, Verdict::Fails},
        // The largest of n coordinates is no smaller than sqrt(log n/d).
        {"appB/x-k-max", [](Statement& s) { put(s, "bound", sqrt(1 / d)); }, Verdict::Fails},
        {"appB/weight-linearization", [](Statement& s) { put(s, "bound", 1 / (n * d)); },
         Verdict::Fails},
        {"appB/weight-linearization", [](Statement& s) { put(s, "bound", L / (d * d)); },
         Verdict::Fails},
        // Tokens that make the second term large and the others not.
        {"appB/combination", [](Statement& s) { put(s, "second", 1 + sqrt(L / n)); },
         Verdict::Fails},
        // The energy of a quadratic system that is nearly as large as the lemma's bound.
        {"appD/lemma-d1/dyadic-l2",
         [](Statement& s) {
             put(s, "middle", Expr(Rational(1000001, 1000000)) * s.formulas.at("middle"));
         },
         Verdict::Fails},
        // It is compared with itself among the others.
        {"sec4.3/prose/peri-ln-winner", [](Statement& s) { s.words["winner"] = "post-ln"; },
         Verdict::Fails},
        // A law that is 0 for a velocity that is not.
        {"appC/remark-vs-thm4.1", [](Statement& s) { put(s, "law post-ln", Expr(0)); },
         Verdict::Fails},
        // The solutions of the rate follow another law.
        {"appA/post-ln/rate-gives-terminal", [](Statement& s) { put(s, "decay", Expr(1)); },
         Verdict::Fails},
        {"appA/pre-ln/rate-gives-terminal", [](Statement& s) { put(s, "decay", 4 / sym("t")); },
         Verdict::Fails},
        {"appA/pre-ln/rate-gives-terminal", [](Statement& s) { put(s, "solution", sym("t")); },
         Verdict::Fails},
        // False from n = 10^6 on, and for t > 10^6 r_k(0) with equal tokens.
        {"appA/peri-ln/lower-bound-2",
         [](Statement& s) {
             put(s, "rhs", Expr(Rational(1000001, 1000000)) * s.formulas.at("rhs"));
         },
         Verdict::Fails},
        {"thm4.3/i/peri-ln",
         [](Statement& s) {
             put(s, "bound", Expr(Rational(1000001, 1000000)) * s.formulas.at("bound"));
         },
         Verdict::Fails},
        {"thm4.3/ii/peri-ln", [](Statement& s) { s.numbers["largest"] = 2; }, Verdict::Fails},
        {"appE/update", [](Statement& s) { s.numbers["residual"] = -1; }, Verdict::Fails},
        {"thm4.2/regime", [](Statement& s) { put(s, "size", n * log(d)); }, Verdict::Fails},
        // Norm(2 X + W A) with W = 2 I is Post-LN's layer; V = 2 I is V = I with another clock.
        {"appE/update", [](Statement& s) { s.numbers["residual"] = 2; }, Verdict::Holds},
        {"thm3.1/mix-ln", [](Statement& s) { s.numbers["value"] = 2; }, Verdict::Holds},
        {"appB/claim", [](Statement& s) { put(s, "bound", sqrt(n / L) + L / d); }, Verdict::Holds},
        {"appB/hoeffding", [](Statement& s) { put(s, "bound", 1 / (d + 1) + sqrt(L / n)); },
         Verdict::Holds},
        {"appB/x-n", [](Statement& s) { put(s, "lower", exp(Expr(-2))); }, Verdict::Holds},
        // No value: neither true nor false.
        {"sec4.1/prose/initial-velocities-comparable",
         [](Statement& s) { put(s, "factor", sqrt(-n)); }, Verdict::Undecided},
        {"appB/n-vs-sqrt-d", [](Statement& s) { put(s, "rhs", sqrt(-d)); }, Verdict::Undecided},
    };
    return all;
}

TEST(MutationRefutations, AreDecidedNow)
{
    testing::expect_verdicts(changed_statements());
}

/// c n^p d^q (log n)^m against the exponents of the scale.
RC_GTEST_PROP(GrowthAlongFamilies, AddsExponents, ())
{
    const long p = *rc::gen::inRange(-4L, 5L);
    const long q = *rc::gen::inRange(-4L, 5L);
    const long m = *rc::gen::inRange(-4L, 5L);
    const Expr formula = 3 * pow(sym("n"), p) * pow(sym("d"), q) * pow(log(sym("n")), m);
    const auto powers = [&](PairFamily family) {
        return theorems::growth(formula, family)->powers;
    };
    using Powers = std::array<Rational, 3>;
    RC_ASSERT((powers(PairFamily::Equal) == Powers{p + q, m, 0}));
    RC_ASSERT((powers(PairFamily::Cube) == Powers{3 * p + q, m, 0}));
    RC_ASSERT((powers(PairFamily::Wide) == Powers{p + q, m + q, 0}));
    RC_ASSERT((powers(PairFamily::Narrow) == Powers{p, m + 2 * q, 0}));
    // A formula never outgrows a multiple of itself, and does so with one power of log n more.
    const Expr half = formula / 2;
    RC_ASSERT(!theorems::outgrows(formula, half, PairFamily::Wide));
    RC_ASSERT(theorems::outgrows(formula * log(sym("n")), half, PairFamily::Wide).has_value());
}

TEST(GrowthAlongFamilies, CancellingTermsHaveNone)
{
    const Expr n = sym("n");
    EXPECT_FALSE(theorems::growth(n - n + 1, PairFamily::Equal).has_value());
    EXPECT_FALSE(theorems::growth(sqrt(-n), PairFamily::Equal).has_value());
    EXPECT_FALSE(theorems::growth(exp(n), PairFamily::Equal).has_value());
}

/// Every pair used as a counterexample lies in both regimes.
TEST(RegimePairs, LieInBothRegimes)
{
    ASSERT_GT(theorems::regime_pairs().size(), 20U);
    for (const theorems::ExplicitPair& pair : theorems::regime_pairs()) {
        EXPECT_TRUE(is_true(theorems::in_theorem_regime(pair.n, pair.d)));
        EXPECT_TRUE(is_true(theorems::in_appendix_regime(pair.n, pair.d)));
    }
}

} // namespace attest::mutation_refutations_tests

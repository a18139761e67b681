#include "attest/ledger/runner.hpp"
#include "theorems/mutation_trials.hpp"
#include "theorems/registry.hpp"

#include <gtest/gtest.h>

// Wrong statements that a check once let pass and that `attest mutate` brought to light.
namespace attest::mutation_trials_tests {

using ledger::Statement;
using ledger::Verdict;

/// A claim's statement that holds, changed in one place.
struct OnceMissed {
    const char* id;
    std::function<void(Statement&)> change;
};

Expr t()
{
    return Expr::symbol("t");
}

const std::vector<OnceMissed>& once_missed()
{
    static const std::vector<OnceMissed> all = {
        // r stays constant: r/t does not tend to 1.
        {"appA/pre-ln/limits", [](Statement& s) { s.words["scheme"] = "ngpt"; }},
        {"appA/peri-ln/limits", [](Statement& s) { s.words["scheme"] = "post-ln"; }},
        // Only coordinates of one sign were looked at.
        {"appD/lemma-d1/energy-decrease",
         [](Statement& s) { s.formulas.at("bound") = -Expr::symbol("v") / Expr::symbol("C"); }},
        // Its derivative is that of log t, and it has no value.
        {"appC/remark/pre-ln", [](Statement& s) { s.formulas.at("exponent") = 2 * log(-t()); }},
        // The square of the side is smaller, and the side is not real.
        {"appB/n-vs-sqrt-d", [](Statement& s) { s.formulas.at("rhs") = sqrt(-Expr::symbol("d")); }},
        {"appD.3/step4/jacobian", [](Statement& s) { s.words["scheme"] = "post-ln"; }},
        {"sec4.1/random-approximation",
         [](Statement& s) { s.numbers["deviation"] = Rational(-1, 10); }},
        // This one ended the program: a list without a first element.
        {"thm4.1/sqrt-scaling/terminal-velocity", [](Statement& s) { s.words["scheme"] = "ngpt"; }},
        // Undecided: a norm below a negative number.
        {"appB/eq3", [](Statement& s) { s.formulas.at("bound") = -s.formulas.at("bound"); }},
        // Parts that were not read.
        {"appC/projection-sum/second", [](Statement& s) { s.words["relation"] = "="; }},
        {"sec2.3/sphere-invariance", [](Statement& s) { s.words["ngpt"] = "off the sphere"; }},
    };
    return all;
}

TEST(OnceMissed, DoesNotPass)
{
    const ledger::Registry registry = theorems::make_registry();
    ledger::Effort control;
    control.control = true;
    for (const OnceMissed& one : once_missed()) {
        const ledger::Claim* claim = registry.find(one.id);
        ASSERT_NE(claim, nullptr) << one.id;
        Statement statement = claim->amended ? *claim->amended : claim->printed;
        one.change(statement);
        for (const ledger::Effort& effort : {control, ledger::Effort{}}) {
            EXPECT_NE(ledger::ask(*claim, statement, effort).verdict, Verdict::Holds) << one.id;
        }
    }
}

/// Formula `name` of a statement with one symbol replaced.
std::function<void(Statement&)> replaced(const std::string& name, const std::string& symbol,
                                         const Expr& by)
{
    return [=](Statement& s) { s.formulas.at(name) = s.formulas.at(name).substitute(symbol, by); };
}

// False statements that no route refuted: the points, clouds and systems that were tried had equal
// or unit values, s_k >= 1, the least delta, few tokens, or no value at all.
const std::vector<OnceMissed>& once_undecided()
{
    const auto symbol = [](const char* name) { return Expr::symbol(name); };
    static const std::vector<OnceMissed> all = {
        {"sec3/gradient-identity", replaced("modulator", "s", symbol("Z"))},
        {"sec3/gradient-flow", [](Statement& s) { s.formulas.at("modulator") = Expr(0); }},
        {"sec3/lojasiewicz-extends",
         [](Statement& s) { s.formulas.at("rate pre-ln") = -s.formulas.at("rate pre-ln"); }},
        {"appD.3/dynamics", replaced("section 3", "jk", symbol("beta"))},
        {"appD.3/dynamics", replaced("appendix D.3", "y", Expr(1))},
        {"appD.3/step2/modulator", replaced("lower", "high", symbol("low"))},
        {"appD.3/step5/back-to-time-zero", [](Statement& s) { s.words.at("scheme") = "mix-ln"; }},
        {"appD/lemma-d1/energy-decrease",
         [=](Statement& s) { s.formulas.at("bound") = -symbol("v"); }},
        {"appD/lemma-d1/dyadic-l2", replaced("last", "T", Expr(1))},
        {"appD/lemma-d1/dyadic-l1", replaced("bound", "root", Expr(1))},
        // A root of what is negative.
        {"appC/i2-bound", replaced("bound", "delta", -symbol("delta"))},
        // s_k < 1.
        {"appC/i1/upper", replaced("rhs", "maxs", pow(symbol("maxs"), 2))},
        // False from 10^11 tokens on.
        {"appC/eq5/lower",
         [](Statement& s) {
             s.formulas.at("lhs") = Expr(Rational(1000001, 1000000)) * s.formulas.at("lhs");
         }},
        {"appC/cone-persistence",
         [](Statement& s) { s.numbers.at("largest") = Rational(1000001, 1000000); }},
        // delta > 2, which a small beta allows.
        {"appC/constants",
         [=](Statement& s) {
             s.formulas.at("lhs") = s.formulas.at("lhs").substitute("n", symbol("delta"));
         }},
        // A token among others that hardly move.
        {"appC/s-range/pre-ln/lower", replaced("bound", "delta", pow(symbol("delta"), 2))},
        {"appC/s-range/pre-ln/upper", [](Statement& s) { s.words.at("relation") = "="; }},
        {"appC/rates-from-eq5", [](Statement& s) { s.numbers.at("cone") = 50; }},
        // One part in 10^6 of a limit.
        {"appC/main-terms",
         [](Statement& s) {
             s.formulas.at("main upper") =
                 Expr(Rational(1000001, 1000000)) * s.formulas.at("main upper");
         }},
    };
    return all;
}

TEST(OnceUndecided, IsRefuted)
{
    const ledger::Registry registry = theorems::make_registry();
    ledger::Effort control;
    control.control = true;
    for (const OnceMissed& one : once_undecided()) {
        const ledger::Claim* claim = registry.find(one.id);
        ASSERT_NE(claim, nullptr) << one.id;
        Statement statement = claim->amended ? *claim->amended : claim->printed;
        one.change(statement);
        const ledger::Judgement answer = ledger::ask(*claim, statement, control);
        EXPECT_EQ(answer.verdict, Verdict::Fails) << one.id;
        EXPECT_TRUE(answer.counterexample) << one.id;
    }
}

} // namespace attest::mutation_trials_tests

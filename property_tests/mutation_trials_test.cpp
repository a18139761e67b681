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

} // namespace attest::mutation_trials_tests

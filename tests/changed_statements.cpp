#include "tests/changed_statements.hpp"

#include "attest/ledger/runner.hpp"
#include "theorems/registry.hpp"

#include <gtest/gtest.h>

namespace attest::testing {

void put(ledger::Statement& statement, const std::string& name, const Expr& formula)
{
    statement.formulas.insert_or_assign(name, formula);
}

void expect_verdicts(const std::vector<ChangedStatement>& statements)
{
    const ledger::Registry registry = theorems::make_registry();
    ledger::Effort control;
    control.control = true;
    for (const ChangedStatement& one : statements) {
        const ledger::Claim* claim = registry.find(one.id);
        ASSERT_NE(claim, nullptr) << one.id;
        ledger::Statement statement = claim->amended ? *claim->amended : claim->printed;
        one.change(statement);
        std::string shown;
        for (const auto& [name, formula] : statement.formulas) {
            shown += " " + name + " = " + formula.text() + ";";
        }
        const ledger::Verdict verdict = ledger::ask(*claim, statement, control).verdict;
        EXPECT_EQ(verdict, one.verdict) << one.id << ":" << shown << " " << to_string(verdict);
    }
}

} // namespace attest::testing

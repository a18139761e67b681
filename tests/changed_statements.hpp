#pragma once

#include "attest/ledger/claim.hpp"

#include <functional>
#include <string>
#include <vector>

namespace attest::testing {

/// A claim's statement (the amended one, if there is one) with something changed, and what the
/// claim's check has to say of it.
struct ChangedStatement {
    std::string id;
    std::function<void(ledger::Statement&)> change;
    ledger::Verdict verdict;
};

/// One formula of the statement replaced.
void put(ledger::Statement& statement, const std::string& name, const Expr& formula);

/// Asks the checks, as for planted faults.
void expect_verdicts(const std::vector<ChangedStatement>& statements);

} // namespace attest::testing

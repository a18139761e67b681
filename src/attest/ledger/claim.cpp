#include "attest/ledger/claim.hpp"

namespace attest::ledger {

Statement relation(const Expr& lhs, const std::string& sign, const Expr& rhs)
{
    Statement statement;
    statement.latex = lhs.latex() + " " + sign + " " + rhs.latex();
    statement.formulas = {{"lhs", lhs}, {"rhs", rhs}};
    return statement;
}

std::vector<Fault> faults_of(const Statement& statement, const std::string& formula_name)
{
    std::vector<Fault> faults;
    for (NearMiss& miss : near_misses(statement.formulas.at(formula_name))) {
        Fault fault{miss.change, statement};
        fault.statement.formulas.at(formula_name) = std::move(miss.formula);
        faults.push_back(std::move(fault));
    }
    return faults;
}

} // namespace attest::ledger

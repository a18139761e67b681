#pragma once

#include "attest/ledger/result.hpp"
#include "attest/numbers/expr.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace attest::chance {
class EnsembleArchive;
}

namespace attest::ledger {

/// How hard a run works. Checks read it; they do not know the profile's name.
struct Effort {
    long digits = 30; ///< digits that numbers are computed to
    unsigned long long seed = 20251;
    int threads = 1;
    enum class Level { Quick, Standard, Deep } level = Level::Quick;
    /// Set while a planted fault is tried: the check may stop at the first refutation.
    bool control = false;
    /// Where checks keep the runs of ensembles, so that a killed process loses little of them;
    /// nothing: in memory only. It is made by the program and only handed on here.
    std::shared_ptr<chance::EnsembleArchive> ensembles = {};
};

/// A statement in machine form: named formulas, exact numbers and words that its check reads.
/// The check decides this object and nothing else; it never sees an id.
struct Statement {
    std::string latex;                    ///< as the report prints it; made from parts where it can
    std::map<std::string, Expr> formulas; ///< "lhs", "rhs", "law", ...
    std::map<std::string, Rational> numbers;  ///< exponents, constants, levels
    std::map<std::string, std::string> words; ///< scheme names, orderings, readings of a text
};

/// A variant of a statement that its check must refute.
struct Fault {
    std::string change;
    Statement statement;
};

/// A row of the inventory together with what is needed to decide it.
struct Claim {
    std::string id = {};
    Statement printed = {};
    /// Given where the printed statement fails: the nearest one that holds.
    std::optional<Statement> amended = {};
    std::function<Judgement(const Statement&, const Effort&)> check = {};
    /// Near misses of the statement that holds (the amended one, if present).
    std::vector<Fault> faults = {};
    std::vector<std::string> depends_on = {};
    std::string witness = {};
    std::string note = {};
};

/// The LaTeX of "lhs relation rhs".
Statement relation(const Expr& lhs, const std::string& sign, const Expr& rhs);

/// Faults made from every single-place variant of one named formula of a statement.
std::vector<Fault> faults_of(const Statement& statement, const std::string& formula_name);

} // namespace attest::ledger

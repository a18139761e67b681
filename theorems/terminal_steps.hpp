#pragma once

#include "theorems/support.hpp"

#include <string>
#include <vector>

/// The machine-checked steps of an argument that is written out in docs/mathematics.md.
namespace attest::theorems {

/// A list of hypotheses, each decided by exact algebra for all n >= 2, beta >= 0, gamma in [0, 1]
/// and positive other symbols, each with its certificate. The argument that rests on them holds
/// when every one came out true.
class Steps {
public:
    /// lhs = rhs.
    void identity(const std::string& says, const Expr& lhs, const Expr& rhs);
    /// lhs >= rhs.
    void at_least(const std::string& says, const Expr& lhs, const Expr& rhs);
    /// formula -> limit as gamma -> 1.
    void limit_at_one(const std::string& says, const Expr& formula, const Expr& limit);
    /// formula >= 0 for beta >= 0, by Taylor's formula at beta = 0: its first `order` derivatives
    /// are >= 0 there (the zeroth included) and the next one is >= 0 for all beta >= 0.
    void nonnegative_in_beta(const std::string& says, const Expr& formula, int order = 1);
    /// Whatever else was decided exactly.
    void decided(const std::string& says, Truth outcome);
    void append(const Steps& more);

    /// True when there are steps and all of them are true; Unknown otherwise: a step that is not
    /// proved refutes nothing.
    Truth outcome() const;
    std::size_t size() const noexcept { return steps_.size(); }
    /// "says; says; ...": the open ones first, and at most 16 of the others.
    std::string text() const;
    const std::vector<ledger::Certificate>& certificates() const noexcept { return certificates_; }
    /// Evidence of strength exact whose outcome is that of the steps and `more`.
    Evidence evidence(const std::string& route, const std::string& conclusion, const Scope& scope,
                      Truth more = Truth::True) const;
    /// Evidence that the statement fails, when every step is true.
    Evidence refutation(const std::string& route, const std::string& conclusion,
                        const Scope& scope) const;

private:
    struct Step {
        std::string says;
        Truth outcome;
    };
    std::vector<Step> steps_;
    std::vector<ledger::Certificate> certificates_;
};

/// lhs - rhs = 1 - r_0, so that lhs = rhs fails for every r_0 but 1.
Evidence differs_unless_r0_is_one(const Expr& lhs, const Expr& rhs);

/// The formula with one subformula, wherever it occurs, replaced by another.
Expr replace_formula(const Expr& formula, const Expr& part, const Expr& replacement);

} // namespace attest::theorems

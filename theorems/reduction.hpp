#pragma once

#include "attest/proof/algebra.hpp"
#include "attest/proof/extended_range.hpp"
#include "theorems/support.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

/// Statements about configurations of any size that become scalar: sums over tokens are written in
/// their moments, quantities with a sign as non-negative symbols, and what is left is decided by
/// exact algebra over ranges of the symbols. Beside it the statement is evaluated at explicit
/// configurations, which is where false ones find their counterexample.
namespace attest::theorems {

using Ranges = std::map<std::string, proof::ExtendedRange>;

/// [lo, infinity) and [lo, hi].
proof::ExtendedRange from(const Rational& lo);
proof::ExtendedRange between(const Rational& lo, const Rational& hi);

/// lhs >= rhs for all values of the symbols in ranges with a lower end: a symbol of [lo, inf) is
/// lo + p, one of [lo, hi] is (lo + hi k)/(1 + k), p, k >= 0; exp(beta) is 1 + y, and with gamma in
/// [0, 1] exp(beta*gamma) is 1 + x, exp(beta) is (1 + x)(1 + y). Then, as in proof::at_least,
/// non-negative coefficients of the difference or of the difference of squares. The end k = inf
/// follows by continuity.
proof::AlgebraicProof at_least_on(const Expr& lhs, const Expr& rhs, const Ranges& ranges);
/// lhs > rhs: the difference in addition has a constant term. The end hi of a
/// range [lo, hi] is left out.
proof::AlgebraicProof greater_on(const Expr& lhs, const Expr& rhs, const Ranges& ranges);
/// Certificate of kind "at-least"; nothing where the proof was not found.
std::optional<std::string> at_least_certificate_on(const Expr& lhs, const Expr& rhs,
                                                   const Ranges& ranges,
                                                   const proof::AlgebraicProof& proof);

/// The mean over the tokens of a polynomial in symbols that stand for a quantity of each token, as
/// a linear combination of moments: with tokens {"u", "w"}, u w^2 becomes mean_u_w2. Every other
/// symbol is common to all tokens. Degree at most 4 in each; throws DomainError otherwise.
Expr mean_over_tokens(const Expr& polynomial, const std::vector<std::string>& tokens);

/// How the quantities of a statement are expressed for every configuration.
struct Reduction {
    std::string why;                                   ///< in words, for the evidence
    std::vector<std::pair<std::string, Expr>> symbols; ///< applied in this order
    Ranges ranges;                                     ///< of the symbols that are left
};

Expr reduced(const Expr& formula, const Reduction& reduction);

/// Values of a statement's symbols at one explicit configuration (of one token, one pair, ...).
struct Instance {
    std::vector<std::pair<std::string, std::string>> what; ///< the configuration in exact numbers
    std::map<std::string, Rational> exact;
    std::map<std::string, Ball> balls; ///< values that are not rational
};

/// One relation between formulas "lhs" and "rhs" (word "relation") at explicit configurations only:
/// a violation refutes and is the counterexample; nothing else is decided.
Judgement decide_at_instances(const Statement& statement, const Effort& effort,
                              const std::vector<Instance>& instances);

/// One relation between formulas "lhs" and "rhs"; word "relation" is "=", ">=", "<=" or "<".
/// Evaluated at the instances, exactly where all values are rational: a violation refutes and is
/// the counterexample. Then proved on the reduction by exact algebra with the scope given.
Judgement decide_reduced(const Statement& statement, const Effort& effort,
                         const Reduction& reduction, const std::vector<Instance>& instances,
                         const Scope& scope);

/// A part of a statement: names of two of its formulas (any other name is a symbol) and a relation
/// or the word that holds it.
struct NamedPart {
    std::string lhs;
    std::string relation;
    std::string rhs;
};

/// All parts, decided with the same reduction; the first one that fails is the answer.
Judgement decide_parts(const Statement& statement, const Effort& effort,
                       const std::vector<NamedPart>& parts, const Reduction& reduction,
                       const std::vector<Instance>& instances, const Scope& scope);

/// A statement with formulas "lhs", "rhs" and its relation.
Statement relation_part(const Expr& lhs, const std::string& sign, const Expr& rhs);

/// Evidence that does not carry the verdict: a sharper constant or an exact region.
Evidence remark(const std::string& route, const std::string& detail, Truth outcome,
                const Scope& scope, std::vector<ledger::Certificate> certificates = {});

/// lhs = rhs with its certificate, lhs >= rhs with its certificate, both collected; for remarks
/// that rest on several steps.
class StepsOnRanges {
public:
    void identical(const Expr& lhs, const Expr& rhs);
    void at_least(const Expr& lhs, const Expr& rhs, const Ranges& ranges);
    Truth outcome() const { return outcome_; }
    const std::vector<ledger::Certificate>& certificates() const { return certificates_; }

private:
    Truth outcome_ = Truth::True;
    std::vector<ledger::Certificate> certificates_;
};

} // namespace attest::theorems

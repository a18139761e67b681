#pragma once

#include "attest/numbers/expr.hpp"
#include "attest/numbers/flat_formulas.hpp"
#include "attest/proof/algebra.hpp"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// Writers of certificates: JSON text from which the program attest-check establishes a result
/// again with arithmetic of its own. Format and meaning: docs/certificates.md. None of them proves
/// anything; what is written here is believed only because it can be checked.
namespace attest::proof {

/// Ends of a range as the certificate prints them: "2", "inf".
using TextRanges = std::map<std::string, std::pair<std::string, std::string>>;

/// n >= 2, beta >= 0, 0 <= gamma <= 1 and [0, inf] for every other symbol of the formulas: the
/// ranges of proof::at_least and proof::limit_at_one.
TextRanges symmetric_ranges(const std::vector<Expr>& formulas);

/// lhs = rhs wherever both are defined.
std::string identity_certificate(const Expr& lhs, const Expr& rhs);
/// lhs >= rhs over the symmetric ranges; nothing where the proof was not found.
std::optional<std::string> at_least_certificate(const Expr& lhs, const Expr& rhs,
                                                const AlgebraicProof& proof);
/// formula -> limit as gamma -> 1; nothing where the proof was not found.
std::optional<std::string> limit_certificate(const Expr& formula, const Expr& limit,
                                             const AlgebraicProof& proof);
/// lhs relation rhs ("<", ">", "<=", ">=", "!=") at an exact point.
std::string point_certificate(const Expr& lhs, const std::string& relation, const Expr& rhs,
                              const std::map<std::string, Rational>& point);

} // namespace attest::proof

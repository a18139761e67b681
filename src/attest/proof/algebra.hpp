#pragma once

#include "attest/numbers/expr.hpp"
#include "attest/numbers/symbolic.hpp"

#include <optional>
#include <string>

namespace attest::proof {

/// lhs = rhs wherever both are defined, for all real values of the symbols with n >= 1 and
/// non-negative others where square roots occur. True is a proof by exact algebra (normal form of
/// rational functions with exponentials and square roots as free symbols). Unknown: no proof found.
Truth identical(const Expr& lhs, const Expr& rhs);

/// A proof, or the lack of one, with the certificate in words.
struct AlgebraicProof {
    Truth outcome = Truth::Unknown;
    std::string certificate;
    std::string method = {};          ///< "difference", "squares", "value": how it was found
    std::optional<Expr> reduced = {}; ///< limit_at_one: the quotient (its square) in lowest terms
};

/// lhs >= rhs for all n >= 2, beta >= 0, 0 <= gamma <= 1 and positive values of the other symbols.
/// With n = 2+p, gamma = 1/(1+k), e^{beta gamma} = 1+x, e^beta = (1+x)(1+y) and p, k, x, y >= 0,
/// the difference (or, where square roots occur, the difference of squares of two non-negative
/// sides) is a quotient of polynomials with non-negative coefficients. gamma = 0 follows by
/// continuity.
AlgebraicProof at_least(const Expr& lhs, const Expr& rhs);

/// formula -> limit as gamma -> 1, for all n >= 2, beta >= 0 and positive other symbols: the
/// formula is a quotient in lowest terms whose value at gamma = 1 exists; where square roots occur,
/// the same of the squares of two non-negative sides.
AlgebraicProof limit_at_one(const Expr& formula, const Expr& limit);

} // namespace attest::proof

#pragma once

#include "theorems/reduction.hpp"

#include <optional>
#include <vector>

/// Further proofs of Appendix C's inequalities and of statements near them: by cases, and by bounds
/// sharper than the printed ones.
namespace attest::theorems {

/// Reductions that together cover every configuration.
using Cases = std::vector<Reduction>;

/// What the scope of a proof by one of the further routes says beyond that of the printed one.
inline constexpr const char* outside_of_print =
    ", for clouds in the cone delta < 1/(100 n^2 beta^2) at which both sides have a value";

/// As decide_reduced; where its reduction gives no proof and no instance refutes, the others are
/// tried in turn: the relation is proved where it, or the one that is written for it, is on each
/// case.
Judgement decide_by_any(const Statement& statement, const Effort& effort, const Reduction& first,
                        const std::vector<Cases>& others, const std::vector<Instance>& instances,
                        const Scope& scope, const std::optional<Statement>& rewritten = {});

/// x^{k/2} as a power of the root of x, which exact algebra reads.
Expr with_roots(const Expr& formula);

/// The relation with 1 + grown for its exponential e^X, 1/(1 + grown) for e^{-X}, where it has only
/// one.
Statement with_growth(const Statement& relation);

/// The relation with 1 + root for one of its square roots that are at least 1 for n >= 2, each in
/// turn.
std::vector<Statement> with_a_large_root(const Statement& relation);

/// For the only exponential e^X or e^{-X} of a relation a number c with e^x - 1 <= c (e^X - 1), x =
/// beta sqrt(2 delta) < sqrt(2)/10 or any x >= 0 where c = 1; nothing where none was found.
std::optional<Rational> largest_growth(const Statement& relation);

/// For middle <= last, middle with an exponential e^Y or none, last with e^X or none: 1 + grown for
/// e^X and 1 + fraction grown for e^Y where 0 <= Y <= X, 1 + grown for the only one. Nothing where
/// this is not certain.
struct TwoGrowths {
    Statement relation;
    bool small = false; ///< grown is at most e^x - 1
};
std::optional<TwoGrowths> with_growths(const Statement& relation);

/// with_growth for an exponent X with 0 <= X <= x (V <= delta): 1 + fraction grown, where grown is
/// e^x
/// - 1 and fraction is in [0, 1]. The relation itself without exponentials; nothing for other ones.
std::optional<Statement> with_part_of_growth(const Statement& relation);

/// A relation between rate = V' (or I1, I2 with V' = I1 + I2) and a formula in n, V, delta, beta,
/// maxs, mins: proofs of it from |I_2| <= (e^x - 1) V/min s, x = beta sqrt(2 delta). With v_k =
/// theta_k - mean, which add up to 0, delta_k = sum_j (w_kj - c) v_j for the middle c of the
/// weights' range, at most (e^x - 1)/n long, so that |delta_k| <= (e^x - 1)/2 times the mean R of
/// |v_k|, and |I_2| <= (2/min s) R (e^x - 1) R/2 with R^2 <= V.
std::vector<Cases> proofs_from_second_part(const Statement& relation, bool upper);

} // namespace attest::theorems

#pragma once

#include "theorems/appendix_b_rates.hpp"

/// Statements "with probability at least 1 - n^{-C}: quantity <= C g(n, d)" for the random vectors
/// of Theorem 4.2 and Appendix B. Proved from explicit concentration bounds, refuted by moments
/// along explicit pairs (n, d); docs/mathematics.md, section on Theorem 4.2.
namespace attest::theorems {

/// A lower bound that holds with probability at least 1 - failing for the Q, K, V named.
struct LowerTail {
    std::string setting;
    std::string why;
    PairFamily family;
    Expr value;           ///< in n, d, e
    Expr failing;         ///< in n, d, e
    Rational first_n = 2; ///< explicit pairs are taken with n at least this
    /// It is shown for the pairs of its family only; the others are bounds for all n and d.
    bool only_there = false;
    /// Its value has logarithms: compared by leading terms only.
    bool by_growth = false;
};

/// An upper bound in n, d, log n, e and root, with probability at least 1 - n^{-a}, root =
/// sqrt(2(a + shift)), for all Q, K, V that the theorem allows and n log n >= d.
struct RandomQuantity {
    std::string name;
    std::string what;
    std::string why;
    Expr upper;
    long shift = 0;
    std::vector<LowerTail> lower;
    std::string at_equal_tokens; ///< it is at least 1/2 there, for the weights named; empty: not so
    /// For all n, d and weights Q^T K = V = I it is positive with positive probability: it is so
    /// for equal tokens.
    bool positive = false;
    /// A multiple of this, times 1 + root (+ root^2), bounds `upper`; 0: `upper` is short itself.
    Expr known = Expr(0);
};

/// The known ones: "mean": |(1/n) sum theta_k|; "X mean": |(1/n) sum X_k theta_k|; "max X":
/// max_{k<n} |X_k|; "weight": max_{k<n} |w_k - 1/n - X_k/n|; "remainder": |sum (w_k - 1/n - X_k/n)
/// theta_k|; "A": max_j |A_j|. Throws InputError for any other name.
const RandomQuantity& random_quantity(const std::string& name);

/// Throws DomainError where a formula in n, d has no value at n = d = 100.
void require_value(const Expr& formula);

/// Three-valued comparison of rates for a quantity that need not be random: refuted_by_moments,
/// then bounded_by; the evidence of the proof names `route` and carries `more`, the steps that lead
/// to its upper bound.
Judgement decide_rate(const RandomQuantity& quantity, const Expr& g, const Effort& effort,
                      const std::string& route, const StepsOnRanges& more);

/// The statement with formula "bound" (g, symbols n, d, log(n)), words "quantity", "probability"
/// ("1 - n^-C" or "1") and "regime" ("theorem" or "appendix").
Judgement check_tail(const Statement& statement, const Effort& effort);

/// Is g >= const times the upper bound of the quantity on the regime? The least kappa of 1, 2, 4,
/// ..., 65536 with U <= kappa (1 + root) g (or (1 + root + root^2) g), proved by exact algebra.
struct UpperTail {
    Truth outcome = Truth::Unknown; ///< never False
    long kappa = 0;
    bool square = false;
    std::optional<long> root; ///< with C = root^2/2 - shift the same letter does for both places
    std::vector<ledger::Certificate> certificates;
    std::string chart; ///< the facts about the regime that it takes beyond n log n >= d
};
/// The charts that know d >= log^2 n are used where the regime has it.
UpperTail bounded_by(const RandomQuantity& quantity, const Expr& g, bool log_square_below_d);

/// The first lower bound of the quantity that no multiple of g reaches, by exact algebra or by
/// leading terms, or a pair of the regime where g is negative or is 0 and the quantity is not; with
/// the evidence that the statement fails and a counterexample for C = 10. Throws DomainError where
/// g has no value at a pair of the regime and nothing refutes it.
std::optional<Judgement> refuted_by_moments(const RandomQuantity& quantity, const Expr& g,
                                            const Effort& effort);

/// Machine-checked steps of the concentration bounds.
StepsOnRanges bounded_difference_steps();
StepsOnRanges sphere_moment_steps();
StepsOnRanges moment_lower_bound_steps();
/// For Q^T K = I and d >= 2^16: |n w_k - 1 - X_k| >= 1/(38d) for (n-1)/26 tokens but for
/// probability 208/n, and |sum (w_k - 1/n - X_k/n) theta_k| >= 1/(400 d sqrt n) but for 16/d +
/// 208/n.
StepsOnRanges linearisation_lower_bound_steps();
/// For Q^T K = I, d >= 2^16 and log n >= 9: max X_k^2 >= log n/(8d) but for probability 32/sqrt n.
StepsOnRanges largest_steps();
/// On n = d >= 9^16 and on n = 3^k, d = k n, k >= 14: |sum (w_k - 1/n - X_k/n) theta_k| >= 1/(2n)
/// with probability 1 - 1/n for Q^T K = V = I.
StepsOnRanges remainder_lower_bound_steps();

} // namespace attest::theorems

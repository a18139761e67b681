#pragma once

#include "theorems/reduction.hpp"

#include <string>
#include <string_view>
#include <vector>

/// Theorem 4.3 for all parameters: what is proved of -Var'/Var in the cone, in steps of exact
/// algebra. The argument between the steps is docs/mathematics.md, section "Theorem 4.3".
namespace attest::theorems {

/// Steps with what each one says.
class ToldSteps {
public:
    void identical(const std::string& says, const Expr& lhs, const Expr& rhs);
    void at_least(const std::string& says, const Expr& lhs, const Expr& rhs, const Ranges& ranges);
    /// formula -> limit as gamma -> 1, see proof::limit_at_one.
    void limit_at_one(const std::string& says, const Expr& formula, const Expr& limit);
    void append(const ToldSteps& more);
    /// True when all are; Unknown otherwise.
    Truth outcome() const;
    std::string text() const;
    const std::vector<ledger::Certificate>& certificates() const { return certificates_; }
    Evidence evidence(const std::string& route, const std::string& conclusion, const Scope& scope,
                      Strength strength = Strength::Exact) const;

private:
    void add(const std::string& says, Truth outcome, std::optional<std::string> certificate);

    Truth outcome_ = Truth::True;
    std::vector<std::string> says_;
    std::vector<std::string> open_;
    std::vector<ledger::Certificate> certificates_;
};

/// A formula over t in lowest terms, where no root is left in it; itself otherwise.
Expr without_roots(const Expr& formula);

/// The least product of two tokens never falls while it is >= 0, and grows like
/// (1 - product) e^{-x}/(n max s).
const ToldSteps& cone_persistence_steps();

/// V' <= -2V m (k (k - g) - (R - 1) g^2/4) and V' >= -2V M (1 + g), for speed factors with 1/s_k in
/// [m, M], R = M/m, k^2 = 1 - (1 - 1/n) delta, g = e^{beta sqrt(2 delta)} - 1 <= 1/(6n), delta <=
/// 1; |A_k| >= k, <theta_k, A_k> >= (23/25) k^2.
const ToldSteps& cone_rate_steps();

/// Both bounds in their limits: the two factors tend to 1 as delta -> 0 with R bounded.
const ToldSteps& cone_limit_steps();

/// min s/max s -> 1 for every scheme: from a time T on at which all products are >= 1 - eps, u = t
/// - T -> infinity; and Var > 0 for all t.
const ToldSteps& equal_speed_steps();

/// The decay of Var that is proved of a scheme for all admissible starts with delta < 1: the rate
/// -Var'/Var is between a and b times clock for all t >= from. Symbols n, delta, t, alpha, tau and
/// rho = max r_k(0) (Mix-LN: max r_k(tau)).
struct ConeRate {
    Expr clock{1};
    Expr from{0};
    Expr a{1};
    Expr b{1};
};
ConeRate cone_rate(std::string_view scheme);

/// V' from above and from below by the lemma, with the scheme's speed factors at a time t = from +
/// later put in: the symbol "rate" of a relation "rate <= ..." or "rate >= ...".
Reduction cone_rate_reduction(std::string_view scheme, bool upper, const Expr& from);

/// <theta_j(0), theta_k(0)> >= 1 - delta, delta < min(1, 1/(100 n^2 beta^2)), everything else free.
Scope cone_below_one(const std::string& more = {});

/// Two tokens at the same angle from their middle: the exact 1/s_k -> rate of Var for tiny delta.
/// Values of n, delta, V = 1 (per unit of Var), rate, t, alpha, tau, rho, r0 for the scheme at
/// times t >= from (over rho, tau; all t > 0 where it is absent), with equal and unequal r_k(0).
std::vector<Instance> close_pairs(std::string_view scheme, const std::optional<Expr>& from);

} // namespace attest::theorems

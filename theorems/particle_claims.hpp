#pragma once

#include "theorems/configurations.hpp"
#include "theorems/span.hpp"

/// Checks that several tables and sections share: what Table 1's continuous column implies for
/// directions and magnitudes, exactly for one token of any configuration and in balls for explicit
/// configurations.
namespace attest::theorems {

inline constexpr const char* orthonormal_witness =
    "n = d = 3, X = I, Q = K = V = I, beta = 1, alpha_t = 1, t = 0";

/// theta_j' = P A_j / s_j with s_j the formula "s" for the scheme named by the word "scheme". The
/// word "alpha" ("real" or "nonzero") says over which alpha_t; without it no alpha_t is excluded
/// because none occurs.
Judgement check_speed_factor(const Statement& statement, const Effort& effort);

/// r_j' = formula, for every formula of the statement; its name is the scheme's.
Judgement check_magnitudes(const Statement& statement, const Effort& effort);

/// The identity parts of check_speed_factor and check_magnitudes for one scheme, on the phases
/// where its row of Table 1 has a meaning, as statements "lhs" = "rhs".
std::vector<Statement> speed_factor_parts(std::string_view scheme, const Expr& s);
std::vector<Statement> magnitude_parts(std::string_view scheme, const Expr& r_dot);

/// Evidence from the whole particle system in balls: theta_j' s_j = P A_j (with s) or r_j' (with
/// r_dot) at explicit configurations, x_j' from Table 1's continuous column.
enum class TableTwoColumn { Speed, Magnitude };
Evidence compare_in_balls(std::string_view scheme, TableTwoColumn column, const Expr& formula,
                          const Effort& effort, std::optional<ledger::Counterexample>& found);

/// The formula has no value at the exact point: a division by zero in rational arithmetic.
bool divides_by_zero(const Expr& formula, const proof::Point& point);

} // namespace attest::theorems

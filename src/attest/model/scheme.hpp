#pragma once

#include "attest/numbers/functions.hpp"

#include <concepts>
#include <string_view>

namespace attest::model {

/// What the speed regulation of one token depends on (paper, Table 2): its magnitude r_j, its
/// attention vector A_j seen from its direction theta_j, and the time.
template <class T>
struct TokenView {
    T r;       ///< r_j = |x_j|
    T norm_A;  ///< |A_j(Theta)|
    T theta_A; ///< <theta_j, A_j(Theta)>
    T alpha;   ///< alpha_t (nGPT)
    T t;
    T late; ///< indicator of t > tau (Mix-LN): 0 or 1
};

/// A point of the symmetric reduction (paper, Section 4.1): all pairs of directions have cosine
/// similarity gamma, all magnitudes are r.
template <class T>
struct SymmetricPoint {
    T gamma;
    T r;
    T n;    ///< number of tokens
    T beta; ///< inverse temperature, >= 0
    T alpha;
    T t;
    T late;
};

/// A normalization scheme of the paper, or one's own: two formulas for any configuration of tokens
/// (Table 2) and two for the symmetric one (Appendix A), each written once for every number type.
///
/// - speed_factor: s_j of the normalized attention dynamics (NA), theta_j' = P_j A_j / s_j
/// - r_dot: d r_j / dt
/// - gamma_dot, symmetric_r_dot: the right sides printed in Appendix A
template <class S>
concept Scheme = requires(const TokenView<double>& token, const SymmetricPoint<double>& point)
{
    {
        S::name
        } -> std::convertible_to<std::string_view>; ///< "pre-ln": command line and ledger
    {
        S::title
        } -> std::convertible_to<std::string_view>; ///< "Pre-LN": reports
    {
        S::spherical
        } -> std::convertible_to<bool>; ///< r_j stays constant
    {
        S::speed_factor(token)
        } -> std::same_as<double>;
    {
        S::r_dot(token)
        } -> std::same_as<double>;
    {
        S::gamma_dot(point)
        } -> std::same_as<double>;
    {
        S::symmetric_r_dot(point)
        } -> std::same_as<double>;
};

} // namespace attest::model

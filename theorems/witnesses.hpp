#pragma once

/// Explicit configurations that satisfy the hypotheses of claims in several files.
namespace attest::theorems {

inline constexpr const char* symmetric_gram_witness =
    "n = 2 orthonormal tokens e_1, e_2 in R^2 (Gram matrix I)";
inline constexpr const char* symmetric_start_witness =
    "n = 2 orthonormal tokens e_1, e_2 in R^2 (Gram matrix I), r_0 = 1";
inline constexpr const char* symmetric_state_witness =
    "n = 2 orthonormal tokens e_1, e_2 in R^2 (Gram matrix I), r = 1, gamma = 0";
inline constexpr const char* orthogonal_pair_witness =
    "n = d = 2, theta_1 = e_1, theta_2 = e_2, Q = K = V = I, beta = 1";
inline constexpr const char* modulated_pair_witness =
    "n = d = 2, theta_1 = e_1, theta_2 = e_2, Q = K = V = I, beta = 1, r_j = 1, alpha_t = 1, t = 1";
inline constexpr const char* antipodal_witness =
    "n = d = 2, theta_2 = -theta_1, beta = 1: q_j* = tanh 1, m = 2, Q = 2";
inline constexpr const char* theorem_4_2_witness =
    "n = d = 16 (e^4 = 54.6 >= 16 log 16 = 44.3 >= 16), Q = K = V = I";
inline constexpr const char* figure_2_witness = "n = 256 orthonormal tokens in R^256";

} // namespace attest::theorems

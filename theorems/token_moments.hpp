#pragma once

#include "theorems/named_vectors.hpp"
#include "theorems/reduction.hpp"

/// Appendix C's sums over the tokens of a cloud, in moments of a_k = <theta_k, mean> and w_k =
/// 1/s_k.
namespace attest::theorems {

/// Inner products of theta_k and the mean: |theta_k| = 1, <theta_k, mean> = a, |mean|^2 = b.
InnerProducts token_products();

/// The mean over the tokens of a polynomial in a and w: the mean of a is |mean|^2 = b.
Expr token_mean(const Expr& polynomial);

/// V = (1/n) sum |theta_k - mean|^2.
Expr variance();

} // namespace attest::theorems

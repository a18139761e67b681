#pragma once

#include "theorems/support.hpp"

#include "attest/numbers/eigen.hpp"

#include <vector>

/// Theorem 4.2 for weights that an optimiser chooses: Q^T K and V with operator norm at most 1 that
/// make max_j |A_j| large, small n and d, double precision.
namespace attest::theorems {

/// The nearest matrix of operator norm at most 1: singular values cut at 1.
Matrix<double> cut_to_norm_one(const Matrix<double>& m);

/// max_j |V A_j|, A_j = sum_k e^{<theta_j, M theta_k>} theta_k / Z_j; tokens are columns.
double largest_attention(const Matrix<double>& theta, const Matrix<double>& M,
                         const Matrix<double>& V);

/// Weights chosen before the directions are drawn, as in the theorem: they maximise the mean of
/// max_j |V A_j| over some draws and are judged by others.
struct BlindAdversary {
    long n = 0;
    long d = 0;
    Matrix<double> M; ///< Q^T K; Q = M^T, K = I has it
    Matrix<double> V;
    double identity = 0; ///< mean over the fresh draws for M = V = I
    double mean = 0;     ///< the same for the weights found
    double largest = 0;  ///< over the fresh draws
    long fresh = 0;
    std::size_t evaluations = 0;
};
BlindAdversary blind_adversary(unsigned long long seed, long n, long d, long training, long fresh);

/// Weights chosen after the draw, which the theorem does not allow: more than any blind choice
/// reaches on that draw. V = I is best, and A_j depends on a = M^T theta_j alone, any vector of
/// length at most 1: the supremum is that of |sum e^{<a, theta_k>} theta_k|/Z over the ball.
struct SeeingAdversary {
    double found = 0;    ///< by the search over M and V
    double supremum = 0; ///< by the search over a
    double identity = 0;
};
SeeingAdversary seeing_adversary(unsigned long long seed, std::uint64_t run, long n, long d);

/// The bound that is proved (docs/mathematics.md, section 16) with probability at least 1 - 1/n.
double proved_attention_bound(long n, long d);

/// Both adversaries over small (n, d) against g and the proved bound; carries no verdict.
Evidence adversary_evidence(const Expr& g, const Effort& effort);

} // namespace attest::theorems

#pragma once

#include "attest/chance/stream.hpp"

#include <string_view>

/// Attention vectors A_j = (1/Z_j) sum_k e^{<theta_j, M theta_k>} theta_k (beta = 1, V = I, M = Q^T
/// K) of independent uniform directions, in double precision.
namespace attest::chance {

/// M with |M| <= 1: 0, I, -I, I/2, the cyclic shift of coordinates (orthogonal), u u^T for the
/// first coordinate vector u.
enum class Scores { Zero, Identity, MinusIdentity, HalfIdentity, Shift, RankOne };
std::string_view to_string(Scores scores);

struct AttentionLengths {
    double largest = 0; ///< max_j |A_j|
    double mean = 0;    ///< |(1/n) sum theta_k|
};

/// Of directions 0, ..., n-1 of the stream in R^d. Scores are formed and used in blocks of at most
/// 256 x 1024; memory n d + O(256 (d + 1024)). Throws InputError for n or d < 1.
AttentionLengths attention_lengths(const Stream& stream, long n, long d, Scores scores);

/// A coordinate of a uniform direction in R^d, exact in law up to rounding: the projection to two
/// coordinates has density proportional to (1 - |x|^2)^{(d-4)/2}, so that 1 - |x|^2 = U^{2/(d-2)}
/// and its angle is uniform (d >= 3; d = 2, 1: a cosine, a sign). Reads uniform numbers 2i and 2i
/// + 1.
double sphere_coordinate(const Stream& stream, std::uint64_t i, long d);

/// |A_n| and <theta_n, A_n> for M = c I, exact in law up to rounding, in time O(n) and memory O(1):
/// given theta_n the X_k/c are coordinates of independent directions, what is orthogonal to theta_n
/// are independent uniform directions of R^{d-1}, and the length of a sum that one such direction
/// is added to changes by R^2 -> R^2 + a^2 + 2 R a v with v an independent coordinate. Throws
/// InputError for n < 1 or d < 2.
struct OneToken {
    double length = 0;
    double along = 0;
};
OneToken one_token(const Stream& stream, long n, long d, double c);

} // namespace attest::chance

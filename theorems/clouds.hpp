#pragma once

#include "theorems/configurations.hpp"
#include "theorems/reduction.hpp"

#include <optional>
#include <string>
#include <vector>

/// Explicit clouds of unit vectors with rational coordinates, and the quantities that Appendix C
/// forms of them, in rational arithmetic wherever they are rational.
namespace attest::theorems {

struct Cloud {
    std::string name;
    Matrix<Rational> theta;  ///< d x n, unit columns
    std::vector<Rational> s; ///< n positive speed factors
    /// <theta_j, theta_k> >= 1 - delta for all j, k.
    Rational delta;
    Rational beta; ///< delta < 1/(100 n^2 beta^2); any beta >= 0 satisfies it for delta = 0
    std::optional<Matrix<Rational>> Q; ///< with |Q^T K| <= 1
    std::optional<Matrix<Rational>> K;
};

/// 1 - min <theta_j, theta_k>.
Rational least_delta(const Matrix<Rational>& theta);

/// Clouds of 2 to 6 tokens in 1 to 3 dimensions: two tokens at many angles, antipodal, equal,
/// orthonormal, simplices, one token off the others, and rational points of spheres drawn from
/// `seed`; s_k equal and different, above and below 1. delta is the least one and beta the largest
/// 64th that Theorem 4.3 allows with it (5 where every beta is), at most 5, or 0.
const std::vector<Cloud>& clouds();

/// Clouds with a delta larger than needed, up to 100, and a beta > 0 that it allows.
const std::vector<Cloud>& wide_clouds();

/// Any number of tokens at two places of the plane, V = I.
struct TwoClusters {
    Rational first; ///< number of tokens at theta_1
    Rational second;
    Rational product; ///< <theta_1, theta_2>
    Rational s_first;
    Rational s_second;
    Rational delta;
    Rational beta;
    std::string weights; ///< Q^T K in words
    Rational own;        ///< <Q theta_k, K theta_k>
    Rational to_second;  ///< <Q theta_1, K theta_2>
    Rational to_first;   ///< <Q theta_2, K theta_1>
};

/// The clusters with Q = K = I, or with Q^T K = -I.
TwoClusters attracted(Rational first, Rational second, const Rational& product, Rational s_first,
                      Rational s_second, Rational delta, Rational beta);
TwoClusters repelled(TwoClusters clusters);

/// Up to 10^12 tokens: one off all others, and halves.
const std::vector<TwoClusters>& two_clusters();

/// Values as of cloud_values, and V' under (NA) as a formula in beta.
Instance cluster_values(const TwoClusters& clusters);
/// For one token at each place in addition: a, projections, squares, sumg as in token_values, in
/// balls lengths = sum_j |P_k theta_j| and deviation = |sum_j (w_kj - 1/n) P_k theta_j|^2.
std::vector<Instance> cluster_token_values(const TwoClusters& clusters);
Expr rate_formula(const TwoClusters& clusters);

/// A cloud with a delta larger than needed: two equal tokens.
Cloud loose_cloud();

/// The cloud with Q a rotation by the angle of the 3-4-5 triangle and K = diag(-1/2, 1, ..).
Cloud with_weights(Cloud cloud);

/// The cloud with Q = I and K = -I: a token looks away from those near it.
Cloud opposed(Cloud cloud);

/// Three tokens with angles near 0, -1/50, 1/50, weights that favour the last one, and s_2, s_3 =
/// 10^9: the first token, almost at the mean and the only one that moves, is pushed away from it.
Cloud pushed_apart();
/// The same with smaller angles and larger weights, and with all s_k multiplied by 10^-18.
Cloud pushed_apart_strongly();
Cloud pushed_apart_fast();

/// V' of the cloud under (NA) with V = I as a formula in beta: sums of rationals times
/// exp(beta score).
Expr rate_formula(const Cloud& cloud);

/// Values for a whole cloud:
///  n, delta, beta, maxs, mins, V = (1/n) sum |theta_k - mean|^2, b = |mean|^2, S = sum (a_k^2 -
///  b), suma, sumaa = sums of a_k and a_k^2, I1 and I1half = (n/2) I1 as defined from projections,
///  diameter, far = the largest |theta_k - theta_j|^2 and |theta_k - mean|^2.
Instance cloud_values(const Cloud& cloud);

/// For one token k in addition: a = <theta_k, mean>, pull = <theta_k - mean, P_k mean>, second =
/// <-mean, mean - a theta_k>, projections = sum_j |P_k theta_j|^2, squares = sum_j (1 - g_j^2),
/// sumg = sum_j g_j with g_j = <theta_j, theta_k>.
std::vector<Instance> token_values(const Cloud& cloud);

/// Of all clouds, wide ones included, and of the clusters as a whole; computed once.
const std::vector<Instance>& all_cloud_values();
const std::vector<Instance>& all_token_values();

/// For every ordered pair of tokens of each of clouds(), without and with_weights, then of
/// wide_clouds(), without and opposed, in balls: w = w_kj and, for a third token i, score = <Q
/// theta_k, K theta_i> - <Q theta_k, K theta_j>, distance = |theta_i - theta_j|.
const std::vector<Instance>& weight_values();

/// All unit vectors theta_1..theta_n; all of those in the cone, and Q, K.
Scope all_directions(const std::string& more = {});
Scope cone(const std::string& more = {});

/// Two tokens that meet every hypothesis of Theorem 4.3.
inline constexpr const char* cone_witness =
    "n = 2, d = 2, theta_1 = (1, 0), theta_2 = (1599/1601, 80/1601), delta = 2/1601, beta = 1, "
    "Q = K = V = I, s_1 = s_2 = 1";

} // namespace attest::theorems

#pragma once

#include "attest/flow/taylor_system.hpp"
#include "attest/model/alpha.hpp"

#include <string>

namespace attest::chance {

/// The dynamics (NA) with Q = K = V = I over the pairwise cosines g<j>_<k>, j < k, and the
/// magnitudes where the scheme moves them: it closes on them (model/gram), so that neither
/// rotations nor the dimension d cost anything. The j-th term of A_j drops out of P_j A_j and is
/// left out, which keeps enclosures tight:
///   g_jk' = H_jk + H_kj,  H_jk = (1/s_j) sum_{l != j} w_jl (g_lk - g_jl g_jk).
/// Independent variable x. Where magnitudes move, t = from + e^x - 1 and their states are q<j> =
/// r_j e^-x (paper, Appendix D.1, with 1 + t in place of t): s_j is proportional to r_j, so that
/// dg/dx is g' with q in place of r, and dq/dx = r' - q. Otherwise t = from + x.
struct GramScheme {
    std::string scheme;
    long n = 2;
    Rational beta = 1;
    model::Alpha alpha = model::Alpha::constant(1); ///< nGPT
};

std::string cosine_name(long j, long k);
std::string magnitude_name(long j);
/// Whether the scheme moves magnitudes at some time, and whether it does so in a phase (`late` is
/// the indicator of t > tau).
bool has_magnitudes(const std::string& scheme);
bool moves_magnitudes(const std::string& scheme, bool late);

/// Throws InputError for an unknown scheme or n < 2.
flow::System gram_system(const GramScheme& setting, bool late, const Rational& from);

} // namespace attest::chance

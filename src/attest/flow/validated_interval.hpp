#pragma once

#include "attest/flow/taylor_field.hpp"

// Ends, widening and powers of two of balls, as the validated integrator needs them: at 64 bits,
// rounded outward.

namespace attest::flow::detail {

inline constexpr long interval_bits = 64;

Ball power_of_two(long exponent);
/// [0, h].
Ball from_zero(const Ball& h);
/// 2^log2 with a mantissa of 12 bits, rounded down.
Ball short_length(double log2);
/// log2 of the largest absolute value, or up to 1 more; minus infinity for 0.
double log2_magnitude(const Ball& x);
/// The smaller of two exact positive lengths.
Ball shorter(const Ball& a, const Ball& b);
/// Exact points not above and not below everything in the ball.
Ball lower_end(const Ball& x);
Ball upper_end(const Ball& x);
/// A ball with a short mantissa around [lo, hi], lo and hi exact.
Ball between(const Ball& lo, const Ball& hi);
/// The interval with at least that part of its width more on each side.
Ball widened(const Ball& x, double part);
/// sum_{k < terms} c_k s^k.
Ball horner(const ArbVector& c, std::size_t terms, const Ball& s, long bits);

} // namespace attest::flow::detail

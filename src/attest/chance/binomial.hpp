#pragma once

#include "attest/numbers/ball.hpp"
#include "attest/numbers/rational.hpp"

/// Exact confidence bounds of a probability from independent trials.
namespace attest::chance {

/// Encloses P(at least k successes in N independent trials of probability p), by the regularised
/// incomplete beta function I_p(k, N - k + 1). Throws InputError unless 1 <= N <= 10^7, 0 <= k <=
/// N and 0 <= p <= 1.
Ball binomial_tail(long k, long N, const Rational& p);

/// A lower confidence limit of a probability after k successes in N trials (Clopper and Pearson,
/// Biometrika 26, 1934): a p such that P(at least k successes) <= error/statements is proved for
/// every probability up to p. Rounded downward: below the exact limit by at most 10^-9 of the
/// smaller of it and its distance from 1, if at most by 2^-60. With it, all of `statements` such
/// claims hold together with confidence 1 - error (Bonferroni), whatever their dependence. 0 for k
/// = 0. Throws InputError as binomial_tail, and unless 0 < error < 1, statements >= 1; Undecidable
/// where the enclosures do not decide.
Rational probability_at_least(long k, long N, const Rational& error, long statements = 1);

/// The upper limit in the same sense, rounded upward: 1 minus the lower limit of failures.
Rational probability_at_most(long k, long N, const Rational& error, long statements = 1);

} // namespace attest::chance

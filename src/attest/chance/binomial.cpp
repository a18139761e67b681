#include "attest/chance/binomial.hpp"

#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"

#include <fmt/format.h>

#include <boost/math/special_functions/beta.hpp>

#include <algorithm>
#include <cmath>

namespace attest::chance {
namespace {

constexpr long most_trials = 10'000'000;
constexpr long attempts = 40;

/// Boost.Math's default is to compute in long double, and to prepare tables for that before main.
using in_double = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

void check(long k, long N)
{
    if (N < 1 || N > most_trials || k < 0 || k > N) {
        throw InputError(fmt::format("{} successes in {} trials: must be 0 to N of N in 1..{}", k,
                                     N, most_trials));
    }
}

/// Multiples of 2^-60 not above a number of (0, 1).
Rational dyadic_below(double p)
{
    const double scaled = std::floor(std::ldexp(p, 60));
    return Rational(Integer(std::max(scaled, 0.0))) / pow(Rational(2), 60);
}

/// P(at least k successes) <= level at p, and with it at every smaller probability; Unknown where
/// the enclosure at that many bits is too wide.
Truth tail_at_most(long k, long N, const Rational& p, const Rational& level)
{
    for (const long bits : {128L, 512L, 2048L}) {
        const PrecisionScope scope(bits);
        const Truth answer = less_equal(binomial_tail(k, N, p), Ball(level));
        if (!is_unknown(answer)) {
            return answer;
        }
    }
    return Truth::Unknown;
}

} // namespace

Ball binomial_tail(long k, long N, const Rational& p)
{
    check(k, N);
    if (p < 0 || p > 1) {
        throw InputError(fmt::format("probability {}: must be in [0, 1]", to_string(p)));
    }
    if (k == 0) {
        return Ball(1);
    }
    if (p == 0 || p == 1) {
        return Ball(p == 0 ? 0 : 1);
    }
    return k == N ? pow(Ball(p), N) : regularized_beta(Ball(k), Ball(N - k + 1), Ball(p));
}

Rational probability_at_least(long k, long N, const Rational& error, long statements)
{
    check(k, N);
    if (error <= 0 || error >= 1 || statements < 1) {
        throw InputError(fmt::format("error {} for {} statements: must be in (0, 1), at least 1",
                                     to_string(error), statements));
    }
    if (k == 0) {
        return 0;
    }
    const Rational level = error / statements;
    // A guess without guarantee; what counts is the proof at a slightly smaller number.
    const double guess =
        boost::math::ibeta_inv(static_cast<double>(k), static_cast<double>(N - k + 1),
                               level.convert_to<double>(), in_double());
    double step = 0x1p-50;
    for (long attempt = 0; attempt < attempts; ++attempt, step *= 2) {
        const double room = step * std::min(guess, 1 - guess);
        const Rational p = dyadic_below(guess - room);
        if (is_true(tail_at_most(k, N, p, level))) {
            return p;
        }
    }
    throw Undecidable(
        fmt::format("no lower limit proved for {} of {} at level {}", k, N, to_string(level)));
}

Rational probability_at_most(long k, long N, const Rational& error, long statements)
{
    check(k, N);
    return 1 - probability_at_least(N - k, N, error, statements);
}

} // namespace attest::chance

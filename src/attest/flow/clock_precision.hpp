#pragma once

#include "attest/model/parameters.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

namespace attest::flow {

/// Bits of the working precision that the tolerance of a quadrature leaves to rounding.
inline constexpr long quadrature_slack = 8;

/// Bits beyond those of the digits that the closed forms lose to the size of e^{beta n/(n-1)},
/// once, and in Arb's Ei at a large negative argument, twice as many again.
inline long bits_lost_to_beta(const model::SymmetricProblem& problem)
{
    const auto beta = problem.beta.convert_to<double>();
    const auto n = static_cast<double>(problem.n);
    return static_cast<long>(std::ceil(3 * 1.4427 * beta * n / (n - 1))) + 8;
}

/// Calls attempt() under rising working precision until it returns a value: the first time with
/// the bits of the digits plus extra_bits, then half as many again each time, up to 16 times the
/// former plus 4096. An attempt that throws Undecidable counts as one without a value.
/// Throws InputError for digits outside 1..100000, Undecidable with the last reason at the limit.
template <class Attempt>
auto with_rising_precision(long digits, long extra_bits, const std::string& what,
                           const Attempt& attempt)
{
    if (digits < 1 || digits > 100'000) {
        throw InputError(fmt::format("digits = {}: must lie in 1..100000", digits));
    }
    const long first = bits_for_digits(digits) + extra_bits;
    const long limit =
        std::min(maximum_working_bits, 16 * bits_for_digits(digits) + extra_bits + 4096);
    std::string reason = "enclosures too wide";
    for (long bits = first; bits <= limit; bits += bits / 2) {
        const PrecisionScope scope(bits);
        try {
            if (auto result = attempt()) {
                return std::move(*result);
            }
        } catch (const Undecidable& failure) {
            reason = failure.what();
        }
    }
    throw Undecidable(
        fmt::format("{}: {} digits not reached with {} bits ({})", what, digits, limit, reason));
}

} // namespace attest::flow

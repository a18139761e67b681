#include "attest/numbers/precision.hpp"

#include "attest/numbers/errors.hpp"
#include "attest/numbers/real.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace attest {
namespace {

// Two successive convergents of log10(2), so that conversions never depend on a rounded logarithm.
// No fraction with a smaller denominator lies between them, so floor(bits * below) is exact up to
// maximum_working_bits, and floor(digits / above) up to a million digits.
struct Fraction {
    long numerator;
    long denominator;
};
constexpr Fraction log10_2_below{1'936'274, 6'432'163};
constexpr Fraction log10_2_above{1'838'395, 6'107'016};

thread_local long current_bits = default_working_bits;

void set_real_precision(long bits)
{
    // Boost counts decimal digits and rounds them up to bits; one digit more never gives fewer.
    Real::thread_default_precision(static_cast<unsigned>(digits_for_bits(bits) + 1));
}

/// A new thread takes Boost's process-wide default, which has to be ours before any thread starts.
[[maybe_unused]] const bool default_is_set = [] {
    Real::default_precision(static_cast<unsigned>(digits_for_bits(default_working_bits) + 1));
    return true;
}();

} // namespace

long working_bits() noexcept
{
    return current_bits;
}

long bits_for_digits(long digits)
{
    if (digits < 1 || digits > 1'000'000) {
        throw InputError(fmt::format("digits = {}: must lie in 1..1000000", digits));
    }
    return digits * log10_2_above.denominator / log10_2_above.numerator + 1 + guard_bits;
}

long digits_for_bits(long bits) noexcept
{
    // An exponent range may allow more bits than any memory; the product must not overflow.
    constexpr long most = 1'000'000'000'000;
    return std::min(bits, most) * log10_2_below.numerator / log10_2_below.denominator;
}

PrecisionScope::PrecisionScope(long bits) : former_bits_(current_bits)
{
    if (bits < minimum_working_bits || bits > maximum_working_bits) {
        throw InputError(fmt::format("working precision = {} bits: must lie in {}..{}", bits,
                                     minimum_working_bits, maximum_working_bits));
    }
    current_bits = bits;
    set_real_precision(bits);
}

PrecisionScope::~PrecisionScope()
{
    current_bits = former_bits_;
    set_real_precision(former_bits_);
}

} // namespace attest

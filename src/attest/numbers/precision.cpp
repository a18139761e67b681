#include "attest/numbers/precision.hpp"

#include "attest/numbers/errors.hpp"
#include "attest/numbers/real.hpp"

#include <fmt/format.h>

namespace attest {
namespace {

// log10(2) between two rationals, so that conversions never depend on a rounded logarithm.
constexpr long log10_2_numerator = 30103;
constexpr long log10_2_denominator = 100000;

thread_local long current_bits = default_working_bits;

void set_real_precision(long bits)
{
    // Boost counts decimal digits and rounds them up to bits; one digit more never gives fewer.
    Real::thread_default_precision(static_cast<unsigned>(digits_for_bits(bits) + 1));
}

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
    return digits * log10_2_denominator / (log10_2_numerator - 1) + 1 + guard_bits;
}

long digits_for_bits(long bits) noexcept
{
    return bits * (log10_2_numerator - 1) / log10_2_denominator;
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

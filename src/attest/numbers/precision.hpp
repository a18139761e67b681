#pragma once

namespace attest {

/// Significand bits that Real and Ball operations of the calling thread use for new values.
/// Thread-local, so that no thread can change the precision of another; a thread starts with
/// default_working_bits.
long working_bits() noexcept;

inline constexpr long default_working_bits = 128;
inline constexpr long minimum_working_bits = 24;
inline constexpr long maximum_working_bits = 4'000'000;

/// Guard bits added to what the requested digits need: they absorb the rounding of a chain of
/// up to 2^guard_bits operations of relative error one unit in the last place each.
inline constexpr long guard_bits = 32;

/// Smallest number of bits b with 2^-b <= 10^-digits, plus guard_bits.
/// Throws InputError unless 1 <= digits <= 1'000'000.
long bits_for_digits(long digits);

/// Decimal digits that a significand of that many bits can hold: floor(bits * log10(2)).
long digits_for_bits(long bits) noexcept;

/// Sets the working precision of this thread for its lifetime and restores the former one.
/// Real values made inside have at least that many bits.
class PrecisionScope {
public:
    /// Throws InputError unless minimum_working_bits <= bits <= maximum_working_bits.
    explicit PrecisionScope(long bits);
    ~PrecisionScope();
    PrecisionScope(const PrecisionScope&) = delete;
    PrecisionScope& operator=(const PrecisionScope&) = delete;
    PrecisionScope(PrecisionScope&&) = delete;
    PrecisionScope& operator=(PrecisionScope&&) = delete;

private:
    long former_bits_;
};

} // namespace attest

#pragma once

#include <string>
#include <string_view>

namespace attest::report {

/// Which way a decimal string is rounded when digits are dropped.
enum class Rounding { Down, Up };

/// The decimal number with at most that many significant digits, rounded toward minus (Down) or
/// plus (Up) infinity, so that an enclosure [lo, hi] stays one: "-0.012345" with 2 digits, Down, is
/// "-0.013". Exponents appear where the plain form would be long. Infinities and fractions p/q are
/// returned as they are. Requires is_number_or_infinity(text) and digits >= 1.
std::string shorten(std::string_view text, std::size_t digits, Rounding rounding);

/// A decimal split for printing: significand digits with point, and the power of ten (0: none).
struct Scientific {
    std::string significand;
    long exponent = 0;
};
/// "1.5e-33" -> {"1.5", -33}; a text without exponent keeps exponent 0.
Scientific split_exponent(std::string_view text);

/// The nearest double, 0 or an infinity where there is none; of a fraction p/q, however long p and
/// q are, within three units in the last place. Requires is_number_or_infinity(text).
double nearest_double(std::string_view text);

/// Seconds for people: "0.012", "3.4", "125".
std::string show_seconds(double seconds);

} // namespace attest::report

#include "attest/proof/root.hpp"

#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"

#include <fmt/format.h>

namespace attest::proof {
namespace {

/// Sign of f at an exact point, with as many bits as it takes; 0 when 64-fold precision is not
/// enough.
int certified_sign(const std::function<Ball(const Ball&)>& f, const Rational& x, long bits)
{
    for (long factor = 1; factor <= 64; factor *= 2) {
        const PrecisionScope precision(bits * factor);
        const Ball value = f(Ball(x));
        if (is_true(is_positive(value))) {
            return 1;
        }
        if (is_true(is_negative(value))) {
            return -1;
        }
    }
    return 0;
}

} // namespace

Ball enclose_zero(const std::function<Ball(const Ball&)>& f, const Rational& lo, const Rational& hi,
                  long digits)
{
    const long bits = bits_for_digits(digits);
    const int sign_lo = certified_sign(f, lo, bits);
    const int sign_hi = certified_sign(f, hi, bits);
    if (sign_lo * sign_hi != -1) {
        throw Undecidable(fmt::format("no certain change of sign between {} and {}",
                                      attest::to_string(lo), attest::to_string(hi)));
    }
    Rational left = lo;
    Rational right = hi;
    const Rational tolerance = (hi - lo) * pow(Rational(1, 10), digits + 2);
    while (right - left > tolerance) {
        Rational middle = (left + right) / 2;
        int sign = certified_sign(f, middle, bits);
        if (sign == 0) {
            middle = left + (right - left) * Rational(3, 7); // the midpoint may be the zero itself
            sign = certified_sign(f, middle, bits);
        }
        if (sign == 0) {
            throw Undecidable(
                fmt::format("the sign at {} is not decided", attest::to_string(middle)));
        }
        (sign == sign_lo ? left : right) = middle;
    }
    const PrecisionScope precision(bits + 64);
    return Ball::interval(left, right);
}

} // namespace attest::proof

#pragma once

#include "attest/numbers/rational.hpp"

#include <boost/multiprecision/mpfr.hpp>

#include <string>

namespace attest {

/// MPFR floating-point number of run-time precision, correctly rounded to nearest. A result has
/// the precision of an operand (of the more precise one, unless the other is a temporary whose
/// storage is reused); a literal has the working precision of its thread (see PrecisionScope), so
/// work inside one scope. No value of this type claims to be rigorous: see Ball for that.
using Real = boost::multiprecision::number<boost::multiprecision::mpfr_float_backend<0>,
                                           boost::multiprecision::et_off>;

/// Nearest Real at the working precision.
Real to_real(const Rational& value);

/// Exact value of a finite Real as a rational. Throws DomainError for NaN and infinities.
Rational to_rational(const Real& value);

/// Decimal string of that many significant digits, correctly rounded, scientific where the
/// exponent is outside -5..digits: "0.0099172", "1.2345e+40".
std::string to_decimal(const Real& value, long digits);

/// The same of at most that many digits, rounded in that direction, without trailing zeros.
std::string to_directed_decimal(const Real& value, long digits, mpfr_rnd_t direction);

/// Number of leading decimal digits on which the two agree: floor(-log10(|a-b|/max(|a|,|b|))),
/// at most the digits their precision can hold; 0 where they share none.
long agreeing_digits(const Real& a, const Real& b);

} // namespace attest

#pragma once

#include <boost/multiprecision/gmp.hpp>

#include <string>
#include <string_view>
#include <type_traits>

namespace attest {

using Integer =
    boost::multiprecision::number<boost::multiprecision::gmp_int, boost::multiprecision::et_off>;

/// Exact rational number, always in lowest terms.
using Rational = boost::multiprecision::number<boost::multiprecision::gmp_rational,
                                               boost::multiprecision::et_off>;

/// Exact value of a decimal or fraction: "0.01", "-3", "1/100", "2.5e-3".
/// Throws InputError for anything else (NaN, infinity, hexadecimal, division by zero, more than
/// 10000 characters, a decimal exponent beyond 100000).
Rational parse_rational(std::string_view text);

/// "3", "-1/100": parse_rational reads it back to the same value.
std::string to_string(const Rational& value);
/// An enumeration without words of its own is no number.
template <class E>
requires std::is_enum_v<E> std::string to_string(E)
= delete;

/// value^exponent, exact. Throws DomainError for 0 to a negative power.
Rational pow(const Rational& value, long exponent);

} // namespace attest

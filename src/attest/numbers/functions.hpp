#pragma once

#include "attest/numbers/ball.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/numbers/rational.hpp"
#include "attest/numbers/real.hpp"

#include <cmath>
#include <concepts>

namespace attest {

// Elementary functions under one name for every number type, so that a formula template writes
// exp(x) and means the right one. Ball, Expr, Jet and Symbolic bring their own; Real has Boost's.
inline double exp(double x)
{
    return std::exp(x);
}
inline double log(double x)
{
    return std::log(x);
}
inline double sqrt(double x)
{
    return std::sqrt(x);
}
inline double sin(double x)
{
    return std::sin(x);
}
inline double cos(double x)
{
    return std::cos(x);
}

/// Exact where the value is rational (exp 0, log 1, square root of a square, sin 0, cos 0);
/// DomainError everywhere else: a rational result is never rounded.
Rational exp(const Rational& x);
Rational log(const Rational& x);
Rational sqrt(const Rational& x);
Rational sin(const Rational& x);
Rational cos(const Rational& x);

/// How a number type takes an exact constant. Specialised beside each type.
template <class T>
struct NumberTraits;

template <>
struct NumberTraits<double> {
    static double from_rational(const Rational& value) { return value.convert_to<double>(); }
};
template <>
struct NumberTraits<Real> {
    static Real from_rational(const Rational& value) { return to_real(value); }
};
template <>
struct NumberTraits<Ball> {
    static Ball from_rational(const Rational& value) { return Ball(value); }
};
template <>
struct NumberTraits<Rational> {
    static Rational from_rational(const Rational& value) { return value; }
};

/// What a formula of the paper asks of the number type that it is evaluated in.
template <class T>
concept Number = std::copyable<T> && requires(const T& a, const T& b)
{
    {
        a + b
        } -> std::convertible_to<T>;
    {
        a - b
        } -> std::convertible_to<T>;
    {
        a* b
        } -> std::convertible_to<T>;
    {
        a / b
        } -> std::convertible_to<T>;
    {
        -a
        } -> std::convertible_to<T>;
    {
        exp(a)
        } -> std::convertible_to<T>;
    {
        log(a)
        } -> std::convertible_to<T>;
    {
        sqrt(a)
        } -> std::convertible_to<T>;
    {
        sin(a)
        } -> std::convertible_to<T>;
    {
        cos(a)
        } -> std::convertible_to<T>;
};

/// base^exponent for a rational constant exponent: by multiplication for integers, sqrt for 1/2,
/// exp(exponent log base) otherwise.
template <class T>
T power(const T& base, const Rational& exponent)
{
    if (boost::multiprecision::denominator(exponent) == 1) {
        long remaining = boost::multiprecision::numerator(exponent).convert_to<long>();
        const bool invert = remaining < 0;
        remaining = remaining < 0 ? -remaining : remaining;
        T result = NumberTraits<T>::from_rational(Rational(1));
        T square = base;
        while (remaining > 0) {
            if (remaining % 2 == 1) {
                result = result * square;
            }
            remaining /= 2;
            if (remaining > 0) {
                square = square * square;
            }
        }
        return invert ? T(NumberTraits<T>::from_rational(Rational(1)) / result) : result;
    }
    if (exponent == Rational(1, 2)) {
        return sqrt(base);
    }
    if (exponent == Rational(-1, 2)) {
        return NumberTraits<T>::from_rational(Rational(1)) / sqrt(base);
    }
    return exp(T(NumberTraits<T>::from_rational(exponent) * log(base)));
}

} // namespace attest

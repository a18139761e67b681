#pragma once

#include "attest/numbers/functions.hpp"

#include <concepts>
#include <cstddef>
#include <limits>
#include <vector>

namespace attest {

/// A truncated Taylor series c_0 + c_1 h + ... + c_p h^p + O(h^{p+1}) with coefficients in T.
///
/// Passing Jet where a formula template expects a number gives the formula's Taylor series, by the
/// usual coefficient recurrences (Griewank and Walther, Evaluating Derivatives, 2nd ed., ch. 13).
/// A constant has no truncation, so it combines with a series of any order; the result of an
/// operation has the lower order of its operands. With T = Ball every coefficient encloses the
/// exact one; with T = Rational every coefficient is exact, and an operation without a rational
/// value throws DomainError.
///
/// Defined for T = double, Real, Ball, Rational (instantiated in jet.cpp).
template <class T>
class Jet {
public:
    /// The order of a constant: no truncation.
    static constexpr long unlimited = std::numeric_limits<long>::max();

    Jet() : Jet(0L) {}
    template <std::signed_integral I>
    Jet(I value) // NOLINT(google-explicit-constructor): integers are exact
        :
        c_{NumberTraits<T>::from_rational(Rational(static_cast<long>(value)))}
    {
    }
    Jet(T constant) // NOLINT(google-explicit-constructor): T embeds as the constants
        :
        c_{std::move(constant)}
    {
    }

    /// at + h + O(h^{order+1}). Throws InputError for a negative order.
    static Jet variable(const T& at, long order);
    /// The series with these coefficients, truncated after the last one. Throws InputError for
    /// none.
    static Jet from_coefficients(std::vector<T> coefficients);

    /// c_0 ... c_p; a constant has one coefficient.
    const std::vector<T>& coefficients() const noexcept { return c_; }
    /// Coefficient of h^k: 0 beyond a constant's first. Throws DomainError beyond the truncation.
    T coefficient(long k) const;
    /// Exponent of the last known power, or unlimited.
    long order() const noexcept { return order_; }
    /// Value of the polynomial part at h.
    T evaluate(const T& h) const;
    /// d/dh; the order drops by one. Throws DomainError for a series of order 0.
    Jet derivative() const;
    /// Integral over h that takes the given value at h = 0; the order rises by one.
    /// Throws DomainError for a constant, whose integral would need a truncation order.
    Jet integral(const T& at_zero) const;

    friend Jet operator+(const Jet& a, const Jet& b) { return a.add(b); }
    friend Jet operator-(const Jet& a, const Jet& b) { return a.subtract(b); }
    friend Jet operator*(const Jet& a, const Jet& b) { return a.multiply(b); }
    /// Throws DomainError where b is exactly 0 at h = 0.
    friend Jet operator/(const Jet& a, const Jet& b) { return a.divide(b); }
    friend Jet operator-(const Jet& a) { return a.negate(); }
    friend Jet exp(const Jet& a) { return a.exponential(); }
    /// Throws DomainError where a is exactly 0 at h = 0; elsewhere as T's logarithm.
    friend Jet log(const Jet& a) { return a.logarithm(); }
    /// Throws DomainError where a is exactly 0 at h = 0 and not a constant.
    friend Jet sqrt(const Jet& a) { return a.square_root(); }
    friend Jet sin(const Jet& a) { return a.sine_cosine().sine; }
    friend Jet cos(const Jet& a) { return a.sine_cosine().cosine; }

private:
    struct SineCosine;
    Jet(std::vector<T> c, long order) : c_(std::move(c)), order_(order) {}
    bool is_constant() const noexcept { return order_ == unlimited; }
    Jet add(const Jet& b) const;
    Jet subtract(const Jet& b) const;
    Jet negate() const;
    Jet multiply(const Jet& b) const;
    Jet divide(const Jet& b) const;
    Jet exponential() const;
    Jet logarithm() const;
    Jet square_root() const;
    SineCosine sine_cosine() const;

    std::vector<T> c_;
    long order_ = unlimited;
};

template <class T>
struct Jet<T>::SineCosine {
    Jet sine;
    Jet cosine;
};

/// Constants embed exactly as they do in T.
template <class T>
struct NumberTraits<Jet<T>> {
    static Jet<T> from_rational(const Rational& value)
    {
        return Jet<T>(NumberTraits<T>::from_rational(value));
    }
};

extern template class Jet<double>;
extern template class Jet<Real>;
extern template class Jet<Ball>;
extern template class Jet<Rational>;

} // namespace attest

#pragma once

#include "attest/numbers/rational.hpp"
#include "attest/numbers/real.hpp"
#include "attest/numbers/truth.hpp"

#include <arb.h>

#include <concepts>
#include <string>
#include <string_view>

namespace attest {

/// A real interval [mid - rad, mid + rad] in Arb's midpoint-radius form.
///
/// Inclusion principle: whatever reals the operand balls contain, the result ball contains the
/// exact result of the operation. Rounding is outward whatever the processor's rounding mode and
/// the compiler's flags; the working precision of the thread only decides how tight a result is.
/// Where an operation has no value on part of a ball (division by a ball around 0, logarithm of a
/// ball that reaches 0) the result is the whole line, is_finite() == false.
///
/// A double does not convert silently: use Ball::exactly, which takes the binary value at its word.
class Ball {
public:
    Ball() noexcept { arb_init(value_); }
    template <std::signed_integral I>
    Ball(I value) noexcept // NOLINT(google-explicit-constructor): integers are exact
    {
        arb_init(value_);
        arb_set_si(value_, static_cast<slong>(value));
    }
    /// Encloses the rational; exact when it is dyadic and fits the working precision.
    explicit Ball(const Rational& value);
    /// Point ball at the binary value of a finite Real. Throws DomainError for NaN or infinity.
    explicit Ball(const Real& value);
    template <std::floating_point F>
    Ball(F) = delete;
    Ball(const Ball& other) noexcept
    {
        arb_init(value_);
        arb_set(value_, other.value_);
    }
    Ball(Ball&& other) noexcept
    {
        arb_init(value_);
        arb_swap(value_, other.value_);
    }
    Ball& operator=(const Ball& other) noexcept
    {
        arb_set(value_, other.value_);
        return *this;
    }
    Ball& operator=(Ball&& other) noexcept
    {
        arb_swap(value_, other.value_);
        return *this;
    }
    ~Ball() { arb_clear(value_); }

    /// Point ball at the binary value of a finite double. Throws DomainError for NaN or infinity.
    static Ball exactly(double value);
    /// Smallest representable ball that contains both.
    static Ball hull(const Ball& a, const Ball& b);
    /// [lo, hi] for rationals lo <= hi. Throws DomainError when lo > hi.
    static Ball interval(const Rational& lo, const Rational& hi);
    static Ball pi();
    /// Euler-Mascheroni constant.
    static Ball euler_gamma();
    /// The whole line: nothing is known.
    static Ball indeterminate();

    Ball& operator+=(const Ball& other);
    Ball& operator-=(const Ball& other);
    Ball& operator*=(const Ball& other);
    Ball& operator/=(const Ball& other);

    bool is_finite() const noexcept { return arb_is_finite(value_) != 0; }
    bool is_exact() const noexcept { return arb_is_exact(value_) != 0; }
    bool contains(const Rational& value) const;
    bool contains(const Ball& other) const noexcept
    {
        return arb_contains(value_, other.value_) != 0;
    }
    bool contains_zero() const noexcept { return arb_contains_zero(value_) != 0; }
    bool overlaps(const Ball& other) const noexcept
    {
        return arb_overlaps(value_, other.value_) != 0;
    }

    /// Bits of relative accuracy: about -log2(radius / |midpoint|); negative when the ball says
    /// less than its sign.
    long relative_accuracy_bits() const noexcept { return arb_rel_accuracy_bits(value_); }
    /// Decimal digits certified by the enclosure, at least 0.
    long certified_digits() const noexcept;

    /// Rounded to nearest, at the ball's own precision; not rigorous.
    Real midpoint() const;
    /// Outward-rounded ends.
    Real lower() const;
    Real upper() const;
    double to_double() const noexcept;

    /// "[1.2345 +/- 6.7e-30]" with at most that many digits, an enclosure of the ball itself.
    std::string to_string(long digits) const;
    /// Decimal midpoint and radius such that [mid - rad, mid + rad] contains the ball.
    struct Decimal {
        std::string mid;
        std::string rad;
    };
    Decimal to_decimal(long digits) const;

    arb_srcptr raw() const noexcept { return value_; }
    arb_ptr raw() noexcept { return value_; }

private:
    arb_t value_;
};

Ball operator+(const Ball& a, const Ball& b);
Ball operator-(const Ball& a, const Ball& b);
Ball operator*(const Ball& a, const Ball& b);
Ball operator/(const Ball& a, const Ball& b);
Ball operator-(const Ball& a);

/// Decided when the balls do not overlap (or, for <=, touch in one point); Unknown otherwise.
Truth less(const Ball& a, const Ball& b);
Truth less_equal(const Ball& a, const Ball& b);
/// True only for two equal points, False when disjoint.
Truth equal(const Ball& a, const Ball& b);
Truth is_positive(const Ball& a);
Truth is_negative(const Ball& a);

Ball exp(const Ball& x);
Ball expm1(const Ball& x);
/// Natural logarithm.
Ball log(const Ball& x);
Ball sqrt(const Ball& x);
Ball sin(const Ball& x);
Ball cos(const Ball& x);
Ball abs(const Ball& x);
Ball pow(const Ball& x, long exponent);
Ball pow(const Ball& x, const Rational& exponent);
/// (e^x - 1)/x continued by 1 at x = 0: entire, positive, increasing. Tight also where the ball
/// contains 0, where the quotient itself would give the whole line.
Ball expm1_over(const Ball& x);
/// Exponential integral Ei(x), x != 0 (DLMF 6.2.5).
Ball ei(const Ball& x);
/// Entire part of Ei: sum_{k>=1} x^k/(k k!) = Ei(x) - gamma - ln|x| (DLMF 6.2.4, up to sign).
Ball entire_ei(const Ball& x);

/// Regularised incomplete beta function I_x(a, b), 0 <= x <= 1, a, b > 0 (DLMF 8.17.2).
Ball regularized_beta(const Ball& a, const Ball& b, const Ball& x);

} // namespace attest

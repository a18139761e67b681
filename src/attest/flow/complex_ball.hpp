#pragma once

#include "attest/numbers/ball.hpp"

#include <acb.h>

namespace attest::flow {

/// A rectangle of the complex plane whose sides are Balls (Arb's acb). Same inclusion principle and
/// precision rule as Ball. It exists for rigorous quadrature, which bounds an integrand on complex
/// neighbourhoods of the path; it therefore has holomorphic operations only.
class ComplexBall {
public:
    ComplexBall() noexcept { acb_init(value_); }
    template <std::signed_integral I>
    ComplexBall(I value) noexcept // NOLINT(google-explicit-constructor): integers are exact
    {
        acb_init(value_);
        acb_set_si(value_, static_cast<slong>(value));
    }
    explicit ComplexBall(const Ball& real) noexcept
    {
        acb_init(value_);
        acb_set_arb(value_, real.raw());
    }
    explicit ComplexBall(acb_srcptr value) noexcept
    {
        acb_init(value_);
        acb_set(value_, value);
    }
    template <std::floating_point F>
    ComplexBall(F) = delete;
    ComplexBall(const ComplexBall& other) noexcept : ComplexBall(other.value_) {}
    ComplexBall(ComplexBall&& other) noexcept
    {
        acb_init(value_);
        acb_swap(value_, other.value_);
    }
    ComplexBall& operator=(const ComplexBall& other) noexcept
    {
        acb_set(value_, other.value_);
        return *this;
    }
    ComplexBall& operator=(ComplexBall&& other) noexcept
    {
        acb_swap(value_, other.value_);
        return *this;
    }
    ~ComplexBall() { acb_clear(value_); }

    /// The whole plane: nothing is known.
    static ComplexBall indeterminate();

    bool is_finite() const noexcept { return acb_is_finite(value_) != 0; }
    bool contains_zero() const noexcept { return acb_contains_zero(value_) != 0; }
    Ball real() const;
    Ball imag() const;
    /// Exact centre.
    ComplexBall midpoint() const;

    acb_srcptr raw() const noexcept { return value_; }
    acb_ptr raw() noexcept { return value_; }

private:
    acb_t value_;
};

ComplexBall operator+(const ComplexBall& a, const ComplexBall& b);
ComplexBall operator-(const ComplexBall& a, const ComplexBall& b);
ComplexBall operator*(const ComplexBall& a, const ComplexBall& b);
ComplexBall operator/(const ComplexBall& a, const ComplexBall& b);
ComplexBall operator-(const ComplexBall& a);
/// |a|.
Ball abs(const ComplexBall& a);

ComplexBall exp(const ComplexBall& x);
/// Principal square root; the whole plane when the ball touches the cut (-inf, 0], because there
/// it is not holomorphic and quadrature must not rely on it.
ComplexBall sqrt(const ComplexBall& x);
/// Principal logarithm, the whole plane on the cut likewise.
ComplexBall log(const ComplexBall& x);
ComplexBall sin(const ComplexBall& x);
ComplexBall cos(const ComplexBall& x);
/// (e^x - 1)/x continued by 1 at 0, tight also on balls around 0.
ComplexBall expm1_over(const ComplexBall& x);

} // namespace attest::flow

/// Recorded formulas evaluate in complex balls too.
template <>
struct attest::NumberTraits<attest::flow::ComplexBall> {
    static flow::ComplexBall from_rational(const Rational& value)
    {
        return flow::ComplexBall(Ball(value));
    }
};

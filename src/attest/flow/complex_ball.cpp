#include "attest/flow/complex_ball.hpp"

#include "attest/numbers/precision.hpp"

namespace attest::flow {

ComplexBall ComplexBall::indeterminate()
{
    ComplexBall result;
    acb_indeterminate(result.value_);
    return result;
}

Ball ComplexBall::real() const
{
    Ball result;
    acb_get_real(result.raw(), value_);
    return result;
}

Ball ComplexBall::imag() const
{
    Ball result;
    acb_get_imag(result.raw(), value_);
    return result;
}

ComplexBall ComplexBall::midpoint() const
{
    ComplexBall result;
    acb_get_mid(result.raw(), value_);
    return result;
}

ComplexBall operator+(const ComplexBall& a, const ComplexBall& b)
{
    ComplexBall result;
    acb_add(result.raw(), a.raw(), b.raw(), working_bits());
    return result;
}
ComplexBall operator-(const ComplexBall& a, const ComplexBall& b)
{
    ComplexBall result;
    acb_sub(result.raw(), a.raw(), b.raw(), working_bits());
    return result;
}
ComplexBall operator*(const ComplexBall& a, const ComplexBall& b)
{
    ComplexBall result;
    acb_mul(result.raw(), a.raw(), b.raw(), working_bits());
    return result;
}
ComplexBall operator/(const ComplexBall& a, const ComplexBall& b)
{
    ComplexBall result;
    acb_div(result.raw(), a.raw(), b.raw(), working_bits());
    return result;
}
ComplexBall operator-(const ComplexBall& a)
{
    ComplexBall result;
    acb_neg(result.raw(), a.raw());
    return result;
}

Ball abs(const ComplexBall& a)
{
    Ball result;
    acb_abs(result.raw(), a.raw(), working_bits());
    return result;
}

ComplexBall exp(const ComplexBall& x)
{
    ComplexBall result;
    acb_exp(result.raw(), x.raw(), working_bits());
    return result;
}

ComplexBall sqrt(const ComplexBall& x)
{
    ComplexBall result;
    acb_sqrt_analytic(result.raw(), x.raw(), 1, working_bits());
    return result;
}

ComplexBall log(const ComplexBall& x)
{
    ComplexBall result;
    acb_log_analytic(result.raw(), x.raw(), 1, working_bits());
    return result;
}

ComplexBall sin(const ComplexBall& x)
{
    ComplexBall result;
    acb_sin(result.raw(), x.raw(), working_bits());
    return result;
}

ComplexBall cos(const ComplexBall& x)
{
    ComplexBall result;
    acb_cos(result.raw(), x.raw(), working_bits());
    return result;
}

ComplexBall expm1_over(const ComplexBall& x)
{
    const auto quotient = [](const ComplexBall& y) {
        ComplexBall result;
        acb_expm1(result.raw(), y.raw(), working_bits());
        return result / y;
    };
    constexpr slong thin = 30; // bits of relative accuracy from which the quotient is good enough
    const bool zero_inside = x.contains_zero();
    if (!zero_inside && acb_rel_accuracy_bits(x.raw()) >= thin) {
        return quotient(x);
    }
    // phi(x) = int_0^1 e^{sx} ds, so |phi'(y)| <= max(1, e^{Re y})/2 on the convex ball x.
    const ComplexBall centre = x.midpoint();
    ComplexBall by_slope = acb_is_zero(centre.raw()) != 0 ? ComplexBall(1) : quotient(centre);
    Ball slope = exp(Ball::hull(x.real(), Ball(0)));
    arb_mul_2exp_si(slope.raw(), slope.raw(), -1);
    acb_add_error_arb(by_slope.raw(), Ball(abs(x - centre) * slope).raw());
    if (zero_inside) {
        return by_slope;
    }
    ComplexBall by_quotient = quotient(x);
    const bool better =
        acb_rel_accuracy_bits(by_quotient.raw()) >= acb_rel_accuracy_bits(by_slope.raw());
    return better ? by_quotient : by_slope;
}

} // namespace attest::flow

#include "attest/flow/validated_interval.hpp"

namespace attest::flow::detail {

Ball power_of_two(long exponent)
{
    Ball out(1);
    arb_mul_2exp_si(out.raw(), out.raw(), exponent);
    return out;
}

Ball from_zero(const Ball& h)
{
    return Ball::hull(Ball(0), h);
}

Ball short_length(double log2)
{
    const double whole = std::floor(log2);
    const double mantissa = std::ldexp(std::floor(std::ldexp(std::exp2(log2 - whole), 12)), -12);
    Ball out = Ball::exactly(mantissa);
    arb_mul_2exp_si(out.raw(), out.raw(), static_cast<slong>(whole));
    return out;
}

double log2_magnitude(const Ball& x)
{
    return ArbField<true>(64).log2_magnitude(x.raw());
}

Ball shorter(const Ball& a, const Ball& b)
{
    return arf_cmp(arb_midref(a.raw()), arb_midref(b.raw())) < 0 ? a : b;
}

Ball lower_end(const Ball& x)
{
    Ball out;
    arb_get_lbound_arf(arb_midref(out.raw()), x.raw(), interval_bits);
    return out;
}

Ball upper_end(const Ball& x)
{
    Ball out;
    arb_get_ubound_arf(arb_midref(out.raw()), x.raw(), interval_bits);
    return out;
}

Ball between(const Ball& lo, const Ball& hi)
{
    Ball out;
    arb_set_interval_arf(out.raw(), arb_midref(lo.raw()), arb_midref(hi.raw()), interval_bits);
    // What is cut off goes to the radius.
    arb_set_round(out.raw(), out.raw(), 40);
    return out;
}

Ball widened(const Ball& x, double part)
{
    Ball out = x;
    mag_t extra;
    mag_init(extra);
    mag_set_d(extra, 2 * part);
    mag_mul(extra, extra, arb_radref(x.raw()));
    mag_add(arb_radref(out.raw()), arb_radref(out.raw()), extra);
    mag_clear(extra);
    arb_set_round(out.raw(), out.raw(), 40);
    return out;
}

Ball horner(const ArbVector& c, std::size_t terms, const Ball& s, long bits)
{
    Ball value;
    for (std::size_t k = terms; k-- > 0;) {
        arb_mul(value.raw(), value.raw(), s.raw(), bits);
        arb_add(value.raw(), value.raw(), c.at(k), bits);
    }
    return value;
}

} // namespace attest::flow::detail

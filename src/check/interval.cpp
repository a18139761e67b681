#include "interval.hpp"

#include <algorithm>
#include <cmath>

namespace check {
namespace {

using Rounded = int (*)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t);
using Rounded2 = int (*)(mpfr_ptr, mpfr_srcptr, mpfr_srcptr, mpfr_rnd_t);

Real apply(Rounded f, const Real& x, mpfr_rnd_t round)
{
    Real result;
    f(result.raw(), x.raw(), round);
    return result;
}

Real apply(Rounded2 f, const Real& x, const Real& y, mpfr_rnd_t round)
{
    Real result;
    f(result.raw(), x.raw(), y.raw(), round);
    return result;
}

/// Product of two ends; infinite ends are no members, so that 0 times inf is 0.
void set_product(Real& result, const Real& x, const Real& y, mpfr_rnd_t round)
{
    if (x.sign() == 0 || y.sign() == 0) {
        mpfr_set_zero(result.raw(), 1);
    } else {
        mpfr_mul(result.raw(), x.raw(), y.raw(), round);
    }
}

/// Infinity minus infinity is unknown.
void widen_undetermined(Interval& x)
{
    if (mpfr_nan_p(x.lo.raw()) != 0) {
        mpfr_set_inf(x.lo.raw(), -1);
    }
    if (mpfr_nan_p(x.hi.raw()) != 0) {
        mpfr_set_inf(x.hi.raw(), 1);
    }
}

Interval increasing(Rounded f, const Interval& x)
{
    return {apply(f, x.lo, MPFR_RNDD), apply(f, x.hi, MPFR_RNDU)};
}

Interval pi()
{
    Interval result;
    mpfr_const_pi(result.lo.raw(), MPFR_RNDD);
    mpfr_const_pi(result.hi.raw(), MPFR_RNDU);
    return result;
}

/// False only when no integer lies in x.
bool may_contain_integer(const Interval& x)
{
    Real ceiling;
    mpfr_rint_ceil(ceiling.raw(), x.lo.raw(), MPFR_RNDD);
    return ceiling <= x.hi;
}

/// sin or cos: extreme values are taken at the ends or where (x - shift) / 2 pi is an integer.
Interval periodic(Rounded f, const Interval& x, const mpq_class& top, const mpq_class& bottom)
{
    constexpr long far = 1L << 40;
    Interval result(Real(-1, MPFR_RNDD), Real(1, MPFR_RNDU));
    if (!x.bounded() || mpfr_cmp_si(x.hi.raw(), far) > 0 || mpfr_cmp_si(x.lo.raw(), -far) < 0) {
        return result;
    }
    const Interval turns = x / (Interval(2) * pi());
    if (!may_contain_integer(turns - Interval(top))) {
        result.hi = std::max(apply(f, x.lo, MPFR_RNDU), apply(f, x.hi, MPFR_RNDU));
    }
    if (!may_contain_integer(turns - Interval(bottom))) {
        result.lo = std::min(apply(f, x.lo, MPFR_RNDD), apply(f, x.hi, MPFR_RNDD));
    }
    return result;
}

Interval integer_power(const Interval& x, long n)
{
    if (n < 0) {
        return Interval(1) / integer_power(x, -n);
    }
    const auto end = [n](const Real& base, mpfr_rnd_t round) {
        Real result;
        mpfr_pow_si(result.raw(), base.raw(), n, round);
        return result;
    };
    if (n % 2 == 1 || x.lo.sign() >= 0) {
        return {end(x.lo, MPFR_RNDD), end(x.hi, MPFR_RNDU)};
    }
    if (x.hi.sign() <= 0) {
        return {end(x.hi, MPFR_RNDD), end(x.lo, MPFR_RNDU)};
    }
    return {Real(), std::max(end(x.lo, MPFR_RNDU), end(x.hi, MPFR_RNDU))};
}

/// The sum over j of x^j / (j! (j + k + 1)) / k! at one finite point with |x| <= 1000: the power
/// series of exprel_coefficient. Terms cancel for x < 0, hence the extra bits.
Interval exprel_series(unsigned k, const Real& x)
{
    const auto bits = static_cast<long>(mpfr_get_prec(x.raw()));
    const double size = std::fabs(mpfr_get_d(x.raw(), MPFR_RNDA));
    const Precision precision(bits + 32 + static_cast<long>(4 * size));
    const Interval point(x, x);
    Interval sum, power(1);
    for (long j = 0;; ++j) {
        sum += power / Interval(j + static_cast<long>(k) + 1);
        power = power * point / Interval(j + 1);
        // From here on each term is at most half the one before: the tail is at most |power|.
        if (static_cast<double>(j) > 2 * size + 2 && mpfr_get_exp(power.hi.raw()) < -bits - 32
            && mpfr_get_exp(power.lo.raw()) < -bits - 32) {
            const Interval bound = power.hull(-power);
            sum += bound + bound;
            break;
        }
        if (power.is_zero()) {
            break;
        }
        check_clock();
    }
    for (long j = 2; j <= static_cast<long>(k); ++j) {
        sum = sum / Interval(j);
    }
    return sum;
}

} // namespace

Precision::Precision(long bits) : former_(mpfr_get_default_prec())
{
    mpfr_set_default_prec(std::clamp(bits, 32L, 64 * highest_bits));
}

Precision::~Precision()
{
    mpfr_set_default_prec(former_);
}

Real& Real::operator=(const Real& other)
{
    if (this != &other) {
        mpfr_set_prec(value_, mpfr_get_prec(other.value_));
        mpfr_set(value_, other.value_, MPFR_RNDN);
    }
    return *this;
}

Interval::Interval(long value)
{
    mpfr_set_si(lo.raw(), value, MPFR_RNDD);
    mpfr_set_si(hi.raw(), value, MPFR_RNDU);
}

Interval::Interval(Real low, Real high) : lo(std::move(low)), hi(std::move(high))
{
    widen_undetermined(*this);
}

Interval Interval::middle() const
{
    Real point = apply(mpfr_add, lo, hi, MPFR_RNDN);
    mpfr_div_2ui(point.raw(), point.raw(), 1, MPFR_RNDN);
    // Rounding may have left the interval, where the formula need not be defined.
    point = std::clamp(point, lo, hi);
    return {point, point};
}

Interval Interval::hull(const Interval& other) const
{
    return {std::min(lo, other.lo), std::max(hi, other.hi)};
}

std::string Interval::text() const
{
    const auto end = [](const Real& x, mpfr_rnd_t round) {
        char buffer[64];
        mpfr_snprintf(buffer, sizeof buffer, round == MPFR_RNDD ? "%.8RDg" : "%.8RUg", x.raw());
        return std::string(buffer);
    };
    return "[" + end(lo, MPFR_RNDD) + ", " + end(hi, MPFR_RNDU) + "]";
}

Interval& Interval::operator+=(const Interval& b)
{
    mpfr_add(lo.raw(), lo.raw(), b.lo.raw(), MPFR_RNDD);
    mpfr_add(hi.raw(), hi.raw(), b.hi.raw(), MPFR_RNDU);
    widen_undetermined(*this);
    return *this;
}

Interval operator+(const Interval& a, const Interval& b)
{
    Interval result;
    mpfr_add(result.lo.raw(), a.lo.raw(), b.lo.raw(), MPFR_RNDD);
    mpfr_add(result.hi.raw(), a.hi.raw(), b.hi.raw(), MPFR_RNDU);
    widen_undetermined(result);
    return result;
}

Interval operator-(const Interval& a, const Interval& b)
{
    Interval result;
    mpfr_sub(result.lo.raw(), a.lo.raw(), b.hi.raw(), MPFR_RNDD);
    mpfr_sub(result.hi.raw(), a.hi.raw(), b.lo.raw(), MPFR_RNDU);
    widen_undetermined(result);
    return result;
}

Interval operator-(const Interval& a)
{
    Interval result;
    mpfr_neg(result.lo.raw(), a.hi.raw(), MPFR_RNDD);
    mpfr_neg(result.hi.raw(), a.lo.raw(), MPFR_RNDU);
    return result;
}

Interval operator*(const Interval& a, const Interval& b)
{
    Interval result;
    if (b.lo.sign() >= 0) { // each end of the product comes from one end of b
        set_product(result.lo, a.lo, a.lo.sign() >= 0 ? b.lo : b.hi, MPFR_RNDD);
        set_product(result.hi, a.hi, a.hi.sign() >= 0 ? b.hi : b.lo, MPFR_RNDU);
        return result;
    }
    if (b.hi.sign() <= 0) {
        set_product(result.lo, a.hi, a.hi.sign() >= 0 ? b.lo : b.hi, MPFR_RNDD);
        set_product(result.hi, a.lo, a.lo.sign() >= 0 ? b.hi : b.lo, MPFR_RNDU);
        return result;
    }
    if (a.lo.sign() >= 0 || a.hi.sign() <= 0) {
        return b * a;
    }
    Interval other;
    set_product(result.lo, a.lo, b.hi, MPFR_RNDD);
    set_product(other.lo, a.hi, b.lo, MPFR_RNDD);
    set_product(result.hi, a.lo, b.lo, MPFR_RNDU);
    set_product(other.hi, a.hi, b.hi, MPFR_RNDU);
    return result.hull(other);
}

Interval operator/(const Interval& a, const Interval& b)
{
    if (b.contains_zero()) {
        throw Undefined("division by " + b.text());
    }
    if (b.lo.sign() < 0) {
        return -a / -b;
    }
    return {apply(mpfr_div, a.lo, a.lo.sign() >= 0 ? b.hi : b.lo, MPFR_RNDD),
            apply(mpfr_div, a.hi, a.hi.sign() >= 0 ? b.lo : b.hi, MPFR_RNDU)};
}

Interval exp(const Interval& x)
{
    return increasing(mpfr_exp, x);
}

Interval log(const Interval& x)
{
    if (x.lo.sign() <= 0) {
        throw Undefined("logarithm of " + x.text());
    }
    return increasing(mpfr_log, x);
}

Interval sqrt(const Interval& x)
{
    if (x.lo.sign() < 0) {
        throw Undefined("square root of " + x.text());
    }
    return increasing(mpfr_sqrt, x);
}

Interval sin(const Interval& x)
{
    return periodic(mpfr_sin, x, mpq_class(1, 4), mpq_class(-1, 4));
}

Interval cos(const Interval& x)
{
    return periodic(mpfr_cos, x, 0, mpq_class(1, 2));
}

Interval pow(const Interval& x, const mpq_class& exponent)
{
    const long p = exponent.get_num().get_si();
    const unsigned long q = exponent.get_den().get_ui();
    if (q == 1) {
        return p == 0 ? Interval(1) : integer_power(x, p);
    }
    if (x.lo.sign() < 0) {
        throw Undefined("fractional power of " + x.text());
    }
    Interval root;
    mpfr_rootn_ui(root.lo.raw(), x.lo.raw(), q, MPFR_RNDD);
    mpfr_rootn_ui(root.hi.raw(), x.hi.raw(), q, MPFR_RNDU);
    return integer_power(root, p);
}

Interval exprel_coefficient(unsigned k, const Interval& x)
{
    // The integrand s^k e^(s x) grows with x, and lies between s^k and s^k e^x.
    const auto at = [k](const Real& end) {
        if (end.finite() && mpfr_cmp_si(end.raw(), 1000) <= 0
            && mpfr_cmp_si(end.raw(), -1000) >= 0) {
            return exprel_series(k, end);
        }
        const Interval point(end, end);
        if (k == 0 && end.finite()) {
            return (exp(point) - Interval(1)) / point;
        }
        Interval bound = exp(point).hull(Interval(1)) / Interval(static_cast<long>(k) + 1);
        for (long j = 2; j <= static_cast<long>(k); ++j) {
            bound = bound / Interval(j);
        }
        return bound;
    };
    return {at(x.lo).lo, at(x.hi).hi};
}

} // namespace check

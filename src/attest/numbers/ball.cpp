#include "attest/numbers/ball.hpp"

#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"

#include <arb_hypgeom.h>
#include <flint/fmpq.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace attest {
namespace {

class FlintRational {
public:
    explicit FlintRational(const Rational& value)
    {
        fmpq_init(value_);
        fmpq_set_mpq(value_, value.backend().data());
    }
    ~FlintRational() { fmpq_clear(value_); }
    FlintRational(const FlintRational&) = delete;
    FlintRational& operator=(const FlintRational&) = delete;
    FlintRational(FlintRational&&) = delete;
    FlintRational& operator=(FlintRational&&) = delete;
    const fmpq* raw() const noexcept { return value_; }

private:
    fmpq_t value_;
};

class Arf {
public:
    Arf() noexcept { arf_init(value_); }
    ~Arf() { arf_clear(value_); }
    Arf(const Arf&) = delete;
    Arf& operator=(const Arf&) = delete;
    Arf(Arf&&) = delete;
    Arf& operator=(Arf&&) = delete;
    arf_ptr raw() noexcept { return value_; }

private:
    arf_t value_;
};

Real real_of(arf_srcptr value, arf_rnd_t round)
{
    const auto bits = std::max<slong>(working_bits(), arf_bits(value));
    Real result(0, static_cast<unsigned>(digits_for_bits(bits) + 2));
    const mpfr_rnd_t direction = round == ARF_RND_FLOOR  ? MPFR_RNDD
                                 : round == ARF_RND_CEIL ? MPFR_RNDU
                                                         : MPFR_RNDN;
    arf_get_mpfr(result.backend().data(), value, direction);
    return result;
}

struct FlintFree {
    void operator()(char* text) const noexcept { flint_free(text); }
};
using FlintString = std::unique_ptr<char, FlintFree>;

} // namespace

Ball::Ball(const Rational& value)
{
    arb_init(value_);
    const FlintRational exact(value);
    arb_set_fmpq(value_, exact.raw(), working_bits());
}

Ball::Ball(const Real& value)
{
    if (!boost::multiprecision::isfinite(value)) {
        throw DomainError("a ball needs a finite midpoint");
    }
    arb_init(value_);
    arf_set_mpfr(arb_midref(value_), value.backend().data());
}

Ball Ball::exactly(double value)
{
    if (!std::isfinite(value)) {
        throw DomainError("a ball needs a finite midpoint");
    }
    Ball result;
    arb_set_d(result.value_, value);
    return result;
}

Ball Ball::hull(const Ball& a, const Ball& b)
{
    Ball result;
    arb_union(result.value_, a.value_, b.value_, working_bits());
    return result;
}

Ball Ball::interval(const Rational& lo, const Rational& hi)
{
    if (lo > hi) {
        throw DomainError("an interval needs lo <= hi");
    }
    return hull(Ball(lo), Ball(hi));
}

Ball Ball::pi()
{
    Ball result;
    arb_const_pi(result.value_, working_bits());
    return result;
}

Ball Ball::euler_gamma()
{
    Ball result;
    arb_const_euler(result.value_, working_bits());
    return result;
}

Ball Ball::indeterminate()
{
    Ball result;
    arb_indeterminate(result.value_);
    return result;
}

Ball& Ball::operator+=(const Ball& other)
{
    arb_add(value_, value_, other.value_, working_bits());
    return *this;
}
Ball& Ball::operator-=(const Ball& other)
{
    arb_sub(value_, value_, other.value_, working_bits());
    return *this;
}
Ball& Ball::operator*=(const Ball& other)
{
    arb_mul(value_, value_, other.value_, working_bits());
    return *this;
}
Ball& Ball::operator/=(const Ball& other)
{
    arb_div(value_, value_, other.value_, working_bits());
    return *this;
}

bool Ball::contains(const Rational& value) const
{
    const FlintRational exact(value);
    return arb_contains_fmpq(value_, exact.raw()) != 0;
}

long Ball::certified_digits() const noexcept
{
    if (!is_finite()) {
        return 0;
    }
    if (is_exact()) {
        return digits_for_bits(std::max<slong>(working_bits(), arb_bits(value_)));
    }
    return std::max(0L, digits_for_bits(std::max<slong>(0, arb_rel_accuracy_bits(value_))));
}

Real Ball::midpoint() const
{
    return real_of(arb_midref(value_), ARF_RND_NEAR);
}

Real Ball::lower() const
{
    Arf end;
    arb_get_lbound_arf(end.raw(), value_, std::max<slong>(working_bits(), 64));
    return real_of(end.raw(), ARF_RND_FLOOR);
}

Real Ball::upper() const
{
    Arf end;
    arb_get_ubound_arf(end.raw(), value_, std::max<slong>(working_bits(), 64));
    return real_of(end.raw(), ARF_RND_CEIL);
}

double Ball::to_double() const noexcept
{
    return arf_get_d(arb_midref(value_), ARF_RND_NEAR);
}

std::string Ball::to_string(long digits) const
{
    const FlintString text(arb_get_str(value_, std::max(1L, digits), 0));
    return text.get();
}

Ball::Decimal Ball::to_decimal(long digits) const
{
    if (!is_finite()) {
        return {"nan", "inf"};
    }
    // ARB_STR_MORE prints the midpoint to all digits asked for, with the radius grown to match.
    std::string text = FlintString(arb_get_str(value_, std::max(1L, digits), ARB_STR_MORE)).get();
    const std::size_t plus_minus = text.find("+/- ");
    if (plus_minus == std::string::npos) {
        return {text, "0"};
    }
    // "[mid +/- rad]", or "[+/- rad]" where the midpoint is 0.
    const std::size_t close = text.find(']');
    return {plus_minus > 1 ? text.substr(1, plus_minus - 2) : "0",
            text.substr(plus_minus + 4, close - plus_minus - 4)};
}

Ball operator+(const Ball& a, const Ball& b)
{
    Ball result;
    arb_add(result.raw(), a.raw(), b.raw(), working_bits());
    return result;
}
Ball operator-(const Ball& a, const Ball& b)
{
    Ball result;
    arb_sub(result.raw(), a.raw(), b.raw(), working_bits());
    return result;
}
Ball operator*(const Ball& a, const Ball& b)
{
    Ball result;
    arb_mul(result.raw(), a.raw(), b.raw(), working_bits());
    return result;
}
Ball operator/(const Ball& a, const Ball& b)
{
    Ball result;
    arb_div(result.raw(), a.raw(), b.raw(), working_bits());
    return result;
}
Ball operator-(const Ball& a)
{
    Ball result;
    arb_neg(result.raw(), a.raw());
    return result;
}

Truth less(const Ball& a, const Ball& b)
{
    if (arb_lt(a.raw(), b.raw()) != 0) {
        return Truth::True;
    }
    return arb_ge(a.raw(), b.raw()) != 0 ? Truth::False : Truth::Unknown;
}

Truth less_equal(const Ball& a, const Ball& b)
{
    return !less(b, a);
}

Truth equal(const Ball& a, const Ball& b)
{
    if (arb_eq(a.raw(), b.raw()) != 0) {
        return Truth::True;
    }
    return arb_ne(a.raw(), b.raw()) != 0 ? Truth::False : Truth::Unknown;
}

Truth is_positive(const Ball& a)
{
    return less(Ball(0), a);
}
Truth is_negative(const Ball& a)
{
    return less(a, Ball(0));
}

Ball exp(const Ball& x)
{
    Ball result;
    arb_exp(result.raw(), x.raw(), working_bits());
    return result;
}
Ball expm1(const Ball& x)
{
    Ball result;
    arb_expm1(result.raw(), x.raw(), working_bits());
    return result;
}
Ball log(const Ball& x)
{
    Ball result;
    arb_log(result.raw(), x.raw(), working_bits());
    return result;
}
Ball sqrt(const Ball& x)
{
    Ball result;
    arb_sqrt(result.raw(), x.raw(), working_bits());
    return result;
}
Ball sin(const Ball& x)
{
    Ball result;
    arb_sin(result.raw(), x.raw(), working_bits());
    return result;
}
Ball cos(const Ball& x)
{
    Ball result;
    arb_cos(result.raw(), x.raw(), working_bits());
    return result;
}
Ball abs(const Ball& x)
{
    Ball result;
    arb_abs(result.raw(), x.raw());
    return result;
}
Ball pow(const Ball& x, long exponent)
{
    Ball result;
    if (exponent >= 0) {
        arb_pow_ui(result.raw(), x.raw(), static_cast<ulong>(exponent), working_bits());
        return result;
    }
    arb_pow_ui(result.raw(), x.raw(), static_cast<ulong>(-exponent), working_bits());
    arb_inv(result.raw(), result.raw(), working_bits());
    return result;
}
Ball pow(const Ball& x, const Rational& exponent)
{
    Ball result;
    const FlintRational e(exponent);
    arb_pow_fmpq(result.raw(), x.raw(), e.raw(), working_bits());
    return result;
}

Ball expm1_over(const Ball& x)
{
    if (!x.contains_zero()) {
        return expm1(x) / x;
    }
    // The function is increasing, so its range on [lo, hi] is spanned by the values at the ends;
    // an end at 0 exactly has the value 1.
    const auto at_end = [](arf_srcptr end) {
        Ball point;
        arf_set(arb_midref(point.raw()), end);
        return arf_is_zero(end) != 0 ? Ball(1) : expm1(point) / point;
    };
    Arf lo;
    Arf hi;
    arb_get_lbound_arf(lo.raw(), x.raw(), working_bits());
    arb_get_ubound_arf(hi.raw(), x.raw(), working_bits());
    return Ball::hull(at_end(lo.raw()), at_end(hi.raw()));
}

Ball ei(const Ball& x)
{
    Ball result;
    arb_hypgeom_ei(result.raw(), x.raw(), working_bits());
    return result;
}

Ball entire_ei(const Ball& x)
{
    if (x.contains_zero()) {
        // Derivative expm1(x)/x is positive and increasing: enclose by the mean value theorem.
        return x * expm1_over(Ball::hull(x, Ball(0)));
    }
    return ei(x) - Ball::euler_gamma() - log(abs(x));
}

Ball regularized_beta(const Ball& a, const Ball& b, const Ball& x)
{
    Ball result;
    arb_hypgeom_beta_lower(result.raw(), a.raw(), b.raw(), x.raw(), 1, working_bits());
    return result;
}

} // namespace attest

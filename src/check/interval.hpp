#pragma once

#include "limits.hpp"

#include <gmpxx.h>
#include <mpfr.h>

#include <string>

namespace check {

/// The working precision of this thread while the object lives.
class Precision {
public:
    explicit Precision(long bits);
    ~Precision();
    Precision(const Precision&) = delete;
    Precision& operator=(const Precision&) = delete;

private:
    mpfr_prec_t former_;
};

/// An MPFR number at the precision of its making. Never NaN as the end of an Interval.
class Real {
public:
    Real() { mpfr_init(value_), mpfr_set_zero(value_, 1); }
    Real(const mpq_class& value, mpfr_rnd_t round) : Real()
    {
        mpfr_set_q(value_, value.get_mpq_t(), round);
    }
    Real(const Real& other)
    {
        mpfr_init2(value_, mpfr_get_prec(other.value_)), mpfr_set(value_, other.value_, MPFR_RNDN);
    }
    Real(Real&& other) noexcept
    {
        mpfr_init2(value_, MPFR_PREC_MIN), mpfr_swap(value_, other.value_);
    }
    Real& operator=(const Real& other);
    Real& operator=(Real&& other) noexcept { return mpfr_swap(value_, other.value_), *this; }
    ~Real() { mpfr_clear(value_); }
    static Real infinity(int sign)
    {
        Real r;
        return mpfr_set_inf(r.value_, sign), r;
    }

    mpfr_ptr raw() noexcept { return value_; }
    mpfr_srcptr raw() const noexcept { return value_; }
    int sign() const noexcept { return mpfr_sgn(value_); }
    bool finite() const noexcept { return mpfr_number_p(value_) != 0; }
    friend bool operator<(const Real& a, const Real& b)
    {
        return mpfr_less_p(a.value_, b.value_) != 0;
    }
    friend bool operator<=(const Real& a, const Real& b)
    {
        return mpfr_lessequal_p(a.value_, b.value_) != 0;
    }

private:
    mpfr_t value_;
};

/// A closed set of reals [lo, hi]; lo may be -inf and hi +inf, which are then no members. Every
/// operation encloses all values at members (ends are rounded outwards by MPFR), and throws
/// Undefined where some member has no value: "defined" is part of what an enclosure proves.
struct Interval {
    Real lo, hi;

    Interval() = default; ///< zero
    Interval(long value); // NOLINT(google-explicit-constructor): integers are exact
    explicit Interval(const mpq_class& value) : lo(value, MPFR_RNDD), hi(value, MPFR_RNDU) {}
    Interval(const mpq_class& low, const mpq_class& high) : lo(low, MPFR_RNDD), hi(high, MPFR_RNDU)
    {
    }
    Interval(Real low, Real high); ///< NaN ends become infinite

    bool contains_zero() const { return lo.sign() <= 0 && hi.sign() >= 0; }
    bool is_zero() const { return lo.sign() == 0 && hi.sign() == 0; }
    bool bounded() const { return lo.finite() && hi.finite(); }
    bool inside(const Interval& outer) const { return outer.lo <= lo && hi <= outer.hi; }
    Interval middle() const; ///< some point near the middle; of a bounded interval
    Interval hull(const Interval& other) const;
    std::string text() const; ///< a few digits of both ends, for messages

    /// At the precision of this object.
    Interval& operator+=(const Interval& b);
    friend Interval operator+(const Interval& a, const Interval& b);
    friend Interval operator-(const Interval& a, const Interval& b);
    friend Interval operator-(const Interval& a);
    friend Interval operator*(const Interval& a, const Interval& b);
    friend Interval operator/(const Interval& a, const Interval& b);
};

Interval exp(const Interval& x);
Interval log(const Interval& x);
Interval sqrt(const Interval& x);
Interval sin(const Interval& x);
Interval cos(const Interval& x);
/// x^(p/q); a fractional power needs x >= 0, a negative one x != 0; x^0 = 1.
Interval pow(const Interval& x, const mpq_class& exponent);
/// (1/k!) d^k/dx^k of (e^x - 1)/x = (1/k!) times the integral of s^k e^(s x) over [0, 1].
Interval exprel_coefficient(unsigned k, const Interval& x);

} // namespace check

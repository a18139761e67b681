#pragma once

#include "attest/numbers/ball.hpp"
#include "attest/numbers/expr.hpp"
#include "attest/numbers/functions.hpp"
#include "attest/numbers/precision.hpp"

#include <arb.h>

#include <cmath>
#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

// Coefficient arithmetic of the Taylor integrator, one policy for each number type. The inner loop
// is `dot`; everything else is linear in the order.

namespace attest::flow::detail {

/// Contiguous arb_t values; the layout that Arb's inner products want.
class ArbVector {
public:
    ArbVector() = default;
    explicit ArbVector(std::size_t size) :
        size_(static_cast<slong>(size)), data_(_arb_vec_init(size_))
    {
    }
    ArbVector(const ArbVector& other) : ArbVector(static_cast<std::size_t>(other.size_))
    {
        _arb_vec_set(data_, other.data_, size_);
    }
    ArbVector(ArbVector&& other) noexcept :
        size_(std::exchange(other.size_, 0)), data_(std::exchange(other.data_, nullptr))
    {
    }
    ArbVector& operator=(ArbVector&& other) noexcept
    {
        std::swap(size_, other.size_);
        std::swap(data_, other.data_);
        return *this;
    }
    ArbVector& operator=(const ArbVector& other)
    {
        ArbVector copy(other);
        return *this = std::move(copy);
    }
    ~ArbVector()
    {
        if (data_ != nullptr) {
            _arb_vec_clear(data_, size_);
        }
    }
    std::size_t size() const noexcept { return static_cast<std::size_t>(size_); }
    arb_ptr data() noexcept { return data_; }
    arb_srcptr data() const noexcept { return data_; }
    arb_ptr at(std::size_t i) noexcept { return data_ + i; }
    arb_srcptr at(std::size_t i) const noexcept { return data_ + i; }

private:
    slong size_ = 0;
    arb_ptr data_ = nullptr;
};

/// Coefficients of hardware precision.
struct DoubleField {
    using Value = double;
    class Vector {
    public:
        Vector() = default;
        explicit Vector(std::size_t size) : values_(size, 0.0) {}
        std::size_t size() const noexcept { return values_.size(); }
        double* at(std::size_t i) noexcept { return values_.data() + i; }
        const double* at(std::size_t i) const noexcept { return values_.data() + i; }

    private:
        std::vector<double> values_;
    };
    using Pointer = double*;
    using ConstPointer = const double*;

    explicit DoubleField(long /*bits*/) {}

    double get(ConstPointer x) const { return *x; }
    void set(Pointer x, double value) const { *x = value; }
    void set(Pointer x, const Expr& constant) const { *x = constant.evaluate<double>({}); }
    void copy(Pointer x, ConstPointer y) const { *x = *y; }
    void zero(Pointer x) const { *x = 0; }
    void set_integer(Pointer x, long value) const { *x = static_cast<double>(value); }
    void add(Pointer x, ConstPointer a, ConstPointer b) const { *x = *a + *b; }
    void subtract(Pointer x, ConstPointer a, ConstPointer b) const { *x = *a - *b; }
    void multiply(Pointer x, ConstPointer a, ConstPointer b) const { *x = *a * *b; }
    void divide(Pointer x, ConstPointer a, ConstPointer b) const { *x = *a / *b; }
    void add_product(Pointer x, ConstPointer a, ConstPointer b) const { *x += *a * *b; }
    void multiply(Pointer x, ConstPointer a, long k) const { *x = *a * static_cast<double>(k); }
    void divide(Pointer x, ConstPointer a, long k) const { *x = *a / static_cast<double>(k); }
    void negate(Pointer x) const { *x = -*x; }
    void exp(Pointer x, ConstPointer a) const { *x = std::exp(*a); }
    void log(Pointer x, ConstPointer a) const { *x = std::log(*a); }
    void sqrt(Pointer x, ConstPointer a) const { *x = std::sqrt(*a); }
    void sin_cos(Pointer s, Pointer c, ConstPointer a) const
    {
        const double at = *a;
        *s = std::sin(at);
        *c = std::cos(at);
    }
    void pow(Pointer x, ConstPointer a, const Rational& exponent) const
    {
        *x = std::pow(*a, exponent.convert_to<double>());
    }
    /// x = initial +- sum_{i < length} a[i] b[-i]; no initial: 0.
    void dot(Pointer x, ConstPointer initial, bool minus, ConstPointer a, ConstPointer b,
             std::size_t length) const
    {
        double sum = 0;
        for (std::size_t i = 0; i < length; ++i) {
            sum += a[i] * *(b - i);
        }
        *x = (initial != nullptr ? *initial : 0.0) + (minus ? -sum : sum);
    }
    bool is_zero(ConstPointer x) const { return *x == 0; }
    /// log2 |x|; minus infinity for 0.
    double log2_magnitude(ConstPointer x) const { return std::log2(std::fabs(*x)); }
    bool is_finite(ConstPointer x) const { return std::isfinite(*x); }
};

/// Coefficients as arb_t. With rounding tracked every coefficient encloses what exact arithmetic
/// on the operands would give; without, radii stay 0 and the midpoints round like floats.
template <bool Tracked>
struct ArbField {
    using Value = std::conditional_t<Tracked, Ball, Real>;
    using Vector = ArbVector;
    using Pointer = arb_ptr;
    using ConstPointer = arb_srcptr;

    explicit ArbField(long working_bits) : bits(working_bits) {}

    slong bits;

    Value get(ConstPointer x) const
    {
        Ball ball;
        arb_set(ball.raw(), x);
        if constexpr (Tracked) {
            return ball;
        } else {
            return ball.midpoint();
        }
    }
    void set(Pointer x, const Ball& value) const
    {
        arb_set(x, value.raw());
        settle(x);
    }
    void set(Pointer x, const Real& value) const { set(x, Ball(value)); }
    void set(Pointer x, const Expr& constant) const { set(x, constant.evaluate<Ball>({})); }
    void copy(Pointer x, ConstPointer y) const { arb_set(x, y); }
    void zero(Pointer x) const { arb_zero(x); }
    void set_integer(Pointer x, long value) const { arb_set_si(x, value); }
    void add(Pointer x, ConstPointer a, ConstPointer b) const
    {
        arb_add(x, a, b, bits);
        settle(x);
    }
    void subtract(Pointer x, ConstPointer a, ConstPointer b) const
    {
        arb_sub(x, a, b, bits);
        settle(x);
    }
    void multiply(Pointer x, ConstPointer a, ConstPointer b) const
    {
        arb_mul(x, a, b, bits);
        settle(x);
    }
    void divide(Pointer x, ConstPointer a, ConstPointer b) const
    {
        arb_div(x, a, b, bits);
        settle(x);
    }
    void add_product(Pointer x, ConstPointer a, ConstPointer b) const
    {
        arb_addmul(x, a, b, bits);
        settle(x);
    }
    void multiply(Pointer x, ConstPointer a, long k) const
    {
        arb_mul_si(x, a, k, bits);
        settle(x);
    }
    void divide(Pointer x, ConstPointer a, long k) const
    {
        arb_div_si(x, a, k, bits);
        settle(x);
    }
    void negate(Pointer x) const { arb_neg(x, x); }
    void exp(Pointer x, ConstPointer a) const
    {
        arb_exp(x, a, bits);
        settle(x);
    }
    void log(Pointer x, ConstPointer a) const
    {
        arb_log(x, a, bits);
        settle(x);
    }
    void sqrt(Pointer x, ConstPointer a) const
    {
        arb_sqrt(x, a, bits);
        settle(x);
    }
    void sin_cos(Pointer s, Pointer c, ConstPointer a) const
    {
        arb_sin_cos(s, c, a, bits);
        settle(s);
        settle(c);
    }
    void pow(Pointer x, ConstPointer a, const Rational& exponent) const
    {
        const Ball value = attest::pow(get_ball(a), exponent);
        arb_set(x, value.raw());
        settle(x);
    }
    void dot(Pointer x, ConstPointer initial, bool minus, ConstPointer a, ConstPointer b,
             std::size_t length) const
    {
        const auto n = static_cast<slong>(length);
        if constexpr (Tracked) {
            arb_dot(x, initial, minus ? 1 : 0, a, 1, b, -1, n, bits);
        } else {
            arb_approx_dot(x, initial, minus ? 1 : 0, a, 1, b, -1, n, bits);
        }
    }
    bool is_zero(ConstPointer x) const { return arb_is_zero(x) != 0; }
    double log2_magnitude(ConstPointer x) const
    {
        mag_t bound;
        mag_init(bound);
        arb_get_mag(bound, x);
        const double result = mag_is_zero(bound) != 0 ? -HUGE_VAL : mag_get_d_log2_approx(bound);
        mag_clear(bound);
        return result;
    }
    bool is_finite(ConstPointer x) const { return arb_is_finite(x) != 0; }

private:
    static Ball get_ball(ConstPointer x)
    {
        Ball ball;
        arb_set(ball.raw(), x);
        return ball;
    }
    static void settle([[maybe_unused]] Pointer x)
    {
        if constexpr (!Tracked) {
            if (arf_is_finite(arb_midref(x)) != 0) {
                mag_zero(arb_radref(x));
            }
        }
    }
};

template <class T>
struct FieldOf;
template <>
struct FieldOf<double> {
    using type = DoubleField;
};
template <>
struct FieldOf<Real> {
    using type = ArbField<false>;
};
template <>
struct FieldOf<Ball> {
    using type = ArbField<true>;
};

} // namespace attest::flow::detail

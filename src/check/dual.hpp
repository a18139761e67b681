#pragma once

#include "interval.hpp"

#include <vector>

namespace check {

/// An enclosure of a function's values on a box together with one of its gradient there (forward
/// differentiation). An empty gradient is zero.
struct Dual {
    Interval value;
    std::vector<Interval> gradient;

    Dual() = default;
    Dual(long v) : value(v) {} // NOLINT(google-explicit-constructor): integers are exact
    explicit Dual(Interval v) : value(std::move(v)) {}
    /// The coordinate of that number among so many.
    Dual(Interval v, std::size_t index, std::size_t count) : value(std::move(v)), gradient(count)
    {
        gradient[index] = Interval(1);
    }
    bool is_zero() const { return value.is_zero() && gradient.empty(); }

    Dual& operator+=(const Dual& b);
};

Dual operator+(Dual a, const Dual& b);
Dual operator-(const Dual& a, const Dual& b);
Dual operator-(const Dual& a);
Dual operator*(const Dual& a, const Dual& b);
Dual operator/(const Dual& a, const Dual& b);
Dual exp(const Dual& x);
Dual log(const Dual& x);
Dual sqrt(const Dual& x); ///< needs x > 0: the root has no derivative at 0
Dual sin(const Dual& x);
Dual cos(const Dual& x);
Dual pow(const Dual& x, const mpq_class& exponent);
Dual exprel_coefficient(unsigned k, const Dual& x);

} // namespace check

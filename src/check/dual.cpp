#include "dual.hpp"

#include <functional>

namespace check {
namespace {

/// Gradient of u + v where d u = a da and d v = b db.
std::vector<Interval> combine(const Interval& a, const std::vector<Interval>& da, const Interval& b,
                              const std::vector<Interval>& db)
{
    std::vector<Interval> result(std::max(da.size(), db.size()));
    for (std::size_t i = 0; i < result.size(); ++i) {
        if (i < da.size() && !da[i].is_zero()) {
            result[i] = a * da[i];
        }
        if (i < db.size() && !db[i].is_zero()) {
            result[i] += b * db[i];
        }
    }
    return result;
}

/// Chain rule: a function's value, and its derivative at x.
Dual chain(const Dual& x, Interval value, const std::function<Interval()>& derivative)
{
    Dual result(std::move(value));
    if (!x.gradient.empty()) {
        result.gradient = combine(derivative(), x.gradient, Interval(), {});
    }
    return result;
}

} // namespace

Dual& Dual::operator+=(const Dual& b)
{
    value += b.value;
    gradient.resize(std::max(gradient.size(), b.gradient.size()));
    for (std::size_t i = 0; i < b.gradient.size(); ++i) {
        gradient[i] += b.gradient[i];
    }
    return *this;
}

Dual operator+(Dual a, const Dual& b)
{
    return a += b;
}

Dual operator-(const Dual& a, const Dual& b)
{
    return a + -b;
}

Dual operator-(const Dual& a)
{
    Dual result(-a.value);
    for (const Interval& slope : a.gradient) {
        result.gradient.push_back(-slope);
    }
    return result;
}

Dual operator*(const Dual& a, const Dual& b)
{
    Dual result(a.value * b.value);
    result.gradient = combine(b.value, a.gradient, a.value, b.gradient);
    return result;
}

Dual operator/(const Dual& a, const Dual& b)
{
    Dual result(a.value / b.value);
    if (!a.gradient.empty() || !b.gradient.empty()) {
        const Interval inverse = Interval(1) / b.value;
        result.gradient = combine(inverse, a.gradient, -(result.value * inverse), b.gradient);
    }
    return result;
}

Dual exp(const Dual& x)
{
    Interval value = exp(x.value);
    return chain(x, value, [&] { return value; });
}

Dual log(const Dual& x)
{
    return chain(x, log(x.value), [&] { return Interval(1) / x.value; });
}

Dual sqrt(const Dual& x)
{
    Interval root = sqrt(x.value);
    return chain(x, root, [&] { return Interval(1) / (root + root); });
}

Dual sin(const Dual& x)
{
    return chain(x, sin(x.value), [&] { return cos(x.value); });
}

Dual cos(const Dual& x)
{
    return chain(x, cos(x.value), [&] { return -sin(x.value); });
}

Dual pow(const Dual& x, const mpq_class& exponent)
{
    return chain(x, pow(x.value, exponent), [&] {
        return exponent == 0 ? Interval() : Interval(exponent) * pow(x.value, exponent - 1);
    });
}

Dual exprel_coefficient(unsigned k, const Dual& x)
{
    return chain(x, exprel_coefficient(k, x.value), [&] {
        return Interval(static_cast<long>(k) + 1) * exprel_coefficient(k + 1, x.value);
    });
}

} // namespace check

#include "attest/numbers/jet.hpp"

#include "attest/numbers/errors.hpp"

#include <algorithm>

namespace attest {
namespace {

template <class T>
bool is_exact_zero(const T& x)
{
    if constexpr (std::same_as<T, Ball>) {
        return is_true(equal(x, Ball(0)));
    } else {
        return x == 0;
    }
}

template <class T>
T integer(std::size_t k)
{
    return T(static_cast<long>(k)); // exact in every one of the four types
}

/// sum_{j=from}^{to} a_j b_{k-j}
template <class T>
T convolve(const std::vector<T>& a, const std::vector<T>& b, std::size_t k, std::size_t from,
           std::size_t to)
{
    T sum = integer<T>(0);
    for (std::size_t j = from; j <= to; ++j) {
        sum = sum + a[j] * b[k - j];
    }
    return sum;
}

/// k a_k for every k: the coefficients of h da/dh.
template <class T>
std::vector<T> scaled_derivative(const std::vector<T>& a)
{
    std::vector<T> d;
    d.reserve(a.size());
    for (std::size_t k = 0; k < a.size(); ++k) {
        d.push_back(integer<T>(k) * a[k]);
    }
    return d;
}

} // namespace

template <class T>
Jet<T> Jet<T>::variable(const T& at, long order)
{
    if (order < 0) {
        throw InputError("order of a Taylor series = " + std::to_string(order)
                         + ": must be at least 0");
    }
    std::vector<T> c(static_cast<std::size_t>(order) + 1, integer<T>(0));
    c[0] = at;
    if (order > 0) {
        c[1] = integer<T>(1);
    }
    return Jet(std::move(c), order);
}

template <class T>
Jet<T> Jet<T>::from_coefficients(std::vector<T> coefficients)
{
    if (coefficients.empty()) {
        throw InputError("a Taylor series needs at least one coefficient");
    }
    const long order = static_cast<long>(coefficients.size()) - 1;
    return Jet(std::move(coefficients), order);
}

template <class T>
T Jet<T>::coefficient(long k) const
{
    if (k < 0 || k > order_) {
        throw DomainError("coefficient " + std::to_string(k) + " lies beyond the truncation order "
                          + std::to_string(order_));
    }
    const auto index = static_cast<std::size_t>(k);
    return index < c_.size() ? c_[index] : integer<T>(0);
}

template <class T>
T Jet<T>::evaluate(const T& h) const
{
    T sum = c_.back();
    for (std::size_t k = c_.size() - 1; k-- > 0;) {
        sum = sum * h + c_[k];
    }
    return sum;
}

template <class T>
Jet<T> Jet<T>::derivative() const
{
    if (is_constant()) {
        return Jet(0L);
    }
    if (order_ == 0) {
        throw DomainError("a Taylor series of order 0 does not determine its derivative");
    }
    std::vector<T> d;
    d.reserve(c_.size() - 1);
    for (std::size_t k = 1; k < c_.size(); ++k) {
        d.push_back(integer<T>(k) * c_[k]);
    }
    return Jet(std::move(d), order_ - 1);
}

template <class T>
Jet<T> Jet<T>::integral(const T& at_zero) const
{
    if (is_constant()) {
        throw DomainError("the integral of a constant needs a truncation order");
    }
    std::vector<T> s{at_zero};
    s.reserve(c_.size() + 1);
    for (std::size_t k = 0; k < c_.size(); ++k) {
        s.push_back(c_[k] / integer<T>(k + 1));
    }
    return Jet(std::move(s), order_ + 1);
}

template <class T>
Jet<T> Jet<T>::negate() const
{
    Jet result = *this;
    for (T& c : result.c_) {
        c = -c;
    }
    return result;
}

template <class T>
Jet<T> Jet<T>::add(const Jet& b) const
{
    if (is_constant() && !b.is_constant()) {
        return b.add(*this);
    }
    Jet result = *this;
    if (b.is_constant()) {
        result.c_[0] = c_[0] + b.c_[0];
        return result;
    }
    result.order_ = std::min(order_, b.order_);
    result.c_.resize(static_cast<std::size_t>(result.order_) + 1);
    for (std::size_t k = 0; k < result.c_.size(); ++k) {
        result.c_[k] = c_[k] + b.c_[k];
    }
    return result;
}

template <class T>
Jet<T> Jet<T>::subtract(const Jet& b) const
{
    return add(b.negate());
}

template <class T>
Jet<T> Jet<T>::multiply(const Jet& b) const
{
    if (is_constant() && !b.is_constant()) {
        return b.multiply(*this);
    }
    Jet result = *this;
    if (b.is_constant()) {
        for (T& c : result.c_) {
            c = c * b.c_[0];
        }
        return result;
    }
    result.order_ = std::min(order_, b.order_);
    result.c_.resize(static_cast<std::size_t>(result.order_) + 1);
    for (std::size_t k = 0; k < result.c_.size(); ++k) {
        result.c_[k] = convolve(c_, b.c_, k, 0, k);
    }
    return result;
}

template <class T>
Jet<T> Jet<T>::divide(const Jet& b) const
{
    if (is_exact_zero(b.c_[0])) {
        throw DomainError("division by a Taylor series that is 0 at its centre");
    }
    Jet result = *this;
    if (b.is_constant()) {
        for (T& c : result.c_) {
            c = c / b.c_[0];
        }
        return result;
    }
    result.order_ = std::min(order_, b.order_);
    result.c_.resize(static_cast<std::size_t>(result.order_) + 1, integer<T>(0));
    result.c_[0] = result.c_[0] / b.c_[0];
    for (std::size_t k = 1; k < result.c_.size(); ++k) {
        // Here result.c_[k] still holds this series' own coefficient (0 beyond a constant's first).
        result.c_[k] = (result.c_[k] - convolve(result.c_, b.c_, k, 0, k - 1)) / b.c_[0];
    }
    return result;
}

template <class T>
Jet<T> Jet<T>::exponential() const
{
    using attest::exp;
    Jet e(std::vector<T>(c_.size(), integer<T>(0)), order_);
    e.c_[0] = exp(c_[0]);
    const std::vector<T> d = scaled_derivative(c_);
    for (std::size_t k = 1; k < c_.size(); ++k) {
        e.c_[k] = convolve(d, e.c_, k, 1, k) / integer<T>(k);
    }
    return e;
}

template <class T>
Jet<T> Jet<T>::logarithm() const
{
    using attest::log;
    if (is_exact_zero(c_[0])) {
        throw DomainError("logarithm of a Taylor series that is 0 at its centre");
    }
    Jet l(std::vector<T>(c_.size(), integer<T>(0)), order_);
    l.c_[0] = log(c_[0]);
    std::vector<T> d(c_.size(), integer<T>(0)); // k l_k
    for (std::size_t k = 1; k < c_.size(); ++k) {
        T rest = integer<T>(k) * c_[k];
        if (k > 1) {
            rest = rest - convolve(d, c_, k, 1, k - 1);
        }
        d[k] = rest / c_[0];
        l.c_[k] = d[k] / integer<T>(k);
    }
    return l;
}

template <class T>
Jet<T> Jet<T>::square_root() const
{
    using attest::sqrt;
    if (is_exact_zero(c_[0]) && !is_constant()) {
        throw DomainError("square root of a Taylor series that is 0 at its centre");
    }
    Jet s(std::vector<T>(c_.size(), integer<T>(0)), order_);
    s.c_[0] = sqrt(c_[0]);
    const T twice = s.c_[0] + s.c_[0];
    for (std::size_t k = 1; k < c_.size(); ++k) {
        T rest = c_[k];
        if (k > 1) {
            rest = rest - convolve(s.c_, s.c_, k, 1, k - 1);
        }
        s.c_[k] = rest / twice;
    }
    return s;
}

template <class T>
typename Jet<T>::SineCosine Jet<T>::sine_cosine() const
{
    using attest::cos;
    using attest::sin;
    SineCosine result{*this, *this};
    std::vector<T>& s = result.sine.c_;
    std::vector<T>& c = result.cosine.c_;
    s[0] = sin(c_[0]);
    c[0] = cos(c_[0]);
    const std::vector<T> d = scaled_derivative(c_);
    for (std::size_t k = 1; k < c_.size(); ++k) {
        s[k] = convolve(d, c, k, 1, k) / integer<T>(k);
        c[k] = -(convolve(d, s, k, 1, k) / integer<T>(k));
    }
    return result;
}

template class Jet<double>;
template class Jet<Real>;
template class Jet<Ball>;
template class Jet<Rational>;

} // namespace attest

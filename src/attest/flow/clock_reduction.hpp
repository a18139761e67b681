#pragma once

#include "attest/flow/complex_ball.hpp"
#include "attest/numbers/functions.hpp"

namespace attest::flow {

/// (e^x - 1)/x, 1 at 0.
Real expm1_over(const Real& x);

/// The symmetric reduction near gamma = 1, free of cancellation: epsilon = 1 - gamma, m = n - 1,
/// everything divided by e^{beta gamma} (docs/mathematics.md, section 1). For every number type.
/// Domain: 0 <= epsilon < n/m, that is -1/m < gamma <= 1.
template <class T>
struct Reduction {
    T n;
    T beta;

    T m() const { return n - T(1); }
    /// e^{beta epsilon}.
    T rise(const T& epsilon) const
    {
        using attest::exp; // the rational one, which exists at beta = 0 only
        using attest::flow::exp;
        return exp(T(beta * epsilon));
    }
    /// m gamma + 1: positive on the domain.
    T q(const T& epsilon) const { return n - m() * epsilon; }
    /// Z e^{-beta gamma}, Z the partition function.
    T z(const T& epsilon) const { return m() + rise(epsilon); }
    /// <theta, A> Z e^{-beta gamma}.
    T pull(const T& epsilon) const { return m() * (T(1) - epsilon) + rise(epsilon); }
    /// (|A| Z e^{-beta gamma})^2 = pull^2 + m epsilon q.
    T norm_squared(const T& epsilon) const
    {
        const T a = pull(epsilon);
        return a * a + m() * epsilon * q(epsilon);
    }
    T norm(const T& epsilon) const { return sqrt(norm_squared(epsilon)); }
    /// (e^{beta epsilon} - 1)/epsilon, entire.
    T lift(const T& epsilon) const { return beta * expm1_over(T(beta * epsilon)); }
    /// (norm - q)/epsilon without dividing by epsilon:
    /// norm^2 - q^2 = epsilon (lift (pull + q) + m q).
    T norm_excess(const T& epsilon) const
    {
        const T e = q(epsilon);
        return (lift(epsilon) * (pull(epsilon) + e) + m() * e) / (norm(epsilon) + e);
    }
};

} // namespace attest::flow

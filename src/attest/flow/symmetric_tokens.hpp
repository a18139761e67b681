#pragma once

#include "attest/flow/validated_symmetric.hpp"
#include "attest/model/layers.hpp"
#include "attest/model/parameters.hpp"

#include <vector>

namespace attest::flow {

/// Token x_j = u e_j + v sum_k e_k of the symmetric configuration, over orthonormal e_1, ..., e_n:
/// every layer of Table 1 keeps this form, so that two numbers are all the tokens at once.
template <class T>
struct SymmetricToken {
    T u;
    T v;
    T n;
};

template <class T>
SymmetricToken<T> operator+(const SymmetricToken<T>& a, const SymmetricToken<T>& b)
{
    return {T(a.u + b.u), T(a.v + b.v), a.n};
}
template <class T>
SymmetricToken<T> operator-(const SymmetricToken<T>& a, const SymmetricToken<T>& b)
{
    return {T(a.u - b.u), T(a.v - b.v), a.n};
}
template <class T>
SymmetricToken<T> operator*(const T& c, const SymmetricToken<T>& a)
{
    return {T(c * a.u), T(c * a.v), a.n};
}
/// Inner product of two vectors that belong to the same j.
template <class T>
T inner(const SymmetricToken<T>& a, const SymmetricToken<T>& b)
{
    return a.u * b.u + a.u * b.v + a.v * b.u + a.n * a.v * b.v;
}

/// A_j with Q = K = V = I. The weight of another token is exp(-beta u^2) of the token's own, since
/// <x_j, x_k> - <x_j, x_j> = -u^2; nothing overflows.
template <class T>
SymmetricToken<T> attention_of(const T& beta, const SymmetricToken<T>& x)
{
    const T q = exp(T(-beta * x.u * x.u));
    const T total = 1 + (x.n - 1) * q;
    return {T(x.u * (1 - q) / total), T((x.v * (1 - q) + q * (x.u + x.n * x.v)) / total), x.n};
}

template <class T>
model::LayerInput<SymmetricToken<T>> layer_input(const T& beta, const SymmetricToken<T>& x)
{
    return {x, attention_of(beta, x), attention_of(beta, model::unit<T>(x))};
}

/// The token with cosine similarity gamma to every other and magnitude r; gamma in (-1/(n-1), 1).
template <class T>
SymmetricToken<T> symmetric_token(const T& n, const T& gamma, const T& r)
{
    const T a = sqrt(T(1 - gamma));
    return {T(r * a), T(r * (sqrt(T(1 + (n - 1) * gamma)) - a) / n), n};
}

/// 1 - gamma and r of a token.
template <class T>
T epsilon_of(const SymmetricToken<T>& x)
{
    return x.u * x.u / inner(x, x);
}
template <class T>
T magnitude_of(const SymmetricToken<T>& x)
{
    return sqrt(T(inner(x, x)));
}

/// Magnitude at which a symmetric run starts: r0, or 1 where Table 1 normalises the tokens.
Rational starting_magnitude(const model::SymmetricProblem& problem);

inline constexpr long most_symmetric_layers = 1'000'000;

/// The states of Table 1's discrete column (h = 1) at t = 0, 1, ..., layers: enclosures with about
/// `digits` digits in 1 - gamma and r. Throws InputError for a bad problem, layers outside
/// 0..most_symmetric_layers or digits outside 1..1000; Undecidable where the precision limit does
/// not suffice.
std::vector<SymmetricState> symmetric_layers(const model::SymmetricProblem& problem, long layers,
                                             long digits);

} // namespace attest::flow

#pragma once

#include "attest/model/layers.hpp"
#include "theorems/support.hpp"

/// One token of any configuration as formulas. Every row of Tables 1 and 2 moves token j inside the
/// plane spanned by its direction theta_j and its attention vector A_j, so that an identity between
/// coordinates in that plane, over free symbols <theta_j, A_j> and |A_j|, is one for every n, d, Q,
/// K, V and beta.
namespace attest::theorems {

/// Value and first derivative in one parameter: a + b h + O(h^2).
template <class T>
struct FirstOrder {
    T value = T(0);
    T slope = T(0);

    FirstOrder() = default;
    template <std::signed_integral I>
    FirstOrder(I constant) // NOLINT(google-explicit-constructor): integers are exact
        :
        value(constant)
    {
    }
    FirstOrder(T v, T s) : value(std::move(v)), slope(std::move(s)) {}

    friend FirstOrder operator+(const FirstOrder& a, const FirstOrder& b)
    {
        return {a.value + b.value, a.slope + b.slope};
    }
    friend FirstOrder operator-(const FirstOrder& a, const FirstOrder& b)
    {
        return {a.value - b.value, a.slope - b.slope};
    }
    friend FirstOrder operator*(const FirstOrder& a, const FirstOrder& b)
    {
        return {a.value * b.value, a.slope * b.value + a.value * b.slope};
    }
    friend FirstOrder operator/(const FirstOrder& a, const FirstOrder& b)
    {
        return {a.value / b.value, (a.slope * b.value - a.value * b.slope) / (b.value * b.value)};
    }
    friend FirstOrder sqrt(const FirstOrder& a)
    {
        const T root = sqrt(a.value);
        return {root, a.slope / (2 * root)};
    }
    friend FirstOrder operator-(const FirstOrder& a) { return {-a.value, -a.slope}; }
    friend FirstOrder exp(const FirstOrder& a)
    {
        const T power = exp(a.value);
        return {power, a.slope * power};
    }
    friend FirstOrder log(const FirstOrder& a) { return {log(a.value), a.slope / a.value}; }
    friend FirstOrder sin(const FirstOrder& a) { return {sin(a.value), a.slope * cos(a.value)}; }
    friend FirstOrder cos(const FirstOrder& a) { return {cos(a.value), -(a.slope * sin(a.value))}; }
};

/// A vector c theta_j + a A_j; the two basis vectors' inner products travel with it.
template <class T>
struct SpanVector {
    T theta; ///< coefficient of theta_j, |theta_j| = 1
    T A;     ///< coefficient of A_j
    T theta_A;
    T A_squared;

    friend SpanVector operator+(const SpanVector& v, const SpanVector& w)
    {
        return {v.theta + w.theta, v.A + w.A, v.theta_A, v.A_squared};
    }
    friend SpanVector operator-(const SpanVector& v, const SpanVector& w)
    {
        return {v.theta - w.theta, v.A - w.A, v.theta_A, v.A_squared};
    }
    friend SpanVector operator*(const T& scalar, const SpanVector& v)
    {
        return {scalar * v.theta, scalar * v.A, v.theta_A, v.A_squared};
    }
    friend T inner(const SpanVector& v, const SpanVector& w)
    {
        return v.theta * w.theta + (v.theta * w.A + v.A * w.theta) * v.theta_A
               + v.A * w.A * v.A_squared;
    }
};

/// The symbols that a token is described by: r, <theta_j, A_j>, |A_j|, alpha_t, t, late.
model::TokenView<Expr> symbolic_token();

/// Token j with x_j = r theta_j and attention vector A_j, for the rows of Table 1. The two readings
/// A_j(X) and A_j(Norm(X)) are one symbol: the rows that read A_j(X) keep X on the sphere.
template <class T>
model::LayerInput<SpanVector<T>> layer_input(const T& r, const T& theta_A, const T& A_squared)
{
    return {{r, T(0), theta_A, A_squared},
            {T(0), T(1), theta_A, A_squared},
            {T(0), T(1), theta_A, A_squared}};
}

/// x_j' of a row of Table 1, and the discrete update expanded to first order in its step h.
SpanVector<Expr> recorded_velocity(std::string_view scheme, const model::TokenView<Expr>& token);
SpanVector<FirstOrder<Expr>> recorded_update(std::string_view scheme,
                                             const model::TokenView<Expr>& token);
/// The discrete update with step h in front of the attention term.
SpanVector<Expr> recorded_layer(std::string_view scheme, const model::TokenView<Expr>& token,
                                const Expr& h);

/// The formula without operations on 0 and 1 and without the square root of |A_j|^2: what a reader
/// expects to see. Equal to the formula wherever that has a value.
Expr tidy(const Expr& formula);

/// Substitutes values in both coordinates' symbols.
model::TokenView<Expr> token_with(const model::TokenView<Expr>& token, long late, bool unit_length);

/// The phases of a scheme: Mix-LN before (unit columns) and after its switch, otherwise one; unit
/// columns where Table 1 projects.
std::vector<model::TokenView<Expr>> phases(std::string_view scheme);

/// Ranges of the symbols of symbolic_token(), of h and of L, the number of layers: |<theta_j, A_j>|
/// <= 1 < |A_j|, so that no sum theta_j + h A_j vanishes; alpha of both signs.
proof::Domain token_domain();

/// All configurations: what an identity over symbolic_token() is proved for.
Scope all_configurations(const std::string& more = {});

/// A statement part "lhs" = "rhs".
Statement part(const Expr& lhs, const Expr& rhs);

/// lhs = rhs over the symbols of symbolic_token(), L and h: at two explicit tokens with rational
/// coordinates first (a difference there is an exact counterexample), then decide_identity on
/// token_domain(), with the scope in words of configurations.
Judgement decide_token_identity(const Statement& statement, const Effort& effort);

/// Certificates that two tokens at beta = 0 with Q = K = V = I and <theta_1, theta_2> = cosine have
/// <theta_1, A_1> = theta_A and |A_1| = norm_A, so that a point of the symbols is one of tokens,
/// and that theta_1 and A_1 are independent (P A_1 is not 0), where they are.
std::vector<std::string> pair_certificates(const Rational& cosine, const Rational& theta_A,
                                           const Rational& norm_A);
/// Certificate that the formula has the value at the point: an identity between numbers. Roots
/// other than |A_j| should not occur.
std::string value_certificate(const Expr& formula, const Rational& value,
                              const proof::Point& point);

/// The point without symbols that do not occur in the formulas.
proof::Point restricted_to(const proof::Point& point, const std::vector<Expr>& formulas);

/// Throws DomainError where the formula has no value at the point, called `where`: a statement that
/// is about the point says nothing then.
void require_value(const Expr& formula, const proof::Point& point, const std::string& where);

/// Table 2's columns s_j and r_j' over symbolic_token().
Expr speed_factor_of(std::string_view scheme);
Expr r_dot_of(std::string_view scheme);

/// All of the identities; the first one that fails is the answer.
Judgement decide_token_identities(const std::vector<Statement>& parts, const Effort& effort);

} // namespace attest::theorems

template <class T>
struct attest::NumberTraits<attest::theorems::FirstOrder<T>> {
    static attest::theorems::FirstOrder<T> from_rational(const Rational& value)
    {
        return {T(value), T(0)};
    }
};

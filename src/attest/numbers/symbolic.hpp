#pragma once

#include "attest/numbers/expr.hpp"

#include <concepts>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace attest {

/// The field of rational functions over Q in named symbols, in which exponentials and square roots
/// are adjoined as new free symbols while formulas are evaluated.
///
/// exp(c1 m1 + c2 m2 + ...) with integer c and power products m becomes a product of generators
/// exp(m), so that e^{beta(1+gamma)} = e^beta e^{beta gamma} and e^{2 beta} = (e^beta)^2 hold by
/// construction; fractions of m, and quotients m/q, are exponents with generators of their own.
/// sqrt(p) becomes a generator S with the relation S^2 = p. An element whose normal form is 0 is
/// therefore 0 for every value of the symbols at which it is defined: an identity proved this way
/// is proved for all parameters. The converse is not claimed (a square root of a perfect square is
/// treated as unknown), so a non-zero normal form alone refutes nothing.
///
/// A field is current for its thread while its scope lives; Symbolic values belong to it.
class SymbolicField {
public:
    SymbolicField();
    ~SymbolicField();
    SymbolicField(const SymbolicField&) = delete;
    SymbolicField& operator=(const SymbolicField&) = delete;
    SymbolicField(SymbolicField&&) = delete;
    SymbolicField& operator=(SymbolicField&&) = delete;

    struct Impl;
    Impl& impl() noexcept { return *impl_; }

private:
    std::unique_ptr<Impl> impl_;
};

/// An element of the current SymbolicField: a quotient of polynomials in lowest terms.
class Symbolic {
public:
    /// Zero.
    Symbolic() : Symbolic(0L) {}
    template <std::signed_integral I>
    Symbolic(I value) // NOLINT(google-explicit-constructor): integers are exact
        :
        Symbolic(Rational(static_cast<long>(value)))
    {
    }
    explicit Symbolic(const Rational& value);
    template <std::floating_point F>
    Symbolic(F) = delete;
    /// The free symbol of that name; the same name is the same symbol.
    static Symbolic symbol(std::string_view name);

    /// True: equal to zero wherever defined. Unknown: the normal form is not zero (see above).
    /// False: a non-zero rational number.
    Truth is_zero() const;
    /// Numerator and denominator have only non-negative coefficients: the value is >= 0 for all
    /// non-negative values of the symbols (exponentials and square roots are non-negative anyway).
    /// Never False: another way of writing may succeed.
    Truth is_manifestly_nonnegative() const;
    /// As above, and numerator and denominator each have a term free of the symbols named: the
    /// value is positive wherever these are >= 0 and all others > 0.
    Truth is_manifestly_positive(const std::vector<std::string>& may_vanish) const;
    /// The denominator of the normal form.
    Symbolic denominator() const;
    /// The value with every generator (symbol, exponential, square root) of that name replaced.
    /// Exponentials are named "exp(<monomial>)", for example "exp(beta*gamma)".
    struct Replacement;
    Symbolic substitute(const std::vector<Replacement>& replacements) const;
    /// Plain text of the normal form.
    std::string text() const;

    friend Symbolic operator+(const Symbolic& a, const Symbolic& b);
    friend Symbolic operator-(const Symbolic& a, const Symbolic& b);
    friend Symbolic operator*(const Symbolic& a, const Symbolic& b);
    /// Throws DomainError when b is zero.
    friend Symbolic operator/(const Symbolic& a, const Symbolic& b);
    friend Symbolic operator-(const Symbolic& a);
    friend Symbolic exp(const Symbolic& x);
    /// Squares of polynomials whose coefficients have one sign leave the root (all symbols are
    /// understood to be non-negative here: write n as 1 + m and 1 - gamma as a symbol if needed).
    /// Throws DomainError when the denominator of x is not manifestly positive.
    friend Symbolic sqrt(const Symbolic& x);

private:
    struct Value;
    explicit Symbolic(std::shared_ptr<const Value> value) : value_(std::move(value)) {}
    std::shared_ptr<const Value> value_;
};

struct Symbolic::Replacement {
    std::string generator;
    Symbolic value;
};

/// No closed algebra here; each throws DomainError (log 1 = 0, sin 0 = 0, cos 0 = 1 excepted).
Symbolic log(const Symbolic& x);
Symbolic sin(const Symbolic& x);
Symbolic cos(const Symbolic& x);

template <>
struct NumberTraits<Symbolic> {
    static Symbolic from_rational(const Rational& value) { return Symbolic(value); }
};

} // namespace attest

#pragma once

#include <gmpxx.h>

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace check {

/// Exponents of the generators of a Field; negative ones are allowed (Laurent polynomials).
constexpr std::size_t most_generators = 40;
using Monomial = std::array<std::int16_t, most_generators>;
Monomial operator*(const Monomial& a, const Monomial& b); ///< Rejection when an exponent overflows
Monomial operator/(const Monomial& a, const Monomial& b);

/// Laurent polynomial over Q: terms in falling lexicographic order, coefficients not zero.
class Polynomial {
public:
    using Term = std::pair<Monomial, mpq_class>;

    Polynomial() = default; ///< zero
    explicit Polynomial(const mpq_class& value);
    Polynomial(const Monomial& monomial, const mpq_class& coefficient);
    static Polynomial generator(std::size_t index, int exponent = 1);
    static Polynomial sum_of(std::vector<Term> terms);

    const std::vector<Term>& terms() const { return terms_; }
    bool is_zero() const { return terms_.empty(); }
    bool is_constant() const
    {
        return is_zero() || (terms_.size() == 1 && terms_[0].first == Monomial{});
    }
    mpq_class constant() const { return is_zero() ? mpq_class(0) : terms_[0].second; }
    /// The smallest and the largest exponent of a generator.
    std::pair<int, int> degrees(std::size_t index) const;
    /// The largest monomial that divides every term, of a polynomial that is not zero.
    Monomial content() const;
    /// The polynomials p_e with p = sum of g^e p_e.
    std::map<int, Polynomial> by_powers_of(std::size_t index) const;

    friend Polynomial operator+(const Polynomial& a, const Polynomial& b);
    friend Polynomial operator*(const Polynomial& a, const Polynomial& b);
    Polynomial scaled(const Monomial& monomial, const mpq_class& coefficient) const;
    Polynomial power(unsigned exponent) const;
    /// The quotient, or nothing unless divisor divides exactly; for exponents that are not
    /// negative.
    std::optional<Polynomial> divided_by(const Polynomial& divisor) const;
    /// q with q^2 = *this, or nothing; for exponents that are not negative.
    std::optional<Polynomial> square_root() const;
    friend bool operator==(const Polynomial& a, const Polynomial& b)
    {
        return a.terms_ == b.terms_;
    }

private:
    std::vector<Term> terms_;
};

/// The root of a rational square, or nothing.
std::optional<mpq_class> rational_root(const mpq_class& value);

} // namespace check

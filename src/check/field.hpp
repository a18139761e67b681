#pragma once

#include "formula.hpp"
#include "polynomial.hpp"

#include <optional>
#include <set>
#include <string>

namespace check {

/// lo <= name <= hi; an end that is missing is infinite (and no member).
struct Range {
    std::optional<mpq_class> lo, hi;
};
using Ranges = std::map<std::string, Range>;

/// core times a product of powers of polynomials; the powers may be negative.
struct Value {
    Polynomial core;
    std::vector<std::pair<Polynomial, int>> factors;
};

/// Rational functions over Q in names and in generators for exponentials, roots and whatever else
/// has no algebra. exp((c1 m1 + ...)/q) with monomials m is a product of powers of generators
/// exp(m/(k q)), k the denominator of c; sqrt(p) is a generator S with S^2 = p. Only relations that
/// hold for the real functions are used, so that an element whose normal form is 0 is 0 wherever it
/// is defined. The ranges say what is known of the names; a name without one may have any value.
class Field {
public:
    explicit Field(Ranges ranges) : ranges_(std::move(ranges)) {}

    Value evaluate(const Graph& graph, int node);
    Value add(const Value& a, const Value& b) const;
    Value subtract(const Value& a, const Value& b) const
    {
        return add(a, multiply(b, rational(-1)));
    }
    Value multiply(const Value& a, const Value& b) const;
    Value inverse(const Value& a) const; ///< Rejection when a is identically 0
    Value power(const Value& a, long exponent) const;
    static Value rational(const mpq_class& value) { return {Polynomial(value), {}}; }

    /// 0 or greater for all values of the names in their ranges at which a is defined: after the
    /// substitutions of on_domain the coefficients of numerator and denominator have one sign.
    bool is_nonnegative(const Value& a) const;
    /// Not 0 for any values of the names in their ranges, except 0 itself for a name listed.
    bool never_zero(const Value& a, const std::set<std::string>& not_zero) const;
    /// Names that are not 0 wherever the formula is defined, because it divides by them.
    std::set<std::string> divisors(const Graph& graph, int formula);
    /// The value at name = number, and whether it is the limit there: everything that a contains
    /// is continuous in the name.
    Value substitute(const Value& a, const std::string& name, const mpq_class& number);
    bool is_continuous(const Value& a, const std::string& name, const mpq_class& number,
                       const std::set<std::string>& not_zero);

private:
    struct Generator {
        Op op{};
        std::string name;    ///< Op::Name
        Monomial monomial{}; ///< Op::Exp: of monomial times exponent times argument
        Polynomial radicand; ///< Op::Sqrt
        mpq_class exponent;  ///< Op::Exp; opaque Op::Power
        Value argument;      ///< Op::Exp: 1/q; of an opaque function
        bool opaque = false;
    };

    Value plain(Polynomial p) const { return {reduced(std::move(p)), {}}; }
    std::size_t find_or_add(const Generator& wanted);
    Value exponential(const Value& x);
    Value square_root(const Value& x);
    Value fractional_power(const Value& x, const mpq_class& exponent);
    Value opaque(Op op, const Value& x, const mpq_class& exponent = 0);
    Value function(const Node& node, const Value& x);
    Polynomial reduced(Polynomial p) const;
    Polynomial root_of_one_sign(const Polynomial& p) const;
    Value simplified(Value a) const;
    Polynomial product(const Value& a, int sign) const;
    bool nonnegative_generator(std::size_t index) const;
    bool grows_from_one(std::size_t index) const;
    int sign(const Polynomial& p) const;
    bool has_positive_coefficients(const Polynomial& p) const;
    bool is_positive(const Polynomial& p, const std::set<std::string>& not_zero) const;
    Polynomial on_domain(const Polynomial& p) const;
    bool depends_on(std::size_t index, const std::string& name) const;
    Value substitute(const Polynomial& p, const std::vector<std::optional<Value>>& values) const;

    Ranges ranges_;
    std::vector<Generator> generators_;
    std::map<int, Value> done_;
};

} // namespace check

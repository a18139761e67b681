#include "polynomial.hpp"

#include "limits.hpp"

#include <algorithm>
#include <limits>
#include <string_view>
#include <unordered_map>

namespace check {
namespace {

struct Hash {
    std::size_t operator()(const Monomial& m) const
    {
        std::size_t hash = 1469598103934665603U;
        for (const std::int16_t exponent : m) {
            hash = (hash ^ static_cast<std::uint16_t>(exponent)) * 1099511628211U;
        }
        return hash;
    }
};

std::int16_t checked(int exponent)
{
    if (exponent > std::numeric_limits<std::int16_t>::max()
        || exponent < std::numeric_limits<std::int16_t>::min()) {
        throw Rejection("an exponent of a polynomial is too large");
    }
    return static_cast<std::int16_t>(exponent);
}

std::size_t bits(const mpq_class& value)
{
    return mpz_sizeinbase(value.get_num_mpz_t(), 2) + mpz_sizeinbase(value.get_den_mpz_t(), 2);
}

bool divides(const Monomial& a, const Monomial& b)
{
    return std::equal(a.begin(), a.end(), b.begin(), [](auto x, auto y) { return x <= y; });
}

} // namespace

Monomial operator*(const Monomial& a, const Monomial& b)
{
    Monomial result;
    std::transform(a.begin(), a.end(), b.begin(), result.begin(),
                   [](int x, int y) { return checked(x + y); });
    return result;
}

Monomial operator/(const Monomial& a, const Monomial& b)
{
    Monomial result;
    std::transform(a.begin(), a.end(), b.begin(), result.begin(),
                   [](int x, int y) { return checked(x - y); });
    return result;
}

Polynomial::Polynomial(const mpq_class& value) : Polynomial(Monomial{}, value)
{
}

Polynomial::Polynomial(const Monomial& monomial, const mpq_class& coefficient)
{
    if (coefficient != 0) {
        terms_.emplace_back(monomial, coefficient);
    }
}

Polynomial Polynomial::generator(std::size_t index, int exponent)
{
    Monomial monomial{};
    monomial.at(index) = checked(exponent);
    return {monomial, 1};
}

Polynomial Polynomial::sum_of(std::vector<Term> terms)
{
    std::sort(terms.begin(), terms.end(),
              [](const Term& a, const Term& b) { return a.first > b.first; });
    Polynomial result;
    for (Term& term : terms) {
        if (!result.terms_.empty() && result.terms_.back().first == term.first) {
            result.terms_.back().second += term.second;
        } else {
            result.terms_.push_back(std::move(term));
        }
    }
    std::erase_if(result.terms_, [](const Term& term) { return term.second == 0; });
    return result;
}

std::pair<int, int> Polynomial::degrees(std::size_t index) const
{
    std::pair<int, int> result{0, 0};
    for (std::size_t i = 0; i < terms_.size(); ++i) {
        const int e = terms_[i].first[index];
        result = i == 0 ? std::pair(e, e)
                        : std::pair(std::min(result.first, e), std::max(result.second, e));
    }
    return result;
}

Monomial Polynomial::content() const
{
    Monomial result = terms_.front().first;
    for (const Term& term : terms_) {
        std::transform(result.begin(), result.end(), term.first.begin(), result.begin(),
                       [](auto x, auto y) { return std::min(x, y); });
    }
    return result;
}

std::map<int, Polynomial> Polynomial::by_powers_of(std::size_t index) const
{
    std::map<int, Polynomial> result;
    for (Term term : terms_) { // taking out one generator keeps the order of the others
        const int e = term.first[index];
        term.first[index] = 0;
        result[e].terms_.push_back(std::move(term));
    }
    return result;
}

Polynomial operator+(const Polynomial& a, const Polynomial& b)
{
    Polynomial result;
    auto x = a.terms_.begin();
    auto y = b.terms_.begin();
    while (x != a.terms_.end() || y != b.terms_.end()) {
        if (y == b.terms_.end() || (x != a.terms_.end() && x->first > y->first)) {
            result.terms_.push_back(*x++);
        } else if (x == a.terms_.end() || y->first > x->first) {
            result.terms_.push_back(*y++);
        } else {
            mpq_class sum = x->second + y->second;
            if (sum != 0) {
                result.terms_.emplace_back(x->first, std::move(sum));
            }
            ++x, ++y;
        }
    }
    return result;
}

Polynomial operator*(const Polynomial& a, const Polynomial& b)
{
    if (a.terms_.size() == 1) {
        return b.scaled(a.terms_[0].first, a.terms_[0].second);
    }
    if (b.terms_.size() == 1) {
        return a.scaled(b.terms_[0].first, b.terms_[0].second);
    }
    std::unordered_map<Monomial, mpq_class, Hash> products;
    for (const auto& [m, c] : a.terms_) {
        for (const auto& [n, d] : b.terms_) {
            check_clock();
            if (bits(c) + bits(d) > most_coefficient_bits || products.size() > most_terms) {
                throw Rejection("a polynomial grows too large");
            }
            products[m * n] += c * d;
        }
    }
    return Polynomial::sum_of({products.begin(), products.end()});
}

Polynomial Polynomial::scaled(const Monomial& monomial, const mpq_class& coefficient) const
{
    Polynomial result;
    for (const auto& [m, c] : terms_) {
        if (bits(c) + bits(coefficient) > most_coefficient_bits) {
            throw Rejection("a coefficient grows too large");
        }
        result.terms_.emplace_back(m * monomial, c * coefficient);
    }
    return coefficient == 0 ? Polynomial() : result;
}

Polynomial Polynomial::power(unsigned exponent) const
{
    Polynomial result(mpq_class(1));
    for (unsigned bit = 1U << 31U; bit > 0; bit /= 2) {
        result = result * result;
        if ((exponent & bit) != 0) {
            result = result * *this;
        }
    }
    return result;
}

std::optional<Polynomial> Polynomial::divided_by(const Polynomial& divisor) const
{
    const auto& [lead, scale] = divisor.terms_.front();
    const Monomial last = divisor.terms_.back().first;
    Polynomial rest = *this;
    std::vector<Term> quotient;
    while (!rest.is_zero()) {
        check_clock();
        const auto& [m, c] = rest.terms_.front();
        if (!divides(lead, m) || !divides(last, rest.terms_.back().first)) {
            return std::nullopt;
        }
        quotient.emplace_back(m / lead, c / scale);
        rest = rest + divisor.scaled(quotient.back().first, -quotient.back().second);
    }
    return sum_of(std::move(quotient));
}

std::optional<Polynomial> Polynomial::square_root() const
{
    Polynomial root;
    Polynomial rest = *this;
    while (!rest.is_zero()) {
        check_clock();
        const auto& [m, c] = rest.terms_.front();
        Term next;
        if (root.is_zero()) {
            const std::optional<mpq_class> lead = rational_root(c);
            const bool even = std::all_of(m.begin(), m.end(), [](int e) { return e % 2 == 0; });
            if (!lead || !even) {
                return std::nullopt;
            }
            std::transform(m.begin(), m.end(), next.first.begin(),
                           [](int e) { return static_cast<std::int16_t>(e / 2); });
            next.second = *lead;
        } else {
            const auto& [lead, scale] = root.terms_.front();
            if (!divides(lead, m) || root.terms_.size() > terms_.size()) {
                return std::nullopt;
            }
            next = {m / lead, c / (2 * scale)};
            if (!(root.terms_.back().first > next.first)) {
                return std::nullopt;
            }
        }
        // (root + t)^2 = root^2 + (2 root + t) t
        const Polynomial term(next.first, next.second);
        rest = rest + (root + root + term) * term.scaled({}, -1);
        root.terms_.push_back(std::move(next));
    }
    return root;
}

std::optional<mpq_class> rational_root(const mpq_class& value)
{
    const mpz_class& p = value.get_num();
    const mpz_class& q = value.get_den();
    if (value < 0 || mpz_perfect_square_p(p.get_mpz_t()) == 0
        || mpz_perfect_square_p(q.get_mpz_t()) == 0) {
        return std::nullopt;
    }
    return mpq_class(sqrt(p), sqrt(q));
}

} // namespace check

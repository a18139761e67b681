// Arithmetic and functions of a Field; field_sign.cpp has the signs, field_limit.cpp the limits.
#include "field.hpp"

#include "limits.hpp"

#include <algorithm>

namespace check {
namespace {

void multiply_factor(Value& value, const Polynomial& p, int exponent)
{
    if (exponent > largest_exponent * largest_exponent
        || exponent < -largest_exponent * largest_exponent) {
        throw Rejection("a power of a polynomial is too high");
    }
    auto& factors = value.factors;
    const auto same =
        std::find_if(factors.begin(), factors.end(), [&](const auto& f) { return f.first == p; });
    if (same == factors.end()) {
        factors.emplace_back(p, exponent);
    } else if ((same->second += exponent) == 0) {
        factors.erase(same);
    }
}

int exponent_in(const Value& value, const Polynomial& p)
{
    const auto same = std::find_if(value.factors.begin(), value.factors.end(),
                                   [&](const auto& f) { return f.first == p; });
    return same == value.factors.end() ? 0 : same->second;
}

int floor_half(int e)
{
    return (e - (e % 2 != 0 ? 1 : 0)) / 2;
}

/// n = square^2 * rest, squares of small primes and a square as a whole found.
std::pair<mpz_class, mpz_class> take_squares(mpz_class n)
{
    mpz_class outside = 1;
    for (unsigned long d = 2; d < 1000; ++d) {
        while (n % (d * d) == 0) {
            n /= d * d;
            outside *= d;
        }
    }
    if (mpz_perfect_square_p(n.get_mpz_t()) != 0) {
        return {outside * sqrt(n), 1};
    }
    return {outside, n};
}

/// The positive c with p / c a polynomial of coprime integer coefficients.
mpq_class scalar_content(const Polynomial& p)
{
    mpz_class numerator;
    mpz_class denominator = 1;
    for (const auto& [m, c] : p.terms()) {
        numerator = gcd(numerator, c.get_num());
        denominator = lcm(denominator, c.get_den());
    }
    mpq_class result(numerator, denominator);
    result.canonicalize();
    return result;
}

} // namespace

Value Field::evaluate(const Graph& graph, int root)
{
    for (const int i : graph.needed_by({root})) {
        if (done_.contains(i)) {
            continue;
        }
        const Node& node = graph[i];
        const auto a = [&]() -> const Value& { return done_.at(node.a); };
        const auto b = [&]() -> const Value& { return done_.at(node.b); };
        const auto value = [&]() -> Value {
            switch (node.op) {
            case Op::Constant:
                return rational(node.value);
            case Op::Name: {
                const auto range = ranges_.find(node.name);
                if (range != ranges_.end() && range->second.lo && range->second.hi
                    && *range->second.lo == *range->second.hi) {
                    return rational(*range->second.lo); // the only value: exprel(0) is 1
                }
                Generator wanted;
                wanted.op = Op::Name;
                wanted.name = node.name;
                return plain(Polynomial::generator(find_or_add(wanted)));
            }
            case Op::Negate:
                return multiply(a(), rational(-1));
            case Op::Add:
                return add(a(), b());
            case Op::Subtract:
                return subtract(a(), b());
            case Op::Multiply:
                return multiply(a(), b());
            case Op::Divide:
                return multiply(a(), inverse(b()));
            default:
                return function(node, a());
            }
        };
        done_.emplace(i, value());
    }
    return done_.at(root);
}

Value Field::function(const Node& node, const Value& x)
{
    const bool zero = x.core.is_zero();
    switch (node.op) {
    case Op::Power:
        return node.value.get_den() == 1 ? power(x, node.value.get_num().get_si())
                                         : fractional_power(x, node.value);
    case Op::Exp:
        return exponential(x);
    case Op::Sqrt:
        return square_root(x);
    case Op::Exprel: // Where x = 0 both sides are continuous: equal by continuity.
        return zero ? rational(1) : multiply(subtract(exponential(x), rational(1)), inverse(x));
    case Op::Log:
        return subtract(x, rational(1)).core.is_zero() ? rational(0) : opaque(Op::Log, x);
    case Op::Sin:
        return zero ? rational(0) : opaque(Op::Sin, x);
    default:
        return zero ? rational(1) : opaque(Op::Cos, x);
    }
}

Value Field::add(const Value& a, const Value& b) const
{
    if (a.core.is_zero() || b.core.is_zero()) {
        return a.core.is_zero() ? b : a;
    }
    Value result;
    Polynomial left = a.core;
    Polynomial right = b.core;
    const auto split = [&](const Polynomial& p) {
        const int in_a = exponent_in(a, p);
        const int in_b = exponent_in(b, p);
        const int common = std::min(in_a, in_b);
        left = left * p.power(static_cast<unsigned>(in_a - common));
        right = right * p.power(static_cast<unsigned>(in_b - common));
        if (common != 0) {
            result.factors.emplace_back(p, common);
        }
    };
    for (const auto& [p, e] : a.factors) {
        split(p);
    }
    for (const auto& [p, e] : b.factors) {
        if (exponent_in(a, p) == 0) {
            split(p);
        }
    }
    result.core = reduced(left + right);
    return result.core.is_zero() ? Value{} : result;
}

Value Field::multiply(const Value& a, const Value& b) const
{
    Value result{reduced(a.core * b.core), a.factors};
    if (result.core.is_zero()) {
        return {};
    }
    for (const auto& [p, e] : b.factors) {
        multiply_factor(result, p, e);
    }
    return result;
}

Value Field::inverse(const Value& a) const
{
    if (a.core.is_zero()) {
        throw Rejection("division by an expression that is identically zero");
    }
    Monomial monomial = a.core.content();
    const Polynomial primitive = a.core.scaled(Monomial{} / monomial, 1);
    const mpq_class lead = primitive.terms().front().second;
    Value result = rational(1);
    for (std::size_t g = 0; g < generators_.size(); ++g) {
        if (generators_[g].op == Op::Sqrt && !generators_[g].opaque && monomial[g] != 0) {
            monomial[g] = 0; // 1/S = S/p
            result = multiply(multiply(result, plain(Polynomial::generator(g))),
                              inverse(plain(generators_[g].radicand)));
        }
    }
    result.core = result.core.scaled(Monomial{} / monomial, 1 / lead);
    if (!primitive.is_constant()) {
        multiply_factor(result, primitive.scaled({}, 1 / lead), -1);
    }
    for (const auto& [p, e] : a.factors) {
        multiply_factor(result, p, -e);
    }
    return result;
}

Value Field::power(const Value& a, long exponent) const
{
    if (exponent < 0) {
        return power(inverse(a), -exponent);
    }
    Value base = a;
    Value result = rational(1);
    if (exponent > 1 && a.core.terms().size() > 1) { // stays a power, for the sake of roots
        const Monomial content = a.core.content();
        const mpq_class lead = a.core.terms().front().second;
        multiply_factor(result, a.core.scaled(Monomial{} / content, 1 / lead),
                        static_cast<int>(exponent));
        base.core = Polynomial(content, lead);
    }
    for (auto& [p, e] : base.factors) {
        multiply_factor(result, p, e * static_cast<int>(exponent));
    }
    for (long k = 0; k < exponent; ++k) {
        result.core = reduced(result.core * base.core);
    }
    return result;
}

std::size_t Field::find_or_add(const Generator& wanted)
{
    const auto same = std::find_if(generators_.begin(), generators_.end(), [&](const Generator& g) {
        return g.op == wanted.op && g.opaque == wanted.opaque && g.name == wanted.name
               && g.monomial == wanted.monomial && g.radicand == wanted.radicand
               && g.exponent == wanted.exponent
               && subtract(g.argument, wanted.argument).core.is_zero();
    });
    if (same == generators_.end()) {
        if (generators_.size() >= most_generators) {
            throw Rejection("more than " + std::to_string(most_generators)
                            + " names, exponentials and roots");
        }
        generators_.push_back(wanted);
        return generators_.size() - 1;
    }
    return static_cast<std::size_t>(same - generators_.begin());
}

Value Field::opaque(Op op, const Value& x, const mpq_class& exponent)
{
    Generator wanted;
    wanted.op = op;
    wanted.opaque = true;
    wanted.argument = x;
    wanted.exponent = exponent;
    return plain(Polynomial::generator(find_or_add(wanted)));
}

/// exp of the sum of c m/q: the product of exp(m/(k q))^(k c), k the denominator of c.
Value Field::exponential(const Value& x)
{
    const Value v = simplified(x);
    Generator wanted;
    wanted.op = Op::Exp;
    wanted.argument = rational(1);
    std::copy_if(v.factors.begin(), v.factors.end(), std::back_inserter(wanted.argument.factors),
                 [](const auto& f) { return f.second < 0; });
    Value result = rational(1);
    const Polynomial exponent = reduced(product(v, 1));
    for (const auto& [monomial, coefficient] : exponent.terms()) {
        if (abs(coefficient.get_num()) > largest_exponent) {
            throw Rejection("an exponential of a multiple beyond "
                            + std::to_string(largest_exponent));
        }
        wanted.monomial = monomial;
        wanted.exponent = mpq_class(1, coefficient.get_den());
        const auto times = static_cast<int>(coefficient.get_num().get_si());
        result = multiply(result, plain(Polynomial::generator(find_or_add(wanted), times)));
    }
    return result;
}

Value Field::fractional_power(const Value& x, const mpq_class& exponent)
{
    const long p = exponent.get_num().get_si();
    const mpq_class part(1, exponent.get_den());
    return power(part == mpq_class(1, 2) ? square_root(x) : opaque(Op::Power, x, part), p);
}

/// sqrt(c m p f^e ...): squares leave the root where the sign of what leaves is known.
Value Field::square_root(const Value& x)
{
    const Value v = simplified(x);
    Polynomial radicand = v.core;
    Value outside = rational(1);
    for (const auto& [f, e] : v.factors) {
        const int half = floor_half(e);
        const int known = sign(f);
        if (half % 2 != 0 && known == 0) {
            if (half < 0) {
                throw Rejection("square root of a quotient whose denominator may change its sign");
            }
            radicand = radicand * f.power(static_cast<unsigned>(e));
            continue;
        }
        multiply_factor(outside, f, half);
        outside.core = outside.core.scaled({}, half % 2 != 0 ? known : 1);
        radicand = radicand * f.power(static_cast<unsigned>(e - 2 * half));
    }
    radicand = reduced(radicand);
    if (radicand.is_zero()) {
        return {};
    }
    Monomial leaves{};
    const Monomial content = radicand.content();
    for (std::size_t g = 0; g < generators_.size(); ++g) {
        const int half = floor_half(content[g]);
        leaves[g] = static_cast<std::int16_t>(half % 2 == 0 || nonnegative_generator(g) ? half : 0);
    }
    const mpq_class scale = scalar_content(radicand);
    const auto [square, rest] = take_squares(scale.get_num() * scale.get_den());
    outside.core = outside.core.scaled(leaves, mpq_class(square) / scale.get_den());
    radicand = radicand.scaled(Monomial{} / (leaves * leaves), rest / scale);
    if (radicand == Polynomial(mpq_class(1))) {
        return outside;
    }
    if (radicand.is_constant() && radicand.constant() < 0) {
        throw Rejection("square root of a negative number");
    }
    const Polynomial root = root_of_one_sign(radicand);
    if (!root.is_zero()) {
        return multiply(outside, plain(root));
    }
    Generator wanted;
    wanted.op = Op::Sqrt;
    wanted.radicand = radicand;
    return multiply(outside, plain(Polynomial::generator(find_or_add(wanted))));
}

/// q >= 0 with q^2 = p, or 0 when there is none whose sign is known.
Polynomial Field::root_of_one_sign(const Polynomial& p) const
{
    const Monomial content = p.content();
    const bool polynomial =
        std::all_of(content.begin(), content.end(), [](int e) { return e >= 0; });
    const std::optional<Polynomial> root = polynomial ? p.square_root() : std::nullopt;
    return root ? root->scaled({}, sign(*root)) : Polynomial();
}

/// Replaces the squares of roots, the youngest first: its radicand may contain older ones.
Polynomial Field::reduced(Polynomial p) const
{
    for (std::size_t g = generators_.size(); g-- > 0;) {
        if (generators_[g].op != Op::Sqrt || generators_[g].opaque || p.degrees(g).second < 2) {
            continue;
        }
        Polynomial result;
        for (const auto& [e, part] : p.by_powers_of(g)) {
            result = result
                     + part * Polynomial::generator(g, e % 2)
                           * generators_[g].radicand.power(static_cast<unsigned>(e / 2));
        }
        p = std::move(result);
    }
    return p;
}

/// Divides the core by the denominators that divide it.
Value Field::simplified(Value a) const
{
    if (a.core.is_zero()) {
        return {};
    }
    for (std::size_t i = 0; i < a.factors.size(); ++i) {
        while (a.factors[i].second < 0) {
            const Monomial content = a.core.content();
            const auto quotient =
                a.core.scaled(Monomial{} / content, 1).divided_by(a.factors[i].first);
            if (!quotient) {
                break;
            }
            a.core = quotient->scaled(content, 1);
            ++a.factors[i].second;
        }
    }
    std::erase_if(a.factors, [](const auto& f) { return f.second == 0; });
    return a;
}

/// The numerator (sign 1) or the denominator (sign -1), multiplied out.
Polynomial Field::product(const Value& a, int sign) const
{
    Polynomial result = sign > 0 ? a.core : Polynomial(mpq_class(1));
    for (const auto& [p, e] : a.factors) {
        if (e * sign > 0) {
            result = result * p.power(static_cast<unsigned>(e * sign));
        }
    }
    return result;
}

} // namespace check

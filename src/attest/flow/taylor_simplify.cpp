#include "attest/flow/taylor_simplify.hpp"

#include "attest/numbers/errors.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <utility>

// A formula is held as a sum of products; a product is a rational times powers of bases; a base is
// a symbol, an exponential of one monomial, a function of a sum, or a sum that has no common
// factor left. Bases carry a canonical text, which is their identity.

namespace attest::flow {
namespace {

namespace mp = boost::multiprecision;

struct Base;
using BasePtr = std::shared_ptr<const Base>;

struct Factor {
    BasePtr base;
    Rational exponent;
};

struct Product {
    Rational coefficient = 1;
    std::map<std::string, Factor> factors;

    std::string key() const;
};

using Sum = std::map<std::string, Product>; // by key of the product without its coefficient

struct Base {
    enum class Kind { Symbol, Constant, Exponential, Collected, Log, Sin, Cos } kind{};
    std::string key;
    Rational constant;
    std::string name;
    Sum argument; // of an Exponential: one product with coefficient 1
};

std::string Product::key() const
{
    std::string text;
    for (const auto& [name, factor] : factors) {
        text += name + "^" + to_string(factor.exponent) + "*";
    }
    return text;
}

std::string key_of(const Sum& sum)
{
    std::string text;
    for (const auto& [key, product] : sum) {
        text += to_string(product.coefficient) + "*" + key + "+";
    }
    return text;
}

void add(Sum& sum, const Product& product)
{
    if (product.coefficient == 0) {
        return;
    }
    const auto [place, inserted] = sum.emplace(product.key(), product);
    if (!inserted) {
        place->second.coefficient += product.coefficient;
        if (place->second.coefficient == 0) {
            sum.erase(place);
        }
    }
}

Sum scaled(Sum sum, const Rational& factor)
{
    if (factor == 0) {
        return {};
    }
    for (auto& [key, product] : sum) {
        product.coefficient *= factor;
    }
    return sum;
}

void multiply_in(Product& product, const BasePtr& base, const Rational& exponent)
{
    if (exponent == 0) {
        return;
    }
    const auto [place, inserted] = product.factors.emplace(base->key, Factor{base, exponent});
    if (!inserted) {
        place->second.exponent += exponent;
        if (place->second.exponent == 0) {
            product.factors.erase(place);
        }
    }
    if (base->kind == Base::Kind::Constant) {
        const auto found = product.factors.find(base->key);
        if (found != product.factors.end() && mp::denominator(found->second.exponent) == 1) {
            const long power = mp::numerator(found->second.exponent).convert_to<long>();
            product.coefficient *= attest::pow(base->constant, power);
            product.factors.erase(found);
        }
    }
}

Product product_of(const Product& a, const Product& b)
{
    Product result = a;
    result.coefficient *= b.coefficient;
    for (const auto& [key, factor] : b.factors) {
        multiply_in(result, factor.base, factor.exponent);
    }
    return result;
}

BasePtr make_base(Base::Kind kind, Sum argument)
{
    static const char* const names[] = {"", "", "exp", "sum", "log", "sin", "cos"};
    Base base;
    base.kind = kind;
    base.key = std::string(names[static_cast<std::size_t>(kind)]) + "{" + key_of(argument) + "}";
    base.argument = std::move(argument);
    return std::make_shared<const Base>(std::move(base));
}

/// The terms of a product that is a multiple of one plain sum; otherwise the product alone.
Sum opened(const Product& product)
{
    if (product.factors.size() == 1) {
        const Factor& factor = product.factors.begin()->second;
        if (factor.base->kind == Base::Kind::Collected && factor.exponent == 1) {
            return scaled(factor.base->argument, product.coefficient);
        }
    }
    Sum sum;
    add(sum, product);
    return sum;
}

Rational content(const Sum& sum)
{
    Integer numerators = 0;
    Integer denominators = 1;
    for (const auto& [key, product] : sum) {
        numerators = mp::gcd(numerators, Integer(mp::numerator(product.coefficient)));
        denominators = mp::lcm(denominators, Integer(mp::denominator(product.coefficient)));
    }
    const Rational positive = Rational(numerators) / Rational(denominators);
    return sum.begin()->second.coefficient < 0 ? Rational(-positive) : positive;
}

/// The sum as one product: content and common factors in front, the rest as a base.
Product factored(Sum sum)
{
    Product front;
    if (sum.empty()) {
        front.coefficient = 0;
        return front;
    }
    for (;;) {
        if (sum.size() == 1) {
            return product_of(front, sum.begin()->second);
        }
        std::map<std::string, Factor> common; // with the least exponent of any term
        for (const auto& [key, product] : sum) {
            for (const auto& [name, factor] : product.factors) {
                common.emplace(name, Factor{factor.base, factor.exponent});
            }
        }
        Product shared;
        for (auto& [name, factor] : common) {
            for (const auto& [key, product] : sum) {
                const auto found = product.factors.find(name);
                const Rational exponent =
                    found == product.factors.end() ? Rational(0) : found->second.exponent;
                factor.exponent = std::min(factor.exponent, exponent);
            }
            multiply_in(shared, factor.base, factor.exponent);
        }
        if (shared.factors.empty()) {
            break;
        }
        front = product_of(front, shared);
        Sum rest;
        for (const auto& [key, product] : sum) {
            Product reduced = product;
            for (const auto& [name, factor] : shared.factors) {
                multiply_in(reduced, factor.base, -factor.exponent);
            }
            for (const auto& [inner, term] : opened(reduced)) {
                add(rest, term);
            }
        }
        if (rest.empty()) {
            front = Product{};
            front.coefficient = 0;
            return front;
        }
        sum = std::move(rest);
    }
    const Rational c = content(sum);
    front.coefficient *= c;
    multiply_in(front, make_base(Base::Kind::Collected, scaled(std::move(sum), 1 / c)), 1);
    return front;
}

Sum constant_sum(const Rational& value)
{
    Sum sum;
    Product product;
    product.coefficient = value;
    add(sum, product);
    return sum;
}

/// Products of sums with positive whole exponents multiplied out, for the argument of exp.
Sum expanded(const Sum& sum)
{
    Sum result;
    for (const auto& [key, product] : sum) {
        const auto inner =
            std::find_if(product.factors.begin(), product.factors.end(), [](const auto& entry) {
                return entry.second.base->kind == Base::Kind::Collected
                       && entry.second.exponent >= 1;
            });
        if (inner == product.factors.end()) {
            add(result, product);
            continue;
        }
        Product rest = product;
        const BasePtr base = inner->second.base;
        multiply_in(rest, base, Rational(-1));
        Sum distributed;
        for (const auto& [name, term] : base->argument) {
            add(distributed, product_of(rest, term));
        }
        for (const auto& [name, term] : expanded(distributed)) {
            add(result, term);
        }
    }
    return result;
}

bool is_square_free_of_sign(const Factor& factor, const std::set<std::string>& positive)
{
    return factor.base->kind == Base::Kind::Exponential || factor.base->kind == Base::Kind::Constant
           || (factor.base->kind == Base::Kind::Symbol && positive.contains(factor.base->name));
}

BasePtr constant_base(const Rational& value)
{
    Base base;
    base.kind = Base::Kind::Constant;
    base.constant = value;
    base.key = "constant{" + to_string(value) + "}";
    return std::make_shared<const Base>(std::move(base));
}

Product raised(const Product& product, const Rational& exponent,
               const std::set<std::string>& positive)
{
    Product result;
    if (exponent == 0) {
        return result;
    }
    const bool whole = mp::denominator(exponent) == 1;
    if (product.coefficient == 0) {
        if (exponent < 0) {
            throw DomainError("division by an expression that is identically 0");
        }
        return product;
    }
    if (whole) {
        result.coefficient =
            attest::pow(product.coefficient, mp::numerator(exponent).convert_to<long>());
        for (const auto& [key, factor] : product.factors) {
            multiply_in(result, factor.base, factor.exponent * exponent);
        }
        return result;
    }
    // A root may be taken factor by factor only where every factor is known to be positive.
    Product rest;
    for (const auto& [key, factor] : product.factors) {
        if (is_square_free_of_sign(factor, positive)) {
            multiply_in(result, factor.base, factor.exponent * exponent);
        } else {
            multiply_in(rest, factor.base, factor.exponent);
        }
    }
    const bool alone = rest.factors.empty()
                       || (rest.factors.size() == 1 && rest.factors.begin()->second.exponent == 1);
    if (product.coefficient > 0 && alone) {
        if (product.coefficient != 1) {
            multiply_in(result, constant_base(product.coefficient), exponent);
        }
        for (const auto& [key, factor] : rest.factors) {
            multiply_in(result, factor.base, exponent);
        }
        return result;
    }
    rest.coefficient = product.coefficient;
    Sum opaque;
    add(opaque, rest);
    multiply_in(result, make_base(Base::Kind::Collected, std::move(opaque)), exponent);
    return result;
}

Sum exponential(const Sum& argument)
{
    Product result;
    for (const auto& [key, product] : expanded(argument)) {
        Product monomial = product;
        monomial.coefficient = 1;
        Sum inner;
        add(inner, monomial);
        multiply_in(result, make_base(Base::Kind::Exponential, std::move(inner)),
                    product.coefficient);
    }
    return opened(result);
}

class Reader {
public:
    explicit Reader(const std::vector<std::string>& positive) :
        positive_(positive.begin(), positive.end())
    {
    }

    Sum read(const Expr::Node& node)
    {
        if (const auto found = done_.find(&node); found != done_.end()) {
            return found->second;
        }
        Sum result = compute(node);
        done_.emplace(&node, result);
        return result;
    }

private:
    Sum compute(const Expr::Node& node)
    {
        switch (node.kind) {
        case Expr::Kind::Constant:
            return constant_sum(node.value);
        case Expr::Kind::Symbol: {
            Base base;
            base.kind = Base::Kind::Symbol;
            base.name = node.name;
            base.key = node.name;
            Product product;
            multiply_in(product, std::make_shared<const Base>(std::move(base)), 1);
            return opened(product);
        }
        case Expr::Kind::Negate:
            return scaled(read(*node.args[0]), -1);
        case Expr::Kind::Add:
        case Expr::Kind::Subtract: {
            Sum result = read(*node.args[0]);
            const int sign = node.kind == Expr::Kind::Add ? 1 : -1;
            for (const auto& [key, term] : scaled(read(*node.args[1]), sign)) {
                add(result, term);
            }
            return result;
        }
        case Expr::Kind::Multiply:
            return opened(product_of(factored(read(*node.args[0])), factored(read(*node.args[1]))));
        case Expr::Kind::Divide:
            return opened(product_of(factored(read(*node.args[0])),
                                     raised(factored(read(*node.args[1])), -1, positive_)));
        case Expr::Kind::Power:
            return opened(raised(factored(read(*node.args[0])), node.value, positive_));
        case Expr::Kind::Sqrt:
            return opened(raised(factored(read(*node.args[0])), Rational(1, 2), positive_));
        case Expr::Kind::Exp:
            return exponential(read(*node.args[0]));
        case Expr::Kind::Log:
            return function(Base::Kind::Log, read(*node.args[0]));
        case Expr::Kind::Sin:
            return function(Base::Kind::Sin, read(*node.args[0]));
        case Expr::Kind::Cos:
            return function(Base::Kind::Cos, read(*node.args[0]));
        }
        throw DomainError("malformed expression");
    }

    static Sum function(Base::Kind kind, Sum argument)
    {
        Product product;
        multiply_in(product, make_base(kind, std::move(argument)), 1);
        return opened(product);
    }

    std::set<std::string> positive_;
    std::map<const Expr::Node*, Sum> done_;
};

// --- back to Expr ---------------------------------------------------------------------------

Expr write(const Sum& sum);

Expr write(const Factor& factor)
{
    const Base& base = *factor.base;
    Expr value;
    switch (base.kind) {
    case Base::Kind::Symbol:
        value = Expr::symbol(base.name);
        break;
    case Base::Kind::Constant:
        value = Expr(base.constant);
        break;
    case Base::Kind::Exponential:
        return exp(write(scaled(base.argument, factor.exponent)));
    case Base::Kind::Collected:
        value = write(base.argument);
        break;
    case Base::Kind::Log:
        value = log(write(base.argument));
        break;
    case Base::Kind::Sin:
        value = sin(write(base.argument));
        break;
    case Base::Kind::Cos:
        value = cos(write(base.argument));
        break;
    }
    if (factor.exponent == 1) {
        return value;
    }
    return factor.exponent == Rational(1, 2) ? sqrt(value) : attest::pow(value, factor.exponent);
}

Expr write_absolute(const Product& product)
{
    const Rational magnitude = abs(product.coefficient);
    bool first = true;
    Expr numerator(1);
    Expr denominator(1);
    const auto into = [](Expr& place, const Expr& factor) {
        place = place == Expr(1) ? factor : place * factor;
    };
    for (const auto& [key, factor] : product.factors) {
        if (factor.exponent > 0 || factor.base->kind == Base::Kind::Exponential) {
            into(numerator, write(factor));
            first = false;
        } else {
            into(denominator, write(Factor{factor.base, -factor.exponent}));
        }
    }
    if (magnitude != 1 || first) {
        numerator = first ? Expr(magnitude) : Expr(magnitude) * numerator;
    }
    return denominator == Expr(1) ? numerator : numerator / denominator;
}

Expr write(const Sum& sum)
{
    Expr result(0);
    bool first = true;
    for (const auto& [key, product] : sum) {
        const Expr term = write_absolute(product);
        if (first) {
            result = product.coefficient < 0 ? -term : term;
        } else {
            result = product.coefficient < 0 ? result - term : result + term;
        }
        first = false;
    }
    return result;
}

} // namespace

Expr simplify(const Expr& formula, const std::vector<std::string>& positive)
{
    const Sum sum = Reader(positive).read(formula.node());
    // Taking out common factors once more joins terms over one denominator.
    return write(opened(factored(sum)));
}

} // namespace attest::flow

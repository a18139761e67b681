// Values of elements of a Field where one name takes a number, and when these are limits.
#include "field.hpp"

#include "limits.hpp"

#include <algorithm>

namespace check {

bool Field::never_zero(const Value& a, const std::set<std::string>& not_zero) const
{
    const auto one_sign = [&](const Polynomial& p) {
        return is_positive(p, not_zero) || is_positive(p.scaled({}, -1), not_zero);
    };
    return one_sign(a.core) && std::all_of(a.factors.begin(), a.factors.end(), [&](const auto& f) {
               return one_sign(f.first);
           });
}

std::set<std::string> Field::divisors(const Graph& graph, int formula)
{
    std::set<std::string> result;
    const std::vector<int> nodes = graph.needed_by({formula});
    // exprel(x) is no division by x, though its normal form is.
    if (std::any_of(nodes.begin(), nodes.end(), [&](int i) { return graph[i].op == Op::Exprel; })) {
        return result;
    }
    const Value a = evaluate(graph, formula);
    for (std::size_t g = 0; g < generators_.size(); ++g) {
        if (generators_[g].op == Op::Name && a.core.degrees(g).first < 0) {
            result.insert(generators_[g].name);
        }
    }
    return result;
}

bool Field::depends_on(std::size_t index, const std::string& name) const
{
    const Generator& g = generators_[index];
    if (g.op == Op::Name) {
        return g.name == name;
    }
    const auto occurs = [&](const Polynomial& p) {
        for (std::size_t i = 0; i < index; ++i) {
            const auto [lowest, highest] = p.degrees(i);
            if ((lowest != 0 || highest != 0) && depends_on(i, name)) {
                return true;
            }
        }
        return false;
    };
    return occurs(g.radicand) || occurs(Polynomial(g.monomial, 1)) || occurs(g.argument.core)
           || std::any_of(g.argument.factors.begin(), g.argument.factors.end(),
                          [&](const auto& f) { return occurs(f.first); });
}

Value Field::substitute(const Polynomial& p, const std::vector<std::optional<Value>>& values) const
{
    Value sum;
    for (const auto& [monomial, coefficient] : p.terms()) {
        Monomial kept = monomial;
        Value product = rational(1);
        for (std::size_t g = 0; g < values.size(); ++g) {
            if (values[g] && monomial[g] != 0) {
                kept[g] = 0;
                product = multiply(product, power(*values[g], monomial[g]));
            }
        }
        sum = add(sum, multiply(product, plain(Polynomial(kept, coefficient))));
    }
    return sum;
}

Value Field::substitute(const Value& a, const std::string& name, const mpq_class& number)
{
    std::vector<std::optional<Value>> values;
    for (std::size_t i = 0; i < generators_.size(); ++i) {
        const Generator g = generators_[i];
        if (!depends_on(i, name)) {
            values.emplace_back();
        } else if (g.op == Op::Name) {
            values.emplace_back(rational(number));
        } else if (g.opaque || !g.argument.factors.empty()) {
            throw Rejection("a limit under a function without algebra");
        } else if (g.op == Op::Exp) {
            values.emplace_back(
                exponential(substitute(Polynomial(g.monomial, g.exponent), values)));
        } else {
            values.emplace_back(square_root(substitute(g.radicand, values)));
        }
    }
    Value result = substitute(a.core, values);
    for (const auto& [p, e] : a.factors) {
        result = multiply(result, power(substitute(p, values), e));
    }
    return simplified(result);
}

bool Field::is_continuous(const Value& a, const std::string& name, const mpq_class& number,
                          const std::set<std::string>& not_zero)
{
    // Inverses of names hide in exponents and radicands too.
    const auto harmless = [&](const Polynomial& p) {
        for (std::size_t g = 0; g < generators_.size(); ++g) {
            const Generator& generator = generators_[g];
            const auto range = ranges_.find(generator.name);
            const bool positive =
                range != ranges_.end() && range->second.lo && *range->second.lo > 0;
            if (p.degrees(g).first < 0
                && !(generator.op == Op::Exp || generator.name == name || positive
                     || (generator.op == Op::Name && not_zero.contains(generator.name)))) {
                return false;
            }
        }
        return true;
    };
    bool good = harmless(a.core);
    for (const Generator& g : generators_) {
        good = good && harmless(g.radicand) && harmless(Polynomial(g.monomial, 1));
    }
    for (std::size_t i = 0; good && i < a.factors.size(); ++i) {
        const auto& [p, e] = a.factors[i];
        good = e > 0 || never_zero(substitute({p, {}}, name, number), not_zero);
    }
    return good;
}

} // namespace check

// Signs of elements of a Field over the ranges of its names. The names become functions of new
// symbols that are 0 or greater and otherwise free: lo + p on [lo, inf), (lo + hi k)/(1 + k) on
// [lo, hi); exp(m) with m >= 0 becomes 1 + x; and where b in [0, 1] and exp(m) occurs beside
// exp(m b), exp(m) = (1 + y) exp(m b). Each of these is onto at least the values that occur, so a
// polynomial with coefficients >= 0 in the new symbols is >= 0 for all values in the ranges; for
// the end k = inf because it is a limit of such values, every other symbol being held fixed.
#include "field.hpp"

#include "limits.hpp"

#include <algorithm>
#include <numeric>

namespace check {
namespace {

bool within_unit(const Ranges& ranges, const std::string& name)
{
    const auto found = ranges.find(name);
    return found != ranges.end() && found->second.lo && *found->second.lo >= 0 && found->second.hi
           && *found->second.hi <= 1;
}

Polynomial linear(const mpq_class& constant, const mpq_class& slope, std::size_t g)
{
    return Polynomial(constant) + Polynomial::generator(g).scaled({}, slope);
}

/// The sum of g^e p_e with g = top / bottom, times bottom^degree.
Polynomial replaced(const Polynomial& p, std::size_t g, const Polynomial& top,
                    const Polynomial& bottom)
{
    const int degree = p.degrees(g).second;
    Polynomial result;
    for (const auto& [e, part] : p.by_powers_of(g)) {
        result = result
                 + part * top.power(static_cast<unsigned>(e))
                       * bottom.power(static_cast<unsigned>(degree - e));
    }
    return result;
}

} // namespace

bool Field::nonnegative_generator(std::size_t index) const
{
    const Generator& g = generators_[index];
    if (g.op == Op::Name) {
        const auto range = ranges_.find(g.name);
        return range != ranges_.end() && range->second.lo && *range->second.lo >= 0;
    }
    return g.op == Op::Exp || g.op == Op::Sqrt || g.op == Op::Power;
}

/// The generator is exp(m/k) with m >= 0.
bool Field::grows_from_one(std::size_t index) const
{
    const Monomial& m = generators_[index].monomial;
    bool grows = generators_[index].op == Op::Exp && generators_[index].argument.factors.empty();
    for (std::size_t i = 0; i < generators_.size(); ++i) {
        grows = grows && (m[i] == 0 || (m[i] > 0 && nonnegative_generator(i)));
    }
    return grows;
}

Polynomial Field::on_domain(const Polynomial& p) const
{
    Polynomial result = p;
    const Polynomial one(mpq_class(1));
    // Negative exponents: times a power that is positive wherever p is defined.
    Monomial clear{};
    for (std::size_t g = 0; g < generators_.size(); ++g) {
        const int lowest = std::min(0, p.degrees(g).first);
        clear[g] = static_cast<std::int16_t>(nonnegative_generator(g) ? -lowest
                                             : lowest % 2 != 0        ? 1 - lowest
                                                                      : -lowest);
    }
    result = result.scaled(clear, 1);
    std::vector<std::size_t> exponentials;
    for (std::size_t g = 0; g < generators_.size(); ++g) {
        if (grows_from_one(g)) {
            exponentials.push_back(g);
        }
    }
    const auto degree = [&](std::size_t g) {
        return std::accumulate(generators_[g].monomial.begin(), generators_[g].monomial.end(), 0);
    };
    std::sort(exponentials.begin(), exponentials.end(),
              [&](auto a, auto b) { return degree(a) < degree(b); });
    for (const std::size_t g : exponentials) {
        Polynomial value = linear(1, 1, g);
        const auto smaller =
            std::find_if(exponentials.begin(), exponentials.end(), [&](std::size_t h) {
                const Monomial ratio = generators_[h].monomial / generators_[g].monomial;
                return degree(h) == degree(g) + 1
                       && generators_[h].exponent == generators_[g].exponent
                       && std::all_of(ratio.begin(), ratio.end(), [](int e) { return e >= 0; }) &&
                       [&] {
                           const auto at = static_cast<std::size_t>(
                               std::find(ratio.begin(), ratio.end(), 1) - ratio.begin());
                           return generators_[at].op == Op::Name
                                  && within_unit(ranges_, generators_[at].name);
                       }();
            });
        if (smaller != exponentials.end()) {
            value = value * Polynomial::generator(*smaller);
        }
        result = replaced(result, g, value, one);
    }
    for (std::size_t g = 0; g < generators_.size(); ++g) {
        const auto range =
            generators_[g].op == Op::Name ? ranges_.find(generators_[g].name) : ranges_.end();
        if (range == ranges_.end() || !range->second.lo) {
            continue;
        }
        const auto& [lo, hi] = range->second;
        result = hi ? replaced(result, g, linear(*lo, *hi, g), linear(1, 1, g))
                    : replaced(result, g, linear(*lo, 1, g), one);
    }
    return result;
}

bool Field::has_positive_coefficients(const Polynomial& p) const
{
    const auto known = [&](std::size_t g) {
        const auto range = ranges_.find(generators_[g].name);
        return nonnegative_generator(g)
               || (generators_[g].op == Op::Name && range != ranges_.end() && range->second.lo);
    };
    return std::all_of(p.terms().begin(), p.terms().end(), [&](const auto& term) {
        bool good = term.second > 0;
        for (std::size_t g = 0; good && g < generators_.size(); ++g) {
            good = term.first[g] % 2 == 0 || known(g);
        }
        return good;
    });
}

/// 1 or -1 when p >= 0 or p <= 0 wherever defined, 0 when that is not known.
int Field::sign(const Polynomial& p) const
{
    const Polynomial q = on_domain(p);
    return has_positive_coefficients(q) ? 1 : has_positive_coefficients(q.scaled({}, -1)) ? -1 : 0;
}

bool Field::is_nonnegative(const Value& a) const
{
    const Value v = simplified(a);
    int total = sign(v.core);
    for (const auto& [f, e] : v.factors) {
        total *= e % 2 != 0 ? sign(f) : 1;
    }
    return v.core.is_zero() || total > 0 || (sign(product(v, 1)) * sign(product(v, -1)) > 0);
}

/// Positive also on the border: at every combination of the ends p = 0, k = 0 and k = inf of the
/// new symbols some term remains that does not vanish there.
bool Field::is_positive(const Polynomial& p, const std::set<std::string>& not_zero) const
{
    const Polynomial q = on_domain(p);
    if (p.is_zero() || !has_positive_coefficients(q)) {
        return false;
    }
    // The degree in k before common powers of 1 + k cancelled: less is left where p is 0 at k =
    // inf.
    const auto degree = [&](std::size_t g) {
        const auto [lowest, highest] = p.degrees(g);
        return highest
               - std::min(0, lowest % 2 != 0 && !nonnegative_generator(g) ? lowest - 1 : lowest);
    };
    std::vector<std::size_t> finite; // names with two ends
    for (std::size_t g = 0; g < generators_.size(); ++g) {
        const auto range = ranges_.find(generators_[g].name);
        if (generators_[g].op == Op::Name && range != ranges_.end() && range->second.lo
            && range->second.hi && degree(g) > 0) {
            finite.push_back(g);
        }
    }
    if (finite.size() > 10) {
        return false;
    }
    const auto zero_excluded = [&](std::size_t g) {
        const auto range = ranges_.find(generators_[g].name);
        return generators_[g].op == Op::Name && not_zero.contains(generators_[g].name)
               && range != ranges_.end() && range->second.lo && *range->second.lo == 0;
    };
    const auto remains = [&](const Monomial& m, unsigned corner) {
        for (std::size_t g = 0; g < generators_.size(); ++g) {
            const auto at =
                static_cast<unsigned>(std::find(finite.begin(), finite.end(), g) - finite.begin());
            if (at < finite.size()
                && ((corner >> at) & 1U) != 0) { // k = inf: the highest power of k
                if (m[g] != degree(g)) {
                    return false;
                }
                continue;
            }
            const bool never_zero =
                generators_[g].op == Op::Exp ? !grows_from_one(g) : zero_excluded(g);
            if (m[g] != 0 && !never_zero) {
                return false;
            }
        }
        return true;
    };
    for (unsigned corner = 0; corner < (1U << finite.size()); ++corner) {
        if (std::none_of(q.terms().begin(), q.terms().end(),
                         [&](const auto& term) { return remains(term.first, corner); })) {
            return false;
        }
    }
    return true;
}

} // namespace check

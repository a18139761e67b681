#pragma once

#include "attest/numbers/expr.hpp"

#include <map>
#include <string>
#include <utility>

/// Linear combinations of named vectors of which only the inner products are known: an identity
/// between such combinations is one in every dimension.
namespace attest::theorems {

/// Symmetric table of inner products; throws DomainError for a pair that was not given.
class InnerProducts {
public:
    void set(const std::string& a, const std::string& b, const Expr& value)
    {
        table_.insert_or_assign(ordered(a, b), value);
    }
    const Expr& at(const std::string& a, const std::string& b) const
    {
        const auto found = table_.find(ordered(a, b));
        if (found == table_.end()) {
            throw DomainError("no inner product of '" + a + "' and '" + b + "'");
        }
        return found->second;
    }

private:
    static std::pair<std::string, std::string> ordered(const std::string& a, const std::string& b)
    {
        return a < b ? std::pair(a, b) : std::pair(b, a);
    }
    std::map<std::pair<std::string, std::string>, Expr> table_;
};

/// A sum of coefficients times named vectors.
struct Combination {
    std::map<std::string, Expr> parts;

    static Combination of(const std::string& name) { return {{{name, Expr(1)}}}; }

    friend Combination operator*(const Expr& factor, Combination v)
    {
        for (auto& [name, coefficient] : v.parts) {
            coefficient = factor * coefficient;
        }
        return v;
    }
    friend Combination operator+(Combination v, const Combination& w)
    {
        for (const auto& [name, coefficient] : w.parts) {
            const auto [place, fresh] = v.parts.emplace(name, coefficient);
            if (!fresh) {
                place->second = place->second + coefficient;
            }
        }
        return v;
    }
    friend Combination operator-(Combination v, const Combination& w)
    {
        return std::move(v) + Expr(-1) * w;
    }
};

inline Expr inner(const InnerProducts& table, const Combination& v, const Combination& w)
{
    Expr sum(0);
    for (const auto& [a, x] : v.parts) {
        for (const auto& [b, y] : w.parts) {
            sum = sum + x * y * table.at(a, b);
        }
    }
    return sum;
}

/// v - <v, theta> theta for a unit vector theta.
inline Combination project(const InnerProducts& table, const Combination& theta,
                           const Combination& v)
{
    return v - inner(table, v, theta) * theta;
}

} // namespace attest::theorems

#include "attest/chance/gram_system.hpp"

#include "attest/model/parameters.hpp"
#include "attest/model/schemes.hpp"
#include "attest/numbers/eigen.hpp"
#include "attest/numbers/errors.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace attest::chance {
namespace {

/// sum of the entries of one row that are there.
Expr total(const std::vector<Expr>& terms)
{
    Expr sum = terms.front();
    for (std::size_t k = 1; k < terms.size(); ++k) {
        sum = sum + terms[k];
    }
    return sum;
}

} // namespace

std::string cosine_name(long j, long k)
{
    return fmt::format("g{}_{}", std::min(j, k) + 1, std::max(j, k) + 1);
}
std::string magnitude_name(long j)
{
    return fmt::format("q{}", j + 1);
}
bool has_magnitudes(const std::string& scheme)
{
    return !model::is_spherical(scheme);
}

bool moves_magnitudes(const std::string& scheme, bool late)
{
    return has_magnitudes(scheme) && (late || scheme != model::MixLN::name);
}

flow::System gram_system(const GramScheme& setting, bool late, const Rational& from)
{
    const long n = setting.n;
    if (n < 2) {
        throw InputError(fmt::format("n = {}: must be at least 2", n));
    }
    const bool moving = has_magnitudes(setting.scheme);
    const bool growing = moves_magnitudes(setting.scheme, late);
    const Expr one(1L);
    const Expr beta(setting.beta);
    const Expr t = Expr(from) + Expr::symbol("x");
    Matrix<Expr> g(n, n);
    Matrix<Expr> e(n, n); // e^{beta (g - 1)}
    for (long j = 0; j < n; ++j) {
        for (long k = j; k < n; ++k) {
            g(j, k) = j == k ? one : Expr::symbol(cosine_name(j, k));
            e(j, k) = j == k ? one : exp(beta * (g(j, k) - 1));
            g(k, j) = g(j, k);
            e(k, j) = e(j, k);
        }
    }
    const auto row = [&](long j, const auto& term) {
        std::vector<Expr> terms;
        for (long l = 0; l < n; ++l) {
            if (l != j) {
                terms.push_back(term(l));
            }
        }
        return total(terms);
    };
    Matrix<Expr> h(n, n);
    std::vector<Expr> r_dot;
    for (long j = 0; j < n; ++j) {
        const Expr Z = one + row(j, [&](long l) { return e(j, l); });
        const Expr along = (one + row(j, [&](long l) { return e(j, l) * g(j, l); })) / Z;
        // |A_j|^2 = <A_j, theta_j>^2 + |P_j A_j|^2, both parts as sums over the other tokens.
        const Expr across = row(j, [&](long l) {
            return e(j, l) * row(j, [&](long m) {
                       return l == m ? e(j, l) * (one - g(j, l) * g(j, l))
                                     : e(j, m) * (g(l, m) - g(j, l) * g(j, m));
                   });
        });
        const model::TokenView<Expr> token{moving ? Expr::symbol(magnitude_name(j)) : one,
                                           sqrt(along * along + across / (Z * Z)),
                                           along,
                                           setting.alpha.formula.substitute("t", t),
                                           t,
                                           Expr(late ? 1L : 0L)};
        const auto [speed, growth] = model::with_scheme(setting.scheme, [&]<class S>(S) {
            return std::pair<Expr, Expr>(S::speed_factor(token), S::r_dot(token));
        });
        r_dot.push_back(growth);
        for (long k = 0; k < n; ++k) {
            if (k == j) {
                continue;
            }
            const Expr pull = row(j, [&](long l) {
                return l == k ? e(j, k) * (one - g(j, k) * g(j, k))
                              : e(j, l) * (g(l, k) - g(j, l) * g(j, k));
            });
            h(j, k) = pull / (Z * speed);
        }
    }
    flow::System system;
    system.independent = "x";
    for (long j = 0; j < n; ++j) {
        for (long k = j + 1; k < n; ++k) {
            system.states.push_back(cosine_name(j, k));
            system.rates.push_back(h(j, k) + h(k, j));
        }
    }
    for (long j = 0; moving && j < n; ++j) {
        system.states.push_back(magnitude_name(j));
        const Expr& rate = r_dot[static_cast<std::size_t>(j)];
        system.rates.push_back(growing ? rate - Expr::symbol(magnitude_name(j)) : rate);
    }
    return system;
}

} // namespace attest::chance

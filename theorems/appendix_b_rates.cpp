// Comparison of rates in n, d and log n, for all parameters and along explicit families.
#include "theorems/appendix_b_rates.hpp"

#include "attest/numbers/precision.hpp"
#include "attest/proof/certificates.hpp"
#include "theorems/terminal_steps.hpp"

#include <array>

namespace attest::theorems {
namespace {

constexpr long rate_bits = 256;

/// n = base^n_power, d = base^d_power.
struct Powers {
    long n;
    long d;
};

Powers powers(PairFamily family)
{
    return {family == PairFamily::Cube ? 3L : family == PairFamily::Square ? 2L : 1L, 1L};
}

constexpr long root_power = 16; // d = y^16, so that roots and eighth powers stay polynomials

Ranges family_ranges(PairFamily family, const Rational& tau)
{
    if (family == PairFamily::Wide) {
        return {{"k", from(tau)},
                {"s", from(0)},
                {"e", between(Rational(2718, 1000), Rational(2719, 1000))}};
    }
    return {{"y", from(tau)}, {"e", between(Rational(2718, 1000), Rational(2719, 1000))}};
}

/// n and d as formulas of the family's parameters, L kept.
Expr on_family(const Expr& formula, PairFamily family)
{
    const Expr with_L = with_log_symbol(formula);
    if (family == PairFamily::Wide) {
        const Expr k = sym("k");
        const Expr v = 2 * k * k + 1 + sym("s"); // 3^k
        return with_L.substitute("d", k * v).substitute("n", v);
    }
    const Expr y = sym("y");
    return with_L.substitute("n", pow(y, root_power * powers(family).n))
        .substitute("d", pow(y, root_power * powers(family).d));
}

/// log n is at most this.
Expr log_bound(PairFamily family)
{
    if (family == PairFamily::Wide) {
        return Expr(Rational(11, 10)) * sym("k");
    }
    // 16 p y <= (4 y)^2, (6 y)^2, (7 y)^2 for p = 1, 2, 3: a square, whose root is a polynomial.
    const long root = family == PairFamily::Cube ? 7 : family == PairFamily::Square ? 6 : 4;
    return pow(Expr(root) * sym("y"), 2);
}

Ball at(const Expr& formula, const ExplicitPair& pair)
{
    return with_euler(formula).evaluate<Ball>({{"n", Ball(pair.n)}, {"d", Ball(pair.d)}});
}

} // namespace

std::string describe(PairFamily family)
{
    switch (family) {
    case PairFamily::Equal:
        return "n = d";
    case PairFamily::Square:
        return "n = d^2";
    case PairFamily::Cube:
        return "n = d^3";
    case PairFamily::Wide:
        break;
    }
    return "n = 3^k, d = k 3^k";
}

Expr log_n()
{
    return log(sym("n"));
}

Expr with_log_symbol(const Expr& formula)
{
    return replace_formula(formula, log(sym("n")), sym("L"));
}

Expr with_euler(const Expr& formula)
{
    return formula.substitute("e", exp(Expr(1)));
}

Expr on_regime(const Expr& formula)
{
    const Expr rn = sym("rn");
    const Expr ln = sym("ln");
    const Expr d = pow(rn, 2) * pow(ln, 2) / pow(sym("rho"), 2);
    return with_log_symbol(formula)
        .substitute("d", d)
        .substitute("n", pow(rn, 2))
        .substitute("L", pow(ln, 2));
}

Ranges regime_ranges()
{
    return {{"rn", from(Rational(7, 5))},
            {"ln", from(Rational(83, 100))},
            {"rho", from(1)},
            {"root", from(0)},
            {"e", between(Rational(2718, 1000), Rational(2719, 1000))}};
}

std::vector<ledger::Certificate> number_certificates()
{
    const Expr e = exp(Expr(1));
    return {{proof::point_certificate(e, ">", Expr(Rational(2718, 1000)), {})},
            {proof::point_certificate(e, "<", Expr(Rational(2719, 1000)), {})},
            {proof::point_certificate(log(Expr(2)), ">", Expr(pow(Rational(83, 100), 2)), {})},
            {proof::point_certificate(log(Expr(3)), "<", Expr(Rational(11, 10)), {})},
            {proof::point_certificate(log(Expr(3)), ">", Expr(1), {})}};
}

StepsOnRanges membership(PairFamily family)
{
    StepsOnRanges steps;
    if (family == PairFamily::Wide) {
        // k <= log n <= 1.1 k; the square root of d is at least log n + log log n <= 2.2 k - 1.
        const Ranges ranges = family_ranges(family, 3);
        const Expr k = sym("k");
        const Expr d = on_family(sym("d"), family);
        const Expr L = log_bound(family);
        steps.at_least(on_family(sym("n") * k, family), d, ranges);
        steps.at_least(d, pow(L, 2), ranges);
        steps.at_least(d, pow(2 * L - 1, 2), ranges);
        return steps;
    }
    // log n = 16 p log y with 1/2 <= log y <= y - 1, and log log n <= log n - 1.
    const Ranges ranges = family_ranges(family, 2);
    const Expr y = sym("y");
    const Expr L = Expr(root_power * powers(family).n) * (y - 1);
    steps.at_least(on_family(sym("n"), family) * (root_power * powers(family).n / 2),
                   on_family(sym("d"), family), ranges);
    steps.at_least(pow(y, root_power), pow(L, 2), ranges);
    steps.at_least(pow(y, root_power / 2), 2 * L - 1, ranges);
    return steps;
}

Exceeds exceeds_every_multiple(const Expr& lower, const Expr& g, PairFamily family)
{
    const Expr ell = on_family(lower, family);
    const Expr root = sym("l");
    const Expr in_l = on_family(g, family).substitute("L", pow(root, 2));
    constexpr std::array<long, 5> thresholds = {9, 64, 1024, 65536, 1048576};
    for (const long tau : thresholds) {
        Ranges ranges = family_ranges(family, tau);
        ranges.emplace("l", from(0));
        StepsOnRanges steps;
        steps.at_least(derivative(in_l, "l"), Expr(0), ranges);
        if (!is_true(steps.outcome())) {
            return {};
        }
        const Expr parameter = family == PairFamily::Wide ? sym("k") : sym("y");
        const Expr largest = on_family(g, family).substitute("L", log_bound(family));
        steps.at_least(ell, parameter / tau * largest, ranges);
        if (is_true(steps.outcome())) {
            return {Truth::True, tau, steps.certificates()};
        }
    }
    return {};
}

Truth in_theorem_regime(const Rational& n, const Rational& d)
{
    const PrecisionScope precision(rate_bits);
    const Ball L = log(Ball(n));
    // sqrt d >= log n + log log n: no overflow of the exponential.
    return less_equal(L + log(L), sqrt(Ball(d))) && less_equal(Ball(d), Ball(n) * L);
}

Truth in_appendix_regime(const Rational& n, const Rational& d)
{
    const PrecisionScope precision(rate_bits);
    const Ball L = log(Ball(n));
    return less_equal(Ball(d), Ball(n) * L) && less_equal(L * L, Ball(d));
}

std::optional<ExplicitPair> explicit_pair(const Expr& lower, const Expr& g, const Rational& C,
                                          PairFamily family, const Rational& first_n)
{
    const PrecisionScope precision(rate_bits);
    constexpr long longest = 88; // 8^88 is below 10^80
    for (long k = 2; k <= longest; ++k) {
        const ExplicitPair pair = family == PairFamily::Wide
                                      ? ExplicitPair{pow(Rational(3), k), pow(Rational(3), k) * k}
                                      : ExplicitPair{pow(Rational(2), k * powers(family).n),
                                                     pow(Rational(2), k * powers(family).d)};
        const Truth inside =
            in_theorem_regime(pair.n, pair.d) && in_appendix_regime(pair.n, pair.d);
        if (pair.n >= first_n && is_true(inside)
            && is_true(less(Ball(C) * at(g, pair), at(lower, pair)))) {
            return pair;
        }
    }
    return std::nullopt;
}

} // namespace attest::theorems

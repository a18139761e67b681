// Comparison of rates in n, d and log n, for all parameters and along explicit families.
#include "theorems/appendix_b_rates.hpp"

#include "attest/numbers/precision.hpp"
#include "attest/proof/certificates.hpp"
#include "theorems/terminal_steps.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace attest::theorems {
namespace {

constexpr long rate_bits = 256;

bool in_powers_of_three(PairFamily family)
{
    return family == PairFamily::Wide || family == PairFamily::Narrow;
}

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
    if (in_powers_of_three(family)) {
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
    if (in_powers_of_three(family)) {
        const Expr k = sym("k");
        const Expr v = 2 * k * k + 1 + sym("s"); // 3^k
        return with_L.substitute("d", family == PairFamily::Wide ? k * v : 9 * k * k)
            .substitute("n", v);
    }
    const Expr y = sym("y");
    return with_L.substitute("n", pow(y, root_power * powers(family).n))
        .substitute("d", pow(y, root_power * powers(family).d));
}

/// log n is at most this.
Expr log_bound(PairFamily family)
{
    if (in_powers_of_three(family)) {
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
    case PairFamily::Narrow:
        return "n = 3^k, d = 9 k^2";
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
    if (in_powers_of_three(family)) {
        // k <= log n <= 1.1 k; the square root of d is at least log n + log log n <= 2.2 k - 1.
        const Ranges ranges = family_ranges(family, family == PairFamily::Wide ? 3 : 5);
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
    if (family == PairFamily::Narrow) {
        return {};
    }
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
        const ExplicitPair pair =
            family == PairFamily::Wide ? ExplicitPair{pow(Rational(3), k), pow(Rational(3), k) * k}
            : family == PairFamily::Narrow ? ExplicitPair{pow(Rational(3), k), Rational(9 * k * k)}
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

// --- leading terms ------------------------------------------------------------------------------

namespace {

/// n, d and e.
SymbolGrowths growths_on(PairFamily family)
{
    const PrecisionScope precision(rate_bits);
    const Ball log_three = log(Ball(3));
    const Growth e = constant_growth(exp(Ball(1)));
    if (in_powers_of_three(family)) {
        return {{"n", monomial(Ball(1), {1, 0, 0})},
                {"d", family == PairFamily::Wide
                          ? monomial(1 / log_three, {1, 1, 0})
                          : monomial(9 / (log_three * log_three), {0, 2, 0})},
                {"e", e}};
    }
    return {{"n", monomial(Ball(1), {powers(family).n, 0, 0})},
            {"d", monomial(Ball(1), {powers(family).d, 0, 0})},
            {"e", e}};
}

/// All subformulas log(..).
void collect_logs(const std::shared_ptr<const Expr::Node>& node, std::vector<Expr>& logs)
{
    if (node->kind == Expr::Kind::Log) {
        logs.push_back(Expr::from_node(node));
    }
    for (const auto& argument : node->args) {
        collect_logs(argument, logs);
    }
}

constexpr const char* more_prefix = "more_";

/// A logarithm that with_plain_logs rewrites.
std::optional<Expr> plain_log(const Expr& inside)
{
    const Expr n = sym("n");
    const Expr::Node& node = inside.node();
    if (inside == sym("d")) {
        return sym("logd");
    }
    if (constant_value(inside) == Rational(1)) {
        return Expr(0);
    }
    // log(n) (1 + more)^2, one symbol for each value.
    const auto between_one_and_nine_quarters = [](const char* kind, const Rational& value) {
        return log_n()
               * pow(1
                         + sym(fmt::format("{}{}_{}_{}", more_prefix, kind,
                                           boost::multiprecision::numerator(value).str(),
                                           boost::multiprecision::denominator(value).str())),
                     2);
    };
    if (node.kind == Expr::Kind::Power && Expr::from_node(node.args[0]) == n) {
        return node.value >= 1 && node.value <= Rational(9, 4)
                   ? between_one_and_nine_quarters("power", node.value)
                   : Expr(node.value) * log_n();
    }
    if (node.kind == Expr::Kind::Divide && Expr::from_node(node.args[1]) == n
        && constant_value(Expr::from_node(node.args[0])) == Rational(1)) {
        return -log_n();
    }
    if (node.kind == Expr::Kind::Add && Expr::from_node(node.args[0]) == n) {
        // n >= 2: log(n + 1) <= log(3)/log(2) log n <= (9/4) log n.
        const std::optional<Rational> more = constant_value(Expr::from_node(node.args[1]));
        if (more && *more > 0 && *more <= 1) {
            return between_one_and_nine_quarters("shift", *more);
        }
    }
    return std::nullopt;
}

/// n = rn^2, log n = ln^2 and d in further symbols, for all pairs of the regime.
struct Chart {
    std::string why;
    Expr rn;
    Expr ln;
    Expr d;
    bool log_square_below_d = false;
};

std::vector<Chart> charts()
{
    const Expr rn = sym("rn");
    const Expr ln = sym("ln");
    const Expr rho = sym("rho");
    const Expr free_d = sym("d");
    // log n <= (2/e) sqrt n, the largest value of log(x)/sqrt(x), and 2/e <= 20/27.
    const Expr long_rn = ratio(27, 20) * pow(ln, 2) + sym("gap");
    const auto wide = [&](const Expr& root) { return pow(root * ln / rho, 2); };
    const Expr rd = 1 + sym("gap");
    return {{"d = n log n/rho^2, rho >= 1", rn, ln, wide(rn)},
            {"d >= 1", rn, ln, free_d},
            {"d = n log n/rho^2 >= 1, rho >= 1", rn, rd * rho / rn, pow(rd, 2)},
            {"log n <= (20/27) sqrt n and d >= 1", long_rn, ln, free_d},
            {"log n <= (20/27) sqrt n and d = n log n/rho^2, rho >= 1", long_rn, ln, wide(long_rn)},
            {"log n <= (20/27) sqrt n and d >= log^2 n", long_rn, ln, pow(ln, 4) + sym("beyond"),
             true}};
}

} // namespace

std::optional<Growth> growth(const Expr& formula, PairFamily family)
{
    return growth(formula, growths_on(family));
}

std::optional<Outgrows> outgrows(const Expr& lower, const Expr& g, PairFamily family)
{
    return outgrows(lower, g, growths_on(family));
}

const std::vector<ExplicitPair>& regime_pairs()
{
    static const std::vector<ExplicitPair> all = [] {
        const PrecisionScope precision(rate_bits);
        std::vector<ExplicitPair> found;
        const auto add = [&](const Rational& n, const Rational& d) {
            if (d >= 1 && is_true(in_theorem_regime(n, d) && in_appendix_regime(n, d))) {
                found.push_back({n, d});
            }
        };
        add(100, 100);
        for (long n = 2; n <= 16; ++n) {
            for (long d = 1; d <= 2 * n; ++d) {
                add(n, d);
            }
        }
        for (const long k : {3L, 6L, 12L, 24L}) {
            const Rational n = pow(Rational(10), k);
            for (const Rational& d : {Rational(10 * k * k), pow(Rational(10), k / 3),
                                      pow(Rational(10), k / 2), n, Rational(2 * k * n)}) {
                add(n, d);
            }
        }
        return found;
    }();
    return all;
}

Expr with_plain_logs(const Expr& formula)
{
    std::vector<Expr> logs;
    collect_logs(formula.handle(), logs);
    Expr result = formula;
    for (const Expr& one : logs) {
        if (const std::optional<Expr> plain = plain_log(Expr::from_node(one.node().args[0]))) {
            result = replace_formula(result, one, *plain);
        }
    }
    return result;
}

Ranges with_log_ranges(Ranges ranges, const std::vector<Expr>& formulas)
{
    ranges.emplace("logd", from(0));
    for (const Expr& formula : formulas) {
        for (const std::string& name : formula.symbols()) {
            if (name.starts_with(more_prefix)) {
                ranges.emplace(name, between(0, Rational(1, 2)));
            }
        }
    }
    return ranges;
}

std::optional<RegimeProof> proved_on_charts(const Expr& left, const Expr& right,
                                            bool log_square_below_d)
{
    for (const Chart& chart : charts()) {
        if (chart.log_square_below_d && !log_square_below_d) {
            continue;
        }
        const auto value = [&](const Expr& formula) {
            return with_log_symbol(formula)
                .substitute("d", chart.d)
                .substitute("n", pow(chart.rn, 2))
                .substitute("L", pow(chart.ln, 2));
        };
        Ranges ranges = with_log_ranges(regime_ranges(), {left, right});
        ranges.insert({{"d", from(1)}, {"gap", from(0)}, {"beyond", from(0)}});
        StepsOnRanges steps;
        steps.at_least(value(left), value(right), ranges);
        if (is_true(steps.outcome())) {
            return RegimeProof{chart.why, std::move(steps)};
        }
    }
    return std::nullopt;
}

} // namespace attest::theorems

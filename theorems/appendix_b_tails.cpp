// Upper and lower tails of the random vectors of Theorem 4.2 and Appendix B.
#include "theorems/appendix_b_tails.hpp"

#include "attest/proof/certificates.hpp"
#include "theorems/span.hpp"
#include "theorems/theorem_4_2_samples.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace attest::theorems {
namespace {

/// What the bounds are written in: root = sqrt(2(a + shift)), L = log n.
struct TailSymbols {
    Expr n = sym("n");
    Expr d = sym("d");
    Expr e = sym("e");
    Expr root = sym("root");
    Expr L = log_n();
};

/// |(1/n) sum_{k<n} (Y_k - E Y)| <= b (1 + root sqrt L)/sqrt n for i.i.d. |Y_k| <= b.
Expr fluctuation()
{
    const auto [n, d, e, root, L] = TailSymbols{};
    return (1 + root * sqrt(L)) / sqrt(n);
}

Expr weight_upper()
{
    const auto [n, d, e, root, L] = TailSymbols{};
    return (ratio(3, 2) * pow(e, 2) * pow(root, 2) * L / d + 2 * e * root * sqrt(L / (n * d))
            + 2 * e * (e - 1) / n)
           / n;
}

LowerTail mean_lower()
{
    const Expr n = sym("n");
    const Expr d = sym("d");
    return {"Q = K = 0, V = I",
            "E|sum theta_k|^2 = n and its variance is 2n(n-1)/d: Chebyshev's inequality",
            PairFamily::Equal, ratio(7, 10) / sqrt(n), 8 / d};
}

/// A lower bound that rests on many n w_k - 1 - X_k being at least 1/(38d) in absolute value, for
/// d >= 2^16: linearisation_lower_bound_steps.
std::vector<LowerTail> far_from_linear(const std::string& why, const Expr& value,
                                       const Expr& failing)
{
    std::vector<LowerTail> all;
    for (const auto& [family, power] :
         {std::pair(PairFamily::Cube, 3L), std::pair(PairFamily::Square, 2L),
          std::pair(PairFamily::Equal, 1L)}) {
        all.push_back(
            {"Q^T K = V = I",
             "e^X/(1 + X) differs by 19/(128d) between X^2 <= 1/(8d) and 1/(2d) <= X^2 <= "
             "64/d, and each is true of (n-1)/26 of the X_k or more, so that |n w_k - 1 - "
             "X_k| >= 1/(38d) for that many; "
                 + why,
             family, value, failing, pow(Rational(2), 16 * power), true});
    }
    return all;
}

/// The families along which d >= 2^16 and log n >= 9 from the first n named on.
constexpr std::array large_families = {
    std::pair(PairFamily::Cube, 48L), std::pair(PairFamily::Square, 32L),
    std::pair(PairFamily::Equal, 16L), std::pair(PairFamily::Wide, 24L)};

/// A lower bound by the largest of n - 1 coordinates, for d >= 2^16 and log n >= 9: largest_steps.
std::vector<LowerTail> by_the_largest(const std::string& why, const Expr& value,
                                      const Expr& failing)
{
    std::vector<LowerTail> all;
    for (const auto& [family, power] : large_families) {
        all.push_back({"Q^T K = I",
                       "P(X_k >= sqrt(log n/(8d))) >= n^{-1/4}/42, so that n - 1 independent ones "
                       "stay below it with probability at most 32/sqrt n; "
                           + why,
                       family, value, failing, pow(Rational(2), power), true, true});
    }
    return all;
}

std::vector<LowerTail> joined(std::vector<LowerTail> one, std::vector<LowerTail> other)
{
    one.insert(one.end(), std::make_move_iterator(other.begin()),
               std::make_move_iterator(other.end()));
    return one;
}

std::vector<RandomQuantity> make_quantities()
{
    const auto [n, d, e, root, L] = TailSymbols{};
    std::vector<RandomQuantity> all;
    all.push_back({"mean",
                   "\\left\\|\\frac1n\\sum_k\\theta_k\\right\\|",
                   "bounded differences: |.| <= (1 + sqrt(2aL))/sqrt n with probability 1 - n^-a, "
                   "for all n >= 2, d >= 1",
                   fluctuation(),
                   0,
                   {mean_lower()},
                   "any Q, K, V",
                   true,
                   sqrt(L / n)});
    all.push_back(
        {"X mean",
         "\\left\\|\\frac1n\\sum_k X_k\\theta_k\\right\\|",
         "|E X_k theta_k| <= 1/d for k < n, |X_n theta_n|/n <= 1/n, bounded differences for the "
         "rest: 1/d + 1/n + (1 + sqrt(2aL))/sqrt n, for all n >= 2, d >= 1",
         1 / d + 1 / n + fluctuation(),
         0,
         {{"Q^T K = I", "<theta_n, .> = (1/n) sum X_k^2 >= X_n^2/n = 1/n", PairFamily::Wide, 1 / n,
           Expr(0)},
          {"Q^T K = I",
           "<theta_n, .> = (1/n) sum X_k^2 with E X_k^2 = 1/d, E X_k^4 <= 3/d^2: Chebyshev's "
           "inequality",
           PairFamily::Cube, 1 / (4 * d), 48 / n}},
         "Q^T K = I",
         true,
         1 / d + sqrt(L / n)});
    all.push_back(
        {"A",
         "\\max_j\\|A_j(0)\\|",
         "|A_j| <= e |(1/n) sum e^{X_k} theta_k| because Z_j >= n/e; |E e^{X_k} theta_k| <= e/d "
         "for "
         "k < n, |e^{X_j}|/n <= e/n, bounded differences for the rest: e^2 (1/n + (1 + "
         "sqrt(2aL))/sqrt n + 1/d) for each j, and n tokens (a = C + 1), for all n >= 2, d >= 1",
         pow(e, 2) * (1 / n + fluctuation() + 1 / d),
         1,
         {mean_lower(),
          {"Q^T K = V = I",
           "<theta_n, A_n> >= (1/(e n)) sum e^{X_k} X_k with E e^{X_k} X_k >= 1/d and E (e^{X_k} "
           "X_k)^2 <= e^2/d: Chebyshev's inequality",
           PairFamily::Cube, 1 / (4 * e * d), 16 * pow(e, 2) * d / n}},
         "V = I",
         true,
         1 / d + sqrt(L / n)});
    all.push_back(
        {"max X", "\\max_{k\\le n-1}|X_k|",
         "E e^{s X_k} <= e^{s^2/(2d)}: |X_k| <= sqrt(2(a+2)L/d) but for probability 2 n^{-a-2}, n "
         "- "
         "1 of them",
         root * sqrt(L / d), 2,
         joined(
             {{"Q^T K = I",
               "P(X_k^2 > 1/(2d)) >= (1/4)(E X_k^2)^2/E X_k^4 >= 1/12 (Paley and Zygmund), n - 1 "
               ">= 8 "
               "independent ones",
               PairFamily::Equal, ratio(7, 10) / sqrt(d), ratio(1, 2)},
              {"Q^T K = I", "as for n = d", PairFamily::Cube, ratio(7, 10) / sqrt(d), ratio(1, 2)}},
             by_the_largest("max |X_k| is at least that", sqrt(L / (8 * d)), 32 / sqrt(n))),
         "Q^T K = I", true, sqrt(L / d)});
    all.push_back(
        {"weight", "\\max_{k\\le n-1}\\left|w_k - \\frac1n - \\frac{X_k}n\\right|",
         "with m = (1/n) sum e^{X_k} >= 1/e, t^2 = 2(a+3)L/d >= max X_k^2 and u = "
         "sqrt(2(a+3)L/(nd)) "
         ">= |(1/n) sum_{k<n} X_k| (together 1 - n^-a): n w_k - 1 - X_k = (e^{X_k} - 1 - X_k)/m + "
         "(1 + X_k)(1/m - 1), |e^X - 1 - X| <= (e/2) X^2, |m - 1| <= u + (e/2)t^2 + (e-1)/n",
         weight_upper(), 3,
         joined(far_from_linear("max |n w_k - 1 - X_k| >= 1/(38d)", 1 / (38 * n * d), 208 / n),
                by_the_largest("e^X/(1 + X) is there at least 1 + (7/128) log n/d and at most 1 + "
                               "9/(128d) where X_k^2 <= 1/(8d), so that |n w_k - 1 - X_k| >= log "
                               "n/(128d) for one of the two",
                               L / (128 * n * d), 32 / sqrt(n) + 208 / n)),
         "", true, L / (n * d)});
    std::vector<LowerTail> lower = far_from_linear(
        "orthogonal to theta_n it is a sum of n - 1 independent uniform directions of R^{d-1} with "
        "given lengths, whose square is at least half its mean but for 8/(d-1) (Chebyshev)",
        1 / (400 * d * sqrt(n)), 16 / d + 208 / n);
    for (const auto& [family, first] : {std::pair(PairFamily::Wide, pow(Rational(3), 14)),
                                        std::pair(PairFamily::Equal, pow(Rational(9), 16))}) {
        lower.insert(
            lower.begin(),
            {"Q^T K = V = I",
             "its component along theta_n is w_n - 2/n up to n times the bounds of weight and X",
             family, 1 / (2 * n), 1 / n, first, true});
    }
    all.push_back(
        {"remainder",
         "\\left\\|\\sum_k\\left(w_k - \\frac1n - \\frac{X_k}n\\right)\\theta_k\\right\\|",
         "n times the bound of each k < n, and |w_n - 1/n - X_n/n| <= e^2/n",
         n * weight_upper() + pow(e, 2) / n, 3, lower, "", true, L / d});
    return all;
}

/// The failing probability of a lower bound on its family is at most 11/12, from the first
/// parameter on.
void failing_steps(StepsOnRanges& steps, const LowerTail& lower)
{
    const Expr y = sym("y");
    const Ranges ranges = {
        {"y", from(2)},
        {"e", between(ratio(2718, 1000).node().value, ratio(2719, 1000).node().value)}};
    if (lower.failing == Expr(0) || lower.family == PairFamily::Wide) {
        return; // certain
    }
    const long p = lower.family == PairFamily::Cube     ? 3
                   : lower.family == PairFamily::Square ? 2
                                                        : 1;
    steps.at_least(ratio(11, 12),
                   lower.failing.substitute("d", pow(y, 16)).substitute("n", pow(y, 16 * p)),
                   ranges);
}

} // namespace

const RandomQuantity& random_quantity(const std::string& name)
{
    static const std::vector<RandomQuantity> all = make_quantities();
    for (const RandomQuantity& quantity : all) {
        if (quantity.name == name) {
            return quantity;
        }
    }
    throw InputError(fmt::format(
        "quantity '{}': must be one of mean, X mean, A, max X, weight, remainder", name));
}

StepsOnRanges bounded_difference_steps()
{
    StepsOnRanges steps;
    const Expr n = sym("n");
    const Expr s = sym("s");
    const Expr p = sym("p");
    const Expr b = sym("b");
    const Expr t = sym("t");
    // Hoeffding's lemma: psi(s) = log(1 - p + p e^s) - s p has psi(0) = psi'(0) = 0, psi'' <= 1/4.
    const Expr inside = 1 - p + p * exp(s);
    const Expr first = p * exp(s) / inside - p;
    steps.identical(derivative(log(inside) - s * p, "s"), first);
    steps.identical(derivative(first, "s"), p * (1 - p) * exp(s) / pow(inside, 2));
    const Expr q = sym("q"); // q = p e^s
    steps.identical(ratio(1, 4) - (1 - p) * q / pow(1 - p + q, 2),
                    pow(1 - p - q, 2) / (4 * pow(1 - p + q, 2)));
    // Chernoff: n differences of range 2b/n, sum of squares c = 4b^2/n, best s = 4t/c.
    const Expr c = 4 * pow(b, 2) / n;
    const Expr best = 4 * t / c;
    steps.identical(-best * t + pow(best, 2) * c / 8, -n * pow(t, 2) / (2 * pow(b, 2)));
    // t = b root sqrt(L/n) gives n^{-a} with root^2 = 2a.
    steps.identical(n * pow(b * sym("root") * sqrt(sym("L") / n), 2) / (2 * pow(b, 2)),
                    pow(sym("root"), 2) / 2 * sym("L"));
    return steps;
}

StepsOnRanges sphere_moment_steps()
{
    StepsOnRanges steps;
    const Expr d = sym("d");
    const Expr m = sym("m");
    const Expr x = sym("x"); // u^2
    const Ranges ranges = {{"m", from(0)}, {"d", from(1)}};
    // (u^{2m+1} (1 - u^2)^{(d-1)/2})' = ((2m+1) u^{2m} - (2m+d) u^{2m+2}) (1 - u^2)^{(d-3)/2}.
    steps.identical((2 * m + 1) * (1 - x) - (d - 1) * x, (2 * m + 1) - (2 * m + d) * x);
    steps.at_least((2 * m + 1) / d, (2 * m + 1) / (d + 2 * m), ranges);
    // The bounds (2m-1)!!/d^m: quotient of consecutive terms of the series of E e^{su} and of its
    // derivative, against those of e^{s^2/(2d)} and (s/d) e^{s^2/(2d)}.
    steps.identical((2 * m + 1) / ((2 * m + 1) * (2 * m + 2)), 1 / (2 * (m + 1)));
    steps.identical((2 * m + 1) / (2 * m * (2 * m + 1)), 1 / (2 * m));
    // E u^2 = 1/d and E u^4 = 3/(d(d+2)) <= 3/d^2.
    steps.at_least(3 / pow(d, 2), 3 / (d * (d + 2)), ranges);
    return steps;
}

StepsOnRanges moment_lower_bound_steps()
{
    StepsOnRanges steps;
    const Expr n = sym("n");
    const Expr d = sym("d");
    const Expr e = sym("e");
    const Ranges ranges = {{"n", from(2)}, {"d", from(1)}, {"e", from(Rational(2718, 1000))}};
    // Chebyshev below half of the mean: variance/(mean/2)^2.
    const Expr variance = 2 * n * (n - 1) / d;
    steps.at_least(8 / d, 4 * variance / pow(n, 2), ranges);
    const Expr half = (n - 1) / (2 * n * d);
    steps.at_least(half, 1 / (4 * d), ranges);
    steps.at_least(48 / n, 3 / (n * pow(d, 2)) / pow(half, 2), ranges);
    steps.at_least(16 * pow(e, 2) * d / n, pow(e, 2) / (n * d) / pow(half, 2), ranges);
    // Paley and Zygmund at half of the mean.
    steps.at_least(pow(1 / d, 2) / (3 / (d * (d + 2))) / 4, ratio(1, 12), ranges);
    steps.at_least(ratio(1, 2), pow(ratio(11, 12), 8), ranges);
    // E (sum_{k<n} u_k)^4 <= 3 ((n-1)/d)^2.
    steps.at_least(3 * pow((n - 1) / d, 2),
                   3 * (n - 1) / (d * (d + 2)) + 3 * (n - 1) * (n - 2) / pow(d, 2), ranges);
    // E <theta_n, mean>^2 = (1 + (n-1)/d)/n^2 and Markov's inequality at 1/(4n).
    steps.at_least(4 / n + 4 / d, 4 * n * (1 + (n - 1) / d) / pow(n, 2), ranges);
    // 7/10 < sqrt(1/2).
    steps.at_least(ratio(1, 2), ratio(49, 100), ranges);
    return steps;
}

StepsOnRanges linearisation_lower_bound_steps()
{
    StepsOnRanges steps;
    const Expr n = sym("n");
    const Expr d = sym("d");
    const Expr e = sym("e");
    const Expr x = sym("x");
    const Ranges sizes = {{"n", from(2)}, {"d", from(Rational(65536))}};
    const Ranges euler = {{"e", between(Rational(2718, 1000), Rational(2719, 1000))}};
    // x^2 <= 64/d is at most 1/32^2, and |e^x - 1 - x - x^2/2| <= (e/6)|x|^3 <= x^2/64.
    steps.at_least(ratio(1, 1024), 64 / d, sizes);
    steps.at_least(ratio(1, 64), e / 6 / 32, euler);
    // 1 + (7/16) x^2 <= e^x/(1 + x) <= 1 + (9/16) x^2.
    const Ranges near = {{"x", between(Rational(-1, 32), Rational(1, 32))}};
    const Expr quadratic = 1 + x + pow(x, 2) / 2;
    steps.identical((1 + x) * (1 + ratio(9, 16) * pow(x, 2)) - quadratic - pow(x, 2) / 64,
                    pow(x, 2) * (ratio(3, 64) + ratio(9, 16) * x));
    steps.at_least(ratio(3, 64) + ratio(9, 16) * x, Expr(0), near);
    steps.identical(quadratic - pow(x, 2) / 64 - (1 + x) * (1 + ratio(7, 16) * pow(x, 2)),
                    pow(x, 2) * (ratio(3, 64) - ratio(7, 16) * x));
    steps.at_least(ratio(3, 64) - ratio(7, 16) * x, Expr(0), near);
    // Whatever m is, one of the two groups is 19/(256d) away from it; n w_k - 1 - X_k =
    // (1 + X_k)(e^{X_k}/(1 + X_k) - m)/m with m = (1/n) sum e^{X_k} <= e.
    steps.identical(ratio(7, 16) / (2 * d) - ratio(9, 16) / (8 * d), 19 / (128 * d));
    steps.at_least(ratio(31, 32) * ratio(19, 256) / e, ratio(1, 38), euler);
    // P(X^2 <= 2/d) >= 1/2 (Markov), and the density falls in |X|: P(X^2 <= 1/(8d)) >= 1/8.
    steps.identical(1 - (1 / d) / (2 / d), ratio(1, 2));
    steps.identical(pow(ratio(1, 4), 2) * (2 / d), 1 / (8 * d));
    // P(X^2 >= 1/(2d)) >= 1/12 (Paley and Zygmund) and P(X^2 > 64/d) <= E X^4 (d/64)^2.
    steps.identical(3 / pow(d, 2) * pow(d / 64, 2), ratio(3, 4096));
    steps.at_least(ratio(1, 12) - ratio(3, 4096), ratio(1, 13), sizes);
    // Chebyshev: two counts below half of their means, p >= 1/13.
    steps.at_least(208 / n, 2 * 4 * 13 / (n - 1), sizes);
    // Chebyshev for the square of the length: variance 2 (sum a_k^2)^2/(d-1).
    steps.at_least(16 / d, 8 / (d - 1), sizes);
    const Expr lengths =
        (n - 1) / 26 / pow(n, 2) * pow(1 / (38 * d), 2) * (1 - ratio(1, 1024)); // sum a_k^2
    steps.at_least(lengths / 2, pow(1 / (400 * d), 2) / n, sizes);
    return steps;
}

StepsOnRanges largest_steps()
{
    StepsOnRanges steps;
    const Expr e = sym("e");
    const Expr L = sym("L");
    const Expr d = sym("d");
    const Ranges ranges = {
        {"e", between(Rational(2718, 1000), Rational(2719, 1000))}, {"L", from(9)}, {"d", from(1)}};
    // The density c (1 - u^2)^{(d-3)/2} falls in |u| and P(u^2 <= 2/d) >= 1/2: c >= sqrt d/(4 sqrt
    // 2). For u <= s + 1/sqrt d, d s^2 = L/8, it is at least c e^{-d u^2} >= c e^{-L/4 - 2},
    // because 1 - y >= e^{-2y} for 0 <= y <= 1/2. So P(s <= u <= s + 1/sqrt d) >= n^{-1/4}/(4 sqrt
    // 2 e^2).
    steps.identical(2 * (L / 8 + 1), L / 4 + 2);
    steps.at_least(pow(ratio(42, 1), 2), 32 * pow(e, 4), ranges);
    // (1 - p)^{n-1} <= e^{-p n/2} <= 2/(e p n), p n >= n^{3/4}/42 >= sqrt n/42.
    steps.at_least(Expr(32), 2 * 42 / e, ranges);
    // (7/16) L/8 against (9/16)/8, half of it, divided by m <= e and times 1 + X >= 31/32.
    steps.at_least(7 * L - 9, 6 * L, ranges);
    steps.at_least(ratio(31, 32) * (6 * L / (128 * d)) / 2 / e, L / (128 * d), ranges);
    return steps;
}

StepsOnRanges remainder_lower_bound_steps()
{
    // a = 1, root = sqrt 8 <= 2829/1000.
    StepsOnRanges steps;
    const Expr n = sym("n");
    const Expr d = sym("d");
    const Expr e = sym("e");
    const Expr root = sym("root");
    const Expr L = log_n();
    const Expr z = sym("z");
    const Expr q = sym("q");
    const auto component = [&](const Expr& tokens, const Expr& dimension, const Expr& log_tokens) {
        const auto value = [&](const Expr& formula) {
            return with_log_symbol(formula)
                .substitute("root", ratio(2829, 1000))
                .substitute("L", log_tokens)
                .substitute("n", tokens)
                .substitute("d", dimension);
        };
        const Expr t = value(root * sqrt(L / d));
        const Expr mu =
            value(root * sqrt(L / (n * d)) + e / 2 * pow(root, 2) * L / d + (e - 1) / n);
        return e / (1 + mu) - 2 - pow(tokens, 2) * value(weight_upper()) * t;
    };
    const proof::ExtendedRange euler = between(Rational(2718, 1000), Rational(2719, 1000));
    // n = d = y^16, log n <= 16 y = 16 z^2.
    const Expr size = pow(z, 32);
    steps.at_least(component(size, size, 16 * pow(z, 2)), ratio(1, 2),
                   {{"z", from(3)}, {"e", euler}});
    // n = 3^k = z^2, d = k n, log n = k log 3 <= (21/20)^2 k, k = q^2.
    steps.at_least(component(pow(z, 2), pow(q * z, 2), pow(ratio(21, 20) * q, 2)), ratio(1, 2),
                   {{"z", from(2187)}, {"q", from(1)}, {"e", euler}});
    return steps;
}

namespace {

/// left >= right in double precision at points of the regime's chart: a filter before the proof.
bool plausible(const Expr& left, const Expr& right)
{
    for (const double rn : {1.4, 3.0, 10.0, 1e3, 1e6, 1e12}) {
        for (const double ln : {0.83, 2.0, 10.0, 50.0}) {
            for (const double rho : {1.0, 3.0, 100.0, 1e4, 1e8}) {
                for (const double x : {0.0, 1.0, 10.0, 1000.0}) {
                    const std::map<std::string, double> point = {
                        {"rn", rn}, {"ln", ln}, {"rho", rho}, {"root", x}, {"e", 2.7185}};
                    if (left.evaluate<double>(point) < right.evaluate<double>(point)) {
                        return false;
                    }
                }
            }
        }
    }
    return true;
}

std::optional<StepsOnRanges> proved_on_regime(const Expr& left, const Expr& right)
{
    if (!plausible(left, right)) {
        return std::nullopt;
    }
    StepsOnRanges steps;
    steps.at_least(left, right, regime_ranges());
    return is_true(steps.outcome()) ? std::optional(std::move(steps)) : std::nullopt;
}

} // namespace

namespace {

constexpr long largest_kappa = 65536;

/// kappa g >= "known" on the charts, and U <= kappa_0 (1 + root ..) known as it was proved before.
UpperTail bounded_on_charts(const RandomQuantity& quantity, const Expr& g, const Expr& in_root,
                            bool log_square_below_d)
{
    const bool direct = quantity.known == Expr(0);
    const Expr& target = direct ? quantity.upper : quantity.known;
    const auto shows = [&](long kappa) {
        for (const ExplicitPair& pair : regime_pairs()) {
            const std::map<std::string, double> at = {{"n", pair.n.convert_to<double>()},
                                                      {"d", pair.d.convert_to<double>()},
                                                      {"root", 0.0},
                                                      {"e", 2.7185}};
            if (!(static_cast<double>(kappa) * g.evaluate<double>(at)
                  >= target.evaluate<double>(at))) {
                return false;
            }
        }
        return true;
    };
    constexpr long step = 16;
    long kappa = 2;
    while (kappa <= largest_kappa && !shows(kappa)) {
        kappa *= step;
    }
    UpperTail result;
    const Expr G = with_plain_logs(g);
    const Expr T = with_plain_logs(target);
    for (int more = 0; more < 2 && kappa <= largest_kappa; ++more, kappa *= step) {
        if (auto proof =
                proved_on_charts(direct ? kappa * in_root * G : kappa * G, T, log_square_below_d)) {
            result.outcome = Truth::True;
            result.kappa = kappa;
            result.certificates = proof->steps.certificates();
            result.chart = proof->why;
            break;
        }
    }
    if (direct || !is_true(result.outcome)) {
        return result;
    }
    for (long first = 1; first <= largest_kappa; first *= 2) {
        if (const auto steps =
                proved_on_regime(first * in_root * on_regime(target), on_regime(quantity.upper))) {
            result.kappa *= first;
            result.certificates.insert(result.certificates.end(), steps->certificates().begin(),
                                       steps->certificates().end());
            return result;
        }
    }
    return {};
}

} // namespace

void require_value(const Expr& formula)
{
    require_value(with_euler(formula), {{"n", 100}, {"d", 100}}, "n = d = 100");
}

UpperTail bounded_by(const RandomQuantity& quantity, const Expr& g, bool log_square_below_d)
{
    const Expr U = on_regime(quantity.upper);
    const Expr G = on_regime(g);
    UpperTail result;
    result.square = quantity.name == "weight" || quantity.name == "remainder";
    const Expr root = sym("root");
    const Expr in_root = result.square ? 1 + root + pow(root, 2) : 1 + root;
    constexpr long largest = 65536;
    for (long kappa = 1; kappa <= largest; kappa *= 2) {
        if (const auto steps = proved_on_regime(kappa * in_root * G, U)) {
            result.outcome = Truth::True;
            result.kappa = kappa;
            result.certificates = steps->certificates();
            break;
        }
    }
    if (!is_true(result.outcome)) {
        UpperTail other = bounded_on_charts(quantity, g, in_root, log_square_below_d);
        other.square = result.square;
        return other;
    }
    if (result.square) {
        return result;
    }
    constexpr long largest_root = 64;
    for (long r = 2; r <= largest_root; ++r) {
        const Expr C = Expr(Rational(r * r, 2) - quantity.shift);
        if (const auto steps = proved_on_regime(C * G, U.substitute("root", Expr(r)))) {
            result.root = r;
            result.certificates.push_back(steps->certificates().front());
            break;
        }
    }
    return result;
}

namespace {

/// The bound at the pairs of the regime: negative somewhere, or 0 where the quantity is not.
struct BoundAtPairs {
    std::optional<Judgement> refutation;
    std::optional<ExplicitPair> without_value;
};

BoundAtPairs bound_at_pairs(const RandomQuantity& quantity, const Expr& g)
{
    BoundAtPairs result;
    const Ball zero(0);
    for (const ExplicitPair& pair : regime_pairs()) {
        const proof::Point point = restricted_to({{"n", pair.n}, {"d", pair.d}}, {g});
        const Ball value = with_euler(g).evaluate<Ball>({{"n", Ball(pair.n)}, {"d", Ball(pair.d)}});
        if (!value.is_finite()) {
            result.without_value = result.without_value ? result.without_value : pair;
            continue;
        }
        const bool negative = is_true(less(value, zero));
        const bool vanishes = quantity.positive && value.is_exact() && value.contains_zero();
        if (!negative && !vanishes) {
            continue;
        }
        const std::string at = fmt::format("n = {}, d = {}", to_string(pair.n), to_string(pair.d));
        Judgement judgement;
        judgement.evidence.push_back(
            {"sign of the bound",
             negative ? fmt::format("at {} the bound is {}, less than every absolute value", at,
                                    value.to_string(6))
                      : fmt::format("at {} the bound is 0 whatever C is; for Q^T K = V = I the "
                                    "quantity is not 0 near equal tokens, an event of positive "
                                    "probability",
                                    at),
             Truth::False,
             Strength::Enclosed,
             {ScopeKind::Points, at + ", every C > 0"}});
        judgement.counterexample =
            ledger::Counterexample{{{"n", to_string(pair.n)}, {"d", to_string(pair.d)}},
                                   negative ? "the bound is negative" : "the bound is 0",
                                   replay_command(with_euler(g), Expr(0), point)};
        result.refutation = std::move(judgement);
        return result;
    }
    return result;
}

/// An explicit pair at which the lower bound exceeds C g, as a counterexample with its certificate.
bool add_pair(Judgement& judgement, const LowerTail& lower, const Expr& g, const Rational& C,
              PairFamily family, const std::string& shows, const Effort& effort)
{
    const std::optional<ExplicitPair> pair =
        explicit_pair(lower.value, g, C, family, lower.first_n);
    if (!pair) {
        return false;
    }
    const Expr left = with_euler(lower.value);
    const Expr right = Expr(C) * with_euler(g);
    const proof::Point point = restricted_to({{"n", pair->n}, {"d", pair->d}}, {left, right});
    judgement.counterexample = ledger::Counterexample{{{"Q, K, V", lower.setting},
                                                       {"n", to_string(pair->n)},
                                                       {"d", to_string(pair->d)},
                                                       {"C", to_string(C)}},
                                                      shows,
                                                      replay_command(left, right, point)};
    attach(judgement, effort, proof::point_certificate(left, ">", right, point));
    return true;
}

/// The steps that the lower bounds of a quantity rest on; none for one that is certain.
struct LowerSteps {
    Truth outcome = Truth::True;
    std::vector<ledger::Certificate> certificates;
};

LowerSteps lower_steps(const RandomQuantity& quantity, const LowerTail& lower)
{
    LowerSteps all;
    if (lower.failing == Expr(0)) {
        return all;
    }
    std::vector<StepsOnRanges> parts = {moment_lower_bound_steps()};
    if (lower.by_growth) {
        parts.push_back(largest_steps());
    }
    if (quantity.name == "weight" || quantity.name == "remainder") {
        parts.push_back(linearisation_lower_bound_steps());
        parts.push_back(sphere_moment_steps());
    }
    if (quantity.name == "remainder") {
        parts.push_back(remainder_lower_bound_steps());
    }
    for (const StepsOnRanges& part : parts) {
        all.outcome = all.outcome && part.outcome();
        all.certificates.insert(all.certificates.end(), part.certificates().begin(),
                                part.certificates().end());
    }
    return all;
}

/// The lower bound against g by leading terms along one family.
std::optional<Judgement> refuted_on_family(const RandomQuantity& quantity, const LowerTail& lower,
                                           PairFamily family, const Expr& g, const Effort& effort)
{
    const Rational most(23, 24);
    const std::optional<Outgrows> found = outgrows(lower.value, g, family);
    const std::optional<Growth> failing = growth(lower.failing, family);
    if (!found || !failing || !stays_below(*failing, most)) {
        return std::nullopt;
    }
    const bool certain = lower.failing == Expr(0);
    const LowerSteps steps = lower_steps(quantity, lower);
    const StepsOnRanges member = membership(family);
    if (!is_true(steps.outcome && member.outcome())) {
        return std::nullopt;
    }
    const std::string compared = fmt::format("{} ~ {} against {} ~ {}", lower.value.text(),
                                             found->lower.text(), g.text(), found->g.text());
    const std::string probability =
        certain ? ""
                : fmt::format(", but for probability at most {}, which stays below a number less "
                              "than 1",
                              lower.failing.text());
    Evidence item{
        "leading terms along explicit pairs (n, d)",
        fmt::format("{}: {}; along {} (y = {}): {}, so that no multiple of the bound reaches it{}; "
                    "these pairs lie in the regime of Theorem 4.2 and in that of Appendix B",
                    lower.setting, lower.why, describe(family),
                    family == PairFamily::Wide || family == PairFamily::Narrow ? "n" : "d",
                    compared, probability),
        Truth::False,
        Strength::Exact,
        {ScopeKind::All, "every C > 0, at (n, d) that depend on C"}};
    if (!effort.control) {
        item.certificates = member.certificates();
        item.certificates.insert(item.certificates.end(), steps.certificates.begin(),
                                 steps.certificates.end());
    }
    Judgement judgement;
    judgement.evidence.push_back(std::move(item));
    const std::string shows = compared + ": their quotient tends to infinity";
    for (const Rational& C : {Rational(10), Rational(1, 100)}) {
        if (add_pair(judgement, lower, g, C, family, shows, effort)) {
            return judgement;
        }
    }
    judgement.counterexample = ledger::Counterexample{
        {{"Q, K, V", lower.setting}, {"n, d", describe(family)}, {"C", "every C > 0"}},
        shows,
        replay_command(with_euler(lower.value / g), Expr(1),
                       restricted_to({{"n", 10000}, {"d", 100}}, {lower.value, g}))};
    return judgement;
}

/// The lower bounds against g by leading terms along every family.
std::optional<Judgement> refuted_by_growth(const RandomQuantity& quantity, const Expr& g,
                                           const Effort& effort)
{
    for (const LowerTail& lower : quantity.lower) {
        for (const PairFamily family : pair_families) {
            if (lower.only_there && family != lower.family) {
                continue;
            }
            if (auto judgement = refuted_on_family(quantity, lower, family, g, effort)) {
                return judgement;
            }
        }
    }
    return std::nullopt;
}

} // namespace

std::optional<Judgement> refuted_by_moments(const RandomQuantity& quantity, const Expr& g,
                                            const Effort& effort)
{
    require_value(g);
    const BoundAtPairs at_pairs = bound_at_pairs(quantity, g);
    if (at_pairs.refutation) {
        return at_pairs.refutation;
    }
    for (const LowerTail& lower : quantity.lower) {
        if (lower.by_growth) {
            continue;
        }
        const Exceeds exceeds = exceeds_every_multiple(lower.value, g, lower.family);
        if (!is_true(exceeds.outcome)) {
            continue;
        }
        const bool certain = lower.failing == Expr(0);
        StepsOnRanges failing;
        failing_steps(failing, lower);
        const LowerSteps steps = lower_steps(quantity, lower);
        const StepsOnRanges member = membership(lower.family);
        const Truth proved = steps.outcome && failing.outcome() && member.outcome();
        std::vector<ledger::Certificate> certificates = exceeds.certificates;
        const auto keep = [&](const std::vector<ledger::Certificate>& more) {
            certificates.insert(certificates.end(), more.begin(), more.end());
        };
        keep(failing.certificates());
        keep(steps.certificates);
        keep(member.certificates());
        keep(number_certificates());
        Judgement judgement;
        const bool wide = lower.family == PairFamily::Wide;
        const std::string place =
            wide ? "n = 3^k, d = k 3^k, k" : fmt::format("{}, d = y^16, y", describe(lower.family));
        const std::string probability =
            certain ? "" : fmt::format(", but for probability at most {}", lower.failing.text());
        Evidence item{
            certain ? "explicit pairs (n, d), exact algebra" : "moments (exact algebra)",
            fmt::format(
                "{}: {}; at {} >= {} max(C, 1) it is at least {} >= C g{}, whatever C is{}; "
                "these pairs lie in the regime of Theorem 4.2 and in that of Appendix B",
                lower.setting, lower.why, place, exceeds.tau, lower.value.text(), probability,
                certain ? "" : ", and 1 - n^-C exceeds that probability from some n on"),
            is_true(proved) ? Truth::False : Truth::Unknown,
            Strength::Exact,
            {ScopeKind::All, "every C > 0, at (n, d) that depend on C"}};
        if (!effort.control) {
            item.certificates = certificates;
        }
        judgement.evidence.push_back(std::move(item));
        add_pair(judgement, lower, g, 10, lower.family,
                 fmt::format("at least {}{}, which is more than C times the bound",
                             with_euler(lower.value).text(), probability),
                 effort);
        return judgement;
    }
    if (std::optional<Judgement> judgement = refuted_by_growth(quantity, g, effort)) {
        return judgement;
    }
    if (at_pairs.without_value) {
        throw DomainError(fmt::format("the bound has no value at n = {}, d = {}",
                                      to_string(at_pairs.without_value->n),
                                      to_string(at_pairs.without_value->d)));
    }
    return std::nullopt;
}

namespace {

/// "With probability 1" fails where the bound tends to 0: near equal tokens the quantity is large.
std::optional<Judgement> refuted_surely(const RandomQuantity& quantity, const Expr& g)
{
    if (quantity.at_equal_tokens.empty()) {
        return std::nullopt;
    }
    const Exceeds exceeds = exceeds_every_multiple(ratio(1, 2), g, PairFamily::Equal);
    if (!is_true(exceeds.outcome)) {
        return std::nullopt;
    }
    Judgement judgement;
    judgement.evidence.push_back(
        {"equal tokens",
         fmt::format(
             "theta_1 = ... = theta_n and {}: the quantity is 1, and at least 1/2 nearby, an "
             "event of positive probability; C g < 1/2 for n = d large",
             quantity.at_equal_tokens),
         Truth::False,
         Strength::Exact,
         {ScopeKind::All, "every C > 0, at n = d that depend on C"}});
    return judgement;
}

Evidence proof_evidence(const RandomQuantity& quantity, const UpperTail& upper)
{
    StepsOnRanges concentration = bounded_difference_steps();
    const StepsOnRanges moments = sphere_moment_steps();
    const std::string constants =
        fmt::format("C(a) = {} (1 + {}) with x = sqrt(2(a + {})) does for the exponent a",
                    upper.kappa, upper.square ? "x + x^2" : "x", quantity.shift);
    const std::string same =
        upper.root ? fmt::format("; one letter for both: C = {}",
                                 to_string(Rational(*upper.root * *upper.root, 2) - quantity.shift))
                   : "";
    Evidence item{"concentration (exact algebra)",
                  fmt::format("{}. {}{}{}", quantity.why, constants, same,
                              upper.chart.empty() ? "" : "; with " + upper.chart),
                  upper.outcome && concentration.outcome() && moments.outcome(),
                  Strength::Exact,
                  {ScopeKind::All,
                   "all n >= 2, d >= 1 with n log n >= d, all Q, K, V with |Q^T K|, "
                   "|V| <= 1, every exponent a > 0"}};
    item.certificates = upper.certificates;
    for (const StepsOnRanges* steps :
         std::initializer_list<const StepsOnRanges*>{&concentration, &moments}) {
        item.certificates.insert(item.certificates.end(), steps->certificates().begin(),
                                 steps->certificates().end());
    }
    for (ledger::Certificate& number : number_certificates()) {
        item.certificates.push_back(std::move(number));
    }
    return item;
}

} // namespace

Judgement decide_rate(const RandomQuantity& quantity, const Expr& g, const Effort& effort,
                      const std::string& route, const StepsOnRanges& more)
{
    if (std::optional<Judgement> judgement = refuted_by_moments(quantity, g, effort)) {
        return *judgement;
    }
    const UpperTail upper = bounded_by(quantity, g, false);
    const std::vector<std::string> names = quantity.upper.symbols();
    const bool random = std::find(names.begin(), names.end(), "root") != names.end();
    Evidence item{route,
                  fmt::format("{}. The constant {}{} does", quantity.why, upper.kappa,
                              random ? fmt::format(" (1 + sqrt(2(a + {})))", quantity.shift) : ""),
                  upper.outcome && more.outcome(),
                  Strength::Exact,
                  {ScopeKind::All, "all n >= 2, d >= 1 with n log n >= d"}};
    if (!effort.control) {
        item.certificates = upper.certificates;
        item.certificates.insert(item.certificates.end(), more.certificates().begin(),
                                 more.certificates().end());
        for (ledger::Certificate& number : number_certificates()) {
            item.certificates.push_back(std::move(number));
        }
    }
    return with({}, std::move(item));
}

Judgement check_tail(const Statement& statement, const Effort& effort)
{
    const RandomQuantity& quantity = random_quantity(statement.words.at("quantity"));
    const Expr& g = statement.formulas.at("bound");
    const std::string& regime = statement.words.at("regime");
    if (regime != "theorem" && regime != "appendix") {
        throw InputError(fmt::format("regime '{}': must be theorem or appendix", regime));
    }
    if (statement.words.at("probability") == "1") {
        if (std::optional<Judgement> judgement = refuted_surely(quantity, g)) {
            return *judgement;
        }
        return {};
    }
    if (std::optional<Judgement> judgement = refuted_by_moments(quantity, g, effort)) {
        return *judgement;
    }
    Judgement judgement;
    const UpperTail upper = bounded_by(quantity, g, true);
    if (effort.control) {
        judgement.evidence.push_back({"concentration (exact algebra)",
                                      quantity.why,
                                      upper.outcome,
                                      Strength::Exact,
                                      {ScopeKind::All, "n log n >= d"}});
        return judgement;
    }
    judgement.evidence.push_back(proof_evidence(quantity, upper));
    for (Evidence& item : sampled_evidence(quantity.name, g, effort)) {
        judgement.evidence.push_back(std::move(item));
    }
    return judgement;
}

} // namespace attest::theorems

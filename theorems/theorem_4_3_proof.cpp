#include "theorems/theorem_4_3_proof.hpp"

#include "attest/model/schemes.hpp"
#include "attest/numbers/symbolic.hpp"
#include "attest/proof/certificates.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

/// q = sqrt(n) >= 7/5, g <= 1/(6n), k = sqrt(1 - (1 - 1/n) delta) >= 1/sqrt(n).
Ranges lemma_ranges()
{
    return {{"q", from(Rational(7, 5))},
            {"moreK", from(0)},
            {"G", between(0, 1)},
            {"V", from(0)},
            {"loss", from(0)},
            {"gain", from(0)},
            {"l", from(0)},
            {"rho", from(0)},
            {"tau", from(0)},
            {"later", from(0)},
            {"alpha", from(0)},
            {"w", from(1)},
            {"c", between(0, 1)},
            {"n", from(2)},
            {"t", from(0)}};
}

Expr lemma_k()
{
    return 1 / sym("q") + sym("moreK");
}

Expr lemma_g()
{
    return sym("G") / (6 * pow(sym("q"), 2));
}

} // namespace

void ToldSteps::add(const std::string& says, Truth outcome, std::optional<std::string> certificate)
{
    outcome_ = outcome_ && (is_true(outcome) ? Truth::True : Truth::Unknown);
    (is_true(outcome) ? says_ : open_).push_back(says);
    if (certificate) {
        certificates_.push_back({std::move(*certificate)});
    }
}

void ToldSteps::identical(const std::string& says, const Expr& lhs, const Expr& rhs)
{
    const Truth proved = proof::identical(lhs, rhs);
    add(says, proved,
        is_true(proved) ? std::optional(proof::identity_certificate(lhs, rhs)) : std::nullopt);
}

void ToldSteps::at_least(const std::string& says, const Expr& lhs, const Expr& rhs,
                         const Ranges& ranges)
{
    const proof::AlgebraicProof proved = at_least_on(lhs, rhs, ranges);
    add(says, proved.outcome, at_least_certificate_on(lhs, rhs, ranges, proved));
}

void ToldSteps::limit_at_one(const std::string& says, const Expr& formula, const Expr& limit)
{
    const proof::AlgebraicProof proved = proof::limit_at_one(formula, limit);
    add(says, proved.outcome, proof::limit_certificate(formula, limit, proved));
}

void ToldSteps::append(const ToldSteps& more)
{
    outcome_ = outcome_ && more.outcome_;
    says_.insert(says_.end(), more.says_.begin(), more.says_.end());
    open_.insert(open_.end(), more.open_.begin(), more.open_.end());
    certificates_.insert(certificates_.end(), more.certificates_.begin(), more.certificates_.end());
}

Truth ToldSteps::outcome() const
{
    return says_.empty() && open_.empty() ? Truth::Unknown : outcome_;
}

std::string ToldSteps::text() const
{
    return open_.empty() ? fmt::format("{}", fmt::join(says_, "; "))
                         : fmt::format("not proved: {}", fmt::join(open_, "; "));
}

Evidence ToldSteps::evidence(const std::string& route, const std::string& conclusion,
                             const Scope& scope, Strength strength) const
{
    Evidence item{route, conclusion + ": " + text(), outcome(), strength, scope};
    item.certificates = certificates_;
    return item;
}

Expr without_roots(const Expr& formula)
{
    const SymbolicField field;
    try {
        const Symbolic value = formula.evaluate<Symbolic>({{"t", Symbolic::symbol("t")}});
        const Symbolic denominator = value.denominator();
        return parse_expr((value * denominator).text(), {"t"})
               / parse_expr(denominator.text(), {"t"});
    } catch (const InputError&) {
        return formula;
    } catch (const DomainError&) {
        return formula;
    }
}

const ToldSteps& cone_persistence_steps()
{
    static const ToldSteps steps = [] {
        const Expr m = sym("m");
        const Expr w = sym("w");
        const Ranges ranges = {{"m", between(0, 1)}, {"w", between(0, 1)}, {"e", from(0)},
                               {"f", from(0)},       {"s", from(0)},       {"S", from(0)}};
        ToldSteps result;
        // <A_j, theta_i> = w_ji + (1 - w_ji) m + e is a mean of products, <A_j, theta_j> = 1 - f.
        const Expr along = (w + (1 - w) * m + sym("e") - (1 - sym("f")) * m) / sym("s");
        result.at_least("at a pair with the least product m in [0, 1], <theta_i, theta_j'> >= "
                        "w_ji (1 - m)/s_j >= 0",
                        along, w * (1 - m) / sym("s"), ranges);
        result.at_least("and so >= w_ji (1 - m)/max s", w * (1 - m) / sym("s"),
                        w * (1 - m) / (sym("s") + sym("S")), ranges);
        // Below 0, at m = -p, f <= 1 + p: Gronwall's lemma with p(0) = 0 keeps p = 0.
        const Expr p = sym("p");
        result.at_least(
            "at a least product -p in [-1, 0], <theta_i, theta_j'> >= -2p/s_j",
            (sym("e") - (1 + p) * sym("part") * p) / sym("s"), -2 * p / sym("s"),
            {{"e", from(0)}, {"p", between(0, 1)}, {"part", between(0, 1)}, {"s", from(0)}});
        return result;
    }();
    return steps;
}

const ToldSteps& cone_rate_steps()
{
    static const ToldSteps steps = [] {
        const Expr V = sym("V");
        const Expr n = sym("n");
        const Expr D = sym("D");
        const Expr k = sym("k");
        const Expr g = sym("g");
        const Expr delta = sym("delta");
        const auto least = [&](const Expr& d) { return 1 - (1 - 1 / n) * d; };
        ToldSteps all;
        // u_k = P_k mean, |u_k|^2 = b - a_k^2; rho_k = |theta_k - mean|^2, a_k = (1 + b - rho_k)/2.
        const Expr a = (2 - V - sym("rho")) / 2;
        const Expr spread = (sym("mean_rho2") - V * V) / 4;
        all.identical("mean |P_k mean|^2 = V(1 - V) - (mean rho^2 - V^2)/4, rho_k = |theta_k - "
                      "mean|^2 of mean V",
                      mean_over_tokens(1 - V - a * a, {"rho"}).substitute("mean_rho", V),
                      V * (1 - V) - spread);
        // rho_k is at most the mean of |theta_k - theta_j|^2 less V.
        const Ranges cloud = {{"V", from(0)}, {"excess", from(0)}, {"loss", from(0)}};
        const Expr largest = 2 * D - V;
        all.at_least("it is >= (1 - D)V, D = (1 - 1/n) delta >= V, because rho_k <= 2D - V",
                     (V * (1 - V) - (largest * V - sym("loss") - V * V) / 4)
                         .substitute("D", V + sym("excess")),
                     ((1 - D) * V).substitute("D", V + sym("excess")), cloud);
        all.at_least("and <= V", V, V * (1 - V) - sym("loss") / 4, cloud);
        // One token: v_k = P_k (A_k - mean), |v_k| <= g sqrt V = h.
        const Expr u = sym("u");
        const Expr h = sym("h");
        const Expr inverse = sym("inv");
        const Expr m = sym("m");
        const Expr M = sym("M");
        all.identical("(1/s)(u^2 - hu) = m(u^2 - hu) - (M - m)h^2/4 + (1/s - m)(u - h/2)^2 + (M - "
                      "1/s)h^2/4",
                      inverse * (u * u - h * u),
                      m * (u * u - h * u) - (M - m) * h * h / 4 + (inverse - m) * pow(u - h / 2, 2)
                          + (M - inverse) * h * h / 4);
        const Expr root = k + sym("e");
        all.at_least("with mean u^2 = V root^2, root >= k >= g: u^2 - hu has mean >= V k(k - g)",
                     (root * root - g * root).substitute("k", g + sym("f")),
                     (k * (k - g)).substitute("k", g + sym("f")),
                     {{"g", from(0)}, {"f", from(0)}, {"e", from(0)}});
        all.at_least("u^2 + hu has mean <= V(1 + g)", 1 + g, pow(sym("part"), 2) + g * sym("part"),
                     {{"g", from(0)}, {"part", between(0, 1)}});
        // Sizes. e^{-x} >= 1 - x gives e^x - 1 <= x/(1 - x); x = beta sqrt(2 delta) <
        // sqrt(2)/(10n).
        const Expr x = sym("part") * ratio(1415, 10000) / n;
        const Ranges cone_ranges = {
            {"n", from(2)}, {"part", between(0, 1)}, {"delta", between(0, 1)}, {"f", from(0)}};
        all.at_least("1415/10000 >= sqrt(2)/10", ratio(1415, 10000), sqrt(Expr(2)) / 10, {});
        all.at_least("g = e^x - 1 <= x/(1 - x) <= 1/(6n)", 1 / (6 * n), x / (1 - x), cone_ranges);
        all.at_least("e^{-x} >= 1 - x >= 23/25", 1 - x, ratio(23, 25), cone_ranges);
        all.at_least("|A_k|^2 >= 1 - delta + delta sum_j w_kj^2 >= k^2",
                     1 - delta + delta * (1 / n + sym("f")), least(delta), cone_ranges);
        all.at_least("<theta_k, A_k> >= 1 - delta + delta w_kk >= (23/25) k^2",
                     1 - delta + delta * (ratio(23, 25) + sym("f")) / n,
                     ratio(23, 25) * least(delta), cone_ranges);
        all.at_least("k^2 >= 1/n", least(delta), 1 / n, cone_ranges);
        all.at_least("k >= g", lemma_k(), lemma_g(), lemma_ranges());
        return all;
    }();
    return steps;
}

const ToldSteps& cone_limit_steps()
{
    static const ToldSteps steps = [] {
        // gamma = 1 - sqrt(2 delta).
        const Expr root = 1 - sym("gamma");
        const Expr g = sym("beta") * root / (1 - sym("beta") * root);
        const Expr k = 1 - root * root / 2;
        ToldSteps result;
        result.limit_at_one("k(k - g) - (R - 1)g^2/4 -> 1 as delta -> 0, with k >= 1 - delta, g <= "
                            "x/(1 - x), x = beta sqrt(2 delta), R bounded",
                            k * (k - g) - sym("r") * g * g / 4, Expr(1)); // r = R - 1
        result.limit_at_one("1 + g -> 1", 1 + g, Expr(1));
        return result;
    }();
    return steps;
}

const ToldSteps& equal_speed_steps()
{
    static const ToldSteps steps = [] {
        const Expr w = 1 - sym("gamma"); // 1/u
        const Expr c = sym("alpha");     // sqrt(1 - eps); a name that limit certificates know
        const Expr rho = sym("r");       // max r_k(T)
        ToldSteps result;
        result.limit_at_one("growing magnitudes: min r/max r >= (1 - eps)u/(max r(T) + u) -> 1 - "
                            "eps",
                            c * c / (1 + rho * w), c * c);
        result.limit_at_one("Peri-LN: |A_k| in [sqrt(1 - eps), 1] in addition",
                            c * c * c / (1 + rho * w), c * c * c);
        result.limit_at_one("r_k/t <= (max r(T) + u)/u -> 1", 1 + rho * w, Expr(1));
        result.at_least("Var > 0 for all t: Var' >= -(1 + g) 2 Var/min s is bounded below by a "
                        "multiple of Var, so Var -> 0 only as t -> infinity",
                        ratio(13, 6), 2 * (1 + sym("G") / (6 * sym("n"))),
                        {{"G", between(0, 1)}, {"n", from(2)}});
        return result;
    }();
    return steps;
}

ConeRate cone_rate(std::string_view scheme)
{
    const Expr t = sym("t");
    const Expr c2 = 1 - sym("delta");
    const Expr a = ratio(7, 4) * c2;
    const Expr growing = ratio(17, 20) * c2;
    const Expr b = ratio(13, 6);
    if (scheme == "post-ln") {
        return {Expr(1), Expr(0), a, b};
    }
    if (scheme == "sqrt-scaling") {
        return {1 / sqrt(t + 1), Expr(0), a, b};
    }
    if (scheme == "ngpt") {
        return {sym("alpha"), Expr(0), a, b / sqrt(c2)};
    }
    if (scheme == "pre-ln") {
        return {1 / t, sym("rho"), growing, b / c2};
    }
    if (scheme == "peri-ln") {
        return {1 / t, sym("rho"), growing, b / (c2 * sqrt(c2))};
    }
    if (scheme == "mix-ln") {
        return {1 / t, 2 * sym("tau") + sym("rho"), growing, 2 * b / c2};
    }
    throw InputError(fmt::format("scheme '{}' is unknown: must be one of {}", scheme,
                                 fmt::join(model::scheme_names, ", ")));
}

Reduction cone_rate_reduction(std::string_view scheme, bool upper, const Expr& from_time)
{
    const Expr V = sym("V");
    const Expr k = lemma_k();
    const Expr g = upper ? lemma_g() : sym("G") / (6 * sym("n"));
    const Expr c = sym("c");
    const Expr rho = sym("rho");
    const Expr time = from_time + sym("later");
    const Expr grown = scheme == "mix-ln" ? time - sym("tau") : time; // time of growth
    const Expr root_time = sym("w");                                  // sqrt(t + 1)
    // 1/max s, max s/min s and 1/min s.
    Expr m(1);
    Expr R(1);
    Expr M(1);
    if (scheme == "sqrt-scaling") {
        m = 1 / root_time;
        M = m;
    } else if (scheme == "ngpt") {
        m = sym("alpha");
        R = 1 / k;
        M = sym("alpha") / c;
    } else if (scheme != "post-ln") {
        m = 1 / (rho + grown);
        R = (rho + grown) / (ratio(23, 25) * k * k * grown);
        M = 1 / (c * c * grown);
        if (scheme == "peri-ln") {
            R = R * (1 + 2 * g / k);
            M = M / c;
        }
    }
    const Expr bracket = k * (k - g) - (R - 1) * g * g / 4;
    const Expr rate =
        upper ? -2 * V * m * bracket - sym("loss") : -2 * V * (1 + g) * M + sym("gain");
    Reduction reduction;
    reduction.why =
        upper ? "V' = -2V (1/max s)(k(k - g) - (R - 1)g^2/4) - loss, n = q^2, g = G/(6n), k = 1/q "
                "+ moreK, 1 - delta = k^2 - l, R = max s/min s at most its bound"
              : "V' = -2V (1 + g)/min s + gain, g = G/(6n), 1 - delta = c^2, min s at "
                "least its bound";
    reduction.symbols = {{"rate", rate},
                         {"n", upper ? pow(sym("q"), 2) : sym("n")},
                         {"delta", upper ? 1 - k * k + sym("l") : 1 - c * c},
                         {"t", scheme == "sqrt-scaling" ? root_time * root_time - 1 : time}};
    reduction.ranges = lemma_ranges();
    return reduction;
}

Scope cone_below_one(const std::string& more)
{
    return {ScopeKind::All,
            "all n >= 2, d >= 1, beta >= 0, Q, K with |Q^T K| <= 1, V = I, r_k(0) > 0, delta < "
            "min(1, 1/(100 n^2 beta^2))"
                + more};
}

std::vector<Instance> close_pairs(std::string_view scheme, const std::optional<Expr>& from_time)
{
    const Rational delta = Rational(1) / pow(Rational(10), 12);
    const Ball near = Ball::interval(1 - delta, Rational(1));
    std::vector<Instance> instances;
    const std::vector<Rational> times = {Rational(1, 1000000),
                                         Rational(1, 20),
                                         Rational(3, 10),
                                         Rational(1, 2),
                                         1,
                                         Rational(101, 100),
                                         2,
                                         3,
                                         10,
                                         pow(Rational(10), 6),
                                         pow(Rational(10), 12)};
    const std::vector<std::pair<Rational, Rational>> starts = {
        {1, 1},
        {Rational(1, 2), Rational(1, 2)},
        {Rational(1, 1000), Rational(1, 1000)},
        {1, Rational(1, 1000)},
        {1000, 1000}};
    for (const auto& [first, second] : starts) {
        for (const Rational& t : times) {
            for (const auto& [alpha, tau] :
                 std::vector<std::pair<Rational, Rational>>{{1, 1},
                                                            {10, 1},
                                                            {Rational(1, 10), 1},
                                                            {1, Rational(1, 1000)},
                                                            {1, Rational(1, 10)},
                                                            {1, 10}}) {
                if ((alpha != 1 && scheme != "ngpt") || (tau != 1 && scheme != "mix-ln")) {
                    continue;
                }
                const Rational rho = std::max(first, second);
                if (from_time && t < from_time->evaluate<Rational>({{"rho", rho}, {"tau", tau}})) {
                    continue;
                }
                const auto inverse = [&, alpha = alpha, tau = tau](const Rational& r) {
                    const bool late = t > tau;
                    const Rational grown = scheme == "mix-ln" ? (late ? Rational(t - tau) : 0) : t;
                    model::TokenView<Ball> token{Ball(r) + near * Ball(grown),
                                                 near,
                                                 near,
                                                 Ball(alpha),
                                                 Ball(t),
                                                 Ball(late ? 1 : 0)};
                    return 1 / model::with_scheme(scheme, [&](auto s) {
                               return decltype(s)::speed_factor(token);
                           });
                };
                Instance instance;
                instance.what = {{"n", "2"},
                                 {"tokens", "a pair with <theta_1, theta_2> in [1 - 1e-12, 1) up "
                                            "to time t, beta = 0"},
                                 {"r_k(0)", to_string(first) + ", " + to_string(second)},
                                 {"t", to_string(t)},
                                 {"tau", to_string(tau)},
                                 {"alpha_t", to_string(alpha)}};
                instance.exact = {{"n", 2},     {"V", 1},     {"delta", delta}, {"t", t},
                                  {"tau", tau}, {"rho", rho}, {"alpha", alpha}};
                // gamma' = (1/s_1 + 1/s_2)(1 - gamma)(1 + gamma)/2, Var = (1 - gamma)/2.
                instance.balls = {
                    {"rate", -(inverse(first) + inverse(second)) * Ball::interval(1 - delta, 1)}};
                instances.push_back(std::move(instance));
            }
        }
    }
    return instances;
}

} // namespace attest::theorems

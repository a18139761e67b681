// Section 4.2: what the text says of first layers, by Theorem 4.2 and Table 2.
#include "attest/proof/certificates.hpp"
#include "theorems/appendix_b_tails.hpp"
#include "theorems/span.hpp"
#include "theorems/units.hpp"
#include "theorems/witnesses.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace attest::theorems {
namespace {

Expr speed_factor(const std::string& scheme, const model::TokenView<Expr>& token)
{
    return model::with_scheme(scheme, [&](auto s) { return decltype(s)::speed_factor(token); });
}

/// s_j in the first layer: r_j = 1, alpha_0 = 1, t = 0, before Mix-LN's switch.
Expr first_speed_factor(const std::string& scheme)
{
    model::TokenView<Expr> token = symbolic_token();
    token.r = Expr(1);
    token.alpha = Expr(1);
    token.t = Expr(0);
    token.late = Expr(0);
    return speed_factor(scheme, token);
}

bool provably_equal(const Expr& a, const Expr& b)
{
    return is_true(proof::identical(a, b));
}

Expr rate()
{
    const Expr n = sym("n");
    return sqrt(log(n) / n) + log(n) / sym("d");
}

// --- proportional to |A_j| ----------------------------------------------------------------------

/// s_j over the formula named like the scheme does not depend on |A_j|.
Judgement check_damping(const Statement& statement, const Effort& effort)
{
    std::vector<Statement> parts;
    for (const auto& [scheme, factor] : statement.formulas) {
        const Expr quotient = speed_factor(scheme, symbolic_token()) / factor;
        parts.push_back(part(tidy(derivative(quotient, "normA")), Expr(0)));
    }
    return decide_token_identities(parts, effort);
}

void add_damping(ledger::Registry& registry)
{
    const Expr norm = sym("normA");
    const std::string peri(model::PeriLN::name);
    const std::string ngpt(model::NGPT::name);
    Claim claim;
    claim.id = "sec4.2/prose/damping-factor";
    claim.printed.formulas = {{peri, norm}, {ngpt, norm}};
    claim.printed.latex =
        "\\frac{s_j}{\\|A_j\\|} \\text{ does not depend on } \\|A_j\\| \\text{ for Peri-LN and "
        "nGPT: } s_j = r_j\\|A_j\\|,\\; \\alpha_t^{-1}\\|A_j\\|";
    claim.check = check_damping;
    Fault more{"Post-LN too", claim.printed};
    more.statement.formulas.emplace(std::string(model::PostLN::name), norm);
    Fault pre{"Pre-LN too", claim.printed};
    pre.statement.formulas.emplace(std::string(model::PreLN::name), norm);
    claim.faults = {fault("Peri-LN: |A_j|^2", claim.printed, peri, pow(norm, 2)),
                    fault("nGPT: 1/|A_j|", claim.printed, ngpt, 1 / norm),
                    fault("nGPT: sqrt |A_j|", claim.printed, ngpt, sqrt(norm)),
                    fault("Peri-LN: <theta_j, A_j>", claim.printed, peri, sym("thetaA")),
                    std::move(more),
                    std::move(pre)};
    claim.witness = "n = d = 3, X = I, Q = K = V = I, beta = 1, alpha_t = 1, t = 0";
    claim.note = "\"damped\" is division by s_j, so that a small |A_j| speeds up; the velocity is "
                 "P A_j/|A_j| "
                 "times 1/r_j or alpha_t";
    registry.add(std::move(claim));
}

// --- the first layer's ratio --------------------------------------------------------------------

/// Angles of the discrete first layer, |A| = a <= 1/2 and psi the angle of A and theta: nGPT turns
/// by psi/2, Post-LN by arctan(a sin psi/(1 + a cos psi)) <= 2 a psi.
StepsOnRanges layer_steps()
{
    StepsOnRanges steps;
    const Expr a = sym("a");
    const Ranges ranges = {{"a", between(0, Rational(1, 2))}, {"c", between(-1, 1)}};
    steps.at_least(1 + a * sym("c"), 1 - a, {{"a", between(0, 1)}, {"c", between(-1, 1)}});
    steps.at_least(2 * (1 - a), Expr(1), ranges);
    return steps;
}

Judgement check_ratio(const Statement& statement, const Effort& effort)
{
    std::vector<Statement> ratios;
    for (const std::string& fast : names_in(statement.words.at("fast"))) {
        for (const std::string& slow : names_in(statement.words.at("slow"))) {
            ratios.push_back(
                part(tidy(first_speed_factor(slow) / first_speed_factor(fast)), 1 / sym("normA")));
        }
    }
    const Judgement ratio = decide_token_identities(ratios, effort);
    if (judge(ratio).verdict == ledger::Verdict::Fails) {
        return ratio;
    }
    const Expr over_depth = 1 / statement.formulas.at("dimensions");
    const Expr over_tokens = 1 / statement.formulas.at("tokens");
    Statement tail;
    tail.words = {{"quantity", "A"}, {"probability", "1 - n^-C"}, {"regime", "theorem"}};
    const auto bound_of_A = [&](const Expr& g) {
        tail.formulas = {{"bound", g}};
        return check_tail(tail, effort);
    };
    const std::string& combine = statement.words.at("combine");
    if (combine == "max") {
        // 1/max is below both: it fails when either one does.
        for (const Expr& g : {over_depth, over_tokens}) {
            Judgement judgement = bound_of_A(g);
            if (judgement.counterexample) {
                return judgement;
            }
        }
        return {};
    }
    if (combine != "min" && combine != "product") {
        throw InputError(fmt::format("combine '{}': must be min, max or product", combine));
    }
    // 1/min(a, b) <= 1/a + 1/b <= 2/min(a, b).
    Judgement judgement =
        bound_of_A(combine == "min" ? over_depth + over_tokens : over_depth * over_tokens);
    if (judgement.counterexample || effort.control) {
        return judgement;
    }
    judgement = both(ratio, judgement);
    const StepsOnRanges layer = layer_steps();
    judgement.evidence.push_back(remark(
        "discrete first layer",
        "theta turns by psi/2 in nGPT and Peri-LN (a unit vector is added) and by at most 2 |A| "
        "psi in the others when |A| <= 1/2, psi the angle of theta and A: a ratio of at least "
        "1/(4|A|) as well; for |A| <= 1 it is at least 1",
        layer.outcome(), {ScopeKind::All, "r_j = 1, alpha_0 = 1, P_j A_j != 0"},
        layer.certificates()));
    return judgement;
}

void add_ratio(ledger::Registry& registry)
{
    const Expr n = sym("n");
    const Expr d = sym("d");
    Claim claim;
    claim.id = "sec4.2/prose/first-layer-factor";
    claim.printed.formulas = {{"dimensions", d / log(n)}, {"tokens", sqrt(n / log(n))}};
    claim.printed.words = {{"fast", "peri-ln ngpt"},
                           {"slow", "post-ln pre-ln mix-ln sqrt-scaling"},
                           {"combine", "min"}};
    claim.printed.latex =
        "\\frac{\\|\\dot\\theta_j(0)\\|_{\\text{Peri-LN, "
        "nGPT}}}{\\|\\dot\\theta_j(0)\\|_{\\text{Post-"
        "LN, Pre-LN, Mix-LN, sqrt-scaling}}} = \\frac1{\\|A_j(0)\\|} = "
        "\\Omega\\left(\\min\\left(\\frac d{\\log n}, \\sqrt{\\frac n{\\log n}}\\right)\\right)";
    claim.check = check_ratio;
    claim.faults = {
        fault("max for min", claim.printed, "combine", std::string("max")),
        fault("product for min", claim.printed, "combine", std::string("product")),
        fault("d/log n -> d^2/log n", claim.printed, "dimensions", pow(d, 2) / log(n)),
        fault("sqrt(n/log n) -> n/log n", claim.printed, "tokens", n / log(n)),
        fault("sqrt-scaling among the fast ones", claim.printed, "fast",
              std::string("peri-ln ngpt sqrt-scaling")),
        fault("nGPT among the slow ones", claim.printed, "slow", std::string("post-ln ngpt"))};
    claim.depends_on = {"thm4.2/bound", "sec4.2/prose/damping-factor"};
    claim.witness = theorem_4_2_witness;
    claim.note = "angular velocities at r_j(0) = 1, alpha_0 = 1, with probability 1 - n^-C for all "
                 "tokens that "
                 "move (P_j A_j != 0); constants r_0, alpha_0 enter the ratio as factors";
    registry.add(std::move(claim));
}

// --- step sizes ---------------------------------------------------------------------------------

/// |P_j A_j|/s_j at r_j = 1.
Judgement check_step(const Statement& statement, const Effort& effort)
{
    const Expr n = sym("n");
    const Expr d = sym("d");
    const Expr& g = statement.formulas.at("bound");
    const std::string projected =
        "|P_n mean|^2 = |mean|^2 - <theta_n, mean>^2 >= 1/(2n) - 1/(4n) (Chebyshev's and Markov's "
        "inequalities)";
    std::vector<Judgement> parts;
    std::vector<std::string> unregulated;
    for (const std::string& scheme : names_in(statement.words.at("schemes"))) {
        const Expr s = first_speed_factor(scheme);
        const Expr failing = 12 / d + 4 / n;
        RandomQuantity step{"step",
                            {},
                            {},
                            Expr(1),
                            0,
                            {{"Q = K = 0, V = I", projected + "; |P_n mean|^2 >= |mean|^2/2",
                              PairFamily::Equal, Expr(Rational(7, 10)), failing}},
                            {}};
        if (provably_equal(s, Expr(1))) {
            unregulated.push_back(scheme);
            if (unregulated.size() > 1) {
                continue; // decided already: the first steps are the same
            }
            step = {
                "step",
                {},
                "s_j = 1: |P_j A_j| <= |A_j|, and Theorem 4.2's bound of |A_j|",
                random_quantity("A").upper,
                random_quantity("A").shift,
                {{"Q = K = 0, V = I", projected, PairFamily::Equal, 1 / (2 * sqrt(n)), failing},
                 {"Q^T K = I, V a rotation by a right angle (d even)",
                  "V theta_n is orthogonal to theta_n, and <V theta_n, A_n> = <theta_n, sum w_k "
                  "theta_k> >= 1/(4 e d) as for V = I",
                  PairFamily::Cube, 1 / (4 * sym("e") * d), 16 * pow(sym("e"), 2) * d / n}},
                {},
                false,
                random_quantity("A").known};
        } else if (!provably_equal(s, sym("normA"))) {
            throw InputError(
                fmt::format("scheme '{}': its first speed factor is {}", scheme, s.text()));
        }
        StepsOnRanges steps = sphere_moment_steps();
        steps.at_least(Expr(1), 1 - sym("square"), {{"square", from(0)}});
        parts.push_back(decide_rate(step, g, effort, "Theorem 4.2's proof", steps));
        if (parts.back().counterexample) {
            parts.back().counterexample->shows = scheme + ": " + parts.back().counterexample->shows;
            return parts.back();
        }
    }
    if (parts.empty()) {
        throw InputError("schemes: must name at least one scheme");
    }
    Judgement judgement = all_of(parts);
    for (Evidence& item : judgement.evidence) {
        item.detail = fmt::format("{}: {}", fmt::join(unregulated, ", "), item.detail);
    }
    return judgement;
}

void add_step(ledger::Registry& registry)
{
    const Expr n = sym("n");
    const Expr d = sym("d");
    const Expr L = log(n);
    const auto statement = [&](const Expr& bound) {
        Statement result;
        result.formulas = {{"bound", bound}};
        result.words = {{"schemes", "post-ln pre-ln"}};
        result.latex = fmt::format(
            "\\|\\dot\\theta_j(0)\\| = \\|\\mathbf P_j A_j(0)\\| = O\\left({}\\right) \\text{{ "
            "for Post-LN and Pre-LN }} (r_j = 1)",
            bound.latex());
        return result;
    };
    Claim claim;
    claim.id = "sec4.2/prose/step-size";
    claim.printed = statement(L / d);
    claim.amended = statement(rate());
    claim.check = check_step;
    const Statement& base = *claim.amended;
    claim.faults = {fault("first term dropped", base, "bound", L / d),
                    fault("second term dropped", base, "bound", sqrt(L / n)),
                    fault("sqrt(log n/n) -> log n/n", base, "bound", L / n + L / d),
                    fault("nGPT too", base, "schemes", std::string("post-ln pre-ln ngpt")),
                    fault("Peri-LN for Pre-LN", base, "schemes", std::string("post-ln peri-ln"))};
    claim.depends_on = {"thm4.2/bound"};
    claim.witness = theorem_4_2_witness;
    claim.note =
        "the first term of Theorem 4.2 is missing: for n = d and Q = K = 0 the steps are of order "
        "1/sqrt n, for all n with n log n << d^2 larger than log n/d. O(log n/d) holds where d^2 "
        "<= "
        "n log n";
    registry.add(std::move(claim));
}

// --- order one ----------------------------------------------------------------------------------

/// V = I, n <= d^2, d >= 28: the angle psi of theta_n and A_n has tan psi >= 1/(8 e^2) and sin psi
/// >= 1/60, with probability at least 1 - 8/(d-2) - 5/d >= 1/2.
StepsOnRanges order_one_steps()
{
    StepsOnRanges steps;
    const Expr m = sym("m"); // sqrt n
    const Expr d = sym("d");
    const Expr e = sym("e");
    const Ranges ranges = {{"m", from(Rational(1414, 1000))},
                           {"d", from(28)},
                           {"e", between(Rational(2718, 1000), Rational(2719, 1000))}};
    steps.at_least(16 * (pow(m, 2) - 1), pow(2 * m + 1, 2), ranges);
    steps.at_least(Expr(Rational(1, 2)), 8 / (d - 2) + 5 / d, ranges);
    steps.at_least(Expr(3600), 1 + 64 * pow(e, 4), ranges);
    // Chebyshev at e sqrt n for a variance of at most n e^2/d.
    steps.identical(pow(m, 2) * pow(e, 2) / d / pow(e * m, 2), 1 / d);
    return steps;
}

/// n = d^p, p > 2, Q = K = V = I: P(sin psi >= 1/z) <= 16 e^2 (z^2 d^2 + d)/n <= 1/t for
/// d = t^32, t >= 128 max(1, z^2).
StepsOnRanges slow_steps(const Rational& p)
{
    StepsOnRanges steps;
    const Expr t = sym("t");
    const Expr y = pow(t, 2);
    const Expr z_squared = t / 128 * sym("share");
    const Expr e = sym("e");
    const Rational power = 16 * p;
    if (boost::multiprecision::denominator(power) != 1) {
        throw InputError(fmt::format("power {}: must be a multiple of 1/16", to_string(p)));
    }
    const long whole = boost::multiprecision::numerator(power).convert_to<long>();
    const Ranges ranges = {{"t", from(128)},
                           {"share", between(0, 1)},
                           {"e", between(Rational(2718, 1000), Rational(2719, 1000))}};
    steps.at_least(1 / t, 16 * pow(e, 2) * (z_squared * pow(y, 32 - whole) + pow(y, 16 - whole)),
                   ranges);
    return steps;
}

/// n = d^p, d = t^32, p > 2, is in the regime e^{sqrt d} >= n log n >= d: log n = 32 p log t <= 32
/// p t, log log n <= log n, and log n >= 1.
StepsOnRanges power_membership(const Rational& p)
{
    StepsOnRanges steps;
    const Expr t = sym("t");
    const Ranges ranges = {{"t", from(128)}};
    steps.at_least(pow(t, 16), 2 * Expr(Rational(32 * p)) * t, ranges);
    const auto whole = boost::multiprecision::numerator(Rational(16 * p)).convert_to<long>();
    steps.at_least(pow(t, 2 * whole), pow(t, 32), ranges);
    return steps;
}

/// Words: schemes, "weights" ("any" or "V = I"); number "power" p of the restriction n <= d^p, 0
/// for none.
Judgement check_order_one(const Statement& statement, const Effort& effort)
{
    const Rational& p = statement.numbers.at("power");
    for (const std::string& scheme : names_in(statement.words.at("schemes"))) {
        if (provably_equal(first_speed_factor(scheme), sym("normA"))) {
            continue;
        }
        const Exceeds small = exceeds_every_multiple(Expr(1), rate(), PairFamily::Equal);
        return with({}, {"Theorem 4.2",
                         scheme + ": the first step is at most |A_j|, which tends to 0 for n = d",
                         is_true(small.outcome) ? Truth::False : Truth::Unknown,
                         Strength::Exact,
                         {ScopeKind::All, "n = d -> infinity"}});
    }
    if (p == 0 || p > 2) {
        const Rational power = p == 0 ? Rational(3) : p;
        const StepsOnRanges steps = slow_steps(power);
        const StepsOnRanges member = power_membership(power);
        Evidence item{
            "moments (exact algebra)",
            fmt::format(
                "Q = K = V = I, n = d^{}: |P_n A_n|/|A_n| <= |P_n A_n|/<theta_n, A_n>, E|sum "
                "e^{{X_k}} P_n theta_k|^2 <= n e^2 and sum e^{{X_k}} X_k >= n/(4d) but for "
                "probability 16 e^2 d/n: P(sin psi >= 1/z) <= 16 e^2 (z^2 d^2 + d)/n <= 1/t for "
                "d = t^32, t >= 128 max(1, z^2). So for every c > 0 a token moves by c with "
                "probability "
                "-> 0",
                to_string(power)),
            is_true(steps.outcome() && member.outcome()) ? Truth::False : Truth::Unknown,
            Strength::Exact,
            {ScopeKind::All, "every c > 0, at (n, d) that depend on c"}};
        if (!effort.control) {
            item.certificates = steps.certificates();
            for (const auto& more : {member.certificates(), sphere_moment_steps().certificates(),
                                     number_certificates()}) {
                item.certificates.insert(item.certificates.end(), more.begin(), more.end());
            }
        }
        Judgement judgement = with({}, std::move(item));
        if (power == 3) {
            const Rational d = pow(Rational(2), 20);
            const Expr bound = 16 * exp(Expr(2)) * (100 * pow(sym("d"), 2) + sym("d")) / sym("n");
            const proof::Point point = {{"n", pow(d, 3)}, {"d", d}};
            judgement.counterexample = ledger::Counterexample{
                {{"Q, K, V", "Q = K = V = I"},
                 {"n", to_string(point.at("n"))},
                 {"d", to_string(d)},
                 {"c", "1/10"}},
                "a token's first angular velocity reaches 1/10 with probability at most "
                    + bound.text() + " < 1/50",
                replay_command(bound, Expr(Rational(1, 50)), point)};
            attach(judgement, effort,
                   proof::point_certificate(bound, "<", Expr(Rational(1, 50)), point));
        }
        return judgement;
    }
    if (statement.words.at("weights") == "any") {
        return with({}, {"V = 0",
                         "V = 0 is allowed and A_j = 0 then: no direction Norm(A_j), no motion",
                         Truth::False,
                         Strength::Exact,
                         {ScopeKind::All, "V = 0"}});
    }
    const StepsOnRanges steps = order_one_steps();
    Evidence item{
        "moments (exact algebra)",
        "orthogonal to theta_n and to a = K^T Q theta_n the sum of e^{X_k} theta_k has square at "
        "least "
        "(n-1)/(4e^2) but for probability 8/(d-2) + 4/d, along theta_n it is at most e(2 sqrt n + "
        "1) but "
        "for 1/d (n <= d^2): tan psi >= 1/(8e^2), sin psi >= 1/60, for d >= 28 with probability at "
        "least 1/2. The first layer turns theta_n by psi/2",
        steps.outcome() && sphere_moment_steps().outcome(),
        Strength::Exact,
        {ScopeKind::All, "V = I, |Q^T K| <= 1, 2 <= n <= d^2, d >= 28"}};
    if (!effort.control) {
        item.certificates = steps.certificates();
        for (const auto& more : {sphere_moment_steps().certificates(), number_certificates()}) {
            item.certificates.insert(item.certificates.end(), more.begin(), more.end());
        }
    }
    return with({}, std::move(item));
}

void add_order_one(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "sec4.2/prose/order-one";
    claim.printed.words = {{"schemes", "peri-ln ngpt"}, {"weights", "any"}};
    claim.printed.numbers = {{"power", 0}};
    claim.printed.latex =
        "\\|\\dot\\theta_j(0)\\| = \\frac{\\|\\mathbf P_j A_j\\|}{\\|A_j\\|} \\ge c > 0 \\text{ "
        "with "
        "probability bounded below, for Peri-LN and nGPT } (e^{\\sqrt d} \\ge n\\log n \\ge d)";
    claim.amended = claim.printed;
    claim.amended->words["weights"] = "V = I";
    claim.amended->numbers["power"] = 2;
    claim.amended->latex = "\\mathbb P\\left(\\|\\dot\\theta_j(0)\\| \\ge \\tfrac1{60}\\right) "
                           "\\ge \\tfrac12 \\text{ for Peri-LN and nGPT, } "
                           "V = I,\\; n \\le d^2,\\; d \\ge 28";
    claim.check = check_order_one;
    const Statement& base = *claim.amended;
    claim.faults = {fault("n <= d^3", base, "power", Rational(3)),
                    fault("n <= d^(5/2)", base, "power", Rational(5, 2)),
                    fault("n <= d^(17/8)", base, "power", Rational(17, 8)),
                    fault("every n", base, "power", Rational(0)),
                    fault("any V", base, "weights", std::string("any")),
                    fault("Post-LN too", base, "schemes", std::string("peri-ln ngpt post-ln")),
                    fault("Pre-LN for Peri-LN", base, "schemes", std::string("pre-ln ngpt"))};
    claim.depends_on = {"sec4.2/prose/damping-factor"};
    claim.witness = theorem_4_2_witness;
    claim.note =
        "for n large against d^2 and Q = K = V = I the attention vector is almost parallel to the "
        "token "
        "(<theta_j, A_j> ~ 1/d against a rest of 1/sqrt n), so that normalising it does not move "
        "the token: the angle is of order d/sqrt n. The regime allows n up to e^{sqrt d}/log n";
    registry.add(std::move(claim));
}

} // namespace

void add_section_4_2(ledger::Registry& registry)
{
    add_order_one(registry);
    add_step(registry);
    add_damping(registry);
    add_ratio(registry);
}

} // namespace attest::theorems

// Appendix C: its scalar steps. Softmax bounds, the constants of equation (5), the sign of its
// coefficient, and the last two inequalities on the sum of projections.
#include "attest/numbers/precision.hpp"
#include "attest/proof/boxes.hpp"
#include "theorems/clouds.hpp"
#include "theorems/units.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

constexpr const char* cone_witness =
    "n = 2, d = 2, theta_1 = (1, 0), theta_2 = (1599/1601, 80/1601), delta = 2/1601, beta = 1, "
    "Q = K = V = I";

const std::vector<Instance>& tokens()
{
    static const std::vector<Instance> values = all_token_values();
    return values;
}

const std::vector<Instance>& weights()
{
    static const std::vector<Instance> values = [] {
        const PrecisionScope precision(192);
        return weight_values();
    }();
    return values;
}

Scope cone()
{
    return {ScopeKind::All,
            "all n >= 2, d >= 1, delta >= 0, beta >= 0, Q, K with |Q^T K| <= 1, directions with "
            "<theta_j, theta_k> >= 1 - delta"};
}

Scope all_directions(const std::string& more = {})
{
    return {ScopeKind::All, "all n >= 2, d >= 1, unit vectors theta_1..theta_n" + more};
}

// --- scores and weights ---------------------------------------------------------------------

/// <Q theta_k, K (theta_i - theta_j)> = <theta_k, y> with |y| <= |theta_i - theta_j|: y has a part
/// p along theta_k and a square q of the rest, and |theta_i - theta_j|^2 = p^2 + q + slack.
Judgement check_score_difference(const Statement& statement, const Effort& effort)
{
    const Expr& middle = statement.formulas.at("middle");
    const Expr& last = statement.formulas.at("last");
    const std::string why = "theta_i - theta_j = y after Q^T K, |y|^2 = p^2 + q <= |theta_i - "
                            "theta_j|^2, p the part along theta_k";
    const auto along = [&](const Expr& p) {
        return Reduction{why,
                         {{"score", p}, {"distance", sqrt(p * p + sym("q") + sym("slack"))}},
                         {{"p", from(0)}, {"q", from(0)}, {"slack", from(0)}}};
    };
    // |theta_i - theta_j|^2 = 2 - 2g with g = 1 - delta + excess.
    const Reduction chord{
        "|theta_i - theta_j|^2 = 2 - 2g, g = 1 - delta + excess",
        {{"distance", sqrt(2 * sym("rest"))}, {"delta", sym("excess") + sym("rest")}},
        {{"excess", from(0)}, {"rest", from(0)}}};
    const Statement first = relation_part(sym("score"), "<=", middle);
    return all_of(
        {decide_reduced(first, effort, along(sym("p")), weights(), cone()),
         decide_reduced(first, effort, along(-sym("p")), weights(), cone()),
         decide_reduced(relation_part(middle, "<=", last), effort, chord, weights(), cone())});
}

void add_score_difference(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "appC/score-difference";
    claim.printed.latex =
        "\\langle Q\\theta_k, K\\theta_i\\rangle - \\langle Q\\theta_k, K\\theta_j\\rangle \\le "
        "\\|\\theta_i - \\theta_j\\| \\le \\sqrt{2\\delta}";
    const Expr delta = sym("delta");
    const Expr distance = sym("distance");
    claim.printed.formulas = {{"middle", distance}, {"last", sqrt(2 * delta)}};
    claim.check = check_score_difference;
    claim.faults = {
        fault("sqrt(2 delta) -> sqrt(delta)", claim.printed, "last", sqrt(delta)),
        fault("sqrt(2 delta) -> 2 delta", claim.printed, "last", 2 * delta),
        fault("2 -> 1999999/1000000", claim.printed, "last",
              sqrt(Expr(Rational(1999999, 1000000)) * delta)),
        fault("distance squared", claim.printed, "middle", distance * distance),
        fault("half the distance", claim.printed, "middle", distance / 2),
    };
    claim.witness = cone_witness;
    claim.note = "sqrt(2 delta) is attained: two tokens with <theta_1, theta_2> = 1 - delta";
    registry.add(std::move(claim));
}

/// w_kj = 1/sum_l e^{beta(score_l - score_j)}: n w_kj is the inverse of a mean of numbers between
/// e^{-x} and e^x. Here the symbol beta is x = beta sqrt(2 delta) itself.
Reduction weight_reduction()
{
    const Expr x = sym("beta");
    const Expr mean = exp(-x) * (1 - sym("share")) + exp(x) * sym("share");
    return {
        "n w_kj = 1/mean_l e^{beta(score_l - score_j)}, the mean between e^{-x} and e^x with x = "
        "beta sqrt(2 delta)",
        {{"beta", x / sqrt(2 * sym("delta"))}, {"w", 1 / (sym("n") * mean)}},
        {{"n", from(2)}, {"beta", from(0)}, {"delta", from(0)}, {"share", between(0, 1)}}};
}

/// One of the n exponents is 0, that of l = j.
Evidence sharp_weights()
{
    const Expr n = sym("n");
    const Expr E = sym("E"); // e^x
    const Expr w_max = 1 / (1 + (n - 1) / E);
    const Expr w_min = 1 / (1 + (n - 1) * E);
    const Expr printed = (E - 1) / n;
    const Expr sharper = (n - 1) / n * printed;
    const Ranges ranges = {{"n", from(2)}, {"E", from(1)}};
    Steps steps;
    steps.at_least(E / n, w_max, ranges);
    steps.at_least(w_min, 1 / (n * E), ranges);
    steps.at_least(sharper, w_max - 1 / n, ranges);
    steps.at_least(sharper, 1 / n - w_min, ranges);
    steps.at_least(printed, sharper, ranges);
    return remark("sharper bound",
                  "one exponent, that of l = j, is 0: 1/(1 + (n-1)e^x) <= w_kj <= 1/(1 + "
                  "(n-1)e^{-x}) inside the printed bounds, and |w_kj - 1/n| <= ((n-1)/n^2)(e^x - "
                  "1), whose factor (n-1)/n^2 is the best one (x -> 0)",
                  steps.outcome(), cone(), steps.certificates());
}

Judgement check_weight_bounds(const Statement& statement, const Effort& effort)
{
    std::vector<Judgement> parts;
    for (const auto& [name, formula] : statement.formulas) {
        const bool lower = name == "lower";
        const Expr left = statement.words.at("of") == "w" ? sym("w")
                          : lower                         ? 1 / sym("n") - sym("w")
                                                          : sym("w") - 1 / sym("n");
        const bool at_least = lower && statement.words.at("of") == "w";
        parts.push_back(decide_reduced(relation_part(left, at_least ? ">=" : "<=", formula), effort,
                                       weight_reduction(), weights(), cone()));
    }
    Judgement judgement = all_of(parts);
    if (!effort.control) {
        judgement.evidence.push_back(sharp_weights());
    }
    return judgement;
}

void add_softmax_bounds(ledger::Registry& registry)
{
    const Expr n = sym("n");
    const Expr x = sym("beta") * sqrt(2 * sym("delta"));
    Claim claim;
    claim.id = "appC/softmax-bounds";
    claim.printed.latex = "\\frac{e^{-\\beta\\sqrt{2\\delta}}}{n} \\le w_{kj} \\le "
                          "\\frac{e^{\\beta\\sqrt{2\\delta}}}{n}";
    claim.printed.formulas = {{"lower", exp(-x) / n}, {"upper", exp(x) / n}};
    claim.printed.words = {{"of", "w"}};
    claim.check = check_weight_bounds;
    claim.faults = {
        fault("lower: 1/n", claim.printed, "lower", 1 / n),
        fault("upper: 1/n", claim.printed, "upper", 1 / n),
        fault("lower: 1/(n-1)", claim.printed, "lower", exp(-x) / (n - 1)),
        fault("upper: 1/(n+1)", claim.printed, "upper", exp(x) / (n + 1)),
        fault("upper: exponent negative", claim.printed, "upper", exp(-x) / n),
        fault("upper: exponent/4", claim.printed, "upper", exp(x / 4) / n),
    };
    claim.witness = cone_witness;
    claim.depends_on = {"appC/score-difference"};
    registry.add(std::move(claim));
}

void add_weight_deviation(ledger::Registry& registry)
{
    const Expr n = sym("n");
    const Expr x = sym("beta") * sqrt(2 * sym("delta"));
    const Expr bound = (exp(x) - 1) / n;
    Claim claim;
    claim.id = "appC/weight-deviation";
    claim.printed.latex = "\\left|w_{kj} - \\tfrac1n\\right| \\le \\frac{1}{n}"
                          "\\left(e^{\\beta\\sqrt{2\\delta}} - 1\\right)";
    claim.printed.formulas = {{"lower", bound}, {"upper", bound}};
    claim.printed.words = {{"of", "deviation"}};
    claim.check = check_weight_bounds;
    const auto both_sides = [&](const std::string& change, const Expr& other) {
        Fault result = fault(change, claim.printed, "lower", other);
        result.statement.formulas.insert_or_assign("upper", other);
        return result;
    };
    claim.faults = {
        both_sides("1/n -> 1/n^2", bound / n),
        both_sides("exponent/4", (exp(x / 4) - 1) / n),
        both_sides("1/n -> 1/(4n)", bound / 4),
        both_sides("zero", Expr(0)),
    };
    claim.witness = cone_witness;
    claim.depends_on = {"appC/softmax-bounds"};
    registry.add(std::move(claim));
}

// --- the sum of projections -----------------------------------------------------------------

/// u = 1 - a >= 0 and v = |theta_k - mean|^2 = 2u - V; the n vectors theta_j - mean add up to 0, so
/// that v <= (n-1)(nV - v), that is v <= (n-1) V and u <= nV/2.
Evidence one_token_apart()
{
    const Expr n = sym("n");
    const Expr V = sym("V");
    const Expr v = sym("v");
    const Expr rest = sym("rest");
    Steps steps;
    // nV = v + others, v = (n-1) others - rest (Cauchy-Schwarz) gives (n-1) V - v = rest/n.
    const Expr others = (v + rest) / (n - 1);
    steps.identical((n - 1) * (v + others) / n - v, rest / n);
    steps.identical((V + ((n - 1) * V)) / 2, n * V / 2);
    return remark(
        "one token apart",
        "1 - <mean, theta_k> = (V + |theta_k - mean|^2)/2 <= nV/2 for every unit vectors: "
        "|theta_k - mean|^2 <= (n-1) sum_{j != k} |theta_j - mean|^2",
        steps.outcome(), all_directions(), steps.certificates());
}

/// With one token off n-1 equal ones 1 - <mean, theta_k> is nV/2: the inequality fails there as
/// soon as nV > 4/3. The ends of the printed chain hold for all directions.
Evidence failure_region()
{
    const Expr n = sym("n");
    const Expr half = sym("h"); // nV/2
    const Expr gap = sym("gap");
    const Expr mean_product = ((n - 1) * (1 - gap) + 1) / n; // <mean, the token apart>
    const Expr mean_square = (pow(n - 1, 2) + 2 * (n - 1) * (1 - gap) + 1) / pow(n, 2);
    Steps steps;
    steps.identical(1 - mean_product, n * (1 - mean_square) / 2);
    // (1 - 2h)^2 - (1 - h)^2 = h (3h - 2) > 0 beyond h = 2/3.
    steps.at_least(pow(1 - 2 * half, 2), pow(1 - half, 2), {{"h", from(Rational(2, 3))}});
    steps.identical(pow(1 - 2 * half, 2) - pow(1 - half, 2), half * (3 * half - 2));
    // The ends: 1 - a^2 = u(2 - u) <= nV with u = share nV/2.
    const Expr u = sym("share") * n * sym("V") / 2;
    steps.at_least(2 * pow(n, 2) * sym("V"), n * u * (2 - u),
                   {{"n", from(2)}, {"V", from(0)}, {"share", between(0, 1)}});
    steps.at_least(pow(n, 2) * sym("V"), n * u * (2 - u),
                   {{"n", from(2)}, {"V", from(0)}, {"share", between(0, 1)}});
    return remark(
        "exact region",
        "holds for all directions of variance V exactly when V <= 4/(3n): one token off "
        "n-1 equal ones violates it for 4/(3n) < V <= 4(n-1)/n^2 (d >= 2), and every cloud does "
        "for "
        "nV >= 2; the ends of the chain, n(1 - <mean, theta_k>^2) <= 2 n^2 V, hold for all "
        "directions, even with n^2 V",
        steps.outcome(), all_directions(), steps.certificates());
}

/// Words: "hypothesis" is "none" or "V"; number "limit" bounds nV.
Judgement check_second(const Statement& statement, const Effort& effort)
{
    const auto limit = statement.numbers.find("limit");
    std::vector<Instance> admitted;
    for (const Instance& instance : tokens()) {
        const auto& v = instance.exact;
        const bool small_beta =
            v.at("beta") * v.at("beta") * v.at("delta") * 100 * v.at("n") * v.at("n") < 1;
        if (small_beta
            && (limit == statement.numbers.end() || v.at("n") * v.at("V") <= limit->second)) {
            admitted.push_back(instance);
        }
    }
    const Expr n = sym("n");
    const Expr spread =
        limit == statement.numbers.end() ? sym("nV") : Expr(limit->second) * sym("part");
    // nV = limit part, u = share nV/2.
    const Reduction reduction{
        "nV <= limit, <mean, theta_k> = 1 - u with 0 <= u <= nV/2",
        {{"a", 1 - sym("share") * spread / 2}, {"V", spread / n}},
        {{"n", from(2)}, {"nV", from(0)}, {"part", between(0, 1)}, {"share", between(0, 1)}}};
    Judgement judgement = decide_reduced(
        relation_part(statement.formulas.at("lhs"), "<=", statement.formulas.at("rhs")), effort,
        reduction, admitted,
        all_directions(limit == statement.numbers.end()
                           ? ""
                           : fmt::format(", V <= {}/n", to_string(limit->second))));
    if (!effort.control) {
        judgement.evidence.push_back(one_token_apart());
        judgement.evidence.push_back(failure_region());
    }
    return judgement;
}

void add_projection_second(ledger::Registry& registry)
{
    const Expr n = sym("n");
    const Expr V = sym("V");
    const Expr a = sym("a");
    const std::string inequality =
        "n\\left(1 - \\langle\\bar\\theta, \\theta_k\\rangle^2\\right) \\le n\\left(1 - (1 - "
        "n\\mathcal V)^2\\right)";
    Claim claim;
    claim.id = "appC/projection-sum/second";
    claim.printed = relation_part(n * (1 - pow(a, 2)), "<=", n * (1 - pow(1 - n * V, 2)));
    claim.printed.latex = inequality + ",\\quad \\delta < \\tfrac{1}{100 n^2\\beta^2}";
    claim.amended = claim.printed;
    claim.amended->latex = inequality + " \\quad\\text{for } \\mathcal V \\le \\tfrac{4}{3n}";
    claim.amended->numbers = {{"limit", Rational(4, 3)}};
    claim.check = check_second;
    const Statement& holds = *claim.amended;
    claim.faults = {
        fault("4/3 -> 2", holds, "limit", Rational(2)),
        fault("4/3 -> 27/20", holds, "limit", Rational(27, 20)),
        fault("n dropped inside", holds, "rhs", n * (1 - pow(1 - V, 2))),
        fault("n -> n - 1 inside", holds, "rhs", n * (1 - pow(1 - (n - 1) * V / 2, 2))),
        fault("square dropped", holds, "rhs", n * (1 - pow(1 - n * V / 4, 2))),
        fault("reversed", holds, "lhs", 2 * n * (1 - pow(1 - n * V, 2)) + 1),
    };
    claim.witness = cone_witness;
    claim.note =
        "the cone of Theorem 4.3 allows every configuration once beta is small: delta < 1/(100 n^2 "
        "beta^2) exceeds 2 for beta < 1/(10 sqrt(2) n). V <= (n-1) delta/n, so the hypothesis "
        "follows from delta <= 4/(3(n-1)), and for beta >= 1/20 from the theorem's own for all n";
    registry.add(std::move(claim));
}

void add_projection_third(ledger::Registry& registry)
{
    const Expr n = sym("n");
    const Expr V = sym("V");
    Claim claim;
    claim.id = "appC/projection-sum/third";
    claim.printed = relation_part(n * (1 - pow(1 - n * V, 2)), "<=", 2 * pow(n, 2) * V);
    claim.printed.latex = "n\\left(1 - (1 - n\\mathcal V)^2\\right) \\le 2 n^2 \\mathcal V";
    claim.check = [](const Statement& statement, const Effort& effort) {
        return decide_reduced(
            statement, effort,
            {"the difference is n^3 V^2", {}, {{"n", from(2)}, {"V", between(0, 1)}}}, tokens(),
            {ScopeKind::All, "all n >= 2, V in [0, 1]"});
    };
    claim.faults = {
        fault("2 -> 1", claim.printed, "rhs", pow(n, 2) * V),
        fault("n^2 -> n", claim.printed, "rhs", 2 * n * V),
        fault("V -> V^2", claim.printed, "rhs", 2 * pow(n * V, 2)),
        fault("1 - nV -> 1 - 2nV", claim.printed, "lhs", n * (1 - pow(1 - 2 * n * V, 2))),
        fault("reversed", claim.printed, "relation", ">="),
    };
    claim.witness = cone_witness;
    claim.note = "the factor 2 is the best one: the quotient of the sides is 1 - nV/2";
    registry.add(std::move(claim));
}

// --- the constants of equation (5) -----------------------------------------------------------

/// Admissible numbers: n, beta, delta with 100 n^2 beta^2 delta < 1, and V <= delta.
std::vector<Instance> constant_instances()
{
    std::vector<Instance> instances;
    for (const long n : {2, 3, 8, 50, 1000}) {
        for (const Rational& beta : {Rational(0), Rational(1, 20), Rational(1), Rational(9)}) {
            const Rational most = beta == 0 ? Rational(2) : 1 / (100 * n * n * beta * beta);
            for (const Rational& part : {Rational(1, 2), Rational(999999, 1000000)}) {
                const Rational delta = most * part;
                const Rational V = (delta < 1 ? delta : Rational(1)) * (n - 1) / n;
                instances.push_back({{{"n", std::to_string(n)},
                                      {"beta", to_string(beta)},
                                      {"delta", to_string(delta)},
                                      {"V", to_string(V)}},
                                     {{"n", n}, {"beta", beta}, {"delta", delta}, {"V", V}},
                                     {}});
            }
        }
    }
    return instances;
}

/// The first inequality for all n, beta, delta. With z = n beta sqrt(2 delta) in [0, sqrt(2)/10)
/// and v = 1/n in (0, 1/2] the squares of the two sides are compared: they are 2v/9 and 8v (z p)^2
/// with p = (e^{zv} - 1)/(zv), which has no singularity at v = 0.
Evidence constants_on_boxes(const Expr& lhs, const Expr& rhs, const Effort& effort)
{
    const Expr z = sym("z");
    const Expr v = sym("v");
    const auto substituted = [&](const Expr& formula) {
        return formula.substitute("beta", z / (sym("n") * sqrt(2 * sym("delta"))))
            .substitute("n", 1 / v);
    };
    const Expr left_square = 8 * pow(exp(z * v) - 1, 2) / v;
    const Expr right_square = 2 * v / 9;
    Evidence evidence{"boxes in (z, 1/n)",
                      {},
                      Truth::Unknown,
                      Strength::Enclosed,
                      {ScopeKind::All, "all n >= 2, beta >= 0, 0 < delta < 1/(100 n^2 beta^2)"}};
    const Truth squares = proof::identical(pow(substituted(lhs), 2), left_square)
                          && proof::identical(pow(substituted(rhs), 2), right_square);
    proof::SignClaim claim;
    claim.formula = (right_square - left_square) / v; // v > 0
    claim.sign = proof::Sign::NonNegative;
    // 1415/10000 > sqrt(2)/10.
    claim.ranges = {{"z", between(0, Rational(1415, 10000))}, {"v", between(0, Rational(1, 2))}};
    proof::Chart chart;
    chart.names = {{"p", z * v, true}};
    chart.form = Expr(Rational(2, 9)) - 8 * pow(z * sym("p"), 2);
    chart.order = {"z", "v"};
    claim.chart = chart;
    const proof::BoxProof proof = proof::prove_sign(claim);
    evidence.outcome = is_true(squares) ? proof.outcome : Truth::Unknown;
    evidence.detail =
        fmt::format("z = n beta sqrt(2 delta) in [0, sqrt(2)/10], p = (e^(z/n) - 1)/(z/n): squares "
                    "of the sides differ by (2 - 72 (z p)^2)/(9n); {}{}",
                    proof.summary(), proof.place.empty() ? "" : "; open: " + proof.place);
    evidence.bits = proof.bits;
    if (!effort.control) {
        if (std::optional<std::string> body = proof::cover_certificate(claim, proof)) {
            evidence.certificates.push_back({std::move(*body)});
        }
    }
    return evidence;
}

/// The best c in place of 1/3: the least upper bound of 2n(e^{z/n} - 1) = 2 z p. From below by its
/// value for n = 2 at the end of the range of z, from above by boxes.
Evidence sharp_constant()
{
    const Rational above(29309, 100000);
    proof::SignClaim claim;
    const Expr z = sym("z");
    const Expr v = sym("v");
    claim.formula = Expr(above) - 2 * (exp(z * v) - 1) / v;
    // 14142136/10^8 > sqrt(2)/10.
    claim.ranges = {{"z", between(0, Rational(14142136, 100000000))},
                    {"v", between(0, Rational(1, 2))}};
    proof::Chart chart;
    chart.names = {{"p", z * v, true}};
    chart.form = Expr(above) - 2 * z * sym("p");
    chart.order = {"z", "v"};
    claim.chart = chart;
    const proof::BoxProof proof = proof::prove_sign(claim);
    const Ball value = 4 * (exp(sqrt(Ball(2)) / 20) - 1);
    const bool inside = is_true(less(value, Ball(above)));
    Evidence evidence =
        remark("sharp constant",
               fmt::format(
                   "1/3 in sqrt(2)/(3 sqrt(n)) may be lowered to {} and not below 4(e^(sqrt(2)/20) "
                   "- 1) = {}, the limit of the quotient at n = 2 for delta -> 1/(100 n^2 beta^2); "
                   "{}",
                   to_string(above), value.to_string(15), proof.summary()),
               inside ? proof.outcome : Truth::Unknown,
               {ScopeKind::All, "all n >= 2, beta > 0, delta < 1/(100 n^2 beta^2)"});
    evidence.strength = Strength::Enclosed;
    if (std::optional<std::string> body = proof::cover_certificate(claim, proof)) {
        evidence.certificates.push_back({std::move(*body)});
    }
    return evidence;
}

Judgement check_constants(const Statement& statement, const Effort& effort)
{
    const PrecisionScope precision(bits_for_digits(effort.digits));
    const Expr& lhs = statement.formulas.at("lhs");
    const Expr& rhs = statement.formulas.at("rhs");
    Judgement first =
        decide_at_instances(relation_part(lhs, "<=", rhs), effort, constant_instances());
    if (first.counterexample) {
        return first;
    }
    first.evidence.push_back(constants_on_boxes(lhs, rhs, effort));
    const Judgement second = decide_reduced(
        relation_part(statement.formulas.at("square"), "<=", statement.formulas.at("linear")),
        effort,
        {"delta = V + excess (V <= delta)",
         {{"delta", sym("V") + sym("excess")}},
         {{"n", from(2)}, {"V", from(0)}, {"excess", from(0)}}},
        constant_instances(), {ScopeKind::All, "all n >= 2, 0 <= V <= delta"});
    Judgement judgement = both(first, second);
    if (!effort.control) {
        judgement.evidence.push_back(sharp_constant());
    }
    return judgement;
}

void add_constants(ledger::Registry& registry)
{
    const Expr n = sym("n");
    const Expr V = sym("V");
    const Expr delta = sym("delta");
    const Expr growth = exp(sym("beta") * sqrt(2 * delta)) - 1;
    Claim claim;
    claim.id = "appC/constants";
    claim.printed.formulas = {{"lhs", 2 * sqrt(2 * n) * growth},
                              {"rhs", sqrt(Expr(2)) / (3 * sqrt(n))},
                              {"square", 2 * n * pow(V, 2)},
                              {"linear", 2 * n * delta * V}};
    claim.printed.latex =
        "2\\sqrt{2n}\\left(e^{\\beta\\sqrt{2\\delta}} - 1\\right) \\le \\frac{\\sqrt2}{3\\sqrt n}, "
        "\\quad 2n\\mathcal V^2 \\le 2n\\delta\\mathcal V \\qquad (\\delta < "
        "\\tfrac{1}{100n^2\\beta^2})";
    claim.check = check_constants;
    claim.faults = {
        fault("1/3 -> 29/100", claim.printed, "rhs",
              sqrt(Expr(2)) * Expr(Rational(29, 100)) / sqrt(n)),
        fault("sqrt(n) -> n", claim.printed, "rhs", sqrt(Expr(2)) / (3 * n)),
        fault("2 sqrt(2n) -> 3 sqrt(2n)", claim.printed, "lhs", 3 * sqrt(2 * n) * growth),
        fault("sqrt(2n) -> n", claim.printed, "lhs", 2 * sqrt(Expr(2)) * n * growth),
        fault("- 1 dropped", claim.printed, "lhs", 2 * sqrt(2 * n) * (growth + 1)),
        fault("delta V -> delta V/2", claim.printed, "linear", n * delta * V),
        fault("V^2 -> V", claim.printed, "square", 2 * n * V),
    };
    claim.witness = cone_witness;
    claim.depends_on = {"appC/variance-le-delta"};
    claim.note = "for beta = 0 or delta = 0 the left side is 0";
    registry.add(std::move(claim));
}

// --- the sign of the coefficient in equation (5) -----------------------------------------------

Expr coefficient()
{
    return -2 + 2 * sym("n") * sym("delta") + sqrt(2 / sym("n")) / 3;
}

/// The least beta^2 from which on the coefficient is negative for every admitted delta.
Expr least_beta_squared()
{
    const Expr n = sym("n");
    return 1 / (100 * n - Expr(Rational(50, 3)) * sqrt(2 * n));
}

/// n with 2n a square, so that all numbers are rational; beta^2 at and above the threshold.
std::vector<Instance> coefficient_instances(const Expr& threshold)
{
    std::vector<Instance> instances;
    for (const long n : {2, 8, 18, 200}) {
        const Rational least = threshold.evaluate<Rational>({{"n", n}});
        for (const Rational& more : {Rational(0), Rational(1, 400), Rational(1)}) {
            const Rational beta_squared = least + more;
            if (beta_squared == 0) {
                continue;
            }
            for (const Rational& part :
                 {Rational(0), Rational(1, 2), Rational(9999999, 10000000)}) {
                const Rational delta = part / (100 * n * n * beta_squared);
                instances.push_back({{{"n", std::to_string(n)},
                                      {"beta^2", to_string(beta_squared)},
                                      {"delta", to_string(delta)}},
                                     {{"n", n}, {"delta", delta}},
                                     {}});
            }
        }
    }
    return instances;
}

Evidence coefficient_region()
{
    const Expr n = sym("n");
    const Expr q = sym("q"); // sqrt(2n)
    const Expr in_q = least_beta_squared().substitute("n", q * q / 2);
    const Expr zero = (2 - sqrt(2 / n) / 3) / (2 * n); // delta at which the coefficient is 0
    Steps steps;
    steps.identical(coefficient().substitute("delta", zero), Expr(0));
    steps.identical((1 / (100 * pow(n, 2) * zero)).substitute("n", q * q / 2), in_q);
    steps.at_least(Expr(Rational(3, 500)), in_q, {{"q", from(2)}});
    return remark("exact region",
                  "the coefficient is negative exactly for delta < (2 - sqrt(2/n)/3)/(2n); every "
                  "delta < 1/(100 n^2 beta^2) is below it exactly when beta^2 >= 1/(100n - "
                  "(50/3)sqrt(2n)), which falls in n from 3/500 at n = 2: beta >= 0.0775 is enough "
                  "for all n, and for smaller beta some admitted delta makes it >= 0",
                  steps.outcome(), {ScopeKind::All, "all n >= 2, beta >= 0"}, steps.certificates());
}

Judgement check_coefficient(const Statement& statement, const Effort& effort)
{
    const Expr& threshold = statement.formulas.at("threshold");
    const Expr n = sym("n");
    const Expr q = sym("q");
    const Reduction reduction{
        "n = q^2/2, beta^2 = threshold + more, delta = part/(100 n^2 beta^2) with part in [0, 1)",
        {{"delta", sym("part") / (100 * pow(n, 2) * (threshold * (1 + sym("more"))))},
         {"n", q * q / 2}},
        {{"q", from(2)}, {"more", from(0)}, {"part", between(0, 1)}}};
    Judgement judgement = decide_reduced(
        relation_part(statement.formulas.at("coefficient"), "<", Expr(0)), effort, reduction,
        coefficient_instances(threshold),
        {ScopeKind::All, "all n >= 2, beta^2 >= the threshold, 0 <= delta < 1/(100 n^2 beta^2)"});
    if (!effort.control) {
        judgement.evidence.push_back(coefficient_region());
    }
    return judgement;
}

void add_coefficient_sign(ledger::Registry& registry)
{
    const std::string inequality = "-2 + 2n\\delta + \\frac{\\sqrt2}{3\\sqrt n} < 0";
    const Expr n = sym("n");
    Claim claim;
    claim.id = "appC/eq5/coefficient-sign";
    claim.printed.formulas = {{"coefficient", coefficient()}, {"threshold", Expr(0)}};
    claim.printed.latex =
        inequality + " \\quad (n \\ge 2,\\ 0 \\le \\delta < \\tfrac{1}{100 n^2 \\beta^2})";
    claim.amended = claim.printed;
    claim.amended->formulas.insert_or_assign("threshold", least_beta_squared());
    claim.amended->latex =
        inequality
        + " \\quad \\text{for } 0 \\le \\delta < \\tfrac{1}{100 n^2\\beta^2},\\ \\beta^2 "
          "\\ge \\frac{1}{100 n - \\frac{50}{3}\\sqrt{2n}}";
    claim.check = check_coefficient;
    const Statement& holds = *claim.amended;
    claim.faults = {
        fault("threshold 1/(100n)", holds, "threshold", 1 / (100 * n)),
        fault("threshold lowered by 10^-6", holds, "threshold",
              Expr(Rational(999999, 1000000)) * least_beta_squared()),
        fault("-2 -> -1", holds, "coefficient", coefficient() + 1),
        fault("2n delta -> 4n delta", holds, "coefficient", coefficient() + 2 * n * sym("delta")),
        fault("1/3 -> 1", holds, "coefficient", coefficient() + Expr(Rational(2, 3)) * sqrt(2 / n)),
    };
    claim.witness = cone_witness;
    claim.note = "for beta = 0 the hypothesis does not bound delta";
    registry.add(std::move(claim));
}

} // namespace

void add_appendix_c_scalars(ledger::Registry& registry)
{
    add_score_difference(registry);
    add_softmax_bounds(registry);
    add_weight_deviation(registry);
    add_projection_second(registry);
    add_projection_third(registry);
    add_constants(registry);
    add_coefficient_sign(registry);
}

} // namespace attest::theorems

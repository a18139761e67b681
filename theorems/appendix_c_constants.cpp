// Appendix C: the constants of equation (5) and the sign of its coefficient.
#include "attest/numbers/precision.hpp"
#include "attest/proof/boxes.hpp"
#include "attest/proof/certificates.hpp"
#include "theorems/appendix_c_proofs.hpp"
#include "theorems/clouds.hpp"
#include "theorems/inequality_attack.hpp"
#include "theorems/units.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

/// Admissible numbers: n, beta, delta with 100 n^2 beta^2 delta < 1, and V <= delta. A small beta
/// allows a large delta.
std::vector<Instance> constant_instances()
{
    std::vector<Instance> instances;
    for (const long n : {2L, 3L, 8L, 50L, 1000L, 1000000000000L}) {
        for (const Rational& beta :
             {Rational(0), Rational(1, 1000), Rational(1, 20), Rational(1), Rational(9)}) {
            const Rational most =
                beta == 0 ? Rational(2) : 1 / (100 * Rational(n) * n * beta * beta);
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
        for (const auto& [formula, square] :
             {std::pair(lhs, left_square), std::pair(rhs, right_square)}) {
            evidence.certificates.push_back(
                {proof::identity_certificate(pow(substituted(formula), 2), square)});
        }
        if (std::optional<std::string> body = proof::cover_certificate(claim, proof)) {
            evidence.certificates.push_back({std::move(*body)});
        }
    }
    return evidence;
}

const Rational& sharp_third()
{
    static const Rational value(29309, 100000);
    return value;
}

/// The best c in place of 1/3: the least upper bound of 2n(e^{z/n} - 1) = 2 z p. From below by its
/// value for n = 2 at the end of the range of z, from above by boxes.
Evidence sharp_constant()
{
    const Rational& above = sharp_third();
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

/// From the sharp constant: 2n (e^x - 1) is a part of it, n = 2w^2. Nothing where that is no proof.
std::optional<Evidence> constants_by_algebra(const Statement& relation)
{
    const std::optional<Statement> parted = with_part_of_growth(relation);
    if (!parted) {
        return std::nullopt;
    }
    const Expr w2 = pow(sym("w"), 2);
    const Reduction reduction{
        "2n(e^x - 1) <= 29309/100000 (boxes, as for the sharp constant)",
        {{"grown", sym("share") * Expr(sharp_third()) / (4 * w2)}, {"n", 2 * w2}},
        {}};
    const proof::AlgebraicProof proved = at_least_on(reduced(parted->formulas.at("rhs"), reduction),
                                                     reduced(parted->formulas.at("lhs"), reduction),
                                                     {{"w", from(1)},
                                                      {"share", between(0, 1)},
                                                      {"fraction", between(0, 1)},
                                                      {"beta", from(0)},
                                                      {"delta", from(0)},
                                                      {"V", between(0, 1)}});
    if (!is_true(proved.outcome)) {
        return std::nullopt;
    }
    static const Truth sharp = sharp_constant().outcome;
    return Evidence{
        "boxes in (z, 1/n)",
        reduction.why + "; " + proved.certificate,
        sharp,
        Strength::Enclosed,
        {ScopeKind::All,
         "all n >= 2, beta >= 0, 0 < delta < 1/(100 n^2 beta^2), where both sides have a "
         "value"}};
}

Judgement check_constants(const Statement& statement, const Effort& effort)
{
    const PrecisionScope precision(bits_for_digits(effort.digits));
    const Expr& lhs = statement.formulas.at("lhs");
    const Expr& rhs = statement.formulas.at("rhs");
    Judgement first =
        decide_at_instances(relation_part(lhs, "<=", rhs), effort, constant_instances());
    const std::vector<Statement> relations = {
        relation_part(lhs, "<=", rhs),
        relation_part(statement.formulas.at("square"), "<=", statement.formulas.at("linear"))};
    if (first.counterexample) {
        return attacked(std::move(first), effort, relations);
    }
    first.evidence.push_back(constants_on_boxes(lhs, rhs, effort));
    if (!is_true(first.evidence.back().outcome)) {
        if (std::optional<Evidence> other = constants_by_algebra(relations.front())) {
            first.evidence.back() = std::move(*other);
        }
    }
    const Expr n = sym("n");
    const Judgement second =
        decide_by_any(relations.back(), effort,
                      {"delta = V + excess (V <= delta)",
                       {{"delta", sym("V") + sym("excess")}},
                       {{"n", from(2)}, {"V", from(0)}, {"excess", from(0)}}},
                      {{{"V <= (1 - 1/n) delta (appC/variance-le-delta), V in [0, 1]",
                         {{"delta", sym("V") * n / (n - 1) + sym("excess")}},
                         {{"n", from(2)}, {"V", between(0, 1)}, {"excess", from(0)}}}}},
                      constant_instances(), {ScopeKind::All, "all n >= 2, 0 <= V <= delta"});
    Judgement judgement = both(first, second);
    if (!effort.control) {
        judgement.evidence.push_back(sharp_constant());
    }
    return attacked(std::move(judgement), effort, relations);
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
    StepsOnRanges steps;
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
    const Statement relation = relation_part(statement.formulas.at("coefficient"), "<", Expr(0));
    Judgement judgement = decide_reduced(
        relation, effort, reduction, coefficient_instances(threshold),
        {ScopeKind::All, "all n >= 2, beta^2 >= the threshold, 0 <= delta < 1/(100 n^2 beta^2)"});
    if (!effort.control) {
        judgement.evidence.push_back(coefficient_region());
    }
    AttackSetting setting;
    setting.least_beta_squared = threshold;
    return attacked(std::move(judgement), effort, {relation}, setting);
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

void add_appendix_c_constants(ledger::Registry& registry)
{
    add_constants(registry);
    add_coefficient_sign(registry);
}

} // namespace attest::theorems

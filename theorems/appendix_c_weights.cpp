// Appendix C: scores and softmax weights in the cone.
#include "theorems/appendix_c_proofs.hpp"
#include "theorems/clouds.hpp"
#include "theorems/inequality_attack.hpp"
#include "theorems/units.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

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
    const Statement second = relation_part(middle, "<=", last);
    return attacked(
        all_of({decide_reduced(first, effort, along(sym("p")), weight_values(), cone()),
                decide_reduced(first, effort, along(-sym("p")), weight_values(), cone()),
                decide_by_any(second, effort, chord,
                              {{{"unit vectors are at most 2 apart",
                                 {},
                                 {{"distance", between(0, 2)}, {"delta", from(0)}}}}},
                              weight_values(), cone())}),
        effort, {first, second});
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

/// The same with the exponent of l = j, which is 0, apart; e^X is 1 + grown for an exponent X of
/// the statement that is at least x.
Reduction sharper_weights()
{
    const Expr n = sym("n");
    const Expr E = 1 + sym("grown");
    const Expr mean = 1 / n + (1 - 1 / n) * ((1 - sym("share")) / E + sym("share") * E);
    return {"n w_kj = 1/mean_l e^{beta(score_l - score_j)}, one of them 1, the others between "
            "e^{-X} and e^X, X >= beta sqrt(2 delta)",
            {{"w", 1 / (n * mean)}},
            {{"n", from(2)}, {"grown", from(0)}, {"share", between(0, 1)}}};
}

/// One of the n exponents is 0, that of l = j.
Evidence sharp_weight_values()
{
    const Expr n = sym("n");
    const Expr E = sym("E"); // e^x
    const Expr w_max = 1 / (1 + (n - 1) / E);
    const Expr w_min = 1 / (1 + (n - 1) * E);
    const Expr printed = (E - 1) / n;
    const Expr sharper = (n - 1) / n * printed;
    const Ranges ranges = {{"n", from(2)}, {"E", from(1)}};
    StepsOnRanges steps;
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
    std::vector<Statement> relations;
    for (const auto& [name, formula] : statement.formulas) {
        const bool lower = name == "lower";
        const Expr left = statement.words.at("of") == "w" ? sym("w")
                          : lower                         ? 1 / sym("n") - sym("w")
                                                          : sym("w") - 1 / sym("n");
        const bool at_least = lower && statement.words.at("of") == "w";
        relations.push_back(relation_part(left, at_least ? ">=" : "<=", formula));
        const Statement rewritten = with_growth(relations.back());
        std::vector<Cases> others;
        if (largest_growth(relations.back()) == Rational(1)) {
            others.push_back({sharper_weights()});
        }
        parts.push_back(decide_by_any(relations.back(), effort, weight_reduction(), others,
                                      weight_values(), cone(), rewritten));
    }
    Judgement judgement = all_of(parts);
    if (!effort.control) {
        judgement.evidence.push_back(sharp_weight_values());
    }
    return attacked(std::move(judgement), effort, relations);
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

} // namespace

void add_appendix_c_weights(ledger::Registry& registry)
{
    add_score_difference(registry);
    add_softmax_bounds(registry);
    add_weight_deviation(registry);
}

} // namespace attest::theorems

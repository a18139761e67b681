// Appendix C: the bound on I_2 and equations (4) and (5), from the bounds on I_1 and on single
// tokens.
#include "attest/numbers/precision.hpp"
#include "theorems/appendix_c_proofs.hpp"
#include "theorems/clouds.hpp"
#include "theorems/few_tokens.hpp"
#include "theorems/inequality_attack.hpp"
#include "theorems/units.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

Scope speeds(const std::string& more = {})
{
    return cone(", V = I, s_k > 0" + more);
}

/// The cloud of pushed_apart with beta = 10^10, angles that it allows and the speeds exchanged: the
/// token that the weights push from the mean rests, and the outer ones close in faster than I_1's
/// bound, by a part of the order (beta delta)^2 that does not vanish with the angles at fixed beta
/// sqrt(delta).
Cloud left_behind()
{
    Cloud c = pushed_apart();
    c.name = "a slow token near the mean";
    const Rational far = attest::pow(Rational(10), -12);
    const std::vector<Rational> halves = {far / 85, -far, far};
    for (Eigen::Index k = 0; k < c.theta.cols(); ++k) {
        const Rational& t = halves[static_cast<std::size_t>(k)];
        c.theta(0, k) = (1 - t * t) / (1 + t * t);
        c.theta(1, k) = 2 * t / (1 + t * t);
    }
    c.s = {1000000000, 1, 1};
    c.delta = least_delta(c.theta);
    c.beta = attest::pow(Rational(10), 10);
    return c;
}

/// A cloud, its V' as a formula in beta, and the values of its other quantities.
struct Moving {
    Expr rate;
    std::vector<Instance> values;
};

const std::vector<Moving>& moving_clouds()
{
    static const std::vector<Moving> list = [] {
        std::vector<Cloud> all;
        for (const Cloud& c : clouds()) {
            all.push_back(c);
            all.push_back(with_weights(c));
        }
        all.push_back(pushed_apart());
        std::vector<Moving> result;
        for (const Cloud& c : all) {
            Instance values = cloud_values(c);
            values.what.emplace_back("Q, K", c.K ? "not I" : "I");
            result.push_back({rate_formula(c), {values}});
        }
        Instance& last = result.back().values.front();
        last.what.back() = {"Q^T K", "[[0, 1], [-1, 0]]"};
        constexpr Eigen::Index few = 3;
        for (const std::vector<Cloud>* some : {&clouds(), &wide_clouds()}) {
            for (const Cloud& c : *some) {
                if (c.theta.cols() > few) {
                    continue;
                }
                Instance values = cloud_values(c);
                values.what.emplace_back("Q^T K", "-I");
                result.push_back({rate_formula(opposed(c)), {values}});
            }
        }
        for (const Cloud& c : wide_clouds()) {
            result.push_back({rate_formula(c), {cloud_values(c)}});
        }
        for (const Cloud& c : {pushed_apart_strongly(), pushed_apart_fast(), left_behind()}) {
            Instance values = cloud_values(c);
            values.what.emplace_back("Q^T K", "[[0, 1], [-1, 0]]");
            result.push_back({rate_formula(c), {values}});
        }
        for (const TwoClusters& c : two_clusters()) {
            result.push_back({rate_formula(c), {cluster_values(c)}});
        }
        return result;
    }();
    return list;
}

/// "lhs relation rhs" at all clouds with V' (symbol rate) and I_2 = V' - I_1 put in as formulas in
/// beta, so that every number of a violation is exact.
Judgement at_clouds(const Expr& lhs, const std::string& relation, const Expr& rhs,
                    const Effort& effort)
{
    std::size_t decided = 0;
    const auto put = [](const Expr& formula, const Expr& rate) {
        return formula.substitute("I2", sym("rate") - sym("I1")).substitute("rate", rate);
    };
    for (const Moving& cloud : moving_clouds()) {
        Judgement one =
            decide_at_instances(relation_part(put(lhs, cloud.rate), relation, put(rhs, cloud.rate)),
                                effort, cloud.values);
        if (one.counterexample) {
            one.evidence.front().detail = one.counterexample->shows;
            return one;
        }
        decided += is_true(one.evidence.front().outcome) ? 1U : 0U;
    }
    Judgement judgement;
    Evidence points{"explicit configurations",
                    fmt::format("certified at {} of {} clouds; equal or open at the others",
                                decided, moving_clouds().size()),
                    decided == moving_clouds().size() ? Truth::True : Truth::Unknown,
                    Strength::Enclosed,
                    {ScopeKind::Points, fmt::format("{} clouds", moving_clouds().size())}};
    points.carries = false;
    judgement.evidence.push_back(std::move(points));
    return judgement;
}

/// One inequality: at the clouds, then on the reduction.
Judgement decide_rate_bound(const Statement& statement, const Effort& effort,
                            const Reduction& reduction, const Scope& scope = speeds())
{
    Judgement points = at_clouds(statement.formulas.at("lhs"), statement.words.at("relation"),
                                 statement.formulas.at("rhs"), effort);
    if (points.counterexample) {
        return points;
    }
    const std::vector<Cases> others =
        proofs_from_second_part(statement, statement.words.at("relation") == "<=");
    const Statement grown = with_growth(statement);
    Judgement algebra = decide_by_any(statement, effort, reduction, others, {}, scope, grown);
    for (const Statement& rooted : with_a_large_root(grown)) {
        if (ledger::judge(algebra).verdict != ledger::Verdict::Holds) {
            algebra = decide_by_any(statement, effort, reduction, others, {}, scope, rooted);
        }
    }
    for (Evidence& item : algebra.evidence) {
        points.evidence.push_back(std::move(item));
    }
    return points;
}

/// The same, and attacked.
Judgement check_rate(const Statement& statement, const Effort& effort, const Reduction& reduction,
                     const Scope& scope = speeds())
{
    return attacked(decide_rate_bound(statement, effort, reduction, scope), effort, {statement});
}

/// An upper bound on V' that has the factor `second` of V/min s for I_2: in addition by routes of
/// their own for two and three tokens, where these come to an answer.
Judgement check_upper_rate(const Statement& statement, const Effort& effort,
                           const Reduction& reduction, const Expr& second,
                           const Scope& scope = speeds())
{
    Judgement judgement = check_rate(statement, effort, reduction, scope);
    if (!effort.control && statement.words.at("relation") == "<=") {
        for (const Evidence& few : {two_tokens_on_boxes(statement, effort),
                                    three_tokens_by_half_angles(statement, second, effort)}) {
            if (is_true(few.outcome)) {
                judgement.evidence.push_back(few);
            }
        }
    }
    return judgement;
}

/// e^{beta sqrt(2 delta)} - 1, and the same when the symbol beta is beta sqrt(2 delta) itself.
Expr exponential_growth()
{
    return exp(sym("beta") * sqrt(2 * sym("delta"))) - 1;
}

Expr growth_of_x()
{
    return exp(sym("beta")) - 1;
}

std::pair<std::string, Expr> beta_is_x()
{
    return {"beta", sym("beta") / sqrt(2 * sym("delta"))};
}

Expr second_bound()
{
    return 2 * sqrt(2 * sym("n")) * exponential_growth() / sym("mins") * sym("V");
}

// --- I_2
// ------------------------------------------------------------------------------------------

/// With r_k = |theta_k - mean|, of mean R and mean square V = R^2 + spread: |P_k delta_k|^2 <= (e^x
/// - 1)^2 (1 - <mean, theta_k>^2) <= (e^x - 1)^2 nV, so that |I_2| is at most 2 (1/min s) (e^x - 1)
/// sqrt(nV) R.
Expr size_of_second(const Expr& x_growth)
{
    return 2 * sym("M") * x_growth * sqrt(sym("n") * sym("V")) * sym("R");
}

Reduction second_reduction(const Expr& sign)
{
    return {
        "|P_k delta_k| <= (e^x - 1) sqrt(1 - <mean, theta_k>^2) <= (e^x - 1) sqrt(nV), the mean R "
        "of |theta_k - mean| has R^2 <= V (Cauchy-Schwarz): |I_2| = part (2/min s)(e^x - 1) "
        "sqrt(nV) R",
        {beta_is_x(),
         {"I2", sign * sym("part") * size_of_second(growth_of_x())},
         {"mins", 1 / sym("M")},
         {"V", pow(sym("R"), 2) + sym("spread")}},
        {{"n", from(2)},
         {"beta", from(0)},
         {"delta", from(0)},
         {"M", from(0)},
         {"R", from(0)},
         {"spread", from(0)},
         {"part", between(0, 1)}}};
}

Judgement check_i2_bound(const Statement& statement, const Effort& effort)
{
    const Expr& bound = statement.formulas.at("bound");
    const std::vector<Statement> relations = {relation_part(sym("I2"), "<=", bound),
                                              relation_part(-sym("I2"), "<=", bound)};
    Judgement above = decide_rate_bound(relations[0], effort, second_reduction(Expr(1)));
    if (above.counterexample) {
        return attacked(std::move(above), effort, relations);
    }
    Judgement below = decide_rate_bound(relations[1], effort, second_reduction(Expr(-1)));
    if (below.counterexample) {
        return attacked(std::move(below), effort, relations);
    }
    Judgement judgement = all_of({above, below});
    if (!effort.control) {
        // Without the factor sqrt(2).
        const Reduction reduction = second_reduction(Expr(1));
        StepsOnRanges steps;
        const Expr sharper = 2 * sqrt(sym("n")) * exponential_growth() / sym("mins") * sym("V");
        steps.at_least(reduced(sharper, reduction), reduced(sym("I2"), reduction),
                       reduction.ranges);
        judgement.evidence.push_back(remark("sharper bound",
                                            "2 sqrt(2n) may be lowered to 2 sqrt(n)",
                                            steps.outcome(), speeds(), steps.certificates()));
    }
    return attacked(std::move(judgement), effort, relations);
}

void add_second(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "appC/i2-bound";
    claim.printed.formulas = {{"bound", second_bound()}};
    claim.printed.latex = "|I_2| \\le \\frac{2\\sqrt{2n}\\left(e^{\\beta\\sqrt{2\\delta}} - "
                          "1\\right)}{\\min_k s_k}\\,\\mathcal V, \\quad I_2 = \\mathcal V' - I_1 "
                          "\\quad (s_k > 0)";
    claim.check = check_i2_bound;
    claim.faults = {
        fault("zero", claim.printed, "bound", Expr(0)),
        fault("V -> V^3", claim.printed, "bound", second_bound() * pow(sym("V"), 2)),
        fault("1/100 of it", claim.printed, "bound", second_bound() / 100),
        fault("min -> max", claim.printed, "bound",
              second_bound() * sym("mins") / pow(sym("maxs"), 2)),
        fault("exponent negative", claim.printed, "bound", -second_bound()),
    };
    claim.witness = cone_witness;
    claim.depends_on = {"appC/projected-delta/bound", "appC/projection-sum/first",
                        "appC/weight-deviation"};
    claim.note =
        "I_2 is V' - I_1, that is delta_k = A_k - thetabar. The proof's step appC/projection-"
        "sum/second fails outside V <= 4/(3n); the bound does not need it, because 1 - "
        "<thetabar, theta_k>^2 <= nV holds for all directions";
    registry.add(std::move(claim));
}

// --- equation (4)
// -----------------------------------------------------------------------------------

/// I_1 at its bound plus or minus something, I_2 a part of its bound.
Reduction fourth_reduction(bool upper)
{
    const Expr n = sym("n");
    const Expr V = sym("V");
    const Expr second = 2 * sqrt(2 * n) * growth_of_x() * sym("M") * V * sym("part");
    const Expr first = upper ? (-2 * V + 2 * n * pow(V, 2)) * sym("m") - sym("loss")
                             : (-2 * V + 2 * pow(V, 2)) * sym("M") + sym("loss");
    return {upper ? "I_1 = (-2V + 2nV^2)/max s - loss, I_2 = part of its bound"
                  : "I_1 = (-2V + 2V^2)/min s + loss, I_2 = -part of its bound",
            {beta_is_x(),
             {"rate", upper ? first + second : first - second},
             {"maxs", 1 / sym("m")},
             {"mins", 1 / sym("M")}},
            {{"n", from(2)},
             {"beta", from(0)},
             {"delta", from(0)},
             {"V", from(0)},
             {"m", from(0)},
             {"M", from(0)},
             {"loss", from(0)},
             {"part", between(0, 1)}}};
}

void add_fourth_upper(ledger::Registry& registry)
{
    const Expr V = sym("V");
    const Expr n = sym("n");
    const auto bound = [&](const Expr& first, const Expr& second) {
        return first / sym("maxs") + second;
    };
    const Expr first = -2 * V + 2 * n * pow(V, 2);
    Claim claim;
    claim.id = "appC/eq4/upper";
    claim.printed = relation_part(sym("rate"), "<=", bound(first, second_bound()));
    claim.printed.latex =
        "\\mathcal V' \\le \\frac{-2\\mathcal V + 2n\\mathcal V^2}{\\max_k s_k} + "
        "\\frac{2\\sqrt{2n}\\left(e^{\\beta\\sqrt{2\\delta}} - 1\\right)}{\\min_k s_k}\\,\\mathcal "
        "V \\quad (s_k > 0)";
    claim.check = [](const Statement& statement, const Effort& effort) {
        return check_upper_rate(statement, effort, fourth_reduction(true),
                                2 * sqrt(2 * sym("n")) * exponential_growth());
    };
    claim.faults = {
        fault("-2V -> -3V", claim.printed, "rhs", bound(first - V, Expr(0))),
        fault("I_2 subtracted", claim.printed, "rhs", bound(first, Expr(0)) - second_bound()),
        fault("2n -> 0", claim.printed, "rhs", bound(-2 * V, Expr(0))),
        fault("max -> min", claim.printed, "rhs",
              bound(first, Expr(0)) * sym("maxs") / sym("mins")),
        fault("reversed", claim.printed, "relation", ">="),
    };
    claim.witness = cone_witness;
    claim.depends_on = {"appC/i1/upper", "appC/i2-bound"};
    registry.add(std::move(claim));
}

void add_fourth_lower(ledger::Registry& registry)
{
    const Expr V = sym("V");
    const Expr n = sym("n");
    const Expr second = 2 * sqrt(2 * n) * exponential_growth();
    Claim claim;
    claim.id = "appC/eq4/lower";
    claim.printed =
        relation_part(sym("rate"), ">=", (-2 * V + 2 * pow(V, 2) - second) / sym("mins") * V);
    claim.printed.latex =
        "\\mathcal V' \\ge \\frac{-2\\mathcal V + 2\\mathcal V^2 - 2\\sqrt{2n}\\left(e^{\\beta"
        "\\sqrt{2\\delta}} - 1\\right)}{\\min_k s_k}\\,\\mathcal V";
    claim.amended =
        relation_part(sym("rate"), ">=", (-2 * V + 2 * pow(V, 2) - second * V) / sym("mins"));
    claim.amended->latex = "\\mathcal V' \\ge \\frac{-2 + 2\\mathcal V - "
                           "2\\sqrt{2n}\\left(e^{\\beta\\sqrt{2\\delta}} - "
                           "1\\right)}{\\min_k s_k}\\,\\mathcal V \\quad (s_k > 0)";
    claim.check = [](const Statement& statement, const Effort& effort) {
        return check_rate(statement, effort, fourth_reduction(false));
    };
    claim.faults = {
        fault("-2 -> -1", *claim.amended, "rhs", (-V + 2 * pow(V, 2) - second * V) / sym("mins")),
        fault("min -> max", *claim.amended, "rhs",
              (-2 * V + 2 * pow(V, 2) - second * V) / sym("maxs")),
        fault("sign of I_2", *claim.amended, "rhs",
              (-2 * V + 2 * pow(V, 2) + second * V) / sym("mins")),
        fault("everything times V", *claim.amended, "rhs",
              (-2 * V + 2 * pow(V, 2) - second * V) / sym("mins") * V),
        fault("reversed", *claim.amended, "relation", "<="),
    };
    claim.witness = cone_witness;
    claim.depends_on = {"appC/i1/lower", "appC/i2-bound"};
    claim.note = "the printed first two terms carry one factor V too many";
    registry.add(std::move(claim));
}

// --- equation (5)
// -----------------------------------------------------------------------------------

Expr constant()
{
    return sqrt(Expr(2)) / (3 * sqrt(sym("n")));
}

/// The second term of (4) is part of sqrt(2)/(3 sqrt(n)) V/min s (appC/constants), V = delta -
/// excess (appC/variance-le-delta).
Reduction fifth_reduction(bool upper)
{
    const Expr n = sym("n");
    const Expr V = sym("V");
    const Expr second = constant() * sym("M") * V * sym("part");
    const Expr first = upper ? (-2 * V + 2 * n * pow(V, 2)) * sym("m") - sym("loss")
                             : (-2 * V + 2 * pow(V, 2)) * sym("M") + sym("loss");
    return {
        "equation (4), its second term a part of sqrt(2)/(3 sqrt(n)) V/min s, delta = V + excess",
        {{"rate", upper ? first + second : first - second},
         {"maxs", 1 / sym("m")},
         {"mins", 1 / sym("M")},
         {"delta", V + sym("excess")}},
        {{"n", from(2)},
         {"V", from(0)},
         {"m", from(0)},
         {"M", from(0)},
         {"excess", from(0)},
         {"loss", from(0)},
         {"part", between(0, 1)}}};
}

void add_fifth_upper(ledger::Registry& registry)
{
    const Expr V = sym("V");
    const Expr drift = -2 + 2 * sym("n") * sym("delta");
    const auto amended = [&](const Expr& first, const Expr& second) {
        return (first / sym("maxs") + second / sym("mins")) * V;
    };
    Claim claim;
    claim.id = "appC/eq5/upper";
    claim.printed = relation_part(sym("rate"), "<=", (drift + constant()) / sym("maxs") * V);
    claim.printed.latex = "\\mathcal V' \\le \\frac{-2 + 2n\\delta + \\sqrt2/(3\\sqrt n)}{\\max_k "
                          "s_k}\\,\\mathcal V";
    claim.amended = relation_part(sym("rate"), "<=", amended(drift, constant()));
    claim.amended->latex = "\\mathcal V' \\le \\left(\\frac{-2 + 2n\\delta}{\\max_k s_k} + "
                           "\\frac{\\sqrt2/(3\\sqrt n)}{\\min_k s_k}\\right)\\mathcal V";
    claim.check = [](const Statement& statement, const Effort& effort) {
        return check_upper_rate(statement, effort, fifth_reduction(true), constant(),
                                speeds(", delta < 1/(100 n^2 beta^2)"));
    };
    claim.faults = {
        fault("second term dropped", *claim.amended, "rhs", amended(drift, Expr(0))),
        fault("max in both terms", *claim.amended, "rhs", (drift + constant()) / sym("maxs") * V),
        fault("-2 -> -3", *claim.amended, "rhs", amended(drift - 1, constant())),
        fault("delta dropped", *claim.amended, "rhs", amended(Expr(-2), Expr(0))),
        fault("reversed", *claim.amended, "relation", ">="),
    };
    claim.witness = cone_witness;
    claim.depends_on = {"appC/eq4/upper", "appC/constants", "appC/variance-le-delta"};
    claim.note =
        "the second term of (4) is divided by min s and may not be divided by max s instead: "
        "V' can be positive when the only token that moves is pushed away from the mean. "
        "The printed form holds where all s_k are equal (Post-LN, sqrt-scaling) and for n = 2";
    registry.add(std::move(claim));
}

void add_fifth_lower(ledger::Registry& registry)
{
    const Expr V = sym("V");
    Claim claim;
    claim.id = "appC/eq5/lower";
    claim.printed = relation_part(sym("rate"), ">=", (-2 - constant()) / sym("mins") * V);
    claim.printed.latex =
        "\\mathcal V' \\ge \\frac{-2 - \\sqrt2/(3\\sqrt n)}{\\min_k s_k}\\,\\mathcal V";
    claim.check = [](const Statement& statement, const Effort& effort) {
        return check_rate(statement, effort, fifth_reduction(false),
                          speeds(", delta < 1/(100 n^2 beta^2)"));
    };
    claim.faults = {
        fault("-2 -> -1", claim.printed, "rhs", (-1 - constant()) / sym("mins") * V),
        fault("min -> max", claim.printed, "rhs", (-2 - constant()) / sym("maxs") * V),
        fault("sign of the second term", claim.printed, "rhs", (-2 + constant()) / sym("mins") * V),
        fault("V -> V^2", claim.printed, "rhs", (-2 - constant()) / sym("mins") * pow(V, 2)),
        fault("reversed", claim.printed, "relation", "<="),
    };
    claim.witness = cone_witness;
    claim.depends_on = {"appC/i1/lower", "appC/i2-bound", "appC/constants"};
    claim.note = "follows from the bounds on I_1 and I_2, that is from the amended equation (4)";
    registry.add(std::move(claim));
}

} // namespace

void add_appendix_c_rates(ledger::Registry& registry)
{
    add_second(registry);
    add_fourth_upper(registry);
    add_fourth_lower(registry);
    add_fifth_upper(registry);
    add_fifth_lower(registry);
}

} // namespace attest::theorems

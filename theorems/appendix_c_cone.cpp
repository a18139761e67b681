// Appendix C: the cone that the tokens stay in.
#include "attest/model/layers.hpp"
#include "theorems/clouds.hpp"
#include "theorems/inequality_attack.hpp"
#include "theorems/units.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

/// d/dt <theta_k, theta_j> under (NA) with Q = K = V = I as a formula in beta.
Expr product_rate(const Cloud& c, Eigen::Index k, Eigen::Index j)
{
    const auto g = [&](Eigen::Index a, Eigen::Index b) {
        return model::inner<Rational>(Vector<Rational>(c.theta.col(a)),
                                      Vector<Rational>(c.theta.col(b)));
    };
    Expr rate(0);
    for (const auto& [moving, other] : {std::pair(k, j), std::pair(j, k)}) {
        Expr weighted(0);
        Expr total(0);
        for (Eigen::Index l = 0; l < c.theta.cols(); ++l) {
            const Expr weight = exp(Expr(g(moving, l)) * sym("beta"));
            const Rational gain = g(l, other) - g(l, moving) * g(moving, other);
            weighted = weighted + Expr(gain) * weight;
            total = total + weight;
        }
        rate = rate + weighted / total / Expr(c.s[static_cast<std::size_t>(moving)]);
    }
    return rate;
}

/// Three tokens whose least product is -527/625 and falls: the third one is opposite to the middle
/// of the first two.
Cloud falling_product()
{
    Cloud c;
    c.name = "three tokens with delta > 1";
    c.theta = Matrix<Rational>(2, 3);
    c.theta(0, 0) = Rational(24, 25);
    c.theta(1, 0) = Rational(7, 25);
    c.theta(0, 1) = Rational(-24, 25);
    c.theta(1, 1) = Rational(7, 25);
    c.theta(0, 2) = 0;
    c.theta(1, 2) = -1;
    c.s = {1, 1, 1};
    c.delta = least_delta(c.theta);
    c.beta = Rational(1, 50);
    return c;
}

/// delta > 1 a little, beta = 0: n - 2 equal tokens with the product m = 1 - delta < 0 to theta_j
/// and 0 to theta_k, <theta_j, theta_k> = m, s_j = 10^9 s_k. For n |m| > 2 theta_k turns away from
/// theta_j. The Gram matrix of the three directions has the determinant 1 - 2m^2 > 0.
Judgement crowd_pulls_away(const Rational& largest, const std::string& relation,
                           const Effort& effort)
{
    const Rational delta = largest < Rational(3, 2) ? largest : Rational(3, 2);
    Rational n = 4;
    while (n * (delta - 1) < 4) {
        n *= 10;
    }
    const Expr m = 1 - sym("delta");
    const Expr count = sym("n");
    const Expr of_j = 1 + (count - 1) * m; // n <mean, theta_j>
    const Expr of_k = 1 + m;
    const Expr rate = ((of_j - of_k * m) / sym("sk") + (of_k - of_j * m) / sym("sj")) / count;
    return decide_at_instances(relation_part(rate, relation, Expr(0)), effort,
                               {{{{"n", to_string(n)},
                                  {"beta", "0"},
                                  {"delta", to_string(delta)},
                                  {"<theta_j, theta_k>", "1 - delta"},
                                  {"the n - 2 others", "equal, with the products 1 - delta with "
                                                       "theta_j and 0 with theta_k"},
                                  {"s_k", "1"},
                                  {"s_j", "10^9"}},
                                 {{"n", n}, {"delta", delta}, {"sk", 1}, {"sj", 1000000000}},
                                 {}}});
}

/// Number "largest", if given, bounds delta. A pair at the least product m = 1 - delta: <A_k,
/// theta_j> = m + e is a mean of products, <A_k, theta_k> = 1 - f.
Judgement decide_cone(const Statement& statement, const Effort& effort)
{
    const auto largest = statement.numbers.find("largest");
    std::vector<Cloud> admitted = {falling_product()};
    admitted.insert(admitted.end(), clouds().begin(), clouds().end());
    std::size_t pairs = 0;
    std::size_t decided = 0;
    for (const Cloud& c : admitted) {
        if (largest != statement.numbers.end() && c.delta > largest->second) {
            continue;
        }
        for (Eigen::Index k = 0; k < c.theta.cols(); ++k) {
            for (Eigen::Index j = 0; j < k; ++j) {
                const Rational g = model::inner<Rational>(Vector<Rational>(c.theta.col(k)),
                                                          Vector<Rational>(c.theta.col(j)));
                if (g != 1 - c.delta) {
                    continue;
                }
                ++pairs;
                Instance values = cloud_values(c);
                values.what.emplace_back(
                    "pair", fmt::format("<theta_{}, theta_{}> = 1 - delta", k + 1, j + 1));
                Judgement one = decide_at_instances(
                    relation_part(product_rate(c, k, j), statement.words.at("relation"), Expr(0)),
                    effort, {values});
                if (one.counterexample) {
                    one.evidence.front().detail = "the derivative of the least product, 1 - delta: "
                                                  + one.counterexample->shows;
                    return one;
                }
                decided += is_true(one.evidence.front().outcome) ? 1U : 0U;
            }
        }
    }
    if (largest != statement.numbers.end() && largest->second > 1) {
        Judgement crowd = crowd_pulls_away(largest->second, statement.words.at("relation"), effort);
        if (crowd.counterexample) {
            return crowd;
        }
    }
    Judgement judgement;
    Evidence points = remark("explicit configurations",
                             fmt::format("the least product does not fall: certified for {} of {} "
                                         "pairs, equal or open for the others",
                                         decided, pairs),
                             decided == pairs ? Truth::True : Truth::Unknown,
                             {ScopeKind::Points, fmt::format("{} pairs", pairs)});
    points.strength = Strength::Enclosed;
    judgement.evidence.push_back(std::move(points));
    const Expr m = 1 - sym("delta");
    const Expr rate = (m + sym("e") - (1 - sym("f")) * m) / sym("s");
    const Rational end = largest == statement.numbers.end() ? Rational(2) : largest->second;
    const Judgement algebra = decide_reduced(
        relation_part(rate, statement.words.at("relation"), Expr(0)), effort,
        {"at a pair with the least product m = 1 - delta: s_k <theta_k', theta_j> = <A_k, theta_j> "
         "- "
         "<A_k, theta_k> m, <A_k, theta_j> = m + e as a mean of products, <A_k, theta_k> = 1 - f; "
         "so "
         "the least product never falls",
         {},
         {{"delta", between(0, end)}, {"e", from(0)}, {"f", from(0)}, {"s", from(0)}}},
        {}, cone(", V = I, all s_k > 0, delta <= " + to_string(end)));
    judgement.evidence.insert(judgement.evidence.end(), algebra.evidence.begin(),
                              algebra.evidence.end());
    return judgement;
}

/// The derivative of the least product is gain - loss.
Judgement check_cone(const Statement& statement, const Effort& effort)
{
    Judgement judgement = decide_cone(statement, effort);
    const std::string& relation = statement.words.at("relation");
    if (effort.control || relation == "=") {
        return judgement;
    }
    AttackSetting setting;
    if (const auto largest = statement.numbers.find("largest");
        largest != statement.numbers.end()) {
        setting.largest_delta = largest->second;
    }
    return attacked(std::move(judgement), effort,
                    {relation_part(sym("gain"), relation, sym("loss"))}, setting);
}

void add_cone(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "appC/cone-persistence";
    claim.printed.words = {{"relation", ">="}};
    claim.printed.latex = "\\langle\\theta_k(t), \\theta_j(t)\\rangle \\ge 1 - \\delta \\text{ for "
                          "} t > 0, \\quad \\delta < \\tfrac{1}{100n^2\\beta^2}";
    claim.amended = claim.printed;
    claim.amended->numbers = {{"largest", 1}};
    claim.amended->latex = claim.printed.latex + ",\\ \\delta \\le 1,\\ s_k > 0";
    claim.check = check_cone;
    claim.faults = {
        fault("delta <= 2", *claim.amended, "largest", Rational(2)),
        fault("delta <= 19/10", *claim.amended, "largest", Rational(19, 10)),
        fault("reversed", *claim.amended, "relation", "<="),
        fault("products stay the same", *claim.amended, "relation", "="),
    };
    claim.witness = cone_witness;
    claim.note =
        "delta exceeds 1 for beta < 1/(10n). The least product is locally Lipschitz in t; its "
        "derivative is that of a pair where it is attained, for almost all t";
    registry.add(std::move(claim));
}

} // namespace

void add_appendix_c_cone(ledger::Registry& registry)
{
    add_cone(registry);
}

} // namespace attest::theorems

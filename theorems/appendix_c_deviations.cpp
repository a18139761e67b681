// Appendix C: the vector P_k delta_k.
#include "attest/model/attention.hpp"
#include "attest/model/layers.hpp"
#include "attest/numbers/precision.hpp"
#include "theorems/appendix_c_proofs.hpp"
#include "theorems/clouds.hpp"
#include "theorems/inequality_attack.hpp"
#include "theorems/named_vectors.hpp"
#include "theorems/units.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

/// Inner products of theta_k, the mean and A_k.
InnerProducts deviation_products()
{
    InnerProducts table;
    table.set("theta", "theta", Expr(1));
    table.set("theta", "mean", sym("a"));
    table.set("mean", "mean", sym("b"));
    table.set("theta", "A", sym("f"));
    table.set("mean", "A", sym("y"));
    table.set("A", "A", sym("AA"));
    return table;
}

/// Two tokens with <theta_1, theta_2> = c: A_1 = (1 - w) theta_1 + w theta_2 with w = w_12, and
/// every vector projects to a multiple of P_1 theta_2, whose square is 1 - c^2.
Judgement two_tokens(const Statement& statement, const Effort& effort)
{
    const Expr c = sym("c");
    const Expr w = 1 / (1 + exp(sym("beta") * (1 - c)));
    const auto squared = [&](const Expr& part) { return pow(part, 2) * (1 - pow(c, 2)); };
    const std::vector<Instance> instances = {{{{"n", "2"},
                                               {"theta", "(1, 0), (1599/1601, 80/1601)"},
                                               {"beta", "1"},
                                               {"delta", "2/1601"},
                                               {"Q, K, V", "I"},
                                               {"k", "1"}},
                                              {{"beta", 1}, {"c", Rational(1599, 1601)}},
                                              {}}};
    return decide_at_instances(relation_part(squared(w - Expr(statement.numbers.at("mean")) / 2),
                                             "=", squared(w - Expr(Rational(1, 2)))),
                               effort, instances);
}

/// Nine tokens and one at the angle 2 arctan 10^-3, Q^T K a quarter turn: the one has a score off
/// the mean by nearly sqrt(2 delta), and only its projection is not 0.
TwoClusters one_preferred()
{
    const Rational t(1, 1000);
    const Rational product = (1 - t * t) / (1 + t * t);
    TwoClusters c = attracted(9, 1, product, 1, 1, 1 - product, 7);
    c.weights = "[[0, 1], [-1, 0]]";
    c.own = 0;
    c.to_second = 2 * t / (1 + t * t);
    c.to_first = -c.to_second;
    return c;
}

/// Per token in balls: "delta" = |P_k delta_k|^2, "deviation" = |sum_j (w_kj - 1/n) P_k theta_j|^2,
/// "lengths" = sum_j |P_k theta_j|, and exactly "projections" = sum_j |P_k theta_j|^2.
std::vector<Instance> projected_instances(const Rational& theta_part, const Rational& mean_part)
{
    const PrecisionScope precision(192);
    std::vector<Instance> instances;
    std::vector<Cloud> all = clouds();
    all.insert(all.end(), wide_clouds().begin(), wide_clouds().end());
    for (const Cloud& cloud : all) {
        model::Attention<Ball> attention;
        attention.beta = Ball(cloud.beta);
        const Matrix<Ball> X = converted<Ball>(cloud.theta);
        const Matrix<Ball> W = model::attention_matrix(attention, X);
        const Eigen::Index n = X.cols();
        std::vector<Instance> values = token_values(cloud);
        for (Eigen::Index k = 0; k < n; ++k) {
            const Vector<Ball> theta = X.col(k);
            Vector<Ball> shifted = Ball(-theta_part) * theta;
            Vector<Ball> deviation = Ball(0) * theta;
            Ball lengths(0);
            for (Eigen::Index j = 0; j < n; ++j) {
                const Vector<Ball> other = X.col(j);
                const Vector<Ball> flat = model::project<Ball>(theta, other);
                shifted += (W(k, j) - Ball(Rational(mean_part / n))) * other;
                deviation += (W(k, j) - Ball(Rational(1, n))) * flat;
                const Rational g = model::inner<Rational>(Vector<Rational>(cloud.theta.col(k)),
                                                          Vector<Rational>(cloud.theta.col(j)));
                lengths += sqrt(Ball(Rational(1 - g * g)));
            }
            const Vector<Ball> projected = model::project<Ball>(theta, shifted);
            Instance& instance = values[static_cast<std::size_t>(k)];
            instance.balls = {{"projecteddelta", model::inner(projected, projected)},
                              {"deviation", model::inner(deviation, deviation)},
                              {"lengths", lengths}};
            instances.push_back(std::move(instance));
        }
    }
    return instances;
}

const std::vector<Instance>& amended_projections()
{
    static const std::vector<Instance> values = projected_instances(0, 1);
    return values;
}

Judgement check_projected_delta(const Statement& statement, const Effort& effort)
{
    Judgement two = two_tokens(statement, effort);
    if (two.counterexample) {
        return two;
    }
    const InnerProducts table = deviation_products();
    const auto theta = Combination::of("theta");
    const auto mean = Combination::of("mean");
    const auto A = Combination::of("A");
    const auto square = [&](const Combination& vector) {
        const Combination flat = project(table, theta, vector);
        return inner(table, flat, flat);
    };
    const Reduction reduction{
        "A_k = sum_j w_kj theta_j and thetabar = (1/n) sum_j theta_j: sum_j (w_kj - 1/n) P_k "
        "theta_j "
        "= P_k (A_k - thetabar), P_k linear, P_k theta_k = 0",
        {{"projecteddelta", square(A - Expr(statement.numbers.at("theta")) * theta
                                   - Expr(statement.numbers.at("mean")) * mean)},
         {"deviation", square(A - mean)}},
        {}};
    return all_of({decide_reduced(
        relation_part(sym("projecteddelta"), "=", sym("deviation")), effort, reduction,
        projected_instances(statement.numbers.at("theta"), statement.numbers.at("mean")),
        cone(", V = I"))});
}

void add_projected_delta(ledger::Registry& registry)
{
    const std::string equality = "\\|P_k\\delta_k\\| = \\Big\\|\\sum_j \\left(w_{kj} - "
                                 "\\tfrac1n\\right)P_k\\theta_j\\Big\\|, \\quad \\delta_k = A_k - ";
    Claim claim;
    claim.id = "appC/projected-delta/equality";
    claim.printed.numbers = {{"theta", 1}, {"mean", 0}};
    claim.printed.latex = equality + "\\theta_k";
    claim.amended = claim.printed;
    claim.amended->numbers = {{"theta", 0}, {"mean", 1}};
    claim.amended->latex = equality + "\\bar\\theta";
    claim.check = check_projected_delta;
    claim.faults = {
        fault("the mean counted twice", *claim.amended, "mean", Rational(2)),
        fault("the mean dropped", *claim.amended, "mean", Rational(0)),
        fault("the mean with the other sign", *claim.amended, "mean", Rational(-1)),
        fault("1 -> 999/1000", *claim.amended, "mean", Rational(999, 1000)),
    };
    claim.witness = cone_witness;
    claim.depends_on = {"appC/decomposition"};
    claim.note = "any multiple of theta_k may be subtracted as well, because P_k theta_k = 0; with "
                 "delta_k = A_k - theta_k the left side is |P_k A_k|";
    registry.add(std::move(claim));
}

/// lengths = sum |y_j| and projections = sum |y_j|^2 with all |y_j| <= 1 as n q r and n q^2, q, r
/// in [0, 1] (Cauchy-Schwarz), n = 2w^2; any e^x - 1, and where that is what grows, at most 1/(6n).
std::vector<Cases> proofs_from_lengths(bool bounded)
{
    const Expr n = sym("n");
    const Expr w2 = pow(sym("w"), 2);
    Reduction any{"lengths = n q r, projections = n q^2, q, r in [0, 1]",
                  {{"lengths", n * sym("q") * sym("along")},
                   {"projections", n * pow(sym("q"), 2)},
                   {"n", 2 * w2}},
                  {{"w", from(1)},
                   {"q", between(0, 1)},
                   {"along", between(0, 1)},
                   {"fraction", between(0, 1)},
                   {"grown", from(0)}}};
    Reduction small = any;
    small.why += ", e^x - 1 <= 1/(6n) for delta < 1/(100 n^2 beta^2) (appC/constants)";
    small.symbols.emplace_back("grown", sym("small") / (12 * w2));
    small.ranges.insert_or_assign("small", between(0, 1));
    return bounded ? std::vector<Cases>{{any}, {small}} : std::vector<Cases>{{any}};
}

void add_projected_bound(ledger::Registry& registry)
{
    const Expr n = sym("n");
    const Expr growth = exp(sym("beta") * sqrt(2 * sym("delta"))) - 1;
    Claim claim;
    claim.id = "appC/projected-delta/bound";
    claim.printed.formulas = {{"middle", growth / n * sym("lengths")},
                              {"last", growth / n * sqrt(n) * sqrt(sym("projections"))}};
    claim.printed.latex =
        "\\Big\\|\\sum_j \\left(w_{kj} - \\tfrac1n\\right)P_k\\theta_j\\Big\\| \\le \\frac{1}{n}"
        "\\left(e^{\\beta\\sqrt{2\\delta}} - 1\\right)\\sum_j\\|P_k\\theta_j\\| \\le \\frac1n"
        "\\left(e^{\\beta\\sqrt{2\\delta}} - 1\\right)\\sqrt n\\sqrt{\\sum_j\\|P_k\\theta_j\\|^2}";
    // D = (e^x - 1)/n >= |w_kj - 1/n|. The square of the sum is a sum over pairs of tokens of d_i
    // d_j <y_i, y_j> <= D^2 |y_i||y_j|, hence (D lengths)^2 - slack; n projections = lengths^2 +
    // spread.
    const Expr x = sym("beta");
    const Expr lengths = sym("lengths");
    const Expr D = (exp(x) - 1) / n;
    const Reduction reduction{"|w_kj - 1/n| <= (e^x - 1)/n, pairs of tokens term by term "
                              "(Cauchy-Schwarz); n sum |y_j|^2 = "
                              "(sum |y_j|)^2 + spread; x = beta sqrt(2 delta)",
                              {{"beta", x / sqrt(2 * sym("delta"))},
                               {"projections", (pow(lengths, 2) + sym("spread")) / n},
                               {"deviationnorm", lengths * D * sqrt(sym("part"))}},
                              {{"n", from(2)},
                               {"beta", from(0)},
                               {"delta", from(0)},
                               {"lengths", from(0)},
                               {"spread", from(0)},
                               {"part", between(0, 1)}}};
    claim.check = [reduction](const Statement& statement, const Effort& effort) {
        std::vector<Instance> instances = amended_projections();
        std::vector<TwoClusters> clusters = two_clusters();
        clusters.push_back(one_preferred());
        for (const TwoClusters& c : clusters) {
            for (Instance& instance : cluster_token_values(c)) {
                instances.push_back(std::move(instance));
            }
        }
        for (Instance& instance : instances) {
            instance.balls.emplace("deviationnorm", sqrt(abs(instance.balls.at("deviation"))));
        }
        const Expr& middle = statement.formulas.at("middle");
        const std::vector<Statement> relations = {
            relation_part(sym("deviationnorm"), "<=", middle),
            relation_part(middle, "<=", statement.formulas.at("last"))};
        const Scope scope = cone(", V = I");
        const std::optional<TwoGrowths> grown = with_growths(relations[1]);
        const std::vector<Judgement> parts = {
            decide_reduced(relations[0], effort, reduction, instances, scope),
            decide_by_any(relations[1], effort, reduction,
                          grown ? proofs_from_lengths(grown->small) : std::vector<Cases>{},
                          instances, scope, grown ? std::optional(grown->relation) : std::nullopt)};
        return attacked(all_of(parts), effort, relations);
    };
    claim.faults = {
        fault("sqrt(n) dropped", claim.printed, "last", growth / n * sqrt(sym("projections"))),
        fault("sqrt(n) -> n^{1/4}", claim.printed, "last",
              growth / n * sqrt(sqrt(n)) * sqrt(sym("projections"))),
        fault("- 1 dropped", claim.printed, "middle", (growth + 1) / n * lengths),
        fault("1/n -> 1/n^3", claim.printed, "middle", growth / pow(n, 3) * lengths / 4),
        fault("zero", claim.printed, "middle", Expr(0)),
    };
    claim.witness = cone_witness;
    claim.depends_on = {"appC/weight-deviation"};
    registry.add(std::move(claim));
}

} // namespace

void add_appendix_c_deviations(ledger::Registry& registry)
{
    add_projected_delta(registry);
    add_projected_bound(registry);
}

} // namespace attest::theorems

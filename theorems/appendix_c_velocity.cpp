// Appendix C: the derivative of the variance, its decomposition, and the vector P_k delta_k.
#include "attest/model/attention.hpp"
#include "attest/model/layers.hpp"
#include "attest/numbers/precision.hpp"
#include "theorems/clouds.hpp"
#include "theorems/named_vectors.hpp"
#include "theorems/span.hpp"
#include "theorems/units.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

constexpr const char* witness =
    "n = 2, d = 2, theta_1 = (1, 0), theta_2 = (1599/1601, 80/1601), delta = 2/1601, beta = 1, "
    "Q = K = V = I, s_1 = s_2 = 1";

Scope all_motions()
{
    return {ScopeKind::All,
            "all n >= 2, d >= 1, Q, K, V, beta, unit vectors theta_1..theta_n, s_k > 0"};
}

/// Inner products of theta_k, the mean, theta_k' = v, the mean velocity m and A_k. theta_k' is
/// tangent, <theta_k, theta_k'> = 0.
InnerProducts products()
{
    InnerProducts table;
    table.set("theta", "theta", Expr(1));
    table.set("theta", "mean", sym("a"));
    table.set("mean", "mean", sym("b"));
    table.set("theta", "v", Expr(0));
    table.set("mean", "v", sym("h"));
    table.set("theta", "m", sym("c"));
    table.set("mean", "m", sym("M"));
    table.set("theta", "A", sym("f"));
    table.set("mean", "A", sym("y"));
    return table;
}

/// The mean over the tokens, with those means that are inner products with the mean vectors.
Expr token_mean(const Expr& polynomial)
{
    return mean_over_tokens(polynomial, {"a", "h", "c", "w", "f", "y"})
        .substitute("mean_a", sym("b"))
        .substitute("mean_h", sym("M"))
        .substitute("mean_c", sym("M"));
}

/// All sums of the motion in terms of moments.
Reduction motion_reduction()
{
    const InnerProducts table = products();
    const auto theta = Combination::of("theta");
    const auto mean = Combination::of("mean");
    const auto v = Combination::of("v");
    const auto m = Combination::of("m");
    const auto A = Combination::of("A");
    const auto off = theta - mean;
    // (NA): theta_k' = w P_k A_k, so that M = <mean, mean velocity> is the mean of w <mean, P_k
    // A_k>.
    const Expr driven = token_mean(sym("w") * inner(table, mean, project(table, theta, A)));
    const auto pulled = [&](const Combination& vector) {
        return 2 * token_mean(sym("w") * inner(table, off, project(table, theta, vector)));
    };
    return {"V = 1 - |mean|^2, sums over the tokens as moments of <theta_k, mean>, <theta_k, A_k>, "
            "<mean, A_k>, 1/s_k; theta_k' = P_k A_k/s_k is tangent, A_k any vector",
            {{"rate", -2 * sym("M")},
             {"spread", 2 * token_mean(inner(table, off, v - m))},
             {"dropped", token_mean(inner(table, off, m))},
             {"projected", pulled(A)},
             {"I1", pulled(mean)},
             {"I2A", pulled(A)},
             {"I2theta", pulled(theta)},
             {"I2mean", pulled(mean)},
             {"M", driven}},
            {}};
}

/// theta' of (NA) with A_k the uniform mean (beta = 0, Q = K = V = I), in rational arithmetic, or
/// with the vectors of a fixed matrix V (beta = 0).
std::vector<Instance> motion_instances()
{
    std::vector<Instance> instances;
    for (const Cloud& c : clouds()) {
        const Eigen::Index n = c.theta.cols();
        const Eigen::Index d = c.theta.rows();
        Vector<Rational> mean(d);
        for (Eigen::Index i = 0; i < d; ++i) {
            mean(i) = 0;
            for (Eigen::Index k = 0; k < n; ++k) {
                mean(i) += c.theta(i, k) / n;
            }
        }
        for (const bool turned : {false, true}) {
            Vector<Rational> A = mean;
            if (turned && d > 1) {
                A(0) = mean(1) - 2 * mean(0);
                A(1) = 3 * mean(0);
            }
            std::vector<Vector<Rational>> velocity;
            Vector<Rational> drift = mean;
            drift.fill(Rational(0));
            for (Eigen::Index k = 0; k < n; ++k) {
                const Vector<Rational> theta = c.theta.col(k);
                const Rational w = 1 / c.s[static_cast<std::size_t>(k)];
                velocity.push_back(w * model::project<Rational>(theta, A));
                drift += Rational(1) / n * velocity.back();
            }
            Instance instance = cloud_values(c);
            instance.what.emplace_back("weights", turned ? "beta = 0, V = [[-2, 1], [3, 0]] (+) I"
                                                         : "beta = 0, Q = K = V = I");
            std::erase_if(instance.what, [](const auto& entry) {
                return entry.first == "beta" || entry.first == "delta";
            });
            Rational spread = 0;
            Rational dropped = 0;
            Rational projected = 0;
            Rational of_mean = 0;
            for (Eigen::Index k = 0; k < n; ++k) {
                const Vector<Rational> theta = c.theta.col(k);
                const Vector<Rational> off = theta - mean;
                const Vector<Rational>& own = velocity[static_cast<std::size_t>(k)];
                const Rational w = 1 / c.s[static_cast<std::size_t>(k)];
                spread += 2 * model::inner<Rational>(off, Vector<Rational>(own - drift)) / n;
                dropped += model::inner<Rational>(off, drift) / n;
                projected +=
                    2 * w * model::inner<Rational>(off, model::project<Rational>(theta, A)) / n;
                of_mean +=
                    2 * w * model::inner<Rational>(off, model::project<Rational>(theta, mean)) / n;
            }
            instance.exact["rate"] = -2 * model::inner<Rational>(mean, drift);
            instance.exact["spread"] = spread;
            instance.exact["dropped"] = dropped;
            instance.exact["projected"] = projected;
            instance.exact["I2A"] = projected;
            instance.exact["I2theta"] = 0;
            instance.exact["I2mean"] = of_mean;
            instances.push_back(std::move(instance));
        }
    }
    return instances;
}

const std::vector<Instance>& motions()
{
    static const std::vector<Instance> values = motion_instances();
    return values;
}

void add_variance_derivative(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "appC/variance-derivative";
    claim.printed.formulas = {
        {"first", sym("spread")}, {"second", sym("projected")}, {"zero", sym("dropped")}};
    claim.printed.latex =
        "\\mathcal V' = \\frac2n\\sum_k\\Big\\langle\\theta_k - \\bar\\theta, \\dot\\theta_k - "
        "\\frac1n\\sum_j\\dot\\theta_j\\Big\\rangle = \\frac2n\\sum_k\\Big\\langle\\theta_k - "
        "\\bar\\theta, \\frac{1}{s_k}P_kA_k\\Big\\rangle";
    claim.check = [](const Statement& statement, const Effort& effort) {
        const Reduction reduction = motion_reduction();
        const auto equal = [&](const Expr& lhs, const Expr& rhs) {
            return decide_reduced(relation_part(lhs, "=", rhs), effort, reduction, motions(),
                                  all_motions());
        };
        std::vector<Judgement> parts;
        for (const auto& [lhs, rhs] :
             std::vector<std::pair<Expr, Expr>>{{sym("rate"), statement.formulas.at("first")},
                                                {statement.formulas.at("zero"), Expr(0)},
                                                {sym("rate"), statement.formulas.at("second")}}) {
            parts.push_back(equal(lhs, rhs));
            if (parts.back().counterexample) {
                return parts.back();
            }
        }
        return all_of(parts);
    };
    claim.faults = {
        fault("2/n -> 1/n", claim.printed, "first", sym("spread") / 2),
        fault("2/n -> 4/n", claim.printed, "second", 2 * sym("projected")),
        fault("sign", claim.printed, "second", -sym("projected")),
        fault("2 -> 2000001/1000000", claim.printed, "second",
              Expr(Rational(2000001, 2000000)) * sym("projected")),
        fault("a different sum vanishes", claim.printed, "zero", sym("dropped") + sym("spread")),
    };
    claim.witness = witness;
    claim.depends_on = {"appC/variance-identity"};
    registry.add(std::move(claim));
}

/// Numbers "theta" and "mean": delta_k = A_k - theta theta_k - mean thetabar.
Expr second_part(const Statement& statement)
{
    return sym("I2A") - Expr(statement.numbers.at("theta")) * sym("I2theta")
           - Expr(statement.numbers.at("mean")) * sym("I2mean");
}

constexpr const char* decomposition =
    "\\mathcal V' = I_1 + I_2,\\ I_1 = \\frac2n\\sum_k\\big\\langle\\theta_k - \\bar\\theta, "
    "\\tfrac{1}{s_k}P_k\\bar\\theta\\big\\rangle,\\ I_2 = \\frac2n\\sum_k\\big\\langle\\theta_k - "
    "\\bar\\theta, \\tfrac{1}{s_k}P_k\\delta_k\\big\\rangle, \\quad \\delta_k = A_k - ";

void add_decomposition(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "appC/decomposition";
    claim.printed.numbers = {{"theta", 1}, {"mean", 0}, {"I1", 1}};
    claim.printed.latex = std::string(decomposition) + "\\theta_k";
    claim.amended = claim.printed;
    claim.amended->numbers = {{"theta", 0}, {"mean", 1}, {"I1", 1}};
    claim.amended->latex = std::string(decomposition) + "\\bar\\theta";
    claim.check = [](const Statement& statement, const Effort& effort) {
        return decide_reduced(
            relation_part(sym("rate"), "=",
                          Expr(statement.numbers.at("I1")) * sym("I1") + second_part(statement)),
            effort, motion_reduction(), motions(), all_motions());
    };
    claim.faults = {
        fault("the mean counted twice", *claim.amended, "mean", Rational(2)),
        fault("the mean with the other sign", *claim.amended, "mean", Rational(-1)),
        fault("1 -> 999999/1000000", *claim.amended, "mean", Rational(999999, 1000000)),
        fault("I_1 dropped", *claim.amended, "I1", Rational(0)),
        fault("I_1 halved", *claim.amended, "I1", Rational(1, 2)),
    };
    claim.witness = witness;
    claim.depends_on = {"appC/variance-derivative"};
    claim.note =
        "P_k theta_k = 0, so that with delta_k = A_k - theta_k the sum I_2 alone is V' and "
        "I_1 is counted twice; the proof goes on with delta_k = A_k - thetabar";
    registry.add(std::move(claim));
}

// --- P_k delta_k
// ----------------------------------------------------------------------------------

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

/// Per token in balls: "delta" = |P_k delta_k|^2, "deviation" = |sum_j (w_kj - 1/n) P_k theta_j|^2,
/// "lengths" = sum_j |P_k theta_j|, and exactly "projections" = sum_j |P_k theta_j|^2.
std::vector<Instance> projected_instances(const Rational& theta_part, const Rational& mean_part)
{
    const PrecisionScope precision(192);
    std::vector<Instance> instances;
    for (const Cloud& cloud : clouds()) {
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

Scope cone()
{
    return {ScopeKind::All,
            "all n >= 2, d >= 1, delta, beta >= 0, Q, K with |Q^T K| <= 1, V = I, directions with "
            "<theta_j, theta_k> >= 1 - delta"};
}

Judgement check_projected_delta(const Statement& statement, const Effort& effort)
{
    Judgement two = two_tokens(statement, effort);
    if (two.counterexample) {
        return two;
    }
    InnerProducts table = products();
    table.set("A", "A", sym("AA"));
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
        projected_instances(statement.numbers.at("theta"), statement.numbers.at("mean")), cone())});
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
    claim.witness = witness;
    claim.depends_on = {"appC/decomposition"};
    claim.note = "any multiple of theta_k may be subtracted as well, because P_k theta_k = 0; with "
                 "delta_k = A_k - theta_k the left side is |P_k A_k|";
    registry.add(std::move(claim));
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
        for (Instance& instance : instances) {
            instance.balls.emplace("deviationnorm", sqrt(abs(instance.balls.at("deviation"))));
        }
        const Expr& middle = statement.formulas.at("middle");
        return all_of({decide_reduced(relation_part(sym("deviationnorm"), "<=", middle), effort,
                                      reduction, instances, cone()),
                       decide_reduced(relation_part(middle, "<=", statement.formulas.at("last")),
                                      effort, reduction, instances, cone())});
    };
    claim.faults = {
        fault("sqrt(n) dropped", claim.printed, "last", growth / n * sqrt(sym("projections"))),
        fault("sqrt(n) -> n^{1/4}", claim.printed, "last",
              growth / n * sqrt(sqrt(n)) * sqrt(sym("projections"))),
        fault("- 1 dropped", claim.printed, "middle", (growth + 1) / n * lengths),
        fault("1/n -> 1/n^3", claim.printed, "middle", growth / pow(n, 3) * lengths / 4),
        fault("zero", claim.printed, "middle", Expr(0)),
    };
    claim.witness = witness;
    claim.depends_on = {"appC/weight-deviation"};
    registry.add(std::move(claim));
}

} // namespace

void add_appendix_c_velocity(ledger::Registry& registry)
{
    add_variance_derivative(registry);
    add_decomposition(registry);
    add_projected_delta(registry);
    add_projected_bound(registry);
}

} // namespace attest::theorems

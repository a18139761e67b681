// Appendix C: the derivative of the variance and its decomposition.
#include "attest/model/layers.hpp"
#include "theorems/clouds.hpp"
#include "theorems/token_moments.hpp"
#include "theorems/units.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

Scope all_motions()
{
    return {ScopeKind::All,
            "all n >= 2, d >= 1, Q, K, V, beta, unit vectors theta_1..theta_n, s_k > 0"};
}

/// Inner products of theta_k, the mean, theta_k' = v, the mean velocity m and A_k. theta_k' is
/// tangent, <theta_k, theta_k'> = 0.
InnerProducts motion_products()
{
    InnerProducts table = token_products();
    table.set("theta", "v", Expr(0));
    table.set("mean", "v", sym("h"));
    table.set("theta", "m", sym("c"));
    table.set("mean", "m", sym("M"));
    table.set("theta", "A", sym("f"));
    table.set("mean", "A", sym("y"));
    return table;
}

/// The mean over the tokens, with those means that are inner products with the mean vectors.
Expr motion_mean(const Expr& polynomial)
{
    return mean_over_tokens(polynomial, {"a", "h", "c", "w", "f", "y"})
        .substitute("mean_a", sym("b"))
        .substitute("mean_h", sym("M"))
        .substitute("mean_c", sym("M"));
}

/// All sums of the motion in terms of moments.
Reduction motion_reduction()
{
    const InnerProducts table = motion_products();
    const auto theta = Combination::of("theta");
    const auto mean = Combination::of("mean");
    const auto v = Combination::of("v");
    const auto m = Combination::of("m");
    const auto A = Combination::of("A");
    const auto off = theta - mean;
    // (NA): theta_k' = w P_k A_k, so that M = <mean, mean velocity> is the mean of w <mean, P_k
    // A_k>.
    const Expr driven = motion_mean(sym("w") * inner(table, mean, project(table, theta, A)));
    const auto pulled = [&](const Combination& vector) {
        return 2 * motion_mean(sym("w") * inner(table, off, project(table, theta, vector)));
    };
    return {"V = 1 - |mean|^2, sums over the tokens as moments of <theta_k, mean>, <theta_k, A_k>, "
            "<mean, A_k>, 1/s_k; theta_k' = P_k A_k/s_k is tangent, A_k any vector",
            {{"rate", -2 * sym("M")},
             {"spread", 2 * motion_mean(inner(table, off, v - m))},
             {"dropped", motion_mean(inner(table, off, m))},
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
    claim.witness = cone_witness;
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

void add_velocity_decomposition(ledger::Registry& registry)
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
    claim.witness = cone_witness;
    claim.depends_on = {"appC/variance-derivative"};
    claim.note =
        "P_k theta_k = 0, so that with delta_k = A_k - theta_k the sum I_2 alone is V' and "
        "I_1 is counted twice; the proof goes on with delta_k = A_k - thetabar";
    registry.add(std::move(claim));
}

} // namespace

void add_appendix_c_velocity(ledger::Registry& registry)
{
    add_variance_derivative(registry);
    add_velocity_decomposition(registry);
}

} // namespace attest::theorems

#include "theorems/separating_weights.hpp"

#include "attest/flow/particle_system.hpp"
#include "attest/model/gram.hpp"
#include "attest/proof/algebra.hpp"
#include "attest/proof/certificates.hpp"
#include "theorems/named_vectors.hpp"
#include "theorems/reduction.hpp"
#include "theorems/weight_conditions.hpp"

#include <fmt/format.h>

namespace attest::theorems {

Evidence repelling_pair(const Effort& effort)
{
    using Gram = model::InvariantMatrix<Expr>;
    const Expr gamma = sym("gamma");
    const Expr n(2);
    const Gram G{Expr(1), gamma, n};
    const Gram W = model::softmax_rows(Gram(-sym("beta") * G));
    const Gram B = model::product(W, G); // <theta_k, A_j> for V = I
    const Expr velocity = -2 * (B.off_diagonal - B.diagonal * gamma);
    const Expr weight = 1 / (1 + exp(-sym("beta")) / exp(-sym("beta") * gamma));
    StepsOnRanges steps;
    steps.identical(velocity, -2 * weight * (1 - gamma) * (1 + gamma));
    return {"two tokens, V = -I (exact algebra)",
            "gamma' = -2 w_12 (1 - gamma^2) < 0 for -1 < gamma < 1: two tokens move apart from "
            "every start but one of probability 0",
            is_true(steps.outcome()) ? Truth::False : Truth::Unknown,
            Strength::Exact,
            {ScopeKind::All, "Post-LN, n = 2, all d >= 2, beta >= 0, Q = I, K = V = -I"},
            std::nullopt,
            true,
            std::nullopt,
            effort.control ? std::vector<ledger::Certificate>{} : steps.certificates()};
}

Evidence invariant_caps(const Effort& effort)
{
    const Expr c = sym("c"); // <theta_1, e>
    const Expr x = sym("x"); // -<theta_2, e>
    const Expr g = sym("g"); // -<theta_1, theta_2>
    InnerProducts table;
    table.set("e", "e", Expr(1));
    table.set("theta", "theta", Expr(1));
    table.set("phi", "phi", Expr(1));
    table.set("e", "theta", c);
    table.set("e", "phi", -x);
    table.set("theta", "phi", -g);
    table.set("e", "psi", sym("a")); // psi: another token of the cap of theta_1
    table.set("theta", "psi", sym("m"));
    const Combination e = Combination::of("e");
    const Combination theta = Combination::of("theta");
    const Combination phi = Combination::of("phi");
    const Combination psi = Combination::of("psi");
    const auto V = [&](const Combination& v) { return v + inner(table, e, v) * e; };
    const auto pull = [&](const Combination& v) { // <e, P_theta V v>
        return inner(table, e, project(table, theta, V(v)));
    };
    const Expr edge(Rational(4, 5));
    const Ranges ranges = {{"c", between(Rational(4, 5), 1)},
                           {"x", between(Rational(4, 5), 1)},
                           {"g", between(Rational(7, 25), 1)},
                           {"a", between(Rational(4, 5), 1)},
                           {"s", between(0, Rational(3, 5))},
                           {"y", between(0, Rational(3, 5))},
                           {"m", between(-1, 1)}};
    StepsOnRanges steps;
    // <theta_1, theta_2> = -c x + s y m, the parts across e being s, y <= 3/5: at most -7/25.
    steps.at_least(c * x - sym("s") * sym("y") * sym("m"), Expr(Rational(7, 25)), ranges);
    // Scores: s_11 - s_12 >= 64/25.
    steps.at_least(inner(table, theta, V(theta)) - inner(table, theta, V(phi)),
                   Expr(Rational(64, 25)), ranges);
    // At the edge c = 4/5: the token's own term, and the other one.
    steps.identical(pull(theta).substitute("c", edge), Expr(Rational(36, 125)));
    steps.at_least(pull(phi).substitute("c", edge), Expr(Rational(-34, 25)), ranges);
    // A token of the same cap never pulls outwards.
    steps.at_least(pull(psi).substitute("c", edge), Expr(0), ranges);
    // For r_j': <theta_1, V theta_1> >= 41/25 and <theta_1, V theta_2> >= -2.
    steps.at_least(inner(table, theta, V(theta)), Expr(Rational(41, 25)), ranges);
    steps.at_least(inner(table, theta, V(phi)), Expr(-2), ranges);
    const Expr ratio = exp(Expr(Rational(-64, 25)) * sym("beta")); // w_12/w_11 is at most this
    const Expr inward = Expr(Rational(36, 125)) - Expr(Rational(34, 25)) * ratio;
    const Expr growth = Expr(Rational(41, 25)) - 2 * ratio;
    const auto positive = [](const Expr& formula) {
        return is_positive(formula.evaluate(std::map<std::string, Ball>{{"beta", Ball(1L)}}));
    };
    const bool proved =
        is_true(steps.outcome()) && is_true(positive(inward)) && is_true(positive(growth));
    Evidence item{
        "two tokens in opposite caps (exact algebra)",
        "V = I + e e^T = diag(2, 1, ..., 1), beta >= 1: at <theta_1, e> = 4/5 it grows at least "
        "like w_11 (36/125 - (34/25) e^{-64 beta/25}) > 0, and the same of token 2: from the open "
        "set |<theta_j, e>| > 4/5 on opposite sides no run of any scheme synchronises (s_j > 0), "
        "and r_j' of Pre-LN is at least (41/25 - 2 e^{-64 beta/25})/2 > 0, of Peri-LN half of "
        "that. "
        "With n tokens in the two caps the same holds once e^{64 beta/25} > (85/18)(n - 1)",
        proved ? Truth::False : Truth::Unknown,
        Strength::Exact,
        {ScopeKind::Box, "n = 2, all d >= 2, beta >= 1, V = K = diag(2, 1, ..., 1), Q = I, starts "
                         "in two caps"}};
    if (!effort.control) {
        item.certificates = steps.certificates();
        for (const Expr& formula : {inward, growth}) {
            item.certificates.push_back(
                {proof::point_certificate(formula, ">", Expr(0), {{"beta", 1}})});
        }
    }
    return item;
}

Evidence two_cluster_spectrum(const Effort& effort)
{
    flow::ExactParticles particles;
    particles.scheme = "post-ln";
    const Weights& w = stretched_weights();
    particles.attention = {Rational(1), w.Q, w.K, w.V};
    particles.theta = Matrix<Rational>::Zero(2, 2);
    particles.theta(0, 0) = 1;
    particles.theta(0, 1) = -1;
    particles.r = Vector<Rational>::Constant(2, Rational(1));
    const flow::System system = flow::particle_system(particles, true, "t", 0);
    const auto entry = [&](std::size_t row, const std::string& column) {
        Expr d = derivative(system.rates[row], column);
        for (const auto& [name, value] : {std::pair("theta1_1", 1L), std::pair("theta1_2", 0L),
                                          std::pair("theta2_1", -1L), std::pair("theta2_2", 0L)}) {
            d = d.substitute(name, Expr(value));
        }
        return d;
    };
    // Rates are theta1_1, theta1_2, theta2_1, theta2_2; the tangents at +-e_1 are along e_2.
    const Expr own = entry(1, "theta1_2");
    const Expr other = entry(1, "theta2_2");
    const Truth symmetric = proof::identical(own, entry(3, "theta2_2"))
                            && proof::identical(other, entry(3, "theta1_2"));
    const auto value = [](const Expr& formula) {
        return formula.evaluate(std::map<std::string, Ball>{});
    };
    const Ball even = value(own + other);
    const Ball odd = value(own - other);
    const bool stable =
        is_true(symmetric) && is_true(is_negative(even)) && is_true(is_negative(odd));
    Evidence item{"spectrum of the two-cluster state",
                  fmt::format("at theta = (e_1, -e_1) both eigenvalues of the linearisation are "
                              "negative: {} (l_2 - l_1 tanh(beta l_1)) and {} ((l_2 - l_1) "
                              "tanh(beta l_1)): asymptotically stable",
                              even.to_string(10), odd.to_string(10)),
                  stable ? Truth::False : Truth::Unknown,
                  Strength::Enclosed,
                  {ScopeKind::Points, "Post-LN, n = d = 2, V = K = diag(2, 1), Q = I, beta = 1"}};
    if (!effort.control) {
        item.certificates.push_back({proof::point_certificate(own + other, "<", Expr(0), {})});
        item.certificates.push_back({proof::point_certificate(own - other, "<", Expr(0), {})});
    }
    return item;
}

} // namespace attest::theorems

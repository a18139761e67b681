// Section 3 and Appendix D.3: the dynamics as a modulated gradient flow, and its energy.
#include "attest/proof/algebra.hpp"
#include "theorems/reduction.hpp"
#include "theorems/span.hpp"
#include "theorems/units.hpp"
#include "theorems/witnesses.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

/// The energy E = weight sum_{j,k} e^{beta score(j, k)}, scores <Q theta_j, K theta_k> with V = Q^T
/// K = K^T Q. Moving theta_j along a tangent vector v changes score(j, k) and score(k, j) by y =
/// <v, V theta_k> each (for k = j their sum is the change of the one diagonal score). The statement
/// theta_j' = -modulator grad E, with the weight e/Z of theta_k in A_j, says term by term
///   (1/s)(e/Z) y = -modulator weight 2 beta e y,  e = e^{beta score}.
Judgement gradient_terms(const Expr& weight, const Expr& modulator, const Effort& effort,
                         const std::string& matrices = "Q, K with V = Q^T K = K^T Q")
{
    const Expr beta = sym("beta");
    const FirstOrder<Expr> score(sym("score"), sym("y"));
    const FirstOrder<Expr> term = exp(FirstOrder<Expr>(beta, Expr(0)) * score);
    const Expr pair_slope = term.slope + term.slope; // (j, k) and (k, j)
    const Expr needed = (1 / sym("s")) * (term.value / sym("Z")) * sym("y");
    // theta_1 = e_1, theta_2 = e_2, v = e_2: score 0, y = 1, Z_1 = e^beta + 1.
    std::vector<Instance> instances;
    for (const Rational& b : {Rational(1), Rational(1, 2), Rational(3)}) {
        instances.push_back({{{"n", "2"},
                              {"theta", "e_1, e_2"},
                              {"direction", "e_2 at theta_1"},
                              {"Q, K, V", "I"},
                              {"beta", to_string(b)},
                              {"s", "5"}},
                             {{"score", 0}, {"y", 1}, {"s", 5}, {"beta", b}},
                             {}});
    }
    const Expr claimed = -modulator * weight * pair_slope;
    const Expr Z = exp(beta) + 1;
    Judgement there = decide_at_instances(
        relation_part(claimed.substitute("Z", Z), "=", needed.substitute("Z", Z)), effort,
        instances);
    // Where both sides are multiples of 1/Z it cancels, and the numbers are rational.
    const bool cancels =
        is_true(proof::identical(claimed, claimed.substitute("Z", Expr(1)) / sym("Z")));
    if (there.counterexample && !cancels) {
        return there;
    }
    for (Instance& instance : instances) {
        instance.what.emplace_back("both sides", "times Z_1");
        instance.exact.emplace("Z", 1);
    }
    if (!cancels) {
        instances.clear();
    }
    return decide_reduced(
        relation_part(claimed, "=", needed), effort,
        {"derivative of E along a tangent vector at theta_j, the term of each theta_k; e^{beta "
         "score}, <v, V theta_k>, Z_j, s_j free symbols",
         {},
         {}},
        instances, {ScopeKind::All, fmt::format("all n, d, {}, beta > 0, s_j > 0", matrices)});
}

Expr modulator()
{
    return 1 / (sym("s") * sym("Z"));
}

void add_gradient_form(ledger::Registry& registry)
{
    const Expr beta = sym("beta");
    Claim claim;
    claim.id = "appD.3/step2/gradient-form";
    claim.printed.formulas = {{"weight", -1 / (2 * beta)}, {"modulator", modulator()}};
    claim.printed.latex =
        "\\dot\\theta_j = -\\frac{1}{q_jZ_j}\\nabla_{\\theta_j}E, \\quad E = -\\frac{1}{2\\beta}"
        "\\sum_{j,k}e^{\\beta\\langle\\theta_j,\\theta_k\\rangle}";
    claim.check = [](const Statement& statement, const Effort& effort) {
        return gradient_terms(statement.formulas.at("weight"), statement.formulas.at("modulator"),
                              effort, "Q = K = V = I");
    };
    claim.faults = faults_of(claim.printed, "weight");
    claim.faults.push_back(fault("sign of E", claim.printed, "weight", 1 / (2 * beta)));
    claim.faults.push_back(fault("beta dropped", claim.printed, "weight", Expr(Rational(-1, 2))));
    claim.faults.push_back(fault("modulator doubled", claim.printed, "modulator", 2 * modulator()));
    claim.witness = modulated_pair_witness;
    claim.depends_on = {"appD.1/tau-frame"};
    claim.note = "s stands for q_j, the factor in the time tau";
    registry.add(std::move(claim));
}

void add_gradient_identity(ledger::Registry& registry)
{
    const Expr beta = sym("beta");
    Claim claim;
    claim.id = "sec3/gradient-identity";
    claim.printed.formulas = {{"weight", Expr(-1)}, {"modulator", modulator()}};
    claim.printed.latex =
        "\\dot\\theta_j = -\\frac{1}{s_jZ_j}\\nabla_{\\theta_j}E, \\quad E = -\\sum_{j,k}"
        "e^{\\beta\\langle Q\\theta_k,K\\theta_j\\rangle}";
    claim.amended = claim.printed;
    claim.amended->formulas.insert_or_assign("modulator", 1 / (2 * beta * sym("s") * sym("Z")));
    claim.amended->latex =
        "\\dot\\theta_j = -\\frac{1}{2\\beta s_jZ_j}\\nabla_{\\theta_j}E, \\quad E = -\\sum_{j,k}"
        "e^{\\beta\\langle Q\\theta_k,K\\theta_j\\rangle}, \\quad V = Q^\\top K = K^\\top Q";
    claim.check = [](const Statement& statement, const Effort& effort) {
        return gradient_terms(statement.formulas.at("weight"), statement.formulas.at("modulator"),
                              effort);
    };
    const Statement& holds = *claim.amended;
    claim.faults = {
        fault("2 dropped", holds, "modulator", 1 / (beta * sym("s") * sym("Z"))),
        fault("beta dropped", holds, "modulator", 1 / (2 * sym("s") * sym("Z"))),
        fault("beta squared", holds, "modulator", 1 / (2 * pow(beta, 2) * sym("s") * sym("Z"))),
        fault("sign", holds, "weight", Expr(1)),
        fault("E halved", holds, "weight", Expr(Rational(-1, 2))),
    };
    claim.witness = modulated_pair_witness;
    claim.note =
        "exact where beta = 1/2 only; the factor 2 beta is the one between this energy and "
        "that of Appendix D.3. The products are written K Q^T in Section 3; the gradient "
        "needs Q^T K = K^T Q, as in the remark after Theorem 3.1";
    registry.add(std::move(claim));
}

void add_energy_normalization(ledger::Registry& registry)
{
    const Expr beta = sym("beta");
    Claim claim;
    claim.id = "sec3/energy-normalization";
    claim.printed.formulas = {{"first", Expr(-1)}, {"second", -1 / (2 * beta)}, {"ratio", Expr(1)}};
    claim.printed.latex =
        "E_{\\S 3} = -\\sum_{j,k}e^{\\beta\\langle\\theta_j,\\theta_k\\rangle} = E_{D.3} = "
        "-\\frac{1}{2\\beta}\\sum_{j,k}e^{\\beta\\langle\\theta_j,\\theta_k\\rangle}, \\quad "
        "\\dot\\theta_j = -\\frac{1}{s_jZ_j}\\nabla_{\\theta_j}E \\text{ for both}";
    claim.amended = claim.printed;
    claim.amended->formulas.insert_or_assign("ratio", 2 * beta);
    claim.amended->latex =
        "E_{\\S 3} = 2\\beta\\,E_{D.3}, \\quad \\dot\\theta_j = -\\frac{1}{s_jZ_j}"
        "\\nabla_{\\theta_j}E_{D.3} = -\\frac{1}{2\\beta s_jZ_j}\\nabla_{\\theta_j}E_{\\S 3}";
    claim.check = [](const Statement& statement, const Effort& effort) {
        const Expr& first = statement.formulas.at("first");
        const Expr& second = statement.formulas.at("second");
        const Expr& ratio = statement.formulas.at("ratio");
        std::vector<Instance> instances;
        for (const Rational& b : {Rational(1), Rational(1, 3), Rational(9)}) {
            instances.push_back({{{"n", "2"},
                                  {"theta", "e_1, e_2"},
                                  {"beta", to_string(b)},
                                  {"both sides", "over the double sum 2 e^beta + 2"}},
                                 {{"beta", b}},
                                 {}});
        }
        return first_failing({[&] {
                                  return decide_reduced(
                                      relation_part(first, "=", ratio * second), effort,
                                      {"coefficients of the same double sum", {}, {}}, instances,
                                      {ScopeKind::All, "all n, d, directions, beta > 0"});
                              },
                              [&] { return gradient_terms(second, modulator(), effort); },
                              [&] { return gradient_terms(first, modulator() / ratio, effort); }});
    };
    const Statement& holds = *claim.amended;
    claim.faults = {
        fault("ratio beta", holds, "ratio", beta),
        fault("ratio 2", holds, "ratio", Expr(2)),
        fault("ratio 1/(2 beta)", holds, "ratio", 1 / (2 * beta)),
        fault("second: -1/beta", holds, "second", -1 / beta),
        fault("first: -2", holds, "first", Expr(-2)),
    };
    claim.witness = modulated_pair_witness;
    claim.depends_on = {"sec3/gradient-identity", "appD.3/step2/gradient-form"};
    claim.note = "the same function at beta = 1/2 only";
    registry.add(std::move(claim));
}

} // namespace

void add_section_3(ledger::Registry& registry)
{
    add_gradient_identity(registry);
    add_energy_normalization(registry);
    add_gradient_form(registry);
}

} // namespace attest::theorems

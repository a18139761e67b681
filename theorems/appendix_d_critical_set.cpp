// Appendix D.3, Step 5: the set of critical points that are not synchronised.
#include "theorems/named_vectors.hpp"
#include "theorems/obstacle.hpp"
#include "theorems/reduction.hpp"
#include "theorems/units.hpp"
#include "theorems/witnesses.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

// --- interior ------------------------------------------------------------------------------------

/// lower < q < upper for every q in [1/m, Q], Q >= 1; formulas in m and Q.
Judgement check_interior(const Statement& statement, const Effort& effort)
{
    const Expr& lower = statement.formulas.at("lower");
    const Expr& upper = statement.formulas.at("upper");
    const Expr q = sym("q");
    // Two antipodal tokens with e^{2 beta} = x: q* = f = (x - 1)/(x + 1).
    std::vector<Instance> instances;
    for (const auto& [x, m, Q] : std::vector<std::tuple<Rational, Rational, Rational>>{
             {3, 2, 1}, {3, 3, 2}, {2, 3, 1}, {7, 2, Rational(3, 2)}}) {
        const Rational f = (x - 1) / (x + 1);
        instances.push_back({{{"n", "2"},
                              {"theta_2", "-theta_1"},
                              {"beta", fmt::format("ln({})/2", to_string(x))},
                              {"q_j* = tanh beta", to_string(f)},
                              {"m", to_string(m)},
                              {"Q", to_string(Q)}},
                             {{"q", f}, {"m", m}, {"Q", Q}},
                             {}});
    }
    // Equal tokens, and antipodal ones with tanh beta = 1/m for a large m.
    instances.push_back({{{"n", "2"}, {"tokens", "equal"}, {"q_j*", "1"}, {"m", "1"}, {"Q", "1"}},
                         {{"q", 1}, {"m", 1}, {"Q", 1}},
                         {}});
    instances.push_back({{{"n", "2"},
                          {"theta_2", "-theta_1"},
                          {"q_j* = tanh beta", "1/2000000"},
                          {"m", "2000000"},
                          {"Q", "1"}},
                         {{"q", Rational(1, 2000000)}, {"m", 2000000}, {"Q", 1}},
                         {}});
    const Scope scope{ScopeKind::All, "all n, d, beta >= 0, m >= 1, Q, critical points in K_m"};
    Judgement judgement = decide_at_instances(relation_part(lower, "<", q), effort, instances);
    if (!judgement.counterexample) {
        judgement = decide_at_instances(relation_part(q, "<", upper), effort, instances);
    }
    if (judgement.counterexample) {
        return judgement;
    }
    return all_of(
        {decide_reduced(relation_part(lower, "<", q), effort,
                        {"q = 1/m + x",
                         {{"q", 1 / sym("m") + sym("x")}, {"m", 1 + sym("k")}},
                         {{"k", from(0)}, {"x", from(0)}}},
                        instances, scope),
         decide_reduced(relation_part(q, "<", upper), effort,
                        {"Q = q + y", {{"Q", q + sym("y")}}, {{"q", from(0)}, {"y", from(0)}}},
                        instances, scope)});
}

void add_interior(ledger::Registry& registry)
{
    const Expr m = sym("m");
    const Expr Q = sym("Q");
    Claim claim;
    claim.id = "appD.3/step5/interior";
    claim.printed.formulas = {{"lower", 1 / m}, {"upper", Q}};
    claim.printed.latex = "(\\Theta^*, q^*) \\in K_m,\\ \\nabla E(\\Theta^*) = 0 \\implies "
                          "\\tfrac1m < q_j^* < Q";
    claim.amended = claim.printed;
    claim.amended->formulas = {{"lower", 1 / (m + 1)}, {"upper", Q + 1}};
    claim.amended->latex = "(\\Theta^*, q^*) \\in K_m \\implies \\tfrac{1}{m+1} < q_j^* < Q + 1";
    claim.check = check_interior;
    claim.faults = {
        fault("lower end 1/m", *claim.amended, "lower", 1 / m),
        fault("lower end 2/(m + 1)", *claim.amended, "lower", 2 / (m + 1)),
        fault("lower end 1/m + 10^-6", *claim.amended, "lower", 1 / m + Expr(Rational(1, 1000000))),
        fault("upper end Q/2", *claim.amended, "upper", Q / 2),
        fault("upper end 1/2", *claim.amended, "upper", Expr(Rational(1, 2))),
    };
    claim.witness = antipodal_witness;
    claim.note = "q_j* = f_j(Theta*) may equal 1/m: the constant solution on the boundary of M_m "
                 "belongs to K_m. The amended form is an elementary repair (a point of [1/m, Q] is "
                 "inside every larger interval): the centre-stable manifold is to be taken in a "
                 "larger M_m, or in the open set q > 0";
    registry.add(std::move(claim));
}

// --- compactness ---------------------------------------------------------------------------------

/// The term of token k in Z_j e^{-...} <p, P_j A_j>: e (<p, theta_k> - c <p, theta_j>), with
/// <p, theta_j> = low and <p, theta_k> = low + x.
Expr height_term()
{
    InnerProducts table;
    table.set("theta", "theta", Expr(1));
    table.set("theta", "phi", sym("c"));
    table.set("p", "theta", sym("low"));
    table.set("p", "phi", sym("low") + sym("x"));
    const Combination moved = project(table, Combination::of("theta"), Combination::of("phi"));
    return sym("e") * inner(table, moved, Combination::of("p"));
}

Judgement check_compact(const Statement& statement, const Effort& effort)
{
    const Expr zero(0);
    if (statement.words.at("property") == "finite") {
        return judged_by({{{"n", "2"}, {"d", "2"}, {"theta", "(cos a, sin a), -(cos a, sin a)"}},
                          "critical and not synchronised for every angle a: infinitely many",
                          sin(sym("a")),
                          ">",
                          zero,
                          {{"a", Rational(1, 1000)}}},
                         effort);
    }
    if (statement.words.at("set") == "all that are not synchronised") {
        return judged_by({{{"n", "2"}, {"theta_1", "e_1"}, {"theta_2", "at the angle 1/k"}},
                          "not synchronised for every k, with a synchronised limit: not closed",
                          1 / sym("k"),
                          ">",
                          zero,
                          {{"k", 1000000}}},
                         effort);
    }
    const Rational height = statement.numbers.at("height");
    if (height < 0) {
        return judged_by({{{"n", "2"}, {"theta", "e_1, -e_1"}, {"p", "e_2"}},
                          "critical and not synchronised, both heights <p, theta_j> = 0",
                          zero,
                          ">",
                          Expr(height)},
                         effort);
    }
    const Expr e = sym("e");
    const Expr c = sym("c");
    const Expr low = Expr(height) + sym("over");
    const Expr& term = statement.formulas.at("term");
    std::vector<Instance> instances;
    for (const auto& [cosine, at, x] : std::vector<std::tuple<Rational, Rational, Rational>>{
             {Rational(3, 5), Rational(1, 2), Rational(1, 7)},
             {-1, Rational(1, 3), 2},
             {0, 1, 0}}) {
        instances.push_back({{{"<theta_j, theta_k>", to_string(cosine)},
                              {"<p, theta_j>", to_string(at)},
                              {"<p, theta_k> - <p, theta_j>", to_string(x)}},
                             {{"c", cosine}, {"low", at}, {"x", x}, {"e", 2}},
                             {}});
    }
    const Ranges ranges = {
        {"c", between(-1, 1)}, {"over", from(0)}, {"x", from(0)}, {"e", from(0)}};
    const Scope scope{ScopeKind::All, "all n, d, beta, m, Q"};
    return all_of(
        {decide_reduced(relation_part(term, "=", height_term()), effort,
                        {"<p, P_j theta_k> from the inner products", {}, {}}, instances, scope),
         decide_reduced(
             relation_part(term, ">=", e * sym("low") * (1 - c)), effort,
             {"p with <p, theta_k> > 0 for all k, theta_j the token of least height low: at a "
              "critical point 0 = Z_j <p, P_j A_j> = sum_k of terms >= e^{beta c_jk} low (1 - "
              "c_jk) >= 0, so all c_jk = 1. Hence a critical point that is not synchronised has "
              "some c_jk <= 0 (else p = theta_1 would do), a closed condition; K_m is closed "
              "because the flow is continuous, and lies in the compact M_m",
              {{"low", low}},
              ranges},
             instances, scope)});
}

void add_compact(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "appD.3/step5/compact-critical-set";
    const Expr e = sym("e");
    const Expr c = sym("c");
    const Expr low = sym("low");
    const Expr x = sym("x");
    claim.printed.formulas = {{"term", e * (low + x - c * low)}};
    claim.printed.numbers = {{"height", 0}};
    claim.printed.words = {{"set", "critical, not synchronised"}, {"property", "compact"}};
    claim.printed.latex =
        "S_{ns} \\subset K_m \\text{ is compact}: \\quad \\nabla E(\\Theta^*) = 0,\\ \\exists p: "
        "\\langle p, \\theta_k^*\\rangle > 0\\ \\forall k \\implies \\Theta^* \\text{ "
        "synchronised}";
    claim.check = check_compact;
    claim.faults = {
        fault("finite", claim.printed, "property", "finite"),
        fault("all configurations that are not synchronised", claim.printed, "set",
              "all that are not synchronised"),
        fault("heights above -1/10", claim.printed, "height", Rational(-1, 10)),
        fault("the other token's height", claim.printed, "term", e * (low + x - c * (low + x))),
        fault("no projection", claim.printed, "term", e * (low + x)),
        fault("c dropped", claim.printed, "term", e * (low + x - low)),
    };
    claim.witness = antipodal_witness;
    claim.note = "the limit of critical points is critical because the field is continuous on q > "
                 "0; what has to be shown is that synchronised points are no limits of others";
    registry.add(std::move(claim));
}

} // namespace

void add_appendix_d_critical_set(ledger::Registry& registry)
{
    add_interior(registry);
    add_compact(registry);
}

} // namespace attest::theorems

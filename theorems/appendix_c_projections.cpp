// Appendix C: the sum of the squares of P_k theta_j.
#include "theorems/appendix_c_proofs.hpp"
#include "theorems/clouds.hpp"
#include "theorems/inequality_attack.hpp"
#include "theorems/named_vectors.hpp"
#include "theorems/units.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

void add_projection_first(ledger::Registry& registry)
{
    const Expr n = sym("n");
    Claim claim;
    claim.id = "appC/projection-sum/first";
    claim.printed.formulas = {{"middle", n - pow(sym("sumg"), 2) / n},
                              {"last", n * (1 - pow(sym("a"), 2))}};
    claim.printed.latex =
        "\\sum_j \\|P_k\\theta_j\\|^2 = \\sum_j\\left(1 - \\langle\\theta_j, \\theta_k\\rangle^2"
        "\\right) \\le n - \\frac1n\\Big(\\sum_j \\langle\\theta_j, \\theta_k\\rangle\\Big)^2 = "
        "n\\left(1 - \\langle\\bar\\theta, \\theta_k\\rangle^2\\right)";
    InnerProducts table;
    table.set("theta_k", "theta_k", Expr(1));
    table.set("theta_j", "theta_j", Expr(1));
    table.set("theta_j", "theta_k", sym("g"));
    const Combination flat = project(table, Combination::of("theta_k"), Combination::of("theta_j"));
    const auto sum = [&](const Expr& formula) {
        return n
               * mean_over_tokens(formula, {"g"})
                     .substitute("mean_g2", pow(sym("a"), 2) + sym("variance"))
                     .substitute("mean_g", sym("a"));
    };
    const Reduction reduction{
        "|P_k theta_j|^2 = 1 - g_j^2 with g_j = <theta_j, theta_k>, whose mean over j is <mean, "
        "theta_k> = a; the mean of g^2 is a^2 plus the variance of g",
        {{"projections", sum(inner(table, flat, flat))},
         {"squares", sum(1 - pow(sym("g"), 2))},
         {"sumg", sum(sym("g"))}},
        {{"n", from(2)}, {"a", from(-1)}, {"variance", from(0)}}};
    claim.check = [reduction](const Statement& statement, const Effort& effort) {
        return attacked(decide_parts(statement, effort,
                                     {{"projections", "=", "squares"},
                                      {"squares", "<=", "middle"},
                                      {"middle", "=", "last"}},
                                     reduction, all_token_values(), all_directions()),
                        effort,
                        {relation_part(sym("squares"), "<=", statement.formulas.at("middle"))});
    };
    claim.faults = {
        fault("1/n -> 1", claim.printed, "middle", n - pow(sym("sumg"), 2)),
        fault("1/n -> 1/n^2", claim.printed, "middle", n - pow(sym("sumg") / n, 2)),
        fault("square dropped", claim.printed, "middle", n - sym("sumg") / n),
        fault("n -> n - 1", claim.printed, "middle", n - 1 - pow(sym("sumg"), 2) / n),
        fault("last: square dropped", claim.printed, "last", n * (1 - sym("a"))),
        fault("last: n dropped", claim.printed, "last", 1 - pow(sym("a"), 2)),
    };
    claim.witness = cone_witness;
    registry.add(std::move(claim));
}

/// u = 1 - a >= 0 and v = |theta_k - mean|^2 = 2u - V; the n vectors theta_j - mean add up to 0, so
/// that v <= (n-1)(nV - v), that is v <= (n-1) V and u <= nV/2.
Evidence one_token_apart()
{
    const Expr n = sym("n");
    const Expr V = sym("V");
    const Expr v = sym("v");
    const Expr rest = sym("rest");
    StepsOnRanges steps;
    // nV = v + others, v = (n-1) others - rest (Cauchy-Schwarz) gives (n-1) V - v = rest/n.
    const Expr others = (v + rest) / (n - 1);
    steps.identical((n - 1) * (v + others) / n - v, rest / n);
    steps.identical((V + ((n - 1) * V)) / 2, n * V / 2);
    return remark(
        "one token apart",
        "1 - <mean, theta_k> = (V + |theta_k - mean|^2)/2 <= nV/2 for every unit vectors: "
        "|theta_k - mean|^2 <= (n-1) sum_{j != k} |theta_j - mean|^2",
        steps.outcome(), all_directions(), steps.certificates());
}

/// With one token off n-1 equal ones 1 - <mean, theta_k> is nV/2: the inequality fails there as
/// soon as nV > 4/3. The ends of the printed chain hold for all directions.
Evidence failure_region_of_chain()
{
    const Expr n = sym("n");
    const Expr half = sym("h"); // nV/2
    const Expr gap = sym("gap");
    const Expr mean_product = ((n - 1) * (1 - gap) + 1) / n; // <mean, the token apart>
    const Expr mean_square = (pow(n - 1, 2) + 2 * (n - 1) * (1 - gap) + 1) / pow(n, 2);
    StepsOnRanges steps;
    steps.identical(1 - mean_product, n * (1 - mean_square) / 2);
    // (1 - 2h)^2 - (1 - h)^2 = h (3h - 2) > 0 beyond h = 2/3.
    steps.at_least(pow(1 - 2 * half, 2), pow(1 - half, 2), {{"h", from(Rational(2, 3))}});
    steps.identical(pow(1 - 2 * half, 2) - pow(1 - half, 2), half * (3 * half - 2));
    // The ends: 1 - a^2 = u(2 - u) <= nV with u = share nV/2.
    const Expr u = sym("share") * n * sym("V") / 2;
    steps.at_least(2 * pow(n, 2) * sym("V"), n * u * (2 - u),
                   {{"n", from(2)}, {"V", from(0)}, {"share", between(0, 1)}});
    steps.at_least(pow(n, 2) * sym("V"), n * u * (2 - u),
                   {{"n", from(2)}, {"V", from(0)}, {"share", between(0, 1)}});
    return remark(
        "exact region",
        "holds for all directions of variance V exactly when V <= 4/(3n): one token off "
        "n-1 equal ones violates it for 4/(3n) < V <= 4(n-1)/n^2 (d >= 2), and every cloud does "
        "for "
        "nV >= 2; the ends of the chain, n(1 - <mean, theta_k>^2) <= 2 n^2 V, hold for all "
        "directions, even with n^2 V",
        steps.outcome(), all_directions(), steps.certificates());
}

/// Words: "hypothesis" is "none" or "V"; number "limit" bounds nV.
Judgement check_projection_chain(const Statement& statement, const Effort& effort)
{
    const auto limit = statement.numbers.find("limit");
    if (limit != statement.numbers.end() && limit->second < 0) {
        throw InputError("no directions have a variance V <= " + to_string(limit->second) + "/n");
    }
    std::vector<Instance> admitted;
    for (const Instance& instance : all_token_values()) {
        const auto& v = instance.exact;
        const bool small_beta =
            v.at("beta") * v.at("beta") * v.at("delta") * 100 * v.at("n") * v.at("n") < 1;
        if (small_beta
            && (limit == statement.numbers.end() || v.at("n") * v.at("V") <= limit->second)) {
            admitted.push_back(instance);
        }
    }
    const Expr n = sym("n");
    const Expr spread =
        limit == statement.numbers.end() ? sym("nV") : Expr(limit->second) * sym("part");
    // nV = limit part, u = share nV/2.
    const Reduction reduction{
        "nV <= limit, <mean, theta_k> = 1 - u with 0 <= u <= nV/2",
        {{"a", 1 - sym("share") * spread / 2}, {"V", spread / n}},
        {{"n", from(2)}, {"nV", from(0)}, {"part", between(0, 1)}, {"share", between(0, 1)}}};
    const Statement relation = relation_part(
        statement.formulas.at("lhs"), statement.words.at("relation"), statement.formulas.at("rhs"));
    Judgement judgement =
        decide_reduced(relation, effort, reduction, admitted,
                       all_directions(limit == statement.numbers.end()
                                          ? ""
                                          : fmt::format(", V <= {}/n", to_string(limit->second))));
    if (!effort.control) {
        judgement.evidence.push_back(one_token_apart());
        judgement.evidence.push_back(failure_region_of_chain());
    }
    AttackSetting setting;
    if (limit != statement.numbers.end()) {
        setting.largest_nV = limit->second;
    }
    return attacked(std::move(judgement), effort, {relation}, setting);
}

void add_projection_second(ledger::Registry& registry)
{
    const Expr n = sym("n");
    const Expr V = sym("V");
    const Expr a = sym("a");
    const std::string inequality =
        "n\\left(1 - \\langle\\bar\\theta, \\theta_k\\rangle^2\\right) \\le n\\left(1 - (1 - "
        "n\\mathcal V)^2\\right)";
    Claim claim;
    claim.id = "appC/projection-sum/second";
    claim.printed = relation_part(n * (1 - pow(a, 2)), "<=", n * (1 - pow(1 - n * V, 2)));
    claim.printed.latex = inequality + ",\\quad \\delta < \\tfrac{1}{100 n^2\\beta^2}";
    claim.amended = claim.printed;
    claim.amended->latex = inequality + " \\quad\\text{for } \\mathcal V \\le \\tfrac{4}{3n}";
    claim.amended->numbers = {{"limit", Rational(4, 3)}};
    claim.check = check_projection_chain;
    const Statement& holds = *claim.amended;
    claim.faults = {
        fault("4/3 -> 2", holds, "limit", Rational(2)),
        fault("4/3 -> 27/20", holds, "limit", Rational(27, 20)),
        fault("n dropped inside", holds, "rhs", n * (1 - pow(1 - V, 2))),
        fault("n -> n - 1 inside", holds, "rhs", n * (1 - pow(1 - (n - 1) * V / 2, 2))),
        fault("V -> V/4", holds, "rhs", n * (1 - pow(1 - n * V / 4, 2))),
        fault("left side above the right", holds, "lhs", 2 * n * (1 - pow(1 - n * V, 2)) + 1),
    };
    claim.witness = cone_witness;
    claim.note =
        "the cone of Theorem 4.3 allows every configuration once beta is small: delta < 1/(100 n^2 "
        "beta^2) exceeds 2 for beta < 1/(10 sqrt(2) n). V <= (n-1) delta/n, so the hypothesis "
        "follows from delta <= 4/(3(n-1)), and for beta >= 1/20 from the theorem's own for all n";
    registry.add(std::move(claim));
}

void add_projection_third(ledger::Registry& registry)
{
    const Expr n = sym("n");
    const Expr V = sym("V");
    Claim claim;
    claim.id = "appC/projection-sum/third";
    claim.printed = relation_part(n * (1 - pow(1 - n * V, 2)), "<=", 2 * pow(n, 2) * V);
    claim.printed.latex = "n\\left(1 - (1 - n\\mathcal V)^2\\right) \\le 2 n^2 \\mathcal V";
    claim.check = [](const Statement& statement, const Effort& effort) {
        return attacked(
            decide_by_any(statement, effort,
                          {"the difference is n^3 V^2", {}, {{"n", from(2)}, {"V", between(0, 1)}}},
                          {{{"nV <= 1",
                             {{"V", sym("within") / sym("n")}},
                             {{"n", from(2)}, {"within", between(0, 1)}}},
                            {"nV >= 1",
                             {{"V", (1 + sym("beyond")) / sym("n")}},
                             {{"n", from(2)}, {"beyond", from(0)}}}}},
                          all_token_values(), {ScopeKind::All, "all n >= 2, V in [0, 1]"}),
            effort, {statement});
    };
    claim.faults = {
        fault("2 -> 1", claim.printed, "rhs", pow(n, 2) * V),
        fault("n^2 -> n", claim.printed, "rhs", 2 * n * V),
        fault("V -> V^2", claim.printed, "rhs", 2 * pow(n * V, 2)),
        fault("1 - nV -> 1 - 2nV", claim.printed, "lhs", n * (1 - pow(1 - 2 * n * V, 2))),
        fault("reversed", claim.printed, "relation", ">="),
    };
    claim.witness = cone_witness;
    claim.note = "the factor 2 is the best one: the quotient of the sides is 1 - nV/2";
    registry.add(std::move(claim));
}

} // namespace

void add_appendix_c_projections(ledger::Registry& registry)
{
    add_projection_first(registry);
    add_projection_second(registry);
    add_projection_third(registry);
}

} // namespace attest::theorems

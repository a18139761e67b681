// Appendix C: the variance, its size and the diameter of the cloud.
#include "theorems/appendix_c_proofs.hpp"
#include "theorems/clouds.hpp"
#include "theorems/inequality_attack.hpp"
#include "theorems/token_moments.hpp"
#include "theorems/units.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

void add_variance_identity(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "appC/variance-identity";
    claim.printed = relation_part(sym("V"), "=", 1 - sym("b"));
    claim.printed.latex = "\\frac1n \\sum_k \\|\\theta_k - \\bar\\theta\\|^2 = 1 - "
                          "\\|\\bar\\theta\\|^2";
    const Reduction reduction{"|theta_k - mean|^2 = 1 - 2a + b with a = <theta_k, mean>, b = "
                              "|mean|^2; the mean of a is b",
                              {{"V", variance()}},
                              {}};
    claim.check = [reduction](const Statement& statement, const Effort& effort) {
        return decide_reduced(statement, effort, reduction, all_cloud_values(), all_directions());
    };
    claim.faults = faults_of(claim.printed, "rhs");
    claim.faults.push_back(fault("square dropped", claim.printed, "rhs", 1 - pow(sym("b"), 2)));
    claim.faults.push_back(fault("1 -> n", claim.printed, "rhs", sym("n") - sym("b")));
    claim.witness = cone_witness;
    registry.add(std::move(claim));
}

void add_variance_le_delta(ledger::Registry& registry)
{
    const Expr delta = sym("delta");
    const Expr n = sym("n");
    Claim claim;
    claim.id = "appC/variance-le-delta";
    claim.printed.formulas = {{"square", 1 - sym("V")}, {"least", 1 - delta}, {"bound", delta}};
    claim.printed.latex =
        "1 - \\mathcal V = \\langle\\bar\\theta, \\bar\\theta\\rangle \\ge 1 - \\delta, \\quad "
        "\\mathcal V \\le \\delta";
    // b is the mean of <theta_j, theta_k> over all pairs, 1/n of which are 1.
    const Expr pairs = 1 - delta + sym("excess");
    const Reduction reduction{
        "|mean|^2 = 1/n + (1 - 1/n) times the mean of <theta_j, theta_k> over j != k, which is 1 - "
        "delta + excess; V = 1 - |mean|^2",
        {{"V", 1 - sym("b")},
         {"b", 1 / n + (1 - 1 / n) * pairs},
         {"delta", sym("excess") + sym("rest")}},
        {{"n", from(2)}, {"excess", from(0)}, {"rest", from(0)}}};
    claim.check = [reduction](const Statement& statement, const Effort& effort) {
        const Scope scope = all_directions(" with <theta_j, theta_k> >= 1 - delta");
        // The same with b in [0, 1], a square and a mean of products.
        const Expr tokens = sym("n");
        const Reduction square{"the same, |mean|^2 in [0, 1]",
                               {{"V", 1 - sym("b")},
                                {"delta", sym("excess") + (1 - sym("b")) * tokens / (tokens - 1)}},
                               {{"n", from(2)}, {"b", between(0, 1)}, {"excess", from(0)}}};
        std::vector<Judgement> parts = {decide_parts(statement, effort, {{"square", "=", "b"}},
                                                     reduction, all_cloud_values(), scope)};
        for (const Statement& relation :
             {relation_part(sym("b"), ">=", statement.formulas.at("least")),
              relation_part(sym("V"), "<=", statement.formulas.at("bound"))}) {
            if (!parts.back().counterexample) {
                parts.push_back(decide_by_any(relation, effort, reduction, {{square}},
                                              all_cloud_values(), scope));
            }
        }
        Judgement judgement = parts.back().counterexample ? parts.back() : all_of(parts);
        if (!effort.control) {
            StepsOnRanges steps;
            steps.at_least((1 - 1 / sym("n")) * (sym("excess") + sym("rest")),
                           reduced(sym("V"), reduction), reduction.ranges);
            judgement.evidence.push_back(remark(
                "sharp constant",
                "V <= (1 - 1/n) delta, with equality where all <theta_j, theta_k>, j != k, are 1 - "
                "delta",
                steps.outcome(), all_directions(), steps.certificates()));
        }
        return attacked(std::move(judgement), effort,
                        {relation_part(sym("b"), ">=", statement.formulas.at("least")),
                         relation_part(sym("V"), "<=", statement.formulas.at("bound"))});
    };
    claim.faults = {
        fault("delta -> delta/2", claim.printed, "bound", delta / 2),
        fault("delta -> (1 - 2/n) delta", claim.printed, "bound", (1 - 2 / n) * delta),
        fault("1 - delta -> 1", claim.printed, "least", Expr(1)),
        fault("1 - delta -> 1 - delta/2", claim.printed, "least", 1 - delta / 2),
        fault("1 - V -> 1 - 2V", claim.printed, "square", 1 - 2 * sym("V")),
        fault("delta -> delta^2", claim.printed, "bound", pow(delta, 2) / 2),
    };
    claim.witness = cone_witness;
    registry.add(std::move(claim));
}

/// Word "delta": "any" that the cone allows, or the "least".
Judgement check_diameter_equality(const Statement& statement, const Effort& effort)
{
    const bool least = statement.words.at("delta") == "least";
    std::vector<Instance> instances;
    if (!least) {
        instances.push_back(cloud_values(loose_cloud()));
    }
    for (const Cloud& cloud : clouds()) { // the others have a larger delta
        instances.push_back(cloud_values(cloud));
    }
    // |theta_k - theta_j|^2 = 2 - 2g; g = 1 - delta + loose for the least g.
    const Reduction reduction{"|theta_k - theta_j|^2 = 2 - 2 <theta_j, theta_k>, at the least of "
                              "them, 1 - delta",
                              {{"diameter", 2 * sym("delta") - (least ? Expr(0) : sym("loose"))}},
                              {}};
    return decide_reduced(statement, effort, reduction, instances,
                          all_directions(least ? ", delta = 1 - min <theta_j, theta_k>" : ""));
}

void add_diameter_equality(ledger::Registry& registry)
{
    const Expr delta = sym("delta");
    Claim claim;
    claim.id = "appC/diameter/equality";
    claim.printed = relation_part(2 * delta, "=", sym("diameter"));
    claim.printed.words["delta"] = "any";
    claim.printed.latex =
        "2\\delta = \\max_{k,j}\\|\\theta_k - \\theta_j\\|^2 \\quad \\text{for "
        "every } \\delta \\text{ with } \\langle\\theta_j, \\theta_k\\rangle \\ge "
        "1 - \\delta";
    claim.amended = claim.printed;
    claim.amended->words["delta"] = "least";
    claim.amended->latex =
        "2\\delta = \\max_{k,j}\\|\\theta_k - \\theta_j\\|^2 \\quad \\text{for } "
        "\\delta = 1 - \\min_{j,k}\\langle\\theta_j, \\theta_k\\rangle";
    claim.check = check_diameter_equality;
    claim.faults = {
        fault("2 delta -> delta", *claim.amended, "lhs", delta),
        fault("2 delta -> 4 delta", *claim.amended, "lhs", 4 * delta),
        fault("2 delta -> 2 delta^2", *claim.amended, "lhs", 2 * pow(delta, 2)),
        fault("2 -> 2000001/1000000", *claim.amended, "lhs",
              Expr(Rational(2000001, 1000000)) * delta),
        fault("any delta", *claim.amended, "delta", "any"),
    };
    claim.witness = cone_witness;
    claim.note =
        "the hypothesis <theta_j, theta_k> >= 1 - delta gives max |theta_k - theta_j|^2 <= "
        "2 delta; equality needs delta to be the least one";
    registry.add(std::move(claim));
}

void add_diameter_chain(ledger::Registry& registry)
{
    const Expr n = sym("n");
    Claim claim;
    claim.id = "appC/diameter/chain";
    claim.printed.formulas = {{"middle", 4 * sym("far")}, {"last", 4 * n * sym("V")}};
    claim.printed.latex = "\\max_{k,j}\\|\\theta_k - \\theta_j\\|^2 \\le 4\\max_k\\|\\theta_k - "
                          "\\bar\\theta\\|^2 \\le 4n\\mathcal V";
    // x, y the two vectors theta - mean: |x - y|^2 = 2|x|^2 + 2|y|^2 - |x + y|^2.
    const Reduction triangle{
        "|x - y|^2 = 2|x|^2 + 2|y|^2 - |x + y|^2 for x, y = theta_k - mean, theta_j - mean, both "
        "of "
        "square at most that of the farthest",
        {{"diameter", 2 * (sym("far") - sym("c")) + 2 * (sym("far") - sym("e")) - sym("q")}},
        {{"far", from(0)}, {"c", from(0)}, {"e", from(0)}, {"q", from(0)}}};
    const Reduction one_of_n{"nV = sum_k |theta_k - mean|^2, the farthest and the rest; V <= 1",
                             {{"far", n * sym("V") - sym("rest")}},
                             {{"n", from(2)}, {"V", between(0, 1)}, {"rest", from(0)}}};
    claim.check = [triangle, one_of_n](const Statement& statement, const Effort& effort) {
        Judgement judgement =
            all_of({decide_parts(statement, effort, {{"diameter", "<=", "middle"}}, triangle,
                                 all_cloud_values(), all_directions()),
                    decide_by_any(relation_part(statement.formulas.at("middle"),
                                                "<=", statement.formulas.at("last")),
                                  effort, one_of_n,
                                  {{{"nV = the farthest and the rest",
                                     {{"V", (sym("far") + sym("rest")) / sym("n")}},
                                     {{"n", from(2)}, {"far", from(0)}, {"rest", from(0)}}}}},
                                  all_cloud_values(), all_directions())});
        if (!effort.control) {
            InnerProducts table;
            table.set("x", "x", sym("xx"));
            table.set("y", "y", sym("yy"));
            table.set("x", "y", sym("xy"));
            const auto x = Combination::of("x");
            const auto y = Combination::of("y");
            StepsOnRanges steps;
            steps.identical(inner(table, x - y, x - y) + inner(table, x + y, x + y),
                            2 * sym("xx") + 2 * sym("yy"));
            // nV = |x|^2 + |y|^2 + rest.
            steps.at_least(2 * (sym("xx") + sym("yy") + sym("rest")),
                           2 * (sym("xx") + sym("yy")) - sym("q"),
                           {{"xx", from(0)}, {"yy", from(0)}, {"rest", from(0)}, {"q", from(0)}});
            judgement.evidence.push_back(remark(
                "sharp constant",
                "max |theta_k - theta_j|^2 <= 2nV, half of the printed end of the chain, with "
                "equality for n = 2",
                steps.outcome(), all_directions(), steps.certificates()));
        }
        const Expr& middle = statement.formulas.at("middle");
        return attacked(std::move(judgement), effort,
                        {relation_part(sym("diameter"), "<=", middle),
                         relation_part(middle, "<=", statement.formulas.at("last"))});
    };
    claim.faults = {
        fault("4 -> 2 in the middle", claim.printed, "middle", 2 * sym("far")),
        fault("4 -> 3999999/1000000 in the middle", claim.printed, "middle",
              Expr(Rational(3999999, 1000000)) * sym("far")),
        fault("4n -> 4", claim.printed, "last", 4 * sym("V")),
        fault("4n -> n", claim.printed, "last", n * sym("V")),
        fault("V -> V^2", claim.printed, "last", 4 * n * pow(sym("V"), 2)),
    };
    claim.witness = cone_witness;
    registry.add(std::move(claim));
}

} // namespace

void add_appendix_c_variance(ledger::Registry& registry)
{
    add_variance_identity(registry);
    add_variance_le_delta(registry);
    add_diameter_equality(registry);
    add_diameter_chain(registry);
}

} // namespace attest::theorems

// Appendix C: the first part I_1 of V'.
#include "theorems/appendix_c_proofs.hpp"
#include "theorems/clouds.hpp"
#include "theorems/inequality_attack.hpp"
#include "theorems/token_moments.hpp"
#include "theorems/units.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

/// <theta_k - mean, P_k mean> and <-mean, mean - a theta_k>.
Expr pull()
{
    const InnerProducts table = token_products();
    const auto theta = Combination::of("theta");
    const auto mean = Combination::of("mean");
    return inner(table, theta - mean, project(table, theta, mean));
}

Expr second_pull()
{
    const auto mean = Combination::of("mean");
    return inner(token_products(), Expr(-1) * mean, mean - sym("a") * Combination::of("theta"));
}

void add_i1_form(ledger::Registry& registry)
{
    const Expr n = sym("n");
    Claim claim;
    claim.id = "appC/i1-form";
    claim.printed.formulas = {{"term", pow(sym("a"), 2) - sym("b")}, {"factor", n / 2 * sym("I1")}};
    claim.printed.latex =
        "\\frac n2 I_1 = \\sum_k \\frac{1}{s_k}\\langle\\theta_k - \\bar\\theta, "
        "P_k\\bar\\theta\\rangle = \\sum_k \\frac{1}{s_k}\\langle-\\bar\\theta, \\bar\\theta - "
        "\\langle\\theta_k, \\bar\\theta\\rangle\\theta_k\\rangle = \\sum_k \\frac{1}{s_k}"
        "\\left(\\langle\\theta_k, \\bar\\theta\\rangle^2 - \\|\\bar\\theta\\|^2\\right)";
    const Expr weighted = token_mean(sym("w") * pull());
    const Reduction reduction{
        "inner products of theta_k and the mean with |theta_k| = 1, term by term; the sums over "
        "the tokens are n times means",
        {{"pull", pull()},
         {"second", second_pull()},
         {"I1", 2 * weighted},
         {"I1half", n * weighted}},
        {}};
    claim.check = [reduction](const Statement& statement, const Effort& effort) {
        return decide_parts(
            statement, effort,
            {{"factor", "=", "I1half"}, {"pull", "=", "term"}, {"second", "=", "term"}}, reduction,
            all_token_values(), all_directions(", s_k > 0"));
    };
    claim.faults = faults_of(claim.printed, "term");
    claim.faults.push_back(fault("n/2 -> n", claim.printed, "factor", n * sym("I1")));
    claim.witness = cone_witness;
    registry.add(std::move(claim));
}

/// p = |P_k mean|^2 = b - a^2 >= 0, the size of every term.
Evidence terms_are_squares()
{
    const InnerProducts table = token_products();
    const Combination flat = project(table, Combination::of("theta"), Combination::of("mean"));
    StepsOnRanges steps;
    steps.identical(inner(table, flat, flat), sym("b") - pow(sym("a"), 2));
    return remark("terms are squares", "|mean|^2 - <theta_k, mean>^2 = |P_k mean|^2 >= 0",
                  steps.outcome(), all_directions(), steps.certificates());
}

/// Sums with p = |mean|^2 - a^2 >= 0 of each token and 1/s_k = 1/max s + d = 1/min s - e.
Reduction speeds_above(const std::string& extreme)
{
    const bool largest = extreme == "maxs";
    const Expr w = largest ? sym("m") + sym("d") : sym("m") - sym("d");
    const auto sum = [](const Expr& formula) { return mean_over_tokens(formula, {"p", "d"}); };
    const Expr n = sym("n");
    return {
        fmt::format("terms -p_k, p_k >= 0; 1/s_k = {} d_k, d_k >= 0; sums are n times the means "
                    "of p and p d",
                    largest ? "1/max s +" : "1/min s -"),
        {{"I1", 2 * sum(-sym("p") * w)}, {"S", n * sum(-sym("p"))}, {extreme, 1 / sym("m")}},
        {{"n", from(2)},
         {"m", from(0)},
         {"mean_p", from(0)},
         {"mean_p_d", from(0)},
         {"p", from(0)},
         {"a", between(-1, 1)}}};
}

void add_i1_sandwich(ledger::Registry& registry)
{
    const Expr n = sym("n");
    Claim claim;
    claim.id = "appC/i1-sandwich";
    claim.printed.formulas = {{"term", pow(sym("a"), 2) - sym("b")},
                              {"upper", sym("S") / sym("maxs")},
                              {"lower", sym("S") / sym("mins")},
                              {"half", n / 2 * sym("I1")}};
    claim.printed.latex =
        "\\langle\\theta_k, \\bar\\theta\\rangle^2 - \\|\\bar\\theta\\|^2 \\le 0, \\quad "
        "\\frac{S}{\\max_k s_k} \\ge \\frac n2 I_1 \\ge \\frac{S}{\\min_k s_k}, \\quad S = \\sum_k "
        "\\left(\\langle\\theta_k, \\bar\\theta\\rangle^2 - \\|\\bar\\theta\\|^2\\right)";
    claim.check = [](const Statement& statement, const Effort& effort) {
        Reduction sign = speeds_above("maxs");
        sign.why = "|mean|^2 = a^2 + p, p = |P_k mean|^2";
        sign.symbols = {{"b", pow(sym("a"), 2) + sym("p")}};
        sign.ranges.insert_or_assign("n", from(2));
        // a = length along, the length of the mean at most 1, for either sign of a.
        Cases signs;
        for (const long side : {1L, -1L}) {
            signs.push_back(
                {"<theta_k, mean> is at most the length of the mean, which is at most 1",
                 {{"b", pow(sym("length"), 2)}, {"a", side * sym("length") * sym("along")}},
                 {{"n", from(2)}, {"length", between(0, 1)}, {"along", between(0, 1)}}});
        }
        const Statement term = relation_part(statement.formulas.at("term"), "<=", Expr(0));
        std::vector<Judgement> parts = {
            decide_by_any(term, effort, sign, {signs}, all_token_values(),
                          all_directions(", s_k > 0")),
            decide_parts(statement, effort, {{"half", "<=", "upper"}}, speeds_above("maxs"),
                         all_cloud_values(), all_directions(", s_k > 0")),
            decide_parts(statement, effort, {{"half", ">=", "lower"}}, speeds_above("mins"),
                         all_cloud_values(), all_directions(", s_k > 0"))};
        Judgement judgement = all_of(parts);
        if (!effort.control) {
            judgement.evidence.push_back(terms_are_squares());
        }
        const Expr& half = statement.formulas.at("half");
        return attacked(std::move(judgement), effort,
                        {relation_part(statement.formulas.at("term"), "<=", Expr(0)),
                         relation_part(half, "<=", statement.formulas.at("upper")),
                         relation_part(half, ">=", statement.formulas.at("lower"))});
    };
    claim.faults = {
        fault("max -> min above", claim.printed, "upper", sym("S") / sym("mins")),
        fault("min -> max below", claim.printed, "lower", sym("S") / sym("maxs")),
        fault("1/max -> 2/max", claim.printed, "upper", 2 * sym("S") / sym("maxs")),
        fault("term with the opposite sign", claim.printed, "term", sym("b") - pow(sym("a"), 2)),
        fault("square dropped", claim.printed, "term", sym("a") - pow(sym("b"), 2)),
        fault("n/2 -> n below", claim.printed, "lower", sym("S") / sym("mins") / 2),
    };
    claim.witness = cone_witness;
    claim.depends_on = {"appC/i1-form"};
    claim.note = "because S <= 0 the largest s_k belongs to the upper bound";
    registry.add(std::move(claim));
}

void add_i1_sum(ledger::Registry& registry)
{
    const Expr n = sym("n");
    Claim claim;
    claim.id = "appC/i1-sum";
    claim.printed.formulas = {
        {"sum", sym("sumaa") - sym("suma")}, {"norm", n * sym("b")}, {"last", n - n * sym("V")}};
    claim.printed.latex =
        "\\sum_k \\left(\\langle\\theta_k, \\bar\\theta\\rangle^2 - \\|\\bar\\theta\\|^2\\right) = "
        "\\sum_k \\left(\\langle\\theta_k, \\bar\\theta\\rangle^2 - \\langle\\theta_k, "
        "\\bar\\theta\\rangle\\right), \\quad \\sum_k \\langle\\theta_k, \\bar\\theta\\rangle = "
        "n\\|\\bar\\theta\\|^2 = n - n\\mathcal V";
    const Reduction reduction{"moments of a = <theta_k, mean>; the mean of a is |mean|^2 = b",
                              {{"S", n * token_mean(pow(sym("a"), 2) - sym("b"))},
                               {"sumaa", n * token_mean(pow(sym("a"), 2))},
                               {"suma", n * token_mean(sym("a"))},
                               {"V", variance()}},
                              {}};
    claim.check = [reduction](const Statement& statement, const Effort& effort) {
        return decide_parts(statement, effort,
                            {{"S", "=", "sum"}, {"suma", "=", "norm"}, {"norm", "=", "last"}},
                            reduction, all_cloud_values(), all_directions());
    };
    claim.faults = faults_of(claim.printed, "sum");
    for (const char* name : {"norm", "last"}) {
        for (Fault& miss : faults_of(claim.printed, name)) {
            claim.faults.push_back(std::move(miss));
        }
    }
    claim.witness = cone_witness;
    registry.add(std::move(claim));
}

/// I_1 = -loss.
Reduction negative_first(const std::string& extreme)
{
    return {"I_1 <= 0 (appC/i1-sandwich), 0 <= V <= 1",
            {{"I1", -sym("loss")}, {extreme, 1 / sym("m")}},
            {{"n", from(2)}, {"loss", from(0)}, {"V", between(0, 1)}, {"m", from(0)}}};
}

/// By the sharper bound; and for nV <= 1, where the printed bound is at most 0, and nV >= 1.
std::vector<Cases> proofs_of_upper_bound()
{
    const Expr n = sym("n");
    const Expr V = sym("V");
    const Ranges ranges = {{"n", from(2)},    {"V", between(0, 1)},      {"m", from(0)},
                           {"loss", from(0)}, {"within", between(0, 1)}, {"beyond", from(0)}};
    const auto below = [&](const Expr& factor) {
        return (-2 * V + factor * pow(V, 2)) * sym("m") - sym("loss");
    };
    const std::pair<std::string, Expr> largest = {"maxs", 1 / sym("m")};
    Reduction large = negative_first("maxs");
    large.symbols.emplace_back("V", (1 + sym("beyond")) / n);
    large.ranges.insert_or_assign("beyond", from(0));
    return {
        {negative_first("maxs")},
        {{"the mean of u^2 is at most (n+2)/4 V^2 (sharper bound)",
          {{"I1", below((n + 2) / 2)}, largest},
          ranges}},
        {{"nV <= 1", {{"I1", below(2 * n)}, largest, {"V", sym("within") / n}}, ranges}, large}};
}

/// mean of <theta_k, mean>^2 - |mean|^2 for u = 1 - a >= 0: |mean|^2 = 1 - V, the mean of u is V.
/// With 1/s_k = m + d (or m - d), d >= 0, and p = |mean|^2 - a^2 >= 0 as in the sandwich.
void add_i1_upper(ledger::Registry& registry)
{
    const Expr n = sym("n");
    const Expr V = sym("V");
    Claim claim;
    claim.id = "appC/i1/upper";
    claim.printed = relation_part(sym("I1"), "<=", (-2 * V + 2 * n * pow(V, 2)) / sym("maxs"));
    claim.printed.latex =
        "I_1 \\le \\frac{1}{\\max_k s_k}\\left(-2\\mathcal V + 2n\\mathcal V^2\\right)";
    // (sum u)^2 = sum u^2 + sum_{j != k} u_j u_k: the mean of u^2 is n V^2 - cross.
    const Expr u_squared = n * pow(V, 2) - sym("cross");
    const Expr mean_p = mean_over_tokens(1 - V - pow(1 - sym("u"), 2), {"u"})
                            .substitute("mean_u2", u_squared)
                            .substitute("mean_u", V);
    const Expr pull_sum = mean_over_tokens(-sym("p") * (sym("m") + sym("d")), {"p", "d"});
    const Reduction reduction{
        "u_k = 1 - <theta_k, mean> >= 0 with mean V, so that mean u^2 = nV^2 - mean over k of "
        "sum_{j != k} u_j u_k; p_k = |mean|^2 - <theta_k, mean>^2 >= 0, 1/s_k = 1/max s + d_k",
        {{"I1", 2 * pull_sum.substitute("mean_p", mean_p)}, {"maxs", 1 / sym("m")}},
        {{"n", from(2)},
         {"V", from(0)},
         {"m", from(0)},
         {"cross", from(0)},
         {"mean_p_d", from(0)}}};
    claim.check = [reduction](const Statement& statement, const Effort& effort) {
        Judgement judgement = decide_by_any(statement, effort, reduction, proofs_of_upper_bound(),
                                            all_cloud_values(), all_directions(", s_k > 0"));
        if (!effort.control) {
            // v = |theta_k - mean|^2 = 2u - V, 0 <= v <= (n-1) V: v^2 = v ((n-1) V - e).
            const Expr N = sym("n");
            const Expr W = sym("V");
            const Expr v = sym("v");
            const Expr e = sym("e");
            const Expr v_squared = mean_over_tokens(v * ((N - 1) * W - e), {"v", "e"});
            const Expr u_mean = mean_over_tokens(pow((W + v) / 2, 2), {"v"})
                                    .substitute("mean_v2", v_squared)
                                    .substitute("mean_v", W);
            const Expr sharper = (N + 2) / 4 * pow(W, 2);
            StepsOnRanges steps;
            const Ranges ranges = {{"n", from(2)}, {"V", from(0)}, {"mean_v_e", from(0)}};
            steps.at_least(sharper, u_mean, ranges);
            steps.at_least(N * pow(W, 2), sharper, ranges);
            // One token off n - 1 equal ones: u = nV/2 once, nV/(2(n-1)) n - 1 times.
            steps.identical((pow(N * W / 2, 2) + (N - 1) * pow(N * W / (2 * (N - 1)), 2)) / N,
                            pow(N, 2) / (4 * (N - 1)) * pow(W, 2));
            judgement.evidence.push_back(remark(
                "sharper bound",
                "2nV^2 may be lowered to 2 c_n V^2 with c_n in [n^2/(4(n-1)), (n+2)/4]: the upper "
                "end is proved for all directions, one token off n-1 equal ones needs the lower "
                "one; c_2 = 1",
                steps.outcome(), all_directions(", s_k > 0"), steps.certificates()));
        }
        return attacked(std::move(judgement), effort, {statement});
    };
    claim.faults = {
        fault("2n -> 1/2", claim.printed, "rhs", (-2 * V + pow(V, 2) / 2) / sym("maxs")),
        fault("2n -> n/5", claim.printed, "rhs", (-2 * V + n / 5 * pow(V, 2)) / sym("maxs")),
        fault("max -> min", claim.printed, "rhs", -2 * V / sym("mins")),
        fault("-2 -> -3", claim.printed, "rhs", (-3 * V + 2 * n * pow(V, 2)) / sym("maxs")),
        fault("-2V alone", claim.printed, "rhs", -2 * V / sym("maxs")),
        fault("reversed", claim.printed, "relation", ">="),
    };
    claim.witness = cone_witness;
    claim.depends_on = {"appC/i1-sandwich", "appC/i1-sum"};
    registry.add(std::move(claim));
}

void add_i1_lower(ledger::Registry& registry)
{
    const Expr V = sym("V");
    Claim claim;
    claim.id = "appC/i1/lower";
    claim.printed = relation_part(sym("I1"), ">=", (-2 * V + 2 * pow(V, 2)) / sym("mins"));
    claim.printed.latex =
        "I_1 \\ge \\frac{1}{\\min_k s_k}\\left(-2\\mathcal V + 2\\mathcal V^2\\right)";
    // a = b + o with mean o = 0, b = 1 - V.
    const Expr mean_p =
        mean_over_tokens(1 - V - pow(1 - V + sym("o"), 2), {"o"}).substitute("mean_o", Expr(0));
    const Expr pull_sum = mean_over_tokens(-sym("p") * (sym("m") - sym("d")), {"p", "d"});
    const Reduction reduction{
        "<theta_k, mean> = 1 - V + o_k with o_k of mean 0 and mean square >= 0; p_k = |mean|^2 - "
        "<theta_k, mean>^2 >= 0, 1/s_k = 1/min s - d_k",
        {{"I1", 2 * pull_sum.substitute("mean_p", mean_p)}, {"mins", 1 / sym("m")}},
        {{"V", from(0)}, {"m", from(0)}, {"mean_o2", from(0)}, {"mean_p_d", from(0)}}};
    claim.check = [reduction](const Statement& statement, const Effort& effort) {
        Reduction bounded = reduction; // V is 1 - |mean|^2
        bounded.ranges.insert_or_assign("V", between(0, 1));
        return attacked(decide_by_any(statement, effort, reduction,
                                      {{bounded}, {negative_first("mins")}}, all_cloud_values(),
                                      all_directions(", s_k > 0")),
                        effort, {statement});
    };
    claim.faults = {
        fault("2V^2 -> 3V^2", claim.printed, "rhs", (-2 * V + 3 * pow(V, 2)) / sym("mins")),
        fault("2 -> 2000001/1000000", claim.printed, "rhs",
              (-2 * V + Expr(Rational(2000001, 1000000)) * pow(V, 2)) / sym("mins")),
        fault("min -> max", claim.printed, "rhs", (-2 * V + 2 * pow(V, 2)) / sym("maxs")),
        fault("-2 -> -1", claim.printed, "rhs", (-V + 2 * pow(V, 2)) / sym("mins")),
        fault("reversed", claim.printed, "relation", "<="),
    };
    claim.witness = cone_witness;
    claim.depends_on = {"appC/i1-sandwich", "appC/i1-sum"};
    claim.note = "sharp: equality where all <theta_k, mean> and all s_k are equal (n = 2)";
    registry.add(std::move(claim));
}

} // namespace

void add_appendix_c_i1(ledger::Registry& registry)
{
    add_i1_form(registry);
    add_i1_sandwich(registry);
    add_i1_sum(registry);
    add_i1_upper(registry);
    add_i1_lower(registry);
}

} // namespace attest::theorems

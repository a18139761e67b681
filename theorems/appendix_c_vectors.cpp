// Appendix C: its steps about vectors. Each is a statement about sums over the tokens, true in
// every dimension and for every number of tokens once it is one about inner products and moments.
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

const std::vector<Instance>& whole()
{
    static const std::vector<Instance> values = all_cloud_values();
    return values;
}

const std::vector<Instance>& tokens()
{
    static const std::vector<Instance> values = all_token_values();
    return values;
}

Scope all_directions(const std::string& more = {})
{
    return {ScopeKind::All, "all n >= 2, d >= 1, unit vectors theta_1..theta_n" + more};
}

Scope all_speeds()
{
    return all_directions(", s_k > 0");
}

/// Inner products of theta_k and the mean: |theta_k| = 1, <theta_k, mean> = a, |mean|^2 = b.
InnerProducts token_products()
{
    InnerProducts table;
    table.set("theta", "theta", Expr(1));
    table.set("theta", "mean", sym("a"));
    table.set("mean", "mean", sym("b"));
    return table;
}

/// Sums over the tokens of a polynomial in a = <theta_k, mean> and w = 1/s_k: the mean of a is
/// |mean|^2 = b.
Expr token_mean(const Expr& polynomial)
{
    return mean_over_tokens(polynomial, {"a", "w"}).substitute("mean_a", sym("b"));
}

/// V = (1/n) sum |theta_k - mean|^2.
Expr variance()
{
    const Combination off = Combination::of("theta") - Combination::of("mean");
    return token_mean(inner(token_products(), off, off));
}

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

/// The claim all of whose parts, "lhs relation rhs" between named formulas, are decided with the
/// same reduction; parts are given as triples of names.
struct Part {
    std::string lhs;
    std::string relation;
    std::string rhs;
};

Judgement check_parts(const Statement& statement, const Effort& effort,
                      const std::vector<Part>& parts, const Reduction& reduction,
                      const std::vector<Instance>& instances, const Scope& scope)
{
    std::vector<Judgement> judgements;
    for (const Part& p : parts) {
        const auto formula = [&](const std::string& name) {
            const auto found = statement.formulas.find(name);
            return found == statement.formulas.end() ? sym(name) : found->second;
        };
        const auto word = statement.words.find(p.relation);
        const std::string relation = word == statement.words.end() ? p.relation : word->second;
        judgements.push_back(decide_reduced(relation_part(formula(p.lhs), relation, formula(p.rhs)),
                                            effort, reduction, instances, scope));
        if (judgements.back().counterexample) {
            return judgements.back();
        }
    }
    return all_of(judgements);
}

// --- variance ---------------------------------------------------------------------------------

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
        return decide_reduced(statement, effort, reduction, whole(), all_directions());
    };
    claim.faults = faults_of(claim.printed, "rhs");
    claim.faults.push_back(fault("square dropped", claim.printed, "rhs", 1 - pow(sym("b"), 2)));
    claim.faults.push_back(fault("1 -> n", claim.printed, "rhs", sym("n") - sym("b")));
    claim.witness = witness;
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
        Judgement judgement = check_parts(
            statement, effort, {{"square", "=", "b"}, {"b", ">=", "least"}, {"V", "<=", "bound"}},
            reduction, whole(), all_directions(" with <theta_j, theta_k> >= 1 - delta"));
        if (!effort.control) {
            Steps steps;
            steps.at_least((1 - 1 / sym("n")) * (sym("excess") + sym("rest")),
                           reduced(sym("V"), reduction), reduction.ranges);
            judgement.evidence.push_back(remark(
                "sharp constant",
                "V <= (1 - 1/n) delta, with equality where all <theta_j, theta_k>, j != k, are 1 - "
                "delta",
                steps.outcome(), all_directions(), steps.certificates()));
        }
        return judgement;
    };
    claim.faults = {
        fault("delta -> delta/2", claim.printed, "bound", delta / 2),
        fault("delta -> (1 - 2/n) delta", claim.printed, "bound", (1 - 2 / n) * delta),
        fault("1 - delta -> 1", claim.printed, "least", Expr(1)),
        fault("1 - delta -> 1 - delta/2", claim.printed, "least", 1 - delta / 2),
        fault("1 - V -> 1 - 2V", claim.printed, "square", 1 - 2 * sym("V")),
        fault("delta -> delta^2", claim.printed, "bound", pow(delta, 2) / 2),
    };
    claim.witness = witness;
    registry.add(std::move(claim));
}

// --- I_1 ----------------------------------------------------------------------------------------

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
        return check_parts(
            statement, effort,
            {{"factor", "=", "I1half"}, {"pull", "=", "term"}, {"second", "=", "term"}}, reduction,
            tokens(), all_speeds());
    };
    claim.faults = faults_of(claim.printed, "term");
    claim.faults.push_back(fault("n/2 -> n", claim.printed, "factor", n * sym("I1")));
    claim.witness = witness;
    registry.add(std::move(claim));
}

/// p = |P_k mean|^2 = b - a^2 >= 0, the size of every term.
Evidence terms_are_squares()
{
    const InnerProducts table = token_products();
    const Combination flat = project(table, Combination::of("theta"), Combination::of("mean"));
    Steps steps;
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
         {"a", from(0)}}};
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
        sign.symbols = {{"b", pow(sym("a"), 2) + sym("p")}, {"zero", Expr(0)}};
        Statement with_zero = statement;
        with_zero.formulas.insert_or_assign("zero", Expr(0));
        std::vector<Judgement> parts = {
            check_parts(with_zero, effort, {{"term", "<=", "zero"}}, sign, tokens(), all_speeds()),
            check_parts(statement, effort, {{"half", "<=", "upper"}}, speeds_above("maxs"), whole(),
                        all_speeds()),
            check_parts(statement, effort, {{"half", ">=", "lower"}}, speeds_above("mins"), whole(),
                        all_speeds())};
        Judgement judgement = all_of(parts);
        if (!effort.control) {
            judgement.evidence.push_back(terms_are_squares());
        }
        return judgement;
    };
    claim.faults = {
        fault("max -> min above", claim.printed, "upper", sym("S") / sym("mins")),
        fault("min -> max below", claim.printed, "lower", sym("S") / sym("maxs")),
        fault("1/max -> 2/max", claim.printed, "upper", 2 * sym("S") / sym("maxs")),
        fault("term with the opposite sign", claim.printed, "term", sym("b") - pow(sym("a"), 2)),
        fault("square dropped", claim.printed, "term", sym("a") - pow(sym("b"), 2)),
        fault("n/2 -> n below", claim.printed, "lower", sym("S") / sym("mins") / 2),
    };
    claim.witness = witness;
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
        return check_parts(statement, effort,
                           {{"S", "=", "sum"}, {"suma", "=", "norm"}, {"norm", "=", "last"}},
                           reduction, whole(), all_directions());
    };
    claim.faults = faults_of(claim.printed, "sum");
    for (const char* name : {"norm", "last"}) {
        for (Fault& miss : faults_of(claim.printed, name)) {
            claim.faults.push_back(std::move(miss));
        }
    }
    claim.witness = witness;
    registry.add(std::move(claim));
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
        Judgement judgement = decide_reduced(statement, effort, reduction, whole(), all_speeds());
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
            Steps steps;
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
        return judgement;
    };
    claim.faults = {
        fault("2n -> 1/2", claim.printed, "rhs", (-2 * V + pow(V, 2) / 2) / sym("maxs")),
        fault("2n -> n/5", claim.printed, "rhs", (-2 * V + n / 5 * pow(V, 2)) / sym("maxs")),
        fault("max -> min", claim.printed, "rhs", -2 * V / sym("mins")),
        fault("-2 -> -3", claim.printed, "rhs", (-3 * V + 2 * n * pow(V, 2)) / sym("maxs")),
        fault("-2V alone", claim.printed, "rhs", -2 * V / sym("maxs")),
        fault("reversed", claim.printed, "relation", ">="),
    };
    claim.witness = witness;
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
        return decide_reduced(statement, effort, reduction, whole(), all_speeds());
    };
    claim.faults = {
        fault("2V^2 -> 3V^2", claim.printed, "rhs", (-2 * V + 3 * pow(V, 2)) / sym("mins")),
        fault("2 -> 2000001/1000000", claim.printed, "rhs",
              (-2 * V + Expr(Rational(2000001, 1000000)) * pow(V, 2)) / sym("mins")),
        fault("min -> max", claim.printed, "rhs", (-2 * V + 2 * pow(V, 2)) / sym("maxs")),
        fault("-2 -> -1", claim.printed, "rhs", (-V + 2 * pow(V, 2)) / sym("mins")),
        fault("reversed", claim.printed, "relation", "<="),
    };
    claim.witness = witness;
    claim.depends_on = {"appC/i1-sandwich", "appC/i1-sum"};
    claim.note = "sharp: equality where all <theta_k, mean> and all s_k are equal (n = 2)";
    registry.add(std::move(claim));
}

// --- projections and diameters
// --------------------------------------------------------------------

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
        return check_parts(
            statement, effort,
            {{"projections", "=", "squares"}, {"squares", "<=", "middle"}, {"middle", "=", "last"}},
            reduction, tokens(), all_directions());
    };
    claim.faults = {
        fault("1/n -> 1", claim.printed, "middle", n - pow(sym("sumg"), 2)),
        fault("1/n -> 1/n^2", claim.printed, "middle", n - pow(sym("sumg") / n, 2)),
        fault("square dropped", claim.printed, "middle", n - sym("sumg") / n),
        fault("n -> n - 1", claim.printed, "middle", n - 1 - pow(sym("sumg"), 2) / n),
        fault("last: square dropped", claim.printed, "last", n * (1 - sym("a"))),
        fault("last: n dropped", claim.printed, "last", 1 - pow(sym("a"), 2)),
    };
    claim.witness = witness;
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
    instances.insert(instances.end(), whole().begin(), whole().end());
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
    claim.witness = witness;
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
    const Reduction one_of_n{"nV = sum_k |theta_k - mean|^2, the farthest and the rest",
                             {{"V", (sym("far") + sym("rest")) / n}},
                             {{"n", from(2)}, {"far", from(0)}, {"rest", from(0)}}};
    claim.check = [triangle, one_of_n](const Statement& statement, const Effort& effort) {
        Judgement judgement = all_of({check_parts(statement, effort, {{"diameter", "<=", "middle"}},
                                                  triangle, whole(), all_directions()),
                                      check_parts(statement, effort, {{"middle", "<=", "last"}},
                                                  one_of_n, whole(), all_directions())});
        if (!effort.control) {
            InnerProducts table;
            table.set("x", "x", sym("xx"));
            table.set("y", "y", sym("yy"));
            table.set("x", "y", sym("xy"));
            const auto x = Combination::of("x");
            const auto y = Combination::of("y");
            Steps steps;
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
        return judgement;
    };
    claim.faults = {
        fault("4 -> 2 in the middle", claim.printed, "middle", 2 * sym("far")),
        fault("4 -> 3999999/1000000 in the middle", claim.printed, "middle",
              Expr(Rational(3999999, 1000000)) * sym("far")),
        fault("4n -> 4", claim.printed, "last", 4 * sym("V")),
        fault("4n -> n", claim.printed, "last", n * sym("V")),
        fault("V -> V^2", claim.printed, "last", 4 * n * pow(sym("V"), 2)),
    };
    claim.witness = witness;
    registry.add(std::move(claim));
}

} // namespace

void add_appendix_c_vectors(ledger::Registry& registry)
{
    add_variance_identity(registry);
    add_variance_le_delta(registry);
    add_i1_form(registry);
    add_i1_sandwich(registry);
    add_i1_sum(registry);
    add_i1_upper(registry);
    add_i1_lower(registry);
    add_projection_first(registry);
    add_diameter_equality(registry);
    add_diameter_chain(registry);
}

} // namespace attest::theorems

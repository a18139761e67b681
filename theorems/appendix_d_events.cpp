// Appendix D.3, Steps 1 and 3: the segments of q_j and the union over m.
#include "theorems/obstacle.hpp"
#include "theorems/reduction.hpp"
#include "theorems/units.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace attest::theorems {
namespace {

constexpr const char* pair_witness =
    "n = d = 2, theta_1 = e_1, theta_2 = e_2, Q = K = V = I, beta = 1, r_1 = r_2 = 1";

Scope all_starts()
{
    return {ScopeKind::All, "all n, d, beta >= 0, tokens, r_j(0) > 0"};
}

// --- a linear lower bound of r_j and q_j from below ----------------------------------------------

/// The level that the statement names, of the two numbers r(T)/T and c.
Rational level_of(const std::string& word, const Rational& start, const Rational& slope)
{
    if (word == "least") {
        return std::min(start, slope);
    }
    if (word == "largest") {
        return std::max(start, slope);
    }
    if (word == "start") {
        return start;
    }
    if (word == "slope") {
        return slope;
    }
    throw InputError("level '" + word + "': must be least, largest, start or slope");
}

/// Two antipodal tokens, e^{2 beta} = x: they rest, and r' = tanh beta = (x - 1)/(x + 1) > c for
/// all times.
std::vector<Instance> antipodal_growth()
{
    std::vector<Instance> instances;
    for (const auto& [x, r0, c, T, t] :
         std::vector<std::tuple<Rational, Rational, Rational, Rational, Rational>>{
             {3, Rational(1, 10), Rational(49, 100), 2, 2},
             {3, Rational(1, 10), Rational(1, 4), 2, 3},
             {9, Rational(1, 100), Rational(3, 4), 1, 50},
             {Rational(6, 5), 5, Rational(1, 12), 7, 8}}) {
        const Rational slope = (x - 1) / (x + 1);
        instances.push_back(
            {{{"n", "2"},
              {"theta_2", "-theta_1"},
              {"beta", fmt::format("ln({})/2", to_string(x))},
              {"r_j(0)", to_string(r0)},
              {"T", to_string(T)},
              {"c", to_string(c)},
              {"t", to_string(t)}},
             {{"r", r0 + slope * t}, {"rT", r0 + slope * T}, {"c", c}, {"T", T}, {"t", t}},
             {}});
    }
    return instances;
}

Judgement check_lower(const Statement& statement, const Effort& effort)
{
    if (statement.words.at("hypothesis") == "not negative") {
        return judged_by(
            {{{"n", "2"}, {"theta_2", "-theta_1"}, {"beta", "0"}, {"r_j(0)", "1"}, {"m", "100"}},
             "<theta_j, A_j> = 0: r_j stays 1, liminf r_j' = 0, and q_j = 1/t falls "
             "below every level",
             1 / sym("t"),
             "<",
             Expr(Rational(1, 100)),
             {{"t", 101}}},
            effort);
    }
    const Expr line = statement.formulas.at("line");
    std::vector<Instance> instances;
    for (const auto& [T, start, slope, t] :
         std::vector<std::tuple<Rational, Rational, Rational, Rational>>{
             {1, Rational(1, 2), 1, 2},
             {2, 1, Rational(1, 4), 4},
             {3, Rational(1, 5), Rational(1, 2), 3},
             {4, 2, Rational(1, 2), 4},
             {4, 2, Rational(9, 10), 4},
             {1, 1, Rational(1, 2), 100}}) {
        instances.push_back({{{"T", to_string(T)},
                              {"r(T)/T", to_string(start)},
                              {"c", to_string(slope)},
                              {"t", to_string(t)}},
                             {{"T", T},
                              {"rT", start * T},
                              {"c", slope},
                              {"t", t},
                              {"m", level_of(statement.words.at("level"), start, slope)}},
                             {}});
    }
    if (statement.words.at("level") != "least") {
        return decide_at_instances(relation_part(line / sym("t"), ">=", sym("m")), effort,
                                   instances);
    }
    const Judgement above = decide_reduced(
        relation_part(sym("r"), ">=", line), effort,
        {"mean value theorem: r_j(t) = r_j(T) + s (t - T) with s = c + faster, t = T + x",
         {{"r", sym("rT") + (sym("c") + sym("faster")) * (sym("t") - sym("T"))},
          {"t", sym("T") + sym("x")}},
         {{"rT", from(0)}, {"c", from(0)}, {"faster", from(0)}, {"x", from(0)}, {"T", from(1)}}},
        antipodal_growth(), all_starts());
    if (above.counterexample) {
        return above;
    }
    return all_of(
        {above,
         decide_reduced(
             relation_part(line / sym("t"), ">=", sym("m")), effort,
             {"liminf r_j' > c > 0 gives a T with r_j(t) >= r_j(T) + c (t - T) for t >= T (mean "
              "value "
              "theorem); r_j(T) = m T + a, c = m + b, t = T + x; on [1, T] the continuous positive "
              "r_j(t)/t has a positive minimum",
              {{"rT", sym("m") * sym("T") + sym("a")},
               {"c", sym("m") + sym("b")},
               {"t", sym("T") + sym("x")}},
              {{"m", from(0)}, {"a", from(0)}, {"b", from(0)}, {"x", from(0)}, {"T", from(1)}}},
             instances, all_starts())});
}

void add_lower(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "appD.3/step1/q-lower";
    claim.printed.formulas = {{"line", sym("rT") + sym("c") * (sym("t") - sym("T"))}};
    claim.printed.words = {{"level", "least"}, {"hypothesis", "positive"}};
    claim.printed.latex =
        "\\liminf_{t\\to\\infty}\\dot r_j > c > 0 \\implies \\exists T:\\ \\frac{r_j(t)}{t} \\ge "
        "\\frac{r_j(T) + c\\,(t-T)}{t} \\ge \\min\\Bigl(\\frac{r_j(T)}{T}, c\\Bigr) > 0 \\quad (t "
        "\\ge T)";
    claim.check = check_lower;
    claim.faults = {
        fault("the larger of the two", claim.printed, "level", "largest"),
        fault("r(T)/T", claim.printed, "level", "start"),
        fault("c", claim.printed, "level", "slope"),
        fault("liminf >= 0 only", claim.printed, "hypothesis", "not negative"),
        fault("slope halved", claim.printed, "line",
              sym("rT") + sym("c") / 2 * (sym("t") - sym("T"))),
    };
    claim.witness = "n = 2, equal tokens, r_j(0) = 1: r_j' = 1, q_j = (1 + t)/t";
    claim.depends_on = {"appD.1/tau-frame"};
    claim.note = "tau >= 0 is t >= 1; the finite number of tokens makes the infimum over j one of "
                 "finitely many positive numbers";
    registry.add(std::move(claim));
}

// --- one segment for all starts ------------------------------------------------------------------

/// Formula "Q" bounds q_j for all tau >= 0 for every start with largest q_j(0) = q0: Q >= q0, and q
/// does not grow at or above Q (q' = thetaA - q, thetaA <= 1). A constant is one Q for all starts.
Judgement check_segment(const Statement& statement, const Effort& effort)
{
    const Expr& Q = statement.formulas.at("Q");
    const auto text = [](const Rational& v) { return to_string(v); };
    std::vector<Instance> start;
    std::vector<Instance> drift;
    for (const Rational& q0 : {Rational(5), Rational(1, 4), Rational(1001), Rational(11, 10)}) {
        // Equal tokens: r_j(1) = r_j(0) + 1, <theta_j, A_j> = 1. "Q": any number chosen before.
        Instance instance{
            {{"tokens", "equal"}, {"q_j at tau = 0", text(q0)}, {"Q", text(q0 - Rational(1, 5))}},
            {{"q0", q0}, {"Q", q0 - Rational(1, 5)}},
            {}};
        instance.exact.emplace("less", 0);
        instance.exact.emplace("x", 0);
        if (q0 > 1) { // r_j(0) = q0 - 1
            instance.what.emplace_back("r_j(0)", text(q0 - 1));
            start.push_back(instance);
        }
        drift.push_back(instance);
    }
    const Ranges ranges = {{"q0", from(0)}, {"x", from(0)}, {"less", from(0)}, {"Q", from(0)}};
    Judgement first = decide_at_instances(relation_part(sym("q0"), "<=", Q), effort, start);
    if (first.counterexample) {
        return first;
    }
    return all_of(
        {decide_reduced(relation_part(sym("q0"), "<=", Q), effort,
                        {"q_j(0) <= q0 <= Q", {}, ranges}, start, all_starts()),
         decide_reduced(
             relation_part(1 - sym("less") - (Q + sym("x")), "<=", Expr(0)), effort,
             {"q' = <theta_j, A_j> - q <= 0 at q = Q + x, <theta_j, A_j> = 1 - less", {}, ranges},
             drift, all_starts())});
}

void add_segment(ledger::Registry& registry)
{
    const Expr q0 = sym("q0");
    Claim claim;
    claim.id = "appD.3/step1/common-segment";
    claim.printed.formulas = {{"Q", sym("Q")}};
    claim.printed.latex =
        "\\exists Q\\ \\forall X(0): \\quad q_j(\\tau) \\in [0, Q] \\text{ for all "
        "} \\tau \\ge 0,\\ q_j(0) \\le q_0";
    claim.amended = claim.printed;
    claim.amended->formulas.insert_or_assign("Q", q0 + 1);
    claim.amended->latex =
        "\\forall X(0)\\ \\exists Q: \\quad q_j(\\tau) \\in [0, Q] \\text{ for all } \\tau \\ge 0, "
        "\\quad Q = 1 + \\max_j q_j(0)";
    claim.check = check_segment;
    claim.faults = {
        fault("Q = q_0", *claim.amended, "Q", q0),
        fault("Q = 1", *claim.amended, "Q", Expr(1)),
        fault("Q = 1000", *claim.amended, "Q", Expr(1000)),
        fault("Q = 1 + q_0/2", *claim.amended, "Q", 1 + q0 / 2),
        fault("Q = q_0^2", *claim.amended, "Q", pow(q0, 2)),
        fault("Q = q_0 + 1/2", *claim.amended, "Q", q0 + Expr(Rational(1, 2))),
    };
    claim.witness = pair_witness;
    claim.depends_on = {"appD.3/step1/q-upper"};
    claim.note =
        "|r_j'| <= 1, so every start with all r_j(0) > Q + 1, an open set of positive Gaussian "
        "probability, has q_j(tau = 0) = r_j(1) > Q. The proof is repaired by a union over Q = 1, "
        "2, ... beside the one over m";
    registry.add(std::move(claim));
}

// --- the union over m ----------------------------------------------------------------------------

/// With s = inf_j inf_tau q_j > 0 and every m >= "index" (a formula in s): q_j >= "level" (in m).
Judgement check_union(const Statement& statement, const Effort& effort)
{
    if (statement.words.at("union") == "m <= 100") {
        return judged_by(
            {{{"n", "2"}, {"theta_2", "-theta_1"}, {"beta", "1/200"}, {"r_j(0)", "1"}},
             "q_j > tanh(1/200) tends to tanh(1/200), which is positive and less than 1/100",
             (exp(sym("beta")) - exp(-sym("beta"))) / (exp(sym("beta")) + exp(-sym("beta"))),
             "<",
             Expr(Rational(1, 100)),
             {{"beta", Rational(1, 200)}}},
            effort);
    }
    const Expr level =
        statement.formulas.at("level").substitute("m", statement.formulas.at("index") + sym("b"));
    std::vector<Instance> instances;
    for (const auto& [s, b] :
         std::vector<std::pair<Rational, Rational>>{{Rational(1, 3), 0},
                                                    {Rational(2, 7), Rational(1, 2)},
                                                    {1, Rational(1, 2)},
                                                    {Rational(1, 3), 5},
                                                    {Rational(1, 200), 0}}) {
        instances.push_back({{{"inf q_j", to_string(s)}, {"m", "index + " + to_string(b)}},
                             {{"s", s}, {"b", b}, {"a", 0}},
                             {}});
    }
    return decide_reduced(relation_part(sym("s") + sym("a"), ">=", level), effort,
                          {"q_j = s + a, m = index + b an integer; s "
                           "<= 1 because q' = <theta_j, A_j> - q <= 1 - q",
                           {},
                           {{"s", between(0, 1)}, {"a", from(0)}, {"b", from(0)}}},
                          instances, all_starts());
}

void add_union(ledger::Registry& registry)
{
    const Expr m = sym("m");
    const Expr s = sym("s");
    Claim claim;
    claim.id = "appD.3/step3/countable-union";
    claim.printed.formulas = {{"level", 1 / m}, {"index", 1 / s}};
    claim.printed.words = {{"union", "all m"}};
    claim.printed.latex =
        "s = \\inf_j\\inf_\\tau q_j > 0,\\ m \\ge \\frac1s \\implies q_j(\\tau) \\ge \\frac1m "
        "\\text{ for all } j, \\tau; \\quad \\{\\inf_j\\inf_\\tau q_j > 0\\} \\subset "
        "\\bigcup_{m \\ge 1}\\{q_j \\ge \\tfrac1m\\ \\forall j, \\tau\\}";
    claim.check = check_union;
    claim.faults = {
        fault("finitely many m", claim.printed, "union", "m <= 100"),
        fault("level 2/m", claim.printed, "level", 2 / m),
        fault("level 1", claim.printed, "level", Expr(1)),
        fault("level 1/10 + 1/m", claim.printed, "level", Expr(Rational(1, 10)) + 1 / m),
        fault("m >= 1/(2s)", claim.printed, "index", 1 / (2 * s)),
        fault("m >= s", claim.printed, "index", s),
    };
    claim.witness = pair_witness;
    registry.add(std::move(claim));
}

} // namespace

void add_appendix_d_events(ledger::Registry& registry)
{
    add_lower(registry);
    add_segment(registry);
    add_union(registry);
}

} // namespace attest::theorems

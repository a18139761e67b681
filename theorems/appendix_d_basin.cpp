// Appendix D.3, Step 5: the basin of the unstable critical points, and back to t = 0.
#include "attest/proof/algebra.hpp"
#include "theorems/obstacle.hpp"
#include "theorems/reduction.hpp"
#include "theorems/span.hpp"
#include "theorems/units.hpp"
#include "theorems/witnesses.hpp"

namespace attest::theorems {
namespace {

// --- the basin -----------------------------------------------------------------------------------

/// The basin of the unstable critical points has at least codimension "codimension".
Judgement check_basin(const Statement& statement, const Effort& effort)
{
    const Rational codimension = statement.numbers.at("codimension");
    if (statement.words.at("points") == "all") {
        const Expr gamma{Rational(1, 2)};
        return judged_by({{{"n", "2"}, {"d", "2"}, {"gamma(0)", "1/2"}, {"beta", "1"}},
                          "gamma increases to 1: every start near tends to a synchronised point, "
                          "an open set",
                          1 - gamma * gamma,
                          ">",
                          Expr(0)},
                         effort);
    }
    if (statement.words.at("manifold") == "stable") {
        return judged_by({{{"n", "2"}, {"d", "2"}, {"theta", "(cos a, sin a), -(cos a, sin a)"}},
                          "a critical point for every a: it stays near the one at a = 0 for ever "
                          "without tending to it",
                          sin(sym("a")),
                          ">",
                          Expr(0),
                          {{"a", Rational(1, 1000)}}},
                         effort);
    }
    // n = 2: gamma' = w (1 - gamma^2) (1/s_1 + 1/s_2) >= 0, the only critical values are +-1, so
    // the basin of the antipodal points is the set theta_2 = -theta_1 itself, of codimension d - 1.
    const Expr gamma = sym("gamma");
    const Expr w = sym("w");
    StepsOnRanges steps;
    steps.identical((1 - w) * gamma + w - (1 - w + w * gamma) * gamma, w * (1 - gamma * gamma));
    const Expr d = sym("d");
    Judgement judgement = decide_reduced(
        relation_part(d - 1, ">=", Expr(codimension)), effort,
        {"gamma' = w (1 - gamma^2)(1/s_1 + 1/s_2) >= 0: the basin of the antipodal points is the "
         "set theta_2 = -theta_1 of codimension d - 1",
         {},
         {{"d", from(2)}}},
        {{{{"n", "2"}, {"d", "2"}, {"theta_2", "-theta_1"}}, {{"d", 2}}, {}},
         {{{"n", "2"}, {"d", "3"}, {"theta_2", "-theta_1"}}, {{"d", 3}}, {}}},
        {ScopeKind::Box, "n = 2, all d >= 2, beta >= 0"});
    if (judgement.counterexample) {
        return judgement;
    }
    for (Evidence& item : judgement.evidence) {
        item.outcome = item.outcome && steps.outcome();
    }
    if (!effort.control) {
        for (const ledger::Certificate& certificate : steps.certificates()) {
            judgement.evidence.back().certificates.push_back(certificate);
        }
    }
    return judgement;
}

void add_basin(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "appD.3/step5/stable-manifold";
    claim.printed.numbers = {{"codimension", 1}};
    claim.printed.words = {{"points", "unstable"}, {"manifold", "centre-stable"}};
    claim.printed.latex =
        "n = 2,\\ d \\ge 2: \\quad x^* \\text{ unstable} \\implies \\mathrm{codim}\\, W_{cs}(x^*) "
        "\\ge 1,\\ \\text{trapped trajectories lie on } W_{cs},\\ \\text{the basin of } S_{ns} "
        "\\text{ is a null set}";
    claim.check = check_basin;
    claim.faults = {
        fault("codimension 2", claim.printed, "codimension", Rational(2)),
        fault("all critical points", claim.printed, "points", "all"),
        fault("trapped trajectories on the stable manifold", claim.printed, "manifold", "stable"),
    };
    claim.witness = antipodal_witness;
    claim.depends_on = {"appD.3/step4/hessian", "appD.3/step5/compact-critical-set",
                        "appD.3/step5/interior"};
    claim.note =
        "decided for n = 2 only, where the basin is known exactly. For more tokens the step is the "
        "centre-stable manifold theorem (Kelley 1967; Shub, Global Stability of Dynamical Systems, "
        "Theorem III.7), which is cited and not proved here; its hypotheses are the rows that this "
        "one depends on, appD.3/step5/interior in its amended form";
    registry.add(std::move(claim));
}

// --- back to t = 0 -------------------------------------------------------------------------------

/// Two tokens, d >= 2: gamma' = w (1 - gamma^2)(1/s_1 + 1/s_2) >= 0, so that the limit is
/// synchronised from every start with gamma(0) > -1; {theta_1 = theta_2} itself is a null set.
Judgement limit_of_two(const Effort& effort)
{
    const Expr gamma = sym("gamma");
    const Expr w = sym("w");
    const Expr apart = sym("apart");
    StepsOnRanges steps;
    steps.identical((1 - w) * gamma + w - (1 - w + w * gamma) * gamma, w * (1 - gamma * gamma));
    steps.at_least(w * apart * (2 - apart), Expr(0), {{"w", from(0)}, {"apart", between(0, 2)}});
    Judgement judgement =
        judged_by({{{"n", "2"}, {"d", "2"}, {"set", "theta_1 = theta_2"}, {"map", "t -> infinity"}},
                   "the set is null, and every start but the antipodal ones flows into it in the "
                   "limit: gamma' > 0 (here at gamma = 0, w = 1/2); a limit of smooth invertible "
                   "maps need not be one",
                   (w * (1 - gamma * gamma)).substitute("gamma", Expr(0)),
                   ">",
                   Expr(0),
                   {{"w", Rational(1, 2)}}},
                  effort);
    for (Evidence& item : judgement.evidence) {
        item.outcome = is_true(steps.outcome()) ? item.outcome : Truth::Unknown;
    }
    return judgement;
}

/// Word "map": the flow from t = 0 to t = 1, the limit t -> infinity, or the flow with the
/// magnitudes forgotten; word "start": the law of the start. On r > 0 the flow and its inverse are
/// smooth where they exist: the only denominator of theta_j' and r_j' beside Z_j > 0 is the speed
/// factor, formula "speed"; formula "r dot" has none.
Judgement check_back(const Statement& statement, const Effort& effort)
{
    const std::string& map = statement.words.at("map");
    if (map == "limit") {
        return limit_of_two(effort);
    }
    if (map == "directions") {
        return judged_by({{{"set", "r_1(1) = 4, all else free"}, {"r_k(0), k > 1", "8"}},
                          "null in (Theta, r); but |r_j'| <= 1, so that for every Theta(0) some "
                          "r_1(0) in [3, 5] flows into it (intermediate values: r_1(1) <= 4 from "
                          "3, r_1(1) >= 4 from 5): these Theta(0) are all directions",
                          Expr(5) - Expr(1),
                          ">=",
                          Expr(3) + Expr(1)},
                         effort);
    }
    const std::string& start = statement.words.at("start");
    if (start == "unit magnitudes") {
        return judged_by({{{"set", "r_1(0) = 1, all other coordinates free"}},
                          "a null set in the coordinates (Theta, r) that contains every start",
                          Expr(1),
                          "<=",
                          Expr(1)},
                         effort);
    }
    if (start == "coordinates q") {
        return judged_by({{{"r_j(0)", "1"}, {"t", "10^-6"}},
                          "q_j = r_j/t has no limit as t -> 0, tau -> -infinity",
                          1 / sym("t"),
                          ">",
                          Expr(1000),
                          {{"t", Rational(1, 1000000)}}},
                         effort);
    }
    const Expr speed = speed_factor_of(statement.words.at("scheme"));
    // Three tokens theta_2 = theta_3 = -theta_1, e^{2 beta} = 2: A_1 = 0. Two equal ones, and two
    // at beta = 0 with <theta_1, theta_2> = -7/25 on either side of Mix-LN's tau.
    std::vector<Instance> instances = {
        {{{"n", "3"}, {"theta_2 = theta_3", "-theta_1"}, {"e^{2 beta}", "2"}},
         {{"normA", 0}, {"thetaA", 0}, {"r", 1}, {"t", 0}, {"alpha", 1}, {"late", 1}},
         {}},
        {{{"n", "2"}, {"tokens", "equal"}},
         {{"normA", 1}, {"thetaA", 1}, {"r", 2}, {"t", 0}, {"alpha", 1}, {"late", 1}},
         {}}};
    for (const auto& [tau, late] : {std::pair("1/4", 1L), std::pair("1", 0L)}) {
        instances.push_back({{{"n", "2"},
                              {"<theta_1, theta_2>", "-7/25"},
                              {"beta", "0"},
                              {"r_j", "5"},
                              {"t", "1/2"},
                              {"alpha_t", "3"},
                              {"tau", tau}},
                             {{"normA", Rational(3, 5)},
                              {"thetaA", Rational(9, 25)},
                              {"r", 5},
                              {"t", Rational(1, 2)},
                              {"alpha", 3},
                              {"late", late}},
                             {}});
    }
    const Expr r_dot = r_dot_of(statement.words.at("scheme"));
    const Scope scope{ScopeKind::All,
                      "all n, d, beta >= 0; given smooth dependence on initial values"};
    return all_of(
        {decide_reduced(
             relation_part(speed, "=", statement.formulas.at("speed")), effort,
             {"theta_j' = P_j A_j/s_j is analytic where s_j = r_j > 0, also at t = 0: the set of "
              "starts with a solution up to t = 1 is open, the map from t = 0 to t = 1 is smooth "
              "there and so is its inverse, and a smooth map takes null sets to null sets. X(0) "
              "has the density prod r_j^{d-1} e^{-r_j^2/2} in (Theta, r)",
              {},
              {}},
             instances, scope),
         decide_reduced(relation_part(r_dot, "=", statement.formulas.at("r dot")), effort,
                        {"r_j' = <theta_j, A_j> has no other denominator than Z_j", {}, {}},
                        instances, scope)});
}

void add_back(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "appD.3/step5/back-to-time-zero";
    claim.printed.formulas = {{"speed", sym("r")}, {"r dot", sym("thetaA")}};
    claim.printed.words = {{"scheme", "pre-ln"}, {"start", "Gaussian X(0)"}, {"map", "flow"}};
    claim.printed.latex =
        "N \\subset (\\mathcal S^{d-1})^n \\times (0,\\infty)^n \\text{ null at } t = 1 \\implies "
        "\\mathbb P[X(0) \\text{ flows into } N] = 0, \\quad s_j = r_j > 0";
    claim.check = check_back;
    claim.faults = {
        fault("r(0) = 1 for all tokens", claim.printed, "start", "unit magnitudes"),
        fault("in the coordinates q", claim.printed, "start", "coordinates q"),
        fault("from t = infinity", claim.printed, "map", "limit"),
        fault("the magnitudes forgotten", claim.printed, "map", "directions"),
    };
    claim.witness = antipodal_witness;
    claim.note = "given smooth dependence on initial values: the starts with a solution up to t = "
                 "1 are an open set, and the map is defined there. What is checked is that r_j > 0 "
                 "is the only denominator of the field beside Z_j";
    registry.add(std::move(claim));
}

} // namespace

void add_appendix_d_basin(ledger::Registry& registry)
{
    add_basin(registry);
    add_back(registry);
}

} // namespace attest::theorems

// Appendix D.3, Step 5: the basin of the unstable critical points, and back to t = 0.
#include "attest/proof/algebra.hpp"
#include "theorems/obstacle.hpp"
#include "theorems/reduction.hpp"
#include "theorems/span.hpp"
#include "theorems/units.hpp"

namespace attest::theorems {
namespace {

constexpr const char* antipodal_witness =
    "n = d = 2, theta_2 = -theta_1, beta = 1: q_j* = tanh 1, m = 2, Q = 2";

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
    Evidence general = remark(
        "dimension count",
        "all n: k >= 1 eigenvalues with positive real part (Step 4) leave dimension N - k <= N - 1 "
        "to the centre-stable manifold; the rest is the centre-stable manifold theorem (Kelley "
        "1967; Shub, Global Stability of Dynamical Systems, Theorem III.7), Heine-Borel, and that "
        "the flow, smooth with a smooth inverse on q > 0, maps null sets to null sets",
        is_true(proof::identical(d - sym("k"), d - 1 - (sym("k") - 1))) ? Truth::True
                                                                        : Truth::Unknown,
        {ScopeKind::All, "all n, d; given the centre-stable manifold theorem"},
        steps.certificates());
    judgement.evidence.push_back(std::move(general));
    return judgement;
}

void add_basin(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "appD.3/step5/stable-manifold";
    claim.printed.numbers = {{"codimension", 1}};
    claim.printed.words = {{"points", "unstable"}, {"manifold", "centre-stable"}};
    claim.printed.latex =
        "x^* \\text{ unstable} \\implies \\dim W_{cs}(x^*) \\le \\dim M_m - 1,\\ \\text{trapped "
        "trajectories lie on } W_{cs},\\ \\text{the basin of } S_{ns} \\text{ is a null set}";
    claim.check = check_basin;
    claim.faults = {
        fault("codimension 2", claim.printed, "codimension", Rational(2)),
        fault("all critical points", claim.printed, "points", "all"),
        fault("trapped trajectories on the stable manifold", claim.printed, "manifold", "stable"),
    };
    claim.witness = antipodal_witness;
    claim.depends_on = {"appD.3/step4/hessian", "appD.3/step5/compact-critical-set",
                        "appD.3/step5/interior"};
    claim.note = "decided in full for n = 2 only; for more tokens the step is a textbook theorem "
                 "whose hypotheses are the rows that this one depends on";
    registry.add(std::move(claim));
}

// --- back to t = 0 -------------------------------------------------------------------------------

/// On r > 0 the flow from t = 0 to t = 1 is smooth and so is its inverse: the speed factor, the
/// only denominator beside Z_j > 0, is formula "speed", r_j.
Judgement check_back(const Statement& statement, const Effort& effort)
{
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
    const auto speed = model::with_scheme(statement.words.at("scheme"), [](auto scheme) {
        return tidy(decltype(scheme)::speed_factor(symbolic_token()));
    });
    // Three tokens theta_2 = theta_3 = -theta_1, e^{2 beta} = 2: A_1 = 0. And two equal ones.
    const std::vector<Instance> instances = {
        {{{"n", "3"}, {"theta_2 = theta_3", "-theta_1"}, {"e^{2 beta}", "2"}},
         {{"normA", 0}, {"thetaA", 0}, {"r", 1}, {"t", 0}, {"alpha", 1}, {"late", 1}},
         {}},
        {{{"n", "2"}, {"tokens", "equal"}},
         {{"normA", 1}, {"thetaA", 1}, {"r", 2}, {"t", 0}, {"alpha", 1}, {"late", 1}},
         {}}};
    return decide_reduced(
        relation_part(speed, "=", statement.formulas.at("speed")), effort,
        {"theta_j' = P_j A_j/s_j and r_j' = <theta_j, A_j> are analytic where s_j = r_j > 0, also "
         "at t = 0; the flow from 0 to 1 and its inverse are smooth where they exist, and a smooth "
         "map takes null sets to null sets. X(0) has the density prod r_j^{d-1} e^{-r_j^2/2} "
         "in (Theta, r)",
         {},
         {}},
        instances,
        {ScopeKind::All, "all n, d, beta >= 0; given smooth dependence on initial values"});
}

void add_back(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "appD.3/step5/back-to-time-zero";
    claim.printed.formulas = {{"speed", sym("r")}};
    claim.printed.words = {{"scheme", "pre-ln"}, {"start", "Gaussian X(0)"}};
    claim.printed.latex =
        "N \\subset (\\mathcal S^{d-1})^n \\times (0,\\infty)^n \\text{ null at } t = 1 \\implies "
        "\\mathbb P[X(0) \\text{ flows into } N] = 0, \\quad s_j = r_j > 0";
    claim.check = check_back;
    claim.faults = {
        fault("r(0) = 1 for all tokens", claim.printed, "start", "unit magnitudes"),
        fault("in the coordinates q", claim.printed, "start", "coordinates q"),
        fault("the same for Peri-LN", claim.printed, "scheme", "peri-ln"),
        fault("the same for nGPT", claim.printed, "scheme", "ngpt"),
    };
    claim.witness = antipodal_witness;
    claim.note = "starts whose r_j reaches 0 before t = 1 have no solution to speak of; they "
                 "concern an open set, on the rest of which the map is defined";
    registry.add(std::move(claim));
}

} // namespace

void add_appendix_d_basin(ledger::Registry& registry)
{
    add_basin(registry);
    add_back(registry);
}

} // namespace attest::theorems

// Appendix D.3, closing remark: Peri-LN and Mix-LN.
#include "attest/proof/certificates.hpp"
#include "theorems/obstacle.hpp"
#include "theorems/reduction.hpp"
#include "theorems/span.hpp"
#include "theorems/units.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

// --- Peri-LN: the modulator 1/(q_j Z_j |A_j|) ----------------------------------------------------

std::vector<Instance> modulator_instances()
{
    std::vector<Instance> instances;
    for (const long n : {2, 5}) {
        instances.push_back(
            {{{"n", std::to_string(n)}, {"beta", "0"}, {"tokens", "equal"}, {"q_j", "2"}},
             {{"n", n},
              {"beta", 0},
              {"Z", n},
              {"q", 2},
              {"low", 2},
              {"high", 2},
              {"normA", 1},
              {"a", 1}},
             {}});
        instances.push_back(
            {{{"n", std::to_string(n)}, {"beta", "1"}, {"tokens", "equal"}, {"q_j", "2"}},
             {{"n", n}, {"beta", 1}, {"q", 2}, {"low", 2}, {"high", 2}, {"normA", 1}, {"a", 1}},
             {{"Z", n * exp(Ball(1))}}});
    }
    for (const Rational& beta : {Rational(1, 10), Rational(3)}) {
        for (const Rational& q : {Rational(1, 10), Rational(10)}) {
            for (const Rational& high : {q, Rational(3 * q)}) {
                instances.push_back({{{"n", "3"},
                                      {"beta", to_string(beta)},
                                      {"tokens", "equal"},
                                      {"q_j", to_string(q)},
                                      {"Q", to_string(high)}},
                                     {{"n", 3},
                                      {"beta", beta},
                                      {"q", q},
                                      {"low", q},
                                      {"high", high},
                                      {"normA", 1},
                                      {"a", 1}},
                                     {{"Z", 3 * exp(Ball(beta))}}});
            }
        }
    }
    // Equal tokens with beta > n, with q_min < q_j, and with a bound a that |A_j| does not attain.
    for (const auto& [n, beta] : {std::pair(2L, Rational(10)), std::pair(3L, Rational(1))}) {
        for (const auto& [low, a] : std::vector<std::pair<Rational, Rational>>{
                 {2, 1}, {Rational(2, 3), 1}, {2, Rational(1, 2)}}) {
            instances.push_back({{{"n", std::to_string(n)},
                                  {"beta", to_string(beta)},
                                  {"tokens", "equal"},
                                  {"q_j, Q", "2"},
                                  {"q_min", to_string(low)},
                                  {"a", to_string(a)}},
                                 {{"n", n},
                                  {"beta", beta},
                                  {"q", 2},
                                  {"low", low},
                                  {"high", 2},
                                  {"normA", 1},
                                  {"a", a}},
                                 {{"Z", n * exp(Ball(beta))}}});
        }
    }
    // One token opposite to the others: Z_j is small beside n e^{-beta}, n e^beta.
    for (const auto& [n, beta] : {std::pair(3L, Rational(1, 10)), std::pair(50L, Rational(2)),
                                  std::pair(50L, Rational(1))}) {
        const Ball near = exp(Ball(beta));
        const Ball others = (n - 1) / near;
        const Ball length = abs(near - others) / (near + others);
        for (const Rational& q : {Rational(1, 10), Rational(10)}) {
            for (const Rational& low : {q, Rational(q / 3)}) {
                instances.push_back(
                    {{{"n", std::to_string(n)},
                      {"beta", to_string(beta)},
                      {"tokens", "token j opposite to the others"},
                      {"q_j, Q", to_string(q)},
                      {"q_min", to_string(low)}},
                     {{"n", n}, {"beta", beta}, {"q", q}, {"low", low}, {"high", q}},
                     {{"Z", near + others}, {"normA", length}, {"a", length}}});
            }
        }
    }
    // Two tokens at beta = 0 with <theta_1, theta_2> = -7/25: |A_j| = 3/5; antipodal ones.
    instances.push_back({{{"n", "2"}, {"beta", "0"}, {"<theta_1, theta_2>", "-7/25"}, {"q_j", "2"}},
                         {{"n", 2},
                          {"beta", 0},
                          {"Z", 2},
                          {"q", 2},
                          {"low", 2},
                          {"high", 2},
                          {"normA", Rational(3, 5)},
                          {"a", Rational(3, 5)}},
                         {}});
    const Ball e = exp(Ball(1));
    const Ball tanh = (e - 1 / e) / (e + 1 / e);
    instances.push_back({{{"n", "2"}, {"beta", "1"}, {"theta_2", "-theta_1"}, {"q_j", "2"}},
                         {{"n", 2}, {"beta", 1}, {"q", 2}, {"low", 2}, {"high", 2}},
                         {{"Z", e + 1 / e}, {"normA", tanh}, {"a", tanh}}});
    return instances;
}

/// A trajectory with inf q > 0 along which |A_1| -> 0: n = 3, theta_1 = e_1, theta_2 and theta_3 =
/// (-c, +-s), b = beta with e^{2b} = 2, c(0) in [3/4, 1). theta_1 rests, c increases to 1.
StepsOnRanges vanishing_attention_steps()
{
    StepsOnRanges steps;
    const Expr c = sym("c");
    const Expr s = sym("s");
    const Expr b = sym("beta");
    const Expr E = sym("E"); // e^b, E^2 = 2
    const Expr near = 1 - sym("x");
    const Ranges ranges = {{"beta", between(0, Rational(1, 2))}, {"x", between(0, Rational(1, 4))}};
    // Z_1 <theta_1, A_1> = e^b - 2 h(c), h = c e^{-bc}, h' = e^{-bc} (1 - bc) > 0 for b <= 1/2 (as
    // e >= 2), and at c = 1 it is e^b - 2 e^{-b} = (e^{2b} - 2)/e^b = 0.
    steps.identical(derivative(c * exp(-b * c), "c"), exp(-b * c) * (1 - b * c));
    steps.at_least(1 - b * near, Expr(Rational(1, 2)), ranges);
    steps.identical(E - 2 / E, (E * E - 2) / E);
    // The turn of theta_2 with unit tangent (s, c) towards larger angles: weight times <., (s, c)>.
    const auto turn = [&](const Expr& x, const Expr& y) { return x * s + y * c; };
    steps.identical(turn(-c, -s), -2 * c * s);
    steps.identical(turn(Expr(1), Expr(0)), s);
    // -Z_2 s_2 angle' = s (2c e^{b(2c^2-1)} - e^{-bc}) >= s (2c - 1) e^{-bc}: the exponents differ
    // by b (2c - 1)(c + 1) >= 0.
    steps.identical(2 * c * c - 1 + c, (2 * c - 1) * (c + 1));
    steps.at_least((2 * near - 1) * (near + 1), Expr(0), ranges);
    steps.at_least(2 * near - 1, Expr(Rational(1, 2)), ranges);
    // Z_2 <theta_2, A_2> = e^b + (2c^2 - 1) e^{...} - h(c) >= e^b - e^b/2, Z_2 <= 3 e^b, |A_2|
    // <= 1.
    steps.at_least(2 * near * near - 1, Expr(0), ranges);
    steps.identical((E - E / 2) / (3 * E), Expr(Rational(1, 6)));
    return steps;
}

/// With "inf q > 0" alone the block is unbounded along that trajectory.
Judgement unbounded_block(const Effort& effort)
{
    const Expr c = sym("c");
    const StepsOnRanges steps = vanishing_attention_steps();
    Judgement judgement = judged_by(
        {{{"n", "3"},
          {"d", "2"},
          {"theta_1", "e_1"},
          {"theta_2, theta_3", "(-c, +-sqrt(1 - c^2)), c(0) in [3/4, 1)"},
          {"e^{2 beta}", "2"},
          {"r(0)", "r_2 = r_3 > 0, r_1 > 0"}},
         "theta_1 rests, c(t) increases to 1, r_1' = 1 and r_2' = r_3' >= 1/6, so that all q_j >= "
         "1/6; Z_1 |A_1| = e^beta - 2c e^{-beta c} is positive and tends to 0, so that the block "
         "1/(q_1 Z_1 |A_1|) tends to infinity (here c = 999999/1000000)",
         sqrt(Expr(2)) - 2 * c * exp(-c * log(Expr(2)) / 2),
         "<",
         Expr(Rational(1, 1000000)),
         {{"c", Rational(999999, 1000000)}}},
        effort);
    for (Evidence& item : judgement.evidence) {
        item.route = "symmetric trajectory";
        item.scope = {ScopeKind::Points, "n = 3, all d >= 2, e^{2 beta} = 2"};
        item.outcome = is_true(steps.outcome()) ? item.outcome : Truth::Unknown;
        if (!effort.control) {
            item.certificates.insert(item.certificates.end(), steps.certificates().begin(),
                                     steps.certificates().end());
        }
    }
    return judgement;
}

Judgement check_peri(const Statement& statement, const Effort& effort)
{
    const Expr x = sym("x");
    if (statement.words.at("hypothesis") == "inf q > 0") {
        return unbounded_block(effort);
    }
    const Expr n = sym("n");
    const Expr beta = sym("beta");
    const Expr Z = n * (exp(-beta) * (1 - sym("share")) + exp(beta) * sym("share"));
    const Expr& block = statement.formulas.at("block");
    const std::string why = "Z_j is n times a mean of numbers between e^{-beta} and e^beta; q_j = "
                            "low + x = high - y; |A_j| between a and 1";
    const Ranges ranges = {{"n", from(2)},       {"beta", from(0)}, {"share", between(0, 1)},
                           {"low", from(0)},     {"x", from(0)},    {"y", from(0)},
                           {"a", between(0, 1)}, {"over", from(0)}, {"normA", between(0, 1)}};
    const Scope scope{ScopeKind::All,
                      "all n >= 2, d, beta >= 0; 0 < low <= q_j <= high, 0 < a <= |A_j| <= 1"};
    const std::vector<Instance> instances = modulator_instances();
    return all_of(
        {decide_reduced(
             relation_part(block, ">=", statement.formulas.at("lower")), effort,
             {why, {{"Z", Z}, {"high", sym("q") + sym("y")}, {"q", sym("low") + x}}, ranges},
             instances, scope),
         decide_reduced(
             relation_part(block, "<=", statement.formulas.at("upper")), effort,
             {why, {{"Z", Z}, {"normA", sym("a") + sym("over")}, {"q", sym("low") + x}}, ranges},
             instances, scope)});
}

void add_peri(ledger::Registry& registry)
{
    const Expr n = sym("n");
    const Expr E = exp(sym("beta"));
    Claim claim;
    claim.id = "appD.3/remark/peri-ln-rest";
    claim.printed.formulas = {{"block", 1 / (sym("q") * sym("Z") * sym("normA"))},
                              {"lower", 1 / (sym("high") * n * E)},
                              {"upper", E / (sym("low") * n * sym("a"))}};
    claim.printed.words = {{"hypothesis", "inf q > 0"}};
    claim.printed.latex = "\\inf q > 0 \\implies \\frac{1}{q_jZ_j\\|A_j\\|} \\text{ lies between "
                          "two positive constants}";
    claim.amended = claim.printed;
    claim.amended->words.insert_or_assign("hypothesis", "inf q > 0, inf |A| > 0");
    claim.amended->latex = "q_{\\min} \\le q_j \\le Q,\\ 0 < a \\le \\|A_j\\| \\implies "
                           "\\frac{1}{Q\\,n\\,e^\\beta} \\le "
                           "\\frac{1}{q_jZ_j\\|A_j\\|} \\le \\frac{e^\\beta}{q_{\\min}\\,n\\,a}";
    claim.check = check_peri;
    const Statement& holds = *claim.amended;
    claim.faults = {
        fault("|A_j| not bounded below", holds, "hypothesis", "inf q > 0"),
        fault("upper: a dropped", holds, "upper", E / (sym("low") * n)),
        fault("upper: n^2", holds, "upper", E / (sym("low") * pow(n, 2) * sym("a"))),
        fault("lower: n dropped", holds, "lower", 1 / (sym("high") * E)),
        fault("lower: e^beta dropped", holds, "lower", 1 / (sym("high") * n)),
        fault("lower: divided by a", holds, "lower", 1 / (sym("high") * n * sym("a"))),
    };
    claim.witness = "n = 2, equal tokens, beta = 1, q = 2";
    claim.depends_on = {"appD.3/remark/peri-ln-frame", "appD.3/step4/jacobian"};
    claim.note = "for each trajectory two positive constants are wanted, as in Lemma D.1. There is "
                 "one with inf q > 0 (n = 3, beta = ln(2)/2) along which |A_1| -> 0. It starts on "
                 "a null set, so that the theorem is not touched: with |A_j| bounded below Lemma "
                 "D.1 applies, and at critical points with f_j > 0 q_j* = 1 and f_j g_j = Z_j "
                 "|A_j|, so that Step 4 is the one of Pre-LN. Points with A_j = 0 have to be "
                 "excluded for Peri-LN as the text does for nGPT";
    registry.add(std::move(claim));
}

// --- Mix-LN --------------------------------------------------------------------------------------

/// After the switch s_j and r_j' of Mix-LN are those of scheme "late"; before it those of "early",
/// whose speed factor is the constant 1, so that the flow to tau is smooth with a smooth inverse.
Judgement check_mix_phases(const Statement& statement, const Effort& effort)
{
    const model::TokenView<Expr> token = symbolic_token();
    const auto at_phase = [&](const Expr& formula, const Rational& late) {
        return tidy(formula.substitute("late", Expr(late)));
    };
    std::vector<Instance> instances;
    for (const auto& [r, A] :
         std::vector<std::pair<Rational, Rational>>{{2, Rational(3, 5)}, {Rational(1, 3), 1}}) {
        instances.push_back({{{"n", "2"},
                              {"beta", "0"},
                              {"<theta_1, theta_2>", to_string(Rational(2 * A * A - 1))},
                              {"r_j", to_string(r)},
                              {"t", "3"}},
                             {{"r", r},
                              {"normA", A},
                              {"thetaA", A * A},
                              {"alpha", Rational(1, 2)},
                              {"t", 3},
                              {"late", statement.numbers.at("late")}},
                             {}});
    }
    std::vector<Judgement> parts;
    for (const auto& [word, late] : std::vector<std::pair<std::string, Rational>>{
             {"late", statement.numbers.at("late")}, {"early", 1 - statement.numbers.at("late")}}) {
        const auto other =
            model::with_scheme(statement.words.at(word), [&, late = late](auto scheme) {
                using Other = decltype(scheme);
                return std::pair(at_phase(Other::speed_factor(token), late),
                                 at_phase(Other::r_dot(token), late));
            });
        const std::vector<std::pair<Expr, Expr>> sides = {
            {at_phase(model::MixLN::speed_factor(token), late), other.first},
            {at_phase(model::MixLN::r_dot(token), late), other.second}};
        for (const auto& [mine, theirs] : sides) {
            parts.push_back(decide_reduced(
                relation_part(mine, "=", theirs), effort,
                {"s_j and r_j' of Table 2 before and after the switch: after it the Pre-LN system, "
                 "started at tau from (Theta(tau), r(0)), which depends on (Theta(0), r(0)) by "
                 "the smooth and smoothly invertible flow of Post-LN: null sets stay null sets",
                 {},
                 {}},
                instances, all_configurations()));
            if (parts.back().counterexample) {
                return parts.back();
            }
        }
    }
    return all_of(parts);
}

void add_mix(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "appD.3/remark/mix-ln";
    claim.printed.numbers = {{"late", 1}};
    claim.printed.words = {{"late", "pre-ln"}, {"early", "post-ln"}};
    claim.printed.latex =
        "t > \\tau: \\quad s_j = r_j,\\ \\dot r_j = \\langle\\theta_j, A_j\\rangle "
        "\\text{ as for Pre-LN}; \\qquad t \\le \\tau: \\quad s_j = 1,\\ \\dot r_j "
        "= 0 \\text{ as for Post-LN}";
    claim.check = check_mix_phases;
    claim.faults = {
        fault("Peri-LN after the switch", claim.printed, "late", "peri-ln"),
        fault("Post-LN after the switch", claim.printed, "late", "post-ln"),
        fault("nGPT after the switch", claim.printed, "late", "ngpt"),
        fault("Pre-LN before the switch", claim.printed, "early", "pre-ln"),
        fault("the phases exchanged", claim.printed, "late", Rational(0)),
    };
    claim.witness = "n = 2, beta = 0, theta_1 = e_1, theta_2 = e_2, r_j = 1, tau = 1, t = 3";
    claim.depends_on = {"table2/mix-ln/speed-factor", "table2/mix-ln/r-dot",
                        "appD.3/step5/back-to-time-zero"};
    claim.note =
        "the phase t <= tau is Table 2's, r_j' = 0. Table 1's equation keeps |X_j| too, but "
        "its attention sees the X_k with their lengths, so that it differs where |X_k| != "
        "1. Null sets stay null sets under either, and the hemisphere argument "
        "(thm3.1/mix-ln) covers both";
    registry.add(std::move(claim));
}

} // namespace

void add_appendix_d_remarks(ledger::Registry& registry)
{
    add_peri(registry);
    add_mix(registry);
}

} // namespace attest::theorems

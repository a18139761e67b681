// Appendix D.3: the bounds that put the dynamics on a compact set and its modulator between two
// positive constants.
#include "theorems/reduction.hpp"
#include "theorems/span.hpp"
#include "theorems/units.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

constexpr const char* scaled_pair_witness =
    "n = d = 2, theta_1 = e_1, theta_2 = e_2, Q = K = V = I, beta = 1, "
    "q_1 = q_2 = 1";

// --- q_j from above ------------------------------------------------------------------------------

/// q' <= 0 wherever q >= "level": the larger of level and q(0) bounds q. Formula "drift" is q'.
Judgement check_level_from_above(const Statement& statement, const Effort& effort)
{
    const Expr& level = statement.formulas.at("level");
    std::vector<Instance> instances;
    for (const Rational& q : {Rational(0), Rational(1, 2), Rational(1), Rational(3)}) {
        // Equal tokens: <theta_j, A_j> = 1.
        instances.push_back({{{"tokens", "equal"}, {"q above the level by", to_string(q)}},
                             {{"thetaA", 1}, {"x", q}},
                             {}});
        // beta = 0: a pair with product 1/5, and one token opposite to two others.
        instances.push_back({{{"n", "2"},
                              {"beta", "0"},
                              {"<theta_1, theta_2>", "1/5"},
                              {"q above the level by", to_string(q)}},
                             {{"thetaA", Rational(3, 5)}, {"x", q}},
                             {}});
        instances.push_back({{{"n", "3"},
                              {"beta", "0"},
                              {"theta_2, theta_3", "-theta_1"},
                              {"q above the level by", to_string(q)}},
                             {{"thetaA", Rational(-1, 3)}, {"x", q}},
                             {}});
    }
    return decide_reduced(
        relation_part(statement.formulas.at("drift").substitute("q", level + sym("x")),
                      "<=", Expr(0)),
        effort,
        {"<theta_j, A_j> = 1 - less in [-1, 1] because |A_j| <= 1; q = level + x: q' <= 0 there",
         {{"thetaA", 1 - sym("less")}},
         {{"less", between(0, 2)}, {"x", from(0)}}},
        instances, {ScopeKind::All, "all n, d, beta >= 0, tokens, q_j(0) > 0"});
}

void add_upper(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "appD.3/step1/q-upper";
    const Expr drift = sym("thetaA") - sym("q");
    claim.printed.formulas = {{"drift", drift}, {"level", Expr(1)}};
    claim.printed.latex = "q_j(\\tau) \\le \\max(q_j(0), 1) \\text{ for all } \\tau \\ge 0, \\quad "
                          "\\frac{dq_j}{d\\tau} = \\langle\\theta_j, A_j\\rangle - q_j";
    claim.check = check_level_from_above;
    claim.faults = {
        fault("level 1/4", claim.printed, "level", Expr(Rational(1, 4))),
        fault("level 0", claim.printed, "level", Expr(0)),
        fault("drift with the other sign", claim.printed, "drift", sym("q") - sym("thetaA")),
        fault("q/4 in the drift", claim.printed, "drift", sym("thetaA") - sym("q") / 4),
        fault("no decay", claim.printed, "drift", sym("thetaA")),
    };
    claim.witness = scaled_pair_witness;
    claim.depends_on = {"appD.1/tau-frame"};
    claim.note = "the bound Q of the proof is max(q_j(0), 1); 1 is the best level (equal tokens)";
    registry.add(std::move(claim));
}

// --- the modulator
// ---------------------------------------------------------------------------------

/// Z_j = sum of n numbers between e^{-beta} and e^beta, q_j between "low" = 1/m and "high" = Q. The
/// block 1/(q_j Z_j) lies between formulas "lower" and "upper".
Judgement check_modulator(const Statement& statement, const Effort& effort)
{
    const Expr& block = statement.formulas.at("block");
    const Expr n = sym("n");
    const Expr beta = sym("beta");
    // Mean of e^{beta c}: e^{-beta} (1 - share) + e^beta share.
    const Expr Z = n * (exp(-beta) * (1 - sym("share")) + exp(beta) * sym("share"));
    std::vector<Instance> instances;
    const auto add_tokens = [&](long tokens, const std::string& shown, const Rational& b,
                                const Ball& sum, const Rational& q) {
        instances.push_back(
            {{{"n", std::to_string(tokens)},
              {"tokens", shown},
              {"beta", to_string(b)},
              {"q", to_string(q)},
              {"q_min", to_string(Rational(q / 3))},
              {"Q", to_string(Rational(q * 3))}},
             {{"n", tokens}, {"beta", b}, {"q", q}, {"low", q / 3}, {"high", q * 3}},
             {{"Z", sum}}});
        for (const char* end : {"low", "high"}) { // q at either end
            Instance at_end = instances.back();
            at_end.exact.insert_or_assign(end, q);
            at_end.what[end == std::string("low") ? 4 : 5].second = to_string(q);
            instances.push_back(std::move(at_end));
        }
    };
    for (const Rational& q : {Rational(1, 10), Rational(10), Rational(2)}) {
        for (const Rational& b : {Rational(1, 10), Rational(1, 2), Rational(2), Rational(4)}) {
            const Ball e = exp(Ball(b));
            add_tokens(3, "equal", b, 3 * e, q);
            add_tokens(50, "one opposite to the others", b, e + 49 / e, q);
        }
    }
    for (const long n_value : {2, 5}) {
        // beta = 0: Z = n.
        instances.push_back(
            {{{"n", std::to_string(n_value)}, {"beta", "0"}, {"q", "2"}},
             {{"n", n_value}, {"beta", 0}, {"Z", n_value}, {"q", 2}, {"low", 2}, {"high", 2}},
             {}});
        // Equal tokens, beta = 1: Z = n e. Antipodal ones: Z = (n/2)(e + 1/e).
        Instance equal{{{"n", std::to_string(n_value)}, {"beta", "1"}, {"tokens", "equal"}},
                       {{"n", n_value}, {"beta", 1}, {"q", 2}, {"low", 2}, {"high", 2}},
                       {{"Z", n_value * exp(Ball(1))}}};
        Instance spread = equal;
        spread.what.back().second = "n/2 antipodal pairs";
        spread.balls.at("Z") = n_value * (exp(Ball(1)) + exp(Ball(-1))) / 2;
        instances.push_back(std::move(equal));
        if (n_value % 2 == 0) {
            instances.push_back(std::move(spread));
        }
    }
    const Reduction reduction{
        "Z_j is n times a mean of numbers between e^{-beta} and e^beta; q_j = low + x = high - y",
        {{"Z", Z}, {"high", sym("q") + sym("y")}, {"q", sym("low") + sym("x")}},
        {{"n", from(2)},
         {"beta", from(0)},
         {"share", between(0, 1)},
         {"low", from(0)},
         {"x", from(0)},
         {"y", from(0)}}};
    const Scope scope{ScopeKind::All,
                      "all n >= 2, d, beta >= 0, tokens; 0 < low <= q_j <= high where q_j occurs"};
    return all_of({decide_reduced(relation_part(block, ">=", statement.formulas.at("lower")),
                                  effort, reduction, instances, scope),
                   decide_reduced(relation_part(block, "<=", statement.formulas.at("upper")),
                                  effort, reduction, instances, scope)});
}

void add_modulator(ledger::Registry& registry, const std::string& id, const Expr& low,
                   const Expr& high, const Expr& q, const std::string& latex,
                   const std::vector<std::string>& depends_on)
{
    const Expr n = sym("n");
    const Expr E = exp(sym("beta"));
    Claim claim;
    claim.id = id;
    claim.printed.formulas = {
        {"block", 1 / (q * sym("Z"))}, {"lower", 1 / (high * n * E)}, {"upper", E / (low * n)}};
    claim.printed.latex = latex;
    claim.check = check_modulator;
    claim.faults = {
        fault("lower: n dropped", claim.printed, "lower", 1 / (high * E)),
        fault("lower: e^beta dropped", claim.printed, "lower", 1 / (high * n)),
        fault("upper: n^2", claim.printed, "upper", E / (low * pow(n, 2))),
        fault("upper: e^{-beta}", claim.printed, "upper", 1 / (E * low * n)),
        fault("upper: divided by e^{beta}/2", claim.printed, "upper", 1 / (2 * low * n)),
    };
    claim.witness = scaled_pair_witness;
    claim.depends_on = depends_on;
    claim.note = "C = upper/lower, lambda the lower bound (strict after enlarging C a little)";
    registry.add(std::move(claim));
}

} // namespace

void add_appendix_d_bounds(ledger::Registry& registry)
{
    add_upper(registry);
    add_modulator(
        registry, "appD.3/step2/modulator", sym("low"), sym("high"), sym("q"),
        "\\frac{1}{Q\\,n\\,e^\\beta} \\le \\frac{1}{q_jZ_j} \\le \\frac{e^\\beta}{q_{\\min}"
        "\\,n} \\quad \\text{where } q_{\\min} \\le q_j \\le Q",
        {"appD.3/step1/q-upper"});
    add_modulator(registry, "appD.3/remark/post-ln", Expr(1), Expr(1), Expr(1),
                  "\\frac{1}{n e^\\beta} \\le \\frac{1}{Z_j} \\le \\frac{e^\\beta}{n}", {});
}

} // namespace attest::theorems

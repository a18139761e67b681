// Corollary 3.2: the lower bound on r_j' that it rests on, step by step.
#include "attest/model/particles.hpp"
#include "attest/numbers/precision.hpp"
#include "theorems/configurations.hpp"
#include "theorems/inequality_attack.hpp"
#include "theorems/reduction.hpp"
#include "theorems/span.hpp"
#include "theorems/units.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

constexpr const char* planar_pair_witness =
    "n = 2, beta = 1 (e > 2), theta_1 = e_1, theta_2 = e_2, r_j = 1";

/// Q = K = V = I, e^beta >= n.
const AttackSetting many_scores{false, true};

Scope all_with_many_scores()
{
    return {ScopeKind::All, "all n >= 2, d >= 1, directions theta_1..theta_n, e^beta >= n"};
}

/// Directions in the plane as points of the unit circle with rational coordinates.
struct Planar {
    std::vector<std::pair<Rational, Rational>> tokens;
    std::vector<Rational> betas; ///< with e^beta >= n, but the first where it is 0
};

const std::vector<Planar>& planar_starts()
{
    const auto p = [](long x, long y, long r) {
        return std::pair<Rational, Rational>(Rational(x, r), Rational(y, r));
    };
    static const std::vector<Planar> list = {
        {{p(1, 0, 1), p(4, 3, 5)}, {Rational(7, 10), 1, 5, 12}},
        {{p(1, 0, 1), p(-1, 0, 1)}, {Rational(7, 10), 1, 5}},
        {{p(1, 0, 1), p(0, 1, 1)}, {Rational(7, 10), 2}},
        {{p(1, 0, 1), p(1, 0, 1)}, {Rational(7, 10), 3}},
        {{p(1, 0, 1), p(-4, 3, 5), p(-4, -3, 5)}, {Rational(11, 10), 2, 5}},
        {{p(1, 0, 1), p(3, 4, 5), p(3, -4, 5), p(-1, 0, 1)}, {Rational(7, 5), 3, 9}},
        {{p(1, 0, 1), p(7, 24, 25), p(7, 24, 25), p(7, -24, 25), p(7, -24, 25), p(0, 1, 1)},
         {Rational(9, 5), 4}},
    };
    return list;
}

/// For every token: n, beta, E = e^beta, self = <theta_j, theta_j>, S and W the sums over k != j of
/// c e^{beta c} and e^{beta c}, Z, and r_j' from the particle system for Pre-LN and Peri-LN.
std::vector<Instance> token_instances()
{
    std::vector<Instance> instances;
    for (const Planar& planar : planar_starts()) {
        const auto n = static_cast<Eigen::Index>(planar.tokens.size());
        model::Particles<Ball> particles{Matrix<Ball>(2, n), Vector<Ball>(n)};
        std::string shown;
        for (Eigen::Index j = 0; j < n; ++j) {
            const auto& [x, y] = planar.tokens[static_cast<std::size_t>(j)];
            particles.theta(0, j) = Ball(x);
            particles.theta(1, j) = Ball(y);
            particles.r(j) = Ball(1);
            shown += fmt::format("{}({}, {})", j == 0 ? "" : ", ", to_string(x), to_string(y));
        }
        for (const Rational& beta : planar.betas) {
            model::Attention<Ball> attention;
            attention.beta = Ball(beta);
            const model::Regulation<Ball> at{Ball(1), Ball(0), Ball(0)};
            const Vector<Ball> pre = model::particle_velocity("pre-ln", attention, particles, at).r;
            const Vector<Ball> peri =
                model::particle_velocity("peri-ln", attention, particles, at).r;
            for (Eigen::Index j = 0; j < n; ++j) {
                Instance instance;
                instance.what = {{"n", std::to_string(n)},
                                 {"beta", to_string(beta)},
                                 {"directions", shown},
                                 {"token", std::to_string(j + 1)}};
                instance.exact = {{"n", Rational(n)}, {"beta", beta}, {"self", 1}};
                Ball S(0);
                Ball W(0);
                const auto& [x, y] = planar.tokens[static_cast<std::size_t>(j)];
                for (Eigen::Index k = 0; k < n; ++k) {
                    const auto& [u, v] = planar.tokens[static_cast<std::size_t>(k)];
                    if (k != j) {
                        const Ball c(Rational(x * u + y * v));
                        W += exp(Ball(beta) * c);
                        S += c * exp(Ball(beta) * c);
                    }
                }
                const Ball E = exp(Ball(beta));
                instance.balls = {{"E", E},          {"S", S},         {"W", W},
                                  {"Z", E + W},      {"rdot", pre(j)}, {"rdotperi", peri(j)},
                                  {"ceiling", n * E}};
                instances.push_back(std::move(instance));
            }
        }
    }
    return instances;
}

/// r_j' of a scheme with S = (n-1) mean c e^{beta c}, W = (n-1) mean e^{beta c} over k != j: A_j is
/// sum_k e^{beta c_k} theta_k / Z_j and c_j = 1, so that <theta_j, A_j> is linear in the means.
template <class Scheme>
Expr magnitude(const Expr& E, const Expr& S, const Expr& W)
{
    model::TokenView<Expr> token = symbolic_token();
    token.theta_A = (E + S) / (E + W);
    return Scheme::r_dot(token);
}

void add_identity(ledger::Registry& registry)
{
    const Expr E = exp(sym("beta"));
    const Expr S = (sym("n") - 1) * mean_over_tokens(sym("e") * sym("c"), {"e", "c"});
    const Expr W = (sym("n") - 1) * mean_over_tokens(sym("e"), {"e", "c"});
    Claim claim;
    claim.id = "cor3.2/identity";
    claim.printed =
        relation_part(sym("rdot"), "=", (exp(sym("beta")) * sym("self") + sym("S")) / sym("Z"));
    claim.printed.latex =
        "\\dot r_j = \\langle\\theta_j, A_j(\\Theta)\\rangle = \\frac{1}{Z_j}\\Big(e^\\beta"
        "\\langle\\theta_j,\\theta_j\\rangle + \\sum_{k \\ne j} e^{\\beta\\langle\\theta_k,"
        "\\theta_j\\rangle}\\langle\\theta_k,\\theta_j\\rangle\\Big)";
    const Reduction reduction{
        "Table 2 with <theta_j, A_j> = sum_k w_jk <theta_j, theta_k> by linearity; the sums over "
        "k != j are n - 1 times the means of e^{beta c} and c e^{beta c}, free symbols",
        {{"rdot", magnitude<model::PreLN>(E, S, W)}, {"self", Expr(1)}, {"S", S}, {"Z", E + W}},
        {}};
    claim.check = [reduction](const Statement& statement, const Effort& effort) {
        const PrecisionScope precision(bits_for_digits(effort.digits));
        return decide_reduced(
            statement, effort, reduction, token_instances(),
            {ScopeKind::All, "all n >= 2, d >= 1, directions theta_1..theta_n, beta >= 0"});
    };
    claim.faults = faults_of(claim.printed, "rhs");
    // <theta_j, theta_j> = 1 is no fault to leave out.
    std::erase_if(claim.faults, [](const Fault& f) {
        return f.change.find("dropped: self") != std::string::npos;
    });
    claim.witness = planar_pair_witness;
    claim.depends_on = {"table2/pre-ln/r-dot"};
    registry.add(std::move(claim));
}

/// c e^{beta c} for c = -gamma and c = gamma, and the same of e^{beta c}.
Expr attention_term(const Expr& c)
{
    return c * exp(sym("beta") * c);
}

/// The largest size of a negative term for given beta, from the sign of the derivative of
/// u e^{-beta u}: growing up to u = 1/beta, falling after it.
Evidence sharp_term()
{
    const Expr u = sym("gamma");
    const Expr beta = sym("beta");
    const Expr size = u * exp(-beta * u);
    const Expr slope = derivative(size, "gamma");
    const Expr factor = 1 - beta * u;
    const Expr k = sym("k");
    StepsOnRanges steps;
    steps.identical(slope, factor * exp(-beta * u));
    // beta <= 1: growing on all of [0, 1].
    steps.at_least(factor, Expr(0), {{"beta", between(0, 1)}, {"gamma", between(0, 1)}});
    // beta >= 1: u = k/beta, growing for k <= 1, falling for k >= 1.
    steps.at_least(factor.substitute("gamma", k / beta), Expr(0),
                   {{"beta", from(1)}, {"k", between(0, 1)}});
    steps.at_least(Expr(0), factor.substitute("gamma", k / beta),
                   {{"beta", from(1)}, {"k", from(1)}});
    steps.identical(size.substitute("gamma", Expr(1)), exp(-beta));
    steps.identical(size.substitute("gamma", 1 / beta) * beta, exp(Expr(-1)));
    return remark(
        "sharp constant",
        "the least value of c e^{beta c} on [-1, 1] is -e^{-beta} (at c = -1) for beta <= "
        "1 and -1/(e beta) (at c = -1/beta) for beta >= 1: at most 1/e in size from beta "
        "= 1 on; the bound 1 is attained at beta = 0 only",
        steps.outcome(), {ScopeKind::All, "all beta >= 0, c in [-1, 1]"}, steps.certificates());
}

Judgement check_term_bounds(const Statement& statement, const Effort& effort)
{
    const Expr& floor = statement.formulas.at("floor");
    const Expr& ceiling = statement.formulas.at("ceiling");
    const Expr n = sym("n");
    std::vector<Instance> terms;
    for (const Rational& beta : {Rational(0), Rational(1, 2), Rational(1), Rational(5)}) {
        for (const Rational& c : {Rational(-1), Rational(-1, 5), Rational(0), Rational(1)}) {
            terms.push_back({{{"beta", to_string(beta)}, {"<theta_k, theta_j>", to_string(c)}},
                             {{"beta", beta}, {"c", c}, {"n", 2}},
                             {}});
        }
    }
    const Scope scope{ScopeKind::All, "all n >= 2, d >= 1, beta >= 0, c in [-1, 1]"};
    const Ranges ranges = {
        {"beta", from(0)}, {"gamma", between(0, 1)}, {"n", from(2)}, {"below", from(0)}};
    const auto decide = [&](const Statement& part, const std::string& why,
                            const std::vector<std::pair<std::string, Expr>>& symbols,
                            const std::vector<Instance>& instances) {
        return decide_reduced(part, effort, {why, symbols, ranges}, instances, scope);
    };
    const Expr c = sym("c");
    const Expr gamma = sym("gamma");
    const PrecisionScope precision(bits_for_digits(effort.digits));
    std::vector<Judgement> parts = {
        decide(relation_part(attention_term(c), ">=", floor), "c = -gamma", {{"c", -gamma}}, terms),
        decide(relation_part(attention_term(c), ">=", floor), "c = gamma", {{"c", gamma}}, terms),
        // Every one of the n terms of Z_j is at most e^beta: with the largest cosine c the sum is
        // n e^{beta c} minus something.
        decide(relation_part(ceiling, ">=", sym("Z")), "Z = n e^{beta c} - below, c = gamma",
               {{"Z", n * exp(sym("beta") * gamma) - sym("below")}}, token_instances())};
    Judgement judgement = all_of(parts);
    if (!effort.control) {
        judgement.evidence.push_back(sharp_term());
    }
    return attacked(
        std::move(judgement), effort,
        {relation_part(attention_term(c), ">=", floor), relation_part(ceiling, ">=", sym("Z"))},
        {false, false});
}

void add_term_bounds(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "cor3.2/term-bounds";
    claim.printed.latex = "c\\,e^{\\beta c} \\ge -1 \\text{ for } c \\in [-1, 1], \\qquad Z_j \\le "
                          "n e^\\beta";
    claim.printed.formulas = {{"floor", Expr(-1)}, {"ceiling", sym("n") * exp(sym("beta"))}};
    claim.check = check_term_bounds;
    const Expr n = sym("n");
    const Expr beta = sym("beta");
    claim.faults = {
        fault("1 -> 999999/1000000", claim.printed, "floor", Expr(Rational(-999999, 1000000))),
        fault("size 1 -> e^{-beta}", claim.printed, "floor", -exp(-beta)),
        fault("size 1 -> 1/2", claim.printed, "floor", Expr(Rational(-1, 2))),
        fault("no negative term", claim.printed, "floor", Expr(0)),
        fault("n -> n - 1", claim.printed, "ceiling", (n - 1) * exp(beta)),
        fault("e^beta -> e^{beta/2}", claim.printed, "ceiling", n * exp(beta / 2)),
        fault("e^beta -> 1 + beta", claim.printed, "ceiling", n * (1 + beta)),
        fault("n -> 999999/1000000 n", claim.printed, "ceiling",
              Expr(Rational(999999, 1000000)) * n * exp(beta)),
    };
    claim.witness = planar_pair_witness;
    claim.note = "every term of Z_j is at most e^beta because c <= 1 and beta >= 0";
    registry.add(std::move(claim));
}

/// E = e^beta >= n; S >= -(n-1) and 0 <= W <= (n-1) E by cor3.2/term-bounds.
Reduction magnitude_reduction()
{
    const Expr n = sym("n");
    const Expr E = sym("E");
    const Expr S = (n - 1) * (sym("above") - 1);
    const Expr W = (n - 1) * E * sym("share");
    return {
        "e^beta = n + excess; sum of the other c e^{beta c} = (n-1)(above - 1), sum of the other "
        "e^{beta c} = (n-1) e^beta share with share in [0, 1]; |A_j| = 1/inverse <= 1",
        {{"rdot", magnitude<model::PreLN>(E, S, W)},
         {"rdotperi", magnitude<model::PeriLN>(E, S, W)},
         {"normA", 1 / sym("inverse")},
         {"E", n + sym("excess")}},
        {{"n", from(2)},
         {"excess", from(0)},
         {"above", from(0)},
         {"share", between(0, 1)},
         {"inverse", from(1)}}};
}

/// e^beta + (n c - 1) e^{beta c} >= 0 for c in [-1, 1], n <= e^beta, n >= 2.
const StepsOnRanges& share_steps()
{
    static const StepsOnRanges steps = [] {
        const Expr n = sym("n");
        const Expr beta = sym("beta");
        const Expr gamma = sym("gamma");
        StepsOnRanges all;
        // c = gamma >= 0.
        all.at_least(exp(beta), (1 - n * gamma) * exp(beta * gamma),
                     {{"n", from(2)}, {"beta", from(0)}, {"gamma", between(0, 1)}});
        // c = -gamma: e^beta e^{beta gamma} >= e^beta (1 + beta gamma) >= 1 + n gamma for e^beta =
        // n + more and beta >= ln 2 >= 69/100.
        const Expr b = Expr(Rational(69, 100)) + sym("b");
        all.at_least((n + sym("more")) * (1 + b * gamma), 1 + n * gamma,
                     {{"n", from(2)}, {"more", from(0)}, {"b", from(0)}, {"gamma", between(0, 1)}});
        return all;
    }();
    return steps;
}

/// As magnitude_reduction, with the lower bound of S by share_steps, added up over k != j.
Reduction share_reduction()
{
    const Expr n = sym("n");
    const Expr E = sym("E");
    const Expr W = (n - 1) * E * sym("share");
    const Expr S = (W - (n - 1) * E) / n + sym("above");
    Reduction reduction = magnitude_reduction();
    reduction.why =
        "e^beta = n + excess; n S - W + (n-1) e^beta is the sum over k != j of e^beta + "
        "(n c - 1) e^{beta c} >= 0, so that r_j' >= 1/n for Pre-LN; |A_j| = 1/inverse "
        "<= 1";
    for (auto& [name, formula] : reduction.symbols) {
        formula = name == "rdot"       ? magnitude<model::PreLN>(E, S, W)
                  : name == "rdotperi" ? magnitude<model::PeriLN>(E, S, W)
                                       : formula;
    }
    return reduction;
}

Judgement check_magnitude_bound(const Statement& statement, const Effort& effort)
{
    const PrecisionScope precision(bits_for_digits(effort.digits));
    Judgement judgement = decide_reduced(statement, effort, magnitude_reduction(),
                                         token_instances(), all_with_many_scores());
    if (judgement.counterexample || is_true(judgement.evidence.back().outcome)
        || !is_true(share_steps().outcome())) {
        return judgement;
    }
    Judgement sharper =
        decide_reduced(statement, effort, share_reduction(), {}, all_with_many_scores());
    if (is_true(sharper.evidence.back().outcome)) {
        Evidence& item = sharper.evidence.back();
        if (!effort.control) {
            item.certificates.insert(item.certificates.end(), share_steps().certificates().begin(),
                                     share_steps().certificates().end());
        }
        judgement.evidence.back() = std::move(item);
    }
    return judgement;
}

Expr middle_bound()
{
    return (sym("E") - (sym("n") - 1)) / (sym("n") * sym("E"));
}

Expr last_bound()
{
    return 1 / (sym("n") * sym("E"));
}

/// With the sharp size 1/(e beta) of a negative term: r_j' > 0 already for n - 1 < beta e^{1+beta}.
Evidence larger_domain()
{
    const Expr n = sym("n");
    const Expr E = sym("E");
    const Expr q = sym("q"); // 1/(e beta)
    const Expr magnitude_q =
        magnitude<model::PreLN>(E, (n - 1) * (sym("above") - q), (n - 1) * E * sym("share"));
    const Expr bound = (E - (n - 1) * q) / (n * E);
    const Expr many = (n - 1) * q + sym("excess");
    StepsOnRanges steps;
    steps.at_least(magnitude_q.substitute("E", many), bound.substitute("E", many),
                   {{"n", from(2)},
                    {"q", from(0)},
                    {"excess", from(0)},
                    {"above", from(0)},
                    {"share", between(0, 1)}});
    return remark(
        "sharper bound",
        "with c e^{beta c} >= -1/(e beta): r_j' >= (e^beta - (n-1)/(e beta))/(n e^beta), "
        "positive for all n - 1 < beta e^{1 + beta}, a weaker hypothesis than n <= e^beta "
        "for beta >= 1",
        steps.outcome(), {ScopeKind::All, "all beta >= 1, n >= 2 with n - 1 <= beta e^{1+beta}"},
        steps.certificates());
}

std::vector<Fault> bound_faults(const Statement& statement, const std::string& name)
{
    const Expr n = sym("n");
    const Expr E = sym("E");
    return {
        fault("- -> +", statement, name, (E + (n - 1)) / (n * E)),
        fault("e^beta dropped below", statement, name, (E - (n - 1)) / n),
        fault("n dropped below", statement, name, (E - (n - 1)) / E),
        fault("n e^beta dropped below", statement, name, E - (n - 1)),
        fault("1 instead", statement, name, Expr(1)),
        fault("reversed", statement, "relation", "<="),
    };
}

void add_chain_1(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "cor3.2/chain-1";
    claim.printed = relation_part(sym("rdot"), ">=", middle_bound());
    claim.printed.latex = "\\dot r_j \\ge \\frac{e^\\beta - (n-1)}{n e^\\beta}, \\quad n \\le "
                          "e^\\beta";
    claim.check = [](const Statement& statement, const Effort& effort) {
        Judgement judgement = check_magnitude_bound(statement, effort);
        if (!effort.control) {
            judgement.evidence.push_back(larger_domain());
        }
        return attacked(std::move(judgement), effort, {statement}, many_scores);
    };
    claim.faults = bound_faults(claim.printed, "rhs");
    claim.witness = planar_pair_witness;
    claim.depends_on = {"cor3.2/identity", "cor3.2/term-bounds"};
    claim.note = "uses n <= e^beta: with a negative numerator the bound Z_j <= n e^beta points the "
                 "other way";
    registry.add(std::move(claim));
}

void add_chain_2(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "cor3.2/chain-2";
    claim.printed = relation_part(middle_bound(), ">=", last_bound());
    claim.printed.latex =
        "\\frac{e^\\beta - (n-1)}{n e^\\beta} \\ge \\frac{1}{n e^\\beta}, \\quad n \\le e^\\beta";
    claim.check = [](const Statement& statement, const Effort& effort) {
        std::vector<Instance> instances;
        for (const long n : {2, 3, 17}) {
            for (const long excess : {0, 1, 40}) {
                instances.push_back(
                    {{{"n", std::to_string(n)}, {"e^beta", std::to_string(n + excess)}},
                     {{"n", n}, {"E", Rational(n + excess)}},
                     {}});
            }
        }
        return attacked(decide_reduced(statement, effort, magnitude_reduction(), instances,
                                       {ScopeKind::All, "all n >= 2, e^beta >= n"}),
                        effort, {statement}, many_scores);
    };
    const Expr n = sym("n");
    const Expr E = sym("E");
    claim.faults = {
        fault("1 -> 1000001/1000000 on the right", claim.printed, "rhs",
              Expr(Rational(1000001, 1000000)) / (n * E)),
        fault("n - 1 -> n", claim.printed, "lhs", (E - n) / (n * E)),
        fault("n dropped on the right", claim.printed, "rhs", 1 / E),
        fault("e^beta dropped on the right", claim.printed, "rhs", 1 / n),
        fault("reversed", claim.printed, "relation", "<="),
        fault("strict", claim.printed, "rhs", (1 + 1 / E) / (n * E)),
    };
    claim.witness = "n = 2, beta = log 2: both sides are 1/4";
    claim.note = "sharp: equality where e^beta = n";
    registry.add(std::move(claim));
}

/// |A_j| <= 1: 1 - |A_j|^2 = sum_kl w_k w_l (1 - <theta_k, theta_l>), term by term non-negative.
Evidence attention_is_short()
{
    StepsOnRanges steps;
    const Expr w = sym("w");
    const Expr v = sym("v");
    steps.at_least(w * v, w * v * (1 - sym("apart")),
                   {{"w", from(0)}, {"v", from(0)}, {"apart", from(0)}});
    return remark("attention vector",
                  "|A_j| <= 1: a mean of unit vectors; w_k w_l (1 - <theta_k, theta_l>) >= 0 term "
                  "by term",
                  steps.outcome(), {ScopeKind::All, "all n, d, directions, weights"},
                  steps.certificates());
}

void add_peri_ln_bound(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "cor3.2/peri-ln-bound";
    claim.printed.latex =
        "\\text{Peri-LN: } \\dot r_j \\ge \\frac{e^\\beta - (n-1)}{n e^\\beta} \\ge "
        "\\frac{1}{n e^\\beta}, \\quad n \\le e^\\beta";
    claim.printed.formulas = {{"middle", middle_bound()}, {"last", last_bound()}};
    claim.printed.words = {{"relation", ">="}};
    claim.check = [](const Statement& statement, const Effort& effort) {
        const std::string& sign = statement.words.at("relation");
        const Expr& middle = statement.formulas.at("middle");
        Judgement judgement =
            all_of({check_magnitude_bound(relation_part(sym("rdotperi"), sign, middle), effort),
                    check_magnitude_bound(
                        relation_part(middle, sign, statement.formulas.at("last")), effort)});
        if (!effort.control) {
            judgement.evidence.push_back(attention_is_short());
        }
        return attacked(std::move(judgement), effort,
                        {relation_part(sym("rdotperi"), sign, middle),
                         relation_part(middle, sign, statement.formulas.at("last"))},
                        many_scores);
    };
    claim.faults = bound_faults(claim.printed, "middle");
    claim.faults.erase(claim.faults.begin()); // r_j' is 1 for two antipodal tokens
    claim.faults.push_back(fault("last: n dropped", claim.printed, "last", 2 / sym("E")));
    claim.witness = planar_pair_witness;
    claim.depends_on = {"cor3.2/identity", "cor3.2/term-bounds", "table2/peri-ln/r-dot"};
    claim.note =
        "r_j' = <theta_j, A_j>/|A_j| with |A_j| <= 1: at least Pre-LN's r_j' where that is "
        "positive";
    registry.add(std::move(claim));
}

} // namespace

void add_corollary_3_2(ledger::Registry& registry)
{
    add_identity(registry);
    add_term_bounds(registry);
    add_chain_1(registry);
    add_chain_2(registry);
    add_peri_ln_bound(registry);
}

} // namespace attest::theorems

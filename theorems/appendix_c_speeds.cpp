// Appendix C: the ranges of the speed factors s_k.
#include "attest/proof/certificates.hpp"
#include "theorems/appendix_c_proofs.hpp"
#include "theorems/clouds.hpp"
#include "theorems/inequality_attack.hpp"
#include "theorems/span.hpp"
#include "theorems/units.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace attest::theorems {
namespace {

/// Equal tokens, A_k = theta_k: r_k = r_0 + t for Pre-LN and Peri-LN, 1 + max(t - tau, 0) for
/// Mix-LN; delta = 0. And two antipodal tokens at beta = 1/100, delta = 2, during Mix-LN's first
/// phase.
std::vector<Instance> speed_instances(std::string_view scheme)
{
    std::vector<Instance> instances;
    const auto add = [&](const Rational& t, const Rational& tau, const Rational& r0,
                         const Rational& alpha, const Rational& delta, const std::string& tokens) {
        model::TokenView<Rational> token;
        const bool late = t > tau;
        token.late = late ? 1 : 0;
        token.alpha = alpha;
        token.t = t;
        token.norm_A = 1;
        token.theta_A = 1;
        token.r = scheme == model::MixLN::name ? Rational(1 + (late ? Rational(t - tau) : 0))
                                               : Rational(r0 + t);
        const Expr formula = model::with_scheme(
            scheme, [](auto s) { return decltype(s)::speed_factor(symbolic_token()); });
        std::map<std::string, Rational> exact = {{"r", token.r}, {"normA", 1},
                                                 {"thetaA", 1},  {"alpha", alpha},
                                                 {"t", t},       {"late", token.late}};
        const Rational s = formula.evaluate(exact);
        exact.merge(
            std::map<std::string, Rational>{{"s", s}, {"delta", delta}, {"tau", tau}, {"r0", r0}});
        instances.push_back({{{"n", "2"},
                              {"tokens", tokens},
                              {"delta", to_string(delta)},
                              {"r_k(0)", to_string(r0)},
                              {"alpha_t", to_string(alpha)},
                              {"tau", to_string(tau)},
                              {"t", to_string(t)}},
                             std::move(exact),
                             {}});
    };
    for (const auto& [alpha, r0] : std::vector<std::pair<Rational, Rational>>{
             {Rational(1, 2), 1}, {2, 3}, {1, Rational(1, 10)}}) {
        for (const Rational& t : {Rational(9, 16), Rational(16, 9), Rational(56, 25)}) {
            add(t, 1, r0, alpha, 0, "equal");
        }
    }
    if (scheme == model::MixLN::name) {
        add(1, 10, 1, 1, 2, "antipodal, beta = 1/100");
        add(attest::pow(Rational(10), 8), Rational(1, 3), 1, 1, 0, "equal");
    }
    if (scheme == model::NGPT::name) {
        // beta = 0, <theta_1, theta_2> = 2a^2 - 1: |A_j| = a; any directions may occur at any t.
        for (const Rational& a : {Rational(99, 101), Rational(4, 5), Rational(3, 5)}) {
            for (const Rational& alpha : {Rational(1, 2), Rational(3)}) {
                const Rational delta = 2 - 2 * a * a;
                instances.push_back({{{"n", "2"},
                                      {"<theta_1, theta_2>", to_string(Rational(1 - delta))},
                                      {"beta", "0"},
                                      {"delta", to_string(delta)},
                                      {"alpha_t", to_string(alpha)},
                                      {"t", "2"}},
                                     {{"s", a / alpha},
                                      {"delta", delta},
                                      {"alpha", alpha},
                                      {"t", 2},
                                      {"r0", 1},
                                      {"tau", 1}},
                                     {}});
            }
        }
    }
    return instances;
}

/// Two antipodal tokens at beta = 1/100, which rest: A_1 = theta_1 tanh beta. s_k as a formula in
/// beta; delta = 2.
Judgement at_resting_pair(std::string_view scheme, const Statement& claim, const Effort& effort)
{
    const Expr E = exp(sym("beta"));
    const Expr pull = (E - 1 / E) / (E + 1 / E);
    const Rational tau = 1;
    const Rational t = 4;
    const bool mix = scheme == model::MixLN::name;
    const Expr start = mix ? Expr(1) : sym("r0");
    const Expr grows = scheme == model::PeriLN::name ? Expr(1) : pull;
    const Expr elapsed = mix ? sym("t") - sym("tau") : sym("t");
    const Expr speed = speed_factor_of(scheme)
                           .substitute("r", start + elapsed * grows)
                           .substitute("normA", pull)
                           .substitute("thetaA", pull)
                           .substitute("late", Expr(1));
    std::vector<Instance> instances;
    for (const Rational& r0 : {Rational(1, 1000), Rational(3)}) {
        for (const Rational& alpha : {Rational(1, 2), Rational(5)}) {
            instances.push_back({{{"n", "2"},
                                  {"tokens", "antipodal"},
                                  {"delta", "2"},
                                  {"beta", "1/100"},
                                  {"r_k(0)", to_string(r0)},
                                  {"alpha_t", to_string(alpha)},
                                  {"tau", to_string(tau)},
                                  {"t", to_string(t)}},
                                 {{"beta", Rational(1, 100)},
                                  {"delta", 2},
                                  {"r0", r0},
                                  {"alpha", alpha},
                                  {"tau", tau},
                                  {"t", t}},
                                 {}});
        }
    }
    return decide_at_instances(
        relation_part(speed, claim.words.at("relation"), claim.formulas.at("rhs")), effort,
        instances);
}

/// Pre-LN and Peri-LN: N tokens around theta_1 at the vertices of a regular simplex, <theta_1,
/// theta_j> = c, <theta_i, theta_j> = c^2 - (1 - c^2)/(N - 1) = 1 - delta, beta = 0, r_j(0) = R.
/// By symmetry theta_1 rests. |theta_j'| <= 1/r_j <= 1/R, so that <theta_1, theta_j> <= c + t/R and
/// |A_1| = <theta_1, A_1> <= (1 + N (c + t/R))/(N + 1): "s" is an upper bound of s_1.
std::vector<Instance> slow_neighbours(std::string_view scheme)
{
    const Rational R = attest::pow(Rational(10), 12);
    const Rational t = 1000;
    const Rational r0(1, 1000);
    std::vector<Instance> instances;
    for (const long N : {2, 1000}) {
        for (const Rational& c : {Rational(399, 401), Rational(99, 101), Rational(4, 5)}) {
            const Rational product = c * c - (1 - c * c) / (N - 1);
            const Rational pull = (1 + N * (c + t / R)) / (N + 1);
            const Rational s =
                scheme == model::PeriLN::name ? Rational((r0 + t) * pull) : Rational(r0 + t * pull);
            instances.push_back(
                {{{"n", std::to_string(N + 1)},
                  {"<theta_1, theta_j>", to_string(c)},
                  {"<theta_i, theta_j>, 1 < i < j", to_string(product)},
                  {"delta", to_string(Rational(1 - product))},
                  {"beta", "0"},
                  {"r_1(0)", to_string(r0)},
                  {"r_j(0), j > 1", to_string(R)},
                  {"t", to_string(t)},
                  {"s_1", "at most " + to_string(s)}},
                 {{"s", s}, {"delta", 1 - product}, {"r0", r0}, {"t", t}, {"alpha", 1}, {"tau", 1}},
                 {}});
        }
    }
    return instances;
}

/// Pre-LN and Mix-LN from n orthonormal tokens with equal magnitudes r0 (Mix-LN: 1) at beta = 0.
/// All products stay equal, u = |mean|^2 = <theta_k, A_k> has u' = 2u(1 - u)/s <= 2u/r0, so that
/// "s" = r0 + r0 (e^{2t/r0} - 1)/(2n) is an upper bound of s_k.
std::vector<Instance> slow_escape(std::string_view scheme)
{
    const bool mix = scheme == model::MixLN::name;
    const Rational tau(1, 3);
    const Rational r0 = mix ? Rational(1) : Rational(1, 2);
    std::vector<Instance> instances;
    for (const Rational& elapsed : {Rational(2), Rational(1, 2)}) {
        const Rational n = 1000000;
        const Rational t = elapsed * r0 + (mix ? tau : Rational(0));
        const Ball growth = exp(Ball(Rational(2 * t / r0))) - 1;
        instances.push_back({{{"n", to_string(n)},
                              {"tokens", "orthonormal at the start"},
                              {"delta", "1"},
                              {"beta", "0"},
                              {"r_k(0)", to_string(r0)},
                              {"tau", to_string(tau)},
                              {"t", to_string(t)},
                              {"s_k", "at most r_0 + r_0 (e^{2t/r_0} - 1)/(2n)"}},
                             {{"delta", 1}, {"r0", r0}, {"t", t}, {"alpha", 1}, {"tau", tau}},
                             {{"s", Ball(r0) + Ball(Rational(r0 / (2 * n))) * growth}}});
    }
    return instances;
}

/// What s_k is for every configuration, from above by |A_k| <= 1, and from below in a cone with
/// delta = 1 - c^2 <= 1 that persists; r_k' integrated.
Reduction speed_reduction(std::string_view scheme, bool upper)
{
    const Expr c = sym("c");
    const Expr t = sym("t");
    const Expr along = upper ? 1 - sym("less") : pow(c, 2) + sym("above");
    const Expr length = upper ? sym("more") : c + sym("beyond");
    Expr grown = sym("r0") + t * along;
    Expr factor = speed_factor_of(scheme);
    if (scheme == model::MixLN::name) {
        // t = tau + later in the second phase, which begins with r = 1.
        grown = 1 + sym("later") * along;
    }
    return {upper
                ? "<theta_k, A_k> = 1 - less, |A_k| <= 1; r_k' of Table 2 integrated"
                : "<theta_k, A_k> >= 1 - delta and |A_k| >= sqrt(1 - delta), means of products in "
                  "[1 - delta, 1]; r_k' of Table 2 integrated, |A_k| <= 1; c = sqrt(1 - delta)",
            {{"s", factor},
             {"r", grown},
             {"normA", length},
             {"delta", 1 - pow(c, 2)},
             {"alpha", sym("a")}},
            {{"c", between(0, 1)},
             {"t", from(0)},
             {"r0", from(0)},
             {"a", from(0)},
             {"less", from(0)},
             {"more", between(0, 1)},
             {"above", from(0)},
             {"beyond", from(0)},
             {"later", from(0)},
             {"tau", from(0)},
             {"gap", from(0)}}};
}

/// The reduction for a time in (0, 1] and in [1, infinity): u = 1 is left out where a relation is
/// strict.
Cases short_and_long(const Reduction& reduction, const std::string& time)
{
    Reduction brief = reduction;
    brief.symbols.emplace_back(time, 1 - sym("u"));
    brief.ranges.insert_or_assign("u", between(0, 1));
    Reduction lasting = reduction;
    lasting.symbols.emplace_back(time, 1 + sym("beyond_1"));
    lasting.ranges.insert_or_assign("beyond_1", from(0));
    return {brief, lasting};
}

/// Peri-LN from below: x_k = r_k theta_k moves with speed 1 in directions in the convex hull of the
/// tokens, which the tokens never leave. For its point p nearest to 0 every token has <theta, p> >=
/// |p|^2 >= 1 - delta, so that the part of x_k along p/|p| grows at least at the rate c.
Reduction straight_reduction()
{
    Reduction reduction = speed_reduction(model::PeriLN::name, false);
    for (auto& [name, formula] : reduction.symbols) {
        if (name == "r") {
            formula = sym("t") * sym("c") + sym("above");
        }
    }
    reduction.why = "x_k moves with speed 1 in directions with a part >= c = sqrt(1 - delta) along "
                    "the point of the tokens' convex hull nearest to 0: r_k >= c t; |A_k| >= c";
    return reduction;
}

/// A bound that has no value at delta = 2, which the cone allows for beta < 1/20 and two antipodal
/// tokens.
std::optional<Judgement> without_value(const Expr& bound, const Effort& effort)
{
    const std::map<std::string, Ball> at = {{"delta", Ball(2)}, {"t", Ball(1)},
                                            {"alpha", Ball(1)}, {"r0", Ball(1)},
                                            {"tau", Ball(1)},   {"late", Ball(0)}};
    if (bound.evaluate(at).is_finite()) {
        return std::nullopt;
    }
    Judgement judgement;
    judgement.evidence.push_back({"evaluation at delta = 2",
                                  "the bound has no real value for delta > 1",
                                  Truth::False,
                                  Strength::Exact,
                                  {ScopeKind::Points, "delta = 2"}});
    judgement.counterexample = ledger::Counterexample{
        {{"n", "2"}, {"tokens", "antipodal"}, {"delta", "2"}, {"beta", "1/100"}, {"t", "1"}},
        "the root of 1 - delta = -1 has no real value",
        fmt::format("attest evaluate '{}' '0' --at delta=2,t=1,alpha=1", bound.text())};
    attach(judgement, effort,
           proof::point_certificate(1 - sym("delta"), "<", Expr(0), {{"delta", 2}}));
    return judgement;
}

/// Formula "bound", relation; number "largest" bounds delta where it is given.
Judgement decide_range(std::string_view scheme, const Statement& statement, const Effort& effort)
{
    const std::string& relation = statement.words.at("relation");
    const auto largest = statement.numbers.find("largest");
    std::vector<Instance> admitted;
    for (Instance& instance : speed_instances(scheme)) {
        if (largest == statement.numbers.end() || instance.exact.at("delta") <= largest->second) {
            admitted.push_back(std::move(instance));
        }
    }
    const Statement claim = relation_part(sym("s"), relation, statement.formulas.at("bound"));
    const Scope scope = cone(std::string(largest == statement.numbers.end() ? "" : ", delta <= 1")
                             + ", V = I, r_k(0) > 0, alpha_t > 0, t > 0, tau > 0");
    const bool upper = relation != ">=";
    Judgement points = decide_at_instances(claim, effort, admitted);
    if (points.counterexample) {
        return points;
    }
    if (largest == statement.numbers.end() || largest->second >= 2) {
        Judgement resting = at_resting_pair(scheme, claim, effort);
        if (resting.counterexample) {
            return resting;
        }
    }
    const bool pre = scheme == model::PreLN::name;
    const bool peri = scheme == model::PeriLN::name;
    const bool mix = scheme == model::MixLN::name;
    if (!upper && (pre || peri || mix)) {
        std::vector<Instance> slow = mix ? std::vector<Instance>{} : slow_neighbours(scheme);
        if (!peri) {
            for (Instance& instance : slow_escape(scheme)) {
                slow.push_back(std::move(instance));
            }
        }
        if (largest != statement.numbers.end()) {
            std::erase_if(slow, [&](const Instance& instance) {
                return instance.exact.at("delta") > largest->second;
            });
        }
        Judgement behind = decide_at_instances(claim, effort, slow);
        if (behind.counterexample) {
            return behind;
        }
    }
    if (largest == statement.numbers.end()) {
        if (std::optional<Judgement> undefined =
                without_value(statement.formulas.at("bound"), effort)) {
            return *undefined;
        }
    }
    Reduction reduction = speed_reduction(scheme, upper);
    if (scheme != model::MixLN::name) {
        const bool straight =
            peri && !upper && largest != statement.numbers.end() && largest->second <= 1;
        Judgement judgement = decide_by_any(claim, effort, reduction,
                                            straight ? std::vector<Cases>{{straight_reduction()}}
                                                     : std::vector<Cases>{},
                                            admitted, scope);
        if (upper || largest != statement.numbers.end() || judgement.counterexample) {
            return judgement;
        }
        Expr factor = speed_factor_of(scheme);
        const std::vector<std::string> names = factor.symbols();
        const bool explicit_in_time =
            std::all_of(names.begin(), names.end(), [](const auto& name) { return name == "t"; });
        const Reduction wide{"delta = 1 + x: s_k > 0",
                             {{"delta", 1 + sym("x")}, {"s", explicit_in_time ? factor : sym("s")}},
                             {{"x", from(0)}, {"s", from(0)}, {"t", from(0)}, {"r0", from(0)}}};
        return all_of({judgement, decide_reduced(claim, effort, wide, admitted, scope)});
    }
    Reduction early = reduction;
    early.symbols.insert(early.symbols.begin(), {{"tau", sym("t") + sym("gap")}});
    early.symbols.emplace_back("late", Expr(0));
    Reduction late = reduction;
    late.symbols.insert(late.symbols.begin(), {{"t", sym("tau") + sym("later")}});
    late.symbols.emplace_back("late", Expr(1));
    Judgement first =
        decide_by_any(claim, effort, early, {short_and_long(early, "t")}, admitted, scope);
    if (first.counterexample) {
        return first;
    }
    return all_of({first, decide_by_any(claim, effort, late, {short_and_long(late, "tau")},
                                        admitted, scope)});
}

/// Attacked on trajectories in closed form; nGPT, whose s_k depends on the directions alone, on all
/// clouds.
Judgement check_range(std::string_view scheme, const Statement& statement, const Effort& effort)
{
    Judgement judgement = decide_range(scheme, statement, effort);
    const std::string& relation = statement.words.at("relation");
    if (effort.control || relation == "=") {
        return judgement;
    }
    AttackSetting setting;
    if (const auto largest = statement.numbers.find("largest");
        largest != statement.numbers.end()) {
        setting.largest_delta = largest->second;
    }
    const Expr& bound = statement.formulas.at("bound");
    if (scheme == model::NGPT::name) {
        const Statement pointwise =
            relation_part(model::NGPT::speed_factor(symbolic_token()), relation, bound);
        return attacked(std::move(judgement), effort, {pointwise}, setting);
    }
    return attacked_on(std::move(judgement), effort, {relation_part(sym("s"), relation, bound)},
                       speed_spaces(scheme, setting));
}

struct Range {
    std::string id;
    std::string relation;
    Expr printed;
    std::optional<Expr> amended = {};
    std::optional<Rational> largest = {}; ///< of delta, in the amended statement
    std::vector<std::pair<std::string, Expr>> faults;
    std::string note = {};
    std::string where = {}; ///< LaTeX: what the amended statement says of its symbols
};

template <class Scheme>
void add_range(ledger::Registry& registry, const Range& range)
{
    const auto set = [&](const Expr& bound) {
        Statement statement;
        statement.formulas = {{"bound", bound}};
        statement.words = {{"relation", range.relation}};
        const std::string sign = range.relation == "<="   ? " \\le "
                                 : range.relation == ">=" ? " \\ge "
                                                          : " = ";
        statement.latex = fmt::format("\\text{{{}: }} s_k{}{}", Scheme::title, sign, bound.latex());
        return statement;
    };
    Claim claim;
    claim.id = "appC/s-range/" + range.id;
    claim.printed = set(range.printed);
    if (range.amended || range.largest) {
        claim.amended = set(range.amended.value_or(range.printed));
        if (range.largest) {
            claim.amended->numbers = {{"largest", *range.largest}};
            claim.amended->latex += ",\\ \\delta \\le " + to_string(*range.largest);
        }
        if (!range.where.empty()) {
            claim.amended->latex += ",\\ " + range.where;
        }
    }
    claim.check = [](const Statement& statement, const Effort& effort) {
        return check_range(Scheme::name, statement, effort);
    };
    const Statement& holds = claim.amended ? *claim.amended : claim.printed;
    for (const auto& [change, bound] : range.faults) {
        claim.faults.push_back(fault(change, holds, "bound", bound));
    }
    claim.witness = cone_witness;
    claim.depends_on = {fmt::format("table2/{}/speed-factor", Scheme::name)};
    if (range.relation == ">=") {
        claim.depends_on.emplace_back("appC/cone-persistence");
    }
    claim.note = range.note;
    registry.add(std::move(claim));
}

void add_ranges(ledger::Registry& registry)
{
    const Expr t = sym("t");
    const Expr r0 = sym("r0");
    const Expr alpha = sym("alpha");
    const Expr tau = sym("tau");
    const Expr c2 = 1 - sym("delta");
    const std::string starts = "r_k(0) > 0 is left out: equal tokens have s_k = r_k(0) + t";
    const std::string own_start = "r_0 = r_k(0)";
    const std::string positive = "\\alpha_t > 0";
    const std::string inverse = "s_k = |A_k|/alpha_t: alpha_t is on the wrong side of the fraction";
    add_range<model::PostLN>(
        registry, {"post-ln", "=", Expr(1), {}, {}, {{"2", Expr(2)}, {"t", t}, {"1 - t", 1 - t}}});
    add_range<model::PreLN>(
        registry,
        {"pre-ln/upper",
         "<=",
         t,
         r0 + t,
         {},
         {{"r_0 dropped", t}, {"r_0 + t/2", r0 + t / 2}, {"r_0/2 + t", r0 / 2 + t}, {"r_0", r0}},
         starts,
         own_start});
    add_range<model::PreLN>(
        registry,
        {"pre-ln/lower",
         ">=",
         c2 * t,
         {},
         {},
         {{"2t", 2 * t + r0}, {"t plus 2 r_0", t + 2 * r0}, {"t^2 + r_0 + t", t * t + r0 + t}},
         "with r_k(0) on the right as well"});
    add_range<model::PeriLN>(
        registry, {"peri-ln/upper",
                   "<=",
                   t,
                   r0 + t,
                   {},
                   {{"r_0 dropped", t}, {"r_0 + t/2", r0 + t / 2}, {"r_0/2 + t", r0 / 2 + t}},
                   starts,
                   own_start});
    add_range<model::PeriLN>(
        registry,
        {"peri-ln/lower",
         ">=",
         c2 * sqrt(c2) * t,
         {},
         Rational(1),
         {{"2t + r_0", 2 * t + r0}, {"t + 2 r_0", t + 2 * r0}, {"t^2 + r_0 + t", t * t + r0 + t}},
         "the power has no real value for delta > 1"});
    add_range<model::NGPT>(
        registry,
        {"ngpt/upper",
         "<=",
         alpha,
         1 / alpha,
         {},
         {{"alpha", alpha}, {"1/(2 alpha)", 1 / (2 * alpha)}, {"1/alpha^2", 1 / pow(alpha, 2)}},
         inverse,
         positive});
    add_range<model::NGPT>(registry, {"ngpt/lower",
                                      ">=",
                                      sqrt(c2) * alpha,
                                      sqrt(c2) / alpha,
                                      Rational(1),
                                      {{"alpha", sqrt(c2) * alpha},
                                       {"2/alpha", 2 * sqrt(c2) / alpha},
                                       {"1/alpha^2", sqrt(c2) / pow(alpha, 2)}},
                                      inverse,
                                      positive});
    add_range<model::MixLN>(registry,
                            {"mix-ln/upper",
                             "<=",
                             t,
                             1 + t,
                             {},
                             {{"t", t}, {"1 + t/4", 1 + t / 4}, {"1 + t - tau", t - tau + 1}},
                             "s_k = 1 up to tau and 1 + (t - tau) at most afterwards, with the "
                             "magnitude 1 at tau that Table 1 gives; with Table 2's r_k(0) there "
                             "(thm4.1/mix-ln/magnitude) it would be max(1, r_k(0)) + t",
                             "r_k(\\tau) = 1 \\text{ (Table 1)}"});
    add_range<model::MixLN>(registry, {"mix-ln/lower",
                                       ">=",
                                       c2 * (t - tau),
                                       {},
                                       Rational(1),
                                       {{"2(t - tau) + 1", 2 * (t - tau) + 1},
                                        {"t + 1/2", t + Expr(Rational(1, 2))},
                                        {"1 + t", 1 + t}},
                                       "for delta > 1, which small beta allows, the right side is "
                                       "large before tau"});
    add_range<model::SqrtScaling>(
        registry, {"sqrt-scaling",
                   "=",
                   sqrt(t),
                   sqrt(t + 1),
                   {},
                   {{"sqrt t", sqrt(t)}, {"t + 1", t + 1}, {"2 sqrt(t + 1)", 2 * sqrt(t + 1)}},
                   "Table 2 has sqrt(t + 1)"});
}

} // namespace

void add_appendix_c_speeds(ledger::Registry& registry)
{
    add_ranges(registry);
}

} // namespace attest::theorems

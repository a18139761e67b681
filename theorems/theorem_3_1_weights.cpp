// Theorem 3.1 beyond Q = K = V = I: which weights reduce to it, and which do not synchronise.
#include "attest/flow/particle_system.hpp"
#include "attest/numbers/precision.hpp"
#include "attest/proof/algebra.hpp"
#include "attest/proof/certificates.hpp"
#include "theorems/reduction.hpp"
#include "theorems/separating_weights.hpp"
#include "theorems/span.hpp"
#include "theorems/units.hpp"
#include "theorems/weight_conditions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace attest::theorems {
namespace {

constexpr const char* scalar_weights_witness =
    "Q = 2I, K = 3I, V = 6I, n = d = 2, beta = 1, theta = e_1, e_2";

// --- weights that reduce to the identity --------------------------------------------------------

/// With V = Q^T K = lambda I: A_j is lambda times A_j for Q = K = V = I at the inverse temperature
/// "temperature", and (theta', r') of every scheme is "rate <scheme>" times that of the identity.
Judgement check_scalar_weights(const Statement& statement, const Effort& effort)
{
    const Expr lambda = sym("lambda");
    const Expr& temperature = statement.formulas.at("temperature");
    const Scope scope{ScopeKind::All, "all n, d, directions, beta >= 0, lambda > 0, six schemes"};
    const std::vector<Instance> terms = {
        {{{"lambda", "2"}, {"beta", "3"}, {"<theta_j, theta_k>", "1/2"}, {"term", "1"}},
         {{"lambda", 2}, {"beta", 3}, {"cosine", Rational(1, 2)}, {"y", 1}},
         {}}};
    std::vector<Judgement> parts;
    parts.push_back(decide_reduced(
        relation_part(exp(sym("beta") * (lambda * sym("cosine"))) * (lambda * sym("y")), "=",
                      lambda * exp(temperature * sym("cosine")) * sym("y")),
        effort, {"e^{beta <Q theta_j, K theta_k>} V theta_k, term by term", {}, {}}, terms, scope));
    for (const std::string_view scheme : model::scheme_names) {
        const Expr& rate = statement.formulas.at("rate " + std::string(scheme));
        const model::TokenView<Expr> unit = symbolic_token();
        model::TokenView<Expr> scaled = unit;
        scaled.norm_A = lambda * unit.norm_A;
        scaled.theta_A = lambda * unit.theta_A;
        const auto of = [&](const model::TokenView<Expr>& token) {
            return *model::with_scheme(scheme, [&](auto s) {
                return std::optional(
                    std::pair(decltype(s)::speed_factor(token), decltype(s)::r_dot(token)));
            });
        };
        const auto [s, r_dot] = of(unit);
        const auto [s_scaled, r_dot_scaled] = of(scaled);
        for (const long late : {0L, 1L}) {
            const std::vector<Instance> tokens = {
                {{{"scheme", std::string(scheme)}, {"lambda", "2"}, {"r_j", "3"}, {"t", "3"}},
                 {{"lambda", 2},
                  {"r", 3},
                  {"normA", Rational(1, 2)},
                  {"thetaA", Rational(1, 3)},
                  {"alpha", 5},
                  {"t", 3}},
                 {}}};
            const auto phase = [&](const Expr& f) { return f.substitute("late", Expr(late)); };
            // P_j A_j over s_j, as a multiple of P_j A_j for the identity.
            parts.push_back(decide_reduced(
                relation_part(phase(lambda / s_scaled), "=", phase(rate / s)), effort,
                {"theta_j' and r_j' of Table 2 with lambda A_j for A_j", {}, {}}, tokens, scope));
            parts.push_back(
                decide_reduced(relation_part(phase(r_dot_scaled), "=", phase(rate * r_dot)), effort,
                               {"r_j' of Table 2", {}, {}}, tokens, scope));
            for (std::size_t k = parts.size() - 2; k < parts.size(); ++k) {
                if (parts[k].counterexample) {
                    return parts[k];
                }
            }
        }
    }
    return all_of(parts);
}

/// The recorded systems of Q = 2I, K = 3I, V = 6I at beta = 1 and of the identity at beta = 6.
Truth recorded_systems_agree(const std::string& scheme, const Rational& factor)
{
    const auto record = [&](const Weights& w, const Rational& beta) {
        flow::ExactParticles particles;
        particles.scheme = scheme;
        particles.attention = {beta, w.Q, w.K, w.V};
        particles.theta = Matrix<Rational>::Identity(2, 2);
        particles.r = Vector<Rational>::Constant(2, Rational(1));
        return flow::particle_system(particles, true, "t", 0);
    };
    const auto six =
        std::find_if(example_weights().begin(), example_weights().end(),
                     [](const Weights& w) { return w.V(0, 0) == 6 && w.V(1, 1) == 6; });
    const flow::System a = record(*six, 1);
    const flow::System b = record(identity_weights(), 6);
    Truth agree = Truth::True;
    for (std::size_t k = 0; k < a.rates.size(); ++k) {
        agree = agree && proof::identical(a.rates[k], Expr(factor) * b.rates[k]);
    }
    return agree;
}

/// Theorem 3.1's conclusion carries over from Q = K = V = I to all weights that meet
/// words["weights"].
Judgement check_general_weights(const Statement& statement, const Effort& effort)
{
    const PrecisionScope precision(bits_for_digits(effort.digits));
    const WeightCondition condition(statement.words.at("weights"));
    const Weights& negative = negative_weights();
    const Weights& stretched = stretched_weights();
    Judgement judgement;
    const auto refute = [&](Evidence item, const Weights& w,
                            std::vector<std::pair<std::string, std::string>> what,
                            const std::string& shows) {
        if (!judgement.counterexample && is_false(item.outcome)) {
            what.insert(what.begin(), {"weights", describe(w)});
            judgement.counterexample =
                ledger::Counterexample{std::move(what), shows, "attest verify thm3.1/general-qkv"};
        }
        judgement.evidence.push_back(std::move(item));
    };
    if (condition.met_by(negative)) {
        refute(repelling_pair(effort), negative, {{"scheme", "post-ln"}, {"n", "2"}},
               "gamma' < 0 for every d >= 2, beta >= 0 and -1 < gamma < 1: the two tokens become "
               "antipodal");
        if (effort.control) {
            return judgement;
        }
    }
    if (condition.met_by(stretched)) {
        refute(invariant_caps(effort), stretched,
               {{"n", "2"},
                {"beta", "1"},
                {"start", "any theta with |<theta_j, e_1>| > 4/5 on "
                          "opposite sides"}},
               "the tokens stay in opposite caps");
        if (!effort.control) {
            judgement.evidence.push_back(two_cluster_spectrum(effort));
        }
    }
    if (judgement.counterexample) {
        return judgement;
    }
    judgement = check_scalar_weights(statement, effort);
    if (judgement.counterexample) {
        return judgement;
    }
    const bool reduces =
        condition.implies("V", "lambda I") && condition.implies("Q^T K", "lambda I");
    for (Evidence& item : judgement.evidence) {
        item.outcome = reduces || is_false(item.outcome) ? item.outcome : Truth::Unknown;
    }
    if (!effort.control) {
        Truth recorded = Truth::True;
        for (const std::string scheme : {"post-ln", "pre-ln", "mix-ln", "sqrt-scaling"}) {
            recorded = recorded && recorded_systems_agree(scheme, 6);
        }
        judgement.evidence.push_back(
            remark("recorded particle systems",
                   "Q = 2I, K = 3I, V = 6I at beta = 1 against the identity at beta = 6: all rates "
                   "are 6 times as large (Post-LN, Pre-LN, Mix-LN, sqrt-scaling)",
                   recorded, {ScopeKind::Points, "n = d = 2, all directions and magnitudes"}));
    }
    return judgement;
}

void add_general_weights(ledger::Registry& registry)
{
    const Expr lambda = sym("lambda");
    Claim claim;
    claim.id = "thm3.1/general-qkv";
    claim.printed.words = {{"weights", "V = Q^T K = K^T Q"}};
    claim.printed.formulas = {{"temperature", lambda * sym("beta")},
                              {"rate post-ln", lambda},
                              {"rate pre-ln", lambda},
                              {"rate mix-ln", lambda},
                              {"rate sqrt-scaling", lambda},
                              {"rate peri-ln", Expr(1)},
                              {"rate ngpt", Expr(1)}};
    claim.printed.latex = "\\text{Theorem 3.1 holds with } Q, K, V \\text{ for every } V = Q^\\top "
                          "K = K^\\top Q";
    claim.amended = claim.printed;
    claim.amended->words.at("weights") = "V = Q^T K = K^T Q = lambda I";
    claim.amended->latex =
        "V = Q^\\top K = K^\\top Q = \\lambda I,\\ \\lambda > 0: \\text{ the system is that of } Q "
        "= "
        "K = V = I \\text{ at inverse temperature } \\lambda\\beta, \\text{ run } \\lambda \\text{ "
        "times as fast (Peri-LN, nGPT: as fast), so that Theorem 3.1 holds for it where it holds "
        "for } I";
    claim.check = check_general_weights;
    const Statement& holds = *claim.amended;
    claim.faults = {
        fault("lambda of any sign", holds, "weights", std::string("V = Q^T K = K^T Q = mu I")),
        fault("no multiple of I", holds, "weights", std::string("V = Q^T K = K^T Q")),
        fault("K Q^T = Q K^T = V", holds, "weights", std::string("K Q^T = Q K^T = V")),
        fault("V = Q^T K only", holds, "weights", std::string("V = Q^T K")),
        fault("Q = I", holds, "weights", std::string("V = Q^T K = K^T Q and Q = I")),
        fault("temperature beta", holds, "temperature", sym("beta")),
        fault("temperature lambda^2 beta", holds, "temperature", pow(lambda, 2) * sym("beta")),
        fault("rate of Post-LN: 1", holds, "rate post-ln", Expr(1)),
        fault("rate of Pre-LN: lambda^2", holds, "rate pre-ln", pow(lambda, 2)),
        fault("rate of nGPT: lambda", holds, "rate ngpt", lambda),
        fault("rate of Peri-LN: lambda", holds, "rate peri-ln", lambda),
    };
    for (const std::string_view scheme : model::scheme_names) {
        claim.depends_on.push_back("thm3.1/" + std::string(scheme));
    }
    claim.witness = scalar_weights_witness;
    claim.note =
        "positive definite V is not enough: tokens near +-the first eigenvector of V = diag(2, 1, "
        "..., 1) stay apart for beta >= 1 with positive probability; in general, the two-cluster "
        "state at +-e_1 of V = diag(l_1, l_2), l_1 > l_2 > 0, is stable once e^{2 beta l_1} > (l_1 "
        "+ l_2)/(l_1 - l_2), and a negative eigenvalue of largest modulus separates in the same "
        "way. Weaker conditions that might do (a largest eigenvalue of multiplicity "
        "two or more, V = lambda I with other Q^T K) are not decided. Whether Theorem 3.1 holds "
        "for I is decided in its own rows; the initial law does not depend on the weights. "
        "sqrt-scaling: both systems run through Post-LN's orbits with unbounded clocks";
    registry.add(std::move(claim));
}

// --- two conditions -----------------------------------------------------------------------------

/// Q^T K, K^T Q, K Q^T, Q K^T of the plane, entry by entry as sums of products: an entry in which
/// the product differs from V.
std::optional<std::pair<Expr, Expr>> differing_entry(const Weights& w, bool transposed_first)
{
    const auto entry = [&](const Matrix<Rational>& m, Eigen::Index i, Eigen::Index j,
                           bool transposed) { return Expr(transposed ? m(j, i) : m(i, j)); };
    for (Eigen::Index i = 0; i < 2; ++i) {
        for (Eigen::Index j = 0; j < 2; ++j) {
            for (const bool swapped : {false, true}) {
                const Matrix<Rational>& a = swapped ? w.K : w.Q;
                const Matrix<Rational>& b = swapped ? w.Q : w.K;
                Expr sum(0);
                Rational value = 0;
                for (Eigen::Index k = 0; k < 2; ++k) {
                    const Expr left = entry(a, i, k, transposed_first);
                    const Expr right = entry(b, k, j, !transposed_first);
                    sum = sum + left * right;
                    value += left.evaluate<Rational>({}) * right.evaluate<Rational>({});
                }
                if (value != w.V(i, j)) {
                    return std::pair(sum, Expr(w.V(i, j)));
                }
            }
        }
    }
    return std::nullopt;
}

/// words["first"] and words["second"] are met by the same weights among those that meet
/// words["hypothesis"].
Judgement check_same_condition(const Statement& statement, const Effort& effort)
{
    const auto word = [&](const std::string& name) { return statement.words.at(name); };
    const WeightCondition hypothesis(word("hypothesis"));
    const WeightCondition first(word("first"));
    const WeightCondition second(word("second"));
    Judgement judgement;
    std::size_t compared = 0;
    for (const Weights& w : example_weights()) {
        if (!hypothesis.met_by(w)) {
            continue;
        }
        ++compared;
        const bool a = first.met_by(w);
        if (a == second.met_by(w)) {
            continue;
        }
        const std::string shows =
            fmt::format("{} holds, {} does not", a ? word("first") : word("second"),
                        a ? word("second") : word("first"));
        judgement.evidence.push_back({"explicit matrices",
                                      shows,
                                      Truth::False,
                                      Strength::Exact,
                                      {ScopeKind::Points, "explicit 2 x 2 matrices"}});
        judgement.counterexample = ledger::Counterexample{{{"weights", describe(w)}}, shows, {}};
        if (const auto apart = differing_entry(w, word(a ? "second" : "first").starts_with("V"))) {
            attach(judgement, effort,
                   proof::point_certificate(apart->first, "!=", apart->second, {}));
            judgement.counterexample->replay =
                fmt::format("attest evaluate '{}' '{}'", apart->first.text(), apart->second.text());
        }
        return judgement;
    }
    judgement.evidence.push_back(
        {"explicit matrices",
         fmt::format("the conditions agree on {} sets of matrices that meet the hypothesis",
                     compared),
         truth_of(compared > 0),
         Strength::Exact,
         {ScopeKind::Points, "explicit 2 x 2 matrices"}});
    judgement.evidence.back().carries = false;
    const std::string more = " and " + word("hypothesis");
    const bool both_ways = WeightCondition(word("first") + more).implies(second)
                           && WeightCondition(word("second") + more).implies(first);
    judgement.evidence.push_back(
        {"equations",
         "each condition follows from the other and the hypothesis by transposing products and "
         "replacing equals",
         both_ways ? Truth::True : Truth::Unknown,
         Strength::Exact,
         {ScopeKind::All, "all d, all square matrices that meet the hypothesis"}});
    return judgement;
}

void add_weight_condition(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "thm3.1/weight-condition";
    claim.printed.words = {
        {"first", "K Q^T = Q K^T = V"}, {"second", "V = Q^T K = K^T Q"}, {"hypothesis", "I = I"}};
    claim.printed.latex = "KQ^\\top = QK^\\top = V \\iff V = Q^\\top K = K^\\top Q";
    claim.amended = claim.printed;
    claim.amended->words.at("hypothesis") = "Q = Q^T and K = K^T";
    claim.amended->latex += " \\quad\\text{for symmetric } Q, K";
    claim.check = check_same_condition;
    const Statement& holds = *claim.amended;
    claim.faults = {
        fault("only Q symmetric", holds, "hypothesis", std::string("Q = Q^T")),
        fault("only K symmetric", holds, "hypothesis", std::string("K = K^T")),
        fault("only V symmetric", holds, "hypothesis", std::string("V = V^T")),
        fault("Q = K", holds, "hypothesis", std::string("Q = K")),
        fault("second: V left out", holds, "second", std::string("Q^T K = K^T Q")),
        fault("second: V = -Q^T K", holds, "second", std::string("V^T = K")),
    };
    claim.witness = "Q = diag(1, 2), K = diag(2, 1), V = 2I";
    claim.depends_on = {"sec3/gradient-condition"};
    claim.note = "neither implies the other; the first is the second for Q^T and K^T, so that the "
                 "two agree as well if Section 3 multiplies rows by its matrices from the right. "
                 "The gradient structure needs the second";
    registry.add(std::move(claim));
}

} // namespace

void add_theorem_3_1_weights(ledger::Registry& registry)
{
    add_general_weights(registry);
    add_weight_condition(registry);
}

} // namespace attest::theorems

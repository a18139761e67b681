// Theorem 3.1, Corollary 3.2's conclusion and nGPT's points without attention.
#include "theorems/theorem_3_1_proof.hpp"
#include "theorems/theorem_3_1_runs.hpp"
#include "theorems/units.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace attest::theorems {
namespace {

constexpr const char* synchronising_pair_witness =
    "n = d = 2, Theta(0) = (e_1, e_2), X(0) = Theta(0), beta = 1, alpha_t = 1, tau = 1";
/// What the printed statement's failure rests on, and what is known beyond the amended one.
std::string failure_reading(const std::string& failure)
{
    return fmt::format(
        "P is over the start; printed for every d >= 1, n >= 2, beta >= 0 (and every alpha_t that "
        "Table 1 allows), it fails for {}. The amended statement says 2 <= n <= d, where there is "
        "an exact proof; for n > d nothing is found against it: certified runs (an exact lower "
        "bound on P for each experiment, which cannot show P = 1) and, for the schemes whose rows "
        "list it, the proof graph given Lojasiewicz' inequality and the centre-stable manifold "
        "theorem",
        failure);
}

/// Whether the exact proofs and the runs speak about the statement as it is.
bool provable(const Synchronisation& s)
{
    return s.probability == 1 && !s.every_start && s.value > 0 && !s.within && s.floor == 0
           && s.few_tokens && s.event != Synchronisation::Event::TwoClusters
           && (s.scheme != model::NGPT::name || s.alpha == Synchronisation::Clock::Divergent);
}

bool has_unit_value(const Synchronisation& s)
{
    return s.value == 1;
}

/// V = c I, c > 0, has the trajectories of V = I with another clock: A_j becomes c A_j, and both
/// the factor of P_j A_j and r_j' are c times what they were, or the same.
StepsOnRanges scaling_steps(const std::string& scheme)
{
    StepsOnRanges steps;
    const Expr c = sym("c");
    for (const long late : {0L, 1L}) {
        const auto view = [&](const Expr& factor) {
            return model::TokenView<Expr>{
                sym("r"),  factor * sym("normA"), factor * sym("thetaA"), sym("alpha"), sym("t"),
                Expr(late)};
        };
        const auto rates = [&](const Expr& factor) {
            return model::with_scheme(scheme, [&]<class S>(S) {
                return std::pair<Expr, Expr>(factor / S::speed_factor(view(factor)),
                                             S::r_dot(view(factor)));
            });
        };
        const auto [speed, r_dot] = rates(Expr(1));
        const auto [scaled, scaled_r_dot] = rates(c);
        const Expr factor = is_true(proof::identical(scaled, speed)) ? Expr(1) : c;
        steps.identical(scaled, factor * speed);
        steps.identical(scaled_r_dot, factor * r_dot);
    }
    return steps;
}

/// A proof for V = I as one for V = c I.
Evidence at_scaled_values(Evidence proof, const Synchronisation& s)
{
    const StepsOnRanges steps = scaling_steps(s.scheme);
    proof.outcome = proof.outcome && steps.outcome();
    proof.detail += fmt::format(
        "; V = {} I multiplies the velocities of V = I by a constant, or by nothing: the same "
        "trajectories in the clock c t (Mix-LN: with c tau for tau; where the speed factor depends "
        "on t, with another divergent clock)",
        to_string(s.value));
    proof.certificates.insert(proof.certificates.end(), steps.certificates().begin(),
                              steps.certificates().end());
    return proof;
}

Judgement check(const Statement& statement, const Effort& effort)
{
    const std::vector<Synchronisation> parts = synchronisations(statement);
    Judgement judgement;
    for (const Synchronisation& part : parts) {
        for (Refutation& found : refutations(part)) {
            if (!judgement.counterexample) {
                judgement.counterexample = std::move(found.counterexample);
            }
            judgement.evidence.push_back(std::move(found.evidence));
        }
    }
    if (judgement.counterexample || !std::all_of(parts.begin(), parts.end(), provable)) {
        return judgement;
    }
    std::vector<Judgement> proofs;
    for (const Synchronisation& part : parts) {
        Judgement one;
        Synchronisation unit = part;
        unit.value = 1;
        one.evidence = {hemisphere_proof(unit), two_token_proof(unit)};
        if (part.value != 1) {
            for (Evidence& proof : one.evidence) {
                proof = at_scaled_values(std::move(proof), part);
            }
        }
        proofs.push_back(std::move(one));
    }
    judgement = proofs.size() == 1 ? std::move(proofs.front()) : all_of(proofs);
    // The runs, and the argument for more tokens than dimensions, are those of V = I.
    if (!effort.control && std::all_of(parts.begin(), parts.end(), has_unit_value)) {
        for (const Synchronisation& part : parts) {
            if (std::optional<Evidence> more = many_token_evidence(part)) {
                judgement.evidence.push_back(std::move(*more));
            }
        }
        RunEvidence runs = certified_run_evidence(parts, effort);
        judgement.evidence.push_back(std::move(runs.evidence));
        judgement.confidence = std::move(runs.confidence);
    }
    return judgement;
}

Fault changed(const std::string& what, const Statement& holds, const std::string& word,
              const std::string& to)
{
    return fault(what, holds, word, to);
}

/// The statement for every n and d, d = 1 among them; with n <= d there is nothing at d = 1.
Fault one_dimension_too(const Statement& holds)
{
    Fault all = fault("every n and d >= 1", holds, "smallest d", Rational(1));
    all.statement.words["tokens"] = "any number";
    return all;
}

/// Near misses that fail for every scheme and event of synchronisation.
std::vector<Fault> common_faults(const Statement& holds)
{
    std::vector<Fault> out{
        one_dimension_too(holds),
        changed("every start instead of almost every one", holds, "start", "every"),
        fault("V = -I", holds, "value", Rational(-1)),
        fault("P = 1/2", holds, "probability", Rational(1, 2)),
        fault("P = 999999/1000000", holds, "probability", Rational(999999, 1000000)),
        changed("two clusters instead of one", holds, "event", "two clusters"),
    };
    return out;
}

std::string title_of(const std::string& scheme)
{
    return model::with_scheme(scheme, []<class S>(S) { return std::string(S::title); });
}

void add_scheme(ledger::Registry& registry, const std::string& scheme,
                const std::vector<std::string>& steps)
{
    const bool spherical = model::with_scheme(scheme, []<class S>(S) { return S::spherical; });
    const bool ngpt = scheme == model::NGPT::name;
    const std::string event =
        spherical ? "\\{\\text{tokens synchronize}\\}"
                  : "\\{\\text{tokens synchronize}\\} \\cup \\{\\min_j \\liminf_t \\dot r_j = 0\\}";
    Claim claim;
    claim.id = "thm3.1/" + scheme;
    claim.printed.latex =
        fmt::format("\\text{{{}: }} P({}) = 1, \\quad d \\ge 1", title_of(scheme), event);
    claim.printed.words = {{"schemes", scheme},
                           {"event", spherical ? "synchronised" : "synchronised or slow growth"},
                           {"start", "almost every"},
                           {"alpha", "real"},
                           {"hypothesis", "none"},
                           {"tokens", "any number"}};
    claim.printed.numbers = {{"smallest d", 1}, {"probability", 1}, {"value", 1}};
    claim.amended = claim.printed;
    claim.amended->numbers["smallest d"] = 2;
    claim.amended->words["tokens"] = "n <= d";
    claim.amended->words["alpha"] = "positive, infinite integral";
    claim.amended->latex =
        fmt::format("\\text{{{}: }} P({}) = 1, \\quad 2 \\le n \\le d{} \\quad (n > d: "
                    "\\text{{evidence only}})",
                    title_of(scheme), event,
                    ngpt ? ",\\ \\alpha_t > 0,\\ \\int_0^\\infty \\alpha_t\\,dt = \\infty" : "");
    claim.check = check;
    claim.faults = common_faults(*claim.amended);
    if (ngpt) {
        claim.faults.push_back(changed("any alpha_t > 0", *claim.amended, "alpha", "positive"));
        claim.faults.push_back(changed("any alpha_t", *claim.amended, "alpha", "real"));
    } else if (scheme != model::PeriLN::name) {
        claim.faults.push_back(
            fault("all cosines at least 0 by t = 3", *claim.amended, "within", Rational(3)));
    }
    claim.depends_on = steps;
    claim.witness = synchronising_pair_witness;
    std::string failure = "d = 1 only";
    if (ngpt) {
        failure = "d = 1 and for alpha_t > 0 with a finite integral only";
    }
    claim.note = failure_reading(failure);
    if (scheme == model::MixLN::name) {
        claim.note += ". Up to tau Table 2's equation is meant (Table 1's attention sees the X_k "
                      "with their lengths, which matters where |X_k| != 1); the hemisphere "
                      "argument covers both";
    }
    registry.add(std::move(claim));
}

void add_corollary(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "cor3.2/statement";
    claim.printed.latex = "\\text{Pre-LN, Peri-LN: } n \\le e^\\beta \\Rightarrow P(\\text{tokens "
                          "synchronize}) = 1, \\quad d \\ge 1";
    claim.printed.words = {{"schemes", "pre-ln peri-ln"}, {"event", "synchronised"},
                           {"start", "almost every"},     {"alpha", "positive, infinite integral"},
                           {"hypothesis", "n <= e^beta"}, {"tokens", "any number"}};
    claim.printed.numbers = {{"smallest d", 1}, {"probability", 1}, {"value", 1}};
    claim.amended = claim.printed;
    claim.amended->numbers["smallest d"] = 2;
    claim.amended->words["tokens"] = "n <= d";
    claim.amended->latex = "\\text{Pre-LN, Peri-LN: } n \\le e^\\beta \\Rightarrow P(\\text{tokens "
                           "synchronize}) = 1, \\quad 2 \\le n \\le d";
    claim.check = check;
    claim.faults = common_faults(*claim.amended);
    claim.depends_on = {"thm3.1/pre-ln", "thm3.1/peri-ln", "cor3.2/chain-1", "cor3.2/chain-2",
                        "cor3.2/peri-ln-bound"};
    claim.witness = "n = d = 2, beta = 1 >= ln 2, Theta(0) = (e_1, e_2), r = 1";
    claim.note = fmt::format("unconditional: without the alternative of slow growth, still almost "
                             "surely. {}",
                             failure_reading("d = 1 only"));
    registry.add(std::move(claim));
}

void add_zero_attention(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "appD.3/remark/ngpt-zero-attention";
    claim.printed.latex = "\\text{nGPT: } P(A_j(\\Theta(t)) \\ne 0 \\text{ for all } j, t) = 1, "
                          "\\quad d \\ge 1";
    claim.printed.words = {{"schemes", "ngpt"},       {"event", "attention never zero"},
                           {"start", "almost every"}, {"alpha", "positive, infinite integral"},
                           {"hypothesis", "none"},    {"tokens", "any number"}};
    claim.printed.numbers = {{"smallest d", 1}, {"probability", 1}, {"value", 1}};
    claim.amended = claim.printed;
    claim.amended->numbers["smallest d"] = 2;
    claim.amended->words["tokens"] = "n <= d";
    claim.amended->latex = "\\text{nGPT: } P(A_j(\\Theta(t)) \\ne 0 \\text{ for all } j, t) = 1, "
                           "\\quad 2 \\le n \\le d";
    claim.check = check;
    const Statement& holds = *claim.amended;
    claim.faults = {
        one_dimension_too(holds),
        changed("every start", holds, "start", "every"),
        fault("|A_j| >= 1/2", holds, "floor", Rational(1, 2)),
        fault("|A_j| >= 1/1000", holds, "floor", Rational(1, 1000)),
        fault("P = 1/2", holds, "probability", Rational(1, 2)),
    };
    claim.witness = synchronising_pair_witness;
    claim.note =
        "read as: almost every start meets no point with A_j = 0, at t = 0 or later. At t = "
        "0 this is exact for all n and d >= 2, since |A_j|^2 is analytic on the connected "
        "manifold of starts and not identically 0; later it is proved for n <= d, and "
        "for n > d run by run: the enclosures divide by |A_j|. On {-1, 1} the points with "
        "A_j = 0 have positive probability";
    registry.add(std::move(claim));
}

} // namespace

void add_theorem_3_1(ledger::Registry& registry)
{
    const std::vector<std::string> core{"appD/lemma-d1", "appD.3/step4/hessian"};
    const auto with_more = [&](std::vector<std::string> more) {
        more.insert(more.begin(), core.begin(), core.end());
        return more;
    };
    add_scheme(registry, "post-ln", with_more({"appD.3/remark/post-ln"}));
    add_scheme(registry, "ngpt",
               with_more({"appD.3/remark/ngpt-time-change", "appD.3/remark/ngpt-zero-attention"}));
    add_scheme(registry, "sqrt-scaling", with_more({"appD.3/remark/sqrt-scaling-time-change"}));
    add_scheme(registry, "pre-ln",
               with_more({"appD.3/step1/q-lower", "appD.3/step2/gradient-form",
                          "appD.3/step3/null-event", "appD.3/step5/stable-manifold"}));
    add_scheme(registry, "mix-ln", with_more({"appD.3/remark/mix-ln"}));
    add_scheme(registry, "peri-ln",
               with_more({"appD.3/remark/peri-ln-frame", "appD.3/remark/peri-ln-rest"}));
    add_corollary(registry);
    add_zero_attention(registry);
}

} // namespace attest::theorems

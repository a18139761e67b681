#include "theorems/terminal_order.hpp"

#include "attest/proof/algebra.hpp"
#include "theorems/figure_2_times.hpp"
#include "theorems/terminal_proof.hpp"

#include <fmt/format.h>

#include <map>

namespace attest::theorems {
namespace {

bool is_plain_growing(const std::string& scheme)
{
    return scheme == "pre-ln" || scheme == "peri-ln";
}

} // namespace

std::string_view describe(DecayKind kind) noexcept
{
    switch (kind) {
    case DecayKind::Polynomial:
        return "polynomial";
    case DecayKind::Between:
        return "between";
    case DecayKind::Exponential:
        return "exponential";
    case DecayKind::Unclear:
        break;
    }
    return "unclear";
}

Decay kind_of_decay(const std::string& scheme)
{
    const Expr t = sym("t");
    const TerminalProof& proof = terminal_proof(scheme);
    const Expr law = proof.law.substitute("alpha", Expr(1)).substitute("alphaint", t);
    const Expr l = derivative(law, "t") / law;
    Decay decay;
    decay.steps = proof.law_steps;
    decay.exponent = -(t * l);
    if (is_true(proof::identical(derivative(t * l, "t"), Expr(0)))) {
        decay.kind = DecayKind::Polynomial;
        decay.steps.identity(scheme + ": t law'/law is constant", derivative(t * l, "t"), Expr(0));
    } else if (is_true(proof::identical(derivative(l, "t"), Expr(0)))) {
        decay.kind = DecayKind::Exponential;
        decay.steps.identity(scheme + ": law'/law is constant", derivative(l, "t"), Expr(0));
    } else {
        const Expr root = 1 + sym("u"); // t = root^2 >= 1
        const Expr slope = -(l.substitute("t", root * root));
        decay.steps.at_least(scheme + ": -t law'/law >= sqrt t", slope * root * root, root);
        decay.steps.at_least(scheme + ": -law'/law <= 4/sqrt t", 4 / root, slope);
        decay.steps.at_least(scheme + ": law'/law <= 0", slope, Expr(0));
        decay.kind = is_true(decay.steps.outcome()) ? DecayKind::Between : DecayKind::Unclear;
    }
    return decay;
}

LimitPlot exponents_of_decay(const std::vector<std::string>& schemes)
{
    LimitPlot plot{"p(t) = -t\\,L'(t)/L(t)", "t", "", {}};
    for (const std::string& scheme : schemes) {
        const Decay decay = kind_of_decay(scheme);
        Course course;
        course.label = scheme + ": " + std::string(describe(decay.kind));
        for (const Ball& t : decades(0, 6, 4)) {
            add_point(course, t, decay.exponent.evaluate<Ball>({{"t", t}}));
        }
        add_course(plot, std::move(course));
    }
    return plot;
}

Evidence ends_behind(const Statement& statement)
{
    std::map<std::string, Decay> decay;
    for (const std::string list : {"slow", "fast"}) {
        for (const std::string& scheme : names_in(statement.words.at(list))) {
            if (!decay.contains(scheme)) {
                decay.emplace(scheme, kind_of_decay(scheme));
            }
        }
    }
    Truth outcome = Truth::True;
    std::vector<std::string> rows;
    Steps steps;
    for (const std::string& slow : names_in(statement.words.at("slow"))) {
        for (const std::string& fast : names_in(statement.words.at("fast"))) {
            const Decay& s = decay.at(slow);
            const Decay& f = decay.at(fast);
            Truth behind = Truth::Unknown;
            if (slow == fast) {
                behind = Truth::False;
            } else if (is_true(s.steps.outcome()) && is_true(f.steps.outcome())
                       && s.kind != f.kind) {
                behind = truth_of(s.kind < f.kind);
            } else if ((is_plain_growing(slow) && fast == "mix-ln")
                       || (is_plain_growing(fast) && slow == "mix-ln")) {
                // 1 - gamma ~ C/(2 t^2): the larger constant is behind.
                const bool proved = is_true(s.steps.outcome()) && is_true(f.steps.outcome())
                                    && is_true(mix_below_pre().outcome());
                behind = proved ? truth_of(fast == "mix-ln") : Truth::Unknown;
                steps.append(mix_below_pre());
                rows.push_back(fmt::format("C of Mix-LN is below C of {} for r(tau) = r_0",
                                           slow == "mix-ln" ? fast : slow));
            }
            if (is_false(behind)) {
                rows.push_back(fmt::format("{} does not end behind {}", slow, fast));
            }
            outcome = outcome && behind;
        }
    }
    for (const auto& [scheme, found] : decay) {
        rows.push_back(fmt::format("{}: {}", scheme, describe(found.kind)));
        steps.append(found.steps);
    }
    Evidence item = steps.evidence(
        "terminal laws (exact algebra)", fmt::format("{}", fmt::join(rows, "; ")),
        {ScopeKind::All, "all n >= 2, beta >= 0, tau > 0, r_0 = r(tau) = 1, alpha_t = 1"});
    item.outcome = is_true(steps.outcome()) ? outcome : Truth::Unknown;
    return item;
}

Judgement decide_ends_behind(const Statement& statement, const Effort& effort)
{
    Evidence proved = ends_behind(statement);
    Judgement judgement;
    if (effort.control && is_false(proved.outcome)) {
        judgement.evidence.push_back(std::move(proved));
        return judgement;
    }
    Judgement times = decide_reaches_later(statement, effort);
    if (is_false(proved.outcome)) {
        judgement.counterexample = times.counterexample;
    }
    support_by_times(judgement, std::move(times), is_false(proved.outcome));
    judgement.evidence.push_back(std::move(proved));
    return judgement;
}

} // namespace attest::theorems

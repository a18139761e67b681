// Appendix E: the update rule of the simulations against the layers of Table 1.
#include "theorems/particle_claims.hpp"
#include "theorems/units.hpp"

#include "attest/proof/certificates.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace attest::theorems {
namespace {

/// The rule with output projection W = c I: residual * x + W A, and then normalised or not.
SpanVector<Expr> described_update(const Rational& residual, bool normalized,
                                  const model::TokenView<Expr>& token, const Rational& c)
{
    const auto in = layer_input<Expr>(token.r, token.theta_A, pow(token.norm_A, 2));
    // A positive factor does not change the direction: residual x + residual A is that of x + A.
    const Rational scale = normalized && residual > 0 && residual == c ? residual : Rational(1);
    const SpanVector<Expr> sum =
        Expr(Rational(residual / scale)) * in.x + Expr(Rational(c / scale)) * in.A_theta;
    return normalized ? model::unit<Expr>(sum) : sum;
}

/// The number that a layer returns for tokens all equal: its positive square root is avoided, and
/// where the rule is not normalised the factor c of W solves residual + c = m.
std::vector<std::string> forced_certificates(const Expr& row_sum, const Rational& m,
                                             const proof::Point& equal_tokens,
                                             const std::optional<Expr>& rule)
{
    const Expr sum = tidy(row_sum);
    std::vector<std::string> all = {value_certificate(pow(sum, 2), m * m, equal_tokens),
                                    proof::point_certificate(sum, m > 0 ? ">" : "<=", Expr(0),
                                                             restricted_to(equal_tokens, {sum}))};
    if (rule) {
        all.push_back(proof::identity_certificate(*rule, Expr(m)));
    }
    return all;
}

/// Does the rule agree with some row of Table 1 for some output projection W?
///
/// Where all tokens equal u, V = I gives A_j = u, and a layer of Table 1 returns m u. A rule that
/// is not normalised returns residual u + W u there, so that W = (m - residual) I is forced. A
/// normalised one returns a unit vector: m = 1 is forced, and without a residual W = c I with c > 0
/// of no further effect; with a residual, W = residual I is tried, and no refutation is claimed.
Judgement check_update(const Statement& statement, const Effort& effort)
{
    const Rational& residual = statement.numbers.at("residual");
    const bool normalized = statement.words.at("normalization") == "yes";
    Judgement collected;
    Truth refuted = Truth::True;
    Strength strength = Strength::Exact;
    std::vector<std::string> reasons;
    std::vector<ledger::Certificate> certificates;
    const auto keep = [&](const std::vector<std::string>& bodies) {
        for (const std::string& body : bodies) {
            const ledger::Certificate one{body};
            if (!effort.control
                && std::find(certificates.begin(), certificates.end(), one) == certificates.end()) {
                certificates.push_back(one);
            }
        }
    };
    for (const std::string_view scheme : model::scheme_names) {
        auto token = phases(scheme).back();
        token.r = Expr(1);
        token.alpha = Expr(1);
        token.t = Expr(0);
        const SpanVector<Expr> row = recorded_layer(scheme, token, Expr(1));
        const proof::Point equal_tokens = {{"thetaA", 1}, {"normA", 1}};
        const Rational m =
            row.theta.evaluate<Rational>(equal_tokens) + row.A.evaluate<Rational>(equal_tokens);
        if (normalized && m != 1) {
            keep(forced_certificates(row.theta + row.A, m, equal_tokens, std::nullopt));
            reasons.push_back(
                fmt::format("{}: tokens that are all equal get length {}", scheme, to_string(m)));
            continue;
        }
        if (normalized && residual < 0) {
            // W u = (lambda - residual) u for all unit vectors u, lambda > 0: W = c I with c >
            // |residual|, and the two coefficients of the rule have opposite signs.
            const Expr quotient = row.A / row.theta;
            const proof::Point state =
                restricted_to({{"thetaA", Rational(9, 25)}, {"normA", Rational(3, 5)}}, {quotient});
            if (is_true(is_positive(proof::evaluate_at(quotient, state)))) {
                reasons.push_back(fmt::format(
                    "{}: W = c I with c > {} is forced, opposite signs of x_j and A_j against "
                    "equal ones",
                    scheme, to_string(Rational(-residual))));
                strength = std::min(strength, Strength::Enclosed);
                if (!collected.counterexample) {
                    collected.counterexample = ledger::Counterexample{
                        {{"<theta_j, A_j>", "9/25"}, {"|A_j|", "3/5"}},
                        fmt::format("row {}: the coefficient of A_j over that of x_j is positive, "
                                    "the rule's is negative for every W that agrees at equal "
                                    "tokens",
                                    scheme),
                        replay_command(quotient, Expr(0), state)};
                }
                continue;
            }
        }
        const Rational c = !normalized     ? Rational(m - residual)
                           : residual == 0 ? Rational(1)
                                           : residual;
        keep(forced_certificates(row.theta + row.A, m, equal_tokens,
                                 normalized ? std::nullopt
                                            : std::optional(Expr(residual) + Expr(c))));
        const SpanVector<Expr> rule = described_update(residual, normalized, token, c);
        const Judgement judgement = judge(
            decide_token_identities({part(rule.theta, row.theta), part(rule.A, row.A)}, effort));
        if (judgement.verdict == ledger::Verdict::Holds) {
            Judgement agreement = judgement;
            for (Evidence& item : agreement.evidence) {
                item.detail =
                    fmt::format("row {}, W = {} I: {}", scheme, to_string(c), item.detail);
                item.scope.text = "all n, d, beta; V = I, one head";
            }
            return agreement;
        }
        strength = std::min(strength, judgement.strength);
        for (const Evidence& item : judgement.evidence) {
            for (const ledger::Certificate& one : item.certificates) {
                if (is_false(item.outcome)) {
                    keep({one.body});
                }
            }
        }
        const bool forced = !normalized || residual == 0;
        refuted =
            refuted
            && (forced ? !truth_of(judgement.verdict != ledger::Verdict::Fails) : Truth::Unknown);
        reasons.push_back(fmt::format("{}: W = {} I is forced and differs", scheme, to_string(c)));
        if (judgement.counterexample && !collected.counterexample) {
            collected.counterexample = judgement.counterexample;
            collected.counterexample->shows =
                fmt::format("row {}, W = {} I, coordinates along theta_j and A_j: {}", scheme,
                            to_string(c), judgement.counterexample->shows);
        }
    }
    if (!is_true(refuted)) {
        collected.counterexample.reset();
    }
    return with(std::move(collected),
                {"comparison with the rows of Table 1",
                 fmt::format("{}", fmt::join(reasons, "; ")),
                 is_true(refuted) ? Truth::False : Truth::Unknown,
                 strength,
                 {ScopeKind::Points, "V = I, alpha_t = 1, t = 0, one head"},
                 std::nullopt,
                 true,
                 std::nullopt,
                 is_true(refuted) ? std::move(certificates) : std::vector<ledger::Certificate>{}});
}

void add_update(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "appE/update";
    claim.printed.latex =
        "X_{t+1} = \\mathrm{Concat}(O_1, \\ldots, O_{n_{heads}}) W \\;\\text{is a row "
        "of Table 1 up to } W";
    claim.printed.numbers = {{"residual", 0}};
    claim.printed.words = {{"normalization", "no"}};
    claim.amended = claim.printed;
    claim.amended->numbers = {{"residual", 1}};
    claim.amended->words = {{"normalization", "yes"}};
    claim.amended->latex =
        "X_{t+1} = \\mathrm{Norm}(X_t + \\mathrm{Concat}(O_1, \\ldots, O_{n_{heads}}) "
        "W) \\;\\text{is a row of Table 1 up to } W";
    claim.check = check_update;
    const auto rule = [&](const char* change, const Rational& residual, const char* normalization) {
        Fault result{change, *claim.amended};
        result.statement.numbers = {{"residual", residual}};
        result.statement.words = {{"normalization", normalization}};
        return result;
    };
    claim.faults = {rule("neither residual nor normalization", 0, "no"),
                    rule("normalized without residual", 0, "yes"),
                    rule("doubled residual, not normalized", 2, "no"),
                    rule("residual subtracted, not normalized", -1, "no")};
    claim.witness = "all tokens equal to (1, 0)";
    claim.note = "with W = I and one head the printed rule is X_{t+1} = A(X_t): it has no residual "
                 "connection, which Section 2.2 builds every layer on, and no normalization";
    registry.add(std::move(claim));
}

} // namespace

void add_appendix_e(ledger::Registry& registry)
{
    add_update(registry);
}

} // namespace attest::theorems

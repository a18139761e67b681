// Theorem 3.1 where it can be proved: tokens in a hemisphere, and two tokens.
#include "theorems/theorem_3_1_proof.hpp"

#include "attest/numbers/errors.hpp"
#include "theorems/instability.hpp"

#include <fmt/format.h>

#include <sstream>

namespace attest::theorems {
namespace {

template <class Value>
Value looked_up(const Statement& statement, const std::string& name,
                const std::vector<std::pair<std::string, Value>>& known)
{
    const std::string& word = statement.words.at(name);
    for (const auto& [key, value] : known) {
        if (key == word) {
            return value;
        }
    }
    throw InputError(fmt::format("{} '{}' is not known to this check", name, word));
}

Rational number_or(const Statement& statement, const std::string& name, const Rational& otherwise)
{
    const auto found = statement.numbers.find(name);
    return found == statement.numbers.end() ? otherwise : found->second;
}

/// A token whose r, |A|, <theta, A> are as given; alpha_t and t are symbols, Mix-LN is past tau.
model::TokenView<Expr> token(const Expr& r, const Expr& norm_A, const Expr& theta_A)
{
    return {r, norm_A, theta_A, sym("alpha"), sym("t"), Expr(1L)};
}

Expr speed(const std::string& scheme, const model::TokenView<Expr>& view)
{
    return model::with_scheme(scheme, [&]<class S>(S) { return Expr(1 / S::speed_factor(view)); });
}
Expr magnitude_growth(const std::string& scheme, const model::TokenView<Expr>& view)
{
    return model::with_scheme(scheme, [&]<class S>(S) { return S::r_dot(view); });
}

/// The scheme's clock runs at least at the rate of a token with |A| = 1, r = r(0) + t, and the
/// integral of that is one of a few functions that tend to infinity (alpha_t's integral does so by
/// hypothesis). Returns that integral in words.
std::string divergent_clock(const std::string& scheme, StepsOnRanges& steps)
{
    const Expr one(1L);
    const Expr r0 = sym("r0");
    const Expr t = sym("t");
    const Expr length = 1 / (1 + sym("short"));   // |A_j| <= 1
    const Expr along = length * (1 - sym("gap")); // <theta_j, A_j> <= |A_j|
    const Expr r = (r0 + t) / (1 + sym("below")); // r_j <= r_j(0) + t, as r_j' <= 1
    const Ranges ranges{{"short", from(0)}, {"gap", between(0, 2)}, {"below", from(0)},
                        {"r0", from(0)},    {"t", from(0)},         {"alpha", from(0)}};
    steps.at_least(one, magnitude_growth(scheme, token(r, length, along)), ranges);
    const Expr rate = speed(scheme, token(r0 + t, one, one));
    steps.at_least(speed(scheme, token(r, length, along)), rate, ranges);
    if (is_true(proof::identical(rate, sym("alpha")))) {
        steps.identical(rate, sym("alpha"));
        return "int_0^t alpha_s ds, infinite by hypothesis";
    }
    for (const Expr& clock : {t, Expr(2 * sqrt(t + 1)), Expr(log(r0 + t))}) {
        if (is_true(proof::identical(derivative(clock, "t"), rate))) {
            steps.identical(derivative(clock, "t"), rate);
            return clock.text();
        }
    }
    steps.identical(rate, Expr(0L)); // no clock found: the step stays open
    return "unknown";
}

std::string domain_of(const Synchronisation& s)
{
    std::string out = "all d >= 2, 2 <= n <= d, all beta >= 0";
    if (s.many_scores) {
        out += " with n <= e^beta";
    }
    if (s.scheme == model::NGPT::name) {
        out += ", all alpha_t > 0 with infinite integral";
    } else if (!model::with_scheme(s.scheme, []<class S>(S) { return S::spherical; })) {
        out += ", all r(0) > 0";
    }
    return out;
}

} // namespace

std::vector<Synchronisation> synchronisations(const Statement& statement)
{
    Synchronisation s;
    s.event = looked_up<Synchronisation::Event>(
        statement, "event",
        {{"synchronised", Synchronisation::Event::Synchronised},
         {"synchronised or slow growth", Synchronisation::Event::SynchronisedOrSlow},
         {"two clusters", Synchronisation::Event::TwoClusters},
         {"attention never zero", Synchronisation::Event::AttentionNeverZero}});
    s.every_start = looked_up<bool>(statement, "start", {{"almost every", false}, {"every", true}});
    s.alpha = looked_up<Synchronisation::Clock>(
        statement, "alpha",
        {{"real", Synchronisation::Clock::Any},
         {"positive", Synchronisation::Clock::Positive},
         {"positive, infinite integral", Synchronisation::Clock::Divergent}});
    s.many_scores =
        looked_up<bool>(statement, "hypothesis", {{"none", false}, {"n <= e^beta", true}});
    s.few_tokens = looked_up<bool>(statement, "tokens", {{"any number", false}, {"n <= d", true}});
    s.smallest_d = statement.numbers.at("smallest d").convert_to<long>();
    s.probability = statement.numbers.at("probability");
    s.value = statement.numbers.at("value");
    s.floor = number_or(statement, "floor", 0);
    if (const auto within = statement.numbers.find("within"); within != statement.numbers.end()) {
        s.within = within->second.convert_to<long>();
    }
    std::istringstream schemes(statement.words.at("schemes"));
    std::vector<Synchronisation> out;
    for (std::string scheme; schemes >> scheme;) {
        s.scheme = scheme;
        out.push_back(s);
    }
    return out;
}

Evidence hemisphere_proof(const Synchronisation& s)
{
    StepsOnRanges steps;
    const Expr v(s.value);
    const Expr w = sym("w");
    const Expr m = sym("m");
    const Expr up = sym("up");
    const Expr apart = sym("apart");
    const Ranges ranges{{"w", from(0)}, {"m", from(0)}, {"up", from(0)}, {"apart", between(0, 2)}};
    // The lowest token: every term of <p, P_j A_j>, with h_k = m + up, c_jk = 1 - apart.
    steps.at_least(v * w * ((m + up) - (1 - apart) * m), w * m * apart, ranges);
    // <p, A_j> >= m: A_j does not vanish, and <p, x_j> grows.
    steps.at_least(v * w * (m + up), w * m, ranges);
    // w_jk >= e^{-2 beta}/n: e^{beta c} = 1/E + more, Z_j = n E/(1 + less), E = e^beta.
    const Expr E = sym("E");
    const Expr n = sym("n");
    steps.at_least((1 / E + sym("more")) * (1 + sym("less")) / (n * E), 1 / (n * E * E),
                   {{"E", from(1)}, {"n", from(2)}, {"more", from(0)}, {"less", from(0)}});
    const std::string clock = divergent_clock(s.scheme, steps);
    return {"hemisphere (exact algebra)",
            fmt::format("tokens with <p, theta_k> >= m > 0: the lowest rises by at least m "
                        "sum_k w_jk (1 - c_jk)/s_j, so m never falls; A_j != 0, r_j > 0 from then "
                        "on; w_jk >= e^(-2 beta)/n and the clock int dt/max_j s_j >= {} diverges, "
                        "so all tokens come arbitrarily near the lowest, in a smaller cap that "
                        "holds them for good. n <= d tokens are linearly independent but on a null "
                        "set, and then some p has all <p, theta_k> = 1",
                        clock),
            steps.outcome(),
            Strength::Exact,
            {ScopeKind::Box, domain_of(s)},
            std::nullopt,
            true,
            std::nullopt,
            steps.certificates()};
}

Evidence two_token_proof(const Synchronisation& s)
{
    StepsOnRanges steps;
    const Expr v(s.value);
    const Expr gamma = sym("gamma");
    const Expr own = sym("own");
    const Expr w = sym("w");
    // A_1 = v (own theta_1 + w theta_2): <theta_2, A_1> - <theta_1, A_1> gamma.
    const Expr along = v * (own + w * gamma);
    const Expr across = v * (own * gamma + w);
    steps.identical(across - along * gamma, v * w * (1 - gamma * gamma));
    steps.at_least(v * w * (1 - gamma * gamma).substitute("gamma", 1 - sym("apart")), Expr(0L),
                   {{"w", from(0)}, {"apart", between(0, 2)}});
    divergent_clock(s.scheme, steps);
    return {"two tokens (exact algebra)",
            "gamma' = (1 - gamma^2)(w_12/s_1 + w_21/s_2), w_12 >= 1/(1 + e^(2 beta)): artanh gamma "
            "grows at least as the divergent clock, from every gamma(0) > -1; gamma(0) = -1 has "
            "probability 0 for d >= 2",
            steps.outcome(),
            Strength::Exact,
            {ScopeKind::Box, "n = 2, all d >= 2, beta >= 0, r(0) > 0"},
            std::nullopt,
            false,
            std::nullopt,
            steps.certificates()};
}

std::optional<Evidence> many_token_evidence(const Synchronisation& s)
{
    const bool state_free = model::with_scheme(s.scheme, [&]<class S>(S) {
        const Expr speed = S::speed_factor(token(sym("r"), sym("normA"), sym("thetaA")));
        return is_true(proof::identical(speed, speed.substitute("r", sym("r2"))))
               && is_true(proof::identical(speed, speed.substitute("normA", sym("a"))))
               && is_true(proof::identical(derivative(speed, "alpha"), Expr(0L)));
    });
    if (!state_free || s.event == Synchronisation::Event::TwoClusters
        || s.event == Synchronisation::Event::AttentionNeverZero) {
        return std::nullopt;
    }
    StepsOnRanges steps;
    const std::string clock = divergent_clock(s.scheme, steps);
    return remark(
        "proof graph",
        fmt::format("s_j depends on t alone: in the clock int dt/s_j >= {} a gradient flow "
                    "of the energy with the factors 1/Z_j, which converges (Lojasiewicz); "
                    "all critical points that are not synchronised are unstable (trace "
                    "for d >= 3, gap criterion for d = 2), and their basin is a null set "
                    "(centre-stable manifold theorem)",
                    clock),
        steps.outcome() && unstable_unless_synchronised(),
        {ScopeKind::All, "all n >= 2, d >= 2, beta >= 0; given Lojasiewicz' inequality and "
                         "the centre-stable manifold theorem"},
        steps.certificates());
}

} // namespace attest::theorems

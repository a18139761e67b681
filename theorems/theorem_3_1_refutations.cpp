// Theorem 3.1 where it fails, and the near misses of it: exact starts and exact probabilities.
#include "attest/numbers/precision.hpp"
#include "attest/proof/certificates.hpp"
#include "theorems/theorem_3_1_proof.hpp"

#include <fmt/format.h>

namespace attest::theorems {
namespace {

bool spherical(const std::string& scheme)
{
    return model::with_scheme(scheme, []<class S>(S) { return S::spherical; });
}

Evidence exact(const std::string& route, const std::string& detail, const Scope& scope,
               const StepsOnRanges& steps)
{
    return {route,           detail,       is_true(steps.outcome()) ? Truth::False : Truth::Unknown,
            Strength::Exact, scope,        std::nullopt,
            false,           std::nullopt, steps.certificates()};
}

/// Antipodal tokens theta, -theta rest, for every d: P_theta(own theta - w theta) = 0. Their r' is
/// r_dot at <theta, A> = (E - 1/E)/(E + 1/E), E = e^beta.
void antipodal_rests(const Synchronisation& s, StepsOnRanges& steps)
{
    for (const long x : {1L, -1L}) {
        const Expr theta(x);
        const Expr A = Expr(s.value) * (sym("own") * theta - sym("w") * theta);
        steps.identical(A - (A * theta) * theta, Expr(0L));
    }
    if (s.event == Synchronisation::Event::SynchronisedOrSlow
        || s.event == Synchronisation::Event::Synchronised) {
        if (!spherical(s.scheme)) {
            const Expr E = 1 + sym("more"); // beta > 0
            const Expr tanh = (E - 1 / E) / (E + 1 / E);
            const Expr r_dot = model::with_scheme(s.scheme, [&]<class S>(S) {
                return S::r_dot(
                    model::TokenView<Expr>{sym("r"), tanh, tanh, sym("alpha"), sym("t"), Expr(1L)});
            });
            // more/(1 + more) is positive for beta > 0.
            steps.at_least(r_dot, sym("more") / (1 + sym("more")) / 2, {{"more", from(0)}});
        }
    }
}

/// Number of the 2^n patterns of signs with all signs equal, over 2^n, by counting.
Rational all_equal(long n)
{
    long equal = 0;
    const long patterns = 1L << static_cast<unsigned>(n);
    for (long pattern = 0; pattern < patterns; ++pattern) {
        equal += pattern == 0 || pattern == patterns - 1 ? 1 : 0;
    }
    return Rational(equal) / Rational(patterns);
}

std::string beta_of(const Synchronisation& s)
{
    return s.event == Synchronisation::Event::AttentionNeverZero ? "0" : "1";
}

/// d = 1, n = 2: Theta(0) is two signs, which differ with probability 1/2; then r_j does not fall
/// and the directions stay. (From n = 3 on an r_j may reach 0.)
std::optional<Refutation> one_dimension(const Synchronisation& s)
{
    const Rational happens = all_equal(2);
    if (s.smallest_d > 1 || s.few_tokens || s.probability == happens
        || s.event == Synchronisation::Event::TwoClusters) {
        return std::nullopt;
    }
    StepsOnRanges steps;
    std::string shows;
    if (s.event == Synchronisation::Event::AttentionNeverZero) {
        // beta = 0: both weights are 1/2.
        steps.identical(Expr(Rational(1, 2)) * 1 + Expr(Rational(1, 2)) * -1, Expr(0L));
        shows = "signs that differ have probability 1/2 and give A_1 = A_2 = 0 at beta = 0";
    } else {
        antipodal_rests(s, steps);
        shows = fmt::format("P_theta A = 0 on {{-1, 1}}: the two directions stay, and differ with "
                            "probability 1/2{}",
                            spherical(s.scheme)
                                ? ""
                                : "; then r_j' is constant and positive (tanh 1 or 1), so that "
                                  "liminf r_j' > 0");
    }
    const Scope scope{ScopeKind::Points, fmt::format("n = 2, d = 1, beta = {}", beta_of(s))};
    return Refutation{
        exact("one dimension (exact)", fmt::format("P = {} at {}", to_string(happens), scope.text),
              scope, steps),
        {{{"n", "2"}, {"d", "1"}, {"beta", beta_of(s)}, {"Theta", "(1, -1)"}, {"P", "1/2"}},
         shows,
         replay_command(Expr(2L) * pow(Expr(Rational(1, 2)), 2), Expr(s.probability), {})}};
}

/// A single start in d = 2.
std::optional<Refutation> single_start(const Synchronisation& s)
{
    if (!s.every_start || s.event == Synchronisation::Event::TwoClusters) {
        return std::nullopt;
    }
    StepsOnRanges steps;
    if (s.event == Synchronisation::Event::AttentionNeverZero) {
        steps.identical(Expr(Rational(1, 2)) * 1 + Expr(Rational(1, 2)) * -1, Expr(0L));
    } else {
        antipodal_rests(s, steps);
    }
    return Refutation{exact("antipodal pair (exact)", "the start (e_1, -e_1) rests",
                            {ScopeKind::Points, fmt::format("n = d = 2, beta = {}", beta_of(s))},
                            steps),
                      {{{"n", "2"}, {"d", "2"}, {"beta", beta_of(s)}, {"Theta", "(e_1, -e_1)"}},
                       s.event == Synchronisation::Event::AttentionNeverZero ? "A_1 = A_2 = 0"
                                                                             : "both tokens rest",
                       "attest evaluate '1/2-1/2' 0"}};
}

/// V = value I with value <= 0, n = 2: gamma' <= 0. For r: -r' has a positive lower bound.
std::optional<Refutation> repelled(const Synchronisation& s)
{
    if (s.value > 0 || s.probability == 0 || s.event == Synchronisation::Event::TwoClusters
        || s.event == Synchronisation::Event::AttentionNeverZero) {
        return std::nullopt;
    }
    StepsOnRanges steps;
    const Expr v(s.value);
    const Expr gamma = 1 - sym("apart");
    const Expr w = sym("w");
    const Expr own = sym("own");
    steps.identical(v * (own * gamma + w) - v * (own + w * gamma) * gamma,
                    v * w * (1 - gamma * gamma));
    steps.at_least(-v * w * sym("apart") * (2 - sym("apart")), Expr(0L),
                   {{"w", from(0)}, {"apart", between(0, 2)}});
    if (!spherical(s.scheme)) {
        // beta = 1: own/w = e^{apart} = 1 + apart + rest.
        const Expr ratio = 1 + sym("apart") + sym("rest");
        steps.at_least(-v * (ratio + gamma) / (1 + ratio), -v / 2,
                       {{"rest", from(0)}, {"apart", between(0, 2)}});
    }
    // Magnitudes that move: r_j' <= v/2 < 0 as long as there is a solution (Mix-LN: after tau).
    const std::string ends =
        spherical(s.scheme)
            ? ""
            : " while the solution lasts, and it ends in finite time: r_j' <= v/2 < "
              "0 (Mix-LN: after tau), so that no limit as t -> infinity exists";
    return Refutation{
        exact("two tokens (exact algebra)",
              "gamma' = v (1 - gamma^2)(w_12/s_1 + w_21/s_2) <= 0" + ends
                  + ": no pair synchronises, P = 0",
              {ScopeKind::Box, "n = 2, all d >= 2, beta = 1"}, steps),
        {{{"n", "2"}, {"d", "2"}, {"beta", "1"}, {"V", to_string(s.value) + " I"}, {"P", "0"}},
         "the cosine of the two tokens never grows" + ends,
         replay_command(Expr(s.value) * (1 - pow(Expr(Rational(1, 2)), 2)), Expr(0L), {})}};
}

/// V = 0: A_j = 0 from every start.
std::optional<Refutation> no_attention(const Synchronisation& s)
{
    if (s.value != 0 || s.event != Synchronisation::Event::AttentionNeverZero
        || s.probability == 0) {
        return std::nullopt;
    }
    StepsOnRanges steps;
    steps.identical(Expr(s.value) * sym("own"), Expr(0L));
    return Refutation{exact("V = 0 (exact)", "A_j = V (...) = 0 for all j and t, from every start",
                            {ScopeKind::Box, "n = 2, all d >= 2, beta >= 0"}, steps),
                      {{{"n", "2"}, {"d", "2"}, {"V", "0"}, {"P", "0"}},
                       "A_j = 0 from every start",
                       replay_command(Expr(0L), Expr(s.probability), {})}};
}

/// nGPT, alpha_t = e^{-t}, n = 2, gamma(0) in (0, 1/2): with U = (1 + gamma)/(1 - gamma), U' = 2 U
/// alpha (w_12/|A_1| + w_21/|A_2|) <= 4 alpha U.
std::optional<Refutation> slow_clock(const Synchronisation& s)
{
    if (s.scheme != model::NGPT::name || s.alpha == Synchronisation::Clock::Divergent
        || s.event != Synchronisation::Event::Synchronised || s.probability != 1) {
        return std::nullopt;
    }
    StepsOnRanges steps;
    const Expr t = sym("t");
    const Expr u = sym("u"); // w_11/w_12 = e^{beta (1 - gamma)} >= 1
    const Expr gamma = sym("gamma");
    steps.at_least(u * u + 1 + 2 * u * gamma, Expr(1L), {{"u", from(1)}, {"gamma", between(0, 1)}});
    const Expr clock = 1 - exp(-t);
    steps.identical(derivative(clock, "t"), exp(-t));
    // U = (1 + gamma)/(1 - gamma) has U' = 2 gamma'/(1 - gamma)^2 and gamma' = (1 - gamma^2) rate.
    steps.identical(2 * (1 - gamma * gamma) * sym("rate") / pow(1 - gamma, 2),
                    2 * sym("rate") * (1 + gamma) / (1 - gamma));
    return Refutation{
        exact("two tokens, integrable alpha_t (exact algebra)",
              "w_12/|A_1| = (u^2 + 1 + 2 u gamma)^(-1/2) <= 1, int_0^inf e^(-t) dt = 1: (1 + gamma)"
              "/(1 - gamma) stays below 3 e^4 for all t, from every gamma(0) in (0, 1/2)",
              {ScopeKind::Box, "n = 2, all d >= 2, beta >= 0, alpha_t = e^(-t)"}, steps),
        {{{"n", "2"}, {"d", "2"}, {"beta", "1"}, {"alpha_t", "exp(-t)"}, {"gamma(0)", "1/4"}},
         "gamma(t) < (3 e^4 - 1)/(3 e^4 + 1) for all t: the tokens stop before they meet",
         "attest trajectory --scheme ngpt --n 2 --beta 1 --alpha 'exp(-t)' --until t=100"}};
}

/// A time limit T: with w_12 <= 1/2, s_j >= 1 the quotient U grows at most as e^{2t} < 9^t, and
/// an open set of starts has U(0) < 9^{-T}/2.
std::optional<Refutation> too_early(const Synchronisation& s)
{
    const bool quick = s.scheme == model::NGPT::name || s.scheme == model::PeriLN::name;
    if (!s.within || quick || s.probability != 1
        || s.event == Synchronisation::Event::AttentionNeverZero) {
        return std::nullopt;
    }
    StepsOnRanges steps;
    // w_12 = 1/(1 + u), u >= 1.
    steps.at_least(Expr(Rational(1, 2)), 1 / (1 + sym("u")), {{"u", from(1)}});
    const Expr r = 1 + sym("more"); // r_j' >= -1: r_j(0) >= T + 1 is enough
    for (const long late : {0L, 1L}) {
        const Expr s_j = model::with_scheme(s.scheme, [&]<class S>(S) {
            return S::speed_factor(model::TokenView<Expr>{r, sym("normA"), sym("thetaA"),
                                                          sym("alpha"), sym("t"), Expr(late)});
        });
        steps.at_least(s_j, Expr(1L), {{"more", from(0)}, {"t", from(0)}});
    }
    const Rational start = pow(Rational(9), -*s.within) / 2;
    const Rational gamma = (start - 1) / (start + 1);
    return Refutation{exact("two tokens, early (exact algebra)",
                            fmt::format("(1 + gamma)/(1 - gamma) grows at most as e^(2t) < 9^t "
                                        "while all r_j >= 1, which r_j(0) >= {} ensures: "
                                        "below 1/2 at t = {} from every gamma(0) < {}",
                                        *s.within + 1, *s.within, to_string(gamma)),
                            {ScopeKind::Box, "n = 2, all d >= 2, beta >= 0"}, steps),
                      {{{"n", "2"},
                        {"d", "2"},
                        {"gamma(0)", to_string(gamma)},
                        {"r(0)", std::to_string(*s.within + 1)}},
                       fmt::format("gamma < 0 still at t = {}", *s.within),
                       "attest evaluate 'exp(2)' 9"}};
}

/// The exact proofs give P = 1 for n = 2: another probability, or another limit, is refuted.
std::optional<Refutation> contradicted(const Synchronisation& s)
{
    const bool holds =
        s.value > 0 && s.smallest_d >= 2 && !s.within && s.floor == 0
        && !(s.scheme == model::NGPT::name && s.alpha != Synchronisation::Clock::Divergent);
    const bool other = s.probability != 1 || s.event == Synchronisation::Event::TwoClusters;
    if (!holds || !other || s.every_start) {
        return std::nullopt;
    }
    Evidence proof = two_token_proof(s);
    proof.outcome = is_true(proof.outcome) ? Truth::False : Truth::Unknown;
    const std::string happens = s.event == Synchronisation::Event::TwoClusters ? "0" : "1";
    if (to_string(s.probability) == happens) {
        return std::nullopt;
    }
    return Refutation{
        std::move(proof),
        {{{"n", "2"}, {"d", "2"}, {"beta", "1"}, {"P", happens}},
         "two tokens on a circle synchronise from every start but antipodal ones",
         replay_command(Expr(Rational(happens == "1" ? 1 : 0)), Expr(s.probability), {})}};
}

/// |A_j| >= floor > 0 at all times: n = 2, beta = 0, gamma(0) < floor^2 2 - 1.
std::optional<Refutation> small_attention(const Synchronisation& s)
{
    if (s.event != Synchronisation::Event::AttentionNeverZero || s.floor <= 0
        || s.probability != 1) {
        return std::nullopt;
    }
    StepsOnRanges steps;
    const Expr half(Rational(1, 2));
    const Expr gamma = sym("gamma");
    steps.identical(half * half + half * half + 2 * half * half * gamma, (1 + gamma) / 2);
    const Rational at = s.floor * s.floor - 1;
    return Refutation{
        exact("two tokens, beta = 0 (exact algebra)",
              fmt::format("|A_j|^2 = (1 + gamma)/2 < {} for gamma(0) < {}",
                          to_string(s.floor * s.floor), to_string(2 * s.floor * s.floor - 1)),
              {ScopeKind::Points, "n = 2, all d >= 2, beta = 0"}, steps),
        {{{"n", "2"}, {"d", "2"}, {"beta", "0"}, {"gamma(0)", to_string(at)}},
         "|A_j| is below the bound at t = 0 on an open set of starts",
         replay_command(Expr(Rational((1 + at) / 2)), Expr(Rational(s.floor * s.floor)), {})}};
}

} // namespace

std::vector<Refutation> refutations(const Synchronisation& s)
{
    std::vector<Refutation> out;
    for (const auto& found : {one_dimension(s), single_start(s), repelled(s), no_attention(s),
                              slow_clock(s), too_early(s), contradicted(s), small_attention(s)}) {
        if (found) {
            out.push_back(*found);
        }
    }
    return out;
}

} // namespace attest::theorems

#pragma once

#include "attest/flow/clock.hpp"

#include <optional>
#include <string>
#include <vector>

namespace attest::flow {

/// One way a constant was computed.
struct ConstantRoute {
    std::string name; ///< "exponential integrals (Arb)", "rigorous quadrature (Arb)", ...
    Ball value; ///< an enclosure if rigorous, else the value with the route's own error estimate
    bool rigorous = false;
    long digits = 0; ///< certified by the enclosure; for a numeric route: shared with the enclosure
};

/// What is known of int_0^t alpha_s ds as t -> infinity (nGPT).
enum class AlphaGrowth {
    NotUsed,     ///< the scheme has no alpha
    Diverges,    ///< -> +infinity: the law holds
    Conditional, ///< not known in closed form: the law holds if the integral -> +infinity
    Fails        ///< known not to tend to +infinity: gamma does not tend to 1, there is no law
};

/// From t = t_star on (for good), gamma' differs from the law by at most `bound` relative to it.
struct TailBound {
    Ball epsilon; ///< 1 - gamma at t_star
    Ball t_star;  ///< nGPT: the value of int alpha instead of t
    Ball bound;
};

/// Theorem 4.1, column t -> infinity, for one problem: gamma'(t) ~ law.
struct TerminalLaw {
    model::SymmetricProblem problem;
    AlphaGrowth alpha_growth = AlphaGrowth::NotUsed;
    std::string condition; ///< in words; empty when the law holds unconditionally
    /// Over the symbols C, t, and for nGPT alpha (= alpha_t) and alphaint (= int_0^t alpha_s ds).
    std::optional<Expr> law; ///< nothing when alpha_growth is Fails
    Ball constant;           ///< the intersection-free best enclosure of C
    long digits = 0;         ///< certified digits of it
    std::vector<ConstantRoute> routes;
    Truth routes_agree = Truth::Unknown; ///< every enclosure overlaps, every numeric route agrees
    /// A certified moment from which on the law is within 1 percent for good. It is an upper bound
    /// of the first such moment.
    std::optional<TailBound> onset;
    /// At epsilon = 10^-1, 10^-2, ... (below the start): how close the law is from then on.
    std::vector<TailBound> tail;
};

struct TerminalOptions {
    long digits = 50;
    bool with_tail = true; ///< also onset and tail (costs time integrals for growing magnitudes)
    int tail_decades = 6;
};

/// The terminal law of the problem and its constant to the requested number of certified digits by
/// at least two independent routes. Throws InputError for a bad problem or digits outside
/// 1..100000, Undecidable when the precision limit does not suffice.
TerminalLaw terminal(const model::SymmetricProblem& problem, const TerminalOptions& options = {});

/// Decimal digits that a point value shares with an enclosure, at most those that it certifies.
long shared_digits(const Ball& value, const Ball& enclosure);

/// Whether every enclosure overlaps the constant and every other route shares that many digits.
Truth agreement(const std::vector<ConstantRoute>& routes, const Ball& constant, long digits);

/// What is known of int alpha for this alpha_t.
AlphaGrowth alpha_growth(const model::Alpha& alpha);

} // namespace attest::flow

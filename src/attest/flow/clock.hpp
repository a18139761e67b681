#pragma once

#include "attest/model/parameters.hpp"
#include "attest/numbers/ball.hpp"

#include <memory>
#include <vector>

namespace attest::flow {

/// The symmetric dynamics of one problem solved backwards: time and magnitude as functions of
/// epsilon = 1 - gamma, by closed forms and rigorous quadrature in ball arithmetic, without any
/// time stepping. Derivations: docs/mathematics.md.
///
/// epsilon decreases from 1 - gamma0 to 0 as time runs. Every value is an enclosure: it contains
/// the exact value for every epsilon (or time) in the argument. How tight it is follows from the
/// working precision at construction and of the call: build a new clock to go to more digits, or
/// use states_at and terminal(), which retry by themselves. Not for concurrent use: it caches.
///
/// "Time" is the paper's t, except for nGPT, where it is A = int_0^t alpha_s ds: nGPT depends on
/// alpha through A only. Any real A is a time of nGPT; it is the other schemes' t >= 0.
class SymmetricClock {
public:
    /// Throws InputError where validate(problem) does. Undecidable when Mix-LN's switching point
    /// cannot be enclosed at the working precision.
    explicit SymmetricClock(const model::SymmetricProblem& problem);
    ~SymmetricClock();
    SymmetricClock(SymmetricClock&&) noexcept;
    SymmetricClock& operator=(SymmetricClock&&) noexcept;
    SymmetricClock(const SymmetricClock&) = delete;
    SymmetricClock& operator=(const SymmetricClock&) = delete;

    const model::SymmetricProblem& problem() const noexcept;
    /// 1 - gamma0.
    Ball start_epsilon() const;
    /// Mix-LN: epsilon at t = tau. Start_epsilon() for every other scheme with growing magnitude.
    Ball growth_epsilon() const;

    /// Time at which 1 - gamma = epsilon, 0 < epsilon < n/(n-1) (up to 1 - gamma0 except for nGPT).
    /// Mix-LN: an epsilon that straddles the switching point gives the hull of both phases.
    Ball time_at(const Ball& epsilon) const;
    /// r at that moment; 1 for the schemes on the sphere whose r plays no role.
    Ball magnitude_at(const Ball& epsilon) const;
    /// d gamma/dt at that moment; for nGPT d gamma/dA, that is gamma'/alpha_t.
    /// Mix-LN at the switching point: the hull of both sides.
    Ball gamma_dot_at(const Ball& epsilon) const;
    /// The epsilon of that time, certified by an interval Newton step: exactly one solution exists
    /// and it is inside. Reaches times like 10^60. Throws Undecidable when the certificate fails at
    /// the working precision, also for an inexact time that overlaps Mix-LN's tau or the start;
    /// InputError for t < 0.
    Ball epsilon_at(const Ball& time) const;

    /// time_at by another route: rigorous quadrature of dt/dp in the logit p = ln(epsilon/q), no
    /// exponential integral for the time and no series. Slower; for epsilon that are not tiny.
    Ball time_by_quadrature(const Ball& epsilon) const;

    /// int_0^epsilon (e^{beta e} - 1)/(e q(e)) de by exponential integrals; route 2 of every
    /// constant but nGPT's.
    Ball brake_integral(const Ball& epsilon) const;
    /// The terminal constant C (see terminal.hpp) by the closed form; for nGPT by quadrature.
    Ball terminal_constant() const;
    /// gamma' divided by its terminal law, at that epsilon: tends to 1 as epsilon -> 0. nGPT: any
    /// alpha, since alpha_t cancels.
    Ball law_ratio_at(const Ball& epsilon) const;
    /// Bound B with |gamma'/law - 1| <= B at this and at every later moment (for nGPT: at every
    /// moment with a smaller epsilon). Its limit is 0 as epsilon -> 0, and it decreases.
    Ball law_deviation_bound(const Ball& epsilon) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// A point of the symmetric trajectory, each entry an enclosure.
struct ClockState {
    Ball t;       ///< the paper's t
    Ball epsilon; ///< 1 - gamma
    Ball gamma;
    Ball r;
    Ball gamma_dot; ///< with respect to t
};

/// The states at the given times t >= 0 with `digits` certified digits in epsilon, gamma, r and
/// gamma_dot (gamma: relative to max(|gamma|, 10^-digits) where it is 0), retrying with more
/// precision where needed. nGPT: needs Alpha::integral. At Mix-LN's t = tau gamma_dot is the
/// Post-LN side's (the paper's indicator t <= tau).
/// Throws InputError for t < 0 or digits outside 1..100000, Undecidable when the precision limit
/// (16 times that of the digits, plus 4096 bits) does not suffice or alpha has no known integral.
std::vector<ClockState> states_at(const model::SymmetricProblem& problem,
                                  const std::vector<Rational>& times, long digits);

/// First time t at which gamma reaches the level, gamma0 <= level < 1, to `digits` certified
/// digits, and the state there. nGPT: only where int alpha = c t^p (a monotone closed form).
/// Throws as states_at; InputError for a level that is out of range or not reached.
ClockState state_at_gamma(const model::SymmetricProblem& problem, const Rational& level,
                          long digits);

} // namespace attest::flow

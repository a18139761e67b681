#pragma once

#include "attest/flow/taylor_system.hpp"
#include "attest/numbers/ball.hpp"
#include "attest/numbers/real.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace attest::flow {

/// How a run of the integrator chooses order, precision and step. 0 means: from digits.
struct TaylorOptions {
    long digits = 30;      ///< a step neglects less than about 10^-digits of each state
    long order = 0;        ///< highest power kept in a step
    long bits = 0;         ///< significand of Real and Ball coefficients
    double step_scale = 1; ///< shortens (or, above 1, lengthens) every step
    long max_steps = 1'000'000;
};

namespace detail {
template <class T>
struct SolutionData;
template <class T>
struct IntegratorData;
} // namespace detail

/// What a run leaves behind: one polynomial for each step and state, so that the solution can be
/// evaluated anywhere between start and end.
template <class T>
class TaylorSolution {
public:
    /// Independent variable at the start and where the run stopped.
    T start() const;
    T end() const;
    /// States at the end.
    std::vector<T> final_state() const;
    /// States at x between start and end. Throws InputError outside.
    std::vector<T> at(const T& x) const;
    std::size_t steps() const noexcept;
    long order() const noexcept;
    /// Whether the run stopped at its event rather than at its limit.
    bool event_found() const noexcept;

    explicit TaylorSolution(std::shared_ptr<const detail::SolutionData<T>> data);

private:
    std::shared_ptr<const detail::SolutionData<T>> data_;
};

/// Integrates a recorded system by its Taylor series, with the order fixed by the requested digits
/// and each step as long as the series allows (Jorba and Zou, Experimental Mathematics 14, 2005).
/// The cost of a step is quadratic in the order; Real and Ball use Arb's inner products.
///
/// T = double, Real: local truncation below 10^-digits relative to each state, rounding not
/// tracked; no error bound is claimed (see verified). T = Ball: each ball encloses all rounding
/// errors of the computed polynomials, but not their truncation; not a rigorous enclosure of the
/// solution.
template <class T>
class TaylorIntegrator {
public:
    /// Throws InputError for a malformed system or options out of range (digits 1..100000, at most
    /// 16 for double). Symbols named in positive may leave roots when the rates are simplified.
    explicit TaylorIntegrator(const System& system, const TaylorOptions& options = {},
                              const std::vector<std::string>& positive = {});

    /// From x0 to x1, forward or backward. Throws Undecidable, naming the place, where a rate has
    /// no finite series (a singularity) or the steps run out.
    TaylorSolution<T> integrate(const T& x0, const std::vector<T>& y0, const T& x1) const;

    struct Event {
        std::size_t state = 0;
        T level{};
    };
    /// As integrate, but stops at the first place where the state takes the level, located on the
    /// step polynomial by Newton's method to the working precision. A pair of crossings closer
    /// together than a quarter of a step may be missed. For Ball the place is an enclosure of the
    /// root of the step polynomial.
    TaylorSolution<T> until(const T& x0, const std::vector<T>& y0, const Event& event,
                            const T& x1) const;

    /// Inner products for each order, and the order in use.
    double convolutions() const noexcept;
    long order() const noexcept;

private:
    std::shared_ptr<const detail::IntegratorData<T>> data_;
};

extern template class TaylorSolution<double>;
extern template class TaylorSolution<Real>;
extern template class TaylorSolution<Ball>;
extern template class TaylorIntegrator<double>;
extern template class TaylorIntegrator<Real>;
extern template class TaylorIntegrator<Ball>;

/// Final states on which two runs agree.
struct VerifiedState {
    std::vector<Real> values;
    long digits = 0; ///< decimal digits on which the two runs agree, in every state
    long order = 0;  ///< of the run reported
    std::size_t steps = 0;
};

/// The states at x1, from two runs that differ in order, precision and step lengths; repeated with
/// more of each until they agree to the digits asked for. Throws Undecidable when they never do.
VerifiedState verified_state(const System& system, const Rational& x0,
                             const std::vector<Rational>& y0, const Rational& x1, long digits,
                             const std::vector<std::string>& positive = {});

} // namespace attest::flow

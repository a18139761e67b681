#pragma once

#include "attest/flow/series_kernel.hpp"
#include "attest/numbers/ball.hpp"

#include <cstddef>
#include <memory>

namespace attest::flow {

struct SeriesOptions {
    long digits = 30;      ///< a step neglects less than about 10^-digits of r and of the clock
    long order = 0;        ///< highest power kept; 0: from digits and method
    long bits = 0;         ///< working precision; 0: from digits
    double step_scale = 1; ///< shortens every step
    SeriesMethod method = SeriesMethod::Automatic;
    long max_steps = 100'000;
};

/// The options with method, order and bits filled in.
SeriesOptions completed(SeriesOptions options);

/// A point of a symmetric trajectory. Radii cover the rounding errors of the computation, not the
/// truncation of the series.
struct SeriesPoint {
    Ball sigma;
    Ball epsilon;
    Ball gamma;
    Ball r;
    Ball clock; ///< C = int_0^t speed
};

/// The symmetric trajectory of a scheme as power series in the logistic clock sigma, where gamma is
/// an explicit function, ln r an integral and the scheme's clock C another. Nothing has to be
/// solved, so a step costs a few series products: inner products (quadratic in the order) at few
/// digits, FFT products (quasi-linear) at many. The steps grow like the distance to the poles of
/// epsilon(sigma), that is geometrically in the late phase.
///
/// Grows on demand towards the clock value or gamma that is asked for; not for concurrent use.
class SymmetricSeries {
public:
    /// Starts at the problem's gamma0 and magnitude, C = 0, and switches at t = tau where the
    /// scheme does. Throws InputError for a bad problem, Undecidable for a scheme whose rates do
    /// not separate (see logistic_rates).
    SymmetricSeries(const model::SymmetricProblem& problem, const SeriesOptions& options);
    ~SymmetricSeries();
    SymmetricSeries(SymmetricSeries&&) noexcept;
    SymmetricSeries& operator=(SymmetricSeries&&) noexcept;
    SymmetricSeries(const SymmetricSeries&) = delete;
    SymmetricSeries& operator=(const SymmetricSeries&) = delete;

    /// The point at which C has this value, by Newton's method on the step polynomial. Any real
    /// value that the clock takes. Throws Undecidable where the steps run out before.
    SeriesPoint at_clock(const Ball& clock);
    /// The point with this gamma, -1/(n-1) < gamma < 1.
    SeriesPoint at_gamma(const Rational& gamma);

    /// dC/dt over t.
    const Expr& speed() const noexcept;
    /// Whether the scheme keeps the magnitudes constant throughout.
    bool spherical() const noexcept;
    std::size_t steps() const noexcept;
    long order() const noexcept;
    long bits() const noexcept;

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace attest::flow

#pragma once

#include "attest/flow/taylor_system.hpp"
#include "attest/numbers/ball.hpp"
#include "attest/numbers/eigen.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace attest::flow {

/// All values of one state at the start: lo <= y <= hi, exact.
struct InitialRange {
    Rational lo;
    Rational hi;
    /// One value.
    InitialRange(const Rational& value) :
        // NOLINT(google-explicit-constructor): exact
        lo(value), hi(value)
    {
    }
    InitialRange(Rational low, Rational high) : lo(std::move(low)), hi(std::move(high)) {}
};

/// How a validated run chooses order, precision and step. 0 means: from digits.
struct ValidatedOptions {
    long digits = 15; ///< a step adds less than about 10^-digits of each state
    long order = 0;   ///< power of h that Lagrange's remainder carries
    long bits = 0;    ///< significand of the point series
    long max_steps = 100'000;
    /// States whose error counts as it is, not in relation to their size (exponents, angles,
    /// coordinates that change sign). One entry for each state, or none: all relative.
    std::vector<bool> absolute;
    /// Take the rates as they are recorded; otherwise they are simplified, exactly.
    bool as_written = false;
    std::vector<std::string> positive; ///< see simplify
};

/// The set center + frame * [-radius, radius] of states; all entries exact dyadic numbers.
struct StateSet {
    std::vector<Ball> center;
    Matrix<Ball> frame;
    std::vector<Ball> radius;

    /// The smallest box around it, outward rounded.
    std::vector<Ball> box() const;
};

/// One step: every solution that starts in the set before it stays in the hull for all of the step
/// and is in `end` after it.
struct ValidatedStep {
    Ball start; ///< independent variable, exact
    Ball h;     ///< exact, positive
    long order = 0;
    std::vector<Ball> hull;
    StateSet end;
};

namespace detail {
struct ValidatedData;
} // namespace detail

/// A proved enclosure of all solutions that start in a box, for all values of the independent
/// variable between start and end. Not for concurrent use: at and over keep a work space.
class Tube {
public:
    /// The system as it was integrated (rates simplified unless as_written).
    const System& system() const noexcept;
    const ValidatedOptions& options() const noexcept;
    const std::vector<InitialRange>& initial() const noexcept;
    const std::vector<ValidatedStep>& steps() const noexcept;
    /// Bits of the point series.
    long bits() const noexcept;
    /// Independent variable where the tube starts and ends, exact.
    Ball start() const;
    Ball end() const;
    /// Whether the run stopped because its conditions were certified.
    bool stopped() const noexcept;

    /// Box around all states at the end.
    std::vector<Ball> final_box() const;
    /// Box around all states at x, for every x in the ball: the tight enclosure of the step's
    /// Taylor polynomial for a narrow ball, the hulls where that is worse. Throws InputError where
    /// x is not inside [start, end].
    std::vector<Ball> at(const Ball& x) const;
    /// Box around all states at every place of the tube between a value of `from` and one of `to`.
    /// Throws InputError where they miss the tube.
    std::vector<Ball> over(const Ball& from, const Ball& to) const;
    /// Digits of each state at the end, relative to it or absolute as the options say: the
    /// smallest over the states.
    long final_digits() const;
    /// The tube up to its k-th step only.
    Tube first_steps(std::size_t count) const;

    explicit Tube(std::shared_ptr<const detail::ValidatedData> data);

private:
    std::shared_ptr<const detail::ValidatedData> data_;
};

/// Encloses the solutions of a recorded system through a box of initial values.
///
/// A step: an a priori enclosure of the solution over all of it by Picard's operator in interval
/// arithmetic, Taylor's polynomial at the center with Lagrange's remainder over that enclosure, the
/// mean value theorem with an enclosure of the Jacobian of the flow for the width of the set, and
/// a frame from a QR decomposition for the next set (Lohner 1987; Nedialkov, Jackson and Corliss,
/// Applied Mathematics and Computation 105, 1999). Only the point series carries the full
/// precision. docs/mathematics.md has the theorem.
class ValidatedIntegrator {
public:
    /// Throws InputError for a malformed system or options out of range (digits 1..10000).
    explicit ValidatedIntegrator(const System& system, const ValidatedOptions& options = {});

    /// Ends a run after the first step whose set it certifies. It sees the independent variable at
    /// the end of the step and the set there.
    using Stop = std::function<bool(const Ball& x, const StateSet& set)>;

    /// From x0 on to x1 > x0. x1 is reached exactly if it is dyadic, otherwise passed by less than
    /// 2^-bits of itself. Throws InputError for a bad range or initial box, Undecidable with the
    /// place where no enclosure is found or the steps run out.
    Tube integrate(const Rational& x0, const std::vector<InitialRange>& initial, const Rational& x1,
                   const Stop& stop = {}) const;

private:
    std::shared_ptr<const detail::ValidatedData> data_;
};

/// A stop condition: all formulas over the states and the independent variable are positive on the
/// whole set.
ValidatedIntegrator::Stop all_positive(const System& system, std::vector<Expr> formulas);

/// A tube with `digits` proven digits in every state at the end (see ValidatedOptions::absolute),
/// from an exact start: repeated with more of order and precision until it has them. Throws
/// InputError as ValidatedIntegrator and for a start that is not one point, Undecidable when the
/// digits are not reached with three times as many.
Tube proven_tube(const System& system, const Rational& x0, const std::vector<Rational>& y0,
                 const Rational& x1, long digits, const ValidatedOptions& options = {},
                 const ValidatedIntegrator::Stop& stop = {});

/// What a certificate says of the last set or of every hull: formula relation 0.
struct TubeConclusion {
    Expr formula;
    std::string relation = ">";
    std::string where = "end"; ///< "end" or "always"
};

/// The certificate of kind "tube" (docs/certificates.md) as JSON text.
std::string tube_certificate(const Tube& tube, const std::vector<TubeConclusion>& conclusions = {});

} // namespace attest::flow

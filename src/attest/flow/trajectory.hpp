#pragma once

#include "attest/model/parameters.hpp"
#include "attest/numbers/real.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace attest::flow {

/// Independent variable of the integration.
enum class TrajectoryVariable {
    Automatic, ///< Logistic where the scheme depends on t through one clock, else Time
    Logistic,  ///< sigma with gamma' = 2(1 - gamma)((n - 1)gamma + 1)/n: gamma is explicit in it
    Time,      ///< t itself: general Taylor integration of the recorded equations of Appendix A
    LogTime,   ///< t up to 1, then ln t
    Gamma      ///< gamma itself
};

struct TrajectoryRequest {
    model::SymmetricProblem problem;
    std::optional<Rational> until_time;  ///< exactly one of the two ends is given
    std::optional<Rational> until_gamma; ///< stops at the first time at which gamma has this value
    long digits = 30;                    ///< correct significant digits asked for
    long samples = 200;                  ///< points, start and end included; 1: the end only
    TrajectoryVariable variable = TrajectoryVariable::Automatic;
    bool confirm = true; ///< bracket the last sample by rigorous quadrature, up to 60 digits
};

struct TrajectorySample {
    Real t;
    Real gamma;
    Real epsilon; ///< 1 - gamma, to as many significant digits of its own
    Real r;       ///< 1 for the schemes that stay on the sphere
};

struct TrajectoryResult {
    std::vector<TrajectorySample> samples;
    long digits = 0; ///< on which two runs agree in every entry of every sample, at least as asked
    std::string how; ///< one sentence: how the digits are known
    std::string independent; ///< "sigma", "t", "ln t", "gamma"
    long order = 0;          ///< of the reported run
    std::size_t steps = 0;
    bool confirmed = false; ///< the second route certifies the last sample
};

/// The symmetric trajectory of a scheme. Two runs that differ in order, precision and step lengths
/// agree to the digits returned (relative to each of t, gamma, 1 - gamma, r), and are repeated with
/// more of each until they do.
///
/// Samples are equally spaced in t when the end lies at t <= 1000, else geometrically from 1/100
/// on; those in between are short exact decimals. Mix-LN switches exactly at tau.
///
/// Throws InputError for a bad problem, no end or two, digits outside 1..100000, samples outside
/// 1..1000000, t <= 0, a gamma outside [gamma0, 1) (nGPT: (-1/(n-1), 1)); Undecidable, naming the
/// place, where gamma never gets to the level asked for or two runs never agree; std::logic_error
/// where quadrature contradicts both runs, a defect of this library.
TrajectoryResult trajectory(const TrajectoryRequest& request);

} // namespace attest::flow

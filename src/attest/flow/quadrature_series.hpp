#pragma once

#include "attest/flow/clock_reduction.hpp"
#include "attest/flow/exponential_integral.hpp"

#include <map>
#include <memory>
#include <utility>

namespace attest::flow {

/// int_epsilon^end of one of the three densities that have no closed form, by power series with
/// Cauchy remainders: rigorous, made once for a whole trajectory, then a polynomial evaluation per
/// point. Near epsilon = 0 one series in epsilon; elsewhere series in the logit p = ln(epsilon/q),
/// in which the flow is a polynomial system and the real line has an analytic strip around it.
/// Cells are made where they are first needed.
class SeriesIntegral {
public:
    enum class Density {
        PreDrift,  ///< (m/2) r/q
        PeriDrift, ///< (m/2) r/(norm + pull)
        NormExcess ///< (norm - q)/(epsilon q)
    };
    /// r(epsilon) = scale exp(-I(epsilon)/2)/sqrt(epsilon), I the brake integral (not used by
    /// NormExcess). 0 < end < n/(n-1); a wide end is taken at its centre.
    SeriesIntegral(Density density, long n, const Rational& beta, const BrakeIntegral& brake,
                   const Ball& scale, const Ball& end);
    ~SeriesIntegral();
    SeriesIntegral(SeriesIntegral&&) noexcept;
    SeriesIntegral& operator=(SeriesIntegral&&) noexcept;
    SeriesIntegral(const SeriesIntegral&) = delete;
    SeriesIntegral& operator=(const SeriesIntegral&) = delete;

    /// The integral from an exact epsilon, 0 <= epsilon <= end, at the working precision; relative
    /// error about 2^-bits. The whole line outside the domain.
    Ball operator()(const Ball& epsilon) const;

private:
    struct Cells;
    std::unique_ptr<Cells> cells_;
};

} // namespace attest::flow

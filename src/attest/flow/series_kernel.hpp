#pragma once

#include "attest/flow/series_rates.hpp"
#include "attest/flow/taylor_field.hpp"

#include <memory>

namespace attest::flow {

/// How the Taylor coefficients of a step are computed.
enum class SeriesMethod {
    Automatic,   ///< by the number of digits
    Recurrences, ///< order by order, quadratic in the order
    Products     ///< whole power series, multiplied by FFT: quasi-linear in the order
};

namespace detail {

/// Where a series is centred.
struct SeriesCentre {
    Ball epsilon;
    Ball rise; ///< 1/epsilon - (n-1)/n = K e^{2 sigma}
    Ball r;
    Ball clock;
};

/// Coefficients of r and of the clock in powers of sigma - sigma_0, in balls: rounding is
/// enclosed, so that a coefficient is as good as its radius says.
class SeriesKernel {
public:
    SeriesKernel() = default;
    SeriesKernel(const SeriesKernel&) = delete;
    SeriesKernel& operator=(const SeriesKernel&) = delete;
    virtual ~SeriesKernel() = default;
    virtual void expand(const SeriesCentre& centre, ArbVector& r, ArbVector& clock) = 0;
};

std::unique_ptr<SeriesKernel> make_recurrences(long n, const LogisticRates& rates,
                                               std::size_t order, long bits);
std::unique_ptr<SeriesKernel> make_products(long n, const LogisticRates& rates, std::size_t order,
                                            long bits);

} // namespace detail
} // namespace attest::flow

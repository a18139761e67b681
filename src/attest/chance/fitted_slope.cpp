#include "attest/chance/fitted_slope.hpp"

#include <cstddef>

namespace attest::chance {

double fitted_slope(std::span<const double> x, std::span<const double> y)
{
    const auto count = static_cast<double>(x.size());
    double x_mean = 0;
    double y_mean = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        x_mean += x[i];
        y_mean += y[i];
    }
    x_mean /= count;
    y_mean /= count;
    double xx = 0;
    double xy = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        xx += (x[i] - x_mean) * (x[i] - x_mean);
        xy += (x[i] - x_mean) * (y[i] - y_mean);
    }
    return xy / xx;
}

} // namespace attest::chance

#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace attest::flow::detail {

/// log2 of the longest step for which the last three kept terms of one state's series stay below
/// the tolerance relative to the state; infinite for a polynomial. `value` is log2 of the size that
/// the state has at the start; a state that starts at or near 0 is measured by what it reaches
/// within the step.
template <class Field>
double log2_step(const Field& field, const typename Field::Vector& c, std::size_t order,
                 double log2_tolerance, double value)
{
    // The first power that moves the state; 1 unless the state has a turning point here.
    std::size_t first = 1;
    while (first + 3 < order && field.is_zero(c.at(first))) {
        ++first;
    }
    const double slope = field.log2_magnitude(c.at(first));
    const auto lead = static_cast<double>(first);
    double h = -HUGE_VAL;
    for (int pass = 0; pass < 16; ++pass) {
        double next = HUGE_VAL;
        for (std::size_t k = std::max<std::size_t>(first + 1, order - 2); k <= order; ++k) {
            const double size = field.log2_magnitude(c.at(k));
            if (std::isinf(size)) {
                continue;
            }
            const auto power = static_cast<double>(k);
            double estimate = 0;
            if (pass == 0) {
                estimate = std::max((log2_tolerance + value - size) / power,
                                    (log2_tolerance + slope - size) / (power - lead));
            } else {
                estimate = (log2_tolerance + std::max(value, slope + lead * h) - size) / power;
            }
            next = std::min(next, estimate);
        }
        const bool settled = std::isinf(next) || next - h < 0.01;
        h = next;
        if (settled) {
            break;
        }
    }
    return h;
}

} // namespace attest::flow::detail

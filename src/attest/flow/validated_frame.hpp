#pragma once

#include "attest/flow/validated.hpp"

#include <vector>

namespace attest::flow::detail {

/// Smallest power of two not below |x|, as its exponent; `none` for 0.
long log2_above(const Ball& x, long none);
/// Upper bound of |x| as an exact number.
Ball magnitude(const Ball& x);
/// Exact centre, rounded to that many bits.
Ball rounded_centre(const Ball& x, long bits);

/// The set that contains center + map * [-radius, radius] + error, error in [-error_i, error_i]:
/// frame = scale * (rounded orthogonal factor of the scaled map, its longest columns first), so
/// that long directions do not wrap into short ones (Lohner 1987). scale holds the exponents of a
/// power of two for each state, the size in which its error is measured. `room` widens the part
/// that comes from the old radius.
StateSet enclose_image(std::vector<Ball> center, const Matrix<Ball>& map,
                       const std::vector<Ball>& radius, const std::vector<Ball>& error,
                       const std::vector<long>& scale, const Ball& room);

} // namespace attest::flow::detail

#pragma once

#include "attest/numbers/ball.hpp"

namespace attest::flow {

/// The ends of an enclosure as exact points, rounded outward at the working precision.
inline Ball lower_point(const Ball& x)
{
    return Ball(x.lower());
}
inline Ball upper_point(const Ball& x)
{
    return Ball(x.upper());
}

} // namespace attest::flow

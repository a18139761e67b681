#pragma once

#include "attest/numbers/ball.hpp"

#include <functional>

namespace attest::proof {

/// Enclosure, to that many digits, of a zero of a continuous function between lo and hi where its
/// signs are certainly different. The function is given by its ball extension. The zero is located
/// by bisection on certified signs; precision grows until the sign at each midpoint is decided.
/// Throws Undecidable, with the place, where the signs at lo and hi are not certainly opposite or
/// 64 times the starting precision does not decide a midpoint.
Ball enclose_zero(const std::function<Ball(const Ball&)>& f, const Rational& lo, const Rational& hi,
                  long digits);

} // namespace attest::proof

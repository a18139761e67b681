#pragma once

#include "attest/model/alpha.hpp"
#include "attest/numbers/ball.hpp"

#include <optional>

namespace attest::flow {

/// int_0^t alpha_s ds = factor t^exponent, both exact; the factor may be 0 or negative.
struct AlphaMonomial {
    Rational factor;
    Rational exponent;
};
/// The integral in that form, if its closed form is a constant times a power of t.
std::optional<AlphaMonomial> alpha_monomial(const model::Alpha& alpha);

/// alpha_t at an exact time.
Ball alpha_at(const model::Alpha& alpha, const Rational& t);
/// int_0^t alpha_s ds from the closed form. Throws Undecidable when alpha has none.
Ball alpha_integral_at(const model::Alpha& alpha, const Rational& t);
/// The t > 0 at which the integral has this positive value. Throws Undecidable unless the integral
/// is a positive multiple of a power of t.
Ball time_of_alpha_integral(const model::Alpha& alpha, const Ball& value);

} // namespace attest::flow

#pragma once

#include "attest/flow/complex_ball.hpp"

#include <functional>

namespace attest::flow {

/// A function holomorphic on the complex balls where it returns a finite value. On a ball that
/// meets a singularity or a branch cut it has to return ComplexBall::indeterminate().
using HolomorphicFunction = std::function<ComplexBall(const ComplexBall&)>;

/// Encloses int_lo^hi f(x) dx along the real line, finite ends, at the working precision (F.
/// Johansson, Numerical integration in arbitrary-precision ball arithmetic, ICMS 2018: adaptive
/// Gauss-Legendre with error bounds from complex magnitudes). The enclosure is rigorous; about
/// relative_bits of it are accurate unless precision or the evaluation limit runs out, which shows
/// in the radius. Throws Undecidable when nothing finite is found; exceptions of f pass through.
Ball integrate(const HolomorphicFunction& f, const Ball& lo, const Ball& hi, long relative_bits);

/// The same integral by the tanh-sinh rule in MPFR (H. Takahasi and M. Mori 1974; Boost.Math):
/// an independent route that shares no code with Arb. Not rigorous: `error` is the rule's own
/// estimate, from the last two levels. Works at the working precision; finite lo < hi.
/// Throws Undecidable when f is not finite at a node.
struct NumericIntegral {
    Real value;
    Real error;
};
NumericIntegral integrate_tanh_sinh(const std::function<Real(const Real&)>& f, const Real& lo,
                                    const Real& hi);

} // namespace attest::flow

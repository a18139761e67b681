#pragma once

#include "attest/numbers/ball.hpp"

namespace attest::flow {

/// Exact centre of a ball.
Ball centre_of(const Ball& x);

/// The brake integral I(epsilon) = int_0^epsilon (e^{beta e} - 1)/(e q(e)) de, q(e) = n - (n-1) e,
/// which all constants of Theorem 4.1 but nGPT's reduce to (docs/mathematics.md, section 3), in
/// closed form. With w = n/(n-1) and L(x) = Ei(x) - gamma_E - ln|x| (DLMF 6.2):
///   n I = L(beta epsilon) + e^{beta w} (Ei(-beta w) - Ei(-beta (w - epsilon))) - ln(w/(w -
///   epsilon)).
/// Domain 0 <= epsilon < w; it is 0 at epsilon = 0 and for beta = 0, positive and increasing.
class BrakeIntegral {
public:
    BrakeIntegral(long n, Rational beta);
    /// Absolute error about e^{beta w} 2^-bits / n at an exact epsilon; on a wide ball by the mean
    /// value theorem. The whole line where the ball leaves the domain.
    Ball operator()(const Ball& epsilon) const;

private:
    Ball at_point(const Ball& epsilon) const;

    long n_;
    Rational beta_;
    /// e^{beta w} and e^{beta w} Ei(-beta w) of the highest precision used so far.
    struct Constants {
        long bits = 0;
        Ball growth;
        Ball offset;
    };
    mutable Constants constants_;
};

} // namespace attest::flow

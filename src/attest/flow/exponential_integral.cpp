#include "attest/flow/exponential_integral.hpp"

#include "attest/flow/clock_reduction.hpp"
#include "attest/numbers/precision.hpp"

#include <utility>

namespace attest::flow {

Ball centre_of(const Ball& x)
{
    Ball result;
    arb_get_mid_arb(result.raw(), x.raw());
    return result;
}

BrakeIntegral::BrakeIntegral(long n, Rational beta) : n_(n), beta_(std::move(beta))
{
}

Ball BrakeIntegral::operator()(const Ball& epsilon) const
{
    if (beta_ == 0) {
        return Ball(0);
    }
    if (epsilon.is_exact()) {
        return at_point(epsilon);
    }
    const Reduction<Ball> at{Ball(n_), Ball(beta_)};
    const Ball centre = centre_of(epsilon);
    return at_point(centre) + (epsilon - centre) * at.lift(epsilon) / at.q(epsilon);
}

Ball BrakeIntegral::at_point(const Ball& epsilon) const
{
    if (arb_is_zero(epsilon.raw()) != 0) {
        return Ball(0);
    }
    const Ball beta(beta_);
    const Ball w = Ball(n_) / Ball(n_ - 1);
    if (constants_.bits < working_bits()) {
        constants_.growth = exp(beta * w);
        constants_.offset = constants_.growth * ei(-(beta * w));
        constants_.bits = working_bits();
    }
    const Ball v = w - epsilon;
    return (entire_ei(beta * epsilon) + constants_.offset - constants_.growth * ei(-(beta * v))
            - log(w / v))
           / Ball(n_);
}

} // namespace attest::flow

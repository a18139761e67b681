#include "attest/flow/quadrature.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"

#include <boost/math/quadrature/tanh_sinh.hpp>

namespace attest::flow
{

NumericIntegral integrate_tanh_sinh(const std::function<Real(const Real&)>& f, const Real& lo,
                                    const Real& hi)
{
    using Policy = boost::math::policies::policy<>;
    try {
        boost::math::quadrature::tanh_sinh<Real, Policy> rule(15);
        const Real tolerance = boost::multiprecision::ldexp(Real(1), static_cast<int>(
                                                                         -working_bits() * 2 / 3));
        Real error(0);
        const Real value = rule.integrate(f, lo, hi, tolerance, &error);
        return {value, error};
    } catch (const std::exception& failure) {
        throw Undecidable(std::string("tanh-sinh quadrature: ") + failure.what());
    }
}

} // namespace attest::flow

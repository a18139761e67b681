#include "attest/flow/quadrature.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"

#include <boost/math/quadrature/tanh_sinh.hpp>

#include <optional>

namespace attest::flow {
namespace {

using Rule = boost::math::quadrature::tanh_sinh<Real>;

} // namespace

NumericIntegral integrate_tanh_sinh(const std::function<Real(const Real&)>& f, const Real& lo,
                                    const Real& hi)
{
    try {
        // The nodes depend on the precision only and are dear: keep those of the last one.
        thread_local std::optional<Rule> rule;
        thread_local long rule_bits = 0;
        if (!rule || rule_bits != working_bits()) {
            rule.emplace(15);
            rule_bits = working_bits();
        }
        // Each level squares the error, and the estimate is that of the level before the last.
        const Real tolerance = ldexp(Real(1), static_cast<int>(-working_bits() / 2));
        Real error(0);
        const Real value = rule->integrate(f, lo, hi, tolerance, &error);
        return {value, error};
    } catch (const std::exception& failure) {
        throw Undecidable(std::string("tanh-sinh quadrature: ") + failure.what());
    }
}

} // namespace attest::flow

#include "attest/model/parameters.hpp"

#include "attest/model/schemes.hpp"

#include <algorithm>

namespace attest::model {

void validate(const SymmetricProblem& p)
{
    if (std::find(scheme_names.begin(), scheme_names.end(), p.scheme) == scheme_names.end()) {
        throw InputError(fmt::format("scheme '{}' is unknown: must be one of {}", p.scheme,
                                     fmt::join(scheme_names, ", ")));
    }
    if (p.n < 2 || p.n > 1'000'000'000) {
        throw InputError(fmt::format("n = {}: must lie in 2..1000000000", p.n));
    }
    if (p.beta < 0 || p.beta > 1000) {
        throw InputError(fmt::format("beta = {}: must lie in 0..1000", to_string(p.beta)));
    }
    if (p.r0 <= 0) {
        throw InputError(fmt::format("r0 = {}: must be positive", to_string(p.r0)));
    }
    if (p.tau < 0) {
        throw InputError(fmt::format("tau = {}: must be at least 0", to_string(p.tau)));
    }
    if (p.gamma0 >= 1 || p.gamma0 * (p.n - 1) <= -1) {
        throw InputError(fmt::format("gamma0 = {}: must lie strictly between -1/{} and 1",
                                     to_string(p.gamma0), p.n - 1));
    }
}

} // namespace attest::model

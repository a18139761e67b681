#include "attest/model/parameters.hpp"

#include "attest/model/schemes.hpp"
#include "attest/numbers/ball.hpp"

namespace attest::model {

bool has_alpha(std::string_view scheme)
{
    return with_scheme(scheme, []<class S>(S) { return uses_alpha<S>; });
}

bool is_own(std::string_view scheme)
{
    return with_scheme(scheme, []<class S>(S) { return OneOfOnesOwn<S>; });
}

bool is_spherical(std::string_view scheme)
{
    return with_scheme(scheme, []<class S>(S) { return S::spherical; });
}

void require_alpha(std::string_view scheme, const Alpha& alpha)
{
    const std::string_view positive = with_scheme(scheme, []<class S>(S) {
        if constexpr (requires { S::positive_alpha; }) {
            return std::string_view(S::positive_alpha);
        } else {
            return std::string_view();
        }
    });
    if (positive.empty()) {
        return;
    }
    for (const Rational& t :
         {Rational(1, 1000), Rational(1, 7), Rational(1), Rational(22, 7), Rational(1000)}) {
        const Ball value = alpha.formula.evaluate<Ball>({{"t", Ball(t)}});
        if (!is_true(is_positive(value))) {
            throw InputError(fmt::format("alpha '{}': {}'s alpha_t is {} and must be positive; at "
                                         "t = {} it is {}",
                                         alpha.formula.text().substr(0, 80), scheme, positive,
                                         to_string(t), value.to_string(6)));
        }
    }
}

void validate(const SymmetricProblem& p)
{
    require_alpha(p.scheme, p.alpha);
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

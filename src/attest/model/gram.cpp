#include "attest/model/gram.hpp"

#include <fmt/format.h>

namespace attest::model {

template <class T>
GramState<T> gram_velocity(std::string_view scheme, const GramState<T>& state, const T& beta,
                           const Regulation<T>& at)
{
    if (state.G.rows() < 1 || state.G.rows() != state.G.cols()
        || state.r.size() != state.G.rows()) {
        throw InputError(
            fmt::format("Gram matrix of {} x {} with {} magnitudes: must be n x n with n >= 1",
                        state.G.rows(), state.G.cols(), state.r.size()));
    }
    return with_scheme(scheme, [&](auto s) -> GramState<T> {
        return gram_velocity<decltype(s)>(state.G, state.r, beta, at);
    });
}

template GramState<double> gram_velocity(std::string_view, const GramState<double>&, const double&,
                                         const Regulation<double>&);
template GramState<Real> gram_velocity(std::string_view, const GramState<Real>&, const Real&,
                                       const Regulation<Real>&);
template GramState<Ball> gram_velocity(std::string_view, const GramState<Ball>&, const Ball&,
                                       const Regulation<Ball>&);

} // namespace attest::model

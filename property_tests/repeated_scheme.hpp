#pragma once

#include "attest/model/own_scheme.hpp"

namespace attest::testing {

/// A scheme of one's own that repeats Table 2's formulas of S: what follows from them is derived,
/// since it has no row in Table 1 and none in Appendix A.
template <class S>
struct Repeated : model::OwnScheme<Repeated<S>> {
    static constexpr std::string_view name = "repeated";
    static constexpr std::string_view title = "Repeated";
    static constexpr bool spherical = S::spherical;
    template <class T>
    static T speed_factor(const model::TokenView<T>& token)
    {
        return S::speed_factor(token);
    }
    template <class T>
    static T r_dot(const model::TokenView<T>& token)
    {
        return S::r_dot(token);
    }
};

} // namespace attest::testing

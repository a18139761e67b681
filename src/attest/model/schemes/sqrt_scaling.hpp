#pragma once

#include "attest/model/scheme.hpp"

namespace attest::model {

/// sqrt-scaling (Table 1: x' = (t+1)^{-1/2} P_x A(x)): Post-LN with a clock that slows down.
struct SqrtScaling {
    static constexpr std::string_view name = "sqrt-scaling";
    static constexpr std::string_view title = "sqrt-scaling";
    static constexpr bool spherical = true;

    /// Table 2.
    template <class T>
    static T speed_factor(const TokenView<T>& token)
    {
        return sqrt(T(token.t + 1));
    }
    /// Table 2.
    template <class T>
    static T r_dot(const TokenView<T>&)
    {
        return T(0);
    }
    /// Appendix A, sqrt-scaling.
    template <class T>
    static T gamma_dot(const SymmetricPoint<T>& p)
    {
        const T e_bg = exp(p.beta * p.gamma);
        return 2 * e_bg * (1 - p.gamma) * ((p.n - 1) * p.gamma + 1)
               / (sqrt(T(p.t + 1)) * ((p.n - 1) * e_bg + exp(p.beta)));
    }
    template <class T>
    static T symmetric_r_dot(const SymmetricPoint<T>&)
    {
        return T(0);
    }
};

static_assert(Scheme<SqrtScaling>);

} // namespace attest::model

#pragma once

#include "attest/model/scheme.hpp"

namespace attest::model {

/// Post-LN (Table 1: x' = P_x A(x)): tokens stay on the sphere and move at full speed.
struct PostLN {
    static constexpr std::string_view name = "post-ln";
    static constexpr std::string_view title = "Post-LN";
    static constexpr bool spherical = true;

    /// Table 2.
    template <class T>
    static T speed_factor(const TokenView<T>&)
    {
        return T(1);
    }
    /// Table 2.
    template <class T>
    static T r_dot(const TokenView<T>&)
    {
        return T(0);
    }
    /// Appendix A, Post-LN.
    template <class T>
    static T gamma_dot(const SymmetricPoint<T>& p)
    {
        const T e_bg = exp(p.beta * p.gamma);
        return 2 * e_bg * (1 - p.gamma) * ((p.n - 1) * p.gamma + 1)
               / ((p.n - 1) * e_bg + exp(p.beta));
    }
    template <class T>
    static T symmetric_r_dot(const SymmetricPoint<T>&)
    {
        return T(0);
    }
};

static_assert(Scheme<PostLN>);

} // namespace attest::model

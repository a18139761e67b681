#pragma once

#include "attest/model/scheme.hpp"

namespace attest::model {

/// Pre-LN (Table 1: x' = A(Norm(x))): the growing magnitude r_j brakes its token.
struct PreLN {
    static constexpr std::string_view name = "pre-ln";
    static constexpr std::string_view title = "Pre-LN";
    static constexpr bool spherical = false;

    /// Table 2.
    template <class T>
    static T speed_factor(const TokenView<T>& token)
    {
        return token.r;
    }
    /// Table 2.
    template <class T>
    static T r_dot(const TokenView<T>& token)
    {
        return token.theta_A;
    }
    /// Appendix A, equation (1).
    template <class T>
    static T gamma_dot(const SymmetricPoint<T>& p)
    {
        const T e_bg = exp(p.beta * p.gamma);
        return 2 * e_bg * (1 - p.gamma) * ((p.n - 1) * p.gamma + 1)
               / (p.r * ((p.n - 1) * e_bg + exp(p.beta)));
    }
    /// Appendix A, Pre-LN.
    template <class T>
    static T symmetric_r_dot(const SymmetricPoint<T>& p)
    {
        const T e_bg = exp(p.beta * p.gamma);
        return ((p.n - 1) * e_bg * p.gamma + exp(p.beta)) / ((p.n - 1) * e_bg + exp(p.beta));
    }
};

static_assert(Scheme<PreLN>);

} // namespace attest::model

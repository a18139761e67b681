#pragma once

#include "attest/model/schemes/peri_ln.hpp"

namespace attest::model {

/// nGPT (Table 1: x' = P_x alpha_t Norm(A(x))): tokens on the sphere, speed set by alpha_t.
struct NGPT {
    static constexpr std::string_view name = "ngpt";
    static constexpr std::string_view title = "nGPT";
    static constexpr bool spherical = true;
    static constexpr bool uses_alpha = true;

    /// Table 2, written alpha_t^{-1} |A_j| there.
    template <class T>
    static T speed_factor(const TokenView<T>& token)
    {
        return (1 / token.alpha) * token.norm_A;
    }
    /// Table 2.
    template <class T>
    static T r_dot(const TokenView<T>&)
    {
        return T(0);
    }
    /// Appendix A, nGPT.
    template <class T>
    static T gamma_dot(const SymmetricPoint<T>& p)
    {
        return 2 * p.alpha * exp(p.beta * p.gamma) * (1 - p.gamma) * ((p.n - 1) * p.gamma + 1)
               / sqrt(PeriLN::radicand(p));
    }
    template <class T>
    static T symmetric_r_dot(const SymmetricPoint<T>&)
    {
        return T(0);
    }
};

static_assert(Scheme<NGPT>);

} // namespace attest::model

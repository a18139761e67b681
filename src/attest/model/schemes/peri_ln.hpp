#pragma once

#include "attest/model/scheme.hpp"

namespace attest::model {

/// Peri-LN (Table 1: x' = Norm(A(Norm(x)))): unit-length updates, braked by the magnitude.
struct PeriLN {
    static constexpr std::string_view name = "peri-ln";
    static constexpr std::string_view title = "Peri-LN";
    static constexpr bool spherical = false;

    /// Table 2.
    template <class T>
    static T speed_factor(const TokenView<T>& token)
    {
        return token.r * token.norm_A;
    }
    /// Table 2.
    template <class T>
    static T r_dot(const TokenView<T>& token)
    {
        return token.theta_A / token.norm_A;
    }
    /// The radicand of Appendix A: (Z |A|)^2 in the symmetric configuration.
    template <class T>
    static T radicand(const SymmetricPoint<T>& p)
    {
        return exp(2 * p.beta) + 2 * (p.n - 1) * exp(p.beta * (1 + p.gamma)) * p.gamma
               + (p.n - 1) * exp(2 * p.beta * p.gamma) * (1 + (p.n - 2) * p.gamma);
    }
    /// Appendix A, Peri-LN.
    template <class T>
    static T gamma_dot(const SymmetricPoint<T>& p)
    {
        return 2 * exp(p.beta * p.gamma) * (1 - p.gamma) * ((p.n - 1) * p.gamma + 1)
               / (p.r * sqrt(radicand(p)));
    }
    /// Appendix A, Peri-LN.
    template <class T>
    static T symmetric_r_dot(const SymmetricPoint<T>& p)
    {
        return ((p.n - 1) * exp(p.beta * p.gamma) * p.gamma + exp(p.beta)) / sqrt(radicand(p));
    }
};

static_assert(Scheme<PeriLN>);

} // namespace attest::model

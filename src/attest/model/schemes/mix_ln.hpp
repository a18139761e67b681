#pragma once

#include "attest/model/schemes/post_ln.hpp"
#include "attest/model/schemes/pre_ln.hpp"

namespace attest::model {

/// Mix-LN: Post-LN for t <= tau, Pre-LN for t > tau.
struct MixLN {
    static constexpr std::string_view name = "mix-ln";
    static constexpr std::string_view title = "Mix-LN";
    static constexpr bool spherical = false;

    /// Table 2.
    template <class T>
    static T speed_factor(const TokenView<T>& token)
    {
        return (1 - token.late) + token.r * token.late;
    }
    /// Table 2.
    template <class T>
    static T r_dot(const TokenView<T>& token)
    {
        return token.theta_A * token.late;
    }
    /// Appendix A: a combination of Post-LN and Pre-LN.
    template <class T>
    static T gamma_dot(const SymmetricPoint<T>& p)
    {
        return PostLN::gamma_dot(p) * (1 - p.late) + PreLN::gamma_dot(p) * p.late;
    }
    template <class T>
    static T symmetric_r_dot(const SymmetricPoint<T>& p)
    {
        return PreLN::symmetric_r_dot(p) * p.late;
    }
};

static_assert(Scheme<MixLN>);

} // namespace attest::model

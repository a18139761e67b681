#pragma once

#include "attest/model/own_scheme.hpp"

namespace attest::model {

/// DeepNorm (H. Wang et al., DeepNet: Scaling Transformers to 1,000 Layers, 2022): Post-LN whose
/// residual is weighted, x <- Norm(a x + A(X)), with a = alpha_t > 0. Tokens stay on the sphere and
/// move a times more slowly: x' = P_x A(X)/a.
struct DeepNorm : OwnScheme<DeepNorm> {
    static constexpr std::string_view name = "deepnorm";
    static constexpr std::string_view title = "DeepNorm";
    static constexpr bool spherical = true;
    static constexpr bool uses_alpha = true;
    static constexpr std::string_view positive_alpha = "the weight of the residual";

    template <class T>
    static T speed_factor(const TokenView<T>& token)
    {
        return token.alpha;
    }
    template <class T>
    static T r_dot(const TokenView<T>&)
    {
        return T(0);
    }

    static constexpr bool layer_reads_tokens = true;
    template <class T, class V>
    static V layer(const LayerInput<V>& in, const T& h, const Regulation<T>& at)
    {
        return unit<T>(V(V(at.alpha * in.x) + V(h * in.A_X)));
    }
};

static_assert(Scheme<DeepNorm>);

} // namespace attest::model

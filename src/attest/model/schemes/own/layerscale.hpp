#pragma once

#include "attest/model/own_scheme.hpp"

namespace attest::model {

/// LayerScale (H. Touvron et al., Going deeper with Image Transformers, 2021): Pre-LN whose update
/// is weighted, x <- x + lambda A(Norm(X)), with one factor lambda = alpha_t > 0 for all
/// coordinates: x' = lambda A(Norm(X)).
struct LayerScale : OwnScheme<LayerScale> {
    static constexpr std::string_view name = "layerscale";
    static constexpr std::string_view title = "LayerScale";
    static constexpr bool spherical = false;
    static constexpr bool uses_alpha = true;
    static constexpr std::string_view positive_alpha = "the weight of the update";

    template <class T>
    static T speed_factor(const TokenView<T>& token)
    {
        return token.r / token.alpha;
    }
    template <class T>
    static T r_dot(const TokenView<T>& token)
    {
        return token.alpha * token.theta_A;
    }

    static constexpr bool layer_reads_tokens = false;
    template <class T, class V>
    static V layer(const LayerInput<V>& in, const T& h, const Regulation<T>& at)
    {
        return V(in.x + V(T(h * at.alpha) * in.A_theta));
    }
};

static_assert(Scheme<LayerScale>);

} // namespace attest::model

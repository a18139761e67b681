#pragma once

#include "attest/model/attention.hpp"
#include "attest/model/layer_input.hpp"
#include "attest/model/schemes.hpp"

#include <string_view>

namespace attest::model {

/// A scheme of one's own that gives its layer itself: see own_scheme.hpp.
template <class S>
concept HasLayer = requires
{
    S::layer_reads_tokens;
};

/// Table 1 of a scheme, one token at a time: update is the discrete layer with a step h in front of
/// the attention term (h = 1 is the table), velocity the continuous form. The general template
/// serves a scheme of one's own: it recovers x' = r' theta + (r/s) P_theta A from Table 2's two
/// formulas, and takes the layer from the scheme, or as one forward Euler step where it has none.
template <class S>
struct LayerRule {
    static constexpr bool uses_A_X = [] {
        if constexpr (HasLayer<S>) {
            return S::layer_reads_tokens;
        }
        return false;
    }();
    static constexpr bool uses_A_theta = !uses_A_X;
    template <class T, class V>
    static V velocity(const LayerInput<V>& in, const Regulation<T>& at)
    {
        const V& A = uses_A_X ? in.A_X : in.A_theta;
        const T r = sqrt(T(inner(in.x, in.x)));
        const V theta = unit<T>(in.x);
        const TokenView<T> token{
            r, T(sqrt(T(inner(A, A)))), T(inner(theta, A)), at.alpha, at.t, at.late};
        return V(V(T(S::r_dot(token)) * theta)
                 + V(T(r / S::speed_factor(token)) * project<T>(theta, A)));
    }
    template <class T, class V>
    static V update(const LayerInput<V>& in, const T& h, const Regulation<T>& at)
    {
        if constexpr (HasLayer<S>) {
            return S::layer(in, h, at);
        } else {
            return V(in.x + V(h * velocity(in, at)));
        }
    }
};

template <>
struct LayerRule<PostLN> {
    static constexpr bool uses_A_X = true;
    static constexpr bool uses_A_theta = false;
    template <class T, class V>
    static V update(const LayerInput<V>& in, const T& h, const Regulation<T>&)
    {
        return unit<T>(V(in.x + V(h * in.A_X)));
    }
    template <class T, class V>
    static V velocity(const LayerInput<V>& in, const Regulation<T>&)
    {
        return project<T>(in.x, in.A_X);
    }
};

template <>
struct LayerRule<PreLN> {
    static constexpr bool uses_A_X = false;
    static constexpr bool uses_A_theta = true;
    template <class T, class V>
    static V update(const LayerInput<V>& in, const T& h, const Regulation<T>&)
    {
        return V(in.x + V(h * in.A_theta));
    }
    template <class T, class V>
    static V velocity(const LayerInput<V>& in, const Regulation<T>&)
    {
        return in.A_theta;
    }
};

template <>
struct LayerRule<MixLN> {
    static constexpr bool uses_A_X = true;
    static constexpr bool uses_A_theta = true;
    template <class T, class V>
    static V update(const LayerInput<V>& in, const T& h, const Regulation<T>& at)
    {
        return V(V(T(1 - at.late) * LayerRule<PostLN>::update(in, h, at))
                 + V(at.late * LayerRule<PreLN>::update(in, h, at)));
    }
    template <class T, class V>
    static V velocity(const LayerInput<V>& in, const Regulation<T>& at)
    {
        return V(V(T(1 - at.late) * LayerRule<PostLN>::velocity(in, at))
                 + V(at.late * LayerRule<PreLN>::velocity(in, at)));
    }
};

template <>
struct LayerRule<PeriLN> {
    static constexpr bool uses_A_X = false;
    static constexpr bool uses_A_theta = true;
    template <class T, class V>
    static V update(const LayerInput<V>& in, const T& h, const Regulation<T>&)
    {
        return V(in.x + V(h * unit<T>(in.A_theta)));
    }
    template <class T, class V>
    static V velocity(const LayerInput<V>& in, const Regulation<T>&)
    {
        return unit<T>(in.A_theta);
    }
};

template <>
struct LayerRule<NGPT> {
    static constexpr bool uses_A_X = true;
    static constexpr bool uses_A_theta = false;
    template <class T, class V>
    static V update(const LayerInput<V>& in, const T& h, const Regulation<T>& at)
    {
        return unit<T>(V(in.x + V(T(h * at.alpha) * unit<T>(in.A_X))));
    }
    template <class T, class V>
    static V velocity(const LayerInput<V>& in, const Regulation<T>& at)
    {
        return project<T>(in.x, V(at.alpha * unit<T>(in.A_X)));
    }
};

template <>
struct LayerRule<SqrtScaling> {
    static constexpr bool uses_A_X = true;
    static constexpr bool uses_A_theta = false;
    template <class T, class V>
    static V update(const LayerInput<V>& in, const T& h, const Regulation<T>& at)
    {
        return unit<T>(V(in.x + V(T(h / sqrt(T(at.t + 1))) * in.A_X)));
    }
    template <class T, class V>
    static V velocity(const LayerInput<V>& in, const Regulation<T>& at)
    {
        return V(T(1 / sqrt(T(at.t + 1))) * project<T>(in.x, in.A_X));
    }
};

/// Every column divided by its length.
template <class T>
Matrix<T> unit_columns(const Matrix<T>& X);

/// X^{t+1} of Table 1's discrete column for the scheme of that name, with step h in front of the
/// attention term. X is d x n; Post-LN, nGPT, sqrt-scaling and Mix-LN up to tau read X itself,
/// the others its directions (nonzero columns). Throws InputError for an unknown scheme or matrices
/// that do not fit.
template <class T>
Matrix<T> layer_update(std::string_view scheme, const Attention<T>& attention, const Matrix<T>& X,
                       const T& h, const Regulation<T>& at);

/// X' of Table 1's continuous column. Unit-norm columns where the table projects.
template <class T>
Matrix<T> token_velocity(std::string_view scheme, const Attention<T>& attention, const Matrix<T>& X,
                         const Regulation<T>& at);

// Instantiated for double, Real and Ball.

} // namespace attest::model

#pragma once

#include "attest/model/layer_input.hpp"
#include "attest/model/schemes/peri_ln.hpp"

#include <concepts>

namespace attest::model {

/// Base of a scheme of one's own (docs/extending.md). Its file gives what Table 2 gives,
/// speed_factor and r_dot; from those this base derives the equations of the symmetric
/// configuration, as Appendix A does for the paper's schemes.
///
/// With Z = (n-1) e^{beta gamma} + e^beta every pair has
///   <A_j, theta_k> - gamma <A_j, theta_j> = e^{beta gamma} (1-gamma) ((n-1) gamma + 1)/Z,
/// so that gamma' is twice that over s_j.
///
/// Optional in the scheme:
/// - `uses_alpha = true`: it reads alpha_t, the option --alpha
/// - `positive_alpha = "words"`: and alpha_t, which is this, has to be positive
/// - `layer_reads_tokens` and `layer(in, h, at)`: the discrete layer with a step h in front of the
///   attention term, reading A(X) (true) or A(Norm(X)) (false); without it the layer is one
///   forward Euler step of the continuous form
template <class S>
struct OwnScheme {
    /// One token of the symmetric configuration as Table 2 sees it.
    template <class T>
    static TokenView<T> symmetric_token(const SymmetricPoint<T>& p)
    {
        const T e_bg = exp(p.beta * p.gamma);
        const T Z = (p.n - 1) * e_bg + exp(p.beta);
        return {p.r,
                T(sqrt(PeriLN::radicand(p)) / Z),
                T(((p.n - 1) * e_bg * p.gamma + exp(p.beta)) / Z),
                p.alpha,
                p.t,
                p.late};
    }
    template <class T>
    static T gamma_dot(const SymmetricPoint<T>& p)
    {
        const T e_bg = exp(p.beta * p.gamma);
        return 2 * e_bg * (1 - p.gamma) * ((p.n - 1) * p.gamma + 1)
               / (S::speed_factor(symmetric_token(p)) * ((p.n - 1) * e_bg + exp(p.beta)));
    }
    template <class T>
    static T symmetric_r_dot(const SymmetricPoint<T>& p)
    {
        return S::r_dot(symmetric_token(p));
    }
};

template <class S>
concept OneOfOnesOwn = std::derived_from<S, OwnScheme<S>>;

} // namespace attest::model

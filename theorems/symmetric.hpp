#pragma once

#include "attest/model/gram.hpp"
#include "theorems/support.hpp"

/// The symmetric reduction of Section 4.1 as formulas: what the particle system (NA) says about a
/// configuration in which all pairs have cosine similarity gamma, for every n at once.
namespace attest::theorems {

/// gamma' and r' of the scheme derived from the particle system, recorded over the symbols of
/// symbolic_point().
template <model::Scheme S>
model::SymmetricVelocity<Expr> derived_velocity()
{
    const auto p = symbolic_point();
    return model::symmetric_velocity_from_particles<S, Expr>(
        p.n, p.beta, p.gamma, p.r, model::Regulation<Expr>{p.alpha, p.t, p.late});
}

/// <theta_k', theta_1> for k != 1: one half of the change of gamma.
template <model::Scheme S>
Expr derived_half_velocity()
{
    using Matrix = model::InvariantMatrix<Expr>;
    const auto p = symbolic_point();
    const Matrix G{Expr(1), p.gamma, p.n};
    const Matrix W = model::softmax_rows(Matrix(p.beta * G));
    const Matrix B = model::product(W, G);
    const Expr norm_A = sqrt(model::row_products(W, B).value);
    const Expr s =
        S::speed_factor(model::TokenView<Expr>{p.r, norm_A, B.diagonal, p.alpha, p.t, p.late});
    return (B.off_diagonal - B.diagonal * p.gamma) / s;
}

} // namespace attest::theorems

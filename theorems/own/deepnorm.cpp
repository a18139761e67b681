// DeepNorm, x <- Norm(a x + A(X)): what is claimed of it, and how each claim is decided.
#include "theorems/own/columns.hpp"
#include "theorems/own/registry.hpp"
#include "theorems/span.hpp"

namespace attest::theorems {
namespace {

/// The layers of both schemes as vectors c theta_j + b A_j, |theta_j| = 1: two coordinates, equal
/// for every <theta_j, A_j>, |A_j| and a > 0, hence for every n, d, Q, K, V and beta.
Judgement check_layer_of_post_ln(const Statement& statement, const Effort& effort)
{
    model::TokenView<Expr> token = symbolic_token();
    token.r = Expr(1);
    const SpanVector<Expr> deepnorm = recorded_layer("deepnorm", token, Expr(1));
    const SpanVector<Expr> post_ln =
        recorded_layer("post-ln", token, statement.formulas.at("step"));
    return for_every({part(deepnorm.theta, post_ln.theta), part(deepnorm.A, post_ln.A)}, effort,
                     [](const Statement& coordinate, const Effort& e) {
                         return decide_weighted_identity(coordinate.formulas.at("lhs"),
                                                         coordinate.formulas.at("rhs"), e);
                     });
}

void add_layer_of_post_ln(ledger::Registry& registry)
{
    Claim claim;
    claim.id = "x/deepnorm/layer-of-post-ln";
    claim.printed.formulas = {{"step", 1 / sym("alpha")}};
    claim.printed.latex = "\\mathrm{Norm}(\\alpha X + A(X)) = \\mathrm{Norm}\\left(X + "
                          + claim.printed.formulas.at("step").latex() + "\\,A(X)\\right)";
    claim.check = check_layer_of_post_ln;
    claim.faults = faults_of(claim.printed, "step");
    claim.witness = "n = d = 2, X = I, Q = K = V = I, beta = 1, alpha = 2";
    registry.add(std::move(claim));
}

} // namespace

void add_deepnorm(ledger::Registry& registry)
{
    const auto p = symbolic_point();
    const Expr e_bg = exp(p.beta * p.gamma);
    const Expr a = sym("alpha");
    add_layer_of_post_ln(registry);
    registry.add(own_layer("deepnorm", -(sym("thetaA") / a), 1 / a));
    registry.add(own_gamma_ode<model::DeepNorm>(2 * e_bg * (1 - p.gamma) * ((p.n - 1) * p.gamma + 1)
                                                / (a * ((p.n - 1) * e_bg + exp(p.beta)))));
    registry.add(
        own_initial_velocity<model::DeepNorm>(2 / (sym("alpha0") * (exp(p.beta) + p.n - 1))));
    registry.add(own_terminal_velocity("deepnorm", "post-ln", exp(-(2 * sym("t") / a)), 1 / a));
}

} // namespace attest::theorems

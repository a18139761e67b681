// LayerScale, x <- x + lambda A(Norm(X)): what is claimed of it.
#include "theorems/own/columns.hpp"
#include "theorems/own/registry.hpp"

namespace attest::theorems {

void add_layerscale(ledger::Registry& registry)
{
    const auto p = symbolic_point();
    const Expr e_bg = exp(p.beta * p.gamma);
    const Expr Z = (p.n - 1) * e_bg + exp(p.beta);
    const Expr lambda = sym("alpha");
    registry.add(own_layer("layerscale", Expr(0), lambda));
    registry.add(own_gamma_ode<model::LayerScale>(2 * lambda * e_bg * (1 - p.gamma)
                                                  * ((p.n - 1) * p.gamma + 1) / (p.r * Z)));
    registry.add(
        own_r_ode<model::LayerScale>(lambda * ((p.n - 1) * e_bg * p.gamma + exp(p.beta)) / Z));
    registry.add(own_initial_velocity<model::LayerScale>(2 * sym("alpha0")
                                                         / (sym("r0") * (exp(p.beta) + p.n - 1))));
    registry.add(
        own_terminal_velocity("layerscale", "pre-ln", 1 / pow(sym("t"), 3), 1 / pow(lambda, 2)));
}

} // namespace attest::theorems

#include "theorems/token_moments.hpp"

namespace attest::theorems {

InnerProducts token_products()
{
    InnerProducts table;
    table.set("theta", "theta", Expr(1));
    table.set("theta", "mean", sym("a"));
    table.set("mean", "mean", sym("b"));
    return table;
}

Expr token_mean(const Expr& polynomial)
{
    return mean_over_tokens(polynomial, {"a", "w"}).substitute("mean_a", sym("b"));
}

Expr variance()
{
    const Combination off = Combination::of("theta") - Combination::of("mean");
    return token_mean(inner(token_products(), off, off));
}

} // namespace attest::theorems

#pragma once

#include "attest/flow/taylor_system.hpp"

namespace attest::testing {

/// Logistic growth y' = a y (1 - y), that is y = 1/(1 + (1/y0 - 1) e^{-a x}).
inline flow::System logistic(const Rational& a)
{
    const Expr y = Expr::symbol("y");
    return {"x", {"y"}, {Expr(a) * y * (1 - y)}};
}

} // namespace attest::testing

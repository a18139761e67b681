#pragma once

#include "attest/model/layers.hpp"

#include <cstddef>

namespace attest::chance {

/// Inner products of a token x_j and what attention adds, A_j.
struct TokenProducts {
    double xx;
    double xA;
    double AA;
};

/// One layer of a token: x_j becomes a x_j + b A_j. `unit`: its length is 1 but for rounding.
struct LayerStep {
    double a;
    double b;
    bool unit;
};

/// The coefficients of scheme number `scheme` (order of model::scheme_names), by evaluating
/// model::LayerRule, the discrete column of Table 1, in the plane of x_j and A_j: three inner
/// products replace d coordinates. A_j is the attention of unit directions.
LayerStep layer_step(std::size_t scheme, const model::Regulation<double>& at,
                     const TokenProducts& known);

} // namespace attest::chance

#pragma once

#include "attest/model/schemes/own/deepnorm.hpp"
#include "attest/model/schemes/own/layerscale.hpp"

#include <tuple>

namespace attest::model {

/// Schemes outside the paper. Every command that takes --scheme knows them; no statement of the
/// paper speaks of them. A scheme of one's own is one new file in own/, its include and its name
/// here (docs/extending.md).
using OwnSchemes = std::tuple<DeepNorm, LayerScale>;

} // namespace attest::model

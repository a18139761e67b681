#pragma once

#include "attest/chance/ensemble/attention.hpp"

namespace attest::chance {

/// Attention by ProductKernel::Float32.
std::unique_ptr<Attention> make_float_attention(const EnsembleSetting& setting);

} // namespace attest::chance

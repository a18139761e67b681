#pragma once

#include "attest/chance/ensemble/attention.hpp"

namespace attest::chance {

/// Attention by ProductKernel::Tiles. Every layer's directions are split into parts once, and so
/// is every factor that a product yields: products hand tiles to products, and the rows of a
/// softmax are normalised where their product with the values is stored.
std::unique_ptr<Attention> make_tile_attention(const EnsembleSetting& setting);

} // namespace attest::chance

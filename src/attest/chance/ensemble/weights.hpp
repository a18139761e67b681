#pragma once

#include "attest/chance/ensemble/setting.hpp"

#include <vector>

namespace attest::chance {

/// The matrices of one layer, row-major, one token a row: Q, K, V are d x d with the heads beside
/// each other (head h has columns h d_head, ...), W is d x d.
struct LayerWeights {
    std::vector<float> Q;
    std::vector<float> K;
    std::vector<float> V;
    std::vector<float> W;
};

/// What run `run` draws: each number is a function of (seed, run, layer, matrix, place), in single
/// precision, so that both precisions simulate the same run. Vectors are resized as needed, with
/// room behind the end as kernels:: asks for; static weights are those of layer 0.
void draw_weights(const EnsembleSetting& setting, std::uint64_t run, long layer,
                  LayerWeights& weights);

/// n x d, rows independent normal vectors (isotropic); not yet of length 1.
void draw_tokens(const EnsembleSetting& setting, std::uint64_t run, std::vector<float>& tokens);

} // namespace attest::chance

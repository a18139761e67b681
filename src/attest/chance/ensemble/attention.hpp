#pragma once

#include "attest/chance/ensemble/product_kernel.hpp"
#include "attest/chance/ensemble/setting.hpp"
#include "attest/chance/ensemble/weights.hpp"

#include <cstddef>
#include <memory>

namespace attest::chance {

/// What attention adds to every token, Concat(O_1, ..., O_heads) W with O_h = softmax(beta X Q_h
/// K_h^T X^T) X V_h, for several configurations X of n unit rows that see the same weights:
/// - the configurations are stacked, so that each weight matrix is read once a call, or a few
/// times;
/// - one head: scores X (beta Q K^T) X^T and outputs P X (V W), both products of weights formed
/// once. One object serves one thread and keeps its work space from call to call.
class Attention {
public:
    virtual ~Attention() = default;
    Attention() = default;
    Attention(const Attention&) = delete;
    Attention& operator=(const Attention&) = delete;

    /// The weights of the calls to come; `weights` may be changed by it.
    virtual void take(LayerWeights& weights) = 0;
    /// A = attention of `count` configurations (n x d each, one behind the other), in the same
    /// order. Both may be read, A written, kernels::slack numbers behind their end.
    virtual void operator()(const float* theta, std::size_t count, float* A) = 0;
};

/// Throws InputError for a kernel that is not available.
std::unique_ptr<Attention> make_attention(const EnsembleSetting& setting, ProductKernel kernel);

} // namespace attest::chance

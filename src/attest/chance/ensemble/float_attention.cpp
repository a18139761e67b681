#include "attest/chance/ensemble/float_attention.hpp"

#include "attest/chance/ensemble/kernels.hpp"
#include "attest/chance/ensemble/products.hpp"

#include <algorithm>
#include <vector>

namespace attest::chance {
namespace {

class FloatAttention final : public Attention {
public:
    explicit FloatAttention(const EnsembleSetting& s) :
        at_once_(s.d <= few_dimensions ? scheme_count : 1), beta_(s.beta),
        n_(static_cast<std::size_t>(s.n)), d_(static_cast<std::size_t>(s.d)),
        heads_(static_cast<std::size_t>(s.heads)),
        width_(static_cast<std::size_t>(s.head_dimension()))
    {
        const std::size_t all = scheme_count * n_;
        const auto room = [](std::size_t size) { return size + 2 * kernels::slack; };
        projected_.resize(room(all * (heads_ == 1 ? d_ : 3 * d_)));
        mixed_.resize(room(all * d_));
        scores_.resize(room(std::max(heads_, at_once_) * n_ * n_));
        outputs_.resize(room(n_ * d_));
        sums_.resize(room(std::max(heads_, at_once_) * n_));
        merged_.resize(room(heads_ == 1 ? d_ * d_ : 3 * d_ * d_));
    }

    void take(LayerWeights& weights) override
    {
        const auto beta = static_cast<float>(beta_);
        if (heads_ == 1) {
            // Row j of the scores' matrix is Q's row j against the rows of K.
            products_.times_transposed({weights.Q.data(), d_}, {weights.K.data(), d_}, 0, 1, d_, d_,
                                       d_, merged_.data());
            kernels::scale(merged_.data(), d_ * d_, beta);
            products_.pack(merged_.data(), d_, d_, into_);
            products_.times(weights.V.data(), {weights.W.data(), d_}, 0, 1, d_, d_, d_,
                            merged_.data());
            products_.pack(merged_.data(), d_, d_, out_of_);
            return;
        }
        kernels::scale(weights.Q.data(), d_ * d_, beta);
        for (std::size_t row = 0; row < d_; ++row) {
            float* line = merged_.data() + 3 * row * d_;
            for (const auto* matrix : {&weights.Q, &weights.K, &weights.V}) {
                line = std::copy_n(matrix->data() + row * d_, d_, line);
            }
        }
        products_.pack(merged_.data(), d_, 3 * d_, into_);
        products_.pack(weights.W.data(), d_, d_, out_of_);
    }

    void operator()(const float* theta, std::size_t count, float* A) override
    {
        products_.times(theta, count * n_, into_, projected_.data());
        if (heads_ == 1) {
            mix_directions(theta, count);
        } else {
            mix_heads(count);
        }
        products_.times(mixed_.data(), count * n_, out_of_, A);
    }

private:
    void mix_directions(const float* directions, std::size_t count)
    {
        const std::size_t block = n_ * d_;
        const std::size_t together = std::min(count, at_once_);
        for (std::size_t k = 0; k < count; k += together) {
            const std::size_t batch = std::min(together, count - k);
            const float* theta = directions + k * block;
            products_.times_transposed({projected_.data() + k * block, d_}, {theta, d_}, block,
                                       batch, n_, n_, d_, scores_.data());
            kernels::exponentials(scores_.data(), batch * n_, n_, sums_.data());
            products_.times(scores_.data(), {theta, d_}, block, batch, n_, d_, n_,
                            mixed_.data() + k * block);
            kernels::divide_rows(mixed_.data() + k * block, batch * n_, d_, sums_.data());
        }
    }

    void mix_heads(std::size_t count)
    {
        for (std::size_t k = 0; k < count; ++k) {
            const float* rows = projected_.data() + 3 * k * n_ * d_;
            products_.times_transposed({rows, 3 * d_}, {rows + d_, 3 * d_}, width_, heads_, n_, n_,
                                       width_, scores_.data());
            kernels::exponentials(scores_.data(), heads_ * n_, n_, sums_.data());
            products_.times(scores_.data(), {rows + 2 * d_, 3 * d_}, width_, heads_, n_, width_, n_,
                            outputs_.data());
            kernels::divide_rows(outputs_.data(), heads_ * n_, width_, sums_.data());
            concatenate(mixed_.data() + k * n_ * d_);
        }
    }

    void concatenate(float* rows) const
    {
        for (std::size_t h = 0; h < heads_; ++h) {
            for (std::size_t j = 0; j < n_; ++j) {
                std::copy_n(outputs_.data() + (h * n_ + j) * width_, width_,
                            rows + j * d_ + h * width_);
            }
        }
    }

    /// Configurations whose small products are worth asking for together.
    static constexpr long few_dimensions = 64;
    std::size_t at_once_;
    double beta_;
    std::size_t n_, d_, heads_, width_;
    Products products_;
    PackedMatrix into_;
    PackedMatrix out_of_;
    std::vector<float> projected_, mixed_, scores_, outputs_, sums_, merged_;
};

} // namespace

std::unique_ptr<Attention> make_float_attention(const EnsembleSetting& setting)
{
    return std::make_unique<FloatAttention>(setting);
}

} // namespace attest::chance

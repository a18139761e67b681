#include "attest/chance/ensemble/tile_attention.hpp"

#include "attest/chance/ensemble/kernels.hpp"
#include "attest/chance/ensemble/products.hpp"
#include "attest/chance/ensemble/tile_kernels.hpp"

#include <hwy/aligned_allocator.h>

#include <algorithm>
#include <new>
#include <vector>

namespace attest::chance {
namespace {

/// Numbers at an address that tiles may be loaded from.
template <class T>
class TileRoom {
public:
    explicit TileRoom(std::size_t size) :
        data_(hwy::AllocateAligned<T>(std::max<std::size_t>(size, 1)))
    {
        if (!data_) {
            throw std::bad_alloc();
        }
        std::fill_n(data_.get(), size, T{});
    }
    T* data() const { return data_.get(); }

private:
    hwy::AlignedFreeUniquePtr<T[]> data_;
};

using TileParts = TileRoom<std::uint16_t>;

/// The tile registers of this thread, for as long as it needs them.
class TileRegisters {
public:
    TileRegisters() { tiles::configure(); }
    ~TileRegisters() { tiles::release(); }
    TileRegisters(const TileRegisters&) = delete;
    TileRegisters& operator=(const TileRegisters&) = delete;
};

/// Exponentials are powers of two: the logarithm's base goes into the scores' factor.
constexpr double log2_of_e = 1.4426950408889634;

/// As many configurations go through the weights together as leave their parts, and those of what
/// they yield, in the second-level cache: a part has two bytes.
constexpr std::size_t parts_in_cache = 5U << 18U;

class TileAttention final : public Attention {
public:
    explicit TileAttention(const EnsembleSetting& s) :
        beta_(s.beta * log2_of_e), n_(static_cast<std::size_t>(s.n)),
        d_(static_cast<std::size_t>(s.d)), heads_(static_cast<std::size_t>(s.heads)),
        width_(static_cast<std::size_t>(s.head_dimension())), tokens_(tiles::steps(n_)),
        inner_(tiles::steps(d_)), head_(tiles::steps(width_)),
        // One head's values are numbers in the end and need no whole steps.
        value_sides_(heads_ == 1 ? tiles::sides(d_) : 2 * heads_ * head_),
        together_(std::clamp<std::size_t>(
            parts_in_cache / (2 * tokens_ * (inner_ + 2 * heads_ * head_) * tiles::pair), 1,
            scheme_count)),
        into_((2 * (heads_ == 1 ? 1 : 2) * heads_ * head_ + value_sides_) * inner_ * tiles::pair),
        out_of_(heads_ == 1 ? 0 : tiles::sides(d_) * heads_ * head_ * tiles::pair),
        rows_(together_ * 2 * tokens_ * inner_ * tiles::pair),
        queries_(together_ * 2 * tokens_ * heads_ * head_ * tiles::pair),
        keys_(together_ * 2 * tokens_ * heads_ * head_ * tiles::pair),
        values_(together_ * value_sides_ * tokens_ * tiles::pair),
        outputs_(heads_ == 1 ? 0 : together_ * 2 * tokens_ * heads_ * head_ * tiles::pair),
        shares_(2 * tokens_ * tiles::pair), scores_(tokens_ * tiles::depth * tiles::depth),
        factors_(tiles::depth), merged_(d_ * d_ + kernels::slack)
    {
    }

    void take(LayerWeights& weights) override
    {
        const std::size_t block = 2 * heads_ * head_ * inner_ * tiles::pair;
        const auto beta = static_cast<float>(beta_);
        if (heads_ == 1) {
            // Row j of the scores' matrix is Q's row j against the rows of K.
            exact_.times_transposed({weights.Q.data(), d_}, {weights.K.data(), d_}, 0, 1, d_, d_,
                                    d_, merged_.data());
            kernels::scale(merged_.data(), d_ * d_, beta);
            split(merged_.data(), into_.data());
            exact_.times(weights.V.data(), {weights.W.data(), d_}, 0, 1, d_, d_, d_,
                         merged_.data());
            split(merged_.data(), into_.data() + block);
            return;
        }
        kernels::scale(weights.Q.data(), d_ * d_, beta);
        std::uint16_t* out = into_.data();
        for (const auto* matrix : {&weights.Q, &weights.K, &weights.V}) {
            split(matrix->data(), out);
            out += block;
        }
        split_rows_of_heads(weights.W.data());
    }

    void operator()(const float* theta, std::size_t count, float* A) override
    {
        const TileRegisters registers;
        for (std::size_t first = 0; first < count; first += together_) {
            const std::size_t here = std::min(together_, count - first);
            attend(theta + first * n_ * d_, here, A + first * n_ * d_);
        }
    }

private:
    /// Column tiles of the columns of each head, whole steps for every one of them.
    void split(const float* matrix, std::uint16_t* out) const
    {
        for (std::size_t h = 0; h < heads_; ++h, out += 2 * head_ * inner_ * tiles::pair) {
            tiles::split_columns(matrix + h * width_, d_, width_, d_, out);
        }
    }

    /// Column tiles of W, the rows of each head filled up to whole steps.
    void split_rows_of_heads(const float* W)
    {
        padded_.assign(heads_ * head_ * tiles::depth * d_, 0.0F);
        for (std::size_t h = 0; h < heads_; ++h) {
            std::copy_n(W + h * width_ * d_, width_ * d_,
                        padded_.data() + h * head_ * tiles::depth * d_);
        }
        tiles::split_columns(padded_.data(), heads_ * head_ * tiles::depth, d_, d_, out_of_.data());
    }

    /// The product of `count` configurations with columns of `into_`, two at a time.
    tiles::Strip of_rows(std::size_t column, std::size_t count) const
    {
        return {rows_.data(),
                inner_ * tiles::pair,
                into_.data() + column * inner_ * tiles::pair,
                inner_ * tiles::pair,
                inner_,
                count * tokens_};
    }

    void attend(const float* theta, std::size_t count, float* A)
    {
        const std::size_t wide = heads_ * head_;
        for (std::size_t k = 0; k < count; ++k) {
            tiles::split_rows(theta + k * n_ * d_, n_, d_, d_,
                              rows_.data() + k * 2 * tokens_ * inner_ * tiles::pair);
        }
        std::size_t column = 0;
        for (std::size_t step = 0; step < wide; ++step, column += 2) {
            tiles::product_as_rows(of_rows(column, count), nullptr,
                                   queries_.data() + step * tiles::pair, wide * tiles::pair);
        }
        if (heads_ == 1) {
            tiles::transpose(rows_.data(), count * 2 * tokens_ * inner_, keys_.data());
        }
        for (std::size_t step = 0; heads_ > 1 && step < wide; ++step, column += 2) {
            tiles::product_as_transposed(of_rows(column, count), keys_.data() + step * tiles::pair,
                                         wide * tiles::pair);
        }
        // Tokens are what the next product sums over: the values of a configuration are one behind
        // the other in each column of tiles.
        for (std::size_t side = 0; side < value_sides_; side += 2, column += 2) {
            tiles::product_as_columns(of_rows(column, count),
                                      std::min<std::size_t>(2, value_sides_ - side),
                                      values_.data() + side * count * tokens_ * tiles::pair,
                                      count * tokens_ * tiles::pair);
        }
        for (std::size_t k = 0; k < count; ++k) {
            mix(k, count, A + k * n_ * d_);
        }
        for (std::size_t side = 0; heads_ > 1 && side < tiles::sides(d_); side += 2) {
            for (std::size_t k = 0; k < count; ++k) {
                const tiles::Strip strip{outputs_.data() + k * 2 * tokens_ * wide * tiles::pair,
                                         wide * tiles::pair,
                                         out_of_.data() + side * wide * tiles::pair,
                                         wide * tiles::pair,
                                         wide,
                                         tokens_};
                tiles::product_as_numbers(strip, nullptr, n_, d_ - side * tiles::side,
                                          A + k * n_ * d_ + side * tiles::side, d_);
            }
        }
    }

    /// Softmax and values of configuration k of `count`, 32 tokens at a time.
    void mix(std::size_t k, std::size_t count, float* A)
    {
        const std::size_t wide = heads_ * head_;
        const std::size_t sides = value_sides_ / heads_;
        for (std::size_t h = 0; h < heads_; ++h) {
            for (std::size_t i = 0; i < tokens_; ++i) {
                const std::size_t row = 2 * (k * tokens_ + i) * wide + h * head_;
                const std::size_t all = 2 * k * tokens_ * wide + h * head_;
                tiles::exponentials({queries_.data() + row * tiles::pair, wide * tiles::pair,
                                     keys_.data() + all * tiles::pair, wide * tiles::pair, head_,
                                     1},
                                    n_, scores_.data(), shares_.data(), factors_.data());
                for (std::size_t side = 0; side < sides; side += 2) {
                    const tiles::Strip strip{
                        shares_.data(),
                        tokens_ * tiles::pair,
                        values_.data() + ((h * sides + side) * count + k) * tokens_ * tiles::pair,
                        count * tokens_ * tiles::pair,
                        tokens_,
                        1};
                    if (heads_ > 1) {
                        tiles::product_as_rows(strip, factors_.data(),
                                               outputs_.data() + (row + side / 2) * tiles::pair,
                                               wide * tiles::pair);
                    } else {
                        const std::size_t first = i * tiles::depth;
                        tiles::product_as_numbers(strip, factors_.data(), n_ - first,
                                                  d_ - side * tiles::side,
                                                  A + first * d_ + side * tiles::side, d_);
                    }
                }
            }
        }
    }

    double beta_; ///< in units of log 2
    std::size_t n_, d_, heads_, width_;
    std::size_t tokens_, inner_, head_; ///< steps of n, d and a head's dimension
    std::size_t value_sides_;           ///< columns of tiles of all values
    std::size_t together_;              ///< configurations
    TileParts into_;                    ///< column tiles: queries', keys' and values' weights
    TileParts out_of_;                  ///< and those of the outputs
    TileParts rows_, queries_, keys_, values_, outputs_, shares_;
    TileRoom<float> scores_, factors_;
    std::vector<float> merged_, padded_;
    Products exact_;
};

} // namespace

std::unique_ptr<Attention> make_tile_attention(const EnsembleSetting& setting)
{
    return std::make_unique<TileAttention>(setting);
}

} // namespace attest::chance

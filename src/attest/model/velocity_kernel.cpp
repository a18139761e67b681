#include "attest/model/velocity_kernel.hpp"

#include <algorithm>
#include <cmath>

// The file is compiled once for each instruction set but these, which add nothing for double.
#define HWY_DISABLED_TARGETS (HWY_SSSE3 | HWY_SSE4 | HWY_AVX3_DL)
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "attest/model/velocity_kernel.cpp"
#include <hwy/foreach_target.h> // before highway.h

#include "attest/model/velocity_tile_inl.hpp"

#include <hwy/contrib/math/math-inl.h>

HWY_BEFORE_NAMESPACE();
namespace attest::model::kernel::HWY_NAMESPACE {
namespace {

// Summed length of one pass: C columns of that many rows stay in the first-level cache.
constexpr long pass = 256;
// Row panels of one pass: a quarter of a second-level cache of 2 MiB, which others use too.
constexpr long panels_of_pass = 288 / R;

/// V vectors of rows times C columns: out_c (+)= sum_k a_k b_kc, terms in the order of k.
template <std::size_t V>
HWY_INLINE void tile_product(long depth, const double* HWY_RESTRICT a, const double* HWY_RESTRICT b,
                             long b_step, double* HWY_RESTRICT out, long out_stride,
                             bool accumulate)
{
    const Doubles d;
    Vec sum[columns][V];
    for (std::size_t c = 0; c < columns; ++c) {
        for (std::size_t v = 0; v < V; ++v) {
            sum[c][v] =
                accumulate
                    ? load(out + static_cast<long>(c) * out_stride + static_cast<long>(v) * lanes)
                    : hn::Zero(d);
        }
    }
    for (long k = 0; k < depth; ++k) {
        Vec row[V];
        for (std::size_t v = 0; v < V; ++v) {
            row[v] = load(a + static_cast<long>(v) * lanes);
        }
        for (std::size_t c = 0; c < columns; ++c) {
            const Vec factor = hn::Set(d, b[c]);
            for (std::size_t v = 0; v < V; ++v) {
                sum[c][v] = hn::MulAdd(row[v], factor, sum[c][v]);
            }
        }
        a += R;
        b += b_step;
    }
    for (std::size_t c = 0; c < columns; ++c) {
        for (std::size_t v = 0; v < V; ++v) {
            store(sum[c][v],
                  out + static_cast<long>(c) * out_stride + static_cast<long>(v) * lanes);
        }
    }
}

/// The same for the first `rows` rows of a panel, 1 <= rows.
HWY_INLINE void panel_product(long rows, long depth, const double* a, const double* b, long b_step,
                              double* out, long out_stride, bool accumulate)
{
    switch (std::min(vectors, (rows + lanes - 1) / lanes)) {
    case 1:
        return tile_product<1>(depth, a, b, b_step, out, out_stride, accumulate);
    case 2:
        return tile_product<2>(depth, a, b, b_step, out, out_stride, accumulate);
    default:
        return tile_product<static_cast<std::size_t>(vectors)>(depth, a, b, b_step, out, out_stride,
                                                               accumulate);
    }
}

Tile TileHere()
{
    return {R, C};
}

const char* TargetName()
{
    return hwy::TargetName(HWY_TARGET);
}

/// Least entry of the part of a tile that belongs to tokens.
double least_of_tile(const double* tile, long rows, long count)
{
    double least = tile[0];
    for (long c = 0; c < count; ++c) {
        for (long i = 0; i < rows; ++i) {
            least = std::min(least, tile[c * R + i]);
        }
    }
    return least;
}

/// Weights of a tile in place, and its least score.
double weights_of_tile(double beta, long rows, long count, double* tile)
{
    const Doubles d;
    const bool whole = rows >= R && count >= C;
    const double partial = whole ? 0 : least_of_tile(tile, std::min(rows, R), std::min(count, C));
    const Vec scale = hn::Set(d, beta);
    const Vec one = hn::Set(d, 1.0);
    Vec least = load(tile);
    for (long k = 0; k < R * C; k += lanes) {
        const Vec s = load(tile + k);
        least = hn::Min(least, s);
        store(hn::Exp(d, hn::Mul(scale, hn::Sub(s, one))), tile + k);
    }
    return whole ? hn::GetLane(hn::MinOfLanes(d, least)) : partial;
}

double FillScores(const Scores& s)
{
    const auto tile_at = [&](long p, long g) {
        return s.scratch + ((p - s.left_first) * s.right_count * groups + g) * R * C;
    };
    for (long k = 0; k < s.depth; k += pass) {
        const long depth = std::min(pass, s.depth - k);
        for (long g = 0; g < s.right_count * groups; ++g) {
            const long q = s.right_first + g / groups;
            if (q * R + g % groups * C >= s.right_tokens) {
                break;
            }
            const double* b = s.right + (q * s.depth + k) * R + g % groups * C;
            for (long p = s.left_first; p < s.left_first + s.left_count; ++p) {
                if (!s.symmetric || p <= q) {
                    panel_product(s.left_tokens - p * R, depth, s.left + (p * s.depth + k) * R, b,
                                  R, tile_at(p, g), R, k > 0);
                }
            }
        }
    }
    double least = HUGE_VAL;
    for (long g = 0; g < s.right_count * groups; ++g) {
        const long q = s.right_first + g / groups;
        const long j = q * R + g % groups * C;
        const long count = s.right_tokens - j;
        if (count <= 0) {
            break;
        }
        for (long p = s.left_first; p < s.left_first + s.left_count; ++p) {
            if (s.symmetric && p > q) {
                continue;
            }
            double* tile = tile_at(p, g);
            const long i = p * R;
            const long rows = s.left_tokens - i;
            if (s.exponential) {
                least = std::min(least, weights_of_tile(s.beta, rows, count, tile));
            } else {
                least = std::min(least, least_of_tile(tile, std::min(rows, R), std::min(count, C)));
            }
            if (s.by_left != nullptr) {
                double* to =
                    s.by_left + (i - s.left_origin) * s.by_left_rows + (j - s.right_origin) * C;
                for (long group = 0; group < groups; ++group) {
                    for (long c = 0; c < C; ++c) {
                        for (long v = 0; v < C; v += lanes) {
                            store(load(tile + c * R + group * C + v), to + c * C + v);
                        }
                    }
                    to += s.by_left_rows * C;
                }
            }
            // The diagonal panel is complete: its tiles below the diagonal were computed too.
            if (s.by_right != nullptr && !(s.symmetric && p == q)) {
                double* to =
                    s.by_right + (j - s.right_origin) * s.by_right_rows + (i - s.left_origin) * C;
                for (long r = 0; r < R; ++r) {
                    for (long c = 0; c < C; ++c) {
                        to[r * C + c] = tile[c * R + r];
                    }
                }
            }
        }
    }
    return least;
}

void Multiply(const Product& p)
{
    const long per_panel = p.right_step / C;
    const long panels = (p.rows + R - 1) / R;
    for (long k = 0; k < p.depth; k += pass) {
        const long depth = std::min(pass, p.depth - k);
        for (long first = 0; first < panels; first += panels_of_pass) {
            for (long g = p.first_group; g < p.last_group; ++g) {
                const double* b =
                    p.right + g / per_panel * p.right_stride + g % per_panel * C + k * p.right_step;
                for (long m = first; m < std::min(panels, first + panels_of_pass); ++m) {
                    panel_product(p.rows - m * R, depth, p.left + m * p.left_stride + k * R, b,
                                  p.right_step, p.out + g * C * p.out_stride + m * R, p.out_stride,
                                  k > 0 || p.accumulate);
                }
            }
        }
    }
}

} // namespace
} // namespace attest::model::kernel::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace attest::model::kernel {

HWY_EXPORT(TileHere);
HWY_EXPORT(TargetName);
HWY_EXPORT(FillScores);
HWY_EXPORT(Multiply);

Tile tile()
{
    return HWY_DYNAMIC_DISPATCH(TileHere)();
}
std::string instruction_set()
{
    return HWY_DYNAMIC_DISPATCH(TargetName)();
}
double fill_scores(const Scores& scores)
{
    return HWY_DYNAMIC_DISPATCH(FillScores)(scores);
}
void multiply(const Product& product)
{
    HWY_DYNAMIC_DISPATCH(Multiply)(product);
}

} // namespace attest::model::kernel
#endif // HWY_ONCE

// The one source that is compiled for AMX (src/attest/CMakeLists.txt); no templates of the library
// or of the standard library may be instantiated here, as other sources would share them.
#include "attest/chance/ensemble/tile_kernels.hpp"

#if defined(ATTEST_TILES)

#include <immintrin.h>

namespace attest::chance::tiles {
namespace {

constexpr std::size_t tile = side * depth; // parts of a tile
constexpr std::size_t width = 2 * side;    // of a block of the product, which is square
constexpr int row_bytes = 64;              // of a tile

struct alignas(64) Block {
    float numbers[width * width];
};

// --- the product -----------------------------------------------------------------------------

/// GCC's intrinsics do not say that a tile is loaded from memory: what was stored has to be there.
inline void finish_stores()
{
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
}

/// Tiles 0 to 3, two beside two, hold a block of the product, 4 and 5 parts of A, 6 and 7 of B.
inline void begin_product()
{
    finish_stores();
    _tile_zero(0);
    _tile_zero(1);
    _tile_zero(2);
    _tile_zero(3);
}

inline void store_product(float* C, std::size_t stride)
{
    const std::size_t bytes = stride * sizeof(float);
    _tile_stored(0, C, bytes);
    _tile_stored(1, C + side, bytes);
    _tile_stored(2, C + side * stride, bytes);
    _tile_stored(3, C + side * stride + side, bytes);
}

inline void multiply_two(const Strip& s, std::size_t double_row, float* C, std::size_t stride)
{
    const std::uint16_t* a = s.left + 2 * double_row * s.left_stride;
    const std::uint16_t* a_below = a + s.left_stride;
    const std::uint16_t* b = s.right;
    const std::uint16_t* b_beside = b + s.right_stride;
    begin_product();
    for (std::size_t k = 0; k < s.steps; ++k) {
        _tile_loadd(6, b, row_bytes);
        _tile_loadd(4, a, row_bytes);
        _tile_dpbf16ps(0, 4, 6);
        _tile_loadd(7, b_beside, row_bytes);
        _tile_dpbf16ps(1, 4, 7);
        _tile_loadd(5, a_below, row_bytes);
        _tile_dpbf16ps(2, 5, 6);
        _tile_dpbf16ps(3, 5, 7);
        _tile_loadd(4, a + tile, row_bytes);
        _tile_dpbf16ps(0, 4, 6);
        _tile_dpbf16ps(1, 4, 7);
        _tile_loadd(5, a_below + tile, row_bytes);
        _tile_dpbf16ps(2, 5, 6);
        _tile_dpbf16ps(3, 5, 7);
        _tile_loadd(6, b + tile, row_bytes);
        _tile_loadd(4, a, row_bytes);
        _tile_dpbf16ps(0, 4, 6);
        _tile_loadd(7, b_beside + tile, row_bytes);
        _tile_dpbf16ps(1, 4, 7);
        _tile_loadd(5, a_below, row_bytes);
        _tile_dpbf16ps(2, 5, 6);
        _tile_dpbf16ps(3, 5, 7);
        a += pair;
        a_below += pair;
        b += pair;
        b_beside += pair;
    }
    store_product(C, stride);
}

inline void multiply_two(const Strip& s, std::size_t double_row, Block& C)
{
    multiply_two(s, double_row, C.numbers, width);
}

/// The left half of a block. A tile product takes three times as long as the next one has to wait
/// for another accumulator: hi hi has two of its own, and so has the rest, for each half.
inline void multiply_one(const Strip& s, std::size_t double_row, Block& C)
{
    const std::uint16_t* a = s.left + 2 * double_row * s.left_stride;
    const std::uint16_t* a_below = a + s.left_stride;
    const std::uint16_t* b = s.right;
    begin_product();
    for (std::size_t k = 0; k < s.steps; ++k) {
        _tile_loadd(6, b, row_bytes);
        _tile_loadd(4, a, row_bytes);
        _tile_dpbf16ps(0, 4, 6);
        _tile_loadd(5, a_below, row_bytes);
        _tile_dpbf16ps(2, 5, 6);
        _tile_loadd(7, b + tile, row_bytes);
        _tile_dpbf16ps(1, 4, 7);
        _tile_dpbf16ps(3, 5, 7);
        _tile_loadd(4, a + tile, row_bytes);
        _tile_dpbf16ps(1, 4, 6);
        _tile_loadd(5, a_below + tile, row_bytes);
        _tile_dpbf16ps(3, 5, 6);
        a += pair;
        a_below += pair;
        b += pair;
    }
    store_product(C.numbers, width);
    for (std::size_t row = 0; row < width; ++row) {
        float* line = C.numbers + row * width;
        _mm512_store_ps(line, _mm512_add_ps(_mm512_load_ps(line), _mm512_load_ps(line + side)));
    }
}

// --- parts -----------------------------------------------------------------------------------

struct Parts {
    __m512i hi;
    __m512i lo;
};

inline __m512i rounded(__m512 first, __m512 second)
{
    const __m512bh both = _mm512_cvtne2ps_pbh(second, first);
    __m512i bits;
    static_assert(sizeof bits == sizeof both);
    __builtin_memcpy(&bits, &both, sizeof bits);
    return bits;
}

inline __m512 widened(__m256i parts)
{
    return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(parts), 16));
}

/// Numbers beside each other: a row of a left factor.
inline Parts split_beside(__m512 first, __m512 second)
{
    const __m512i hi = rounded(first, second);
    const __m512 rest = _mm512_sub_ps(first, widened(_mm512_castsi512_si256(hi)));
    const __m512 rest_second = _mm512_sub_ps(second, widened(_mm512_extracti64x4_epi64(hi, 1)));
    return {hi, rounded(rest, rest_second)};
}

/// Two rows interleaved: a row of a right factor.
inline Parts split_interleaved(__m512 upper, __m512 lower)
{
    // The words 0, 16, 1, 17, ...
    const __m512i order = _mm512_add_epi32(
        _mm512_set1_epi32(16 << 16),
        _mm512_mullo_epi32(_mm512_set1_epi32(0x00010001),
                           _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)));
    const __m512i hi = _mm512_permutexvar_epi16(order, rounded(upper, lower));
    const __m512 upper_hi = _mm512_castsi512_ps(_mm512_slli_epi32(hi, 16));
    const __m512 lower_hi =
        _mm512_castsi512_ps(_mm512_and_si512(hi, _mm512_set1_epi32(static_cast<int>(0xFFFF0000U))));
    const __m512i lo = rounded(_mm512_sub_ps(upper, upper_hi), _mm512_sub_ps(lower, lower_hi));
    return {hi, _mm512_permutexvar_epi16(order, lo)};
}

inline void store(const Parts& parts, std::uint16_t* out)
{
    _mm512_store_si512(out, parts.hi);
    _mm512_store_si512(out + tile, parts.lo);
}

/// 16 x 16 words of 32 bits.
inline void transpose_tile(const std::uint16_t* in, std::uint16_t* out)
{
    __m512i x[side];
    __m512i y[side];
    for (std::size_t i = 0; i < side; ++i) {
        x[i] = _mm512_load_si512(in + depth * i);
    }
    for (std::size_t i = 0; i < side; i += 2) {
        y[i] = _mm512_unpacklo_epi32(x[i], x[i + 1]);
        y[i + 1] = _mm512_unpackhi_epi32(x[i], x[i + 1]);
    }
    for (std::size_t i = 0; i < side; i += 4) {
        x[i] = _mm512_unpacklo_epi64(y[i], y[i + 2]);
        x[i + 1] = _mm512_unpackhi_epi64(y[i], y[i + 2]);
        x[i + 2] = _mm512_unpacklo_epi64(y[i + 1], y[i + 3]);
        x[i + 3] = _mm512_unpackhi_epi64(y[i + 1], y[i + 3]);
    }
    for (std::size_t i = 0; i < 4; ++i) {
        y[i] = _mm512_shuffle_i32x4(x[i], x[i + 4], 0x88);
        y[i + 4] = _mm512_shuffle_i32x4(x[i], x[i + 4], 0xDD);
        y[i + 8] = _mm512_shuffle_i32x4(x[i + 8], x[i + 12], 0x88);
        y[i + 12] = _mm512_shuffle_i32x4(x[i + 8], x[i + 12], 0xDD);
    }
    for (std::size_t i = 0; i < 8; ++i) {
        x[i] = _mm512_shuffle_i32x4(y[i], y[i + 8], 0x88);
        x[i + 8] = _mm512_shuffle_i32x4(y[i], y[i + 8], 0xDD);
    }
    for (std::size_t i = 0; i < side; ++i) {
        _mm512_store_si512(out + depth * i, x[i]);
    }
}

/// Lanes first, ..., of `count` that exist.
inline __mmask16 lanes(std::size_t first, std::size_t count)
{
    if (first >= count) {
        return 0;
    }
    const std::size_t left = count - first;
    return left >= side ? static_cast<__mmask16>(0xFFFFU)
                        : static_cast<__mmask16>((1U << left) - 1U);
}

// --- exponentials ----------------------------------------------------------------------------

/// 2^x. The polynomial's coefficients are those of least relative error among the polynomials with
/// value 1 at 0, rounded: 1.09e-7 on [-1/2, 1/2]; Horner's rule adds 2^-23 at most.
inline __m512 power_of_two(__m512 x)
{
    x = _mm512_max_ps(x, _mm512_set1_ps(-100.0F));
    const __m512 whole = _mm512_roundscale_ps(x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
    const __m512 r = _mm512_sub_ps(x, whole);
    __m512 p = _mm512_set1_ps(0x1.5bba46p-10F);
    p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(0x1.3cea9ep-7F));
    p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(0x1.c6b754p-5F));
    p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(0x1.ebf9bcp-3F));
    p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(0x1.62e42ap-1F));
    p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(1.0F));
    return _mm512_scalef_ps(p, whole);
}

} // namespace

bool built()
{
    return true;
}

void configure()
{
    struct alignas(64) Configuration {
        std::uint8_t palette;
        std::uint8_t start_row;
        std::uint8_t reserved[14];
        std::uint16_t bytes[16];
        std::uint8_t rows[16];
    };
    // A constant: GCC's intrinsic tells the compiler about the first eight bytes only.
    static constexpr Configuration all = {
        1,
        0,
        {},
        {row_bytes, row_bytes, row_bytes, row_bytes, row_bytes, row_bytes, row_bytes, row_bytes},
        {side, side, side, side, side, side, side, side}};
    _tile_loadconfig(&all);
}

void release()
{
    _tile_release();
}

void split_rows(const float* x, std::size_t rows, std::size_t columns, std::size_t stride,
                std::uint16_t* out)
{
    const std::size_t pairs = steps(columns);
    for (std::size_t row = 0; row < steps(rows) * width; ++row) {
        std::uint16_t* line = out + (row / side) * pairs * pair + (row % side) * depth;
        const float* from = x + row * stride;
        for (std::size_t k = 0; k < pairs; ++k, line += pair) {
            const std::size_t column = k * depth;
            const std::size_t there = row < rows ? columns : 0;
            store(split_beside(
                      _mm512_maskz_loadu_ps(lanes(column, there), from + column),
                      _mm512_maskz_loadu_ps(lanes(column + side, there), from + column + side)),
                  line);
        }
    }
}

void split_columns(const float* x, std::size_t rows, std::size_t columns, std::size_t stride,
                   std::uint16_t* out)
{
    const std::size_t pairs = steps(rows);
    for (std::size_t j = 0; j < sides(columns); ++j) {
        for (std::size_t row = 0; row < pairs * depth; row += 2) {
            const float* from = x + row * stride + j * side;
            const std::size_t in_upper = row < rows ? columns : 0;
            const std::size_t in_lower = row + 1 < rows ? columns : 0;
            store(
                split_interleaved(_mm512_maskz_loadu_ps(lanes(j * side, in_upper), from),
                                  _mm512_maskz_loadu_ps(lanes(j * side, in_lower), from + stride)),
                out + (j * pairs + row / depth) * pair + (row % depth) * side);
        }
    }
}

void transpose(const std::uint16_t* row_tiles, std::size_t pairs, std::uint16_t* out)
{
    for (std::size_t k = 0; k < 2 * pairs; ++k) {
        transpose_tile(row_tiles + k * tile, out + k * tile);
    }
}

void product_as_rows(const Strip& strip, const float* factors, std::uint16_t* out,
                     std::size_t out_stride)
{
    Block C;
    for (std::size_t i = 0; i < strip.double_rows; ++i) {
        multiply_two(strip, i, C);
        for (std::size_t row = 0; row < width; ++row) {
            __m512 first = _mm512_load_ps(C.numbers + row * width);
            __m512 second = _mm512_load_ps(C.numbers + row * width + side);
            if (factors != nullptr) {
                const __m512 factor = _mm512_set1_ps(factors[i * width + row]);
                first = _mm512_mul_ps(first, factor);
                second = _mm512_mul_ps(second, factor);
            }
            store(split_beside(first, second),
                  out + (2 * i + row / side) * out_stride + (row % side) * depth);
        }
    }
}

void product_as_transposed(const Strip& strip, std::uint16_t* out, std::size_t out_stride)
{
    Block C;
    alignas(64) std::uint16_t rows[pair];
    for (std::size_t i = 0; i < strip.double_rows; ++i) {
        multiply_two(strip, i, C);
        for (std::size_t half = 0; half < 2; ++half) {
            for (std::size_t row = 0; row < side; ++row) {
                const float* from = C.numbers + (half * side + row) * width;
                store(split_beside(_mm512_load_ps(from), _mm512_load_ps(from + side)),
                      rows + row * depth);
            }
            std::uint16_t* to = out + (2 * i + half) * out_stride;
            transpose_tile(rows, to);
            transpose_tile(rows + tile, to + tile);
        }
    }
}

void product_as_columns(const Strip& strip, std::size_t columns_of_tiles, std::uint16_t* out,
                        std::size_t out_stride)
{
    Block C;
    for (std::size_t i = 0; i < strip.double_rows; ++i) {
        if (columns_of_tiles == 2) {
            multiply_two(strip, i, C);
        } else {
            multiply_one(strip, i, C);
        }
        for (std::size_t row = 0; row < width; row += 2) {
            for (std::size_t j = 0; j < columns_of_tiles; ++j) {
                const float* from = C.numbers + row * width + j * side;
                store(split_interleaved(_mm512_load_ps(from), _mm512_load_ps(from + width)),
                      out + j * out_stride + i * pair + row * side);
            }
        }
    }
}

void product_as_numbers(const Strip& strip, const float* factors, std::size_t rows,
                        std::size_t columns, float* out, std::size_t out_stride)
{
    Block C;
    const __mmask16 first = lanes(0, columns);
    const __mmask16 second = lanes(side, columns);
    for (std::size_t i = 0; i < strip.double_rows; ++i) {
        if (second != 0) {
            multiply_two(strip, i, C);
        } else {
            multiply_one(strip, i, C);
        }
        for (std::size_t row = 0; row < width && i * width + row < rows; ++row) {
            const float* from = C.numbers + row * width;
            float* to = out + (i * width + row) * out_stride;
            const __m512 factor =
                _mm512_set1_ps(factors != nullptr ? factors[i * width + row] : 1.0F);
            _mm512_mask_storeu_ps(to, first, _mm512_mul_ps(_mm512_load_ps(from), factor));
            if (second != 0) {
                _mm512_mask_storeu_ps(to + side, second,
                                      _mm512_mul_ps(_mm512_load_ps(from + side), factor));
            }
        }
    }
}

void exponentials(const Strip& strip, std::size_t columns, float* scores, std::uint16_t* out,
                  float* factors)
{
    const std::size_t pairs = steps(columns);
    const std::size_t stride = pairs * depth;
    Strip part = strip;
    for (std::size_t k = 0; k < pairs; ++k, part.right += 2 * part.right_stride) {
        multiply_two(part, 0, scores + k * depth, stride);
    }
    for (std::size_t row = 0; row < width; ++row) {
        float* line = scores + row * stride;
        for (std::size_t k = columns; k < stride; ++k) {
            line[k] = -3e38F;
        }
        __m512 most = _mm512_load_ps(line);
        __m512 most_second = _mm512_load_ps(line + side);
        for (std::size_t k = 1; k < pairs; ++k) {
            most = _mm512_max_ps(most, _mm512_load_ps(line + k * depth));
            most_second = _mm512_max_ps(most_second, _mm512_load_ps(line + k * depth + side));
        }
        const __m512 top = _mm512_set1_ps(_mm512_reduce_max_ps(_mm512_max_ps(most, most_second)));
        __m512 sum = _mm512_setzero_ps();
        __m512 sum_second = _mm512_setzero_ps();
        std::uint16_t* to = out + (row / side) * pairs * pair + (row % side) * depth;
        for (std::size_t k = 0; k < pairs; ++k, to += pair) {
            const float* from = line + k * depth;
            const __m512 first = power_of_two(_mm512_sub_ps(_mm512_load_ps(from), top));
            const __m512 second = power_of_two(_mm512_sub_ps(_mm512_load_ps(from + side), top));
            sum = _mm512_add_ps(sum, first);
            sum_second = _mm512_add_ps(sum_second, second);
            store(split_beside(first, second), to);
        }
        factors[row] = _mm512_reduce_add_ps(_mm512_add_ps(sum, sum_second));
    }
    for (std::size_t row = 0; row < width; row += side) {
        _mm512_storeu_ps(factors + row,
                         _mm512_div_ps(_mm512_set1_ps(1.0F), _mm512_loadu_ps(factors + row)));
    }
}

void powers_of_two(float* x, std::size_t count)
{
    for (std::size_t k = 0; k < count; k += side) {
        const __mmask16 mask = lanes(k, count);
        _mm512_mask_storeu_ps(x + k, mask, power_of_two(_mm512_maskz_loadu_ps(mask, x + k)));
    }
}

} // namespace attest::chance::tiles

#else // another processor or a compiler without them: is_available says so, and nothing is called

namespace attest::chance::tiles {

bool built()
{
    return false;
}
void configure()
{
}
void release()
{
}
void split_rows(const float*, std::size_t, std::size_t, std::size_t, std::uint16_t*)
{
}
void split_columns(const float*, std::size_t, std::size_t, std::size_t, std::uint16_t*)
{
}
void transpose(const std::uint16_t*, std::size_t, std::uint16_t*)
{
}
void product_as_rows(const Strip&, const float*, std::uint16_t*, std::size_t)
{
}
void product_as_transposed(const Strip&, std::uint16_t*, std::size_t)
{
}
void product_as_columns(const Strip&, std::size_t, std::uint16_t*, std::size_t)
{
}
void product_as_numbers(const Strip&, const float*, std::size_t, std::size_t, float*, std::size_t)
{
}
void exponentials(const Strip&, std::size_t, float*, std::uint16_t*, float*)
{
}
void powers_of_two(float*, std::size_t)
{
}

} // namespace attest::chance::tiles

#endif

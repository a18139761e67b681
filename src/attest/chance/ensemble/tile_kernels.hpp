#pragma once

#include <cstddef>
#include <cstdint>

/// Products of matrices by the processor's tiles (AMX): every number is split once into
/// hi + lo + e, |e| <= 2^-16 |x|, two numbers of 8 significant bits (bfloat16), and a product is
/// the sum of hi hi, hi lo and lo hi, added up in single precision without leaving the tile
/// registers. Factors are kept as tiles from one product to the next.
///
/// Two layouts; a "pair" is the hi tile of a block, the lo tile behind it.
/// - Row tiles, for a left factor: the pair of rows 16 i ... and columns 32 k ... .
/// - Column tiles, for a right factor: the pair of rows 32 k ... and columns 16 j ..., in which two
///   rows are interleaved: the left factor's tile of the same numbers, its words of 32 bits
///   transposed.
/// Pairs that differ in k are neighbours. What is behind the end of a matrix is filled with zeros.
///
/// Nothing here may be called unless is_available(ProductKernel::Tiles); products only between
/// configure() and release() of the same thread.
namespace attest::chance::tiles {

inline constexpr std::size_t side = 16;               ///< rows, or columns, of a tile
inline constexpr std::size_t depth = 32;              ///< numbers added up by one tile product
inline constexpr std::size_t pair = 2 * side * depth; ///< parts (16 bits each) of a pair

/// Steps of `depth`: of the sum of a product; also pairs of rows of tiles, which come in twos.
constexpr std::size_t steps(std::size_t count)
{
    return (count + depth - 1) / depth;
}
/// Columns of tiles.
constexpr std::size_t sides(std::size_t count)
{
    return (count + side - 1) / side;
}

/// Was this part of the program built with a compiler that knows the instructions?
bool built();

/// Sets this thread's tile registers up, and gives them back.
void configure();
void release();

/// Row tiles of x: steps(rows) double rows of steps(columns) pairs.
void split_rows(const float* x, std::size_t rows, std::size_t columns, std::size_t stride,
                std::uint16_t* out);
/// Column tiles of x: sides(columns) columns of steps(rows) pairs.
void split_columns(const float* x, std::size_t rows, std::size_t columns, std::size_t stride,
                   std::uint16_t* out);
/// Row tiles of X become column tiles of X^T, pair by pair.
void transpose(const std::uint16_t* row_tiles, std::size_t pairs, std::uint16_t* out);

/// A strip of the product of row tiles and column tiles: 32 rows for each of `double_rows`, and one
/// or two columns of tiles.
struct Strip {
    const std::uint16_t* left;  ///< first pair of the first row of tiles
    std::size_t left_stride;    ///< parts from a row of tiles to the next
    const std::uint16_t* right; ///< first pair of the column of tiles
    std::size_t right_stride;   ///< parts from a column of tiles to the next
    std::size_t steps;          ///< of the sum
    std::size_t double_rows;
};

/// C = A B for two columns of tiles, each row times its factor (none: 1), as row tiles again.
void product_as_rows(const Strip& strip, const float* factors, std::uint16_t* out,
                     std::size_t out_stride);
/// The same as column tiles of C^T.
void product_as_transposed(const Strip& strip, std::uint16_t* out, std::size_t out_stride);
/// C as column tiles, one or two of them: rows of C are what the next product sums over.
void product_as_columns(const Strip& strip, std::size_t columns_of_tiles, std::uint16_t* out,
                        std::size_t out_stride);
/// C as numbers, `rows` x `columns` of it, each row times its factor (none: 1).
void product_as_numbers(const Strip& strip, const float* factors, std::size_t rows,
                        std::size_t columns, float* out, std::size_t out_stride);

/// Softmax without its denominator for 32 rows of scores C, given in units of log 2: the row tiles
/// of 2^(C - max) over `columns` columns, and one over the sum of each row. `scores` is work space
/// for 32 x 32 steps(columns) numbers.
void exponentials(const Strip& strip, std::size_t columns, float* scores, std::uint16_t* out,
                  float* factors);

/// 2^x for x <= 0, in place; below -100 it is 2^-100. What exponentials() does, for tests.
void powers_of_two(float* x, std::size_t count);

} // namespace attest::chance::tiles

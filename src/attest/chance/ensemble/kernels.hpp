#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

/// The elementwise work of the simulations in single precision, vectorised for the processor at
/// hand when the program starts. Buffers may be read up to `slack` numbers behind their end.
namespace attest::chance::kernels {

inline constexpr std::size_t slack = 16;

/// Philox4x32's 64 key bits and the upper three counter words of a sequence of normal numbers.
struct NormalAddress {
    std::array<std::uint32_t, 2> key;
    std::array<std::uint32_t, 3> counter;
};

/// Numbers 0, ..., count - 1 of the sequence, times `deviation`: standard normal numbers by Box and
/// Muller's transformation of Philox4x32-10 (Salmon, Moraes, Dror and Shaw, SC 2011), four from
/// each counter, in single precision; at most 6.7 deviations in size. Room for count + 64 numbers.
void normal_numbers(const NormalAddress& address, float deviation, std::size_t count, float* out);

/// 2 u - 1 times `bound` for the same uniform numbers u; room as above.
void uniform_numbers(const NormalAddress& address, float bound, std::size_t count, float* out);

/// Every row x becomes exp(x - max x); sums[row] is its sum.
void exponentials(float* x, std::size_t rows, std::size_t columns, float* sums);

/// x times `factor`.
void scale(float* x, std::size_t count, float factor);

/// Euclidean inner product.
float inner(const float* x, const float* y, std::size_t count);

/// x <- a x + b y; the squared length of the result, added up in double precision.
double combine(float* x, float a, const float* y, float b, std::size_t count);

/// Each row of x times one over its divisor.
void divide_rows(float* x, std::size_t rows, std::size_t columns, const float* divisors);

/// xy[j] = <x_j, y_j> and yy[j] = |y_j|^2 for each row j; rows of x and y begin `stride_x` and
/// `stride_y` numbers apart.
void row_products(const float* x, std::size_t stride_x, const float* y, std::size_t stride_y,
                  std::size_t rows, std::size_t columns, float* xy, float* yy);

/// out_j = (a_j x_j + b_j y_j)/length_j with its length, summed up in double precision.
void combine_rows(const float* x, const float* a, const float* y, const float* b, std::size_t rows,
                  std::size_t columns, float* out, double* lengths);

/// sum_j x_j over the rows, in double precision: `total` has one number a column.
void add_rows(const float* x, std::size_t rows, std::size_t columns, double* total);

} // namespace attest::chance::kernels

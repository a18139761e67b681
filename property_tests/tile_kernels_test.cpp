#include "attest/chance/ensemble/tile_kernels.hpp"

#include "attest/chance/ensemble/kernels.hpp"
#include "attest/chance/ensemble/product_kernel.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <vector>

namespace attest {
namespace {

namespace tiles = chance::tiles;

bool have_tiles()
{
    return chance::is_available(chance::ProductKernel::Tiles);
}

/// Parts, or numbers, at an address that tiles may be loaded from.
template <class T>
class TileRoom {
public:
    explicit TileRoom(std::size_t size) : lines_(size * sizeof(T) / sizeof(Line) + 1) {}
    T* data() { return reinterpret_cast<T*>(lines_.data()); }

private:
    struct alignas(64) Line {
        unsigned char bytes[64] = {};
    };
    std::vector<Line> lines_;
};

struct TileMatrix {
    std::size_t rows;
    std::size_t columns;
    std::vector<float> numbers;

    double operator()(std::size_t i, std::size_t j) const
    {
        return i < rows && j < columns ? static_cast<double>(numbers[i * columns + j]) : 0.0;
    }
};

/// Normal numbers of sizes that differ by powers of two.
TileMatrix any_tile_matrix(std::size_t rows, std::size_t columns)
{
    std::vector<float> numbers(rows * columns + 64);
    chance::kernels::normal_numbers({{7, 11}, {1, 2, *rc::gen::arbitrary<std::uint32_t>()}}, 1,
                                    rows * columns, numbers.data());
    const float spread = *rc::gen::element(1.0F, 0x1p-20F, 0x1p20F);
    for (std::size_t k = 0; k < numbers.size(); k += 3) {
        numbers[k] *= spread;
    }
    return {rows, columns, numbers};
}

double part(std::uint16_t bits)
{
    return static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16U));
}

constexpr std::size_t tile_size = tiles::side * tiles::depth;

/// Entry (i, k) of row tiles with `pairs` pairs in a row.
double in_rows(const std::uint16_t* x, std::size_t pairs, std::size_t i, std::size_t k)
{
    const std::uint16_t* at = x + (i / tiles::side * pairs + k / tiles::depth) * tiles::pair
                              + i % tiles::side * tiles::depth + k % tiles::depth;
    return part(at[0]) + part(at[tile_size]);
}

/// Entry (k, j) of column tiles with `pairs` pairs in a column.
double in_columns(const std::uint16_t* x, std::size_t pairs, std::size_t k, std::size_t j)
{
    const std::uint16_t* at = x + (j / tiles::side * pairs + k / tiles::depth) * tiles::pair
                              + k % tiles::depth / 2 * tiles::depth + j % tiles::side * 2 + k % 2;
    return part(at[0]) + part(at[tile_size]);
}

/// What splitting may cost: two roundings to 8 bits.
constexpr double of_splitting = 0x1p-16;

std::size_t any_length()
{
    return *rc::gen::element<std::size_t>(1, 2, 15, 16, 17, 31, 32, 33, 40, 64, 97);
}

RC_GTEST_PROP(TileKernels, TwoPartsMakeUpTheNumberInBothLayouts, ())
{
    if (!have_tiles()) {
        RC_SUCCEED("this processor has no tiles");
    }
    const TileMatrix x = any_tile_matrix(any_length(), any_length());
    const std::size_t rows = tiles::steps(x.rows) * tiles::depth;
    const std::size_t columns = tiles::steps(x.columns) * tiles::depth;
    const std::size_t beside = tiles::steps(x.columns);
    const std::size_t below = tiles::steps(x.rows);
    TileRoom<std::uint16_t> left(2 * rows * columns);
    TileRoom<std::uint16_t> right(2 * rows * columns);
    TileRoom<std::uint16_t> transposed(2 * rows * columns);
    tiles::split_rows(x.numbers.data(), x.rows, x.columns, x.columns, left.data());
    tiles::split_columns(x.numbers.data(), x.rows, x.columns, x.columns, right.data());
    tiles::transpose(left.data(), 2 * below * beside, transposed.data());
    for (std::size_t i = 0; i < rows; ++i) {
        for (std::size_t j = 0; j < columns; ++j) {
            const double value = in_rows(left.data(), beside, i, j);
            RC_ASSERT(std::abs(value - x(i, j)) <= of_splitting * std::abs(x(i, j)));
            RC_ASSERT(value == in_columns(right.data(), below, i, j));
            RC_ASSERT(value == in_columns(transposed.data(), beside, j, i));
        }
    }
}

/// Every form of a product against sums in double precision. With x = hi + lo + e, |e|, |lo lo'| at
/// most 2^-16 of |x|, |x x'|, the three products miss 3 2^-16 of |A||B| but for terms of higher
/// order, and 3 terms for each of the `inner` numbers are added up in single precision.
RC_GTEST_PROP(TileKernels, ProductsAgreeWithTheSums, ())
{
    if (!have_tiles()) {
        RC_SUCCEED("this processor has no tiles");
    }
    const std::size_t inner = any_length();
    const TileMatrix A = any_tile_matrix(any_length(), inner);
    const TileMatrix B = any_tile_matrix(inner, *rc::gen::inRange<std::size_t>(1, 33));
    const std::size_t steps = tiles::steps(inner);
    const std::size_t double_rows = tiles::steps(A.rows);
    const std::size_t rows = double_rows * tiles::depth;
    TileRoom<std::uint16_t> left(2 * double_rows * steps * tiles::pair);
    TileRoom<std::uint16_t> right(2 * steps * tiles::pair);
    tiles::split_rows(A.numbers.data(), A.rows, inner, inner, left.data());
    tiles::split_columns(B.numbers.data(), inner, B.columns, B.columns, right.data());
    std::vector<float> factors(rows);
    for (float& factor : factors) {
        factor = *rc::gen::element(1.0F, -3.0F, 0.125F);
    }
    const bool scaled = *rc::gen::arbitrary<bool>();
    const float* scale = scaled ? factors.data() : nullptr;

    const tiles::Strip strip{left.data(), steps * tiles::pair, right.data(), steps * tiles::pair,
                             steps,       double_rows};
    const std::size_t out_steps = double_rows;
    TileRoom<std::uint16_t> as_rows(2 * double_rows * tiles::pair);
    TileRoom<std::uint16_t> as_transposed(2 * double_rows * tiles::pair);
    TileRoom<std::uint16_t> as_columns(2 * out_steps * tiles::pair);
    constexpr float untouched = 77;
    std::vector<float> numbers(A.rows * B.columns + 1, untouched);
    tiles::configure();
    tiles::product_as_rows(strip, scale, as_rows.data(), tiles::pair);
    tiles::product_as_transposed(strip, as_transposed.data(), tiles::pair);
    tiles::product_as_columns(strip, tiles::sides(B.columns), as_columns.data(),
                              out_steps * tiles::pair);
    tiles::product_as_numbers(strip, scale, A.rows, B.columns, numbers.data(), B.columns);
    tiles::release();

    const double tolerance = 3.1 * of_splitting + 4 * static_cast<double>(inner) * 0x1p-24;
    for (std::size_t i = 0; i < rows; ++i) {
        for (std::size_t j = 0; j < tiles::depth; ++j) {
            double sum = 0;
            double size = 0;
            for (std::size_t k = 0; k < inner; ++k) {
                sum += A(i, k) * B(k, j);
                size += std::abs(A(i, k) * B(k, j));
            }
            const double factor = scaled ? static_cast<double>(factors[i]) : 1.0;
            const double bound = tolerance * size + 1e-37;
            const double parts_bound = bound + 1.1 * of_splitting * std::abs(sum);
            const double of_rows = in_rows(as_rows.data(), 1, i, j) / factor;
            RC_ASSERT(std::abs(of_rows - sum) <= parts_bound);
            RC_ASSERT(std::abs(in_columns(as_transposed.data(), 1, j, i) - sum) <= parts_bound);
            if (j < tiles::sides(B.columns) * tiles::side) {
                RC_ASSERT(std::abs(in_columns(as_columns.data(), out_steps, i, j) - sum)
                          <= parts_bound);
            }
            if (i < A.rows && j < B.columns) {
                const auto value = static_cast<double>(numbers[i * B.columns + j]) / factor;
                RC_ASSERT(std::abs(value - sum) <= bound);
            }
        }
    }
    RC_ASSERT(numbers.back() == untouched);
}

RC_GTEST_PROP(TileKernels, ExponentialsAreASoftmax, ())
{
    if (!have_tiles()) {
        RC_SUCCEED("this processor has no tiles");
    }
    constexpr std::size_t inner = tiles::depth;
    const std::size_t columns = any_length();
    const std::size_t pairs = tiles::steps(columns);
    TileMatrix A = any_tile_matrix(tiles::depth, inner);
    const TileMatrix B = any_tile_matrix(columns, inner);
    TileRoom<std::uint16_t> left(2 * tiles::pair);
    TileRoom<std::uint16_t> right_rows(2 * pairs * tiles::pair);
    TileRoom<std::uint16_t> right(2 * pairs * tiles::pair);
    TileRoom<float> scores(pairs * tiles::depth * tiles::depth);
    TileRoom<std::uint16_t> shares(2 * pairs * tiles::pair);
    std::vector<float> factors(tiles::depth);
    std::vector<float> exact(tiles::depth * pairs * tiles::depth);
    tiles::split_rows(A.numbers.data(), tiles::depth, inner, inner, left.data());
    tiles::split_rows(B.numbers.data(), columns, inner, inner, right_rows.data());
    tiles::transpose(right_rows.data(), 2 * pairs, right.data());
    const tiles::Strip strip{left.data(), tiles::pair, right.data(), tiles::pair, 1, 1};
    tiles::configure();
    tiles::exponentials(strip, columns, scores.data(), shares.data(), factors.data());
    for (std::size_t pair = 0; pair < pairs; ++pair) {
        tiles::Strip some = strip;
        some.right += 2 * pair * tiles::pair;
        tiles::product_as_numbers(some, nullptr, tiles::depth, tiles::depth,
                                  exact.data() + pair * tiles::depth, pairs * tiles::depth);
    }
    tiles::release();
    for (std::size_t i = 0; i < tiles::depth; ++i) {
        const float* score = exact.data() + i * pairs * tiles::depth;
        const auto top = static_cast<double>(*std::max_element(score, score + columns));
        double sum = 0;
        for (std::size_t j = 0; j < columns; ++j) {
            sum += std::exp2(static_cast<double>(score[j]) - top);
        }
        RC_ASSERT(std::abs(static_cast<double>(factors[i]) * sum - 1) < 1e-6);
        for (std::size_t j = 0; j < columns; ++j) {
            // A difference of single-precision numbers is rounded, and so is what it is a power of.
            const double share = std::exp2(static_cast<double>(score[j]) - top);
            const double difference = top - static_cast<double>(score[j]);
            RC_ASSERT(std::abs(in_rows(shares.data(), pairs, i, j) - share)
                      <= (1.1 * of_splitting + 1e-6 + difference * 0x1p-24) * share + 0x1p-99);
        }
    }
}

/// All of [-1/2, 0] in steps of 2^-21, and a step in every power of two down to 2^-100.
TEST(TileKernels, PowersOfTwoAreThoseOfSinglePrecision)
{
    if (!have_tiles()) {
        GTEST_SKIP() << "this processor has no tiles";
    }
    std::vector<float> x;
    for (int k = 0; k <= 1 << 21; ++k) {
        x.push_back(static_cast<float>(-k) * 0x1p-21F);
    }
    for (int k = 0; k < 100000; ++k) {
        x.push_back(static_cast<float>(-k) * 1e-3F);
    }
    std::vector<float> y = x;
    tiles::powers_of_two(y.data(), y.size());
    double worst = 0;
    for (std::size_t k = 0; k < x.size(); ++k) {
        const double exact = std::exp2(static_cast<double>(x[k]));
        worst = std::max(worst, std::abs(static_cast<double>(y[k]) / exact - 1));
    }
    EXPECT_LT(worst, 2.3e-7); // 1.09e-7 of the polynomial, 2^-23 of rounding
    std::vector<float> ends = {0.0F, -100.0F, -1000.0F, -3e38F};
    tiles::powers_of_two(ends.data(), ends.size());
    EXPECT_EQ(ends, (std::vector<float>{1.0F, 0x1p-100F, 0x1p-100F, 0x1p-100F}));
}

TEST(TileKernels, AreAvailableWhereTheyWereBuiltOnly)
{
    EXPECT_TRUE(chance::is_available(chance::ProductKernel::Float32));
    if (!tiles::built()) {
        EXPECT_FALSE(have_tiles());
    }
    EXPECT_NE(name_of(chance::ProductKernel::Tiles), name_of(chance::ProductKernel::Float32));
}

} // namespace
} // namespace attest

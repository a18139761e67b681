#include "attest/chance/ensemble/kernels.hpp"

#include "attest/chance/ensemble/products.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <cstring>
#include <vector>

namespace attest {
namespace {

namespace kernels = chance::kernels;

std::vector<float> numbers(std::size_t count, float deviation = 1)
{
    std::vector<float> out(count + 64);
    kernels::normal_numbers({{7, 11}, {1, 2, *rc::gen::arbitrary<std::uint32_t>()}}, deviation,
                            count, out.data());
    return out;
}

TEST(Kernels, NormalNumbersHaveTheMomentsOfTheNormalLaw)
{
    constexpr std::size_t count = 1U << 20U;
    std::vector<float> x(count + 64);
    kernels::normal_numbers({{1, 2}, {3, 4, 5}}, 1, count, x.data());
    double moments[5] = {};
    for (std::size_t i = 0; i < count; ++i) {
        double power = 1;
        for (double& moment : moments) {
            moment += power / count;
            power *= static_cast<double>(x[i]);
        }
    }
    // Five standard deviations of each mean.
    const double unit = 5 / std::sqrt(static_cast<double>(count));
    EXPECT_NEAR(moments[1], 0, unit);
    EXPECT_NEAR(moments[2], 1, unit * std::sqrt(2.0));
    EXPECT_NEAR(moments[3], 0, unit * std::sqrt(15.0));
    EXPECT_NEAR(moments[4], 3, unit * std::sqrt(96.0));
}

RC_GTEST_PROP(Kernels, ALongerSequenceBeginsWithTheShorterOne, ())
{
    const auto count = *rc::gen::inRange<std::size_t>(1, 200);
    const kernels::NormalAddress address{{*rc::gen::arbitrary<std::uint32_t>(), 1}, {2, 3, 4}};
    std::vector<float> few(count + 64);
    std::vector<float> many(2 * count + 64);
    kernels::normal_numbers(address, 1, count, few.data());
    kernels::normal_numbers(address, 1, 2 * count, many.data());
    for (std::size_t i = 0; i < count; ++i) {
        RC_ASSERT(few[i] == many[i]);
    }
}

RC_GTEST_PROP(Kernels, UniformNumbersStayInTheirInterval, ())
{
    std::vector<float> x(1000 + 64);
    kernels::uniform_numbers({{*rc::gen::arbitrary<std::uint32_t>(), 0}, {0, 0, 0}}, 0.25F, 1000,
                             x.data());
    double mean = 0;
    for (std::size_t i = 0; i < 1000; ++i) {
        RC_ASSERT(std::abs(x[i]) <= 0.25F);
        mean += static_cast<double>(x[i]) / 1000;
    }
    RC_ASSERT(std::abs(mean) < 6 * 0.25 / std::sqrt(3000.0));
}

RC_GTEST_PROP(Kernels, ExponentialsAreThoseOfTheShiftedRow, ())
{
    const auto rows = *rc::gen::inRange<std::size_t>(1, 4);
    const auto columns = *rc::gen::inRange<std::size_t>(1, 50);
    const std::vector<float> x = numbers(rows * columns, *rc::gen::element(0.0F, 1.0F, 30.0F));
    std::vector<float> e = x;
    std::vector<float> sums(rows);
    kernels::exponentials(e.data(), rows, columns, sums.data());
    for (std::size_t row = 0; row < rows; ++row) {
        const float* from = x.data() + row * columns;
        const float top = *std::max_element(from, from + columns);
        double sum = 0;
        for (std::size_t c = 0; c < columns; ++c) {
            const double exact = std::exp(static_cast<double>(from[c]) - static_cast<double>(top));
            RC_ASSERT(std::abs(static_cast<double>(e[row * columns + c]) - exact)
                      <= 1e-5 * exact + 1e-37);
            sum += exact;
        }
        RC_ASSERT(std::abs(static_cast<double>(sums[row]) - sum) < 1e-5 * sum);
    }
}

RC_GTEST_PROP(Kernels, VectorOperationsAreTheOrdinaryOnes, ())
{
    const auto count = *rc::gen::inRange<std::size_t>(1, 70);
    const std::vector<float> x = numbers(count);
    const std::vector<float> y = numbers(count);
    double inner = 0;
    double squared = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const double a = static_cast<double>(x[i]);
        const double b = static_cast<double>(y[i]);
        inner += a * b;
        squared += (2 * a - 0.5 * b) * (2 * a - 0.5 * b);
    }
    RC_ASSERT(std::abs(static_cast<double>(kernels::inner(x.data(), y.data(), count)) - inner)
              < 1e-4);
    std::vector<float> z = x;
    const double length = kernels::combine(z.data(), 2, y.data(), -0.5F, count);
    RC_ASSERT(std::abs(length - squared) <= 1e-5 * squared + 1e-9);
    kernels::scale(z.data(), count, 3);
    for (std::size_t i = 0; i < count; ++i) {
        RC_ASSERT(std::abs(z[i] - 3 * (2 * x[i] - 0.5F * y[i])) < 1e-4F);
    }
}

/// Every product against sums in double precision.
RC_GTEST_PROP(Products, AgreeWithTheSums, ())
{
    const auto batch = *rc::gen::element<std::size_t>(1, 3);
    const auto rows = *rc::gen::element<std::size_t>(1, 5, 17);
    const auto columns = *rc::gen::element<std::size_t>(1, 4, 33);
    const auto inner = *rc::gen::element<std::size_t>(1, 2, 16, 40);
    chance::Products products;
    const double tolerance = 1e-6 * static_cast<double>(inner + 4);

    const std::size_t stride = batch * inner;
    const std::vector<float> A = numbers(rows * stride);
    const std::vector<float> B = numbers(columns * stride);
    std::vector<float> C(batch * rows * columns);
    products.times_transposed({A.data(), stride}, {B.data(), stride}, inner, batch, rows, columns,
                              inner, C.data());
    const std::vector<float> D = numbers(batch * rows * inner);
    const std::vector<float> E = numbers(inner * batch * columns);
    std::vector<float> F(batch * rows * columns);
    products.times(D.data(), {E.data(), batch * columns}, columns, batch, rows, columns, inner,
                   F.data());
    chance::PackedMatrix packed;
    products.pack(E.data(), inner, batch * columns, packed);
    std::vector<float> G(rows * batch * columns);
    products.times(D.data(), rows, packed, G.data());
    for (std::size_t k = 0; k < batch; ++k) {
        for (std::size_t i = 0; i < rows; ++i) {
            for (std::size_t j = 0; j < columns; ++j) {
                double ab = 0;
                double de = 0;
                double packed_sum = 0;
                for (std::size_t m = 0; m < inner; ++m) {
                    const auto value = [](float x) { return static_cast<double>(x); };
                    ab +=
                        value(A[i * stride + k * inner + m]) * value(B[j * stride + k * inner + m]);
                    const double right = value(E[m * batch * columns + k * columns + j]);
                    de += value(D[(k * rows + i) * inner + m]) * right;
                    packed_sum += value(D[i * inner + m]) * right;
                }
                const std::size_t place = (k * rows + i) * columns + j;
                RC_ASSERT(std::abs(static_cast<double>(C[place]) - ab) < tolerance);
                RC_ASSERT(std::abs(static_cast<double>(F[place]) - de) < tolerance);
                RC_ASSERT(std::abs(static_cast<double>(G[i * batch * columns + k * columns + j])
                                   - packed_sum)
                          < tolerance);
            }
        }
    }
}

} // namespace
} // namespace attest

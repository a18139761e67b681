#include "attest/chance/ensemble/factor.hpp"

#include <algorithm>
#include <cmath>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "attest/chance/ensemble/factor.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace attest::chance::factor::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using D = hn::ScalableTag<double>;

/// Rows from, ..., from + 3 of C^T C, columns first, ..., first + 2 lanes - 1; C has `height` rows
/// of `stride` numbers.
void Tile(const double* C, std::size_t height, std::size_t stride, std::size_t from,
          std::size_t first, double* out)
{
    const D d;
    const std::size_t lanes = hn::Lanes(d);
    auto a0 = hn::Zero(d), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, e0 = a0, e1 = a0;
    for (std::size_t k = 0; k < height; ++k) {
        const double* row = C + k * stride;
        const auto x = hn::LoadU(d, row + first);
        const auto y = hn::LoadU(d, row + first + lanes);
        const auto a = hn::Set(d, row[from]);
        const auto b = hn::Set(d, row[from + 1]);
        const auto c = hn::Set(d, row[from + 2]);
        const auto e = hn::Set(d, row[from + 3]);
        a0 = hn::MulAdd(a, x, a0);
        a1 = hn::MulAdd(a, y, a1);
        b0 = hn::MulAdd(b, x, b0);
        b1 = hn::MulAdd(b, y, b1);
        c0 = hn::MulAdd(c, x, c0);
        c1 = hn::MulAdd(c, y, c1);
        e0 = hn::MulAdd(e, x, e0);
        e1 = hn::MulAdd(e, y, e1);
    }
    double* to = out + from * stride + first;
    hn::StoreU(a0, d, to);
    hn::StoreU(a1, d, to + lanes);
    hn::StoreU(b0, d, to + stride);
    hn::StoreU(b1, d, to + stride + lanes);
    hn::StoreU(c0, d, to + 2 * stride);
    hn::StoreU(c1, d, to + 2 * stride + lanes);
    hn::StoreU(e0, d, to + 3 * stride);
    hn::StoreU(e1, d, to + 3 * stride + lanes);
}

/// The upper triangle, at least, of C^T C. The stride is a multiple of 4 and of two vectors.
void Gram(const double* C, std::size_t height, std::size_t stride, double* out)
{
    const std::size_t step = 2 * hn::Lanes(D());
    for (std::size_t from = 0; from < stride; from += 4) {
        for (std::size_t first = from / step * step; first < stride; first += step) {
            Tile(C, height, stride, from, first, out);
        }
    }
}

/// Rows from + 4 and on of the upper triangle, less what the four finished rows from, ..., from + 3
/// give.
void Eliminate(double* U, std::size_t n, std::size_t stride, std::size_t from)
{
    const D d;
    const std::size_t lanes = hn::Lanes(d);
    const double* r0 = U + from * stride;
    const double* r1 = r0 + stride;
    const double* r2 = r1 + stride;
    const double* r3 = r2 + stride;
    for (std::size_t j = from + 4; j < n; ++j) {
        double* row = U + j * stride;
        const auto f0 = hn::Set(d, r0[j]);
        const auto f1 = hn::Set(d, r1[j]);
        const auto f2 = hn::Set(d, r2[j]);
        const auto f3 = hn::Set(d, r3[j]);
        for (std::size_t i = j / lanes * lanes; i < stride; i += lanes) {
            auto x = hn::LoadU(d, row + i);
            x = hn::NegMulAdd(f0, hn::LoadU(d, r0 + i), x);
            x = hn::NegMulAdd(f1, hn::LoadU(d, r1 + i), x);
            x = hn::NegMulAdd(f2, hn::LoadU(d, r2 + i), x);
            x = hn::NegMulAdd(f3, hn::LoadU(d, r3 + i), x);
            hn::StoreU(x, d, row + i);
        }
    }
}

} // namespace attest::chance::factor::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace attest::chance {
namespace factor {
HWY_EXPORT(Gram);
HWY_EXPORT(Eliminate);

void gram(const double* columns, std::size_t height, std::size_t stride, double* out)
{
    HWY_DYNAMIC_DISPATCH(Gram)(columns, height, stride, out);
}

void eliminate(double* U, std::size_t n, std::size_t stride, std::size_t from)
{
    HWY_DYNAMIC_DISPATCH(Eliminate)(U, n, stride, from);
}
} // namespace factor

namespace {

constexpr std::size_t group = 4;

/// The upper triangle of U becomes the factor of U^T U; n at most the stride.
void cholesky(double* U, std::size_t n, std::size_t stride)
{
    constexpr double least = 0x1p-42;
    for (std::size_t from = 0; from < n; from += group) {
        const std::size_t end = std::min(n, from + group);
        for (std::size_t k = from; k < end; ++k) {
            double* row = U + k * stride;
            for (std::size_t i = from; i < k; ++i) {
                const double* above = U + i * stride;
                const double f = above[k];
                for (std::size_t j = k; j < n; ++j) {
                    row[j] -= f * above[j];
                }
            }
            const double pivot = row[k];
            const double root = pivot > least ? std::sqrt(pivot) : 0;
            const double inverse = root > 0 ? 1 / root : 0;
            row[k] = root;
            for (std::size_t j = k + 1; j < n; ++j) {
                row[j] *= inverse;
            }
        }
        if (end < n) {
            factor::eliminate(U, n, stride, from);
        }
    }
}

} // namespace

void GramFactor::operator()(const float* X, std::size_t n, std::size_t width, float* L)
{
    // A multiple of two vectors of any processor.
    constexpr std::size_t step = 64;
    const std::size_t stride = (n + step - 1) / step * step;
    columns_.resize(width * stride);
    gram_.resize(stride * stride);
    constexpr std::size_t tile = 8; // rows of X whose lines the cache keeps while they are turned
    for (std::size_t first = 0; first < n; first += tile) {
        const std::size_t end = std::min(n, first + tile);
        for (std::size_t k = 0; k < width; ++k) {
            for (std::size_t j = first; j < end; ++j) {
                columns_[k * stride + j] = static_cast<double>(X[j * width + k]);
            }
        }
    }
    factor::gram(columns_.data(), width, stride, gram_.data());
    cholesky(gram_.data(), n, stride);
    for (std::size_t j = 0; j < n; ++j) {
        for (std::size_t k = 0; k <= j; ++k) {
            L[j * n + k] = static_cast<float>(gram_[k * stride + j]);
        }
        std::fill(L + j * n + j + 1, L + (j + 1) * n, 0.0F);
    }
}

} // namespace attest::chance
#endif

#include "attest/chance/ensemble/kernels.hpp"

#include <algorithm>
#include <cmath>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "attest/chance/ensemble/kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <hwy/contrib/math/math-inl.h>

HWY_BEFORE_NAMESPACE();
namespace attest::chance::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using F = hn::ScalableTag<float>;
using U = hn::RebindToUnsigned<F>;
using I = hn::RebindToSigned<F>;

/// Upper and lower halves of the products of all lanes.
#if HWY_TARGET == HWY_SCALAR
template <class V>
void multiply(const V& a, const V& b, V& high, V& low)
{
    const U u;
    const std::uint64_t product = std::uint64_t{hn::GetLane(a)} * hn::GetLane(b);
    high = hn::Set(u, static_cast<std::uint32_t>(product >> 32U));
    low = hn::Set(u, static_cast<std::uint32_t>(product));
}
#else
using W = hn::RepartitionToWide<U>;

template <class V>
void multiply(const V& a, const V& b, V& high, V& low)
{
    const U u;
    const W w;
    const auto even = hn::MulEven(a, b);
    const auto odd = hn::MulEven(hn::BitCast(u, hn::ShiftRight<32>(hn::BitCast(w, a))),
                                 hn::BitCast(u, hn::ShiftRight<32>(hn::BitCast(w, b))));
    high = hn::OddEven(hn::BitCast(u, odd), hn::BitCast(u, hn::ShiftRight<32>(even)));
    low = hn::OddEven(hn::BitCast(u, hn::ShiftLeft<32>(odd)), hn::BitCast(u, even));
}
#endif

template <class V>
struct Words {
    V a, b, c, d;
};

/// Ten rounds of Philox4x32 for the counters (first + lane, ...).
template <class V = hn::Vec<U>>
Words<V> philox(const NormalAddress& address, std::uint32_t first)
{
    const U u;
    V c0 = hn::Iota(u, first);
    V c1 = hn::Set(u, address.counter[0]);
    V c2 = hn::Set(u, address.counter[1]);
    V c3 = hn::Set(u, address.counter[2]);
    std::uint32_t k0 = address.key[0];
    std::uint32_t k1 = address.key[1];
    const V m0 = hn::Set(u, 0xD2511F53U);
    const V m1 = hn::Set(u, 0xCD9E8D57U);
    for (int round = 0; round < 10; ++round) {
        V high0, low0, high1, low1;
        multiply(m0, c0, high0, low0);
        multiply(m1, c2, high1, low1);
        const V next0 = hn::Xor(hn::Xor(high1, c1), hn::Set(u, k0));
        const V next2 = hn::Xor(hn::Xor(high0, c3), hn::Set(u, k1));
        c0 = next0;
        c1 = low1;
        c2 = next2;
        c3 = low0;
        k0 += 0x9E3779B9U;
        k1 += 0xBB67AE85U;
    }
    return {c0, c1, c2, c3};
}

/// In (0, 1]: (word/2 rounded down + 1/2) 2^-31 in single precision.
template <class V>
auto unit_interval(const V& word)
{
    const F f;
    const auto whole = hn::ConvertTo(f, hn::BitCast(I(), hn::ShiftRight<1>(word)));
    return hn::Mul(hn::Add(whole, hn::Set(f, 0.5F)), hn::Set(f, 0x1p-31F));
}

/// Box and Muller's pair.
template <class V, class R>
void normal_pair(const V& first, const V& second, const R& deviation, R& x, R& y)
{
    const F f;
    const auto u = unit_interval(first);
    // Angles in [-pi, pi): the functions are most accurate there.
    const auto turn = hn::ConvertTo(f, hn::BitCast(I(), second));
    const auto angle = hn::Mul(turn, hn::Set(f, 1.46291807926715968e-9F)); // pi 2^-31
    const auto radius = hn::Mul(
        deviation, hn::Sqrt(hn::Max(hn::Zero(f), hn::Mul(hn::Set(f, -2.0F), hn::Log(f, u)))));
    x = hn::Mul(radius, hn::Cos(f, angle));
    y = hn::Mul(radius, hn::Sin(f, angle));
}

void NormalNumbers(const NormalAddress& address, float deviation, std::size_t count, float* out)
{
    const F f;
    const std::size_t lanes = hn::Lanes(f);
    const auto scale = hn::Set(f, deviation);
    for (std::size_t block = 0; 4 * block < count; block += lanes) {
        const auto words = philox(address, static_cast<std::uint32_t>(block));
        auto x = hn::Zero(f);
        auto y = x;
        auto z = x;
        auto w = x;
        normal_pair(words.a, words.b, scale, x, y);
        normal_pair(words.c, words.d, scale, z, w);
        hn::StoreInterleaved4(x, y, z, w, f, out + 4 * block);
    }
}

void UniformNumbers(const NormalAddress& address, float bound, std::size_t count, float* out)
{
    const F f;
    const std::size_t lanes = hn::Lanes(f);
    // A word read as a signed number is 2^31 (2u - 1).
    const auto scale = hn::Set(f, bound * 0x1p-31F);
    const auto number = [&](const auto& word) {
        return hn::Mul(scale, hn::ConvertTo(f, hn::BitCast(I(), word)));
    };
    for (std::size_t block = 0; 4 * block < count; block += lanes) {
        const auto words = philox(address, static_cast<std::uint32_t>(block));
        hn::StoreInterleaved4(number(words.a), number(words.b), number(words.c), number(words.d), f,
                              out + 4 * block);
    }
}

/// f(vector, index) for whole vectors, f_tail for the rest, one number at a time.
void Exponentials(float* x, std::size_t rows, std::size_t columns, float* sums)
{
    const F f;
    const std::size_t lanes = hn::Lanes(f);
    for (std::size_t row = 0; row < rows; ++row, x += columns) {
        auto most = hn::Set(f, x[0]);
        std::size_t i = 0;
        for (; i + lanes <= columns; i += lanes) {
            most = hn::Max(most, hn::LoadU(f, x + i));
        }
        float top = hn::GetLane(hn::MaxOfLanes(f, most));
        for (; i < columns; ++i) {
            top = HWY_MAX(top, x[i]);
        }
        const auto shift = hn::Set(f, top);
        auto sum = hn::Zero(f);
        for (i = 0; i + lanes <= columns; i += lanes) {
            const auto e = hn::Exp(f, hn::Sub(hn::LoadU(f, x + i), shift));
            sum = hn::Add(sum, e);
            hn::StoreU(e, f, x + i);
        }
        float total = hn::GetLane(hn::SumOfLanes(f, sum));
        for (; i < columns; ++i) {
            const hn::CappedTag<float, 1> one;
            x[i] = hn::GetLane(hn::Exp(one, hn::Set(one, x[i] - top)));
            total += x[i];
        }
        sums[row] = total;
    }
}

void Scale(float* x, std::size_t count, float factor)
{
    const F f;
    const std::size_t lanes = hn::Lanes(f);
    const auto by = hn::Set(f, factor);
    std::size_t i = 0;
    for (; i + lanes <= count; i += lanes) {
        hn::StoreU(hn::Mul(by, hn::LoadU(f, x + i)), f, x + i);
    }
    for (; i < count; ++i) {
        x[i] *= factor;
    }
}

float Inner(const float* x, const float* y, std::size_t count)
{
    const F f;
    const std::size_t lanes = hn::Lanes(f);
    auto sum = hn::Zero(f);
    std::size_t i = 0;
    for (; i + lanes <= count; i += lanes) {
        sum = hn::MulAdd(hn::LoadU(f, x + i), hn::LoadU(f, y + i), sum);
    }
    float total = hn::GetLane(hn::SumOfLanes(f, sum));
    for (; i < count; ++i) {
        total += x[i] * y[i];
    }
    return total;
}

/// out may be x.
double CombineInto(const float* x, float a, const float* y, float b, std::size_t count, float* out)
{
    const F f;
    const std::size_t lanes = hn::Lanes(f);
    const auto va = hn::Set(f, a);
    const auto vb = hn::Set(f, b);
    auto sum = hn::Zero(f);
    std::size_t i = 0;
    for (; i + lanes <= count; i += lanes) {
        const auto value = hn::MulAdd(va, hn::LoadU(f, x + i), hn::Mul(vb, hn::LoadU(f, y + i)));
        sum = hn::MulAdd(value, value, sum);
        hn::StoreU(value, f, out + i);
    }
    auto total = static_cast<double>(hn::GetLane(hn::SumOfLanes(f, sum)));
    for (; i < count; ++i) {
        out[i] = a * x[i] + b * y[i];
        total += static_cast<double>(out[i]) * static_cast<double>(out[i]);
    }
    return total;
}

double Combine(float* x, float a, const float* y, float b, std::size_t count)
{
    return CombineInto(x, a, y, b, count, x);
}

void DivideRows(float* x, std::size_t rows, std::size_t columns, const float* divisors)
{
    for (std::size_t row = 0; row < rows; ++row) {
        Scale(x + row * columns, columns, 1 / divisors[row]);
    }
}

void RowProducts(const float* x, std::size_t stride_x, const float* y, std::size_t stride_y,
                 std::size_t rows, std::size_t columns, float* xy, float* yy)
{
    // Both sums in one pass: the additions of one hide behind those of the other.
    const F f;
    const std::size_t lanes = hn::Lanes(f);
    for (std::size_t row = 0; row < rows; ++row) {
        const float* left = x + row * stride_x;
        const float* right = y + row * stride_y;
        auto sum_xy = hn::Zero(f);
        auto sum_yy = hn::Zero(f);
        std::size_t i = 0;
        for (; i + lanes <= columns; i += lanes) {
            const auto value = hn::LoadU(f, right + i);
            sum_xy = hn::MulAdd(hn::LoadU(f, left + i), value, sum_xy);
            sum_yy = hn::MulAdd(value, value, sum_yy);
        }
        float total_xy = hn::GetLane(hn::SumOfLanes(f, sum_xy));
        float total_yy = hn::GetLane(hn::SumOfLanes(f, sum_yy));
        for (; i < columns; ++i) {
            total_xy += left[i] * right[i];
            total_yy += right[i] * right[i];
        }
        xy[row] = total_xy;
        yy[row] = total_yy;
    }
}

void CombineRows(const float* x, const float* a, const float* y, const float* b, std::size_t rows,
                 std::size_t columns, float* out, double* lengths)
{
    for (std::size_t row = 0; row < rows; ++row, out += columns) {
        lengths[row] = std::sqrt(
            CombineInto(x + row * columns, a[row], y + row * columns, b[row], columns, out));
        Scale(out, columns, static_cast<float>(1 / lengths[row]));
    }
}

void AddRows(const float* x, std::size_t rows, std::size_t columns, double* total)
{
    for (std::size_t row = 0; row < rows; ++row, x += columns) {
        for (std::size_t i = 0; i < columns; ++i) {
            total[i] += static_cast<double>(x[i]);
        }
    }
}

} // namespace attest::chance::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace attest::chance::kernels {

HWY_EXPORT(NormalNumbers);
HWY_EXPORT(UniformNumbers);
HWY_EXPORT(Exponentials);
HWY_EXPORT(Scale);
HWY_EXPORT(Inner);
HWY_EXPORT(Combine);
HWY_EXPORT(DivideRows);
HWY_EXPORT(RowProducts);
HWY_EXPORT(CombineRows);
HWY_EXPORT(AddRows);

void normal_numbers(const NormalAddress& address, float deviation, std::size_t count, float* out)
{
    HWY_DYNAMIC_DISPATCH(NormalNumbers)(address, deviation, count, out);
}

void uniform_numbers(const NormalAddress& address, float bound, std::size_t count, float* out)
{
    HWY_DYNAMIC_DISPATCH(UniformNumbers)(address, bound, count, out);
}

void exponentials(float* x, std::size_t rows, std::size_t columns, float* sums)
{
    HWY_DYNAMIC_DISPATCH(Exponentials)(x, rows, columns, sums);
}

void scale(float* x, std::size_t count, float factor)
{
    HWY_DYNAMIC_DISPATCH(Scale)(x, count, factor);
}

float inner(const float* x, const float* y, std::size_t count)
{
    return HWY_DYNAMIC_DISPATCH(Inner)(x, y, count);
}

double combine(float* x, float a, const float* y, float b, std::size_t count)
{
    return HWY_DYNAMIC_DISPATCH(Combine)(x, a, y, b, count);
}

void divide_rows(float* x, std::size_t rows, std::size_t columns, const float* divisors)
{
    HWY_DYNAMIC_DISPATCH(DivideRows)(x, rows, columns, divisors);
}

void row_products(const float* x, std::size_t stride_x, const float* y, std::size_t stride_y,
                  std::size_t rows, std::size_t columns, float* xy, float* yy)
{
    HWY_DYNAMIC_DISPATCH(RowProducts)(x, stride_x, y, stride_y, rows, columns, xy, yy);
}

void combine_rows(const float* x, const float* a, const float* y, const float* b, std::size_t rows,
                  std::size_t columns, float* out, double* lengths)
{
    HWY_DYNAMIC_DISPATCH(CombineRows)(x, a, y, b, rows, columns, out, lengths);
}

void add_rows(const float* x, std::size_t rows, std::size_t columns, double* total)
{
    HWY_DYNAMIC_DISPATCH(AddRows)(x, rows, columns, total);
}

} // namespace attest::chance::kernels
#endif

#include "attest/model/velocity_kernel.hpp"

#include <algorithm>

// The file is compiled once for each instruction set but these, which add nothing for double.
#define HWY_DISABLED_TARGETS (HWY_SSSE3 | HWY_SSE4 | HWY_AVX3_DL)
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "attest/model/token_kernel.cpp"
#include <hwy/foreach_target.h> // before highway.h

#include "attest/model/velocity_tile_inl.hpp"

#include <hwy/contrib/math/math-inl.h>

HWY_BEFORE_NAMESPACE();
namespace attest::model::kernel::HWY_NAMESPACE {
namespace {

void PackTokens(const double* tokens, long stride, long d, long count, double* panel)
{
    if (count == R) {
        for (long k = 0; k < d; ++k) {
            for (long i = 0; i < R; ++i) {
                panel[k * R + i] = tokens[i * stride + k];
            }
        }
        return;
    }
    for (long k = 0; k < d; ++k) {
        for (long i = 0; i < R; ++i) {
            panel[k * R + i] = i < count ? tokens[i * stride + k] : 0;
        }
    }
}

void PackRows(const double* tokens, long stride, long d, long count, double* panels,
              long panel_stride)
{
    for (long first = 0; first < d; first += R, panels += panel_stride) {
        const long rows = std::min(R, d - first);
        for (long k = 0; k < count; ++k) {
            const double* from = tokens + k * stride + first;
            double* to = panels + k * R;
            std::copy(from, from + rows, to);
            std::fill(to + rows, to + R, 0.0);
        }
    }
}

void SumColumns(const double* panel, long rows, bool accumulate, double* sums)
{
    const Doubles d;
    for (long v = 0; v < C; v += lanes) {
        Vec partial[4] = {hn::Zero(d), hn::Zero(d), hn::Zero(d), hn::Zero(d)};
        for (long k = 0; k < rows; k += 4) {
            for (long u = 0; u < std::min(4L, rows - k); ++u) {
                partial[u] = hn::Add(partial[u], load(panel + (k + u) * C + v));
            }
        }
        const Vec sum = hn::Add(hn::Add(partial[0], partial[1]), hn::Add(partial[2], partial[3]));
        store(accumulate ? hn::Add(load(sums + v), sum) : sum, sums + v);
    }
}

void SoftmaxColumns(double* panel, long rows, double beta, double* sums)
{
    const Doubles d;
    const Vec scale = hn::Set(d, beta);
    for (long v = 0; v < C; v += lanes) {
        Vec largest = hn::Mul(scale, load(panel + v));
        for (long k = 1; k < rows; ++k) {
            largest = hn::Max(largest, hn::Mul(scale, load(panel + k * C + v)));
        }
        Vec sum = hn::Zero(d);
        for (long k = 0; k < rows; ++k) {
            double* at = panel + k * C + v;
            const Vec e = hn::Exp(d, hn::Sub(hn::Mul(scale, load(at)), largest));
            sum = hn::Add(sum, e);
            store(e, at);
        }
        store(sum, sums + v);
    }
}

TokenSums Normalise(double scale, const double* theta, long n, double* A)
{
    const Doubles d;
    const Vec factor = hn::Set(d, scale);
    Vec squared[2] = {hn::Zero(d), hn::Zero(d)};
    Vec product[2] = {hn::Zero(d), hn::Zero(d)};
    long i = 0;
    for (long u = 0; i + lanes <= n; i += lanes, u ^= 1) {
        const Vec a = hn::Mul(factor, load(A + i));
        store(a, A + i);
        squared[u] = hn::MulAdd(a, a, squared[u]);
        product[u] = hn::MulAdd(a, load(theta + i), product[u]);
    }
    TokenSums sums{hn::GetLane(hn::SumOfLanes(d, hn::Add(squared[0], squared[1]))),
                   hn::GetLane(hn::SumOfLanes(d, hn::Add(product[0], product[1])))};
    for (; i < n; ++i) {
        A[i] *= scale;
        sums.A_squared += A[i] * A[i];
        sums.theta_A += A[i] * theta[i];
    }
    return sums;
}

void Project(double speed, double theta_A, const double* theta, const double* A, long n,
             double* out)
{
    const Doubles d;
    const Vec factor = hn::Set(d, speed);
    const Vec along = hn::Set(d, theta_A);
    long i = 0;
    for (; i + lanes <= n; i += lanes) {
        store(hn::Mul(factor, hn::NegMulAdd(along, load(theta + i), load(A + i))), out + i);
    }
    for (; i < n; ++i) {
        out[i] = speed * (A[i] - theta_A * theta[i]);
    }
}

void Exponentials(double* x, long n)
{
    const Doubles d;
    long i = 0;
    for (; i + lanes <= n; i += lanes) {
        store(hn::Exp(d, load(x + i)), x + i);
    }
    for (; i < n; ++i) {
        x[i] = hn::GetLane(hn::Exp(d, hn::Set(d, x[i])));
    }
}

} // namespace
} // namespace attest::model::kernel::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace attest::model::kernel {

HWY_EXPORT(PackTokens);
HWY_EXPORT(PackRows);
HWY_EXPORT(SumColumns);
HWY_EXPORT(SoftmaxColumns);
HWY_EXPORT(Normalise);
HWY_EXPORT(Project);
HWY_EXPORT(Exponentials);

void pack_tokens(const double* tokens, long stride, long d, long count, double* panel)
{
    HWY_DYNAMIC_DISPATCH(PackTokens)(tokens, stride, d, count, panel);
}
void pack_rows(const double* tokens, long stride, long d, long count, double* panels,
               long panel_stride)
{
    HWY_DYNAMIC_DISPATCH(PackRows)(tokens, stride, d, count, panels, panel_stride);
}
void sum_columns(const double* panel, long rows, bool accumulate, double* sums)
{
    HWY_DYNAMIC_DISPATCH(SumColumns)(panel, rows, accumulate, sums);
}
void softmax_columns(double* panel, long rows, double beta, double* sums)
{
    HWY_DYNAMIC_DISPATCH(SoftmaxColumns)(panel, rows, beta, sums);
}
TokenSums normalise(double scale, const double* theta, long d, double* A)
{
    return HWY_DYNAMIC_DISPATCH(Normalise)(scale, theta, d, A);
}
void project(double speed, double theta_A, const double* theta, const double* A, long d,
             double* out)
{
    HWY_DYNAMIC_DISPATCH(Project)(speed, theta_A, theta, A, d, out);
}
void exponentials(std::span<double> x)
{
    HWY_DYNAMIC_DISPATCH(Exponentials)(x.data(), static_cast<long>(x.size()));
}

} // namespace attest::model::kernel
#endif // HWY_ONCE

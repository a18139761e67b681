#include "attest/chance/ensemble/factor.hpp"

#include "attest/chance/ensemble/kernels.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <vector>

namespace attest {
namespace {

/// Unit rows, of which `copies` at the end repeat the first up to `noise`.
std::vector<float> unit_rows(std::size_t n, std::size_t width, std::size_t copies, float noise)
{
    std::vector<float> X(n * width + 64);
    chance::kernels::normal_numbers({{3, 5}, {7, 11, *rc::gen::arbitrary<std::uint32_t>()}}, 1,
                                    n * width, X.data());
    for (std::size_t j = n - copies; j < n; ++j) {
        for (std::size_t k = 0; k < width; ++k) {
            X[j * width + k] = X[k] + noise * X[j * width + k];
        }
    }
    for (std::size_t j = 0; j < n; ++j) {
        double squared = 0;
        for (std::size_t k = 0; k < width; ++k) {
            squared += std::pow(static_cast<double>(X[j * width + k]), 2);
        }
        for (std::size_t k = 0; k < width; ++k) {
            X[j * width + k] /= static_cast<float>(std::sqrt(squared));
        }
    }
    return X;
}

double largest_error(const std::vector<float>& X, const std::vector<float>& L, std::size_t n,
                     std::size_t width)
{
    double error = 0;
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j <= i; ++j) {
            double gap = 0;
            for (std::size_t k = 0; k < width; ++k) {
                gap +=
                    static_cast<double>(X[i * width + k]) * static_cast<double>(X[j * width + k]);
            }
            for (std::size_t k = 0; k <= j; ++k) {
                gap -= static_cast<double>(L[i * n + k]) * static_cast<double>(L[j * n + k]);
            }
            error = std::max(error, std::abs(gap));
        }
    }
    return error;
}

RC_GTEST_PROP(GramFactor, GivesTheGramMatrixBack, ())
{
    const auto n = *rc::gen::inRange<std::size_t>(1, 80);
    const auto width = *rc::gen::inRange<std::size_t>(1, 100);
    const std::vector<float> X = unit_rows(n, width, 0, 0);
    std::vector<float> L(n * n, 7);
    chance::GramFactor()(X.data(), n, width, L.data());
    RC_ASSERT(largest_error(X, L, n, width) < 1e-6);
    for (std::size_t j = 0; j < n; ++j) {
        RC_ASSERT(L[j * n + j] >= 0);
        for (std::size_t k = j + 1; k < n; ++k) {
            RC_ASSERT(L[j * n + k] == 0);
        }
    }
}

RC_GTEST_PROP(GramFactor, StandsEqualRows, ())
{
    const auto n = *rc::gen::inRange<std::size_t>(2, 130);
    const auto copies = *rc::gen::inRange<std::size_t>(1, n);
    const float noise = *rc::gen::element(0.0F, 1e-8F, 1e-7F, 1e-6F, 1e-4F);
    const std::vector<float> X = unit_rows(n, 2 * n, copies, noise);
    std::vector<float> L(n * n);
    chance::GramFactor factor;
    factor(X.data(), n, 2 * n, L.data());
    RC_ASSERT(largest_error(X, L, n, 2 * n) < 3e-6);
    for (const float entry : L) {
        RC_ASSERT(std::abs(entry) < 1.001F);
    }
}

} // namespace
} // namespace attest

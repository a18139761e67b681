#include "attest/chance/ensemble/weights.hpp"

#include "attest/chance/ensemble/kernels.hpp"

#include <cmath>

namespace attest::chance {
namespace {

/// The normal and uniform fills write whole groups of vectors.
constexpr std::size_t fill_room = 64;

kernels::NormalAddress address_of(const EnsembleSetting& setting, std::uint64_t run, long layer,
                                  std::uint32_t matrix)
{
    // 5 matrices a layer; a run has fewer than 2^29 of them.
    const auto which = static_cast<std::uint32_t>(8 * layer) + matrix;
    return {
        {static_cast<std::uint32_t>(setting.seed), static_cast<std::uint32_t>(setting.seed >> 32U)},
        {static_cast<std::uint32_t>(run), static_cast<std::uint32_t>(run >> 32U), which}};
}

void fill(const EnsembleSetting& setting, std::uint64_t run, long layer, std::uint32_t matrix,
          std::vector<float>& out)
{
    const auto size = static_cast<std::size_t>(setting.d * setting.d);
    out.resize(size + fill_room);
    const auto address = address_of(setting, run, layer, matrix);
    const double deviation = setting.deviation();
    if (setting.law == WeightLaw::KaimingUniform) {
        kernels::uniform_numbers(address, static_cast<float>(std::sqrt(3.0) * deviation), size,
                                 out.data());
    } else {
        kernels::normal_numbers(address, static_cast<float>(deviation), size, out.data());
    }
}

} // namespace

void draw_weights(const EnsembleSetting& setting, std::uint64_t run, long layer,
                  LayerWeights& weights)
{
    fill(setting, run, layer, 1, weights.Q);
    fill(setting, run, layer, 2, weights.K);
    fill(setting, run, layer, 3, weights.V);
    fill(setting, run, layer, 4, weights.W);
}

void draw_tokens(const EnsembleSetting& setting, std::uint64_t run, std::vector<float>& tokens)
{
    const auto size = static_cast<std::size_t>(setting.n * setting.d);
    tokens.resize(size + fill_room);
    kernels::normal_numbers(address_of(setting, run, 0, 0), 1, size, tokens.data());
}

} // namespace attest::chance

#include "theorems/random_weights.hpp"

#include "attest/model/layers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <map>
#include <mutex>
#include <numbers>
#include <thread>
#include <tuple>

namespace attest::theorems {
namespace {

using Dense = Matrix<double>;

/// Finaliser of SplitMix64 (Steele, Lea, Flood 2014): a bijection of 64-bit words that scrambles
/// counters.
std::uint64_t scramble(std::uint64_t x)
{
    x += 0x9e3779b97f4a7c15U;
    x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
    x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
    return x ^ (x >> 31U);
}

/// Standard normal numbers addressed by a counter: number i depends on (seed, run, which, i) only.
class NormalStream {
public:
    NormalStream(std::uint64_t seed, std::uint64_t run, std::uint64_t which) :
        key_(scramble(scramble(scramble(seed) ^ run) ^ which))
    {
    }
    /// Two independent normal numbers by Box and Muller's transformation.
    std::pair<double, double> pair(std::uint64_t i) const
    {
        const double u = uniform(2 * i);
        const double v = uniform(2 * i + 1);
        const double radius = std::sqrt(-2 * std::log(u));
        const double angle = 2 * std::numbers::pi * v;
        return {radius * std::cos(angle), radius * std::sin(angle)};
    }

private:
    /// In (0, 1): never 0, so that the logarithm is finite.
    double uniform(std::uint64_t i) const
    {
        return (static_cast<double>(scramble(key_ ^ scramble(i)) >> 11U) + 0.5) * 0x1p-53;
    }
    std::uint64_t key_;
};

Dense normal_matrix(long rows, long columns, double deviation, const NormalStream& stream)
{
    Dense matrix(rows, columns);
    double* entries = matrix.data();
    const long size = rows * columns;
    for (long i = 0; i < size; i += 2) {
        const auto [a, b] = stream.pair(static_cast<std::uint64_t>(i));
        entries[i] = deviation * a;
        if (i + 1 < size) {
            entries[i + 1] = deviation * b;
        }
    }
    return matrix;
}

double average_cosine(const Dense& X)
{
    const auto n = static_cast<double>(X.cols());
    const Dense directions = model::unit_columns<double>(X);
    return (directions.rowwise().sum().squaredNorm() - n) / (n * (n - 1));
}

SimulatedRun simulate(const RandomWeights& setting, std::uint64_t run)
{
    const long d = setting.d;
    const double deviation = std::sqrt(2 / static_cast<double>(d));
    const auto weights = [&](std::uint64_t which) {
        return normal_matrix(d, d, deviation, NormalStream(setting.seed, run, which));
    };
    const Dense start = model::unit_columns<double>(
        normal_matrix(d, setting.n, 1, NormalStream(setting.seed, run, 0)));
    // The score of a row token x against y is x Q K^T y^T, its value y V W. Merging each pair of
    // matrices once halves the work of a layer.
    model::Attention<double> attention;
    attention.beta = std::sqrt(static_cast<double>(d));
    const Dense query = weights(1);
    const Dense key = weights(2);
    attention.Q = Dense(key * query.transpose());
    const Dense value = weights(3);
    const Dense output = weights(4);
    attention.V = Dense((value * output).transpose());

    SimulatedRun result;
    for (std::size_t s = 0; s < model::scheme_names.size(); ++s) {
        Dense X = start;
        result.cosine[s].push_back(average_cosine(X));
        for (long t = 0; t < setting.layers; ++t) {
            model::Regulation<double> at;
            at.t = static_cast<double>(t);
            at.late = 4 * t > setting.layers ? 1 : 0;
            X = model::layer_update<double>(model::scheme_names[s], attention, X, 1.0, at);
            result.cosine[s].push_back(average_cosine(X));
        }
    }
    return result;
}

} // namespace

const std::vector<double>& SimulatedRun::of(std::string_view scheme) const
{
    const auto found = std::find(model::scheme_names.begin(), model::scheme_names.end(), scheme);
    if (found == model::scheme_names.end()) {
        throw InputError(fmt::format("scheme '{}' is unknown: must be one of {}", scheme,
                                     fmt::join(model::scheme_names, ", ")));
    }
    return cosine[static_cast<std::size_t>(found - model::scheme_names.begin())];
}

std::vector<SimulatedRun> simulate_random_weights(const RandomWeights& setting)
{
    if (setting.runs < 1 || setting.layers < 1 || setting.n < 2 || setting.d < 1) {
        throw InputError(fmt::format("simulation of {} runs, {} layers, n = {}, d = {}: must be at "
                                     "least 1, 1, 2 and 1",
                                     setting.runs, setting.layers, setting.n, setting.d));
    }
    std::vector<SimulatedRun> runs(static_cast<std::size_t>(setting.runs));
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t k = next++; k < runs.size(); k = next++) {
            runs[k] = simulate(setting, k);
        }
    };
    {
        std::vector<std::jthread> helpers;
        for (long k = 1; k < std::min<long>(setting.threads, setting.runs); ++k) {
            helpers.emplace_back(work);
        }
        work();
    }
    return runs;
}

std::shared_ptr<const std::vector<SimulatedRun>> cached_random_weights(const RandomWeights& setting)
{
    using Key = std::tuple<unsigned long long, long, long, long, long>;
    static std::mutex mutex;
    static std::map<Key, std::shared_ptr<const std::vector<SimulatedRun>>> known;
    const Key key{setting.seed, setting.runs, setting.layers, setting.n, setting.d};
    // Held during the simulation: a second caller waits for the result instead of repeating it.
    const std::lock_guard lock(mutex);
    auto& entry = known[key];
    if (!entry) {
        entry = std::make_shared<const std::vector<SimulatedRun>>(simulate_random_weights(setting));
    }
    return entry;
}

} // namespace attest::theorems

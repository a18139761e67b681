// One velocity evaluation of n tokens in d dimensions against its floor: the multiply-adds at the
// best speed of a matrix product measured here and now, and the exponentials at theirs. The floor
// is measured in the same breath, since a busy machine slows both alike: every figure is the least
// of many repetitions.

#include "attest/model/fast_product.hpp"
#include "attest/model/fast_velocity.hpp"
#include "attest/model/velocity_kernel.hpp"

#include <benchmark/benchmark.h>

#include <Eigen/Core>
#include <cblas.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <limits>
#include <vector>

namespace {

using namespace attest;
using Clock = std::chrono::steady_clock;

/// Least time of a call over some repetitions, in seconds: by the clock, and of all processors.
class Least {
public:
    template <class F>
    void measure(const F& f)
    {
        const std::clock_t work = std::clock();
        const auto start = Clock::now();
        f();
        const std::chrono::duration<double> passed = Clock::now() - start;
        seconds_ = std::min(seconds_, passed.count());
        cpu_ = std::min(cpu_, static_cast<double>(std::clock() - work) / CLOCKS_PER_SEC);
    }
    double seconds() const { return seconds_; }
    double cpu() const { return cpu_; }

private:
    double seconds_ = std::numeric_limits<double>::infinity();
    double cpu_ = std::numeric_limits<double>::infinity();
};

/// Multiply-adds and exponentials per second of one thread, the best seen so far in this program.
struct Speeds {
    Least product;
    Least exponentials;
    static constexpr long side =
        240; // whole tiles, in the cache, short enough not to be interrupted
    static constexpr std::size_t count = 4096;
    Matrix<double> A = Matrix<double>::Random(side, 256);
    Matrix<double> B = Matrix<double>::Random(256, side);
    Matrix<double> C;
    std::vector<double> x = std::vector<double>(count, -0.5);

    void measure()
    {
        product.measure([&] { model::fast_product(A, B, C); });
        std::fill(x.begin(), x.end(), -0.5);
        exponentials.measure([&] { model::kernel::exponentials(x); });
    }
    double multiply_adds() const { return side * side * 256 / product.cpu(); }
    double exponential() const { return count / exponentials.seconds(); }
};

Speeds& speeds()
{
    static Speeds found;
    return found;
}

/// `symmetric`: Q = K = V = I, where 1.5 n^2 d multiply-adds and n^2/2 exponentials are necessary;
/// otherwise 2 n^2 d for scores and sums, 2 n d^2 for the maps, and n^2.
void velocity(benchmark::State& state, bool symmetric)
{
    const long n = state.range(0);
    const long d = state.range(1);
    const int threads = static_cast<int>(state.range(2));
    const model::Particles<double> start{model::unit_columns<double>(Matrix<double>::Random(d, n)),
                                         Vector<double>::Constant(n, 2.0)};
    model::Attention<double> attention;
    attention.beta = 5;
    if (!symmetric) {
        attention.Q = Matrix<double>::Random(d, d);
        attention.K = Matrix<double>::Random(d, d);
        attention.V = Matrix<double>::Random(d, d);
    }
    model::FastVelocity velocity("pre-ln", attention, d, n, threads);
    model::Particles<double> out;
    Least least;
    for (auto _ : state) {
        speeds().measure();
        least.measure([&] { velocity.evaluate(start, {}, out); });
    }
    const auto size = static_cast<double>(n);
    const auto depth = static_cast<double>(d);
    const double multiply_adds =
        symmetric ? 1.5 * size * size * depth : 2 * size * size * depth + 2 * size * depth * depth;
    const double exponentials = size * size * (symmetric ? 0.5 : 1);
    const double share = 1.0 / threads;
    const double floor =
        share * (multiply_adds / speeds().multiply_adds() + exponentials / speeds().exponential());
    state.counters["ms"] = 1000 * least.seconds();
    state.counters["of_floor"] = least.seconds() / floor;
    // What the clock says on a machine with nothing else to do.
    state.counters["cpu_of_floor"] = least.cpu() * share / floor;
    if (symmetric) {
        state.counters["of_literal_floor"] = least.seconds()
                                             / (share
                                                * (2 * multiply_adds / speeds().multiply_adds()
                                                   + exponentials / speeds().exponential()));
    }
    state.counters["gflops"] = 2e-9 * multiply_adds / least.seconds();
    state.counters["product_gflops"] = 2e-9 * speeds().multiply_adds();
    state.counters["exp_ns"] = 1e9 / speeds().exponential();
    state.SetLabel(model::kernel::instruction_set());
}
void symmetric_velocity(benchmark::State& state)
{
    velocity(state, true);
}
void general_velocity(benchmark::State& state)
{
    velocity(state, false);
}
BENCHMARK(symmetric_velocity)
    ->ArgsProduct({{256}, {256}, {1, 2}})
    ->ArgsProduct({{2048}, {512}, {1, 2}})
    ->ArgNames({"n", "d", "threads"})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(general_velocity)
    ->ArgsProduct({{256}, {256}, {1, 2}})
    ->ArgsProduct({{2048}, {512}, {1, 2}})
    ->ArgNames({"n", "d", "threads"})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

/// The general template, as a yardstick.
void generic_velocity(benchmark::State& state)
{
    const long n = state.range(0);
    const long d = state.range(1);
    const model::Particles<double> start{model::unit_columns<double>(Matrix<double>::Random(d, n)),
                                         Vector<double>::Constant(n, 2.0)};
    model::Attention<double> attention;
    attention.beta = 5;
    for (auto _ : state) {
        benchmark::DoNotOptimize(model::particle_velocity<double>("pre-ln", attention, start, {}));
    }
}
BENCHMARK(generic_velocity)->Args({256, 256})->Unit(benchmark::kMillisecond);

/// Matrix products of the libraries at hand, GFlop/s of the best repetition. OpenBLAS chooses its
/// kernels when the program starts: OPENBLAS_CORETYPE in the environment overrules it.
template <class F>
void product(benchmark::State& state, const F& multiply)
{
    const long size = state.range(0);
    const Matrix<double> A = Matrix<double>::Random(size, size);
    const Matrix<double> B = Matrix<double>::Random(size, size);
    Matrix<double> C(size, size);
    Least least;
    for (auto _ : state) {
        least.measure([&] { multiply(A, B, C); });
    }
    state.counters["gflops"] =
        2e-9 * static_cast<double>(size) * static_cast<double>(size * size) / least.seconds();
}
void product_here(benchmark::State& state)
{
    product(state, [](const auto& A, const auto& B, auto& C) { model::fast_product(A, B, C); });
}
void product_eigen(benchmark::State& state)
{
    product(state, [](const auto& A, const auto& B, auto& C) { C.noalias() = A * B; });
}
void product_openblas(benchmark::State& state)
{
    product(state, [](const auto& A, const auto& B, auto& C) {
        const auto n = static_cast<blasint>(A.rows());
        cblas_dgemm(CblasColMajor, CblasNoTrans, CblasNoTrans, n, n, n, 1, A.data(), n, B.data(), n,
                    0, C.data(), n);
    });
    state.SetLabel(openblas_get_corename());
}
BENCHMARK(product_here)->Arg(256)->Arg(480)->Arg(1024)->Unit(benchmark::kMillisecond);
BENCHMARK(product_eigen)->Arg(256)->Arg(480)->Arg(1024)->Unit(benchmark::kMillisecond);
BENCHMARK(product_openblas)->Arg(256)->Arg(480)->Arg(1024)->Unit(benchmark::kMillisecond);

} // namespace

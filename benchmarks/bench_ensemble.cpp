// One run of each panel of Appendix E's ensembles: six schemes, 64 layers, one thread.
#include "attest/chance/ensemble/ensemble.hpp"
#include "attest/chance/ensemble/fast_run.hpp"
#include "attest/chance/ensemble/gram_run.hpp"

#include <benchmark/benchmark.h>

namespace {

using attest::chance::EnsembleSetting;

template <class Maker>
void make_runs(benchmark::State& state, Maker&& maker)
{
    std::uint64_t run = 0;
    benchmark::DoNotOptimize(maker(run)); // plans its products
    for (auto _ : state) {
        benchmark::DoNotOptimize(maker(++run));
    }
}

void ensemble_run(benchmark::State& state, const char* panel, const char* precision)
{
    using attest::chance::Arithmetic;
    using attest::chance::FastRun;
    using attest::chance::ProductKernel;
    const EnsembleSetting setting = attest::chance::panel_setting(panel);
    const Arithmetic arithmetic = attest::chance::arithmetic_named(precision, setting);
    if (arithmetic == Arithmetic::GramChain) {
        return make_runs(state, attest::chance::GramRun(setting));
    }
    const ProductKernel kernel =
        arithmetic == Arithmetic::Tiles ? ProductKernel::Tiles : ProductKernel::Float32;
    if (!is_available(kernel)) {
        return state.SkipWithError("this processor has no tiles");
    }
    make_runs(state, FastRun(setting, kernel));
}

#define ATTEST_BENCH_RUN(panel, precision)                                                         \
    BENCHMARK_CAPTURE(ensemble_run, panel##_##precision, #panel, #precision)                       \
        ->Unit(benchmark::kMillisecond)

ATTEST_BENCH_RUN(5a, f32);
ATTEST_BENCH_RUN(5a, tiles);
ATTEST_BENCH_RUN(5b, f32);
ATTEST_BENCH_RUN(5b, tiles);
ATTEST_BENCH_RUN(5c, f32);
ATTEST_BENCH_RUN(5c, tiles);
ATTEST_BENCH_RUN(5c, gram);
ATTEST_BENCH_RUN(5d, f32);
ATTEST_BENCH_RUN(5d, tiles);
ATTEST_BENCH_RUN(5e, f32);
ATTEST_BENCH_RUN(5e, tiles);
ATTEST_BENCH_RUN(5f, f32);
ATTEST_BENCH_RUN(5f, tiles);
ATTEST_BENCH_RUN(5g, f32);
ATTEST_BENCH_RUN(5g, tiles);

} // namespace

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
    const EnsembleSetting setting = attest::chance::panel_setting(panel);
    switch (attest::chance::arithmetic_named(precision, setting)) {
    case attest::chance::Arithmetic::GramChain:
        return make_runs(state, attest::chance::GramRun(setting));
    case attest::chance::Arithmetic::SplitBf16:
        return make_runs(
            state, attest::chance::FastRun(setting, attest::chance::ProductKernel::SplitBf16));
    default:
        return make_runs(state,
                         attest::chance::FastRun(setting, attest::chance::ProductKernel::Float32));
    }
}

BENCHMARK_CAPTURE(ensemble_run, 5a_f32, "5a", "f32")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(ensemble_run, 5a_bf16x3, "5a", "bf16x3")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(ensemble_run, 5b_f32, "5b", "f32")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(ensemble_run, 5c_f32, "5c", "f32")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(ensemble_run, 5c_gram, "5c", "gram")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(ensemble_run, 5d_f32, "5d", "f32")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(ensemble_run, 5e_f32, "5e", "f32")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(ensemble_run, 5f_f32, "5f", "f32")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(ensemble_run, 5g_f32, "5g", "f32")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(ensemble_run, 5g_bf16x3, "5g", "bf16x3")->Unit(benchmark::kMillisecond);

} // namespace

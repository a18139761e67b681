// The general Taylor integrator on the recorded equations in t: what a scheme costs without any
// reduction, in each number type.

#include "attest/flow/series_rates.hpp"
#include "attest/flow/taylor.hpp"
#include "attest/numbers/precision.hpp"

#include <benchmark/benchmark.h>

namespace {

using namespace attest;

flow::System pre_ln()
{
    model::SymmetricProblem problem;
    problem.scheme = "pre-ln";
    problem.n = 256;
    problem.beta = 5;
    const flow::TimeRates rates = flow::time_rates(problem, false);
    return {"t", {"eps", "r"}, {rates.epsilon, rates.r}};
}

template <class T>
void in_time(benchmark::State& state)
{
    flow::TaylorOptions options;
    options.digits = state.range(0);
    const flow::System system = pre_ln();
    std::size_t steps = 0;
    long order = 0;
    double convolutions = 0;
    for (auto _ : state) {
        const flow::TaylorIntegrator<T> integrator(system, options, {"eps", "r"});
        const auto solution = integrator.integrate(T(0), {T(1), T(1)}, T(100));
        steps = solution.steps();
        order = solution.order();
        convolutions = integrator.convolutions();
        benchmark::DoNotOptimize(steps);
    }
    state.counters["steps"] = static_cast<double>(steps);
    state.counters["order"] = static_cast<double>(order);
    // Products of significands, were there nothing but inner products.
    state.counters["products"] = static_cast<double>(steps) * convolutions
                                 * static_cast<double>(order) * static_cast<double>(order) / 2;
}

BENCHMARK_TEMPLATE(in_time, double)->Arg(8)->Arg(15)->Unit(benchmark::kMillisecond);
BENCHMARK_TEMPLATE(in_time, Real)
    ->Arg(16)
    ->Arg(32)
    ->Arg(50)
    ->Arg(100)
    ->Arg(300)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_TEMPLATE(in_time, Ball)->Arg(32)->Arg(100)->Unit(benchmark::kMillisecond);

void compile_tape(benchmark::State& state)
{
    const flow::System system = pre_ln();
    for (auto _ : state) {
        const flow::TaylorIntegrator<Real> integrator(system, {}, {"eps", "r"});
        benchmark::DoNotOptimize(integrator.convolutions());
    }
}
BENCHMARK(compile_tape)->Unit(benchmark::kMicrosecond);

} // namespace

// The reference problem n = 256, beta = 5, Pre-LN to t = 100 and Post-LN to t = 20, by the logistic
// clock: one run, the two methods for the series, and the verified trajectory (two runs or more).

#include "attest/flow/series.hpp"
#include "attest/flow/trajectory.hpp"
#include "attest/numbers/precision.hpp"

#include <benchmark/benchmark.h>

#include <string>

namespace {

using namespace attest;

model::SymmetricProblem reference_problem(const std::string& scheme)
{
    model::SymmetricProblem problem;
    problem.scheme = scheme;
    problem.n = 256;
    problem.beta = 5;
    return problem;
}

void one_run(benchmark::State& state, const std::string& scheme, long end,
             flow::SeriesMethod method)
{
    flow::SeriesOptions options;
    options.digits = state.range(0);
    options.method = method;
    const model::SymmetricProblem problem = reference_problem(scheme);
    std::size_t steps = 0;
    long order = 0;
    for (auto _ : state) {
        flow::SymmetricSeries series(problem, options);
        const PrecisionScope precision(series.bits());
        flow::SeriesPoint point = series.at_clock(Ball(end));
        benchmark::DoNotOptimize(point);
        steps = series.steps();
        order = series.order();
    }
    state.counters["steps"] = static_cast<double>(steps);
    state.counters["order"] = static_cast<double>(order);
}

void verified(benchmark::State& state, const std::string& scheme, long end)
{
    flow::TrajectoryRequest request;
    request.problem = reference_problem(scheme);
    request.until_time = end;
    request.digits = state.range(0);
    request.samples = 1;
    request.confirm = false;
    for (auto _ : state) {
        flow::TrajectoryResult result = flow::trajectory(request);
        benchmark::DoNotOptimize(result);
        state.counters["agreed"] = static_cast<double>(result.digits);
    }
}

void register_digits(benchmark::internal::Benchmark* b)
{
    for (const long digits : {16L, 32L, 50L, 100L, 300L, 1000L}) {
        b->Arg(digits);
    }
    b->Unit(benchmark::kMillisecond);
}
void register_short(benchmark::internal::Benchmark* b)
{
    for (const long digits : {16L, 32L, 50L, 100L, 200L, 300L}) {
        b->Arg(digits);
    }
    b->Unit(benchmark::kMillisecond);
}

BENCHMARK_CAPTURE(one_run, pre_ln, "pre-ln", 100, flow::SeriesMethod::Automatic)
    ->Apply(register_digits);
BENCHMARK_CAPTURE(one_run, post_ln, "post-ln", 20, flow::SeriesMethod::Automatic)
    ->Apply(register_digits);
BENCHMARK_CAPTURE(one_run, pre_ln_recurrences, "pre-ln", 100, flow::SeriesMethod::Recurrences)
    ->Apply(register_short);
BENCHMARK_CAPTURE(one_run, pre_ln_products, "pre-ln", 100, flow::SeriesMethod::Products)
    ->Apply(register_short);
BENCHMARK_CAPTURE(verified, pre_ln, "pre-ln", 100)->Apply(register_digits);
BENCHMARK_CAPTURE(verified, post_ln, "post-ln", 20)->Apply(register_digits);

} // namespace

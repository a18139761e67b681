// The second route: certified t(gamma) by closed form and quadrature, without time steps.

#include "attest/flow/clock.hpp"
#include "attest/numbers/precision.hpp"

#include <benchmark/benchmark.h>

#include <string>

namespace {

using namespace attest;

void time_at_gamma(benchmark::State& state, const std::string& scheme)
{
    model::SymmetricProblem problem;
    problem.scheme = scheme;
    problem.n = 256;
    problem.beta = 5;
    const PrecisionScope precision(bits_for_digits(state.range(0)));
    for (auto _ : state) {
        const flow::SymmetricClock clock(problem);
        const Ball t = clock.time_at(Ball(Rational(1, 10)));
        state.counters["certified"] = static_cast<double>(t.certified_digits());
    }
}
BENCHMARK_CAPTURE(time_at_gamma, post_ln, "post-ln")
    ->Arg(50)
    ->Arg(300)
    ->Arg(1000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(time_at_gamma, pre_ln, "pre-ln")
    ->Arg(50)
    ->Arg(300)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(time_at_gamma, peri_ln, "peri-ln")->Arg(50)->Unit(benchmark::kMillisecond);

} // namespace

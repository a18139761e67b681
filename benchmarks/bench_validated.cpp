// The validated integrator: proved digits of the symmetric problem and of a small particle system,
// and what a step is made of.

#include "attest/flow/clock.hpp"
#include "attest/flow/particle_system.hpp"
#include "attest/flow/validated_symmetric.hpp"
#include "attest/model/schemes.hpp"

#include <benchmark/benchmark.h>

namespace {

using namespace attest;

model::SymmetricProblem problem_of(std::string_view scheme)
{
    model::SymmetricProblem problem;
    problem.scheme = std::string(scheme);
    problem.n = 256;
    problem.beta = 5;
    return problem;
}

/// gamma and r at t = 100 with that many proved digits, from an exact start.
void proved(benchmark::State& state, std::string_view scheme)
{
    flow::SymmetricTubeOptions options;
    options.digits = state.range(0);
    std::size_t steps = 0;
    for (auto _ : state) {
        const auto tube = flow::symmetric_tube(problem_of(scheme), 100, options);
        steps = tube.steps();
        benchmark::DoNotOptimize(steps);
    }
    state.counters["steps"] = static_cast<double>(steps);
}

/// The same by the closed forms and quadrature.
void by_reduction(benchmark::State& state, std::string_view scheme)
{
    for (auto _ : state) {
        benchmark::DoNotOptimize(flow::states_at(problem_of(scheme), {100}, state.range(0)));
    }
}

/// To t = 10^6 in ln t.
void to_a_million(benchmark::State& state, std::string_view scheme)
{
    flow::SymmetricTubeOptions options;
    options.digits = state.range(0);
    options.log_time = true;
    std::size_t steps = 0;
    for (auto _ : state) {
        const auto tube = flow::symmetric_tube(problem_of(scheme), 1'000'000, options);
        steps = tube.steps();
        benchmark::DoNotOptimize(steps);
    }
    state.counters["steps"] = static_cast<double>(steps);
}

/// n = 4, d = 3, from outside every hemisphere to the moment when a hemisphere holds all tokens.
void to_hemisphere(benchmark::State& state, std::string_view scheme)
{
    flow::ExactParticles particles;
    particles.scheme = std::string(scheme);
    particles.theta = Matrix<Rational>(3, 4);
    particles.r = Vector<Rational>::Constant(4, Rational(1));
    particles.theta.col(0) = flow::sphere_point({Rational(1, 5), Rational(1, 7)});
    particles.theta.col(1) = flow::sphere_point({Rational(3, 2), Rational(1, 3)});
    particles.theta.col(2) = flow::sphere_point({Rational(-2, 3), Rational(4, 3)});
    particles.theta.col(3) = flow::sphere_point({Rational(-1), Rational(-3, 2)});
    flow::ParticleRunOptions options;
    options.digits = state.range(0);
    std::size_t steps = 0;
    for (auto _ : state) {
        const auto run = flow::validated_particles(particles, options);
        steps = 0;
        for (const auto& piece : run.pieces) {
            steps += piece.tube.steps().size();
        }
    }
    state.counters["steps"] = static_cast<double>(steps);
}

const bool registered = [] {
    for (const std::string_view scheme : model::scheme_names) {
        const std::string name(scheme);
        auto* run = benchmark::RegisterBenchmark(
            ("proved/" + name).c_str(), [scheme](benchmark::State& s) { proved(s, scheme); });
        run->Arg(16)->Arg(32)->Arg(50)->Arg(100)->Unit(benchmark::kMillisecond);
        benchmark::RegisterBenchmark(("by_reduction/" + name).c_str(),
                                     [scheme](benchmark::State& s) { by_reduction(s, scheme); })
            ->Arg(32)
            ->Arg(100)
            ->Unit(benchmark::kMillisecond);
        benchmark::RegisterBenchmark(("to_a_million/" + name).c_str(),
                                     [scheme](benchmark::State& s) { to_a_million(s, scheme); })
            ->Arg(30)
            ->Unit(benchmark::kMillisecond);
        benchmark::RegisterBenchmark(("to_hemisphere/" + name).c_str(),
                                     [scheme](benchmark::State& s) { to_hemisphere(s, scheme); })
            ->Arg(10)
            ->Unit(benchmark::kMillisecond);
    }
    return true;
}();

} // namespace

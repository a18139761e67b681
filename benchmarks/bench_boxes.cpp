// Branch and bound: boxes per second, for a formula like those of Appendix A.
#include "attest/proof/boxes.hpp"

#include <benchmark/benchmark.h>

namespace {

using namespace attest;

/// Peri-LN's radicand exceeds n - 1/1000, sharp but for the thousandth at beta = gamma = 0.
proof::SignClaim radicand()
{
    const Expr n = Expr::symbol("n");
    const Expr beta = Expr::symbol("beta");
    const Expr gamma = Expr::symbol("gamma");
    const Expr formula = exp(2 * beta) + 2 * (n - 1) * exp(beta * (1 + gamma)) * gamma
                         + (n - 1) * exp(2 * beta * gamma) * (1 + (n - 2) * gamma);
    const auto range = [](long lo, long hi) {
        return proof::ExtendedRange{Rational(lo), Rational(hi)};
    };
    return {formula - n + Expr(Rational(1, 1000)),
            proof::Sign::Positive,
            {{"n", range(2, 64)}, {"beta", range(0, 5)}, {"gamma", range(0, 1)}}};
}

void boxes_per_second(benchmark::State& state)
{
    const proof::SignClaim claim = radicand();
    proof::BoxOptions options;
    options.bits = state.range(0);
    std::size_t boxes = 0;
    for (auto _ : state) {
        const proof::BoxProof proof = proof::prove_sign(claim, options);
        if (!is_true(proof.outcome)) {
            state.SkipWithError("not proved");
            break;
        }
        boxes += proof.cover.size();
    }
    state.counters["boxes"] =
        benchmark::Counter(static_cast<double>(boxes), benchmark::Counter::kIsRate);
    state.counters["cover"] =
        benchmark::Counter(static_cast<double>(boxes), benchmark::Counter::kAvgIterations);
}
BENCHMARK(boxes_per_second)->Arg(64)->Arg(128)->Arg(256);

} // namespace

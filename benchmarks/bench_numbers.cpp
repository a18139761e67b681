// One formula of the paper in every number type, and the inner product that the integrator lives
// on: the floor of its run time is products times the cost of one.

#include "attest/model/schemes.hpp"
#include "attest/numbers/jet.hpp"
#include "attest/numbers/precision.hpp"

#include <arb.h>
#include <arb_poly.h>
#include <benchmark/benchmark.h>

#include <vector>

namespace {

using namespace attest;

template <class T>
void peri_ln_formula(benchmark::State& state)
{
    const PrecisionScope precision(bits_for_digits(state.range(0)));
    const T gamma = NumberTraits<T>::from_rational(Rational(1, 3));
    const T n = NumberTraits<T>::from_rational(Rational(256));
    const T beta = NumberTraits<T>::from_rational(Rational(5));
    const T one = NumberTraits<T>::from_rational(Rational(1));
    const model::SymmetricPoint<T> point{gamma, one, n, beta, one, one, one};
    for (auto _ : state) {
        T value = model::PeriLN::gamma_dot(point);
        benchmark::DoNotOptimize(value);
    }
}
BENCHMARK_TEMPLATE(peri_ln_formula, double)->Arg(16);
BENCHMARK_TEMPLATE(peri_ln_formula, Real)->Arg(16)->Arg(50)->Arg(1000);
BENCHMARK_TEMPLATE(peri_ln_formula, Ball)->Arg(16)->Arg(50)->Arg(1000);

template <class T>
void jet_exponential(benchmark::State& state)
{
    const PrecisionScope precision(bits_for_digits(50));
    const auto x = Jet<T>::variable(NumberTraits<T>::from_rational(Rational(1, 3)), state.range(0));
    for (auto _ : state) {
        Jet<T> value = exp(x * x);
        benchmark::DoNotOptimize(value);
    }
}
BENCHMARK_TEMPLATE(jet_exponential, double)->Arg(20);
BENCHMARK_TEMPLATE(jet_exponential, Real)->Arg(20)->Arg(80);
BENCHMARK_TEMPLATE(jet_exponential, Ball)->Arg(20)->Arg(80);

/// Time of one term of an inner product of length 100, that is of one product of significands.
void inner_product_term(benchmark::State& state)
{
    constexpr long length = 100;
    const long bits = bits_for_digits(state.range(0));
    const PrecisionScope precision(bits);
    std::vector<Ball> values;
    std::vector<arb_struct> row;
    for (long k = 1; k <= length; ++k) {
        values.push_back(Ball(1) / Ball(2 * k + 1));
        arb_get_mid_arb(values.back().raw(), values.back().raw());
    }
    for (const Ball& value : values) {
        row.push_back(*value.raw()); // borrowed: values owns the numbers
    }
    Ball result;
    for (auto _ : state) {
        arb_approx_dot(result.raw(), nullptr, 0, row.data(), 1, row.data() + length - 1, -1, length,
                       bits);
        benchmark::DoNotOptimize(result);
    }
    state.counters["per_term"] =
        benchmark::Counter(static_cast<double>(state.iterations()) * length,
                           benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(inner_product_term)->Arg(16)->Arg(32)->Arg(50)->Arg(100)->Arg(300)->Arg(1000);

/// One product of two power series of the length and precision of a step of the logistic clock,
/// and the exponential that a step needs twice.
class SeriesPair {
public:
    explicit SeriesPair(long length, long bits)
    {
        arb_poly_init(a_);
        arb_poly_init(out_);
        const PrecisionScope precision(bits);
        for (long k = 0; k < length; ++k) {
            const Ball c = Ball(Rational(1, 2 * k + 1)) * Ball(Rational(1, 3));
            Ball scaled = c;
            arb_mul_2exp_si(scaled.raw(), c.raw(), -k);
            arb_poly_set_coeff_arb(a_, k, scaled.raw());
        }
    }
    ~SeriesPair()
    {
        arb_poly_clear(a_);
        arb_poly_clear(out_);
    }
    SeriesPair(const SeriesPair&) = delete;
    SeriesPair& operator=(const SeriesPair&) = delete;
    void multiply(long length, long bits) { arb_poly_mullow(out_, a_, a_, length, bits); }
    void exponential(long length, long bits) { arb_poly_exp_series(out_, a_, length, bits); }

private:
    arb_poly_t a_;
    arb_poly_t out_;
};

void series_product(benchmark::State& state)
{
    const long length = state.range(0) * 8 / 5 + 7;
    const long bits = bits_for_digits(state.range(0)) + 16 + length / 8;
    SeriesPair pair(length, bits);
    for (auto _ : state) {
        pair.multiply(length, bits);
    }
}
BENCHMARK(series_product)->Arg(100)->Arg(300)->Arg(1000)->Unit(benchmark::kMillisecond);

void series_exponential(benchmark::State& state)
{
    const long length = state.range(0) * 8 / 5 + 7;
    const long bits = bits_for_digits(state.range(0)) + 16 + length / 8;
    SeriesPair pair(length, bits);
    for (auto _ : state) {
        pair.exponential(length, bits);
    }
}
BENCHMARK(series_exponential)->Arg(100)->Arg(300)->Arg(1000)->Unit(benchmark::kMillisecond);

} // namespace

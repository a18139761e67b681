#include "attest/numbers/ball.hpp"
#include "attest/numbers/on_threads.hpp"
#include "attest/numbers/precision.hpp"
#include "attest/numbers/real.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <atomic>
#include <stdexcept>
#include <vector>

namespace attest {
namespace {

RC_GTEST_PROP(OnThreads, EveryTaskRunsOnce, ())
{
    const int threads = *rc::gen::inRange(1, 9);
    const auto count = *rc::gen::element<std::size_t>(0, 1, 2, 7, 100);
    std::vector<std::atomic<int>> done(count);
    on_threads(threads, count, [&](std::size_t i) { ++done[i]; });
    for (const std::atomic<int>& times : done) {
        RC_ASSERT(times.load() == 1);
    }
}

RC_GTEST_PROP(OnThreads, AfterAnErrorNothingIsBegun, ())
{
    const int threads = *rc::gen::inRange(1, 5);
    constexpr std::size_t count = 1000;
    const auto wrong = *rc::gen::inRange<std::size_t>(0, 20);
    std::atomic<int> begun{0};
    bool thrown = false;
    try {
        on_threads(threads, count, [&](std::size_t i) {
            ++begun;
            if (i == wrong) {
                throw std::runtime_error("task " + std::to_string(i));
            }
        });
    } catch (const std::runtime_error& error) {
        thrown = error.what() == "task " + std::to_string(wrong);
    }
    RC_ASSERT(thrown);
    // With one thread the order is that of the indices.
    RC_ASSERT(threads > 1 || begun.load() == static_cast<int>(wrong) + 1);
}

/// Their memory comes from lists that each thread keeps, and that go with it.
RC_GTEST_PROP(OnThreads, NumbersOutliveTheThreadThatMadeThem, ())
{
    const auto count = *rc::gen::inRange<std::size_t>(1, 60);
    const auto bits = *rc::gen::element<long>(64, 300, 20000);
    std::vector<Ball> balls(count);
    std::vector<Rational> rationals(count);
    std::vector<Real> reals(count, Real(0));
    on_threads(4, count, [&](std::size_t i) {
        const PrecisionScope scope(bits);
        const Rational third(Integer(i + 1), Integer(3));
        rationals[i] = pow(third, 500);
        balls[i] = Ball(rationals[i]) * Ball::pi();
        reals[i] = exp(Real(1)) * Real(i);
    });
    const PrecisionScope scope(bits);
    for (std::size_t i = 0; i < count; ++i) {
        RC_ASSERT(rationals[i] == pow(Rational(Integer(i + 1), Integer(3)), 500));
        RC_ASSERT((balls[i] / Ball::pi()).contains(rationals[i]));
        RC_ASSERT(reals[i] == exp(Real(1)) * Real(i));
        balls[i] = balls[i] + Ball(1); // memory of the gone thread is grown and freed here
    }
}

} // namespace
} // namespace attest

// Exact binomial bounds against sums of rational terms, and their coverage.

#include "attest/chance/binomial.hpp"
#include "attest/numbers/errors.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace attest::chance {
namespace {

/// P(at least k successes), term by term.
Rational tail(long k, long N, const Rational& p)
{
    Rational sum = 0;
    Rational choose = 1;
    for (long j = 0; j <= N; ++j) {
        if (j >= k) {
            sum += choose * pow(p, j) * pow(Rational(1 - p), N - j);
        }
        choose = choose * Rational(N - j) / Rational(j + 1);
    }
    return sum;
}

RC_GTEST_PROP(Binomial, TailHoldsTheRationalSum, ())
{
    const long N = *rc::gen::inRange(1, 40);
    const long k = *rc::gen::inRange<long>(0, N + 1);
    const Rational p(*rc::gen::inRange(1, 100), 100);
    RC_ASSERT(binomial_tail(k, N, p).contains(tail(k, N, p)));
}

RC_GTEST_PROP(Binomial, LowerLimitIsProvedAndSharp, ())
{
    const long N = *rc::gen::inRange(1, 60);
    const long k = *rc::gen::inRange<long>(1, N + 1);
    const Rational error(*rc::gen::inRange(1, 50), 100);
    const long statements = *rc::gen::inRange(1, 20);
    const Rational p = probability_at_least(k, N, error, statements);
    const Rational level = error / statements;
    RC_ASSERT(tail(k, N, p) <= level);
    const Rational room = p < Rational(1, 2) ? p : Rational(1 - p);
    RC_ASSERT(tail(k, N, Rational(p + room / 100'000'000)) > level);
    RC_ASSERT(probability_at_most(N - k, N, error, statements) == 1 - p);
}

// Over all outcomes: the limit exceeds the true probability with probability at most the error.
RC_GTEST_PROP(Binomial, CoverageIsExact, ())
{
    const long N = *rc::gen::inRange(1, 16);
    const Rational truth(*rc::gen::inRange(1, 50), 50);
    const Rational error(1, *rc::gen::inRange(2, 30));
    Rational missed = 0;
    for (long k = 0; k <= N; ++k) {
        if (probability_at_least(k, N, error) > truth) {
            missed += tail(k, N, truth) - (k < N ? tail(k + 1, N, truth) : Rational(0));
        }
    }
    RC_ASSERT(missed <= error);
}

TEST(Binomial, AllSuccessesAndManyTrials)
{
    // p^N = error.
    const Rational p = probability_at_least(100, 100, Rational(1, 20));
    EXPECT_NEAR(p.convert_to<double>(), 0.970487, 1e-6);
    EXPECT_EQ(probability_at_least(0, 10, Rational(1, 20)), 0);
    EXPECT_EQ(probability_at_most(10, 10, Rational(1, 20)), 1);
    const Rational many = probability_at_least(9'999'000, 10'000'000, Rational(1, 1000));
    EXPECT_NEAR(many.convert_to<double>(), 0.99980, 1e-4);
    EXPECT_LT(many, Rational(9'999, 10'000));
}

TEST(Binomial, BadInput)
{
    EXPECT_THROW(probability_at_least(3, 2, Rational(1, 20)), InputError);
    EXPECT_THROW(probability_at_least(1, 2, Rational(1)), InputError);
    EXPECT_THROW(probability_at_least(1, 2, Rational(1, 20), 0), InputError);
    EXPECT_THROW(binomial_tail(1, 20'000'000, Rational(1, 2)), InputError);
}

} // namespace
} // namespace attest::chance

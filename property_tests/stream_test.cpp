// Counter-based streams: published test vectors, random access, the law of what is drawn.

#include "attest/chance/stream.hpp"
#include "attest/numbers/errors.hpp"
#include "attest/numbers/precision.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <thread>

namespace attest::chance {
namespace {

using Words = std::array<std::uint64_t, 4>;

// Known answers that the authors of the generator publish with it.
TEST(Stream, PhiloxGivesThePublishedVectors)
{
    EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}), (Words{0x16554d9eca36314c, 0xdb20fe9d672d0fdc,
                                                   0xd7e772cee186176b, 0x7e68b68aec7ba23b}));
    constexpr std::uint64_t ones = 0xffffffffffffffff;
    EXPECT_EQ(
        philox({ones, ones, ones, ones}, {ones, ones}),
        (Words{0x87b092c3013fe90b, 0x438c3c67be8d0224, 0x9cc7d7c69cd777b6, 0xa09caebf594f0ba0}));
    EXPECT_EQ(
        philox({0x243f6a8885a308d3, 0x13198a2e03707344, 0xa4093822299f31d0, 0x082efa98ec4e6c89},
               {0x452821e638d01377, 0xbe5466cf34e90c6c}),
        (Words{0xa528f45403e61d95, 0x38c72dbd566e9788, 0xa5a1610e72fd18b5, 0x57bd43b5e52b7fe6}));
}

// Pinned: a change of these bits changes every recorded run. The same with gcc and clang, with and
// without optimisation, contraction of products and the processor's own fused multiply-add.
TEST(Stream, BitsArePinned)
{
    const Stream stream(1, "x");
    EXPECT_EQ(stream.word(0), 0xd2fb89b27a1c7752U);
    EXPECT_EQ(stream.word(5), 0x1bc24a48839441bdU);
    EXPECT_EQ(stream.uniform(0), static_cast<double>(stream.word(0) >> 11U) * 0x1p-53);
    EXPECT_EQ(stream.gaussians(0, 4),
              (std::vector<double>{-0x1.3b5e962d8c8d2p-3, 0x1.34841f81a41efp-1,
                                   -0x1.f8345145647ffp-1, -0x1.0a2d4c197b789p-2}));
}

RC_GTEST_PROP(Stream, AnyNumberIsDrawnWithoutThoseBefore,
              (std::uint64_t seed, std::uint64_t run, std::uint16_t first, std::uint8_t count))
{
    const Stream stream(seed, "random access", run);
    const std::vector<double> some = stream.gaussians(first, count);
    RC_ASSERT(some.size() == count);
    for (std::size_t k = 0; k < some.size(); ++k) {
        RC_ASSERT(some[k] == stream.gaussian(first + k));
    }
}

RC_GTEST_PROP(Stream, StreamsDiffer, (std::uint64_t seed, std::uint32_t run))
{
    const std::uint64_t word = Stream(seed, "a", run).word(0);
    RC_ASSERT(word != Stream(seed, "b", run).word(0));
    RC_ASSERT(word != Stream(seed, "a", run + std::uint64_t{1}).word(0));
    RC_ASSERT(word != Stream(seed, "a", run, 1).word(0));
    RC_ASSERT(word != Stream(seed + 1, "a", run).word(0));
}

RC_GTEST_PROP(Stream, GaussiansAreNearTheirEnclosures, (std::uint64_t seed, std::uint16_t i))
{
    const PrecisionScope scope(128);
    const Stream stream(seed, "gaussian");
    const double value = stream.gaussian(i);
    const double centre = stream.gaussian_enclosure(i).to_double();
    RC_ASSERT(std::fabs(value - centre) < 1e-11 * (1 + std::fabs(value)));
    RC_ASSERT(stream.gaussian_enclosure(i).certified_digits() > 12);
}

RC_GTEST_PROP(Stream, DirectionsHaveLengthOne, (std::uint64_t seed, std::uint8_t k))
{
    const long d = *rc::gen::inRange(1, 9);
    const long bits = *rc::gen::inRange(1, 51);
    const Stream stream(seed, "direction");
    const Vector<double> v = stream.direction(k, d);
    const Vector<Rational> exact = stream.rational_direction(k, d, bits);
    RC_ASSERT(std::fabs(v.norm() - 1) < 1e-14);
    Rational square = 0;
    double distance = 0;
    for (long i = 0; i < d; ++i) {
        square += exact(i) * exact(i);
        distance = std::hypot(distance, v(i) - exact(i).convert_to<double>());
    }
    RC_ASSERT(square == 1);
    RC_ASSERT(distance
              <= std::sqrt(static_cast<double>(d - 1)) * std::ldexp(1.0, static_cast<int>(-bits))
                     + 1e-14);
}

RC_GTEST_PROP(Stream, BelowAndDyadicStayInRange, (std::uint64_t seed, std::uint16_t i))
{
    const Stream stream(seed, "range");
    const std::uint64_t count = *rc::gen::nonZero<std::uint64_t>();
    RC_ASSERT(stream.below(i, count) < count);
    const long bits = *rc::gen::inRange(1, 65);
    const Rational x = stream.dyadic(i, bits);
    RC_ASSERT(x >= 0 && x < 1 && denominator(Rational(x * pow(Rational(2), bits))) == 1);
}

TEST(Stream, MomentsAreThoseOfTheLaw)
{
    const std::vector<double> x = Stream(7, "moments").gaussians(0, 200'000);
    double mean = 0;
    double square = 0;
    double fourth = 0;
    for (const double v : x) {
        mean += v;
        square += v * v;
        fourth += v * v * v * v;
    }
    const double size = static_cast<double>(x.size());
    EXPECT_NEAR(mean / size, 0, 0.01);
    EXPECT_NEAR(square / size, 1, 0.015);
    EXPECT_NEAR(fourth / size, 3, 0.11);
    const Vector<double> sum = [] {
        Vector<double> out = Vector<double>::Zero(3);
        for (std::uint64_t k = 0; k < 20'000; ++k) {
            out += Stream(7, "mean direction").direction(k, 3);
        }
        return out;
    }();
    EXPECT_LT(sum.norm() / 20'000, 0.02);
}

TEST(Stream, ThreadsShareOne)
{
    const Stream stream(3, "threads");
    std::vector<double> first(1000);
    std::vector<double> second(1000);
    {
        std::jthread other([&] { first = stream.gaussians(0, 1000); });
        for (std::size_t k = 1000; k-- > 0;) {
            second[k] = stream.gaussian(k);
        }
    }
    EXPECT_EQ(first, second);
}

TEST(Stream, BadInput)
{
    const Stream stream(0, "bad");
    EXPECT_THROW(stream.direction(0, 0), InputError);
    EXPECT_THROW(stream.dyadic(0, 65), InputError);
    EXPECT_THROW(stream.below(0, 0), InputError);
    EXPECT_THROW(stream.rational_direction(0, 2, 51), InputError);
}

} // namespace
} // namespace attest::chance

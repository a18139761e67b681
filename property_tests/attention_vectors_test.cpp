#include "attest/chance/attention_vectors.hpp"

#include "attest/numbers/errors.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace attest::chance {
namespace {

/// max_j |A_j| from the definition.
double plain_largest(const Stream& stream, long n, long d, Scores scores)
{
    std::vector<Vector<double>> theta;
    for (long k = 0; k < n; ++k) {
        theta.push_back(stream.direction(static_cast<std::uint64_t>(k), d));
    }
    const auto at = [&](long k) -> const Vector<double>& {
        return theta[static_cast<std::size_t>(k)];
    };
    double largest = 0;
    for (long j = 0; j < n; ++j) {
        Vector<double> sum = Vector<double>::Zero(d);
        double Z = 0;
        for (long k = 0; k < n; ++k) {
            double score = 0;
            const double product = at(j).dot(at(k));
            switch (scores) {
            case Scores::Zero:
                break;
            case Scores::Identity:
                score = product;
                break;
            case Scores::MinusIdentity:
                score = -product;
                break;
            case Scores::HalfIdentity:
                score = product / 2;
                break;
            case Scores::Shift:
                for (long i = 0; i < d; ++i) {
                    score += at(j)[(i + 1) % d] * at(k)[i];
                }
                break;
            case Scores::RankOne:
                score = at(j)[0] * at(k)[0];
                break;
            }
            sum += std::exp(score) * at(k);
            Z += std::exp(score);
        }
        largest = std::max(largest, sum.norm() / Z);
    }
    return largest;
}

RC_GTEST_PROP(AttentionVectors, BlocksGiveTheDefinition, (std::uint64_t seed))
{
    const long n = *rc::gen::inRange(1L, 30L);
    const long d = *rc::gen::inRange(1L, 12L);
    const auto scores = *rc::gen::element(Scores::Zero, Scores::Identity, Scores::MinusIdentity,
                                          Scores::HalfIdentity, Scores::Shift, Scores::RankOne);
    const Stream stream(seed, "blocks");
    RC_ASSERT(std::abs(attention_lengths(stream, n, d, scores).largest
                       - plain_largest(stream, n, d, scores))
              < 1e-12);
}

TEST(AttentionVectors, ManyBlocks)
{
    const Stream stream(7, "many blocks");
    EXPECT_NEAR(attention_lengths(stream, 1100, 3, Scores::Identity).largest,
                plain_largest(stream, 1100, 3, Scores::Identity), 1e-12);
}

/// Largest distance of two empirical distribution functions.
double kolmogorov(std::vector<double> a, std::vector<double> b)
{
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    double distance = 0;
    std::size_t j = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        while (j < b.size() && b[j] <= a[i]) {
            ++j;
        }
        distance =
            std::max(distance, std::abs(static_cast<double>(i + 1) / static_cast<double>(a.size())
                                        - static_cast<double>(j) / static_cast<double>(b.size())));
    }
    return distance;
}

/// Two samples of N are this close with probability 1 - 2 e^{-2 (2.2)^2} > 0.9998 when their law is
/// one.
double critical(std::size_t N)
{
    return 2.2 * std::sqrt(2.0 / static_cast<double>(N));
}

TEST(AttentionVectors, CoordinatesHaveTheLawOfDirections)
{
    constexpr std::size_t N = 4000;
    for (const long d : {2L, 3L, 4L, 17L}) {
        std::vector<double> direct;
        std::vector<double> shortcut;
        const Stream first(11, "plain");
        const Stream second(11, "coordinate");
        for (std::uint64_t i = 0; i < N; ++i) {
            direct.push_back(first.direction(i, d)[0]);
            shortcut.push_back(sphere_coordinate(second, i, d));
        }
        EXPECT_LT(kolmogorov(direct, shortcut), critical(N)) << d;
    }
}

TEST(AttentionVectors, CoordinatesOnTheLineAreSigns)
{
    constexpr int N = 4000;
    int positive = 0;
    for (std::uint64_t i = 0; i < N; ++i) {
        const double x = sphere_coordinate(Stream(12, "signs"), i, 1);
        EXPECT_EQ(std::abs(x), 1.0);
        positive += x > 0 ? 1 : 0;
    }
    EXPECT_NEAR(positive, N / 2, 200);
}

TEST(AttentionVectors, TheWalkHasTheLawOfOneToken)
{
    constexpr std::size_t N = 3000;
    for (const auto& [n, d] : {std::pair(2L, 2L), std::pair(12L, 5L), std::pair(20L, 3L)}) {
        std::vector<double> direct;
        std::vector<double> shortcut;
        std::vector<double> direct_along;
        std::vector<double> shortcut_along;
        for (std::uint64_t run = 0; run < N; ++run) {
            const Stream stream(13, "one token, plain", run);
            const Vector<double> last = stream.direction(static_cast<std::uint64_t>(n - 1), d);
            Vector<double> sum = Vector<double>::Zero(d);
            double Z = 0;
            for (long k = 0; k < n; ++k) {
                const Vector<double> theta = stream.direction(static_cast<std::uint64_t>(k), d);
                const double weight = std::exp(last.dot(theta));
                sum += weight * theta;
                Z += weight;
            }
            direct.push_back(sum.norm() / Z);
            direct_along.push_back(last.dot(sum) / Z);
            const OneToken token = one_token(Stream(13, "one token, walk", run), n, d, 1.0);
            shortcut.push_back(token.length);
            shortcut_along.push_back(token.along);
        }
        EXPECT_LT(kolmogorov(direct, shortcut), critical(N)) << n << " " << d;
        EXPECT_LT(kolmogorov(direct_along, shortcut_along), critical(N)) << n << " " << d;
    }
}

TEST(AttentionVectors, BadSizesAreNamed)
{
    const Stream stream(1, "bad");
    EXPECT_THROW(attention_lengths(stream, 0, 3, Scores::Zero), InputError);
    EXPECT_THROW(one_token(stream, 3, 1, 1.0), InputError);
}

} // namespace
} // namespace attest::chance

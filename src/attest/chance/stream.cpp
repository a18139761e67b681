#include "attest/chance/stream.hpp"

#include "attest/numbers/errors.hpp"
#include "attest/numbers/functions.hpp"

#include <Random123/philox.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace attest::chance {
namespace {

/// FNV-1a, 64 bits.
std::uint64_t hash(std::string_view text)
{
    std::uint64_t value = 0xcbf29ce484222325U;
    for (const char c : text) {
        value = (value ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    }
    return value;
}

constexpr double unit = 0x1p-53;

/// Every sum of a product below is one call of fma, so that no compiler can contract or split it.
/// sum_k c_k x^k
template <std::size_t N>
double horner(const std::array<double, N>& c, double x)
{
    double sum = c[N - 1];
    for (std::size_t k = N - 1; k-- > 0;) {
        sum = std::fma(sum, x, c[k]);
    }
    return sum;
}

/// c_k = first/(product of the numbers that step gives): the coefficients of sine and cosine.
template <std::size_t N>
std::array<double, N> alternating_factorials(double offset)
{
    std::array<double, N> c{};
    double value = 1;
    for (std::size_t k = 0; k < N; ++k) {
        c[k] = value;
        const double next = 2 * static_cast<double>(k) + offset;
        value = -value / (next * (next + 1));
    }
    return c;
}

/// ln u for 0 < u <= 1: u = m 2^e with m near 1, ln m = 2 artanh((m-1)/(m+1)).
double logarithm(double u)
{
    constexpr std::size_t terms = 12;
    static const auto odd = [] {
        std::array<double, terms> c{};
        for (std::size_t k = 0; k < terms; ++k) {
            c[k] = 2 / (2 * static_cast<double>(k) + 1);
        }
        return c;
    }();
    int exponent = 0;
    double m = std::frexp(u, &exponent);
    if (m < std::numbers::sqrt2 / 2) {
        m *= 2;
        exponent -= 1;
    }
    const double s = (m - 1) / (m + 1);
    // The sum of a large and a small number last.
    return std::fma(static_cast<double>(exponent), std::numbers::ln2, s * horner(odd, s * s));
}

/// cos and sin of 2 pi k 2^-53.
std::pair<double, double> circle(std::uint64_t k)
{
    static const auto cosine = alternating_factorials<10>(1);
    static const auto sine = alternating_factorials<10>(2);
    constexpr std::uint64_t eighth = std::uint64_t{1} << 50U;
    const std::uint64_t octant = k / eighth;
    // Odd octants are measured backwards from their far end: angles stay in [0, pi/4].
    const std::uint64_t rest = octant % 2 == 0 ? k % eighth : eighth - k % eighth;
    const double x = static_cast<double>(rest) * 0x1p-50 * (std::numbers::pi / 4);
    const double c = horner(cosine, x * x);
    const double s = x * horner(sine, x * x);
    switch (octant) {
    case 0:
        return {c, s};
    case 1:
        return {s, c};
    case 2:
        return {-s, c};
    case 3:
        return {-c, s};
    case 4:
        return {-c, -s};
    case 5:
        return {-s, -c};
    case 6:
        return {s, -c};
    default:
        return {c, -s};
    }
}

/// Two independent normal numbers.
std::pair<double, double> box_muller(std::uint64_t first, std::uint64_t second)
{
    // (k + 1) 2^-53 in (0, 1]: never 0, so that the logarithm is finite.
    const double u = static_cast<double>((first >> 11U) + 1) * unit;
    const double radius = std::sqrt(-2 * logarithm(u));
    const auto [c, s] = circle(second >> 11U);
    return {radius * c, radius * s};
}

/// All numbers in [0, 1] whose first 64 bits are the word.
Ball cell(std::uint64_t word)
{
    const Rational whole = pow(Rational(2), 64);
    return Ball::interval(Rational(Integer(word)) / whole, Rational(Integer(word) + 1) / whole);
}

void check_dimension(long d)
{
    if (d < 1) {
        throw InputError(fmt::format("dimension {}: must be at least 1", d));
    }
}

} // namespace

std::array<std::uint64_t, 4> philox(const std::array<std::uint64_t, 4>& counter,
                                    const std::array<std::uint64_t, 2>& key)
{
    r123::Philox4x64::ctr_type c;
    r123::Philox4x64::key_type k;
    std::copy(counter.begin(), counter.end(), c.begin());
    std::copy(key.begin(), key.end(), k.begin());
    const r123::Philox4x64::ctr_type out = r123::Philox4x64()(c, k);
    return {out[0], out[1], out[2], out[3]};
}

Stream::Stream(std::uint64_t seed, std::string_view purpose, std::uint64_t run,
               std::uint64_t part) :
    key_{seed, hash(purpose)},
    run_(run), part_(part)
{
}

std::array<std::uint64_t, 4> Stream::block(std::uint64_t index) const
{
    return philox({index, run_, part_, 0}, key_);
}

std::uint64_t Stream::word(std::uint64_t i) const
{
    return block(i / 4)[i % 4];
}

double Stream::uniform(std::uint64_t i) const
{
    return static_cast<double>(word(i) >> 11U) * unit;
}

Rational Stream::dyadic(std::uint64_t i, long bits) const
{
    if (bits < 1 || bits > 64) {
        throw InputError(fmt::format("{} bits: must be in 1..64", bits));
    }
    const std::uint64_t k = word(i) >> static_cast<unsigned>(64 - bits);
    return Rational(Integer(k)) / pow(Rational(2), bits);
}

std::uint64_t Stream::below(std::uint64_t i, std::uint64_t count) const
{
    if (count == 0) {
        throw InputError("a number below 0: the count must be at least 1");
    }
    // floor(word count / 2^64) from two halves of the word.
    const std::uint64_t w = word(i);
    constexpr std::uint64_t low = 0xffffffffU;
    const std::uint64_t a = (w & low) * (count & low);
    const std::uint64_t b = (w >> 32U) * (count & low) + (a >> 32U);
    const std::uint64_t c = (w & low) * (count >> 32U) + (b & low);
    return (w >> 32U) * (count >> 32U) + (b >> 32U) + (c >> 32U);
}

double Stream::gaussian(std::uint64_t i) const
{
    return gaussians(i, 1).front();
}

std::vector<double> Stream::gaussians(std::uint64_t first, std::size_t count) const
{
    std::vector<double> out;
    out.reserve(count + 3);
    const std::uint64_t end = first + count;
    for (std::uint64_t index = first / 4; out.size() < count; ++index) {
        const auto words = block(index);
        const auto [a, b] = box_muller(words[0], words[1]);
        const auto [c, d] = box_muller(words[2], words[3]);
        const std::array<double, 4> four{a, b, c, d};
        const std::uint64_t from = std::max(first, 4 * index);
        const std::uint64_t to = std::min(end, 4 * index + 4);
        for (std::uint64_t i = from; i < to; ++i) {
            out.push_back(four[i % 4]);
        }
    }
    return out;
}

Vector<double> Stream::direction(std::uint64_t k, long d) const
{
    check_dimension(d);
    const auto size = static_cast<std::uint64_t>(d);
    const std::vector<double> x = gaussians(k * (size + size % 2), size);
    double square = 0;
    for (const double v : x) {
        square = std::fma(v, v, square);
    }
    const double length = std::sqrt(square);
    Vector<double> out(d);
    for (long i = 0; i < d; ++i) {
        out(i) = x[static_cast<std::size_t>(i)] / length;
    }
    return out;
}

Vector<Rational> Stream::rational_direction(std::uint64_t k, long d, long bits) const
{
    if (bits < 1 || bits > 50) {
        throw InputError(fmt::format("{} bits: must be in 1..50", bits));
    }
    const Vector<double> v = direction(k, d);
    Eigen::Index largest = 0;
    v.cwiseAbs().maxCoeff(&largest);
    const Rational sign = v(largest) > 0 ? 1 : -1;
    const double height = std::fabs(v(largest));
    // u = (other coordinates)/(1 + height); back: 2 u/(1 + |u|^2) and (1 - |u|^2)/(1 + |u|^2).
    Vector<Rational> out(d);
    Rational square = 0;
    const double scale = std::ldexp(1.0, static_cast<int>(bits));
    const Rational grid = Rational(1L << static_cast<unsigned>(bits));
    for (Eigen::Index i = 0; i < d; ++i) {
        if (i != largest) {
            out(i) = Rational(std::llround(v(i) / (1 + height) * scale)) / grid;
            square += out(i) * out(i);
        }
    }
    for (Eigen::Index i = 0; i < d; ++i) {
        out(i) = i == largest ? Rational(sign * (1 - square) / (1 + square))
                              : Rational(2 * out(i) / (1 + square));
    }
    return out;
}

Ball Stream::gaussian_enclosure(std::uint64_t i) const
{
    const std::uint64_t pair = i / 2;
    const Ball radius = sqrt(Ball(-2) * log(cell(word(2 * pair))));
    const Ball angle = Ball(2) * Ball::pi() * cell(word(2 * pair + 1));
    return radius * (i % 2 == 0 ? cos(angle) : sin(angle));
}

} // namespace attest::chance

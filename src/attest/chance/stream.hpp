#pragma once

#include "attest/numbers/ball.hpp"
#include "attest/numbers/eigen.hpp"
#include "attest/numbers/rational.hpp"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

/// Randomness that can be drawn again: every number is a function of an address.
namespace attest::chance {

/// Philox4x64 with ten rounds (Salmon, Moraes, Dror and Shaw, SC 2011): a bijection of the counter
/// for every key, which passes the usual batteries of tests. Same bits on every platform.
std::array<std::uint64_t, 4> philox(const std::array<std::uint64_t, 4>& counter,
                                    const std::array<std::uint64_t, 2>& key);

/// Random numbers by address: (seed, purpose, run, part, i). Reading one changes nothing, so that
/// threads share a stream freely, any number can be drawn without those before it, and the order
/// of reading does not matter. Streams that differ in seed, purpose (a claim's or an experiment's
/// name), run or part share no counter. word(i), uniform(i) and gaussian(i) of one stream read the
/// same bits: what has to be independent takes different parts or indices.
class Stream {
public:
    Stream(std::uint64_t seed, std::string_view purpose, std::uint64_t run = 0,
           std::uint64_t part = 0);

    /// 64 random bits.
    std::uint64_t word(std::uint64_t i) const;
    /// Uniform on the multiples of 2^-53 in [0, 1), exact.
    double uniform(std::uint64_t i) const;
    /// k 2^-bits, k uniform in {0, ..., 2^bits - 1}. Throws InputError for bits outside 1..64.
    Rational dyadic(std::uint64_t i, long bits) const;
    /// Uniform in {0, ..., count - 1} up to count 2^-64 in each probability. Throws InputError for
    /// count 0.
    std::uint64_t below(std::uint64_t i, std::uint64_t count) const;
    /// Standard normal by Box and Muller's transformation of words 2 [i/2] and 2 [i/2] + 1; at most
    /// 8.58 in size. The logarithm, sine and cosine are this file's own and use correctly rounded
    /// operations only, so the bits do not depend on the C library, on contraction of products or
    /// on the compiler. Within 10^-15 (1 + size) of the transformed numbers.
    double gaussian(std::uint64_t i) const;
    /// gaussian(first), ..., gaussian(first + count - 1), each block of bits read once.
    std::vector<double> gaussians(std::uint64_t first, std::size_t count) const;

    /// k-th uniform direction on the unit sphere of R^d: gaussian numbers k D, ..., k D + d - 1
    /// over their length, D = d rounded up to an even number. Throws InputError for d < 1.
    Vector<double> direction(std::uint64_t k, long d) const;
    /// A rational point of the sphere near direction(k, d): its stereographic image, from the pole
    /// opposite to its largest coordinate, rounded to multiples of 2^-bits. Length 1 exactly. At
    /// most sqrt(d - 1) 2^-bits + 10^-14 away from direction(k, d). Throws InputError for d < 1 or
    /// bits outside 1..50.
    Vector<Rational> rational_direction(std::uint64_t k, long d, long bits = 30) const;

    /// Encloses the i-th of a sequence of independent numbers that are normal exactly, not on a
    /// grid: Box and Muller's transformation of all uniform numbers whose first 64 bits are the
    /// words. What is proved for the ball is proved for the ideal draw. gaussian(i) is its value at
    /// an end of a cell of 53 bits. The whole line with probability 2^-64.
    Ball gaussian_enclosure(std::uint64_t i) const;

private:
    std::array<std::uint64_t, 4> block(std::uint64_t index) const;

    std::array<std::uint64_t, 2> key_;
    std::uint64_t run_;
    std::uint64_t part_;
};

} // namespace attest::chance

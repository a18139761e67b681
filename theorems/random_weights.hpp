#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "attest/model/schemes.hpp"

/// The simulation of Figure 4: attention with random weights, in double precision.
namespace attest::theorems {

/// Setting of a simulated run (paper, Figure 4 and Appendix E), one head, static weights, alpha
/// = 1. Tokens: independent uniform directions. Q, K, V, W: d x d with independent normal entries
/// of variance 2/d (Kaiming normal, gain sqrt(2), fan-in d). beta = sqrt(d). Mix-LN: tau =
/// layers/4. A layer is Table 1's discrete update, the output projection W being part of the value
/// matrix.
struct RandomWeights {
    unsigned long long seed = 0;
    long runs = 1;
    long layers = 12;
    long n = 128;
    long d = 512;
    int threads = 1;
};

/// Average cosine similarity over all pairs of distinct tokens: cosine[scheme][layer], the start at
/// layer 0, the schemes in the order of model::scheme_names.
struct SimulatedRun {
    std::array<std::vector<double>, model::scheme_names.size()> cosine;
    const std::vector<double>& of(std::string_view scheme) const; ///< InputError: unknown scheme
};

/// The runs, run k drawn from a counter-based stream of (seed, k): the same bits for any number of
/// threads. Plain double precision, no error bound. Throws InputError for sizes below 1 (n < 2).
std::vector<SimulatedRun> simulate_random_weights(const RandomWeights& setting);

/// The same, computed once per setting and kept: the thread number is no part of the setting.
std::shared_ptr<const std::vector<SimulatedRun>>
cached_random_weights(const RandomWeights& setting);

} // namespace attest::theorems

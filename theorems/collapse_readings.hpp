#pragma once

#include <cstddef>
#include <string>
#include <vector>

/// What places of the text call stagnation, fast clustering and the like, as predicates of a
/// trajectory of two tokens, and exact trajectories that tell them apart.
namespace attest::theorems {

/// Number of layers of every witness.
inline constexpr long collapse_depth = 16;

/// The witness trajectories in words.
const std::vector<std::string>& collapse_witnesses();

/// Whether each witness is a case of the reading, decided in rational arithmetic. Throws InputError
/// for an unknown reading.
const std::vector<bool>& cases_of(const std::string& reading);

/// Certificates that the witness of that number is a case of the reading (all of its comparisons
/// with thresholds), or that it is none (one that is not satisfied).
std::vector<std::string> certificates_of(const std::string& reading, std::size_t witness);

} // namespace attest::theorems

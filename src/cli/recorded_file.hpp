#pragma once

#include "attest/flow/conformance_particles.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <variant>

namespace attest::cli {

/// How a trajectory file is to be read.
struct RecordedFileOptions {
    std::optional<std::filesystem::path> times; ///< of an array times x n x d: .npy or CSV
    std::optional<Rational> step;               ///< else t = 0, step, 2 step, ...
    bool layers = false;                        ///< else t = 0, 1, 2, ...
    bool single = false;                        ///< the simulator computes in single precision
    long n = 2;                                 ///< tokens that the problem has
};

/// Reads a trajectory of one of these forms:
/// - CSV with the columns t, gamma and perhaps r (others are ignored);
/// - CSV with t and x_1_1, x_1_2, ..., x_n_d: coordinate x_TOKEN_COORDINATE, in any order;
/// - .npy, rows x 2 or rows x 3: t, gamma and perhaps r;
/// - .npy, times x n x d: tokens, with times from the options.
/// Throws InputError, one line with file, place, value and what is allowed.
std::variant<flow::RecordedRun, flow::RecordedTokens>
read_recorded(const std::filesystem::path& file, const RecordedFileOptions& options);

} // namespace attest::cli

#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>

/// Why a certificate is not accepted, and the bounds that keep hostile input from running for ever.
namespace check {

/// The certificate is not accepted; what() is the reason in one line.
struct Rejection : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A formula has no value somewhere on the set over which it was evaluated.
struct Undefined : Rejection {
    using Rejection::Rejection;
};

constexpr long highest_bits = 16384;
constexpr long highest_order = 400;
constexpr long largest_exponent = 1000;            ///< of a power in a formula, p and q of p/q
constexpr long largest_number_exponent = 200'000;  ///< of "m*2^e" and "1e5"
constexpr std::size_t longest_number = 200'000;    ///< characters
constexpr std::size_t longest_formula = 2'000'000; ///< characters
constexpr std::size_t most_nodes = 400'000;        ///< of all formulas of one certificate
constexpr std::size_t most_coefficient_bits = 4'000'000;
constexpr std::size_t most_terms = 2'000'000; ///< of one polynomial
constexpr std::size_t largest_file = std::size_t{1} << 30;
constexpr int deepest_nesting = 1000;

/// Starts the clock of this thread's certificate.
void start_clock(double seconds);
/// Throws Rejection once the time is over. To be called inside every loop that may be long.
void check_clock();

} // namespace check

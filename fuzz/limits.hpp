#pragma once

/// What one input may cost. scripts/fuzz gives the same to libFuzzer.
namespace attest::fuzz {

constexpr unsigned most_seconds = 10;
constexpr long most_mebibytes = 2048;

} // namespace attest::fuzz

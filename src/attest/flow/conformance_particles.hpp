#pragma once

#include "attest/flow/recorded_tokens.hpp"

namespace attest::flow {

/// Compares tokens from any start, with Q = K = V = I, pair by pair (cosine similarities) and token
/// by token (magnitudes): with the particle system (Table 2) by the fifth-order method of Dormand
/// and Prince, repeated with half the steps until two runs agree to about 1e-11 or the work is too
/// much, or with Table 1's layers in 128 bits. Numeric: nothing is proved here; the difference of
/// the two runs is added to what is allowed. Throws InputError as conformance, and where n^2 d
/// times the number of steps is too large.
Conformance particle_conformance(const model::SymmetricProblem& problem,
                                 const RecordedTokens& tokens, const ConformanceOptions& options);

} // namespace attest::flow

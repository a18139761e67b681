#pragma once

#include "attest/numbers/truth.hpp"

namespace attest::theorems {

/// For all n >= 2, d >= 2 and beta >= 0, Q = K = V = I: every critical point of the energy that is
/// not synchronised has a direction in which the second variation of -E is positive. True when the
/// two proofs, the trace for d >= 3 and the gap criterion for d = 2, were carried out.
Truth unstable_unless_synchronised();

} // namespace attest::theorems

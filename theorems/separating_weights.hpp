#pragma once

#include "theorems/support.hpp"

/// Weights with V = Q^T K = K^T Q under which tokens do not synchronise, from starts of positive
/// probability. Each result refutes that they always do; Unknown where a step was not proved.
namespace attest::theorems {

/// V = Q^T K = -I, two tokens: gamma' < 0 for Post-LN.
Evidence repelling_pair(const Effort& effort);

/// Two tokens in the caps <theta_1, e> >= 4/5 and <theta_2, e> <= -4/5 about the first eigenvector
/// e of V = Q^T K = I + e e^T stay there, for all d >= 2, beta >= 1 and all schemes: at the edge of
/// a cap both terms of d<theta_1, e>/dt are known, and the one that pulls outwards carries a small
/// weight.
Evidence invariant_caps(const Effort& effort);

/// Eigenvalues of the Post-LN linearisation at theta = (e_1, -e_1), d = 2, V = K = diag(2, 1), Q =
/// I, beta = 1, from the recorded system: J_11 + J_12 and J_11 - J_12 across e_1.
Evidence two_cluster_spectrum(const Effort& effort);

} // namespace attest::theorems

#pragma once

#include "theorems/support.hpp"

/// Upper bounds of V' for two and for three tokens on the whole cone: routes that do not use the
/// bounds on I_1 and I_2 from which Appendix C derives them for every n.
namespace attest::theorems {

/// The relation "rate <= rhs" (symbols n, V, maxs, mins, beta, delta) for n = 2, every d, Q, K with
/// |Q^T K| <= 1, s_k > 0, beta and delta < 1/(400 beta^2): the sign of right minus left over
/// 2V/min s in V, q = min s/max s, x = beta sqrt(2 delta) and excess = delta - 2V >= 0. True or
/// Unknown: the bound on the weights that it uses need not be attained.
Evidence two_tokens_on_boxes(const Statement& relation, const Effort& effort);

/// The same for n = 3 by exact algebra in A, B, C, the squares of the sines of the three half
/// angles between the tokens (any d). `second` is the factor of V/min s by which the relation
/// bounds I_2, over n and either delta and beta or nothing else.
Evidence three_tokens_by_half_angles(const Statement& relation, const Expr& second,
                                     const Effort& effort);

} // namespace attest::theorems

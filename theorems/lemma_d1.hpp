#pragma once

#include "theorems/support.hpp"

/// What the rows of Lemma D.1 share.
namespace attest::theorems {

inline constexpr const char* lemma_d1_witness =
    "E(x) = 2x^4 on R, M = 3/2, lambda = 1, C = 2, x(0) = 1, alpha = 3/4: "
    "x(t) = 1/sqrt(1 + 24t)";

inline Scope all_systems(const std::string& more = {})
{
    return {ScopeKind::All, "all N, E, M(t), lambda, C of Lemma D.1" + more};
}

} // namespace attest::theorems

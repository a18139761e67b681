#pragma once

#include "attest/ledger/registry.hpp"
#include "attest/numbers/ball.hpp"
#include "theorems/support.hpp"

#include <string>

/// What the rows of Section 4.3's prose share, and its units.
namespace attest::theorems {

/// The orthogonal symmetric start with r_0 = 1, for all n and beta.
Scope unit_symmetric_starts();

/// True or False by comparison once the steps are proved, Unknown before that.
Truth compared(bool as_stated, Truth proved);

/// The time, in a ball, at which 1 - gamma = epsilon on the symmetric trajectory of the scheme from
/// gamma0 with r_0 = 1 and the default alpha_t and tau of a symmetric problem.
Ball time_to(const std::string& scheme, long n, const Rational& beta, const Rational& gamma0,
             const Rational& epsilon);

/// Decay of Var in the cone: exponential, polynomial or between.
void add_section_4_3_cone(ledger::Registry& registry);
/// Which scheme is fast at both ends.
void add_section_4_3_winner(ledger::Registry& registry);

} // namespace attest::theorems
